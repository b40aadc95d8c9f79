"""What every requirement of a programme says about itself: its name, how binding it is, where it
stands, when it holds, and which placements it concerns.

The kinds with their parameters stand in `schema/content/requirement_kinds.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from schema.content.base import ContentModel, Label, Line, Slug, content_fault
from schema.words import SectionCode

Strength = Literal["ska", "bör", "erbjuds", "praxis"]
"""`ska` and `bör` as the document says; `erbjuds`: shall be offered, taking part is free;
`praxis`: the document tells how it is done, without asking for it."""

RequirementId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}-[0-9]{2}[a-z]?$")]
"""`V-04`, `J-12c`: the rule's number, with a letter where one rule is several requirements."""

DocumentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,11}$")]

Specialty = Annotated[Label, Field(max_length=60)]
Count = Annotated[int, Field(strict=True, ge=1, le=400)]
Days = Annotated[int, Field(strict=True, ge=0, le=1000)]
Percent = Annotated[int, Field(strict=True, ge=1, le=100)]
MonthCount = Annotated[float, Field(gt=0, le=120)]
HourCount = Annotated[float, Field(gt=0, le=400)]


class RequirementSource(ContentModel):
    """The sentence that asks for it: which document, where in it, and what it says in our words."""

    document: DocumentCode
    section: Annotated[Line, Field(min_length=1)]
    says: Annotated[Line, Field(min_length=1)]


class Requirement(ContentModel):
    """One thing that a programme asks for."""

    id: RequirementId
    title: Label
    strength: Strength
    source: RequirementSource
    standing: Literal["verified", "working"] = "verified"
    """`verified`: the source has been read and says it. `working`: a reading of ours, told in
    `assumption` and shown as such."""
    assumption: Line = ""
    """What the source leaves open and we had to choose to make it checkable, e.g. how near the
    middle "about half" is."""
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day on which it is asked for, inclusive."""
    starts_from: date | None = None
    starts_to: date | None = None
    """It concerns trainings that began on these days, inclusive."""
    variants: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """The hospitals it concerns, where a programme has variants; empty: all of them."""

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> Requirement:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise content_fault("end_before_start", at=("valid_to",))
        if self.starts_from and self.starts_to and self.starts_to < self.starts_from:
            raise content_fault("end_before_start", at=("starts_to",))
        return self

    @model_validator(mode="after")
    def _a_reading_of_ours_says_which(self) -> Requirement:
        if self.standing == "working" and not self.assumption:
            raise content_fault("assumption_missing", at=("assumption",))
        return self


class Scoped(Requirement):
    """A requirement on some placements: those that match all that is given here."""

    sections: Annotated[tuple[SectionCode, ...], Field(max_length=10)] = ()
    """Empty: every section."""
    specialties: Annotated[tuple[Specialty, ...], Field(max_length=20)] = ()
    """The clinic's specialty within the section, any of these; empty: every specialty."""
    min_months: MonthCount | None = None
    max_months: MonthCount | None = None
    """Length of the placement by the calendar, both inclusive."""

    @model_validator(mode="after")
    def _lengths_are_in_order(self) -> Scoped:
        if self.min_months and self.max_months and self.max_months < self.min_months:
            raise content_fault("range_reversed", at=("max_months",))
        return self
