"""Filled-in instruments as the kollegium counts them: what they are, by whom, in which setting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.kollegium_rows import words
from schema.text import sort_key
from schema.words import LockStatus

if TYPE_CHECKING:
    from datetime import date

    from data.kollegium_rows import AssessmentLine
    from schema.content.instrument import Instrument

OBSERVED = ("observation", "exam")
"""Categories of forms in which somebody watched the work, or talked a case through."""
_OUT = (LockStatus.VOIDED, LockStatus.CORRECTED)


@dataclass(frozen=True, slots=True)
class Scaled:
    """An item that is answered on a scale, as one form of the instrument has it."""

    item_id: str
    label: str
    scale_id: str
    steps: tuple[int, ...]
    """The scale's values, lowest first."""


@dataclass(frozen=True, slots=True)
class Form:
    """A filled-in instrument that has not been voided or replaced."""

    record: AssessmentLine
    instrument: Instrument
    counts: bool
    """False for what is not signed yet, where the form asks for it: shown, never counted."""
    scaled: tuple[Scaled, ...]

    @property
    def day(self) -> date:
        return self.record.day

    @property
    def assessor(self) -> str:
        """Who filled it in, as one tells assessors apart; empty when nobody is named."""
        if self.record.assessor_id:
            return self.record.assessor_id
        name = sort_key(self.record.assessor_name)
        return f"name:{name}" if name else ""

    def said(self, *roles: str) -> list[tuple[str, str]]:
        """Return (role, text) of what was written under these roles, e.g. keep and change."""
        answers = self.record.answers
        found = []
        for item in self.instrument.items():
            if item.role in roles and item.type == "text":
                written = words(answers.get(item.id))
                if written:
                    found.append((str(item.role), written))
        return found

    def setting(self, unit_id: str | None) -> str:
        """Return where it was: the setting answered, else the unit; empty when neither is known."""
        item = self.instrument.with_role("setting")
        if item is not None:
            answer = self.record.context.get(item.id) or self.record.answers.get(item.id)
            written = words(answer)
            if written:
                return sort_key(written)
        return f"unit:{unit_id}" if unit_id else ""


def scaled(instrument: Instrument, variant: str) -> tuple[Scaled, ...]:
    """Return the items of an instrument that are answered on a scale, in its order.

    Empty for a variant that the file no longer has.
    """
    found = []
    for section in instrument.sections:
        for item in section.items:
            try:
                scale = instrument.scale_of(item, variant)
            except KeyError:
                return ()
            if scale is not None:
                steps = tuple(level.value for level in scale.levels)
                found.append(Scaled(item.id, item.label, scale.id, steps))
    return tuple(found)


def in_force(status: str) -> bool:
    """Return whether a record that is signed has neither been voided nor replaced."""
    return status not in _OUT


def counts(record: AssessmentLine, instrument: Instrument) -> bool:
    """Return whether a form is evidence: signed, or of a kind that nobody signs."""
    return record.status == LockStatus.SIGNED or instrument.signatures == "none"


def assessors(forms: Iterable[Form]) -> set[str]:
    """Return the different assessors that are named."""
    return {form.assessor for form in forms} - {""}
