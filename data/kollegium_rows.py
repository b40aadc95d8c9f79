"""What a kollegium looks at, as plain values: a line for each record.

The values bear the names of the tables' columns, so that the judge takes them as they are. No
SQLModel here: a screen may import this at its top. They are read by `data/kollegium.py`, are as
many as 30 000 at a time, and are therefore not frozen (a frozen one takes three times as long to
make); nobody changes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schema.text import clean


def _list(raw: str) -> list[str]:
    if raw == "[]":
        return []
    found = json.loads(raw)
    return [str(each) for each in found] if isinstance(found, list) else []


def _object(raw: str) -> dict[str, Any]:
    found = json.loads(raw)
    return found if isinstance(found, dict) else {}


@dataclass(slots=True)
class TraineeLine:
    id: str
    name: str
    sort_key: str
    start_group: str
    degree_on: date | None


@dataclass(slots=True)
class TrainingLine:
    id: str
    trainee_id: str
    kind: str
    programme_id: str
    programme_version: str
    curriculum_id: str
    curriculum_version: str
    start: date
    end: date | None
    norm_months: int
    main_supervisor_id: str | None
    ended_on: date | None
    ended_reason: str


@dataclass(slots=True)
class PlacementLine:
    id: str
    training_id: str
    section: str
    unit_id: str | None
    specialty: str
    start: date
    end: date
    percent: int
    supervisor_id: str | None
    clinical_supervisor_id: str | None


@dataclass(slots=True)
class AbsenceLine:
    id: str
    training_id: str
    kind: str
    start: date
    end: date
    percent: int
    applied_on: date | None


@dataclass(slots=True)
class SessionLine:
    """A handledningssamtal. `note` is only whether something was written: the words are
    between two people, and no kollegium's business."""

    id: str
    training_id: str
    placement_id: str | None
    supervisor_id: str | None
    day: date
    minutes: int
    status: str
    form: str
    cancel_reason: str | None
    note: str
    topics_json: str
    goals_json: str

    @property
    def topics(self) -> list[str]:
        return _list(self.topics_json)

    @property
    def goals(self) -> list[str]:
        return _list(self.goals_json)


@dataclass(slots=True)
class AgreementLine:
    id: str
    training_id: str
    origin_kind: str
    origin_id: str | None
    text: str
    owner: str
    owner_id: str | None
    agreed_on: date
    due: date | None
    done_on: date | None
    dropped_on: date | None


@dataclass(slots=True)
class AssessmentLine:
    """A filled-in instrument. Its answers are read when they are asked for."""

    id: str
    training_id: str
    placement_id: str | None
    instrument_id: str
    instrument_version: str
    variant: str
    day: date
    status: str
    assessor_id: str | None
    assessor_name: str
    context_json: str
    answers_json: str
    _context: dict[str, Any] | None = field(default=None, init=False, repr=False)
    _answers: dict[str, Any] | None = field(default=None, init=False, repr=False)

    @property
    def context(self) -> dict[str, Any]:
        # Read once: every requirement of a programme asks each form.
        if self._context is None:
            self._context = _object(self.context_json)
        return self._context

    @property
    def answers(self) -> dict[str, Any]:
        if self._answers is None:
            self._answers = _object(self.answers_json)
        return self._answers


@dataclass(slots=True)
class MarkLine:
    """Måluppfyllelse."""

    id: str
    training_id: str
    curriculum_id: str
    goal_id: str
    day: date
    withdrawn_on: date | None


@dataclass(slots=True)
class EducationLine:
    id: str
    training_id: str
    kind: str
    course_id: str
    day: date
    minutes: int
    days: float
    planned: bool
    attended: bool
    absence_notified: bool
    absence_reason: str
    compulsory: bool


@dataclass(slots=True)
class TalkLine:
    id: str
    training_id: str
    placement_id: str | None
    kind: str
    booked_on: date | None
    held_on: date | None
    status: str


@dataclass(slots=True)
class IntroductionLine:
    id: str
    training_id: str
    placement_id: str | None
    kind: str
    held_on: date | None
    letter_on: date | None


@dataclass(slots=True)
class AccountLine:
    id: str
    training_id: str
    title: str
    purpose: str
    amount_ore: int
    approved_on: date | None
    refused_on: date | None
    receipt_on: date | None
    paid_on: date | None
    capital_good: bool


@dataclass(slots=True)
class ExamLine:
    id: str
    training_id: str
    day: date
    oral: bool
    passed: bool | None


@dataclass(slots=True)
class CertificateLine:
    id: str
    training_id: str
    placement_id: str | None
    kind: str
    issued_on: date
    status: str
    signer_id: str | None
    consulted_id: str | None
    delegated: bool


@dataclass(slots=True)
class DecisionLine:
    id: str
    kollegium_id: str
    training_id: str
    outcome: str | None
    text: str
    status: str
    discussed_on: date | None
    shown_on: date | None


@dataclass(slots=True)
class PlanLine:
    """A stödplan: only those that the reader may see are ever read."""

    id: str
    training_id: str
    opened_on: date
    closed_on: date | None
    responsible_id: str | None
    told_json: str
    shown_to_json: str
    follow_ups_json: str
    followed_up_json: str

    @property
    def told(self) -> list[str]:
        return _list(self.told_json)

    @property
    def shown_to(self) -> list[str]:
        return _list(self.shown_to_json)

    @property
    def follow_ups(self) -> list[date]:
        """Days of follow-up that nothing has been written about."""
        done = _object(self.followed_up_json)
        return [date.fromisoformat(day) for day in _list(self.follow_ups_json) if day not in done]


@dataclass(slots=True)
class KollegiumLine:
    id: str
    title: str
    day: date
    programme_id: str
    closed_on: date | None
    training_ids_json: str
    reminded_json: str

    @property
    def training_ids(self) -> list[str]:
        return _list(self.training_ids_json)

    @property
    def reminded(self) -> dict[str, date]:
        """When a person or unit was last asked for what is lacking, by id."""
        return {id: date.fromisoformat(day) for id, day in _object(self.reminded_json).items()}


@dataclass(slots=True)
class PersonLine:
    id: str
    name: str
    sort_key: str
    title: str
    email: str
    unit_id: str | None
    licensed: bool | None
    specialty: str
    late_st: bool
    permanent: bool | None
    supervisor_course_on: date | None
    supervisor_refresher_on: date | None
    consultation_course_on: date | None
    presence_percent: int | None
    active: bool


@dataclass(slots=True)
class UnitLine:
    id: str
    name: str
    sort_key: str
    site: str
    region: str
    head_id: str | None
    approved_on: date | None
    active: bool


def words(value: object) -> str:
    """Return an answer's text as it may be shown; the empty string when it is none.

    The answers are read past the columns that clean text (`data/kollegium.py`), so it is done
    here, for what is shown of them.
    """
    return clean(value).strip() if isinstance(value, str) else ""
