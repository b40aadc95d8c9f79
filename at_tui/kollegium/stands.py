"""How a meeting stands, read from its records and written to them.

`live.py` holds the meeting; here is what one step of it reads and writes in a unit of work.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from at_tui.kollegium import turns
from at_tui.kollegium.turns import Action, Stand, State
from schema.words import AgreementOwner

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.work import Work
    from schema.tables import Agreement, Decision, Kollegium

_NAMESPACE = uuid.UUID("6f1f8d0e-3b5c-5d7a-9c53-2f4a0d7e9b11")


def decision_id(meeting_id: str, training_id: str) -> str:
    """Return the id of a meeting's decision about a doctor: one, in however many windows."""
    return str(uuid.uuid5(_NAMESPACE, f"{meeting_id}/{training_id}"))


def draft_key(meeting_id: str) -> str:
    """Return the key under which the moment of a meeting is kept."""
    return f"kollegium:{meeting_id}"


def open_list(
    work: Work, meeting: Kollegium, cases: Sequence[Case], *, at: datetime, with_plans: bool = False
) -> Kollegium:
    """Settle whom a meeting takes up and in which order, and freeze what it has before it.

    A meeting that has its list already keeps it; those of it who have not been frozen are.

    Args:
        cases: In the order of the meeting.
        at: The moment, with time zone.
    """
    from at_tui.kollegium.evidence import freeze
    from at_tui.kollegium.meetings import change_meeting

    if not meeting.training_ids:
        order = list(dict.fromkeys(case.binder.id for case in cases))
        evidence_on = cases[0].on if cases else meeting.day
        meeting = change_meeting(work, meeting, training_ids=order, evidence_on=evidence_on)
        work.flush()
    listed = set(meeting.training_ids)
    freeze(work, meeting, [c for c in cases if c.binder.id in listed], at=at, with_plans=with_plans)
    return meeting


def read(
    work: Work, meeting: Kollegium, moment: Mapping[str, Any]
) -> tuple[State, dict[str, Decision]]:
    """Return where a meeting stands, and its decisions by training.

    Args:
        moment: The draft of the meeting: whose page was up, and the clock.
    """
    from data.kollegium import agreements_from, decisions_of

    decisions = decisions_of(work, meeting.id)
    agreed: dict[str, list[Agreement]] = {}
    for agreement in agreements_from(work, [d.id for d in decisions]):
        agreed.setdefault(agreement.origin_id or "", []).append(agreement)
    seconds = moment.get("seconds", {})
    stands = {
        d.training_id: Stand(
            outcome=d.outcome,
            text=d.text,
            shown=d.discussed_on is not None,
            actions=tuple(_action(a) for a in agreed.get(d.id, [])),
            seconds=float(seconds.get(d.training_id, 0)),
        )
        for d in decisions
    }
    at = str(moment.get("at", ""))
    begun = turns.begin(meeting.training_ids, minutes=meeting.minutes, at=at)
    state = replace(begun, stands=stands, elapsed=float(moment.get("elapsed", 0)))
    return state, {d.training_id: d for d in decisions}


def write(
    work: Work,
    meeting: Kollegium,
    training_id: str,
    stand: Stand,
    *,
    known: Decision | None,
    before: Sequence[Action],
    on: date,
) -> tuple[Stand, Decision]:
    """Save how it stands with one doctor, and return that as it was saved.

    Args:
        known: The decision as this window read or wrote it last.
        before: The actions as this window read or wrote them last.
    """
    from schema.tables import Decision

    values: dict[str, Any] = known.model_dump() if known else {
        "id": decision_id(meeting.id, training_id),
        "kollegium_id": meeting.id,
        "training_id": training_id,
    }  # fmt: skip
    values |= {"outcome": stand.outcome, "text": stand.text}
    if stand.shown and not values.get("discussed_on"):
        values["discussed_on"] = on
    decision = work.save(Decision(**values))
    actions = _write_actions(work, meeting, decision, stand.actions, before)
    work.flush()
    return replace(stand, actions=tuple(actions)), decision


def _write_actions(
    work: Work,
    meeting: Kollegium,
    decision: Decision,
    wanted: Sequence[Action],
    before: Sequence[Action],
) -> list[Action]:
    from schema.tables import Agreement

    kept, there = {a.id for a in wanted}, {a.id for a in before}
    for action in before:
        found = work.get(Agreement, action.id) if action.id not in kept else None
        if found is not None:
            work.remove(found)
    saved = []
    for action in wanted:
        # One that an undo brings back was removed: it is written anew.
        if action.id and action.id in there:
            saved.append(action)
            continue
        agreement = work.save(
            Agreement(
                training_id=decision.training_id,
                origin_kind="Decision",
                origin_id=decision.id,
                text=action.text,
                owner=action.owner,
                owner_id=action.owner_id,
                agreed_on=meeting.day,
                due=action.due,
            )
        )
        saved.append(replace(action, id=agreement.id))
    return saved


def _action(agreement: Agreement) -> Action:
    return Action(
        text=agreement.text,
        owner=AgreementOwner(agreement.owner),
        owner_id=agreement.owner_id,
        due=agreement.due,
        id=agreement.id,
    )
