"""The kunskapsprov as KI gives it: its days, what a registration asks for, what it takes to pass.

When one may sit it is a requirement of the plan (`Exam` in `requirement_kinds.py`); this is about
the exam itself. Days that nobody has read in a source are left out: a study director types them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    Slug,
    Source,
    content_fault,
    first_repeated,
)


class ExamDay(ContentModel):
    """A day on which the exam is given, read in a source."""

    day: date
    opens_on: date | None = None
    """First day of registration."""
    apply_by: date | None = None
    """Last day of registration, inclusive."""
    source: Source

    @model_validator(mode="after")
    def _in_order(self) -> ExamDay:
        if self.apply_by is not None and self.apply_by > self.day:
            raise content_fault("range_reversed", at=("apply_by",))
        if self.opens_on and self.apply_by and self.opens_on > self.apply_by:
            raise content_fault("range_reversed", at=("opens_on",))
        return self


class ExamStep(ContentModel):
    """One thing that a registration asks for."""

    id: Slug
    label: Label
    help: Line = ""
    first_time: bool = True
    """Asked only of those who register for the first time."""
    section: Slug | None = None
    """The section whose medsittning it is, for a form."""
    source: Source


class ExamRules(ContentFile):
    """One exam. `eat` is the one that is used."""

    kind: Literal["exam"]
    times_a_year: Annotated[int, Field(strict=True, ge=1, le=12)]
    hours: Annotated[int, Field(strict=True, ge=1, le=12)]
    most_points: Annotated[int, Field(strict=True, ge=1, le=1000)]
    pass_percent: Annotated[int, Field(strict=True, ge=1, le=100)]
    result_weeks: Annotated[int, Field(strict=True, ge=1, le=26)]
    steps: Annotated[tuple[ExamStep, ...], Field(min_length=1, max_length=40)]
    days: Annotated[tuple[ExamDay, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> ExamRules:
        place = first_repeated([step.id for step in self.steps])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("steps", place, "id"), value=self.steps[place].id
            )
        return self

    @property
    def pass_points(self) -> int:
        """The least points that pass: 65 % of 80 is 52."""
        return -(-self.most_points * self.pass_percent // 100)
