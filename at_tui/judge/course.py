"""A named course or event."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.hours import WORKING_DAY
from at_tui.judge.kind import Kind
from at_tui.language import text

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from schema.content.requirement_kinds import Course as Asked


class Course(Kind["Asked"]):
    """Attended days of the course that the record names. A course without a length is done once
    someone has been there."""

    name = "course"
    blocked_by = frozenset()

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        attended = [e for e in case.attended if e.course_id == requirement.course_id]
        counted = tuple(e.id for e in attended)
        if requirement.days is None:
            need, have, unit = Fraction(1), Fraction(min(1, len(attended))), "times"
        else:
            need, unit = Fraction(requirement.days), "days"
            have = sum(
                (Fraction(e.days) or Fraction(e.minutes, WORKING_DAY) for e in attended),
                Fraction(0),
            )
        latest = _latest(requirement, case)
        shown = text("judge.have_of", have=phrases.number(have), need=phrases.amount(need, unit))
        status, sentence = _standing(requirement, case, have >= need, latest, shown)
        if status is Status.MET and attended:
            sentence = text("judge.course.met", have=shown, day=phrases.day(attended[-1].day))
        return Verdict(
            status,
            sentence,
            need=need,
            have=have,
            unit=unit,
            next_date=None if status is Status.MET else latest,
            counted=counted,
        )


def _latest(requirement: Asked, case: Case) -> date | None:
    """Return the day by which it is to be done, where that can be said."""
    if requirement.within_months is not None:
        return case.reached(Fraction(requirement.within_months))
    if requirement.during:
        stays = [s for s in case.stays if s.section in requirement.during]
        return max((s.end for s in stays), default=None)
    return case.end if case.placements else case.training.end


def _standing(
    requirement: Asked, case: Case, done: bool, latest: date | None, shown: str
) -> tuple[Status, str]:
    if done:
        return Status.MET, shown
    if requirement.during and not any(s.section in requirement.during for s in case.stays):
        return Status.ON_WAY, text("judge.no_such_placement")
    if latest is None:
        return Status.ON_WAY, text("judge.course.open", have=shown)
    day = phrases.day(latest)
    if case.on <= latest:
        soon = case.on >= latest - SOON
        key = "judge.course.due"
        return (Status.SOON if soon else Status.ON_WAY), text(key, have=shown, day=day)
    # What should be early in the training can still be done later in it.
    late = requirement.within_months is not None and not case.is_over
    return (Status.LATE if late else Status.MISSING), text("judge.course.past", have=shown, day=day)
