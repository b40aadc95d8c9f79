"""Topics for the supervision talk, picked by letter, with questions to ask."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    ShortLabel,
    Slug,
    content_fault,
    first_repeated,
)


class Prompt(ContentModel):
    """One topic of a talk."""

    id: Slug
    letter: Annotated[str, StringConstraints(pattern=r"^[a-zåäö]$")]
    """The key that picks it."""
    label: ShortLabel
    when: Literal["always", "start", "end"] = "always"
    """`start` belongs to the first talks of a placement, `end` to the last."""
    questions: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)]
    tips: Annotated[tuple[Line, ...], Field(max_length=12)] = ()
    """What the supervisor can do, beside asking."""


class PromptSet(ContentFile):
    """Discussion topics from one source."""

    kind: Literal["prompts"]
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1, max_length=29)]

    @model_validator(mode="after")
    def _letters_and_ids_are_unique(self) -> PromptSet:
        for key in ("id", "letter"):
            values = [getattr(prompt, key) for prompt in self.prompts]
            place = first_repeated(values)
            if place is not None:
                raise content_fault("repeated_id", at=("prompts", place, key), value=values[place])
        return self

    def by_letter(self, letter: str) -> Prompt | None:
        """Return the topic that `letter` picks, or None."""
        return next((prompt for prompt in self.prompts if prompt.letter == letter), None)

    def prompt(self, id: str) -> Prompt | None:
        """Return the topic with `id`, or None."""
        return next((prompt for prompt in self.prompts if prompt.id == id), None)
