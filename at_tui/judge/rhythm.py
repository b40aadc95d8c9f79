"""What is said of a rule that shall be kept again and again, given its windows and what they hold.

Late means that it can still be put right now: the latest window passed without, and this one is
still empty. What was missed longer ago is told, and does not stay an alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.windows import ONCE, Tally, deadline
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from schema.content.requirement import Scoped

_UNIT = {
    "week": "weeks", "month": "months", "quarter": "quarters", "half_year": "half_years",
    "term": "terms", "year": "years",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a rule is told: its windows, what is counted in them, and what is already booked."""

    per: str
    every: int = 1
    unit: str = "times"
    """What one window's need is counted in, e.g. times or minutes (shown as hours)."""
    booked: date | None = None
    excuses: Callable[[Tally], str] | None = None
    """What the records say about a window that was missed, e.g. that it was cancelled."""


def verdict(tallies: Sequence[Tally], rhythm: Rhythm, case: Case, requirement: Scoped) -> Verdict:
    """Return how a rule with windows stands on `case.on`."""
    if not tallies:
        return _nothing_asked(case, requirement)
    asked = [t for t in tallies if t.window.start <= case.on]
    coming = [t for t in tallies if t.window.start > case.on]
    if not asked:
        first = coming[0].window
        return Verdict(
            Status.NOT_ASKED,
            text("judge.rhythm.not_yet", day=phrases.day(first.start)),
            next_date=deadline(first),
            parts=_parts(tallies, case),
        )
    current = asked[-1] if asked[-1].window.end >= case.on else None
    closed = asked[:-1] if current else asked
    missed = [t for t in closed if not t.met]
    status = _status(current, closed, coming, missed, rhythm, case.on)
    need, have, unit = _sums(current, closed, rhythm)
    due = next((t for t in (*filter(None, [current]), *coming) if not t.met), None)
    sentences = [text("judge.rhythm.so_far", have=have_of(have, need, unit))] if need else []
    if missed:
        told = phrases.some([_missed(t, rhythm) for t in missed[-4:]], len(missed))
        sentences.append(text("judge.rhythm.missed", windows=told))
    if current and not current.met:
        sentences.append(_now(current, rhythm))
        if rhythm.booked and rhythm.booked <= current.window.end:
            sentences.append(text("judge.rhythm.booked", day=phrases.day(rhythm.booked)))
    return Verdict(
        status,
        " ".join(sentences),
        need=need,
        have=have,
        unit=unit,
        window=(current.window.start, current.window.end) if current else None,
        next_date=deadline(due.window) if due else None,
        counted=tuple(id for t in asked for id in t.ids),
        parts=_parts(tallies, case),
    )


def _status(
    current: Tally | None,
    closed: Sequence[Tally],
    coming: Sequence[Tally],
    missed: Sequence[Tally],
    rhythm: Rhythm,
    on: date,
) -> Status:
    if current is None or current.met:
        if not missed:
            return Status.MET
        return Status.ON_WAY if current or coming else Status.MISSING
    # A placement that is over cannot be made good in the next one.
    if rhythm.per not in ONCE and closed and not closed[-1].met:
        return Status.LATE
    window = current.window
    near = min(SOON.days, (window.end - window.start).days // 2)
    return Status.SOON if (window.end - on).days <= near else Status.ON_WAY


def _sums(
    current: Tally | None, closed: Sequence[Tally], rhythm: Rhythm
) -> tuple[float, float, str]:
    """Return what was needed, what there is, and the unit: windows, or times in one's own time."""
    if rhythm.per in ONCE:
        all_asked = [*closed, *filter(None, [current])]
        need = sum(t.window.need for t in all_asked)
        have = sum(min(t.have, t.window.need) for t in all_asked)
        return need, have, rhythm.unit
    done = [*closed, *(t for t in (current,) if t and t.met)]
    unit = "periods" if rhythm.every > 1 else _UNIT[rhythm.per]
    return len(done), sum(t.met for t in done), unit


def have_of(have: float, need: float, unit: str) -> str:
    """Return "9 av 12 veckor"; minutes are told as hours."""
    if unit == "minutes":
        have, need, unit = have / 60, need / 60, "hours"
    return text("judge.have_of", have=phrases.number(have), need=phrases.amount(need, unit))


def _now(current: Tally, rhythm: Rhythm) -> str:
    window = current.window
    return text(
        "judge.rhythm.now",
        window=window.label,
        have=have_of(current.have, window.need, rhythm.unit),
        day=phrases.day(deadline(window)),
    )


def _missed(tally: Tally, rhythm: Rhythm) -> str:
    excuse = rhythm.excuses(tally) if rhythm.excuses else ""
    return f"{tally.window.label} ({excuse})" if excuse else tally.window.label


def _nothing_asked(case: Case, requirement: Scoped) -> Verdict:
    if case.matching(requirement):
        return Verdict(Status.NOT_ASKED, text("judge.rhythm.away"))
    return Verdict(Status.NOT_ASKED, text("judge.no_such_placement"))


def _parts(tallies: Sequence[Tally], case: Case) -> tuple[Part, ...]:
    return tuple(
        Part(
            t.window.label,
            _part_status(t, case.on),
            need=t.window.need,
            have=t.have,
            window=(t.window.start, t.window.end),
            due=deadline(t.window),
            counted=t.ids,
            placement_id=t.window.placement_id,
        )
        for t in tallies
    )


def _part_status(tally: Tally, on: date) -> Status:
    if tally.window.start > on:
        return Status.NOT_ASKED
    if tally.met:
        return Status.MET
    return Status.ON_WAY if tally.window.end >= on else Status.MISSING
