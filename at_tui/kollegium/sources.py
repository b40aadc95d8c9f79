"""The content files that a kollegium goes by, each read once: forms, goals, plans and rules."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, cast

from at_tui.content_in_use import curriculum_for, instrument_for
from at_tui.kollegium.forms import Scaled, scaled
from at_tui.programmes import programme
from schema.fault import Fault

# Content models bring pydantic, 0.1 s: only for typing here.
if TYPE_CHECKING:
    from data.kollegium_rows import TrainingLine
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.programme import Programme
    from schema.content.triage import TriageRules

STANDARD = "standard"
"""The rules in use: the shipped ones, or the user's own under the same id."""


class Sources:
    """Content files by id and version; None where a file is gone, which is told and survived."""

    def __init__(self, rules: TriageRules | None = None) -> None:
        self._rules = rules
        self._instruments: dict[tuple[str, str], Instrument | None] = {}
        self._scaled: dict[tuple[str, str, str], tuple[Scaled, ...]] = {}
        self._curricula: dict[tuple[str, str, str], Curriculum | None] = {}
        self._programmes: dict[tuple[str, str], Programme | None] = {}

    def with_rules(self, rules: TriageRules) -> Sources:
        """Return the same files under other rules; what has been read is kept."""
        found = copy(self)
        found.__dict__.pop("rules", None)
        found._rules = rules
        return found

    @cached_property
    def rules(self) -> TriageRules:
        """The rules that cases are sorted by.

        Raises:
            Fault: `content.not_found`.
        """
        from data.content import one

        return self._rules or cast("TriageRules", one("triage", STANDARD))

    def instrument(self, id: str, version: str) -> Instrument | None:
        """Return the form that was filled in, else the one now in use under its id."""
        key = (id, version)
        if key not in self._instruments:
            self._instruments[key] = instrument_for(id, version)
        return self._instruments[key]

    def scaled(self, instrument: Instrument, variant: str) -> tuple[Scaled, ...]:
        """Return the items that are answered on a scale, worked out once for each kind of form."""
        key = (instrument.id, instrument.version, variant)
        if key not in self._scaled:
            self._scaled[key] = scaled(instrument, variant)
        return self._scaled[key]

    def curriculum(self, training: TrainingLine) -> Curriculum | None:
        """Return a training's målbeskrivning."""
        key = (training.curriculum_id, training.curriculum_version, training.kind)
        if key not in self._curricula:
            self._curricula[key] = curriculum_for(*key)
        return self._curricula[key]

    def programme(self, training: TrainingLine) -> Programme | None:
        """Return a training's programme, joined with what it extends: of its own version, else the
        one in use. None when the file is gone or does not hold together."""
        key = (training.programme_id, training.programme_version)
        if key not in self._programmes:
            found = _programme(*key)
            self._programmes[key] = found if found or not key[1] else _programme(key[0], "")
        return self._programmes[key]


def _programme(id: str, version: str) -> Programme | None:
    try:
        return programme(id, version)
    except Fault:
        return None
