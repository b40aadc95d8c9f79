"""The supervisors and heads that a start group names: known, declared by the file, or mistaken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from at_tui.interchange.columns import BY_FIELD
from at_tui.interchange.plan import Plan, faults_of
from at_tui.interchange.register import Register
from at_tui.interchange.rows import SheetRow
from schema.text import sort_key
from schema.words import RoleKind

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from schema.tables import Person, Unit

_SUPERVISOR = ("title", "specialty", "email", "licensed", "course_on")
_HEAD = ("title", "licensed")


@dataclass
class _Declared:
    """A person whom some row says something about besides the name: that makes them known."""

    name: str
    row: int
    said: dict[str, object] = field(default_factory=dict)
    person: Person | None = None


class People:
    """Finds the person that a row means. A name that is like none other is somebody new, and a
    remark says so; one that is nearly another's needs a title, a specialty or the like on some
    row, so that a misspelt name does not become somebody."""

    def __init__(self, rows: list[SheetRow], register: Register, plan: Plan) -> None:
        self.register = register
        self.plan = plan
        self._supervisors: dict[str, _Declared] = {}
        self._heads: dict[str, _Declared] = {}
        self._roles = set(register.roles)
        for row in rows:
            self._declare(self._supervisors, row, "supervisor", _SUPERVISOR)
            self._declare(self._heads, row, "head", _HEAD)

    def supervisor(self, row: SheetRow, unit: Unit | None) -> Person | None:
        """Return the supervisor that a row names, with the role at the unit; None without one."""
        person = self._find(row, "supervisor", "import.unknown_person", self._supervisors, unit)
        self._role(person, RoleKind.HANDLEDARE, unit)
        return person

    def head(self, row: SheetRow, unit: Unit | None) -> Person | None:
        """Return the verksamhetschef that a row names, with the role at the unit."""
        person = self._find(row, "head", "import.unknown_head", self._heads, unit)
        self._role(person, RoleKind.VERKSAMHETSCHEF, unit)
        return person

    def main(self, row: SheetRow) -> Person | None:
        """Return the huvudhandledare that a row names, who must be known or declared."""
        declared = self._heads if sort_key(row.text("main_supervisor")) in self._heads else None
        return self._find(
            row, "main_supervisor", "import.unknown_main", declared or self._supervisors, None
        )

    def _declare(
        self, into: dict[str, _Declared], row: SheetRow, who: str, about: tuple[str, ...]
    ) -> None:
        name = row.text(who)
        said = {
            part: row.values[f"{who}_{part}"] for part in about if f"{who}_{part}" in row.values
        }
        if not name or not said:
            return
        known = into.setdefault(sort_key(name), _Declared(name, row.number))
        for part, value in said.items():
            if known.said.setdefault(part, value) != value:
                self.plan.wrong(
                    row.number, BY_FIELD[f"{who}_{part}"].heading, "import.disagrees",
                    value=value, row=known.row, other=known.said[part],
                )  # fmt: skip

    def _find(
        self, row: SheetRow, field: str, code: str, declared: dict[str, _Declared],
        unit: Unit | None,
    ) -> Person | None:  # fmt: skip
        name = row.text(field)
        if not name:
            return None
        key = sort_key(name)
        known = self.register.people.get(key, [])
        email = row.text(f"{field}_email").casefold()
        if len(known) > 1 and email:
            known = [one for one in known if one.email.casefold() == email] or known
        if len(known) > 1:
            self.plan.wrong(row.number, BY_FIELD[field].heading, "import.two_people", name=name)
            return None
        if known:
            return known[0]
        if key in declared:
            return self._new(declared[key], field, unit)
        others = {**self._heads, **self._supervisors}
        near = self.register.near(name, [one.name for one in others.values()])
        if near and sort_key(near) != key:
            self.plan.wrong(row.number, BY_FIELD[field].heading, code, name=name, near=near)
            return None
        if key not in others:
            self.plan.note(row.number, BY_FIELD[field].heading, "import.new_person", name=name)
        declared[key] = _Declared(name, row.number)
        return self._new(declared[key], field, unit)

    def _new(self, declared: _Declared, field: str, unit: Unit | None) -> Person:
        from schema.tables import Person

        # The same person may supervise and lead: one person, with what either said.
        other = self._heads if field != "head" else self._supervisors
        twin = other.get(sort_key(declared.name))
        if declared.person is None and twin is not None and twin.person is not None:
            declared.person = twin.person
        if declared.person is not None:
            return declared.person
        said = {**(twin.said if twin else {}), **declared.said}
        specialty = str(said.get("specialty", ""))
        licensed = said.get("licensed")
        person = Person(
            name=declared.name,
            title=str(said.get("title", "")),
            email=str(said.get("email", "")),
            # Only a licensed doctor can be a specialist (patientsäkerhetslagen 4 kap. 8 §).
            licensed=licensed if isinstance(licensed, bool) else (True if specialty else None),
            specialty=specialty,
            unit_id=unit.id if unit else None,
            supervisor_course_on=said.get("course_on"),  # type: ignore[arg-type] # read as a day
        )
        for name, code, values in faults_of(person):
            heading = BY_FIELD.get(f"{field}_{name}", BY_FIELD["supervisor"]).heading
            self.plan.wrong(declared.row, heading, code, **values)
        declared.person = person
        self.plan.records.append(person)
        return person

    def _role(self, person: Person | None, kind: RoleKind, unit: Unit | None) -> None:
        from schema.tables import Role

        if person is None:
            return
        key = (person.id, str(kind), unit.id if unit else None)
        if key in self._roles:
            return
        self._roles.add(key)
        if person.unit_id is None and unit is not None and self._is_new(person):
            person.unit_id = unit.id
        self.plan.records.append(Role(person_id=person.id, kind=kind, unit_id=key[2]))

    def _is_new(self, person: Person) -> bool:
        declared = (*self._supervisors.values(), *self._heads.values())
        return any(one.person is person for one in declared)
