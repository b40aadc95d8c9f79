"""The records as lists that people read: one row for each, with names instead of ids.

Left out are stödplaner, which only some may see, and sealed evaluations, which belong to nobody.
Free text is left out unless it is asked for. Personnummer are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.interchange.book import Book
from at_tui.interchange.list_rows import ROWS
from at_tui.language import text

# SQLModel takes 0.6 to 1.2 s to import: tables only when records are read.
if TYPE_CHECKING:
    from data.work import Work

Value = str | int | float | bool | date | None

COLUMNS: dict[str, tuple[str, ...]] = {
    "trainees": (
        "name", "personnummer", "kind", "start_group", "email", "phone", "degree_on",
        "degree_place", "programme", "training_start", "training_end", "norm_months",
        "main_supervisor", "ended_on",
    ),
    "placements": (
        "name", "start_group", "section", "specialty", "unit", "site", "start", "end", "percent",
        "supervisor",
    ),
    "absences": ("name", "start_group", "kind", "start", "end", "percent", "applied", "approved"),
    "supervisions": (
        "name", "start_group", "day", "minutes", "status", "form", "cancel_reason", "supervisor",
        "unit", "topics", "goals", "note",
    ),
    "agreements": ("name", "start_group", "agreed_on", "text", "owner", "due", "done", "dropped"),
    "assessments": (
        "name", "start_group", "day", "instrument", "status", "assessor", "unit", "goals",
    ),
    "goals": (
        "name", "start_group", "goal", "goal_text", "day", "marked_by", "evidence", "withdrawn",
        "note",
    ),
    "education": (
        "name", "start_group", "day", "education_kind", "title", "course", "minutes", "days",
        "planned", "attended", "absence_notified", "absence_reason", "compulsory",
    ),
    "talks": ("name", "start_group", "kind", "booked", "held", "status", "with", "note"),
    "introductions": ("name", "start_group", "kind", "held", "letter", "points", "unit"),
    "account": ("name", "start_group", "title", "amount", "approved", "receipt", "paid"),
    "exams": ("name", "start_group", "day", "registered", "oral", "passed"),
    "certificates": (
        "name", "start_group", "kind", "number", "issued", "status", "signer", "delegated", "unit",
    ),
    "decisions": ("name", "start_group", "kollegium", "day", "outcome", "status", "note"),
    "people": (
        "name", "job", "roles", "unit", "email", "phone", "licensed", "specialty", "permanent",
        "supervisor_course", "supervisor_refresher", "consultation_course", "presence", "active",
    ),
    "units": ("unit", "site", "region", "phone", "head", "approved", "capacity", "active"),
}  # fmt: skip
"""Columns of each list, in order. Their headings are `export.column.<name>`, or those of an
import: what is exported of placements and education can be read again."""
NAMES = tuple(COLUMNS)
FREE_TEXT = frozenset({"note"})
"""Columns that are left out unless free text is asked for."""


@dataclass(frozen=True)
class ExportList:
    """One list: its name, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]

    @property
    def title(self) -> str:
        """The list's name as users read it."""
        return text(f"export.list.{self.name}")

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns' headings."""
        return tuple(heading(column) for column in self.columns)


def heading(column: str) -> str:
    """Return a column's heading."""
    from at_tui.language import has

    key = f"export.column.{column}"
    return text(key) if has(key) else text(f"import.column.{column}")


def lists_of(
    work: Work,
    *,
    names: Collection[str] = NAMES,
    training_ids: Collection[str] | None = None,
    notes: bool = False,
    told: Callable[[str], None] | None = None,
) -> list[ExportList]:
    """Return the lists asked for, in their own order.

    Args:
        training_ids: Only the records of these trainings; the register of people and units is
            then left out.
        notes: Whether free text comes too.
        told: Told the name of each list before it is made; stops the work by raising.
    """
    book = Book(work, training_ids)
    found: list[ExportList] = []
    for name in NAMES:
        if name not in names or (training_ids is not None and name in ("people", "units")):
            continue
        if told is not None:
            told(name)
        columns = tuple(c for c in COLUMNS[name] if notes or c not in FREE_TEXT)
        made: list[dict[str, Any]] = ROWS[name](book)
        rows = [tuple(row.get(column) for column in columns) for row in made]
        found.append(ExportList(name, columns, rows))
    return found
