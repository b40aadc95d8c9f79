"""After the meeting: what is still to be done, by whom, and how a decision is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from at_tui.kollegium.support import viewer_of
from schema.fault import Fault
from schema.text import clean
from schema.words import AgreementOwner, LockStatus, Meaning, Outcome, RoleKind

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Agreement, Decision

SOON = timedelta(days=14)
"""An action is told so long before its day."""


@dataclass(frozen=True, slots=True)
class DueAction:
    """An action that someone is to do."""

    agreement_id: str
    training_id: str
    name: str
    text: str
    due: date | None
    late: bool
    meeting: str
    meeting_day: date | None


def actions_due(work: Work, person_id: str, on: date) -> list[DueAction]:
    """Return what a person is to do after kollegier: late, due within two weeks, or without a
    day; the most urgent first.

    Theirs is what names them, what is the supervisor's and nobody's by name for a doctor whom
    they supervise that day, and, for a study director, what is the director's and nobody's by
    name.
    """
    from data.kollegium import open_agreements_from_decisions
    from schema.tables import Decision, Kollegium, Placement, Trainee, Training

    if not person_id:
        return []
    director = RoleKind.STUDIEREKTOR in viewer_of(work, person_id, on).roles
    mine = {
        stay.training_id
        for stay in work.all(
            Placement, Placement.supervisor_id == person_id, Placement.start <= on,
            Placement.end >= on,
        )
    }  # fmt: skip
    found = []
    for each in open_agreements_from_decisions(work, until=on + SOON):
        theirs = each.owner_id == person_id or (
            each.owner_id is None
            and (
                (each.owner == AgreementOwner.SUPERVISOR and each.training_id in mine)
                or (each.owner == AgreementOwner.DIRECTOR and director)
            )
        )
        if not theirs:
            continue
        training = work.need(Training, each.training_id)
        decision = work.get(Decision, each.origin_id or "")
        meeting = work.get(Kollegium, decision.kollegium_id) if decision else None
        found.append(
            DueAction(
                agreement_id=each.id,
                training_id=each.training_id,
                name=work.need(Trainee, training.trainee_id).name,
                text=each.text,
                due=each.due,
                late=each.due is not None and each.due < on,
                meeting=meeting.title if meeting else "",
                meeting_day=meeting.day if meeting else None,
            )
        )
    return found


def settle(
    work: Work, agreement_id: str, *, done_on: date | None = None, dropped_on: date | None = None
) -> Agreement:
    """Say of an action that it is done, that it is dropped, or (without a day) that it is open."""
    from schema.tables import Agreement

    agreement = work.need(Agreement, agreement_id)
    agreement.done_on, agreement.dropped_on = done_on, dropped_on
    return work.save(agreement)


def correct_decision(
    work: Work,
    old: Decision,
    *,
    outcome: Outcome | None,
    words: str,
    reason: str,
    signer_id: str,
    signer_name: str,
    signer_title: str = "",
) -> Decision:
    """Correct a decision of a closed meeting by a new, signed one that names it; its actions
    follow. Check the PIN first.

    Raises:
        Fault: `kollegium.reason_missing`, `lock.signed` when the old one is no signed decision.
    """
    from data.kollegium import agreements_from
    from data.signing import sign
    from schema.tables import Decision

    if not clean(reason, one_line=True):
        raise Fault("kollegium.reason_missing", exit_code=2)
    if old.status != LockStatus.SIGNED:
        raise Fault("lock.signed")
    new = work.save(
        Decision(
            kollegium_id=old.kollegium_id,
            training_id=old.training_id,
            outcome=outcome,
            text=clean(words),
            discussed_on=old.discussed_on,
            shown_on=old.shown_on,
            corrects_id=old.id,
            correction_reason=reason,
        )
    )
    work.flush()
    sign(
        work,
        new,
        signer_id=signer_id,
        signer_name=signer_name,
        signer_title=signer_title,
        meaning=Meaning.CERTIFIES,
    )
    replaced = work.save(old)
    replaced.status = LockStatus.CORRECTED
    for agreement in agreements_from(work, [old.id]):
        agreement.origin_id = new.id
        work.save(agreement)
    return new
