"""A filled-in instrument as a plain value: what a screen edits and a draft keeps.

The screen never touches the stored record while it is being filled in; `form_of` and
`record_of` carry it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from schema.identity import new_id

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here, imported where they are made.
if TYPE_CHECKING:
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from schema.tables import Assessment

Column = Literal["own", "assessor"]
"""Whose answers: the trainee's own rating, or the assessor's."""


@dataclass(slots=True, kw_only=True)
class FilledForm:
    """One filled-in form. `context` and `answers` hold only what has been answered; None there
    is "ej observerat". `own` is the trainee's own rating."""

    training_id: str
    instrument_id: str
    instrument_version: str
    day: date
    id: str = field(default_factory=new_id)
    rev: int = 1
    placement_id: str | None = None
    variant: str = ""
    assessor_id: str | None = None
    assessor_name: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    goals: list[str] = field(default_factory=list)
    corrects_id: str | None = None
    correction_reason: str = ""

    def values_for(self, instrument: Instrument, item: Item, column: Column) -> dict[str, Any]:
        """Return the dictionary that `item`'s answer is kept in."""
        if item in instrument.context:
            return self.context
        return self.own if column == "own" else self.answers

    def to_draft(self) -> dict[str, Any]:
        """Return the form as JSON values, for `Work.keep_draft`."""
        return {**deepcopy(asdict(self)), "day": self.day.isoformat()}

    @classmethod
    def from_draft(cls, content: Mapping[str, Any]) -> FilledForm:
        """Return the form that `to_draft` made.

        Raises:
            KeyError, TypeError, ValueError: it is another's draft.
        """
        known = {f.name for f in fields(cls)}
        values = {key: deepcopy(value) for key, value in content.items() if key in known}
        values["day"] = date.fromisoformat(values["day"])
        return cls(**values)


def draft_key(training_id: str, form_id: str) -> str:
    """Return the key that a form's draft is kept under."""
    return f"assessment:{training_id}:{form_id}"


def read_draft(content: Mapping[str, Any]) -> FilledForm | None:
    """Return the form that a draft holds, or None when the draft is not a form's."""
    try:
        return FilledForm.from_draft(content)
    except (KeyError, TypeError, ValueError):
        return None


def form_of(record: Assessment) -> FilledForm:
    """Return the form that a record holds."""
    return FilledForm(
        id=record.id,
        rev=record.rev,
        training_id=record.training_id,
        placement_id=record.placement_id,
        instrument_id=record.instrument_id,
        instrument_version=record.instrument_version,
        variant=record.variant,
        day=record.day,
        assessor_id=record.assessor_id,
        assessor_name=record.assessor_name,
        context=deepcopy(record.context),
        answers=deepcopy(record.answers),
        own=deepcopy(record.own_answers),
        goals=list(record.goals),
        corrects_id=record.corrects_id,
        correction_reason=record.correction_reason,
    )


def record_of(form: FilledForm) -> Assessment:
    """Return the form as a record, ready for `Work.save`; its `rev` guards against overwriting."""
    from schema.tables import Assessment

    return Assessment(
        id=form.id,
        rev=form.rev,
        training_id=form.training_id,
        placement_id=form.placement_id,
        instrument_id=form.instrument_id,
        instrument_version=form.instrument_version,
        variant=form.variant,
        day=form.day,
        assessor_id=form.assessor_id,
        assessor_name=form.assessor_name,
        context=deepcopy(form.context),
        answers=deepcopy(form.answers),
        own_answers=deepcopy(form.own),
        goals=list(form.goals),
        corrects_id=form.corrects_id,
        correction_reason=form.correction_reason,
    )
