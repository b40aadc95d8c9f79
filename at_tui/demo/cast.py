"""Who is in the demo: a few with names and parts of their own, the rest by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from at_tui.demo.calendar import first_monday
from at_tui.demo.chance import Chance
from at_tui.demo.phrases import bank
from schema.words import Kind

MONTHS = 21
"""Length of a block in Dalarna at full time."""
GROUP = 16
"""How many begin together: 64 posts a year, four starts."""
_STARTS = (2, 5, 8, 11)
"""Months in which a group begins, on the first Monday."""


class Size(StrEnum):
    """How much a demo holds."""

    ONE = "one"
    CLINIC = "clinic"
    DALARNA = "dalarna"
    DALARNA10 = "dalarna10"


BT_BLOCK = 3
"""Block of those in bastjänstgöring."""
BT_COUNT = {Size.DALARNA: 4, Size.DALARNA10: 8}
"""BT-läkare among them."""
COUNT = {Size.ONE: 1, Size.CLINIC: 6, Size.DALARNA: 112, Size.DALARNA10: 640}
"""Doctors in training of each size: one, a vårdcentral, in service, over ten years."""


class Course(StrEnum):
    """How it goes for someone."""

    STEADY = "steady"
    LATE = "late"
    """Supervision is cancelled more than it is held lately."""
    STRUGGLING = "struggling"


@dataclass(frozen=True)
class Character:
    """Who someone is and how their block is laid."""

    number: int
    name: str
    block: int
    """Which order of sections (`at_tui/demo/block.py`)."""
    course: Course = Course.STEADY
    talent: float = 0.0
    """Added to the ability that others have as far along, on a scale from 0 to 1."""
    percent: int = 100
    leave: tuple[int, int] | None = None
    """Parental leave: before which placement of the block, and how many months."""
    personnummer: str | None = None
    start: date | None = None
    here: tuple[int, int] | None = None
    """Where in the block the day of the demo falls, instead of a start: placement and week."""
    kind: Kind = Kind.AT


# The personnummer are Skatteverket's test numbers, which belong to nobody.
_CAST = (
    Character(0, "", 0, talent=0.05, personnummer="198112189876", here=(7, 20)),
    Character(1, "", 0, course=Course.LATE, here=(7, 13)),
    Character(2, "", 2, percent=75, leave=(3, 4), personnummer="198112789873", here=(5, 8)),
    Character(3, "", 1, course=Course.STRUGGLING, talent=-0.25, here=(3, 5)),
    Character(4, "", 1, talent=0.02, here=(0, 3)),
    Character(5, "", 0, talent=0.08, personnummer="196408233234", here=(7, 28)),
)


def characters(size: Size, seed: int, on: date) -> list[Character]:
    """Return those in AT in a demo of that size, as of the day `on`."""
    if size in (Size.ONE, Size.CLINIC):
        names: list[str] = bank("names")["cast"]
        chosen = _CAST[: COUNT[size]]
        return [replace(one, name=names[one.number]) for one in chosen]
    names = _names(seed, COUNT[size])
    starts = _group_starts(on)
    found: list[Character] = []
    while len(found) < COUNT[size]:
        start = next(starts)
        for _ in range(GROUP):
            number = len(found)
            found.append(_by_chance(number, names[number], Chance("who", seed, number), start))
    return found


def everyone(size: Size, seed: int, on: date) -> list[Character]:
    """Return all of a demo of that size: those in AT, and last those in BT, in the places of as
    many who began first."""
    in_bt = bt_characters(size, seed, on)
    return [*characters(size, seed, on)[: COUNT[size] - len(in_bt)], *in_bt]


def bt_characters(size: Size, seed: int, on: date) -> list[Character]:
    """Return those in bastjänstgöring, who began one after the other in the last ten months."""
    taken = {one.name for one in characters(size, seed, on)}
    free = [name for name in _every_name() if name not in taken]
    names = Chance("bt", seed).some(free, BT_COUNT.get(size, 0))
    starts = _group_starts(on)
    return [
        Character(COUNT[size] + n, name, BT_BLOCK, talent=0.05, start=next(starts), kind=Kind.BT)
        for n, name in enumerate(names)
    ]


def _names(seed: int, count: int) -> list[str]:
    cast: list[str] = bank("names")["cast"]
    return [*cast, *Chance("names", seed).some(_every_name(), count - len(cast))]


def _every_name() -> list[str]:
    names = bank("names")
    return [
        f"{given} {family}"
        for family in names["family"]
        for given in names["given"]
        if f"{given} {family}" not in names["cast"]
    ]


def _group_starts(on: date) -> Iterator[date]:
    """Yield the days on which groups have begun, latest first."""
    year = on.year + 1
    while True:
        for month in reversed(_STARTS):
            start = first_monday(year, month)
            if start <= on - timedelta(days=14):
                yield start
        year -= 1


def _by_chance(number: int, name: str, chance: Chance, start: date) -> Character:
    course = chance.weighted({Course.STEADY: 0.82, Course.LATE: 0.1, Course.STRUGGLING: 0.08})
    talent = -0.22 if course is Course.STRUGGLING else max(-0.12, min(0.15, chance.near(0, 0.07)))
    return Character(
        number,
        name,
        chance.whole(0, 2),
        course=course,
        talent=talent,
        percent=chance.weighted({100: 0.85, 75: 0.08, 80: 0.04, 50: 0.03}),
        leave=(chance.whole(1, 4), chance.whole(3, 7)) if chance.happens(0.12) else None,
        start=start,
    )
