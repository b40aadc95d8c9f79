"""A form's life once filled in: draft, signature, confirmation, rättelse and makulering.

Every function works inside a unit of work that the caller opens; the caller says "sparat" only
when that has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from at_tui.completeness import Around, lacks
from at_tui.filled_form import FilledForm, draft_key, form_of, record_of
from at_tui.signer import Signer, sign_as, written_reason
from schema.fault import Fault
from schema.identity import new_id
from schema.words import LockStatus, Meaning

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.work import Work
    from schema.content.instrument import Instrument
    from schema.tables import Assessment, Signature, Talk

Record = TypeVar("Record", "Assessment", "Talk")
"""What is signed, and corrected by a new version of it."""


def save_draft(work: Work, form: FilledForm) -> Assessment:
    """Save the form as an unsigned record, drop its draft, and return the saved copy.

    Raises:
        Fault: `lock.signed` when it has been signed meanwhile, `store.stale`.
    """
    saved = work.save(record_of(form))
    work.drop_draft(draft_key(form.training_id, form.id))
    return saved


def sign_form(
    work: Work, instrument: Instrument, form: FilledForm, around: Around, signer: Signer
) -> Assessment:
    """Save and sign the form as its assessor; a form that it corrects becomes *rättad*.

    Raises:
        Fault: `assessment.not_complete` when something is missing, `assessment.corrected_already`
            when the old one is no longer the signed one, `lock.*`, `store.*`.
    """

    missing = lacks(instrument, form, around)
    if missing:
        raise Fault("assessment.not_complete", exit_code=1, count=len(missing))
    old = _corrected(work, form)
    saved = save_draft(work, form)
    sign_as(work, saved, signer, Meaning.ASSESSES)
    if old is not None:
        old.status = LockStatus.CORRECTED
        work.save(old)
    return saved


def _corrected(work: Work, form: FilledForm) -> Assessment | None:
    """Return the record that the form corrects, still signed, or None when it corrects none."""
    from schema.tables import Assessment

    if form.corrects_id is None:
        return None
    old = work.need(Assessment, form.corrects_id)
    if old.status != LockStatus.SIGNED:
        raise Fault("assessment.corrected_already")
    return old


def confirm(work: Work, assessment_id: str, trainee: Signer) -> Signature:
    """Sign that the trainee has read the signed form.

    Raises:
        Fault: `signing.not_signed`, `signing.again`.
    """
    from schema.tables import Assessment

    record = work.need(Assessment, assessment_id)
    return sign_as(work, record, trainee, Meaning.TAKES_PART)


def correction_of(record: Assessment, reason: str) -> FilledForm:
    """Return a new form, filled in as `record`, that will replace it once signed.

    The old one stays signed and valid until then.

    Raises:
        Fault: `lock.reason` (no reason), `assessment.only_signed` (not signed, or replaced).
    """
    if record.status != LockStatus.SIGNED:
        raise Fault("assessment.only_signed")
    return replace(
        form_of(record),
        id=new_id(),
        rev=1,
        corrects_id=record.id,
        correction_reason=written_reason(reason),
    )


def void(work: Work, assessment_id: str, reason: str) -> Assessment:
    """Mark a signed form, or one saved without signature, as *makulerad*; it stays readable.

    Raises:
        Fault: `lock.reason`, `assessment.only_signed`.
    """
    from schema.tables import Assessment

    record = work.need(Assessment, assessment_id)
    if record.status not in (LockStatus.SIGNED, LockStatus.DRAFT):
        raise Fault("assessment.only_signed")
    record.void_reason = written_reason(reason)
    record.status = LockStatus.VOIDED
    return work.save(record)


def discard(work: Work, training_id: str, form_id: str) -> None:
    """Take away a form that nobody has signed: its draft, and its record if there is one.

    Earlier versions of a record stay in the change history.

    Raises:
        Fault: `lock.signed`.
    """
    from schema.tables import Assessment

    work.drop_draft(draft_key(training_id, form_id))
    record = work.get(Assessment, form_id)
    if record is not None:
        work.remove(record)


def newer_of(record: Record, others: Sequence[Record]) -> Record | None:
    """Return the version that replaces `record`: the signed one before a draft of one."""
    found = [o for o in others if o.corrects_id == record.id and o.status != LockStatus.VOIDED]
    return min(found, key=lambda o: o.status == LockStatus.DRAFT, default=None)


def older_of(record: Record, others: Sequence[Record]) -> Record | None:
    """Return the version that `record` replaces, or None."""
    return next((o for o in others if o.id == record.corrects_id), None)


def new_form(
    instrument: Instrument, training_id: str, placement_id: str | None, on: date
) -> FilledForm:
    """Return an empty form of an instrument for today."""
    return FilledForm(
        training_id=training_id,
        placement_id=placement_id,
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        day=on,
    )
