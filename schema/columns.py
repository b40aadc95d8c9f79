"""Column types shared by all tables, and the words the models say when a value is wrong.

Every type stores TEXT or INTEGER, so that SQLite's STRICT tables accept them, and behaves the
same on PostgreSQL. Text is cleaned on the way in and on the way out (CleanText at the door).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles

from schema.text import LINE, NOTE, clean


class CleanText(sa.types.TypeDecorator[str]):
    """Text without control, bidi or zero-width characters, on write and on read."""

    impl = sa.Unicode
    cache_ok = True

    def __init__(self, one_line: bool = False) -> None:
        super().__init__()
        self.one_line = one_line

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value, one_line=self.one_line)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(str(value), one_line=self.one_line)


class Choice(sa.types.TypeDecorator[Any]):
    """A word from one of the closed sets of `schema/words.py`, kept as its value."""

    impl = sa.Unicode
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Utc(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO 8601 text to the millisecond; naive times are refused."""

    impl = sa.Unicode
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else utc_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(str(value))


def utc_text(moment: datetime) -> str:
    """Return `moment` as ISO 8601 UTC text; raises ValueError when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("invalid.naive_time")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


class Json(sa.types.TypeDecorator[Any]):
    """Lists and objects as JSON text with å ä ö kept readable; its strings are cleaned."""

    impl = sa.Unicode
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def canonical(value: Any) -> str:
    """Return `value` as canonical JSON: sorted keys, no spaces, no NaN."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def cleaned(value: Any) -> Any:
    """Return a JSON value with every string in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(str(k), one_line=True): cleaned(v) for k, v in value.items()}
    return value


def _one_line(value: object) -> object:
    return clean(value, one_line=True) if isinstance(value, str) else value


def _many_lines(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _sane_day(value: date) -> date:
    if not 1900 <= value.year <= 2200:
        raise ValueError("invalid.day_out_of_reach")
    return value


def _whole_milliseconds(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("invalid.naive_time")
    value = value.astimezone(UTC)
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=LINE)]
"""One line of text, at most 200 characters; may be empty."""
Name = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=LINE)]
"""One line of text that must not be empty."""
Note = Annotated[str, BeforeValidator(_many_lines), StringConstraints(max_length=NOTE)]
"""Free text of at most 20 000 characters; may be empty."""
Day = Annotated[date, AfterValidator(_sane_day)]
"""A calendar day between 1900 and 2200."""

Moment = Annotated[datetime, AfterValidator(_whole_milliseconds)]
"""A moment with its time zone, kept in UTC to the millisecond."""

ONE_LINE = CleanText(one_line=True)
MANY_LINES = CleanText()

# STRICT tables know TEXT, INTEGER, REAL, BLOB only; SQLAlchemy would write DATE, VARCHAR, BOOLEAN.
for _type in (sa.Date, sa.DateTime, sa.String, sa.Unicode, sa.VARCHAR, sa.Enum):

    @compiles(_type, "sqlite")
    def _as_text(element: Any, compiler: Any, **options: Any) -> str:
        return "TEXT"


@compiles(sa.Float, "sqlite")
def _as_real(element: Any, compiler: Any, **options: Any) -> str:
    return "REAL"


@compiles(sa.Boolean, "sqlite")
def _as_integer(element: Any, compiler: Any, **options: Any) -> str:
    return "INTEGER"
