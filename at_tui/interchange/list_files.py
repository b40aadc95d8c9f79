"""Lists as files: CSV that a Swedish spreadsheet opens as it is, a workbook, JSON.

No cell of ours is ever a formula: a spreadsheet that opens one takes it for text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from at_tui.interchange.guard import guarded, starts_formula
from at_tui.interchange.lists import ExportList, Value
from at_tui.language import text

FORMAT = "at-tui/lists"
VERSION = 1
WIDEST = 60
"""Characters of the widest column of a workbook."""
_MEASURED = 200
"""Rows that a column's width is measured by."""


def csv_of(one: ExportList) -> bytes:
    """Return a list as CSV: semicolons, UTF-8 with its mark, which Excel asks for in Sweden."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(words) for words in one.headings])
    for row in one.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return text(f"export.{'yes' if value else 'no'}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:.15g}".replace(".", ",")  # a number is never text, nor a formula
    return guarded(value)


def xlsx_of(lists: Iterable[ExportList]) -> bytes:
    """Return lists as one workbook, a sheet for each, with real dates and numbers."""
    # openpyxl costs about 0.3 s to import, and only who asks for a workbook pays it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    bold = Font(bold=True)
    for one in lists:
        sheet = book.create_sheet(one.title[:31])
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(one), start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        head = [_text_cell(WriteOnlyCell(sheet), words) for words in one.headings]
        for cell in head:
            cell.font = bold
        sheet.append(head)
        for row in one.rows:
            sheet.append([_xlsx_cell(WriteOnlyCell(sheet), value) for value in row])
        last = get_column_letter(len(one.columns))
        sheet.auto_filter.ref = f"A1:{last}{len(one.rows) + 1}"
    if not book.worksheets:
        book.create_sheet(text("export.nothing"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(cell: Any, value: Value) -> Any:
    if isinstance(value, bool):
        return _text_cell(cell, text(f"export.{'yes' if value else 'no'}"))
    if isinstance(value, str):
        return _text_cell(cell, value)
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _text_cell(cell: Any, words: str) -> Any:
    cell.value = words
    # openpyxl takes what begins with "=" for a formula, whatever it came from.
    cell.data_type = "s"
    if starts_formula(words):
        # The spreadsheet's own "this is text", which it keeps when it saves as CSV.
        cell.quotePrefix = True
    return cell


def _widths(one: ExportList) -> list[int]:
    return [
        min(WIDEST, 3 + max([len(words), *(len(_csv_cell(r[n])) for r in one.rows[:_MEASURED])]))
        for n, words in enumerate(one.headings)
    ]


def json_of(lists: Iterable[ExportList], *, on: date) -> bytes:
    """Return lists as one JSON object: values by the names of the columns."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "on": on.isoformat(),
        "lists": {
            one.name: [dict(zip(one.columns, map(_json, row), strict=True)) for row in one.rows]
            for one in lists
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _json(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
