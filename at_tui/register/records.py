"""What the register is read from: people, units, roles, and who is placed where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from schema.text import sort_key
from schema.words import RoleKind

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from schema.content.programme import Programme
    from schema.tables import Person, Role, Unit

SUPERVISORS = frozenset(
    {RoleKind.HANDLEDARE, RoleKind.HUVUDHANDLEDARE, RoleKind.KLINISK_HANDLEDARE}
)
"""Roles that make someone a supervisor in the register."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One placement of one training that is not over, with the plan it follows."""

    id: str
    training_id: str
    name: str
    """Of the doctor in training."""
    training_start: date
    plan: Programme | None
    section: str
    specialty: str
    unit_id: str | None
    supervisor_id: str | None
    start: date
    end: date
    away: tuple[tuple[date, date], ...] = ()
    """Spells of whole leave that touch it."""


@dataclass(frozen=True)
class Register:
    """Everything the pages of units and supervisors show, on a day."""

    on: date
    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    roles: Sequence[Role]
    stays: Sequence[Stay]
    main: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names of those in training, by their huvudhandledare's id."""

    @cached_property
    def by_supervisor(self) -> dict[str, list[Stay]]:
        """Placements that are not over, by supervisor."""
        return _by(self.stays, "supervisor_id")

    @cached_property
    def by_unit(self) -> dict[str, list[Stay]]:
        """Placements that are not over, by unit."""
        return _by(self.stays, "unit_id")

    @cached_property
    def roles_of(self) -> dict[str, list[Role]]:
        """Roles by person."""
        return _by(self.roles, "person_id")

    def holds(self, person_id: str, kinds: frozenset[RoleKind] = SUPERVISORS) -> bool:
        """Return whether a person holds one of these roles today."""
        return any(
            r.kind in kinds and in_force(r, self.on) for r in self.roles_of.get(person_id, ())
        )

    @cached_property
    def supervisors(self) -> list[Person]:
        """Everyone in the register who is a supervisor by role, or supervises someone now or
        ahead; by name."""
        ids = {id for id in self.people if self.holds(id)}
        ids |= {id for id in self.by_supervisor if id in self.people}
        ids |= {id for id in self.main if id in self.people}
        found = [self.people[id] for id in ids]
        return sorted(found, key=lambda p: (sort_key(p.name), p.id))

    def at(self, unit_id: str) -> list[Person]:
        """Return the active supervisors who work at a unit or hold the role there, by name."""
        found = []
        for person in self.supervisors:
            there = any(
                r.unit_id == unit_id and r.kind in SUPERVISORS and in_force(r, self.on)
                for r in self.roles_of.get(person.id, ())
            )
            if person.active and (person.unit_id == unit_id or there):
                found.append(person)
        return found


def in_force(role: Role, on: date) -> bool:
    """Return whether a role is held on the day `on`."""
    return (role.start is None or role.start <= on) and (role.end is None or on <= role.end)


def _by(records: Sequence[Any], field: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in records:
        key = getattr(record, field)
        if key:
            found.setdefault(key, []).append(record)
    return found
