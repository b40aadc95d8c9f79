"""Time served for the judge: which absence counts, what is served on a day, when a sum is reached.

The counting itself is `at_tui/time_served.py`'s; this applies a programme's rule for absence and
finds days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar

from at_tui.time_served import count_time

if TYPE_CHECKING:
    from at_tui.judge.records import PlacementLike
    from schema.content.programme import ServedRules

DAY = timedelta(days=1)
_SICK = "sjuk"


class Away(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def percent(self) -> int: ...


A = TypeVar("A", bound=Away)


def not_served(absences: Iterable[A], rules: ServedRules | None) -> list[A]:
    """Return the absence that does not count as served time by the programme's rule.

    Without a rule, none but semester and jourkomp counts. Spells of illness that adjoin are one.
    """
    counts = set(rules.counts) if rules else {"semester", "jourkomp"}
    longest = rules.sick_days if rules else 0
    found: list[A] = []
    sick: list[A] = []
    for absence in sorted(absences, key=lambda a: (a.start, a.end)):
        if absence.end < absence.start or absence.kind in counts:
            continue
        (sick if absence.kind == _SICK else found).append(absence)
    for spell in _spells(sick):
        if (max(a.end for a in spell) - spell[0].start).days + 1 > longest:
            found += spell
    return found


def _spells(sick: Sequence[A]) -> list[list[A]]:
    spells: list[list[A]] = []
    until = date.min
    for absence in sick:
        if spells and absence.start <= until + DAY:
            spells[-1].append(absence)
            until = max(until, absence.end)
        else:
            spells.append([absence])
            until = absence.end
    return spells


def months_served(
    placements: Sequence[PlacementLike], lost: Sequence[Away], through: date | None
) -> Fraction:
    """Return the full-time months served in `placements` to `through`, inclusive.

    `lost` is the absence that does not count. Days that cannot be counted are left out.
    """
    kinds = {absence.kind for absence in lost}
    return count_time(placements, lost, not_counted=kinds, through=through).total


def weeks_served(
    placements: Sequence[PlacementLike], lost: Sequence[Away], through: date | None
) -> Fraction:
    """Return full-time weeks: calendar days over seven times percentage, less absence."""
    days = Fraction(0)
    for placement in placements:
        end = placement.end if through is None else min(placement.end, through)
        if end < placement.start:
            continue
        whole = (end - placement.start).days + 1
        share = Fraction(placement.percent, 100)
        gone = Fraction(0)
        for absence in lost:
            first, last = max(absence.start, placement.start), min(absence.end, end)
            if last >= first:
                gone += ((last - first).days + 1) * Fraction(absence.percent, 100)
        days += (whole - min(gone, Fraction(whole))) * share
    return days / 7


def day_reached(
    placements: Sequence[PlacementLike],
    lost: Sequence[Away],
    months: Fraction,
    *,
    weeks: bool = False,
) -> date | None:
    """Return the first day at whose end `months` (or weeks) are served; None if never.

    Nothing to serve is reached on the first day.
    """
    if not placements:
        return None
    count = weeks_served if weeks else months_served
    low = min(placement.start for placement in placements) - DAY
    high = max(placement.end for placement in placements)
    at_low, at_high = Fraction(0), count(placements, lost, high)
    if at_high < months:
        return None
    if months <= 0:
        return low + DAY
    tries = 0
    while (span := (high - low).days) > 1:
        # Service grows almost evenly, so a straight line finds the day in a few counts, where
        # halving needs ten; halving is the way out where long leave bends the line.
        even = int(span * (months - at_low) / (at_high - at_low)) if tries < 6 else span // 2
        day = low + min(max(even, 1), span - 1) * DAY
        value = count(placements, lost, day)
        tries += 1
        if value >= months:
            high, at_high = day, value
        else:
            low, at_low = day, value
    return high
