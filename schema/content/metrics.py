"""Which yearly figures (mätetal) a region reports, with their targets and where they are written.

How a figure is counted is code; which figures there are, what they are called and which target
they have is data, one file for each region.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    Slug,
    content_fault,
    first_repeated,
)
from schema.content.programme import Document
from schema.content.requirement import RequirementSource
from schema.words import Kind

Counts: TypeAlias = Literal[
    "applicants",
    "applicants_per_block",
    "interviews",
    "filled",
    "not_completed",
    "retention",
    "extended",
    "trained_staff",
    "by_hand",
]
"""What is counted in a year:

`applicants` those who applied · `applicants_per_block` per advertised block · `interviews` those
interviewed, of those who applied · `filled` blocks filled, of those advertised · `not_completed`
trainings broken off, of those that ended · `retention` those who work in the region a year after,
of those who finished the year before and have been asked · `extended` trainings that last longer
than their block, of those in service · `trained_staff` people with handledarutbildning, of those
in the register at units that had someone in training · `by_hand` numerator and denominator are
typed in, since no record here holds them."""

BREAKDOWNS = {"applicants", "interviews", "filled"}
"""What can be told by sex and by place of study."""


class YearlyFigure(ContentModel):
    """One figure: what is counted, how it is broken down, and its target."""

    id: Slug
    title: Label
    counts: Counts
    numerator: Label
    """What stands over the line, e.g. "tillsatta block"."""
    denominator: Annotated[str, Field(max_length=120)] = ""
    """What stands under it; empty when the figure is a number of its own."""
    by: Annotated[tuple[Literal["sex", "place", "reason"], ...], Field(max_length=3)] = ()
    target_percent: Annotated[float, Field(ge=0, le=100)] | None = None
    source: RequirementSource
    assumption: Line = ""
    """What the source leaves open, and how it is counted here."""

    @model_validator(mode="after")
    def _can_be_broken_down(self) -> YearlyFigure:
        for place, name in enumerate(self.by):
            fits = self.counts == "not_completed" if name == "reason" else self.counts in BREAKDOWNS
            if not fits:
                raise content_fault("metric_by", at=("by", place), value=name, counts=self.counts)
        if self.target_percent is not None and not self.denominator:
            raise content_fault("metric_target", at=("target_percent",))
        return self


class MetricSet(ContentFile):
    """The figures of one region."""

    kind: Literal["metrics"]
    training: Kind = Kind.AT
    region: Label
    programmes: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Programmes whose trainings are reported so; empty: any that no other set names."""
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=10)]
    metrics: Annotated[tuple[YearlyFigure, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _named_once_and_sourced(self) -> MetricSet:
        ids = [metric.id for metric in self.metrics]
        place = first_repeated(ids)
        if place is not None:
            raise content_fault("repeated_id", at=("metrics", place, "id"), value=ids[place])
        known = {document.code for document in self.documents}
        for place, metric in enumerate(self.metrics):
            if metric.source.document not in known:
                raise content_fault(
                    "unknown_document",
                    at=("metrics", place, "source", "document"),
                    value=metric.source.document,
                )
        return self

    def metric(self, id: str) -> YearlyFigure | None:
        """Return the figure with `id`, or None."""
        return next((found for found in self.metrics if found.id == id), None)
