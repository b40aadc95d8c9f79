"""Something that shall come back: supervision, talks, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.judge.rhythm import Rhythm, verdict
from at_tui.judge.windows import Item, Tally, tally, windows
from at_tui.language import text

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from schema.content.requirement_kinds import Cadence as Asked


class Cadence(Kind["Asked"]):
    """So many times, or so many minutes, in every window.

    Supervision follows the service percentage; meetings that are held for all do not.
    """

    name = "cadence"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        need = requirement.minutes or requirement.times or 1
        found = windows(
            case,
            requirement,
            requirement.per,
            requirement.every,
            need,
            by_service=requirement.of == "supervision",
        )
        if requirement.topics and found and case.held and not any(s.topics for s in case.held):
            return Verdict(Status.UNKNOWN, text("judge.cadence.no_topics"))
        rhythm = Rhythm(
            requirement.per,
            requirement.every,
            "minutes" if requirement.minutes else "times",
            _booked(requirement, case),
            lambda missed: _excuse(missed, requirement, case),
        )
        return verdict(tally(found, _items(requirement, case)), rhythm, case, requirement)


def _items(requirement: Asked, case: Case) -> list[Item]:
    if requirement.of == "talk":
        held = [(t.held_on, t) for t in case.talks if t.kind in requirement.talks]
        return [Item(day, 1, talk.id) for day, talk in held if day]
    if requirement.of == "activity":
        named = [e for e in case.attended if e.course_id == requirement.activity]
        return [Item(e.day, e.minutes if requirement.minutes else 1, e.id) for e in named]
    return [
        Item(session.day, session.minutes if requirement.minutes else 1, session.id)
        for session in case.held
        if (not requirement.forms or session.form in requirement.forms)
        and (not requirement.documented or session.written)
        and (not requirement.topics or any(t in requirement.topics for t in session.topics))
    ]


def _booked(requirement: Asked, case: Case) -> date | None:
    """Return the next day that is booked, from today on."""
    if requirement.of == "talk":
        days = [
            t.booked_on
            for t in case.records.talks
            if t.held_on is None and t.kind in requirement.talks
        ]
    elif requirement.of == "supervision":
        days = [
            s.day
            for s in case.records.supervisions
            if s.status == "planned" and (not requirement.forms or s.form in requirement.forms)
        ]
    else:
        days = []
    return min((day for day in days if day and day >= case.on), default=None)


def _excuse(missed: Tally, requirement: Asked, case: Case) -> str:
    """Return why a session in the window was cancelled, when that is all that is known of it."""
    if requirement.of != "supervision":
        return ""
    reasons = [
        session.cancel_reason
        for session in case.records.supervisions
        if session.status == "cancelled"
        and session.cancel_reason
        and missed.window.reach <= session.day <= missed.window.end
        and (not requirement.forms or session.form in requirement.forms)
    ]
    if not reasons:
        return ""
    reason = text(f"word.cancel.{reasons[-1]}")
    return text("judge.cadence.cancelled", reason=reason)
