"""Rows of a start group as values, from a table's cells or from JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from at_tui.interchange.cells import Unreadable, Value, as_text, read
from at_tui.interchange.columns import BY_FIELD, Column, match
from at_tui.interchange.problem import RowProblem
from at_tui.interchange.table import LONGEST_CELL, MOST_ROWS, Cell, Table, empty
from schema.fault import Fault
from schema.text import clean

FORMAT = "at-tui/start-group"
VERSION = 1


@dataclass(frozen=True)
class StartRow:
    """One row: values by field; a field is absent when its cell is empty or cannot be read."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text field, or the empty string."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """Return a day field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def number_in(self, name: str) -> int | None:
        """Return a number field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def yes(self, name: str) -> bool | None:
        """Return a ja/nej field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None


@dataclass
class StartGroup:
    """A start group as it was read: its rows, and what could not be read."""

    rows: list[StartRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)

    def wrong(self, row: int, column: str, code: str, /, **values: object) -> None:
        """Note a fault."""
        self.problems.append(RowProblem(row, column, code, values))

    def note(self, row: int, column: str, code: str, /, **values: object) -> None:
        """Note a remark, which stops nothing."""
        self.notes.append(RowProblem(row, column, code, values))


def table_of(rows: list[tuple[int, tuple[Cell, ...]]]) -> Table:
    """Return the table: its headings are the row, of the first ten, that names most columns.

    Raises:
        Fault: `import.empty` (exit code 1).
    """
    if not rows:
        raise Fault("import.empty", exit_code=1)
    best, most = 0, -1
    for place, (_, cells) in enumerate(rows[:10]):
        found = len(match(tuple(as_text(cell) for cell in cells)).columns)
        if found > most:
            best, most = place, found
    number, cells = rows[best]
    return Table(tuple(as_text(cell) for cell in cells), number, tuple(rows[best + 1 :]))


def from_table(table: Table, *, on: date) -> StartGroup:
    """Return the rows of a table; columns that are missing are told once, for the heading row."""
    group = StartGroup()
    matched = match(table.headings)
    for column in matched.missing:
        group.wrong(table.heading_row, column.heading, "import.missing_column")
    for name in matched.unknown:
        group.note(table.heading_row, clean(name, one_line=True)[:60], "import.unknown_column")
    for name in matched.repeated:
        group.wrong(table.heading_row, name, "import.repeated_column")
    if group.problems:
        return group
    if not table.rows:
        group.wrong(table.heading_row, "", "import.one_row")
    for number, cells in table.rows:
        by_field = {
            column.field: cells[place]
            for place, column in matched.columns.items()
            if place < len(cells)
        }
        if not empty(tuple(by_field.values())):
            _add(group, number, by_field, on=on)
    return group


def from_json(document: dict[str, Any], *, on: date) -> StartGroup:
    """Return the rows of the JSON form."""
    group = StartGroup()
    for name in document:
        if name not in ("format", "version", "rows"):
            group.wrong(0, clean(name, one_line=True)[:60], "import.unknown_field")
    rows = document.get("rows")
    if not isinstance(rows, list):
        group.wrong(0, "", "import.not_a_list", name="rows")
        return group
    if len(rows) > MOST_ROWS:
        raise Fault("import.too_many_rows", exit_code=1, most=MOST_ROWS)
    if not rows:
        group.wrong(0, "", "import.one_row")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            group.wrong(number, "", "import.not_an_object")
            continue
        for name in row:
            if name not in BY_FIELD:
                shown = clean(name, one_line=True)[:60]
                group.wrong(number, shown, "import.unknown_field")
        known = {name: value for name, value in row.items() if name in BY_FIELD}
        cells: dict[str, Cell] = {}
        for name, value in known.items():
            if value is None or isinstance(value, str | int | float | bool):
                cells[name] = value if not isinstance(value, str) else value[:LONGEST_CELL]
            else:
                group.wrong(number, BY_FIELD[name].heading, "invalid.string_type")
        _add(group, number, cells, on=on)
    return group


def _add(group: StartGroup, number: int, cells: dict[str, Cell], *, on: date) -> None:
    row = StartRow(number)
    for name, cell in cells.items():
        column = BY_FIELD[name]
        try:
            value = read(cell, column.form, on=on)
        except Unreadable as error:
            group.wrong(number, column.heading, error.code, **error.values)
            continue
        if value is not None:
            row.values[name] = value
        _tell_controls(group, number, column, cell)
    group.rows.append(row)


def _tell_controls(group: StartGroup, number: int, column: Column, cell: Cell) -> None:
    """Say so when invisible characters were taken out: they are never meant, and may be a trick."""
    if isinstance(cell, str) and "\x1b" in cell:
        group.note(number, column.heading, "import.control_characters")
