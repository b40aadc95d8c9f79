"""An introduction as data: the points of its check-list, and the parts of its letter."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    Paragraph,
    Slug,
    content_fault,
    first_repeated,
)
from schema.words import IntroductionKind


class Point(ContentModel):
    """One thing that the trainee is shown or told."""

    id: Slug
    label: Label
    help: Line = ""
    section: Label
    """Heading that it stands under."""


class LetterPart(ContentModel):
    """One part of the letter: what the unit writes, with words to begin from."""

    id: Slug
    label: Label
    text: Paragraph = ""
    """What stands there until the unit has written its own."""
    lines: Annotated[int, Field(strict=True, ge=1, le=12)] = 3


class IntroductionGuide(ContentFile):
    """The check-list of one kind of introduction."""

    kind: Literal["introduction"]
    introduction: IntroductionKind
    wording: Annotated[Line, Field(min_length=1)]
    """What the screen and the print say about whose words these are."""
    points: Annotated[tuple[Point, ...], Field(min_length=1, max_length=100)]
    letter: Annotated[tuple[LetterPart, ...], Field(max_length=20)] = ()
    """Parts of the introduktionsbrev; none where there is no letter."""

    @model_validator(mode="after")
    def _ids_are_unique(self) -> IntroductionGuide:
        for name in ("points", "letter"):
            ids = [one.id for one in getattr(self, name)]
            place = first_repeated(ids)
            if place is not None:
                raise content_fault("repeated_id", at=(name, place, "id"), value=ids[place])
        return self
