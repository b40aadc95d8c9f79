"""A målbeskrivning as data: chapters and goals, each saying how far its text can be trusted.

Ids follow the regulation, `chapter:paragraph:point` (`5:2:4` is 5 kap. 2 § 4). A goal whose number
in the regulation is not known has a working id, `chapter:w:number` (`3:w:4`): it never looks like
a place in the regulation, is never given to another goal, and is kept as *retired* when the
official text takes over, so that a mark made against it stays readable.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Paragraph,
    Source,
    content_fault,
    first_repeated,
)
from schema.words import Kind, Level, SectionCode

GOAL_ID = re.compile(
    r"^(?P<chapter>[0-9]{1,2}):"
    r"(?:(?P<paragraph>[0-9]{1,3}[a-z]?):(?P<point>[0-9]{1,3}[a-z]?)|w:(?P<working>[0-9]{1,3}))$"
    r"|^(?P<delmal>BT(?:[1-9]|1[0-8]))$|^BT:w:(?P<bt_working>[0-9]{1,3})$"
)
"""`5:2:4`, `2:2:1a`, `3:w:4`, `BT7`, `BT:w:7`."""

GoalId = Annotated[str, StringConstraints(pattern=GOAL_ID.pattern)]

GoalStatus = Literal["verified", "working", "pasted"]
"""`verified`: the source has been read and the text retells it in our own words. `working`: a
working text, not the official wording. `pasted`: the official text, pasted in by a user."""


class Goal(ContentModel):
    """One goal of a målbeskrivning."""

    id: GoalId
    section: SectionCode
    level: Level | None = None
    """None where the målbeskrivning has no levels (BT) or the level is not known."""
    text: Annotated[Paragraph, Field(min_length=1)]
    source: Source
    status: GoalStatus

    @property
    def chapter(self) -> int | None:
        """The regulation's chapter, None for BT."""
        head = self.id.partition(":")[0]
        return int(head) if head.isdigit() else None

    @property
    def is_numbered(self) -> bool:
        """Whether the id is a place in the regulation, and may be shown and printed as one."""
        return ":w:" not in self.id

    @property
    def reference(self) -> str:
        """How the goal is referred to on screen and in print.

        `5 kap. 2 § 4`, `delmål BT7`, or for a working id only the chapter: `3 kap. (arbetstext)`.
        """
        if self.id.startswith("BT"):
            return f"delmål {self.id}" if self.is_numbered else "BT (arbetstext)"
        chapter, paragraph, point = self.id.split(":")
        if not self.is_numbered:
            return f"{chapter} kap. (arbetstext)"
        number = re.sub(r"(?<=[0-9])(?=[a-z])", " ", paragraph)
        return f"{chapter} kap. {number} § {point}"

    @property
    def order(self) -> tuple[int, int, str, int, str]:
        """Sort key: the regulation's order, working ids last in their chapter."""
        if self.id.startswith("BT"):
            number = int(self.id.removeprefix("BT:w:").removeprefix("BT"))
            return (0, 0 if self.is_numbered else 1000, "", number, "")
        chapter, paragraph, point = self.id.split(":")
        if not self.is_numbered:
            return (int(chapter), 1000, "", int(point), "")
        p, p_letter = _number(paragraph)
        q, q_letter = _number(point)
        return (int(chapter), p, p_letter, q, q_letter)


def _number(text: str) -> tuple[int, str]:
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits), text[len(digits) :]


class RetiredGoal(ContentModel):
    """A goal that an earlier version held and this one replaces: not counted, still readable."""

    id: GoalId
    text: Annotated[Paragraph, Field(min_length=1)]
    seen_in: Annotated[str, Field(min_length=1, max_length=20)]
    """The version of the curriculum that held it."""
    replaced_by: Annotated[tuple[GoalId, ...], Field(max_length=20)] = ()


class Chapter(ContentModel):
    """A chapter of the regulation with the frame that its first paragraph gives."""

    number: Annotated[int, Field(strict=True, ge=1, le=99)]
    title: Label
    section: SectionCode
    frame: Paragraph = ""
    note: Paragraph = ""
    """What the reader must know about this chapter's text: that it is a working text, and why."""


class Curriculum(ContentFile):
    """A målbeskrivning: what the doctor in training shall reach.

    Goals stand in the order of the file. A training keeps the version it began under.
    """

    kind: Literal["curriculum"]
    programme_kind: Kind
    regulation: Label
    """What the authority calls it, e.g. SOSFS 1999:5."""
    pasted_by: Label | None = None
    pasted_on: date | None = None
    chapters: Annotated[tuple[Chapter, ...], Field(max_length=30)] = ()
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=600)]
    retired: Annotated[tuple[RetiredGoal, ...], Field(max_length=600)] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Curriculum:
        place = first_repeated([goal.id for goal in self.goals])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("goals", place, "id"), value=self.goals[place].id
            )
        numbers = [str(chapter.number) for chapter in self.chapters]
        place = first_repeated(numbers)
        if place is not None:
            raise content_fault(
                "repeated_id", at=("chapters", place, "number"), value=numbers[place]
            )
        alive = {goal.id for goal in self.goals}
        for place, gone in enumerate(self.retired):
            if gone.id in alive:
                raise content_fault("repeated_id", at=("retired", place, "id"), value=gone.id)
            for other in gone.replaced_by:
                if other not in alive:
                    raise content_fault(
                        "unknown_goal", at=("retired", place, "replaced_by"), value=other
                    )
        return self

    @model_validator(mode="after")
    def _numbered_only_when_the_place_is_known(self) -> Curriculum:
        for place, goal in enumerate(self.goals):
            if not goal.is_numbered and goal.status != "working":
                raise content_fault("working_id", at=("goals", place, "status"), value=goal.id)
        return self

    def goal(self, id: str) -> Goal | None:
        """Return the goal with `id`, or None."""
        return next((goal for goal in self.goals if goal.id == id), None)

    def retired_goal(self, id: str) -> RetiredGoal | None:
        """Return the replaced goal with `id`, or None."""
        return next((gone for gone in self.retired if gone.id == id), None)

    def in_section(self, section: SectionCode) -> tuple[Goal, ...]:
        """Return the goals of one section, in the order of the file."""
        return tuple(goal for goal in self.goals if goal.section is section)

    @property
    def is_wholly_verified(self) -> bool:
        """Whether every goal's text has a read source or is the pasted official text."""
        return all(goal.status != "working" for goal in self.goals)
