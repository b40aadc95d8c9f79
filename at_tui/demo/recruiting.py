"""Invented rounds of recruitment: four starts a year, as Dalarna has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from at_tui.demo.chance import Chance
from schema.tables import Recruitment
from schema.words import Sex

_STARTS = {1: "januari", 4: "april", 7: "juli", 10: "oktober"}
_PLACES = {"Uppsala": 5.0, "Umeå": 3.0, "Örebro": 3.0, "Stockholm": 2.0, "utomlands": 2.0}
BLOCKS = 16
"""Blocks at each start."""


def rounds(seed: int, first: date, on: date) -> list[Recruitment]:
    """Return the rounds of every start from `first` to `on`."""
    chance = Chance("recruitment", seed)
    days = [
        date(year, month, 1)
        for year in range(first.year, on.year + 1)
        for month in _STARTS
        if first <= date(year, month, 1) <= on
    ]
    return [_round(chance, day) for day in days]


def _round(chance: Chance, day: date) -> Recruitment:
    filled = BLOCKS - (1 if chance.happens(0.3) else 0)
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for number in range(chance.whole(38, 70)):
        sex, place = chance.weighted({Sex.WOMAN: 0.6, Sex.MAN: 0.4}), chance.weighted(_PLACES)
        group = groups.setdefault(
            (sex, place),
            {
                "sex": str(sex), "place": place,
                "applicants": 0, "interviewed": 0, "filled": 0,
            },
        )  # fmt: skip
        group["applicants"] += 1
        group["interviewed"] += number < 2 * BLOCKS
        group["filled"] += number < filled
    return Recruitment(
        id=chance.record_id(day),
        year=day.year,
        title=f"Start {_STARTS[day.month]} {day.year}",
        blocks=BLOCKS,
        groups=sorted(groups.values(), key=lambda g: (g["place"], g["sex"])),
    )
