"""The content files: curricula, instruments, prompts and programmes, shipped and one's own.

Importing this loads neither pydantic nor a file; the first question does (about 0.1 s once).
`folder` is the user's own content folder; without it the one in `data/places.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from data.content.checking import check
from data.content.fault import ContentFault, Refused
from data.content.loading import Head, forget, heads, load, one, own_faults

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.prompts import PromptSet

__all__ = [
    "ContentFault",
    "Head",
    "Refused",
    "check",
    "curriculum",
    "forget",
    "heads",
    "instrument",
    "load",
    "load_curricula",
    "load_instruments",
    "load_prompts",
    "one",
    "own_faults",
    "prompts",
]


def load_curricula(folder: Path | None = None) -> dict[str, Curriculum]:
    """Return the målbeskrivningar in use, by id."""
    return cast("dict[str, Curriculum]", load("curriculum", folder))


def load_instruments(folder: Path | None = None) -> dict[str, Instrument]:
    """Return the bedömningsmallar in use, by id."""
    return cast("dict[str, Instrument]", load("instrument", folder))


def load_prompts(folder: Path | None = None) -> dict[str, PromptSet]:
    """Return the sets of discussion topics in use, by id."""
    return cast("dict[str, PromptSet]", load("prompts", folder))


def curriculum(id: str, version: str | None = None, *, folder: Path | None = None) -> Curriculum:
    """Return one målbeskrivning; raises Fault `content.not_found`."""
    return cast("Curriculum", one("curriculum", id, version, folder=folder))


def instrument(id: str, version: str | None = None, *, folder: Path | None = None) -> Instrument:
    """Return one bedömningsmall; raises Fault `content.not_found`."""
    return cast("Instrument", one("instrument", id, version, folder=folder))


def prompts(id: str, version: str | None = None, *, folder: Path | None = None) -> PromptSet:
    """Return one set of discussion topics; raises Fault `content.not_found`."""
    return cast("PromptSet", one("prompts", id, version, folder=folder))
