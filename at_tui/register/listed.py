"""The gap list and the register as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.language import text
from at_tui.printing import file_name, write_document
from at_tui.register.csv_list import csv_bytes
from at_tui.register.occupancy import now, spells
from at_tui.register.qualified import approved
from at_tui.register.records import in_force

if TYPE_CHECKING:
    from at_tui.register.gaps import Gap
    from at_tui.register.records import Register

_GAPS = ("kind", "name", "what", "day", "source")
_PEOPLE = (
    "name", "title", "unit", "roles", "licensed", "specialty", "late_st", "course", "refresher",
    "consultation", "presence", "permanent", "approved", "trainees",
)  # fmt: skip
_UNITS = ("name", "site", "region", "head", "approved_on", "capacity", "now", "supervisors")


def gaps_csv(found: Sequence[Gap]) -> bytes:
    """Return the gap list as CSV."""
    rows = [
        [text(f"register.gap.{gap.kind}").capitalize(), gap.name, gap.sentence, gap.day, gap.source]
        for gap in found
    ]
    return csv_bytes([text(f"register.csv.{name}") for name in _GAPS], rows)


def people_csv(register: Register) -> bytes:
    """Return every supervisor with what qualifies them."""
    head = [text(f"register.csv.{name}") for name in _PEOPLE]
    return csv_bytes(head, [_person(register, person.id) for person in register.supervisors])


def units_csv(register: Register) -> bytes:
    """Return every unit in use with its approval and its room."""
    head = [text(f"register.csv.{name}") for name in _UNITS]
    units = [unit for unit in register.units.values() if unit.active]
    return csv_bytes(head, [_unit(register, unit.id) for unit in units])


def write_gaps(
    found: Sequence[Gap], folder: Path, on: date, *, region: str = "", author: str = ""
) -> tuple[Path, Path]:
    """Write the gap list as PDF and as CSV, and return where they lie.

    Raises:
        Fault: `print.not_written`.
    """
    from at_tui.documents.gap_list import gap_list_pdf

    name = text("register.file.gaps")
    pdf = gap_list_pdf(found, on=on, region=region, author=author)
    paper = write_document(folder, file_name(name, on.isoformat()), pdf)
    table = file_name(name, on.isoformat(), ending="csv")
    return paper, write_document(folder, table, gaps_csv(found))


def write_people(register: Register, folder: Path) -> Path:
    """Write the supervisors as CSV; raises Fault `print.not_written`."""
    name = file_name(text("register.file.people"), register.on.isoformat(), ending="csv")
    return write_document(folder, name, people_csv(register))


def write_units(register: Register, folder: Path) -> Path:
    """Write the units as CSV; raises Fault `print.not_written`."""
    name = file_name(text("register.file.units"), register.on.isoformat(), ending="csv")
    return write_document(folder, name, units_csv(register))


def _answer(value: bool | None) -> str:
    key = "unknown" if value is None else "yes" if value else "no"
    return text(f"register.answer.{key}")


def _person(register: Register, id: str) -> list[object]:
    person = register.people[id]
    unit = register.units.get(person.unit_id or "")
    roles = [r for r in register.roles_of.get(id, ()) if in_force(r, register.on)]
    return [
        person.name,
        person.title,
        unit.name if unit else "",
        ", ".join(dict.fromkeys(text(f"word.role.{role.kind}") for role in roles)),
        _answer(person.licensed),
        person.specialty,
        _answer(person.late_st),
        person.supervisor_course_on,
        person.supervisor_refresher_on,
        person.consultation_course_on,
        person.presence_percent,
        _answer(person.permanent),
        _answer(approved(person, register.on)),
        len({s.training_id for s in register.by_supervisor.get(id, ()) if s.start <= register.on}),
    ]


def _unit(register: Register, id: str) -> list[object]:
    unit = register.units[id]
    head = register.people.get(unit.head_id or "")
    there = now(spells(register.by_unit.get(id, ()), unit.capacity, register.on), register.on)
    good = sum(approved(person, register.on) is True for person in register.at(id))
    name = head.name if head else ""
    return [
        unit.name, unit.site, unit.region, name, unit.approved_on, unit.capacity, there, good,
    ]  # fmt: skip
