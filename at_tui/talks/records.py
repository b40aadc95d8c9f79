"""A talk's life: booked, held, signed by both, put right, revised or voided.

Every function works inside a unit of work that the caller opens; the caller says "sparat" only
when that has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.assessing import check_answer
from at_tui.problem import Problem
from at_tui.signer import Signer, sign_as, written_reason
from at_tui.supervising import Agreed
from schema.fault import Fault
from schema.identity import new_id
from schema.words import AgreementOwner, LockStatus, Meaning, TalkKind

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.talk_guide import TalkGuide
    from schema.tables import Signature, Talk

ORIGIN = "Talk"
"""What agreements of a talk say they come from."""


@dataclass(slots=True, kw_only=True)
class TalkForm:
    """A talk being filled in."""

    training_id: str
    kind: TalkKind
    id: str = field(default_factory=new_id)
    rev: int = 1
    placement_id: str | None = None
    booked_on: date | None = None
    held_on: date | None = None
    with_id: str | None = None
    note: str = ""
    guide_version: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    agreed: list[Agreed] = field(default_factory=list)
    corrects_id: str | None = None
    correction_reason: str = ""


def draft_key(form: TalkForm) -> str:
    """Return the key that a talk's draft is kept under; of a new version by the one it replaces,
    so that it is found there again."""
    return f"talk:{form.training_id}:{form.corrects_id or form.id}"


def new_talk(
    folder: Folder, kind: TalkKind, *, on: date, placement_id: str | None, author: str
) -> TalkForm:
    """Return a talk for today: with the placement's supervisor, or whoever sits here."""
    stay = next((p for p in folder.placements if p.id == placement_id), None)
    here = author if author in folder.people else None
    return TalkForm(
        training_id=folder.training.id,
        kind=kind,
        placement_id=placement_id,
        held_on=on,
        with_id=(stay.supervisor_id if stay else None) or here,
    )


def form_of(folder: Folder, talk: Talk) -> TalkForm:
    """Return the talk that a record holds, with what was agreed in it."""
    return TalkForm(
        training_id=talk.training_id,
        kind=TalkKind(talk.kind),
        id=talk.id,
        rev=talk.rev,
        placement_id=talk.placement_id,
        booked_on=talk.booked_on,
        held_on=talk.held_on,
        with_id=talk.with_id,
        note=talk.note,
        guide_version=talk.guide_version,
        answers=dict(talk.answers),
        agreed=agreed_in(folder, talk.id),
        corrects_id=talk.corrects_id,
        correction_reason=talk.correction_reason,
    )


def agreed_in(folder: Folder, talk_id: str) -> list[Agreed]:
    """Return what was agreed in a talk, in the order it was written."""
    return [
        Agreed(a.text, AgreementOwner(a.owner), a.due, a.id)
        for a in folder.agreements
        if a.origin_kind == ORIGIN and a.origin_id == talk_id
    ]


def check_talk(form: TalkForm, guide: TalkGuide | None, folder: Folder, on: date) -> list[Problem]:
    """Return what is wrong with a talk that is to be saved."""
    found = []
    if form.held_on is None and form.booked_on is None:
        found.append(Problem("day", "talks.no_day", {}))
    if form.held_on is not None:
        if form.held_on > on:
            found.append(Problem("day", "talks.not_yet", {"day": form.held_on}))
        elif form.held_on < folder.training.start:
            found.append(Problem("day", "talks.before_start", {"day": folder.training.start}))
    for place, one in enumerate(form.agreed):
        held = form.held_on or on
        if one.due is not None and one.due < held:
            found.append(Problem(f"agreed_{place}", "talks.due_before", {"day": held}))
    for item in guide.items() if guide else ():
        if item.id in form.answers:
            fault = check_answer(guide, item, form.answers[item.id]) if guide else None
            if fault is not None:
                found.append(Problem(item.id, fault.key, fault.values))
    return found


def lacks(form: TalkForm, guide: TalkGuide | None) -> list[Problem]:
    """Return what is missing before the talk can be signed, in the form's order."""
    found = []
    if form.held_on is None:
        found.append(Problem("day", "talks.not_held", {}))
    if form.with_id is None:
        found.append(Problem("with", "talks.with_whom", {}))
    for section in guide.sections if guide else ():
        done = [item for item in section.items if _given(form.answers.get(item.id))]
        missing = [item for item in section.items if item not in done]
        needed = [item for item in missing if item.required_for_signing
                  and not (item.allow_not_observed and item.id in form.answers)]  # fmt: skip
        found += [Problem(item.id, "talks.lacks", {"label": item.label}) for item in needed]
        if not needed and len(done) < section.at_least:
            found.append(Problem(missing[0].id, "talks.lacks", {"label": section.title}))
    return found


def _given(value: Any) -> bool:
    return value not in (None, "", [])


