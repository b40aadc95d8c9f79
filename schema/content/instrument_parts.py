"""The parts an instrument is made of: scales with worded levels, items, and sections of items."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from schema.content.base import (
    ContentModel,
    Label,
    Line,
    Paragraph,
    ShortLabel,
    Slug,
    Source,
    content_fault,
    first_repeated,
)

ItemType: TypeAlias = Literal["scale", "choice", "text", "number", "date"]

ItemRole: TypeAlias = Literal[
    "keep",
    "change",
    "overall",
    "grade",
    "subject",
    "case",
    "procedure",
    "setting",
    "complexity",
    "minutes_observed",
    "minutes_feedback",
    "months",
    "period_start",
    "period_end",
    "summary",
    "agreement",
]
"""What an item means to the rest of the programme, whatever its words are: the kollegium quotes
`keep` and `change`, the judge reads `grade` and `subject`, lists show `case` and `procedure`."""

Digit = Annotated[int, Field(strict=True, ge=0, le=9)]
"""A level is one key on the keyboard."""


class ScaleLevel(ContentModel):
    """One level of a scale: the digit that picks it and what it means in words."""

    value: Digit
    label: ShortLabel
    help: Paragraph = ""
    band: Line = ""
    """The group it belongs to on scales that are read in two steps (1–3, 4–6, 7–9)."""


class Scale(ContentModel):
    """A scale with worded levels, lowest first."""

    id: Slug
    title: Label
    question: Label
    """What the assessor answers, e.g. "Hur mycket stöd behövdes?"."""
    source: Source
    levels: Annotated[tuple[ScaleLevel, ...], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def _levels_rise(self) -> Scale:
        values = [level.value for level in self.levels]
        for place in range(1, len(values)):
            if values[place] <= values[place - 1]:
                raise content_fault(
                    "levels_not_rising", at=("levels", place, "value"), value=values[place]
                )
        return self

    def level(self, value: int) -> ScaleLevel | None:
        """Return the level that digit `value` picks, or None when it is outside the scale."""
        return next((level for level in self.levels if level.value == value), None)


class Choice(ContentModel):
    """One answer that can be chosen."""

    id: Slug
    label: Label
    help: Line = ""
    approves: bool = False
    """On an item with role `grade`: this answer means approved."""


class Item(ContentModel):
    """One thing that is asked."""

    id: Slug
    label: Label
    type: ItemType = "scale"
    help: Paragraph = ""
    role: ItemRole | None = None
    scale: Slug | None = None
    choices: Annotated[tuple[Choice, ...], Field(max_length=60)] = ()
    several: bool = False
    """More than one choice may be taken."""
    lines: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    max_length: Annotated[int, Field(strict=True, ge=1, le=20_000)] = 4000
    suggestions: Annotated[tuple[Label, ...], Field(max_length=80)] = ()
    """What a text field offers while one types; anything else may be written."""
    show_specificity: bool = False
    """Show how concrete the text is while it is written: a nudge, never a demand."""
    minimum: Annotated[int, Field(strict=True, ge=-100_000, le=100_000)] | None = None
    maximum: Annotated[int, Field(strict=True, ge=-100_000, le=100_000)] | None = None
    unit: ShortLabel | None = None
    decimals: bool = False
    allow_not_observed: bool = False
    required_for_signing: bool = False
    own_rating: bool = False
    """The trainee may answer too, before seeing the assessor's answer."""
    comment: bool = False
    """A free text may be written beside the answer."""
    repeat_from_previous: bool = False
    """The previous form's answer is offered with one key."""
    default: Digit | Slug | None = None
    """What one key fills in where nothing is answered. Never filled in by itself."""

    @property
    def comment_key(self) -> str:
        """The key that the comment beside the answer is kept under; no item's id can be it."""
        return f"{self.id}:comment"

    @model_validator(mode="after")
    def _fits_its_type(self) -> Item:
        if self.type == "scale" and self.scale is None:
            raise content_fault("needs_scale", value=self.id)
        if self.type != "scale" and self.scale is not None:
            raise content_fault("key_not_for_type", at=("scale",), value="scale", type=self.type)
        if self.type == "choice" and len(self.choices) < 2:
            raise content_fault("needs_choices", value=self.id)
        if self.type != "choice" and (self.choices or self.several):
            key = "choices" if self.choices else "several"
            raise content_fault("key_not_for_type", at=(key,), value=key, type=self.type)
        if self.type != "text" and self.suggestions:
            raise content_fault(
                "key_not_for_type", at=("suggestions",), value="suggestions", type=self.type
            )
        if self.type != "number":
            for key in ("minimum", "maximum", "unit"):
                if getattr(self, key) is not None:
                    raise content_fault("key_not_for_type", at=(key,), value=key, type=self.type)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise content_fault("minimum_above_maximum", at=("minimum",), value=self.minimum)
        place = first_repeated([choice.id for choice in self.choices])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("choices", place, "id"), value=self.choices[place].id
            )
        return self

    @model_validator(mode="after")
    def _default_is_an_answer(self) -> Item:
        if self.default is None or self.type == "scale":
            return self  # a scale's default is checked where the scale is known
        if self.type == "choice" and self.default in {choice.id for choice in self.choices}:
            return self
        raise content_fault("default_no_answer", at=("default",), value=self.default)


_INHERITED = ("type", "scale", "choices", "allow_not_observed", "required_for_signing",
              "own_rating", "comment", "repeat_from_previous", "default")  # fmt: skip


class ItemSection(ContentModel):
    """Items under one heading. What stands on the section holds for all its items.

    `scale`, `choices`, `allow_not_observed`, `own_rating` and the like may be written once on the
    section; an item's own word goes before it.
    """

    id: Slug
    title: Label
    intro: Paragraph = ""
    at_least: Annotated[int, Field(strict=True, ge=0, le=60)] = 0
    """How many items must be answered before the form can be signed ("ej observerat" is none)."""
    type: ItemType = "scale"
    scale: Slug | None = None
    choices: Annotated[tuple[Choice, ...], Field(max_length=60)] = ()
    allow_not_observed: bool = False
    required_for_signing: bool = False
    own_rating: bool = False
    comment: bool = False
    repeat_from_previous: bool = False
    default: Digit | Slug | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """Give each item what the section says and the item does not."""
        if not isinstance(data, dict) or not isinstance(data.get("items"), list):
            return data
        shared = {key: data[key] for key in _INHERITED if key in data}
        items = [_with(item, shared) if isinstance(item, dict) else item for item in data["items"]]
        return {**data, "items": items}

    @model_validator(mode="after")
    def _enough_items(self) -> ItemSection:
        if self.at_least > len(self.items):
            raise content_fault("too_many_asked", at=("at_least",), value=self.at_least)
        return self


def _with(item: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return `item` with what it inherits: a scale only for scale items, and so on."""
    type_ = item.get("type", shared.get("type", "scale"))
    fits = {
        key: value
        for key, value in shared.items()
        if not (key == "scale" and type_ != "scale")
        and not (key == "choices" and type_ != "choice")
        and not (key == "default" and type_ != shared.get("type", "scale"))
    }
    return {**fits, **item}
