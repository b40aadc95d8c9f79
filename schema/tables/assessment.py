"""One filled-in instrument."""

from typing import Any

import sqlalchemy as sa
from pydantic import field_validator
from sqlmodel import Field

from schema.columns import ONE_LINE, Day, Json, Line, cleaned
from schema.tables.base import STRICT, Lockable, iso_day, reference


class Assessment(Lockable, table=True):
    """Bedömning: answers by item id, with the id, version and variant of the instrument they
    were given in. The values are checked against the instrument in `at_tui/assessing.py`."""

    __tablename__ = "assessment"
    __table_args__ = (
        # Holds all that the first page asks, so that it need not read the forms' long texts.
        sa.Index("assessment_by_training", "training_id", "day", "status", "instrument_id", "id"),
        iso_day("day"),
        STRICT,
    )

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    instrument_id: Line = Field(sa_type=ONE_LINE, index=True)
    instrument_version: Line = Field(sa_type=ONE_LINE)
    variant: Line = Field(default="", sa_type=ONE_LINE)
    day: Day
    assessor_id: str | None = reference("person", optional=True)
    assessor_name: Line = Field(default="", sa_type=ONE_LINE)
    """An assessor who is not in the register."""
    context: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """Answers to the instrument's context fields, by field id."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """The assessor's answers, by item id; None is "ej observerat"."""
    own_answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """The trainee's own rating, by item id."""
    goals: list[str] = Field(default_factory=list, sa_type=Json, max_length=400)
    """Ids of goals it counts towards."""

    @field_validator("context", "answers", "own_answers", mode="after")
    @classmethod
    def _bounded(cls, value: dict[str, Any]) -> dict[str, Any]:
        if len(value) > 300 or len(repr(value)) > 200_000:
            raise ValueError("invalid.too_much")
        result: dict[str, Any] = cleaned(value)
        return result
