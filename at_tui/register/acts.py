"""Retire a person or a unit, and take them back. Nothing is removed: the past stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.judge import phrases
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.register.records import Register
    from data.store import Store


def retire_person(store: Store, register: Register, person_id: str, author: str) -> None:
    """Retire a person who supervises nobody now or ahead.

    Raises:
        Fault: `register.person_in_use`, or `store.*`.
    """
    person = register.people[person_id]
    names = [stay.name for stay in register.by_supervisor.get(person_id, ())]
    names += register.main.get(person_id, ())
    if names:
        who = phrases.some(sorted(set(names)))
        raise Fault("register.person_in_use", exit_code=4, name=person.name, names=who)
    _set_active(store, register, f"person:{person_id}", author, active=False)


def retire_unit(store: Store, register: Register, unit_id: str, author: str) -> None:
    """Retire a unit where nobody is placed now or ahead, and where no supervisor works.

    Raises:
        Fault: `register.unit_in_use`, `register.unit_in_use_by`, or `store.*`.
    """
    names = sorted({stay.name for stay in register.by_unit.get(unit_id, ())})
    if names:
        raise Fault("register.unit_in_use", exit_code=4, names=phrases.some(names))
    there = sorted(p.name for p in register.at(unit_id) if p.unit_id == unit_id)
    if there:
        values = {"count": len(there), "names": phrases.some(there)}
        raise Fault("register.unit_in_use_by", exit_code=4, **values)
    _set_active(store, register, f"unit:{unit_id}", author, active=False)


def restore(store: Store, register: Register, subject: str, author: str) -> None:
    """Take a retired person or unit back; `subject` is `person:<id>` or `unit:<id>`.

    Raises:
        Fault: `store.*`.
    """
    _set_active(store, register, subject, author, active=True)


def _set_active(
    store: Store, register: Register, subject: str, author: str, *, active: bool
) -> None:
    from schema.tables import Person, Unit

    kind, _, id = subject.partition(":")
    with store.work(author) as work:
        record = work.need(Person, id) if kind == "person" else work.need(Unit, id)
        record.active = active
        work.save(record)
