"""The columns of a spreadsheet: what they are called, how forgivingly, and what they hold.

There is one set of columns for each kind of spreadsheet. Of a start group, one row is one
placement of one person; what belongs to the person may stand on every row or only on the first.
Of education, one row is one person at one occasion. The same fields, under their own names, are
the rows of a start group's JSON form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    EDUCATION = "education"
    WHOLE = "whole"
    DECIMAL = "decimal"
    ATTENDED = "attended"


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


@dataclass(frozen=True)
class ColumnSet:
    """The columns of one kind of spreadsheet. Its words are `import.set.NAME`."""

    name: str
    columns: tuple[Column, ...]
    either: tuple[tuple[str, ...], ...] = ()
    """Groups of fields of which at least one must have a column."""

    @property
    def by_field(self) -> dict[str, Column]:
        """The columns by the names of their fields."""
        return {column.field: column for column in self.columns}

    def match(self, headings: tuple[str, ...], chosen: Mapping[int, str] | None = None) -> Matched:
        """Find the columns that `headings` name, with forgiving spelling.

        Args:
            chosen: What the user has said of single headings, by place: a field, or the empty
                string for a column that is not to be read. It goes before every guess.
        """
        given = {p: f for p, f in (chosen or {}).items() if p < len(headings)}
        columns = {p: self.by_field[f] for p, f in given.items() if f in self.by_field}
        guessed: dict[int, str] = {}
        unknown: list[str] = []
        repeated: list[str] = []
        for place, heading in enumerate(headings):
            if place in given:
                continue
            column, sure = self._column(heading)
            if column is None:
                if heading.strip():
                    unknown.append(heading.strip())
            elif (other := self._other(heading, headings)) is not None:
                columns[place] = other
                guessed[place] = heading.strip()
            elif column in columns.values():
                repeated.append(column.heading)
            else:
                columns[place] = column
                if not sure:
                    guessed[place] = heading.strip()
        return Matched(
            dict(sorted(columns.items())), tuple(unknown), tuple(repeated),
            self._missing({c.field for c in columns.values()}), guessed,
        )  # fmt: skip

    def _other(self, heading: str, headings: tuple[str, ...]) -> Column | None:
        """Return what a heading means beside one that says it better: with "Från" for the
        placement, "Startdatum" is when the training began."""
        word, names = plain(heading), _names(self.name)
        for name in ("training_start", "training_end"):
            other = self.by_field.get(name)
            loose = {plain(one) for one in text(f"import.loose.{name}").split("|")}
            if other is None or word not in loose:
                continue
            better = {one for one in map(plain, headings) if one not in loose}
            said = {names[one] for one in better if one in names}
            return other if names[word] in said and name not in said else None
        return None

    def _missing(self, fields: set[str]) -> tuple[str, ...]:
        """Return the headings of columns that are not there and must be."""
        single = [c.heading for c in self.columns if c.required and c.field not in fields]
        groups = [
            text("import.or").join(self.by_field[name].heading for name in group)
            for group in self.either
            if not fields & set(group)
        ]
        return (*single, *groups)

    def _column(self, heading: str) -> tuple[Column | None, bool]:
        """Return the column that a heading names, and whether it is spelt as one of its names."""
        names = _names(self.name)
        word = plain(heading)
        if not word:
            return None, False
        if word in names:
            return self.by_field[names[word]], True
        # Short words are too like each other ("från", "fram") for a guess.
        near = get_close_matches(word, names, n=1, cutoff=0.86) if len(word) > 5 else []
        return (self.by_field[names[near[0]]], False) if near else (None, False)


@dataclass(frozen=True)
class Matched:
    """Which heading is which column."""

    columns: dict[int, Column]
    """By place in the row."""
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    missing: tuple[str, ...]
    """Headings of what must be there and is not."""
    guessed: dict[int, str] = field(default_factory=dict)
    """Headings that are spelt like none of ours, but nearly like one, by place."""


_WHO = (
    Column("name", required=True),
    Column("personnummer", Form.PERSONNUMMER),
)
COLUMNS = (
    *_WHO,
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
START_GROUP = ColumnSet("start_group", COLUMNS)

EDUCATION = ColumnSet(
    "education",
    (
        *_WHO,
        Column("start_group"),
        Column("day", Form.DAY, required=True),
        Column("education_kind", Form.EDUCATION),
        Column("title"),
        Column("course"),
        Column("minutes", Form.WHOLE),
        Column("hours", Form.DECIMAL),
        Column("days", Form.DECIMAL),
        Column("planned", Form.YES_NO),
        Column("attended", Form.ATTENDED),
        Column("absence_notified", Form.YES_NO),
        Column("absence_reason"),
        Column("compulsory", Form.YES_NO),
    ),
    either=(("title", "course"),),
)
"""One row is one person at one lecture, course or the like."""

SETS = {one.name: one for one in (START_GROUP, EDUCATION)}
BY_FIELD = {column.field: column for one in SETS.values() for column in one.columns}
"""Every column by its field: a field that two sets share is the same column."""


@cache
def _names(of: str) -> dict[str, str]:
    """Return every accepted spelling of a set, plain, with the field it means."""
    names: dict[str, str] = {}
    for column in SETS[of].columns:
        alias = f"import.alias.{column.field}"
        spellings = [column.field, column.heading, *(text(alias).split("|") if has(alias) else ())]
        for spelling in spellings:
            names.setdefault(plain(spelling), column.field)
    return names


def plain(words: str) -> str:
    """Return `words` in small letters without accents, spaces and signs."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in spread if c.isalnum())
