"""Rows of a spreadsheet as values, from a table's cells or from a start group's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from at_tui.interchange.cells import Unreadable, Value, as_text, mended, read
from at_tui.interchange.columns import SETS, START_GROUP, Column, ColumnSet, Matched
from at_tui.interchange.problem import RowProblem
from at_tui.interchange.table import LONGEST_CELL, MOST_ROWS, Cell, Table, empty
from schema.fault import Fault
from schema.text import clean

FORMAT = "at-tui/start-group"
VERSION = 1


@dataclass(frozen=True)
class Reading:
    """How the user wants a table read, where that is not what was guessed."""

    form: str = ""
    """Name of a column set; empty for the one that fits best."""
    columns: Mapping[int, str] = field(default_factory=dict)
    """Field by place of the column; the empty string for one that is not to be read."""


GUESSED = Reading()


@dataclass(frozen=True)
class SheetRow:
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
        """Return a whole number field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def decimal(self, name: str) -> float | None:
        """Return a number field with decimals, or None."""
        value = self.values.get(name)
        return float(value) if isinstance(value, int | float) else None

    def yes(self, name: str) -> bool | None:
        """Return a ja/nej field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None


@dataclass
class Sheet:
    """A spreadsheet as it was read: its rows, and what could not be read."""

    columns: ColumnSet = START_GROUP
    rows: list[SheetRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    table: Table | None = None
    """What the columns were guessed from; None for JSON, whose fields have names."""
    matched: Matched | None = None

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
        headings = tuple(as_text(cell) for cell in cells)
        found = max(len(one.match(headings).columns) for one in SETS.values())
        if found > most:
            best, most = place, found
    number, cells = rows[best]
    return Table(tuple(as_text(cell) for cell in cells), number, tuple(rows[best + 1 :]))


def set_for(headings: tuple[str, ...]) -> ColumnSet:
    """Return the columns that headings fit best: most known and least missing; a list of which
    nothing is known is taken for a start group."""

    def fit(one: ColumnSet) -> tuple[int, int]:
        matched = one.match(headings)
        known = len(matched.columns)
        return (len(matched.missing) - known, -known) if known else (len(headings), 0)

    return min(SETS.values(), key=fit)


def from_table(table: Table, *, on: date, reading: Reading = GUESSED) -> Sheet:
    """Return the rows of a table; columns that are missing are told once, for the heading row."""
    columns = SETS.get(reading.form) or set_for(table.headings)
    matched = columns.match(table.headings, reading.columns)
    sheet = Sheet(columns, table=table, matched=matched)
    for heading in matched.missing:
        sheet.wrong(table.heading_row, heading, "import.missing_column")
    for name in matched.unknown:
        sheet.note(table.heading_row, clean(name, one_line=True)[:60], "import.unknown_column")
    for place, name in matched.guessed.items():
        shown = clean(name, one_line=True)[:60]
        sheet.note(
            table.heading_row, shown, "import.guessed_column", name=matched.columns[place].heading
        )
    for name in matched.repeated:
        sheet.wrong(table.heading_row, name, "import.repeated_column")
    if sheet.problems:
        return sheet
    if not table.rows:
        sheet.wrong(table.heading_row, "", "import.one_row")
    for number, cells in table.rows:
        by_field = {
            column.field: cells[place]
            for place, column in matched.columns.items()
            if place < len(cells)
        }
        if not empty(tuple(by_field.values())):
            _add(sheet, number, by_field, on=on)
    return sheet


def from_json(document: dict[str, Any], *, on: date) -> Sheet:
    """Return the rows of a start group's JSON form."""
    sheet = Sheet()
    fields = sheet.columns.by_field
    for name in document:
        if name not in ("format", "version", "rows"):
            sheet.wrong(0, clean(name, one_line=True)[:60], "import.unknown_field")
    rows = document.get("rows")
    if not isinstance(rows, list):
        sheet.wrong(0, "", "import.not_a_list", name="rows")
        return sheet
    if len(rows) > MOST_ROWS:
        raise Fault("import.too_many_rows", exit_code=1, most=MOST_ROWS, first=MOST_ROWS + 1)
    if not rows:
        sheet.wrong(0, "", "import.one_row")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            sheet.wrong(number, "", "import.not_an_object")
            continue
        for name in row:
            if name not in fields:
                shown = clean(name, one_line=True)[:60]
                sheet.wrong(number, shown, "import.unknown_field")
        known = {name: value for name, value in row.items() if name in fields}
        cells: dict[str, Cell] = {}
        for name, value in known.items():
            if value is None or isinstance(value, str | int | float | bool):
                cells[name] = value if not isinstance(value, str) else value[:LONGEST_CELL]
            else:
                sheet.wrong(number, fields[name].heading, "invalid.string_type")
        _add(sheet, number, cells, on=on)
    return sheet


def _add(sheet: Sheet, number: int, cells: dict[str, Cell], *, on: date) -> None:
    row = SheetRow(number)
    fields = sheet.columns.by_field
    for name, cell in cells.items():
        column = fields[name]
        if (meant := mended(cell)) is not None:
            shown = clean(as_text(cell), one_line=True)[:40]
            code = "import.mojibake" if meant else "import.mojibake_lost"
            sheet.wrong(number, column.heading, code, value=shown, meant=meant[:40])
            continue
        try:
            value = read(cell, column.form, on=on)
        except Unreadable as error:
            sheet.wrong(number, column.heading, error.code, **error.values)
            continue
        if value is not None:
            row.values[name] = value
        _tell_controls(sheet, number, column, cell)
    sheet.rows.append(row)


def _tell_controls(sheet: Sheet, number: int, column: Column, cell: Cell) -> None:
    """Say so when invisible characters were taken out: they are never meant, and may be a trick."""
    if isinstance(cell, str) and "\x1b" in cell:
        sheet.note(number, column.heading, "import.control_characters")
