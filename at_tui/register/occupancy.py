"""How many are placed at a unit, week by week, against what it can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from at_tui.judge.calendar import monday

if TYPE_CHECKING:
    from at_tui.register.records import Stay

WEEK = timedelta(days=7)
WEEKS = 52
"""How far ahead the register looks."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """Weeks in a row with the same people at a unit. `end` is the last day, a Sunday."""

    start: date
    end: date
    names: tuple[str, ...]
    capacity: int | None

    @property
    def count(self) -> int:
        """How many are there at once."""
        return len(self.names)

    @property
    def over(self) -> int:
        """How many more than there is room for; nobody has said how many: none."""
        return max(0, self.count - self.capacity) if self.capacity is not None else 0

    @property
    def weeks(self) -> int:
        """How many weeks it lasts."""
        return ((self.end - self.start).days + 1) // 7


def spells(
    stays: Iterable[Stay], capacity: int | None, on: date, weeks: int = WEEKS
) -> list[Spell]:
    """Return the weeks from that of `on` and ahead, those alike joined, to the last placement.

    Someone is there in a week of which any day lies in the placement and outside whole leave.
    Two placements of one training in one week are one person.
    """
    mine = sorted(stays, key=lambda s: (s.start, s.name, s.id))
    if not mine:
        return []
    first = monday(on)
    last = min(max(s.end for s in mine), first + weeks * WEEK - _DAY)
    found: list[Spell] = []
    while first <= last:
        sunday = first + WEEK - _DAY
        there: dict[str, str] = {}
        for stay in mine:
            if _there(stay, first, sunday):
                there.setdefault(stay.training_id, stay.name)
        names = tuple(sorted(there.values()))
        before = found[-1] if found else None
        if before is not None and before.names == names:
            found[-1] = Spell(before.start, sunday, names, capacity)
        else:
            found.append(Spell(first, sunday, names, capacity))
        first += WEEK
    return found


def overfull(found: Sequence[Spell]) -> list[Spell]:
    """Return the weeks with more people than there is room for, those in a row joined: `names`
    are then the most there are at once."""
    joined: list[Spell] = []
    for spell in found:
        if not spell.over:
            continue
        before = joined[-1] if joined else None
        if before is not None and before.end + _DAY == spell.start:
            most = max(before, spell, key=lambda s: s.count)
            joined[-1] = Spell(before.start, spell.end, most.names, spell.capacity)
        else:
            joined.append(spell)
    return joined


def now(found: Sequence[Spell], on: date) -> int:
    """Return how many are there in the week of `on`."""
    return next((s.count for s in found if s.start <= on <= s.end), 0)


def _there(stay: Stay, first: date, last: date) -> bool:
    begin, end = max(first, stay.start), min(last, stay.end)
    day = begin
    while day <= end:
        spell = next((s for s in stay.away if s[0] <= day <= s[1]), None)
        if spell is None:
            return True
        day = spell[1] + _DAY
    return False
