"""Made-up records for the judge's tests: plain values with the names of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from at_tui.judge import Finding, Records, judge
from data.content import load
from schema.content.programme import Programme, find

_numbers = count(1)


def _id() -> str:
    return f"post-{next(_numbers):06}"


@dataclass(frozen=True)
class Training:
    start: date
    end: date | None = None
    norm_months: int = 18
    programme_id: str = "nationell"
    main_supervisor_id: str | None = None
    ended_on: date | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Trainee:
    degree_on: date | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Placement:
    section: str
    start: date
    end: date
    percent: int = 100
    specialty: str = ""
    unit_id: str | None = None
    supervisor_id: str | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Absence:
    kind: str
    start: date
    end: date
    percent: int = 100
    applied_on: date | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Supervision:
    day: date
    minutes: int = 60
    status: str = "held"
    form: str = "individual"
    cancel_reason: str | None = None
    topics: Sequence[str] = ()
    goals: Sequence[str] = ()
    note: str = "Gick igenom veckans fall."
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Agreement:
    origin_id: str | None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Assessment:
    instrument_id: str
    day: date
    assessor_id: str | None = None
    placement_id: str | None = None
    status: str = "signed"
    context: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Education:
    kind: str
    day: date
    minutes: int = 0
    days: float = 0
    course_id: str = ""
    planned: bool = False
    attended: bool = True
    absence_notified: bool = False
    absence_reason: str = ""
    compulsory: bool = False
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Talk:
    kind: str
    held_on: date | None = None
    booked_on: date | None = None
    placement_id: str | None = None
    status: str = "signed"
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Introduction:
    kind: str
    held_on: date | None = None
    letter_on: date | None = None
    placement_id: str | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Kollegium:
    day: date
    programme_id: str = ""
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Decision:
    kollegium_id: str
    outcome: str | None = "on_track"
    status: str = "signed"
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Entry:
    title: str
    amount_ore: int
    approved_on: date | None = None
    receipt_on: date | None = None
    paid_on: date | None = None
    capital_good: bool = False
    refused_on: date | None = None
    purpose: str = "other"
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Sitting:
    day: date
    passed: bool | None = None
    oral: bool = False
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Certificate:
    issued_on: date
    placement_id: str | None = None
    kind: str = "placement"
    status: str = "signed"
    signer_id: str | None = None
    consulted_id: str | None = None
    delegated: bool = False
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class SupportPlan:
    opened_on: date
    told: Sequence[str] = ()
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Person:
    name: str = "Nils Exempel"
    title: str = ""
    unit_id: str | None = None
    licensed: bool | None = None
    specialty: str = ""
    late_st: bool = False
    permanent: bool | None = None
    supervisor_course_on: date | None = None
    supervisor_refresher_on: date | None = None
    consultation_course_on: date | None = None
    presence_percent: int | None = None
    id: str = field(default_factory=_id)


@dataclass(frozen=True)
class Unit:
    name: str = "Vårdcentral A"
    approved_on: date | None = None
    id: str = field(default_factory=_id)


def programme(id: str) -> Programme:
    """Return a shipped programme, resolved."""
    found: Any = load("programme")
    return find(found, id)


def kollegium(*days: date) -> dict[str, Any]:
    """Return what `Records` needs for decisions on these days."""
    meetings = [Kollegium(day) for day in days]
    return {
        "kollegier": {meeting.id: meeting for meeting in meetings},
        "decisions": [Decision(meeting.id) for meeting in meetings],
    }


def verdict(records: Records, plan: Programme, id: str, on: date) -> Finding:
    """Return the finding of one requirement."""
    asked = plan.requirement(id)
    assert asked is not None, f"{plan.id} has no {id}"
    alone = plan.model_copy(update={"requirements": (asked,)})
    return judge(records, alone, on)[0]


def days_between(start: date, end: date, step: int) -> list[date]:
    """Return every `step`-th day from `start` to `end`, inclusive."""
    return [start + timedelta(days=n) for n in range(0, (end - start).days + 1, step)]
