"""Who and what is there already, looked up as a spreadsheet writes it: by name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from schema.text import sort_key

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Person, Placement, Trainee, Training, Unit


@dataclass
class Register:
    """People, units and trainings by the names that users know them by (as sort keys)."""

    people: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    units: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    trainees: dict[str, list[Trainee]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, Trainee] = field(default_factory=dict)
    trainings: dict[str, list[Training]] = field(default_factory=lambda: defaultdict(list))
    """Latest first, by trainee id."""
    placements: dict[str, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    """By training id."""
    roles: set[tuple[str, str, str | None]] = field(default_factory=set)
    """Person, kind, unit."""

    def unit(self, name: str, site: str) -> Unit | None:
        """Return the unit with that name, at that site when one is given."""
        found = self.units.get(sort_key(name), [])
        if site:
            here = [unit for unit in found if sort_key(unit.site) in ("", sort_key(site))]
            return here[0] if here else None
        return found[0] if found else None

    def near(self, name: str, also: list[str]) -> str:
        """Return the name of someone that `name` may be a misspelling of, or the empty string."""
        names = {sort_key(one): one for one in also}
        names |= {key: people[0].name for key, people in self.people.items() if people}
        found = get_close_matches(sort_key(name), names, n=1, cutoff=0.75)
        return names[found[0]] if found else ""

    def near_trainee(self, name: str) -> str:
        """Return the doctor in training that `name` may be a misspelling of, or nothing."""
        names = {key: known[0].name for key, known in self.trainees.items() if known}
        found = get_close_matches(sort_key(name), names, n=1, cutoff=0.75)
        return names[found[0]] if found else ""


def register_of(work: Work) -> Register:
    """Return the register of an open file."""
    from schema.tables import Person, Placement, Role, Trainee, Training, Unit

    made = Register()
    for person in work.all(Person):
        made.people[person.sort_key].append(person)
    for unit in work.all(Unit):
        made.units[unit.sort_key].append(unit)
    for trainee in work.all(Trainee):
        made.trainees[trainee.sort_key].append(trainee)
        if trainee.personnummer:
            made.by_number[trainee.personnummer] = trainee
    for training in sorted(work.all(Training), key=_start, reverse=True):
        made.trainings[training.trainee_id].append(training)
    for placement in work.all(Placement):
        made.placements[placement.training_id].append(placement)
    made.roles = {(role.person_id, str(role.kind), role.unit_id) for role in work.all(Role)}
    return made


def _start(training: Training) -> str:
    return training.start.isoformat()