def save_talk(work: Work, form: TalkForm, *, on: date) -> Talk:
    """Save the talk unsigned, with what was agreed, and drop its draft.

    Raises:
        Fault: `lock.signed` when it has been signed meanwhile, `store.stale`.
        Invalid: a value did not pass its table's model.
    """
    from schema.tables import Talk

    values: dict[str, Any] = {
        "training_id": form.training_id, "placement_id": form.placement_id, "kind": form.kind,
        "booked_on": form.booked_on, "held_on": form.held_on, "with_id": form.with_id,
        "note": form.note, "guide_version": form.guide_version, "answers": dict(form.answers),
        "corrects_id": form.corrects_id, "correction_reason": form.correction_reason,
    }  # fmt: skip
    known = work.get(Talk, form.id)
    if known is None:
        saved = work.save(Talk(id=form.id, **values))
    else:
        if known.rev != form.rev:
            raise Fault("store.stale")
        for name, value in values.items():
            setattr(known, name, value)
        saved = known
    _save_agreed(work, form, on)
    work.drop_draft(draft_key(form))
    return saved


def _save_agreed(work: Work, form: TalkForm, on: date) -> None:
    from sqlmodel import col

    from schema.tables import Agreement

    there = {
        a.id: a
        for a in work.all(
            Agreement,
            col(Agreement.origin_id).in_([form.id, form.corrects_id or ""]),
            Agreement.origin_kind == ORIGIN,
        )
    }
    kept = set()
    # Ids made in one millisecond are in no order: sorted, they keep that of the page.
    ids = sorted(new_id() for _ in form.agreed)
    for id, one in zip(ids, form.agreed, strict=True):
        record = there.get(one.agreement_id) or Agreement(
            id=id, training_id=form.training_id, text=one.text, agreed_on=form.held_on or on
        )
        record.origin_kind, record.origin_id = ORIGIN, form.id
        record.text, record.owner, record.due = one.text, one.owner, one.due
        record.agreed_on = min(form.held_on or on, one.due or date.max)
        kept.add(record.id)
        work.save(record)
    for known, record in there.items():
        if known not in kept and record.origin_id == form.id and record.done_on is None:
            work.remove(record)


def sign_talk(
    work: Work, form: TalkForm, basis: Mapping[str, Any], signer: Signer, *, on: date
) -> Talk:
    """Save and sign the talk, with what the records said; one that it replaces is marked so.

    Raises:
        Fault: `talks.replaced_already`, `lock.*`, `store.*`.
    """
    from schema.tables import Talk

    old = work.need(Talk, form.corrects_id) if form.corrects_id else None
    if old is not None and old.status != LockStatus.SIGNED:
        raise Fault("talks.replaced_already")
    saved = save_talk(work, form, on=on)
    saved.basis = dict(basis)
    sign_as(work, saved, signer, Meaning.ASSESSES)
    if old is not None:
        old.status = LockStatus.CORRECTED
        work.save(old)
    return saved


def confirm_talk(work: Work, talk_id: str, trainee: Signer) -> Signature:
    """Sign that the trainee took part.

    Raises:
        Fault: `signing.not_signed`, `signing.again`.
    """
    from schema.tables import Talk

    return sign_as(work, work.need(Talk, talk_id), trainee, Meaning.TAKES_PART)


def replacement_of(folder: Folder, talk: Talk, reason: str, *, on: date, revised: bool) -> TalkForm:
    """Return a new version, filled in as `talk`, that will replace it once signed.

    A rättelse keeps the day of the talk; a revision of a plan is of today.

    Raises:
        Fault: `lock.reason` (no reason), `talks.only_signed` (not signed, or replaced).
    """
    written = written_reason(reason)
    if talk.status != LockStatus.SIGNED:
        raise Fault("talks.only_signed")
    form = form_of(folder, talk)
    form.id, form.rev = new_id(), 1
    form.corrects_id, form.correction_reason = talk.id, written
    form.held_on = on if revised else talk.held_on
    return form


def void_talk(work: Work, talk_id: str, reason: str, *, on: date) -> Talk:
    """Mark a talk as *makulerad*; what was agreed in it and is open is dropped.

    Raises:
        Fault: `lock.reason`, `talks.only_signed`.
    """
    from schema.tables import Agreement, Talk

    written = written_reason(reason)
    talk = work.need(Talk, talk_id)
    if talk.status != LockStatus.SIGNED:
        raise Fault("talks.only_signed")
    talk.void_reason, talk.status = written, LockStatus.VOIDED
    for agreed in work.all(
        Agreement, Agreement.origin_id == talk_id, Agreement.origin_kind == ORIGIN
    ):
        if agreed.done_on is None and agreed.dropped_on is None:
            agreed.dropped_on = on
            work.save(agreed)
    return work.save(talk)


def discard_talk(work: Work, training_id: str, talk_id: str) -> None:
    """Take away a talk that nobody has signed, its draft and what was agreed in it.

    Raises:
        Fault: `lock.signed`.
    """
    from schema.tables import Agreement, Talk

    work.drop_draft(f"talk:{training_id}:{talk_id}")
    talk = work.get(Talk, talk_id)
    if talk is None:
        return
    mine = work.all(Agreement, Agreement.origin_id == talk_id, Agreement.origin_kind == ORIGIN)
    for agreed in mine if talk.status == LockStatus.DRAFT else ():
        if agreed.done_on is None:
            work.remove(agreed)
    work.remove(talk)
