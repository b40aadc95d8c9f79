"""Introductions: shared, at a clinic, at the emergency department."""

from typing import Any

from sqlmodel import Field

from schema.columns import Choice, Day, Json
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import IntroductionKind


class Introduction(Record, table=True):
    """Introduktion with the points of its check-list that are done, by id."""

    __tablename__ = "introduction"
    __table_args__ = (iso_day("held_on"), STRICT)

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    kind: IntroductionKind = Field(sa_type=Choice(IntroductionKind))
    held_on: Day | None = None
    letter_on: Day | None = None
    """Introduktionsbrev sent or received."""
    points: list[str] = Field(default_factory=list, sa_type=Json, max_length=200)
    letter: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """What the letter says beside the facts of the placement, by the id of its part."""
