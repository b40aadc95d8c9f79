"""What a form begins with: what the records can answer for, and what stood in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from at_tui.filled_form import FilledForm
from schema.words import LockStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from schema.tables import Assessment, Placement


def start_form(instrument: Instrument, folder: Folder, *, on: date, author: str = "") -> FilledForm:
    """Return a new form for the day `on`.

    The person at the keyboard assesses, unless the form is not for them to fill in. What the
    placement tells is filled in, so that it is only to be read: subject, workplace, period.
    """
    placement = folder.placement_on(on)
    form = FilledForm(
        training_id=folder.training.id,
        placement_id=placement.id if placement else None,
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        day=on,
        assessor_id=_assessor(instrument, folder, placement, author),
    )
    before = form_before(instrument, folder.assessments, form)
    for item in instrument.context:
        value = _told(item, folder, placement, before, on)
        if value is not None:
            form.context[item.id] = value
    return form


def _assessor(
    instrument: Instrument, folder: Folder, placement: Placement | None, author: str
) -> str | None:
    rule = instrument.assessor
    if rule.who == "trainee" or instrument.anonymous:
        return None
    supervisors = {folder.training.main_supervisor_id, placement and placement.supervisor_id}
    if author not in folder.people or (rule.must_not_be_supervisor and author in supervisors):
        return None
    return author


def _told(
    item: Item,
    folder: Folder,
    placement: Placement | None,
    before: Assessment | None,
    on: date,
) -> Any:
    """Return what the records say of an item, or None."""
    if item.role == "period_end":
        return on.isoformat()
    if placement is None:
        return None
    if item.role == "period_start":
        return _period_start(placement, before, on).isoformat()
    if item.role == "subject" and placement.section in {choice.id for choice in item.choices}:
        return str(placement.section)
    if item.role == "setting" and item.type == "text":
        return folder.unit_of(placement)[: item.max_length] or None
    return None


def _period_start(placement: Placement, before: Assessment | None, on: date) -> date:
    """Return the day after the form before, within the placement."""
    after = before.day + timedelta(days=1) if before else placement.start
    return min(max(after, placement.start), on)


def form_before(
    instrument: Instrument, forms: Sequence[Assessment], form: FilledForm
) -> Assessment | None:
    """Return the latest earlier form of the same instrument, not voided, or None."""
    earlier = [
        other
        for other in forms
        if other.instrument_id == instrument.id
        and other.id not in (form.id, form.corrects_id)
        and other.status != LockStatus.VOIDED
        and other.day <= form.day
    ]
    return max(earlier, key=lambda other: (other.day, other.id), default=None)
