"""Which content files a training's records were made under, and what to use when they are gone.

None means that no file will do: a screen then says so and goes on without.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from at_tui.kind_words import content_of_kind
from data import content
from schema.fault import Fault
from schema.words import Kind

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.prompts import PromptSet

TOPICS = "vgr-handledning"
"""The shipped set of topics for sessions; a user's own file of the same id goes before it."""


def curriculum_for(id: str, version: str, kind: str) -> Curriculum | None:
    """Return a training's målbeskrivning: its own version, else the one in use under its id.

    A training that names none gets the shipped one of its kind (AT or BT).
    """
    for wanted in ((id, version or None), (id, None)):
        if id:
            try:
                return content.curriculum(*wanted)
            except Fault:
                continue
    if id:
        return None
    found = content.load_curricula().values()
    of_kind = sorted((c for c in found if c.programme_kind == Kind(kind)), key=lambda c: c.id)
    return of_kind[0] if of_kind else None


def instrument_for(id: str, version: str) -> Instrument | None:
    """Return the bedömningsmall that a form was filled in with, else the one now in use."""
    for wanted in (version or None, None):
        try:
            return content.instrument(id, wanted)
        except Fault:
            continue
    return None


def topics(kind: str = Kind.AT) -> PromptSet | None:
    """Return the topics that a session's letters stand for, worded for that kind of training."""
    try:
        return content_of_kind(content.prompts(TOPICS), kind)
    except Fault:
        return None


def used_without_signature() -> Collection[str]:
    """Return the ids of instruments that nobody signs: a saved form of them is finished."""
    return frozenset(
        one.id for one in content.load_instruments().values() if one.signatures == "none"
    )
