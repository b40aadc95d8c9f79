"""Reading what a session form opens with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from at_tui.placement_weeks import MEETINGS, week_of, weeks_met
from at_tui.supervising import (
    Agreed,
    Carried,
    Carry,
    NextSession,
    SessionEntry,
    SessionFacts,
    day_held,
    next_day,
    session_to_open,
)
from schema.words import AgreementOwner, CancelReason, SupervisionForm, SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here, imported where records are
# read or made.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Agreement, Placement, Record, Supervision


@dataclass(frozen=True, slots=True)
class OpenAgreement:
    """An agreement from earlier, as it stands when the form opens."""

    id: str
    text: str
    owner: AgreementOwner
    agreed_on: date
    due: date | None
    outcome: Carry = Carry.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStart:
    """What a form opens with. `entry` is what it saves when nobody touches it."""

    training_id: str
    trainee_name: str
    kind: str
    """AT or BT."""
    curriculum: tuple[str, str]
    """Id and version of the curriculum that the training began under."""
    programme_id: str
    supervision_id: str | None
    """The recorded session, None for a new one."""
    planned_for: date | None
    """Day for which the recorded session was planned, when it was."""
    entry: SessionEntry
    carried: tuple[OpenAgreement, ...]
    facts: SessionFacts
    next_planned: date | None
    """The next session that is planned already."""
    supervisor_id: str | None
    placements: tuple[PlacedAt, ...]
    held: tuple[date, ...]
    """Days of the other sessions that were held."""
    met: tuple[date, ...]
    """Those of them at which supervisor and doctor met: not a reflection group or a mentor."""
    records: Mapping[str, Record] = field(repr=False)
    """The records that the form may change, as they were read."""

    def placement_on(self, day: date | None) -> PlacedAt | None:
        """Return the placement that covers `day`; of two, the one that began last."""
        covering = [p for p in self.placements if day and p.start <= day <= p.end]
        return max(covering, key=lambda p: p.start) if covering else None

    def number(self, day: date | None) -> int:
        """Return which held session of its placement one on `day` would be, from 1."""
        placement = self.placement_on(day)
        if placement is None or day is None:
            return 1 + sum(other <= (day or date.max) for other in self.held)
        return 1 + sum(placement.start <= other <= day for other in self.held)


@dataclass(frozen=True, slots=True)
class PlacedAt:
    """A placement, as far as a session has use of it."""

    id: str
    section: str
    start: date
    end: date
    supervisor_id: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """Weeks of the placement with a session held, as the form would leave them."""

    met: int
    begun: int


def count_weeks(
    start: SessionStart,
    status: SupervisionStatus,
    day: date | None,
    form: SupervisionForm = SupervisionForm.INDIVIDUAL,
) -> Count | None:
    """Return how many of the placement's weeks so far have a session held, this one included.

    What the programme asks for is the judge's business; this is only what has been done.
    None when the session lies in no placement.
    """
    placement = start.placement_on(day)
    if placement is None or day is None:
        return None
    counts = status is SupervisionStatus.HELD and form in MEETINGS
    met = [*start.met, day] if counts else list(start.met)
    through = min(max(start.facts.on, day), placement.end)
    return Count(*weeks_met(met, placement.start, through))


def placement_week(start: SessionStart, day: date | None) -> tuple[int, int] | None:
    """Return which week of how many of its placement `day` lies in."""
    placement = start.placement_on(day)
    if placement is None or day is None:
        return None
    return week_of(day, placement.start), week_of(placement.end, placement.start)


def draft_key(training_id: str, supervision_id: str | None) -> str:
    """Return the key under which the form's draft is kept."""
    return f"session:{training_id}:{supervision_id or 'new'}"


