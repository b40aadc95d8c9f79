"""The trainee's view of a placement or a lecture, anonymous once sealed; and what the unit did."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Json, Line, Note
from schema.identity import random_id
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import SectionCode


class Evaluation(SQLModel, table=True):
    """Utvärdering: no trainee, no author, no time, an id without time, and never in the change
    history, so that nobody can find out who wrote it (docs/evaluation.md).

    Rows come in batches of five or more whose answers have been dealt anew, question by question:
    no row is one person's. `period` is a half-year `2026-2`, a quarter `2026-k3`, or the span
    from the first to the last of them, `2026-1/2026-2`.
    """

    __tablename__ = "evaluation"
    __table_args__ = (STRICT,)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=36)
    unit_id: str | None = reference("unit", optional=True)
    """None for a lecture: the listener's unit would tell who it was."""
    section: SectionCode = Field(sa_type=Choice(SectionCode))
    period: Line = Field(sa_type=ONE_LINE)
    about: Line = Field(default="", sa_type=ONE_LINE)
    """The lecture or course; empty for a placement."""
    instrument_id: Line = Field(sa_type=ONE_LINE)
    instrument_version: Line = Field(sa_type=ONE_LINE)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class UnitResponse(Record, table=True):
    """What a unit did about its evaluations of a year: the way back to those who answered."""

    __tablename__ = "unit_response"
    __table_args__ = (iso_day("day"), STRICT)

    unit_id: str | None = reference("unit", optional=True)
    about: Line = Field(default="", sa_type=ONE_LINE)
    """The lecture or course it answers for, when it is not a unit."""
    year: int = Field(ge=1990, le=2200)
    text: Note = Field(sa_type=MANY_LINES, min_length=1)
    by_id: str | None = reference("person", optional=True)
    """Who answers for the unit."""
    day: Day
