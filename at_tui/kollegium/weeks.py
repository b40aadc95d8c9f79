"""Supervision week by week: held, planned, cancelled, away, or nothing at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.judge.calendar import monday
from at_tui.placement_weeks import MEETINGS
from schema.words import SupervisionStatus

if TYPE_CHECKING:
    from data.kollegium_rows import AbsenceLine, SessionLine

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
FORMS = MEETINGS


class Mark(StrEnum):
    """How a week stands. Screen words: `kollegium.mark.<value>`."""

    MET = "met"
    PLANNED = "planned"
    """Planned, and either to come or not logged."""
    CANCELLED = "cancelled"
    NOTHING = "nothing"
    AWAY = "away"
    """On leave all the week's working days."""
    COMING = "coming"
    """Lies ahead, with nothing planned."""
    OUTSIDE = "outside"
    """Not placed."""


SYMBOLS = {
    Mark.MET: "█", Mark.PLANNED: "○", Mark.CANCELLED: "×", Mark.NOTHING: "·", Mark.AWAY: "–",
    Mark.COMING: " ", Mark.OUTSIDE: " ",
}  # fmt: skip
"""One character a week: the meaning never rests on colour."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one doctor."""

    monday: date
    mark: Mark
    reasons: tuple[str, ...] = ()
    """Why sessions were cancelled, when none was held."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sessions of a stretch of time that ends today or before."""

    held: int
    due: int
    """Those that should have been by now: held, cancelled, and planned for a day gone by."""
    weeks_met: int
    weeks_begun: int
    """Weeks with at least one working day there, this one included."""
    minutes: int
    reasons: tuple[tuple[str, int], ...]
    """Why sessions were cancelled, the most common first."""


def mondays(first: date, last: date) -> list[date]:
    """Return the Mondays of the weeks from `first` to `last`."""
    start = monday(first)
    return [start + WEEK * number for number in range((monday(last) - start).days // 7 + 1)]


def away_days(absences: Iterable[AbsenceLine]) -> set[date]:
    """Return the days of full-time absence."""
    found: set[date] = set()
    for each in absences:
        if each.percent == 100 and each.start <= each.end:
            # Nobody is away for longer; a wrong year must not fill the memory.
            length = min((each.end - each.start).days + 1, 2000)
            found.update(each.start + _DAY * number for number in range(length))
    return found


def is_away(week: date, away: set[date]) -> bool:
    """Return whether all working days of the week that begins on `week` are absence."""
    return all(week + _DAY * number in away for number in range(5))


def weeks_of(
    sessions: Sequence[SessionLine],
    away: set[date],
    spans: Sequence[tuple[date, date]],
    weeks: Sequence[date],
    on: date,
) -> list[Week]:
    """Return how each of `weeks` (their Mondays) stands on the day `on`.

    Args:
        spans: First and last days of the placements that are asked about.
    """
    by_week: dict[date, list[SessionLine]] = {}
    for session in sessions:
        if session.form in FORMS and any(a <= session.day <= b for a, b in spans):
            by_week.setdefault(monday(session.day), []).append(session)
    found = []
    for week in weeks:
        sunday = week + WEEK - _DAY
        if not any(a <= sunday and b >= week for a, b in spans):
            found.append(Week(week, Mark.OUTSIDE))
            continue
        found.append(_week(week, by_week.get(week, []), away, on))
    return found


def _week(week: date, sessions: Sequence[SessionLine], away: set[date], on: date) -> Week:
    states = {session.status for session in sessions}
    if SupervisionStatus.HELD in states:
        return Week(week, Mark.MET)
    if SupervisionStatus.PLANNED in states:
        return Week(week, Mark.PLANNED)
    if is_away(week, away):
        return Week(week, Mark.AWAY)
    if SupervisionStatus.CANCELLED in states:
        reasons = tuple(s.cancel_reason or "other" for s in sessions)
        return Week(week, Mark.CANCELLED, reasons)
    return Week(week, Mark.COMING if week > on else Mark.NOTHING)


def tally(
    sessions: Sequence[SessionLine], away: set[date], first: date, last: date, on: date
) -> Tally:
    """Return what became of supervision from `first` to `last`, at most to `on`."""
    until = min(last, on)
    mine = [s for s in sessions if s.form in FORMS and first <= s.day <= until]
    held = [s for s in mine if s.status == SupervisionStatus.HELD]
    cancelled = [s for s in mine if s.status == SupervisionStatus.CANCELLED]
    # Today's may still be held.
    unlogged = [s for s in mine if s.status == SupervisionStatus.PLANNED and s.day < on]
    begun = mondays(first, until) if until >= first else []
    met = {monday(s.day) for s in held}
    there = [week for week in begun if week in met or not is_away(week, away)]
    reasons = Counter(s.cancel_reason or "other" for s in cancelled)
    return Tally(
        held=len(held),
        due=len(held) + len(cancelled) + len(unlogged),
        weeks_met=len(met),
        weeks_begun=len(there),
        minutes=sum(s.minutes for s in held),
        reasons=tuple(reasons.most_common()),
    )
