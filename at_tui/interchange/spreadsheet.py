"""A spreadsheet from its bytes to its rows, with what is wrong with the file itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.interchange.problem import RowProblem
from at_tui.interchange.rows import GUESSED, Reading, Sheet, from_table, table_of
from at_tui.interchange.table import Cell, Table
from schema.text import clean

if TYPE_CHECKING:
    from at_tui.interchange.xlsx_file import Book, Merged


def read_sheet(content: bytes, *, on: date, reading: Reading = GUESSED) -> Sheet:
    """Return the rows of a CSV or XLSX file.

    Raises:
        Fault: `import.*` (exit code 1) when it cannot be read at all.
    """
    if content.startswith(b"PK"):
        from at_tui.interchange.xlsx_file import read_xlsx

        book = read_xlsx(content)
        sheet = from_table(table_of(book.rows), on=on, reading=reading)
        _tell_book(sheet, book)
    else:
        from at_tui.interchange.csv_file import is_utf8, read_csv

        sheet = from_table(table_of(read_csv(content)), on=on, reading=reading)
        if not is_utf8(content):
            _tell_alphabet(sheet)
    return sheet


def _tell_alphabet(sheet: Sheet) -> None:
    """Say by which alphabet the file was read, at the first word that shows whether it is right."""
    table = sheet.table
    if table is None:
        return
    for number, cells in ((table.heading_row, table.headings), *table.rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and not cell.isascii():
                sheet.notes.insert(0, _at(table, number, place, cell))
                return


def _at(table: Table, number: int, place: int, cell: Cell) -> RowProblem:
    column = heading_at(table, place)
    return RowProblem(number, column, "import.read_as_windows", {"value": str(cell)[:40]})


def _tell_book(sheet: Sheet, book: Book) -> None:
    """Say which sheets are not read, and which cells hide that they are empty."""
    table = sheet.table
    if table is None:
        return
    if book.others:
        others = ", ".join(book.others[:5])
        sheet.note(0, "", "import.other_sheets", name=book.sheet, others=others)
    last = table.rows[-1][0] if table.rows else table.heading_row
    # Over the headings stands a title, which may be as wide as it likes.
    touched = [m for m in book.merged if table.heading_row <= m.last_row and m.first_row <= last]
    for merged in touched:
        sheet.problems.insert(0, _merged(table, merged))
    sheet.problems.sort(key=lambda problem: problem.row)


def _merged(table: Table, merged: Merged) -> RowProblem:
    column = heading_at(table, merged.first_column)
    return RowProblem(merged.first_row, column, "import.merged", {"ref": merged.ref})


def heading_at(table: Table, place: int) -> str:
    """Return the heading of a column, or its letter when it has none."""
    words = table.headings[place] if place < len(table.headings) else ""
    return clean(words, one_line=True)[:60] or letters(place)


def letters(place: int) -> str:
    """Return a column as a spreadsheet names it: A, B … Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
