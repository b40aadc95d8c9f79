"""Ticking off an introduction, and writing its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from schema.fault import Fault
from schema.text import clean
from schema.words import IntroductionKind

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.introduction import IntroductionGuide
    from schema.tables import Introduction, Placement

KEPT_LETTER = 5_000
"""Letters of one part of a letter at most."""


def introduction_of(
    work: Work, training_id: str, kind: IntroductionKind, placement_id: str | None, id: str = ""
) -> Introduction:
    """Return the introduction with that id, else the one of the kind and placement, else a new
    one that is not saved yet."""
    from schema.tables import Introduction

    found = work.get(Introduction, id) if id else None
    if found is None:
        same = work.all(
            Introduction,
            Introduction.training_id == training_id,
            Introduction.kind == kind,
            Introduction.placement_id == placement_id,
            limit=1,
        )
        found = same[0] if same else None
    return found or Introduction(training_id=training_id, placement_id=placement_id, kind=kind)


def save_points(
    work: Work, record: Introduction, points: Sequence[str], *, held_on: date | None, on: date
) -> Introduction:
    """Save what has been gone through, and the day it was held.

    Raises:
        Fault: `introductions.ahead` for a day that has not been.
    """
    if held_on is not None and held_on > on:
        raise Fault("introductions.ahead", exit_code=2, day=held_on)
    record.points, record.held_on = list(points), held_on
    return work.save(record)


def save_letter(
    work: Work, record: Introduction, parts: Mapping[str, str], *, letter_on: date | None
) -> Introduction:
    """Save what the letter says, and the day it was sent."""
    record.letter = {
        name: written[:KEPT_LETTER]
        for name, words in parts.items()
        if (written := clean(words).strip())
    }
    record.letter_on = letter_on
    return work.save(record)


def letter_begins(
    work: Work, guide: IntroductionGuide, record: Introduction, unit_id: str | None
) -> dict[str, str]:
    """Return what the parts of a letter begin with: its own words, else those of the unit's
    latest letter to anyone, else the guide's."""
    from sqlmodel import col

    from schema.tables import Introduction, Placement

    before: dict[str, str] = {}
    if unit_id:
        stays = [p.id for p in work.all(Placement, Placement.unit_id == unit_id)]
        letters = [
            i
            for i in work.all(
                Introduction, col(Introduction.letter_on).is_not(None),
                order=(col(Introduction.letter_on).desc(), col(Introduction.id)),
            )
            if i.placement_id in stays and i.letter and i.id != record.id
        ]  # fmt: skip
        before = dict(letters[0].letter) if letters else {}
    own = dict(record.letter)
    if own:
        return {part.id: str(own.get(part.id, "")) for part in guide.letter}
    return {part.id: str(before.get(part.id, part.text)) for part in guide.letter}


def supervisor_words(folder: Folder, placement: Placement) -> str:
    """Return the supervisor with title and how to reach them."""
    person = folder.people.get(placement.supervisor_id or "")
    if person is None:
        return ""
    reach = " · ".join(filter(None, (person.email, person.phone)))
    who = ", ".join(filter(None, (person.name, person.title)))
    return f"{who} ({reach})" if reach else who
