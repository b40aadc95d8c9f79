"""CSV as spreadsheets write it: any delimiter, byte-order mark, Windows' own alphabet."""

from __future__ import annotations

import codecs
import csv
import io

from at_tui.interchange.guard import starts_formula
from at_tui.interchange.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, empty
from schema.fault import Fault

_DELIMITERS = (";", "\t", ",")


def read_csv(content: bytes) -> list[tuple[int, tuple[Cell, ...]]]:
    """Return the numbered rows of a CSV file, headings included, empty rows left out.

    Raises:
        Fault: `import.binary`, `import.too_many_rows` or `import.not_csv` (exit code 1).
    """
    text = _decoded(content)
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:  # Excel's own first line
        delimiter, text = first[4], "\n" + text.partition("\n")[2]
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise Fault(
                    "import.too_many_rows", exit_code=1, most=MOST_ROWS, first=MOST_ROWS + 1
                )
            row: tuple[Cell, ...] = tuple(unguarded(cell) for cell in cells[:MOST_COLUMNS])
            if not empty(row):
                rows.append((number, row))
    except csv.Error:
        raise Fault("import.not_csv", exit_code=1) from None
    return rows


def unguarded(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and starts_formula(cell[1:]) else cell


def is_utf8(content: bytes) -> bool:
    """Return whether a file is written in UTF-8 or UTF-16; else it is Windows' own alphabet."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8, UTF-16 with its mark, or what Excel on Windows writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Fault("import.binary", exit_code=1)


def _delimiter(text: str) -> str:
    """Return the delimiter that the first row with any uses most, outside quotes."""
    for line in text.splitlines()[:10]:
        bare = "".join(line.split('"')[::2])
        counts = {delimiter: bare.count(delimiter) for delimiter in _DELIMITERS}
        if any(counts.values()):
            return max(counts, key=lambda delimiter: counts[delimiter])
    return _DELIMITERS[0]
