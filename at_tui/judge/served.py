"""Time served for the judge: which absence counts, what is served on a day, when a sum is reached.

The counting itself is `at_tui/time_served.py`'s; this applies a programme's rule for absence and
finds days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from at_tui.time_served import AbsenceLike, count_time
from schema.months import last_day_of, months_between

if TYPE_CHECKING:
    from at_tui.judge.records import PlacementLike
    from schema.content.programme import ServedRules

DAY = timedelta(days=1)
HALF, FULL = 50, 100
_SICK = "sjuk"


A = TypeVar("A", bound=AbsenceLike)


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


class Served:
    """What is served in some placements, asked again and again.

    Placements of one section that adjoin are a run of their own, as in `count_time`; runs that do
    not lie side by side are independent, so only the one around the day asked for is counted.
    """

    def __init__(self, placements: Sequence[PlacementLike], lost: Sequence[AbsenceLike]) -> None:
        self._runs = [_Run(placed, lost) for placed in _chains(placements)]

    def months(self, through: date | None = None) -> Fraction:
        """Return full-time months served to `through`, inclusive; None: to the end."""
        return sum((run.months(through) for run in self._runs), Fraction(0))

    def weeks(self, through: date | None = None) -> Fraction:
        """Return full-time weeks: calendar days over seven times percentage, less absence."""
        return sum((run.weeks(through) for run in self._runs), Fraction(0))

    def reached(self, amount: Fraction, *, weeks: bool = False) -> date | None:
        """Return the first day at whose end `amount` is served; None if it never is.

        Nothing is reached on the first day.
        """
        left = amount
        for run in self._runs:
            whole = run.weeks(None) if weeks else run.months(None)
            if whole >= left:
                return run.reached(left, weeks)
            left -= whole
        return None


class _Run:
    """Placements that adjoin or lie side by side."""

    def __init__(self, placements: list[PlacementLike], lost: Sequence[AbsenceLike]) -> None:
        self.placements = placements
        self.first = min(p.start for p in placements)
        self.last = max(p.end for p in placements)
        self.lost = [a for a in lost if a.end >= self.first and a.start <= self.last]
        self._kinds = {absence.kind for absence in self.lost}
        self._known: dict[tuple[date, bool], Fraction] = {}
        self._percent = placements[0].percent
        """Of all of them, when `_even`: one percentage, and none beside another."""
        self._even = (
            all(p.percent == self._percent for p in placements)
            and all(a.end < b.start for a, b in pairwise(placements))
            and HALF <= self._percent <= FULL
        )

    def months(self, through: date | None) -> Fraction:
        return self._served(through, weeks=False)

    def weeks(self, through: date | None) -> Fraction:
        return self._served(through, weeks=True)

    def _served(self, through: date | None, *, weeks: bool) -> Fraction:
        if through is None or through > self.last:
            through = self.last
        if through < self.first:
            return Fraction(0)
        key = (through, weeks)
        if key not in self._known:
            self._known[key] = self._weeks(through) if weeks else self._months(through)
        return self._known[key]

    def _months(self, through: date) -> Fraction:
        if self._even and not any(a.start <= through for a in self.lost):
            # What `count_time` comes to when nothing changes: half of what is judged is so.
            months = months_between(self.first, through).exact
            return months if self._percent == FULL else months * self._percent / FULL
        return count_time(
            self.placements, self.lost, not_counted=self._kinds, through=through
        ).total

    def _weeks(self, through: date) -> Fraction:
        days = Fraction(0)
        for placement in self.placements:
            end = min(placement.end, through)
            if end < placement.start:
                continue
            whole = (end - placement.start).days + 1
            gone = 0
            for absence in self.lost:
                first, last = max(absence.start, placement.start), min(absence.end, end)
                gone += max(0, (last - first).days + 1) * absence.percent
            days += Fraction(max(0, whole * FULL - gone) * placement.percent, FULL * FULL)
        return days / 7

    def reached(self, amount: Fraction, weeks: bool) -> date:
        """Return the first day at whose end `amount` is served; the run is long enough."""
        guess = self._guess(amount, weeks)
        if guess is not None:
            return guess
        low, high = self.first - DAY, self.last
        at_low, at_high = Fraction(0), self._served(high, weeks=weeks)
        tries = 0
        while (span := (high - low).days) > 1:
            # Service grows almost evenly, so a straight line finds the day in a few counts, where
            # halving needs eight; halving is the way out where long leave bends the line.
            rise = at_high - at_low
            even = int(span * (amount - at_low) / rise) if tries < 6 and rise else span // 2
            day = low + min(max(even, 1), span - 1) * DAY
            value = self._served(day, weeks=weeks)
            tries += 1
            if value >= amount:
                high, at_high = day, value
            else:
                low, at_low = day, value
        return high

    def _guess(self, amount: Fraction, weeks: bool) -> date | None:
        """Return the day, where the first placement without absence already tells it."""
        first = self.placements[0]
        if weeks or len([p for p in self.placements if p.start == first.start]) > 1:
            return None
        day = last_day_of(first.start, amount * FULL / first.percent)
        clear = all(a.start > day for a in self.lost)
        others = any(p.start <= day for p in self.placements[1:])
        return day if clear and not others and first.start <= day <= first.end else None


def _chains(placements: Sequence[PlacementLike]) -> list[list[PlacementLike]]:
    """Group placements that must be counted together, by time."""
    chains: list[list[PlacementLike]] = []
    until = date.min
    for placement in sorted(placements, key=lambda p: (p.start, p.end, p.id)):
        adjoins = chains and placement.start == until + DAY
        if chains and (
            placement.start <= until or (adjoins and chains[-1][-1].section == placement.section)
        ):
            chains[-1].append(placement)
            until = max(until, placement.end)
        else:
            chains.append([placement])
            until = placement.end
    return chains
