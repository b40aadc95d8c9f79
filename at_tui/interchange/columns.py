"""The columns of a start group: what they are called, how forgivingly, and what they hold.

One row is one placement of one person; what belongs to the person may stand on every row or only
on the first. The same fields, under their own names, are the rows of the JSON form.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from at_tui.language import has, text


class Form(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    DAY = "day"
    PERSONNUMMER = "personnummer"
    KIND = "kind"
    PROGRAMME = "programme"
    MONTHS = "months"
    SECTION = "section"
    PERCENT = "percent"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """One column. Its heading is `import.column.FIELD`, other spellings `import.alias.FIELD`."""

    field: str
    form: Form = Form.TEXT
    required: bool = False
    """The file must have the column; single cells may still be empty where that makes sense."""

    @property
    def heading(self) -> str:
        """The heading as our own examples write it."""
        return text(f"import.column.{self.field}")


COLUMNS = (
    Column("name", required=True),
    Column("personnummer", Form.PERSONNUMMER),
    Column("email"),
    Column("phone"),
    Column("start_group"),
    Column("degree_on", Form.DAY),
    Column("degree_place"),
    Column("kind", Form.KIND),
    Column("programme", Form.PROGRAMME),
    Column("training_start", Form.DAY),
    Column("training_end", Form.DAY),
    Column("norm_months", Form.MONTHS),
    Column("main_supervisor"),
    Column("section", Form.SECTION, required=True),
    Column("specialty"),
    Column("unit", required=True),
    Column("site"),
    Column("region"),
    Column("start", Form.DAY, required=True),
    Column("end", Form.DAY, required=True),
    Column("percent", Form.PERCENT),
    Column("supervisor"),
    Column("supervisor_title"),
    Column("supervisor_specialty"),
    Column("supervisor_email"),
    Column("supervisor_licensed", Form.YES_NO),
    Column("supervisor_course_on", Form.DAY),
    Column("head"),
    Column("head_title"),
    Column("head_licensed", Form.YES_NO),
)
BY_FIELD = {column.field: column for column in COLUMNS}


@dataclass(frozen=True)
class Matched:
    """Which heading is which column."""

    columns: dict[int, Column]
    """By place in the row."""
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    missing: tuple[Column, ...]


def match(headings: tuple[str, ...]) -> Matched:
    """Find the columns that `headings` name, with forgiving spelling."""
    columns: dict[int, Column] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for place, heading in enumerate(headings):
        column = _column(heading)
        if column is None:
            if heading.strip():
                unknown.append(heading.strip())
        elif column in columns.values():
            repeated.append(column.heading)
        else:
            columns[place] = column
    missing = tuple(
        column for column in COLUMNS if column.required and column not in columns.values()
    )
    return Matched(columns, tuple(unknown), tuple(repeated), missing)


def _column(heading: str) -> Column | None:
    names = _names()
    word = plain(heading)
    if not word:
        return None
    near = [word] if word in names else []
    # Short words are too like each other ("från", "fram") for a guess.
    if not near and len(word) > 5:
        near = get_close_matches(word, names, n=1, cutoff=0.86)
    return BY_FIELD[names[near[0]]] if near else None


@cache
def _names() -> dict[str, str]:
    """Return every accepted spelling, plain, with the field it means."""
    names: dict[str, str] = {}
    for column in COLUMNS:
        alias = f"import.alias.{column.field}"
        spellings = [column.field, column.heading, *(text(alias).split("|") if has(alias) else ())]
        for spelling in spellings:
            names.setdefault(plain(spelling), column.field)
    return names


def plain(words: str) -> str:
    """Return `words` in small letters without accents, spaces and signs."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in spread if c.isalnum())
