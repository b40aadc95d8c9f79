"""A bedömningsmall as data: what is asked, on which scale, by whom, and what signing needs.

One screen draws any instrument. A form keeps the instrument's id *and* version, so an old form
always shows its own questions and its own scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    ShortLabel,
    Slug,
    Source,
    content_fault,
    first_repeated,
)
from schema.content.instrument_parts import Item, ItemSection, Scale
from schema.words import Kind, SectionCode

Category: TypeAlias = Literal[
    "observation", "exam", "feedback", "talk", "checklist", "multi_source", "evaluation"
]
"""`observation` mini-CEX, DOPS, CBD, sit-in · `exam` medsittning · `feedback` what a unit says of
a period · `talk` halvtidsuppföljning · `checklist` · `multi_source` many raters ·
`evaluation` the trainee's own view of a placement or a lecture."""

Signatures: TypeAlias = Literal["both", "assessor", "none"]

Fact: TypeAlias = Literal[
    "item",
    "required_items",
    "trainee_name",
    "trainee_personnummer",
    "trainee_email",
    "assessor_name",
    "assessor_contact",
    "assessor_specialist",
    "assessor_not_supervisor",
    "assessor_signature",
]
"""What a completeness check looks at: an item's answer, or something the records know."""

GoalPrefix = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,2}(:[0-9a-z]{1,4}){0,2}|BT\d*)$")]
"""A goal's id or its beginning: `5` is all of 5 kap., `5:2` its 2 §, `5:2:4` one goal."""


class AssessorRule(ContentModel):
    """Who may fill the form in."""

    who: Literal["assessor", "supervisor", "trainee", "colleague"] = "assessor"
    label: Label
    """The rule in one line, as the screen says it."""
    must_be_specialist: bool = False
    must_not_be_supervisor: bool = False
    must_be_licensed: bool = False
    needs_contact: bool = False
    """Name and contact details must stand on the form."""
    source: Line = ""


class CountsTowards(ContentModel):
    """Where the form may be evidence. A goal is counted only when a supervisor says so."""

    sections: Annotated[tuple[SectionCode, ...], Field(max_length=10)] = ()
    goals: Annotated[tuple[GoalPrefix, ...], Field(max_length=100)] = ()
    """Narrows to these goals; empty means any goal of the sections."""

    def reaches(self, goal_id: str, section: SectionCode) -> bool:
        """Return whether the form may be evidence for the goal."""
        if section not in self.sections:
            return False
        if not self.goals:
            return True
        return any(goal_id == head or goal_id.startswith(f"{head}:") for head in self.goals)


class Variant(ContentModel):
    """Another scale for the items that stand on the instrument's first scale."""

    id: Slug
    label: Label
    scale: Slug
    note: Line = ""


class Check(ContentModel):
    """One line of the completeness list that an outside reader would reject the form by."""

    id: Slug
    label: Label
    fact: Fact
    item: Slug | None = None
    answer: Slug | None = None
    """The only answer that will do; None accepts any."""
    source: Source


