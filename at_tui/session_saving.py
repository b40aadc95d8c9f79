"""Writing what a session form was filled in with.

Everything that one form changes is written in the caller's unit of work: the session, what became
of the agreements from last time, the new ones, and the next session.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from at_tui.session_records import PlacedAt, SessionStart, draft_key
from at_tui.supervising import Carried, Carry, NextSession, SessionEntry
from schema.words import SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here, imported where records are
# read or made.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Record

    R = TypeVar("R", bound=Record)


def save_session(work: Work, start: SessionStart, entry: SessionEntry, *, author: str) -> str:
    """Write the form in this unit of work and return the session's id.

    Hold the entry to `check_session` first. The draft of the form is dropped in the same work.

    Raises:
        Fault: `store.stale`, when another window saved one of the records since the form opened.
        Invalid: a value did not pass its table's model.
    """
    from schema.tables import Supervision

    day = entry.day
    if day is None:
        raise ValueError("an entry with faults cannot be saved")
    placement = start.placement_on(day)
    values: dict[str, Any] = {
        "training_id": start.training_id,
        "placement_id": placement.id if placement else None,
        "supervisor_id": start.supervisor_id or _supervisor(work, placement, author),
        "day": day,
        "minutes": entry.minutes,
        "status": entry.status,
        "form": entry.form,
        "cancel_reason": (
            entry.cancel_reason if entry.status is SupervisionStatus.CANCELLED else None
        ),
        "topics": list(entry.topics),
        "goals": list(entry.goals),
        "note": entry.note,
    }
    this = work.save(_changed(Supervision, start.records.get(start.supervision_id or ""), values))
    for carried in entry.carried:
        _settle(work, start, carried, settled=min(day, start.facts.on))
    _save_agreed(work, start, entry, this.id, day)
    if entry.next is not None:
        _plan_next(work, values, entry, entry.next, this.id)
    work.drop_draft(draft_key(start.training_id, start.supervision_id))
    return this.id


def remove_session(work: Work, supervision_id: str) -> None:
    """Remove a session; what was agreed in it stays.

    Raises:
        Fault: `store.no_record`.
    """
    from schema.tables import Supervision

    work.remove(work.need(Supervision, supervision_id))


def _supervisor(work: Work, placement: PlacedAt | None, author: str) -> str | None:
    """Return who held the session: the placement's supervisor, else the one at the keyboard."""
    from schema.tables import Person

    if placement and placement.supervisor_id:
        return placement.supervisor_id
    return author if work.get(Person, author) is not None else None


def _settle(work: Work, start: SessionStart, carried: Carried, *, settled: date) -> None:
    from schema.tables import Agreement

    before: Any = start.records[carried.agreement_id]
    done = dropped = None
    if carried.outcome is Carry.DONE:
        done = before.done_on or settled
    elif carried.outcome is Carry.DROPPED:
        dropped = before.dropped_on or settled
    values = {"done_on": done, "dropped_on": dropped, "due": carried.due}
    if any(getattr(before, name) != value for name, value in values.items()):
        work.save(_changed(Agreement, before, values))


def _save_agreed(
    work: Work, start: SessionStart, entry: SessionEntry, session_id: str, day: date
) -> None:
    from schema.tables import Agreement

    for agreed in entry.agreed:
        before = start.records.get(agreed.agreement_id)
        values: dict[str, Any] = {"text": agreed.text, "owner": agreed.owner, "due": agreed.due}
        if before is None:
            values |= {
                "training_id": start.training_id,
                "origin_id": session_id,
                "agreed_on": day,
            }
        work.save(_changed(Agreement, before, values))
    kept = {agreed.agreement_id for agreed in entry.agreed}
    for agreed in start.entry.agreed:
        if agreed.agreement_id not in kept:
            work.remove(start.records[agreed.agreement_id])


def _plan_next(
    work: Work, values: Mapping[str, Any], entry: SessionEntry, next_: NextSession, this_id: str
) -> None:
    from schema.tables import Supervision

    moved = entry.status is SupervisionStatus.CANCELLED
    planned = {
        **values,
        "day": next_.day,
        "minutes": next_.minutes,
        "status": SupervisionStatus.PLANNED,
        "cancel_reason": None,
        "replaces_id": this_id if moved else None,
        "topics": [],
        "goals": [],
        "note": "",
    }
    work.save(_changed(Supervision, None, planned))


def _changed(kind: type[R], before: Record | None, values: Mapping[str, Any]) -> R:
    """Return a record with these values: a new one, or a copy of `before` at its own revision.

    The copy leaves what was read as it was, so that a save that failed can be tried again.
    """
    if before is None:
        return kind(**values)
    return kind(**{**before.model_dump(), **values})
