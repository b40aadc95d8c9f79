"""The block plan: which sections in which order, at which clinics, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from at_tui.demo.cast import Character
from at_tui.demo.chance import Chance
from at_tui.demo.organisation import Organisation, Workplace
from schema.months import last_day_of
from schema.tables import Person, Placement
from schema.words import SectionCode

_M, _K, _P, _A, _E = (
    SectionCode.INVARTES, SectionCode.OPERERANDE, SectionCode.PSYKIATRI, SectionCode.ALLMANMEDICIN,
    SectionCode.AKUT,
)  # fmt: skip

BLOCKS: tuple[tuple[tuple[SectionCode, int], ...], ...] = (
    ((_M, 3), (_M, 3), (_K, 3), (_K, 2), (_K, 1), (_P, 2), (_P, 1), (_A, 6)),
    ((_A, 1), (_K, 3), (_K, 3), (_P, 2), (_P, 1), (_M, 3), (_M, 3), (_A, 5)),
    ((_P, 3), (_M, 3), (_M, 3), (_K, 3), (_K, 3), (_A, 6)),
    ((_E, 4), (_A, 5), (_P, 3)),
)
"""Section and months at full time: 21 together, each within the law's minimum, and last the 12 of
a BT."""


@dataclass(frozen=True)
class Stay:
    """One placement with the people around it."""

    place: Workplace
    supervisor: Person
    placement: Placement

    @property
    def start(self) -> date:
        """First day."""
        return self.placement.start

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        return self.placement.end

    def lacks(self, on: date) -> str:
        """Return how supervision lacks there on the day `on`, see `Workplace.supervision`."""
        return self.place.supervision if self.start <= on <= self.end else ""

    @property
    def weeks(self) -> int:
        """Length in whole weeks."""
        return ((self.end - self.start).days + 1) // 7


Spans = list[tuple[date, date]]


def spans(character: Character, start: date) -> tuple[Spans, tuple[date, date] | None]:
    """Return first and last day of each placement, and of the leave if there is one."""
    found: Spans = []
    away: tuple[date, date] | None = None
    for number, (_, months) in enumerate(BLOCKS[character.block]):
        if character.leave is not None and character.leave[0] == number:
            away = (start, last_day_of(start, character.leave[1]))
            start = away[1] + timedelta(days=1)
        end = last_day_of(start, Fraction(months * 100, character.percent))
        found.append((start, end))
        start = end + timedelta(days=1)
    return found, away


def start_of(character: Character, on: date) -> date:
    """Return the first day of the training."""
    if character.start is not None:
        return character.start
    number, week = character.here or (0, 1)
    wanted = on - timedelta(weeks=week - 1, days=on.weekday())
    start = wanted
    # Months differ in length, so the way back is tried and mended.
    for _ in range(4):
        start -= spans(character, start)[0][number][0] - wanted
    # People begin on Mondays: the nearest one.
    return start + timedelta(days=-start.weekday() if start.weekday() < 4 else 7 - start.weekday())


def stays(
    character: Character,
    found: Spans,
    training_id: str,
    organisation: Organisation,
    chance: Chance,
) -> list[Stay]:
    """Return the placements of a block, each at a unit of its section."""
    centre = organisation.centres[character.number % len(organisation.centres)]
    site = chance.one([*organisation.hospitals])
    turn: dict[SectionCode, int] = {}
    made: list[Stay] = []
    for (section, _), (start, end) in zip(BLOCKS[character.block], found, strict=True):
        # The emergency department belongs to the medical clinic.
        of_clinic = _M if section is _E else section
        clinics = [centre] if section is _A else organisation.clinics(site, of_clinic)
        place = clinics[turn.get(section, 0) % len(clinics)]
        turn[section] = turn.get(section, 0) + 1
        supervisor = main_supervisor(character, centre) if place is centre else _any(place, chance)
        clinical = chance.one([one for one in place.staff if one is not supervisor])
        placement = Placement(
            id=chance.record_id(start),
            training_id=training_id,
            section=section,
            unit_id=place.unit.id,
            specialty=place.specialty,
            start=start,
            end=end,
            percent=character.percent,
            supervisor_id=supervisor.id,
            clinical_supervisor_id=clinical.id if place is not centre else None,
        )
        made.append(Stay(place, supervisor, placement))
    return made


def main_supervisor(character: Character, centre: Workplace) -> Person:
    """Return the huvudhandledare; the same one for most at a small vårdcentral."""
    return centre.staff[1 if character.number % 6 == 4 else 0]


def _any(place: Workplace, chance: Chance) -> Person:
    return chance.one(place.staff)