class Instrument(ContentFile):
    """A bedömningsmall. Free text first, scales after: that gives fewer blanks and more said."""

    kind: Literal["instrument"]
    short_title: ShortLabel
    category: Category
    training: Kind | None = None
    """Only for such a training; None: for any."""
    purpose: Line
    official: bool = False
    """Whether this is an authority's own form. Everything shipped is in our own words."""
    wording: Annotated[Line, Field(min_length=1)]
    """What the screen and the print say about whose words these are."""
    variants: Annotated[tuple[Variant, ...], Field(max_length=10)] = ()
    """Other scales that the same items may be answered on. A form keeps the variant's id."""
    minutes: Annotated[int, Field(strict=True, ge=1, le=240)] | None = None
    """About how long it takes to fill in."""
    assessor: AssessorRule
    signatures: Signatures = "both"
    anonymous: bool = False
    raters_minimum: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    """How many must answer before a summary says anything."""
    results_from: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    """How many answers must lie together before they are shown, for anonymity."""
    counts_towards: CountsTowards = CountsTowards()
    scales: Annotated[tuple[Scale, ...], Field(max_length=10)] = ()
    context: Annotated[tuple[Item, ...], Field(max_length=30)] = ()
    """What the form is about: place, case, difficulty, minutes."""
    sections: Annotated[tuple[ItemSection, ...], Field(min_length=1, max_length=20)]
    checks: Annotated[tuple[Check, ...], Field(max_length=40)] = ()

    def items(self) -> Iterator[Item]:
        """Every item in the order of the form, context first."""
        yield from self.context
        for section in self.sections:
            yield from section.items

    def item(self, id: str) -> Item | None:
        """Return the item with `id`, or None."""
        return next((item for item in self.items() if item.id == id), None)

    def with_role(self, role: str) -> Item | None:
        """Return the first item with `role`, or None."""
        return next((item for item in self.items() if item.role == role), None)

    def scale(self, id: str) -> Scale:
        """Return the scale with `id`; KeyError for an id that no item of the file has."""
        for scale in self.scales:
            if scale.id == id:
                return scale
        raise KeyError(id)

    def scale_of(self, item: Item, variant: str = "") -> Scale | None:
        """Return the scale that `item` is answered on, or None for other types.

        With the id of a variant, that variant's scale stands for the instrument's first one.
        KeyError for a variant that the file has not.
        """
        if item.scale is None:
            return None
        if not variant or item.scale != self.scales[0].id:
            return self.scale(item.scale)
        chosen = next((one for one in self.variants if one.id == variant), None)
        if chosen is None:
            raise KeyError(variant)
        return self.scale(chosen.scale)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Instrument:
        place = first_repeated([scale.id for scale in self.scales])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("scales", place, "id"), value=self.scales[place].id
            )
        place = first_repeated([section.id for section in self.sections])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("sections", place, "id"), value=self.sections[place].id
            )
        seen: set[str] = set()
        for at, item in self._placed():
            if item.id in seen:
                raise content_fault("repeated_id", at=(*at, "id"), value=item.id)
            seen.add(item.id)
        return self

    @model_validator(mode="after")
    def _scales_are_known(self) -> Instrument:
        known = {scale.id: scale for scale in self.scales}
        for at, item in self._placed():
            if item.scale is None:
                continue
            if item.scale not in known:
                raise content_fault("unknown_scale", at=(*at, "scale"), value=item.scale)
            default = item.default
            if default is not None and (
                not isinstance(default, int) or known[item.scale].level(default) is None
            ):
                raise content_fault("default_no_answer", at=(*at, "default"), value=default)
        for place, variant in enumerate(self.variants):
            if variant.scale not in known:
                raise content_fault(
                    "unknown_scale", at=("variants", place, "scale"), value=variant.scale
                )
        again = first_repeated([variant.id for variant in self.variants])
        if again is not None:
            raise content_fault(
                "repeated_id", at=("variants", again, "id"), value=self.variants[again].id
            )
        return self

    @model_validator(mode="after")
    def _checks_point_at_items(self) -> Instrument:
        for place, check in enumerate(self.checks):
            if (check.fact == "item") != (check.item is not None):
                raise content_fault("check_item", at=("checks", place), value=check.id)
            if check.item is None:
                continue
            item = self.item(check.item)
            if item is None:
                raise content_fault("unknown_item", at=("checks", place, "item"), value=check.item)
            if check.answer is not None and check.answer not in {c.id for c in item.choices}:
                raise content_fault(
                    "default_no_answer", at=("checks", place, "answer"), value=check.answer
                )
        return self

    def _placed(self) -> Iterator[tuple[tuple[str | int, ...], Item]]:
        for place, item in enumerate(self.context):
            yield ("context", place), item
        for outer, section in enumerate(self.sections):
            for inner, item in enumerate(section.items):
                yield ("sections", outer, "items", inner), item