def open_session(
    work: Work,
    training_id: str,
    supervision_id: str | None = None,
    *,
    on: date,
    blank: bool = False,
) -> SessionStart:
    """Return what the form opens with.

    Args:
        supervision_id: The session to open; None takes this week's planned one.
        blank: None above means a session of its own, whatever is planned.

    Raises:
        Fault: `store.no_record`.
    """
    from schema.tables import Agreement, Placement, Supervision, Trainee, Training

    training = work.need(Training, training_id)
    trainee = work.need(Trainee, training.trainee_id)
    placements = sorted(
        work.all(Placement, Placement.training_id == training_id), key=lambda p: p.start
    )
    sessions = sorted(
        work.all(Supervision, Supervision.training_id == training_id), key=lambda s: s.day
    )
    agreements = sorted(
        work.all(Agreement, Agreement.training_id == training_id),
        key=lambda a: (a.agreed_on, a.id),
    )
    this: Supervision | None
    if supervision_id is not None:
        this = work.need(Supervision, supervision_id)
    else:
        this = None if blank else session_to_open(sessions, on)
    others = [s for s in sessions if this is None or s.id != this.id]
    carried = _carried(agreements, this)
    made = [a for a in agreements if this is not None and a.origin_id == this.id]
    records: dict[str, Record] = {a.id: a for a in agreements}
    if this is not None:
        records[this.id] = this
    planned = [s.day for s in others if s.status == SupervisionStatus.PLANNED and s.day >= on]
    entry = _entry(this, others, carried, made, planned, on)
    reached = entry.day or on
    return SessionStart(
        training_id=training_id,
        trainee_name=trainee.name,
        kind=str(training.kind),
        curriculum=(training.curriculum_id, training.curriculum_version),
        programme_id=training.programme_id,
        supervision_id=this.id if this else None,
        planned_for=this.day if this and this.status == SupervisionStatus.PLANNED else None,
        entry=entry,
        carried=carried,
        facts=SessionFacts(
            on=on,
            training_start=training.start,
            training_ended=training.ended_on,
            first_placement=placements[0].start if placements else None,
            taken=_taken(others),
        ),
        next_planned=min((day for day in planned if day > reached), default=None),
        supervisor_id=this.supervisor_id if this else None,
        placements=tuple(_placed(p) for p in placements),
        held=tuple(s.day for s in others if s.status == SupervisionStatus.HELD),
        met=tuple(
            s.day for s in others if s.status == SupervisionStatus.HELD and s.form in MEETINGS
        ),
        records=records,
    )


def _entry(
    this: Supervision | None,
    others: Sequence[Supervision],
    carried: Sequence[OpenAgreement],
    made: Sequence[Agreement],
    planned: Sequence[date],
    on: date,
) -> SessionEntry:
    """Return what the form holds at first: a planned session as held, a recorded one as it is."""
    opens = tuple(Carried(a.id, a.outcome, a.due) for a in carried)
    agreed = tuple(Agreed(a.text, AgreementOwner(a.owner), a.due, a.id) for a in made)
    if this is not None and this.status != SupervisionStatus.PLANNED:
        return SessionEntry(
            status=SupervisionStatus(this.status),
            day=this.day,
            minutes=this.minutes,
            form=SupervisionForm(this.form),
            cancel_reason=CancelReason(this.cancel_reason) if this.cancel_reason else None,
            topics=tuple(this.topics),
            goals=tuple(this.goals),
            note=this.note,
            carried=opens,
            agreed=agreed,
        )
    usual = [s for s in others if s.form == SupervisionForm.INDIVIDUAL]
    minutes = this.minutes if this else (usual[-1].minutes if usual else _first_length())
    # The rhythm is the planned day's, even when the session was held some days late.
    next_ = next_day(this.day if this else on, planned, on=on)
    return SessionEntry(
        status=SupervisionStatus.HELD,
        day=day_held(this.day, on) if this else on,
        minutes=minutes,
        form=SupervisionForm(this.form) if this else SupervisionForm.INDIVIDUAL,
        topics=tuple(this.topics) if this else (),
        goals=tuple(this.goals) if this else (),
        note=this.note if this else "",
        carried=opens,
        agreed=agreed,
        next=NextSession(next_, minutes) if next_ else None,
    )


def _carried(
    agreements: Sequence[Agreement], this: Supervision | None
) -> tuple[OpenAgreement, ...]:
    """Return the agreements from earlier that are open, or were settled in this very session."""
    recorded = this if this and this.status != SupervisionStatus.PLANNED else None
    found: list[OpenAgreement] = []
    for a in agreements:
        outcome = Carry.DONE if a.done_on else Carry.DROPPED if a.dropped_on else Carry.OPEN
        settled = a.done_on or a.dropped_on
        if this is not None and a.origin_id == this.id:
            continue
        if recorded is not None and a.agreed_on > recorded.day:
            continue
        if settled is None or (recorded is not None and settled == recorded.day):
            owner = AgreementOwner(a.owner)
            found.append(OpenAgreement(a.id, a.text, owner, a.agreed_on, a.due, outcome))
    return tuple(found)


def _taken(others: Sequence[Supervision]) -> dict[tuple[date, str], str]:
    taken: dict[tuple[date, str], str] = {}
    for session in others:
        place = (session.day, str(session.form))
        if session.status == SupervisionStatus.HELD:
            taken[place] = SupervisionStatus.HELD
        elif session.status == SupervisionStatus.PLANNED:
            taken.setdefault(place, SupervisionStatus.PLANNED)
    return taken


def _placed(placement: Placement) -> PlacedAt:
    return PlacedAt(
        placement.id,
        str(placement.section),
        placement.start,
        placement.end,
        placement.supervisor_id,
    )


def _first_length() -> int:
    """Return how long a session is taken to be for someone who has had none yet, in minutes."""
    from at_tui import settings

    return int(settings.load()["session_minutes"])
