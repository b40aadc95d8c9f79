"""Reading one cell: what is meant, or the code of what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from at_tui.interchange.columns import Form, plain
from at_tui.interchange.table import Cell
from at_tui.language import has, text
from schema.fault import Fault
from schema.text import LINE, clean
from schema.words import EducationKind, Kind, SectionCode

Value = str | int | float | bool | date | None


class Unreadable(Exception):
    """The cell cannot be read; `code` is the sentence that says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(cell: Cell, form: Form, *, on: date) -> Value:
    """Return what `cell` means; None when it is empty.

    Args:
        on: The day that two-digit years of a personnummer are told by.

    Raises:
        Unreadable: with the code of the reason.
    """
    if cell is None or (isinstance(cell, str) and not clean(cell, one_line=True)):
        return None
    if form is Form.TEXT or form is Form.PROGRAMME:
        return line(cell)
    if form is Form.DAY:
        return day(cell)
    if form is Form.PERSONNUMMER:
        return personnummer(cell, on=on)
    if form is Form.MONTHS:
        return number(cell)
    if form is Form.PERCENT:
        return percent(cell)
    if form is Form.YES_NO:
        return yes_no(cell)
    if form is Form.ATTENDED:
        return yes_no(cell, "import.attended")
    if form is Form.WHOLE:
        return number(cell)
    if form is Form.DECIMAL:
        return decimal(cell)
    if form is Form.EDUCATION:
        return word(cell, "education", [*EducationKind])
    if form is Form.SECTION:
        return word(cell, "section", [*SectionCode])
    return word(cell, "kind", [*Kind])


def line(cell: Cell) -> str:
    """Return a cell as one clean line."""
    written = clean(as_text(cell), one_line=True)
    if len(written) > LINE:
        raise Unreadable("invalid.string_too_long", max_length=LINE)
    return written


def as_text(cell: Cell) -> str:
    """Return a cell as the user sees it: a number without the decimals it was never given."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)


def day(cell: Cell) -> date:
    """Return a day: a spreadsheet's own date, or text as 2026-11-24 or 20261124."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = clean(as_text(cell), one_line=True)
    found = _ISO.fullmatch(written)
    if found is None:
        raise Unreadable("import.not_a_day", value=written[:40])
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Unreadable("import.no_such_day", value=written[:40]) from None


def personnummer(cell: Cell, *, on: date) -> str:
    """Return the twelve digits of a checked number."""
    from schema.personnummer import parse

    written = as_text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # A spreadsheet takes away the zeros that ten digits begin with.
        written = written.zfill(10)
    try:
        return parse(written, on=on).digits
    except Fault as fault:
        raise Unreadable(fault.code) from None


def number(cell: Cell) -> int:
    """Return a whole number, with or without a unit after it ("21 månader")."""
    found = re.match(r"\s*(\d{1,4})(?:[.,]0+)?(?!\d|[.,]\d)", as_text(cell), re.ASCII)
    if found is None:
        raise Unreadable("invalid.int_parsing")
    return int(found[1])


def percent(cell: Cell) -> int:
    """Return per cent: 80, "80 %", or 0.8 as a spreadsheet keeps a percentage."""
    written = as_text(cell).replace("%", "").replace(",", ".").strip()
    try:
        value = float(written)
    except ValueError:
        raise Unreadable("invalid.int_parsing") from None
    if 0 < value <= 1 and "%" not in as_text(cell):
        value *= 100
    value = round(value, 6)  # 0.57 × 100 is not quite 57
    if not value.is_integer():
        raise Unreadable("invalid.int_from_float")
    return int(value)


_DECIMAL = re.compile(r"\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*[a-zåäö.]*\s*", re.IGNORECASE)


def decimal(cell: Cell) -> float:
    """Return a number with decimals, with or without a unit after it ("1,5 h", "2 dagar")."""
    found = _DECIMAL.fullmatch(as_text(cell))
    if found is None:
        raise Unreadable("import.not_a_number", value=clean(as_text(cell), one_line=True)[:40])
    return float(found[1].replace(",", "."))


def yes_no(cell: Cell, more: str = "") -> bool:
    """Return what a ja/nej cell says; `more` names further words for either answer."""
    if isinstance(cell, bool):
        return cell
    written = plain(as_text(cell))
    for answer, name in ((True, "yes"), (False, "no")):
        keys = [f"import.word.{name}", *([f"{more}.{name}"] if more else ())]
        if written in {plain(one) for key in keys for one in text(key).split("|")}:
            return answer
    raise Unreadable("import.not_yes_no")


def mended(cell: Cell) -> str | None:
    """Return what a cell was before its letters were read by the wrong alphabet; None when they
    were not. "Ã…sa" is UTF-8 that something has read as Windows' own alphabet."""
    if not isinstance(cell, str) or cell.isascii():
        return None
    if "\ufffd" in cell:
        return ""
    for alphabet in ("cp1252", "latin-1"):
        try:
            meant = cell.encode(alphabet).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return clean(meant, one_line=True)
    return None


def word(
    cell: Cell, kind: str, values: list[SectionCode] | list[Kind] | list[EducationKind]
) -> str:
    """Return the value that a word means, by the catalogue's spellings of it."""
    known = _words(kind, tuple(str(value) for value in values))
    written = plain(as_text(cell))
    if written in known:
        return known[written]
    choices = ", ".join(text(f"import.{kind}.{value}").split("|")[0] for value in values)
    raise Unreadable(f"import.not_{kind}", value=clean(as_text(cell), one_line=True)[:40],
                     choices=choices)  # fmt: skip


@cache
def _words(kind: str, values: tuple[str, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for value in values:
        key = f"import.{kind}.{value}"
        for spelling in (value, *(text(key).split("|") if has(key) else ())):
            known.setdefault(plain(spelling), value)
    return known
