"""What a meeting decided, as its minutes tell it, and the slip that each person gets back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from at_tui.kind_words import of_kind
from at_tui.kollegium.meetings import Attendee, attendees_of
from at_tui.language import text
from schema.text import sort_key
from schema.words import AgreementOwner, LockStatus, Meaning, Outcome

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.kollegium_shelf import Binder, Shelf
    from data.work import Work
    from schema.tables import Agreement, Decision, Kollegium


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One action as it is printed."""

    text: str
    owner: str
    """A name, or whose it is in a word."""
    owner_id: str
    """The person's id; the trainee's for what is the doctor's own; empty when nobody is named."""
    due: date | None
    done_on: date | None = None
    dropped_on: date | None = None
    agreement_id: str = ""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What the meeting decided about one doctor."""

    training_id: str
    trainee_id: str
    name: str
    section: str
    unit: str
    supervisor_id: str
    supervisor: str
    outcome: Outcome | None
    text: str
    taken_up: bool
    """Whether the page was on the screen of the meeting."""
    proposal: Outcome | None
    """What the rules had proposed."""
    actions: tuple[AgreedLine, ...]
    decision_id: str = ""
    """Empty when there is no decision to correct."""
    correction: str = ""
    """Why it was corrected after the meeting; empty when it was not."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting as its minutes tell it. Stödplaner are never in it."""

    meeting_id: str
    title: str
    day: date
    starts_at: str
    place: str
    chair: str
    attendance: tuple[Attendee, ...]
    evidence_on: date
    closed_on: date | None
    note: str
    lines: tuple[DecidedLine, ...]
    """In the order of the meeting."""
    rules: str
    """Id and version of the rules that sorted the cases; empty when nothing was frozen."""
    versions: int
    """How many versions of records the evidence is frozen as."""
    signed_by: str
    next_day: date | None
    region: str
    history: str

    def count(self, outcome: Outcome | None) -> int:
        """Return how many got this outcome; None: were not decided."""
        return sum(line.outcome is outcome for line in self.lines)


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person gets back from a meeting."""

    title: str
    day: date
    to: str
    to_id: str
    for_doctor: bool
    """Whether it is the doctor's own."""
    lines: tuple[DecidedLine, ...]
    next_day: date | None
    region: str


def minutes_of(work: Work, meeting_id: str, on: date) -> Minutes:
    """Return a meeting's minutes, as of the day `on` for what has been done since.

    Raises:
        Fault: `store.no_record`.
    """
    from data.kollegium import agreements_from, decisions_of, read_shelf
    from schema.tables import FrozenEvidence, Kollegium

    meeting = work.need(Kollegium, meeting_id)
    decisions = {d.training_id: d for d in decisions_of(work, meeting_id)}
    order = list(dict.fromkeys([*meeting.training_ids, *decisions]))
    shelf = read_shelf(work, on=meeting.day, training_ids=order)
    agreed: dict[str, list[Agreement]] = {}
    for agreement in agreements_from(work, [d.id for d in decisions.values()]):
        agreed.setdefault(agreement.origin_id or "", []).append(agreement)
    kept = {
        each.training_id: each
        for each in work.all(FrozenEvidence, FrozenEvidence.kollegium_id == meeting_id)
    }
    lines = [
        _line(shelf, id, decisions.get(id), agreed, kept[id].proposal if id in kept else None)
        for id in order
        if shelf.binder(id) is not None
    ]
    one = next(iter(kept.values()), None)
    return Minutes(
        meeting_id=meeting.id,
        title=meeting.title,
        day=meeting.day,
        starts_at=meeting.starts_at,
        place=meeting.place,
        chair=shelf.person(meeting.chair_id),
        attendance=tuple(attendees_of(meeting)),
        evidence_on=meeting.evidence_on or meeting.day,
        closed_on=meeting.closed_on,
        note=meeting.note,
        lines=tuple(lines),
        rules=f"{one.rules_id} {one.rules_version}" if one else "",
        versions=sum(len(each.versions) for each in kept.values()),
        signed_by=_signed_by(work, decisions.values()),
        next_day=_next_day(work, meeting, on),
        region=region_of(shelf),
        history=shelf.history,
    )


