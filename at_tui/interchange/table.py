"""What a spreadsheet is once it has been read: headings and numbered rows of plain cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | bool | date | None
"""A cell as the file holds it; text is not cleaned yet."""

LARGEST = 10_000_000
"""Bytes of a table that are read; a start group is some tens of kilobytes."""
MOST_ROWS = 5_000
MOST_COLUMNS = 80
LONGEST_CELL = 20_000


@dataclass(frozen=True)
class Table:
    """`rows` holds (row number as the spreadsheet shows it, cells); empty rows are left out."""

    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def empty(cells: tuple[Cell, ...]) -> bool:
    """Return whether a row holds nothing."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)
