"""Writes the table of keys of the handbook from the bindings: part of `make pictures`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from textual.binding import Binding

from at_tui.language import text
from screens.key_settings import Known, area_name, known_keys
from screens.widgets.keyline import key_name

PAGE = Path(__file__).parent.parent / "docs" / "handbok" / "tangenter.md"
BEGIN = "<!-- Härifrån skrivs tabellerna av programmet självt: make pictures -->\n"


def write() -> Path:
    """Write the tables into the page, below what stands there by hand; return the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def page() -> str:
    """Return the whole page as it should be."""
    by_hand, _, _ = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return by_hand + BEGIN + "".join(tables())


def tables() -> Iterator[str]:
    """Yield one table for each area, as on the page of keys in the settings."""
    for name, group in groupby(known_keys(), key=lambda known: area_name(known.area)):
        yield f"\n## {name}\n\n| tangent | på raden | vad den gör |\n|---|---|---|\n"
        for known in sorted(group, key=lambda known: _bindings()[known.id][0]):
            keys = " ".join(f"`{key}`" for key in keys_of(known))
            yield f"| {keys} | {label_of(known)} | {known.words} |\n"


def keys_of(known: Known) -> list[str]:
    """Return the keys as they are written on screen: several in one where the line does so."""
    several = shown_as().get(known.id, "")
    names = sorted(key_name(key) for key in known.keys.split(","))
    return [several] if "–" in several else names


def label_of(known: Known) -> str:
    """Return the word of the line of keys."""
    area, _, name = known.id.partition(".")
    return text(f"{area}.key.{name}")


def shown_as() -> dict[str, str]:
    """Return how keys are written that are not written by their name, by id of binding."""
    return {id_: shown for id_, (_, shown) in _bindings().items() if shown}


@cache
def _bindings() -> dict[str, tuple[tuple[str, str, int], str]]:
    """Return where each binding is first written and how its keys are shown, by id.

    By where it is written: what imports what decides the order in which classes are met.
    """
    known_keys()  # imports every page
    found: dict[str, tuple[tuple[str, str, int], str]] = {}
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("screens.") else ():
            if not isinstance(value, type):
                continue
            for place, entry in enumerate(vars(value).get("BINDINGS", ())):
                if isinstance(entry, Binding) and entry.id:
                    where = (value.__module__, value.__qualname__, place)
                    before, shown = found.get(entry.id, (where, ""))
                    found[entry.id] = (min(before, where), shown or entry.key_display or "")
    return found
