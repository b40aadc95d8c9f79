"""What an import would do, worked out without changing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from at_tui.interchange.columns import BY_FIELD
from at_tui.interchange.problem import RowProblem
from at_tui.interchange.rows import SheetRow
from data import door
from schema.fault import Invalid

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from schema.tables import Record, Unit


class State(StrEnum):
    """What becomes of a row. Screen words: `import.state.<value>`."""

    NEW = "new"
    KNOWN = "known"
    PROBLEM = "problem"


@dataclass(frozen=True)
class PreviewRow:
    """One line of a preview."""

    number: int
    name: str
    section: str
    """Section code, empty when the row has no placement."""
    unit: str
    supervisor: str
    start: date | None
    end: date | None
    percent: int
    state: State


@dataclass(frozen=True)
class EducationRow:
    """One line of a preview of education: who, what, when, and whether they were there."""

    number: int
    name: str
    kind: str
    title: str
    day: date | None
    minutes: int
    days: float
    planned: bool
    attended: bool
    state: State

    @property
    def presence(self) -> str:
        """Return `planned`, `yes` or `no`: a word of the catalogue."""
        return "planned" if self.planned else "yes" if self.attended else "no"


@dataclass
class Plan:
    """Records to be added, and everything to be told before they are."""

    records: list[Record] = field(default_factory=list)
    unrecorded: list[Any] = field(default_factory=list)
    """Sealed evaluations: they are kept, but have no place in the change history."""
    heads: list[tuple[Unit, str]] = field(default_factory=list)
    """Units already there that get a verksamhetschef, with the person's id."""
    known: Counter[str] = field(default_factory=Counter)
    """How many of each kind are there already."""
    rows: list[PreviewRow] = field(default_factory=list)
    lessons: list[EducationRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)

    def wrong(self, row: int, column: str, code: str, /, **values: object) -> None:
        """Note a fault."""
        self.problems.append(RowProblem(row, column, code, values))

    def wrong_in(self, row: SheetRow, name: str, code: str, /, **values: object) -> None:
        """Note a fault of one cell, by its field's name."""
        shown = {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in values.items()
        }
        self.problems.append(RowProblem(row.number, heading(name), code, shown))

    def empty_in(self, row: SheetRow, name: str) -> None:
        """Note that a cell is empty, unless it was told already why it could not be read."""
        if not self.is_told(row, name):
            self.wrong_in(row, name, "import.empty_cell")

    def is_told(self, row: SheetRow, name: str) -> bool:
        """Return whether a fault of that cell is noted."""
        return any((p.row, p.column) == (row.number, heading(name)) for p in self.problems)

    def note(self, row: int, column: str, code: str, /, **values: object) -> None:
        """Note a remark, which stops nothing."""
        self.notes.append(RowProblem(row, column, code, values))

    def added(self) -> Counter[str]:
        """Return how many of each kind would be added."""
        return Counter(type(record).__name__ for record in (*self.records, *self.unrecorded))


def heading(name: str) -> str:
    """Return the heading of a field, or the name itself when no column has it."""
    return BY_FIELD[name].heading if name in BY_FIELD else name


def faults_of(record: Record) -> Iterable[tuple[str, str, dict[str, object]]]:
    """Return what a record's own model has against it: (field, code, values)."""
    try:
        door.check(record)
    except Invalid as invalid:
        return invalid.problems
    return ()