def _line(
    shelf: Shelf,
    training_id: str,
    decision: Decision | None,
    agreed: dict[str, list[Agreement]],
    proposal: Outcome | None,
) -> DecidedLine:
    binder = shelf.binder(training_id)
    assert binder is not None  # noqa: S101 - the caller has asked
    stay = binder.placement_on(shelf.on)
    outcome = decision.outcome if decision else None
    return DecidedLine(
        training_id=training_id,
        trainee_id=binder.trainee.id,
        name=binder.name,
        section=stay.section if stay else "",
        unit=shelf.unit(stay.unit_id) if stay else "",
        supervisor_id=(stay.supervisor_id or "") if stay else "",
        supervisor=shelf.person(stay.supervisor_id) if stay else "",
        outcome=Outcome(outcome) if outcome else None,
        text=decision.text if decision else "",
        taken_up=decision is not None and decision.discussed_on is not None,
        proposal=proposal,
        actions=tuple(
            _agreed(shelf, each, binder, (stay.supervisor_id if stay else "") or "")
            for each in (agreed.get(decision.id, []) if decision else [])
        ),
        decision_id=decision.id if decision and decision.status == LockStatus.SIGNED else "",
        correction=decision.correction_reason if decision else "",
    )


def _agreed(shelf: Shelf, agreement: Agreement, binder: Binder, supervisor_id: str) -> AgreedLine:
    owner_id = agreement.owner_id or ""
    if not owner_id and agreement.owner == AgreementOwner.SUPERVISOR:
        # "Handledaren" is whoever supervised on the day of the meeting.
        owner_id = supervisor_id
    own = agreement.owner == AgreementOwner.TRAINEE
    return AgreedLine(
        text=agreement.text,
        owner=shelf.person(owner_id)
        or of_kind(text(f"word.owner.{agreement.owner}"), binder.training.kind),
        owner_id=binder.trainee.id if own else owner_id,
        due=agreement.due,
        done_on=agreement.done_on,
        dropped_on=agreement.dropped_on,
        agreement_id=agreement.id,
    )


def _signed_by(work: Work, decisions: Iterable[Decision]) -> str:
    from data.find import signatures

    signed = signatures(work, [d.id for d in decisions if d.status == LockStatus.SIGNED])
    names = list(dict.fromkeys(s.signer_name for s in signed if s.meaning != Meaning.TAKES_PART))
    return ", ".join(names)


def _next_day(work: Work, meeting: Kollegium, on: date) -> date | None:
    """Return the day of the next meeting: one that is set up, else the next of the series."""
    from at_tui.kollegium.series import slots
    from schema.tables import Kollegium, MeetingSeries

    ahead = [m.day for m in work.all(Kollegium) if m.day > meeting.day and m.closed_on is None]
    if ahead:
        return min(ahead)
    series = work.get(MeetingSeries, meeting.series_id) if meeting.series_id else None
    if series is None:
        return None
    found = slots(series, max(on, meeting.day + timedelta(days=1)), 2)
    return next((slot.day for slot in found if slot.period != meeting.period), None)


def region_of(shelf: Shelf) -> str:
    """Return the region that most units name."""
    named = [unit.region for unit in shelf.units.values() if unit.region]
    return max(sorted(set(named)), key=named.count, default="")


def supervisor_slips(minutes: Minutes) -> list[Slip]:
    """Return a slip for each supervisor: their own doctors, and what they themselves are to do
    for others."""
    names = {line.supervisor_id: line.supervisor for line in minutes.lines if line.supervisor_id}
    names |= {
        action.owner_id: action.owner
        for line in minutes.lines
        for action in line.actions
        if action.owner_id and action.owner_id != line.trainee_id
    }
    found = []
    for person_id, name in names.items():
        lines = [_for_supervisor(line, person_id) for line in minutes.lines]
        mine = tuple(line for line in lines if line is not None)
        if mine:
            found.append(_slip(minutes, name, person_id, mine, for_doctor=False))
    return sorted(found, key=lambda slip: sort_key(slip.to))


def _for_supervisor(line: DecidedLine, person_id: str) -> DecidedLine | None:
    """Return all about their own doctor; of another's only what they are to do themselves."""
    if line.supervisor_id == person_id:
        return line if line.outcome or line.actions or line.text else None
    theirs = tuple(a for a in line.actions if a.owner_id == person_id)
    return replace(line, outcome=None, text="", proposal=None, actions=theirs) if theirs else None


def doctor_slips(minutes: Minutes) -> list[Slip]:
    """Return a slip for each doctor whom the meeting decided something about."""
    found = [
        _slip(minutes, line.name, line.trainee_id, (line,), for_doctor=True)
        for line in minutes.lines
        if line.outcome is not None or line.actions
    ]
    return sorted(found, key=lambda slip: sort_key(slip.to))


def _slip(
    minutes: Minutes, to: str, to_id: str, lines: Sequence[DecidedLine], *, for_doctor: bool
) -> Slip:
    return Slip(
        title=minutes.title,
        day=minutes.day,
        to=to,
        to_id=to_id,
        for_doctor=for_doctor,
        lines=tuple(lines),
        next_day=minutes.next_day,
        region=minutes.region,
    )
