"""The rules of a handledningssamtal: what a form opens with, and what may be saved.

Pure: values in, values out. Reading and writing the records is `session_records.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from at_tui.problem import Problem
from schema.personnummer import Hit, find_sensitive
from schema.text import LINE, NOTE, clean
from schema.words import AgreementOwner, CancelReason, SupervisionForm, SupervisionStatus

WEEK = timedelta(days=7)
SHORTEST, LONGEST = 1, 480
"""Minutes of a session."""
USUAL = 60
"""Minutes proposed when no session has been held or planned before."""
MOST_CARRIED = 9
"""Agreements from last time that have a digit of their own."""
REACH_BACK = timedelta(days=14)
"""How long a planned session that nobody has logged is proposed when a form is opened."""


class Carry(StrEnum):
    """What became of an agreement from last time."""

    OPEN = "open"
    """Not done: it moves to the next session."""
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Carried:
    """An agreement from an earlier session, as it is left in this one."""

    agreement_id: str
    outcome: Carry = Carry.OPEN
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement made in this session. `agreement_id` is empty until it has been saved."""

    text: str
    owner: AgreementOwner = AgreementOwner.TRAINEE
    due: date | None = None
    agreement_id: str = ""


@dataclass(frozen=True, slots=True)
class NextSession:
    """The session planned in the same save; for a cancelled one its new time."""

    day: date | None
    minutes: int | None = USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """A filled-in form. `day` and `minutes` are None when what was typed cannot be read."""

    status: SupervisionStatus
    day: date | None
    minutes: int | None
    form: SupervisionForm = SupervisionForm.INDIVIDUAL
    cancel_reason: CancelReason | None = None
    topics: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    note: str = ""
    carried: tuple[Carried, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    next: NextSession | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What the rules look at beside the form: the training and its other sessions."""

    on: date
    training_start: date
    training_ended: date | None = None
    """Last day of a training that is finished or broken off."""
    first_placement: date | None = None
    taken: Mapping[tuple[date, str], str] = field(default_factory=dict)
    """Status of the other sessions that are held or planned, by day and form."""


class SessionLike(Protocol):
    """What is read of a recorded session."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def status(self) -> str: ...
    @property
    def form(self) -> str: ...


S = TypeVar("S", bound=SessionLike)


def session_to_open(sessions: Iterable[S], on: date) -> S | None:
    """Return the planned session that a form opened on `on` is most likely about.

    This week's: the latest that should have been held, else the first to come. Otherwise the
    latest of the last fourteen days that nobody has logged. None means a session of its own.
    """
    planned = [s for s in sessions if s.status == SupervisionStatus.PLANNED]
    monday = on - timedelta(days=on.weekday())
    due = [s for s in planned if on - REACH_BACK <= s.day <= on]
    this_week = [s for s in due if s.day >= monday]
    coming = [s for s in planned if on < s.day < monday + WEEK]
    if this_week:
        return max(this_week, key=lambda s: s.day)
    if coming:
        return min(coming, key=lambda s: s.day)
    return max(due, key=lambda s: s.day, default=None)


def day_held(planned: date, on: date) -> date:
    """Return the day that a planned session is proposed to have been held on: never ahead."""
    return min(planned, on)


def next_day(day: date, planned: Collection[date], *, on: date) -> date | None:
    """Return the day proposed for the next session: a week later, never in the past.

    None when one is planned already.
    """
    if any(other > day for other in planned):
        return None
    proposed = day + WEEK
    while proposed < on:
        proposed += WEEK
    return proposed


def check_session(entry: SessionEntry, facts: SessionFacts) -> list[Problem]:
    """Return everything that stops the form from being saved, each by its field."""
    found = [*_about_the_day(entry, facts), *_about_the_length("minutes", entry.minutes)]
    if entry.status is SupervisionStatus.CANCELLED and entry.cancel_reason is None:
        found.append(Problem("cancel_reason", "session.reason_missing"))
    if len(entry.note) > NOTE:
        found.append(Problem("note", "session.note_long", {"length": len(entry.note)}))
    for place, agreed in enumerate(entry.agreed):
        found += _about_the_agreement(place, agreed, entry.day)
    if entry.next is not None:
        found += _about_the_next(entry, entry.next, facts)
    return found


def _about_the_day(entry: SessionEntry, facts: SessionFacts) -> list[Problem]:
    day = entry.day
    if day is None:
        return [Problem("day", "session.day_missing")]
    values = {"day": day}
    if entry.status is SupervisionStatus.HELD and day > facts.on:
        return [Problem("day", "session.held_ahead", values)]
    if entry.status is SupervisionStatus.PLANNED and day < facts.on:
        return [Problem("day", "session.planned_back", values)]
    if problem := _outside_training("day", day, facts):
        return [problem]
    if entry.status is SupervisionStatus.CANCELLED:
        return []
    other = facts.taken.get((day, entry.form))
    if other == SupervisionStatus.HELD:
        return [Problem("day", "session.held_twice", values)]
    if other == SupervisionStatus.PLANNED and entry.status is SupervisionStatus.PLANNED:
        return [Problem("day", "session.planned_twice", values)]
    return []


def _outside_training(name: str, day: date, facts: SessionFacts) -> Problem | None:
    if day < facts.training_start:
        return Problem(name, "session.before_training", {"start": facts.training_start})
    if facts.first_placement and day < facts.first_placement:
        return Problem(name, "session.before_placement", {"start": facts.first_placement})
    if facts.training_ended and day > facts.training_ended:
        return Problem(name, "session.after_training", {"end": facts.training_ended})
    return None


def _about_the_length(name: str, minutes: int | None) -> list[Problem]:
    if minutes is None:
        return [Problem(name, "session.minutes_missing")]
    if minutes < SHORTEST:
        return [Problem(name, "session.minutes_none")]
    if minutes > LONGEST:
        return [Problem(name, "session.minutes_many", {"minutes": minutes, "most": LONGEST})]
    return []


def _about_the_agreement(place: int, agreed: Agreed, day: date | None) -> list[Problem]:
    name = f"agreed_{place}"
    text = clean(agreed.text, one_line=True)
    if not text:
        return [Problem(name, "session.agreed_empty")]
    if len(text) > LINE:
        return [Problem(name, "session.agreed_long", {"length": len(text), "most": LINE})]
    if agreed.due and day and agreed.due < day:
        return [Problem(name, "session.agreed_due_back", {"due": agreed.due})]
    return []


def _about_the_next(entry: SessionEntry, next_: NextSession, facts: SessionFacts) -> list[Problem]:
    found = _about_the_length("next_minutes", next_.minutes)
    day = next_.day
    if day is None:
        return [Problem("next_day", "session.day_missing"), *found]
    if day < facts.on:
        found.insert(0, Problem("next_day", "session.planned_back", {"day": day}))
    elif entry.day and day <= entry.day and entry.status is not SupervisionStatus.CANCELLED:
        found.insert(0, Problem("next_day", "session.next_before", {"day": day}))
    elif problem := _outside_training("next_day", day, facts):
        found.insert(0, problem)
    elif (day, entry.form) in facts.taken:
        found.insert(0, Problem("next_day", "session.planned_twice", {"day": day}))
    return found


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Text in a form that may point at a patient: which field, and what was found there."""

    field: str
    hit: Hit
    excerpt: str


def find_in_entry(entry: SessionEntry) -> list[Sensitive]:
    """Return what the user must be asked about before the form is saved."""
    texts = [("note", entry.note)]
    texts += [(f"agreed_{place}", agreed.text) for place, agreed in enumerate(entry.agreed)]
    return [
        Sensitive(name, hit, text[hit.start : hit.end])
        for name, text in texts
        for hit in find_sensitive(text)
    ]


def toggle(chosen: Sequence[str], letter: str) -> tuple[str, ...]:
    """Return the chosen letters with `letter` taken away, or added last."""
    if letter in chosen:
        return tuple(other for other in chosen if other != letter)
    return (*chosen, letter)
