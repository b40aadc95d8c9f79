"""Time for teaching and study, on average over a month or a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.judge.calendar import working_days
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.judge.rhythm import Rhythm, verdict
from at_tui.judge.windows import Item, tally, windows
from at_tui.language import text

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from at_tui.judge.plain import Lesson
    from schema.content.requirement_kinds import Hours as Asked

HOUR = 60
WORKING_WEEK = 5
WORKING_DAY = 8 * HOUR
_MONTHS = {"month": 1, "term": 6}


class Hours(Kind["Asked"]):
    """Minutes of attended teaching, study and, where the plan says so, supervision."""

    name = "hours"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        items = _items(requirement, case)
        if requirement.over == "week":
            found = windows(case, requirement, "week", 1, requirement.at_least * HOUR)
        else:
            found = windows(
                case, requirement, requirement.over, 1, lambda a, b: _full(requirement, a, b)
            )
        begun = any(window.start <= case.on for window in found)
        if begun and not items and all(e.planned for e in case.records.educations):
            return Verdict(Status.UNKNOWN, text("judge.hours.no_records"))
        rhythm = Rhythm(requirement.over, unit="minutes")
        return verdict(tally(found, items), rhythm, case, requirement)


def _full(requirement: Asked, start: date, end: date) -> float:
    """Return the minutes asked of one who is there every working day of a calendar window."""
    minutes = requirement.at_least * HOUR
    if requirement.per == "week":
        return minutes * working_days(start, end) / WORKING_WEEK
    return minutes * _MONTHS[requirement.over]


def minutes_of(education: Lesson) -> float:
    """Return an education's minutes; one entered in days only is eight hours a day."""
    return education.minutes or education.days * WORKING_DAY


def _items(requirement: Asked, case: Case) -> list[Item]:
    taught = [
        Item(e.day, minutes_of(e), e.id) for e in case.attended if e.kind in requirement.education
    ]
    talked = [Item(s.day, s.minutes, s.id) for s in case.held if s.form in requirement.supervision]
    return sorted([*taught, *talked], key=lambda item: (item.day, item.id))
