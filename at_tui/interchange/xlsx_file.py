"""XLSX, read with bounds: a workbook is a zip of XML and comes from outside."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime

from at_tui.interchange.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, empty
from schema.fault import Fault

MOST_PARTS = 400
UNPACKED = 60_000_000
"""Bytes that the whole workbook may unpack to; a real start group needs less than one million."""


@dataclass(frozen=True)
class Merged:
    """Cells that the spreadsheet shows as one: only the first of them holds anything."""

    ref: str
    """As the spreadsheet writes it, "A2:A5"."""
    first_row: int
    last_row: int
    first_column: int
    """From 0."""


@dataclass(frozen=True)
class Book:
    """The first sheet of a workbook."""

    rows: list[tuple[int, tuple[Cell, ...]]]
    """Numbered as the spreadsheet numbers them, headings included, empty rows left out."""
    merged: tuple[Merged, ...] = ()
    sheet: str = ""
    others: tuple[str, ...] = ()
    """Names of the sheets that are not read."""


def read_xlsx(content: bytes) -> Book:
    """Return the first sheet.

    Formulas are kept as their text and never computed.

    Raises:
        Fault: `import.not_xlsx`, `import.too_large`, `import.too_many_rows` (exit code 1).
    """
    _check_zip(content)
    # openpyxl costs about 0.3 s to import, and only a workbook needs it.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            sheet = book.worksheets[0]
            # What the file says of its size may be wrong, or a lie that makes reading slow.
            sheet.reset_dimensions()
            others = tuple(one.title for one in book.worksheets[1:])
            return Book(_rows(sheet), _merged(content, sheet), str(sheet.title), others)
        finally:
            book.close()
    except Fault:
        raise
    except Exception:
        # openpyxl raises whatever a damaged part leads to: KeyError, ValueError, ParseError.
        raise Fault("import.not_xlsx", exit_code=1) from None


def _rows(sheet: object) -> list[tuple[int, tuple[Cell, ...]]]:
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    for number, values in enumerate(cells, start=1):
        row = tuple(_plain(value) for value in values)
        if empty(row):
            continue
        if number > MOST_ROWS:
            raise Fault("import.too_many_rows", exit_code=1, most=MOST_ROWS, first=MOST_ROWS + 1)
        rows.append((number, row))
    return rows


_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)


def _merged(content: bytes, sheet: object) -> tuple[Merged, ...]:
    """Return the merged cells, which openpyxl leaves out when it reads row by row."""
    path = getattr(sheet, "_worksheet_path", "")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read(path) if path in parts.namelist() else b""
    found = []
    for left, top, right, bottom in _MERGE.findall(xml):
        ref = f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}"
        found.append(Merged(ref, int(top), int(bottom), _place(left)))
    return tuple(found)


def _place(letters: bytes) -> int:
    """Return the place from 0 of a column by its letters."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _plain(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, bool | int | float):
        return value
    from datetime import date

    if isinstance(value, date):
        return value
    return str(value)[:LONGEST_CELL]


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNPACKED:
                raise Fault("import.too_large", exit_code=1)
            for info in infos:
                # A document type is how XML is made to unpack into gigabytes; no workbook has one.
                if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in parts.read(info):
                    raise Fault("import.not_xlsx", exit_code=1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Fault("import.not_xlsx", exit_code=1) from None
    except Exception as error:
        if isinstance(error, Fault):
            raise
        raise Fault("import.not_xlsx", exit_code=1) from None
