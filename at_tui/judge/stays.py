"""Placements as the rules mean them: one stay per unit and specialty, however it was entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from at_tui.judge.records import PlacementLike
from schema.months import months_between
from schema.text import sort_key


@dataclass(frozen=True, slots=True)
class Stay:
    """Adjoining placements at one unit in one specialty, e.g. when only the percentage changed."""

    section: str
    specialty: str
    unit_id: str | None
    start: date
    end: date
    parts: tuple[PlacementLike, ...]

    @property
    def id(self) -> str:
        """Id of the latest placement in it."""
        return self.parts[-1].id

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(part.id for part in self.parts)

    @property
    def months(self) -> Fraction:
        """Length by the calendar."""
        return months_between(self.start, self.end).exact


def stays(placements: Iterable[PlacementLike]) -> list[Stay]:
    """Return the stays of one training in order of time; placements must not be reversed."""
    found: list[Stay] = []
    for placement in sorted(placements, key=lambda p: (p.start, p.end, p.id)):
        before = next((stay for stay in reversed(found) if _continues(stay, placement)), None)
        if before is None:
            specialty = placement.specialty
            found.append(
                Stay(
                    placement.section,
                    specialty,
                    placement.unit_id,
                    placement.start,
                    placement.end,
                    (placement,),
                )
            )
            continue
        place = found.index(before)
        found[place] = Stay(
            before.section,
            before.specialty,
            before.unit_id,
            before.start,
            placement.end,
            (*before.parts, placement),
        )
    return found


def _continues(stay: Stay, placement: PlacementLike) -> bool:
    if placement.start != stay.end + timedelta(days=1) or placement.section != stay.section:
        return False
    if placement.id == stay.id:  # one placement in two pieces, as a preview makes them
        return True
    # Where neither unit nor specialty is known, nothing says that it is the same place.
    named = bool(placement.unit_id or placement.specialty)
    return named and (placement.unit_id, placement.specialty) == (stay.unit_id, stay.specialty)


def is_specialty(text: str, wanted: Iterable[str]) -> bool:
    """Return whether a placement's specialty is one of `wanted`, by whole names.

    "Kirurgi/urologi" is both kirurgi and urologi; "kärlkirurgi" is not kirurgi.
    """
    names = _names(text)
    return any(_name(name) in names for name in wanted)


_name = lru_cache(maxsize=2_000)(sort_key)


@lru_cache(maxsize=2_000)
def _names(text: str) -> frozenset[str]:
    parts = text.replace("+", "/").replace(",", "/").split("/")
    return frozenset({sort_key(text), *map(sort_key, parts)})
