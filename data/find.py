"""Questions that screens, rules and commands ask of the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col, select

from data.history import batches
from data.work import Work
from schema.tables import (
    Absence,
    AccountEntry,
    Agreement,
    Assessment,
    Certificate,
    Decision,
    Education,
    ExamSitting,
    GoalMark,
    Introduction,
    Person,
    Placement,
    Record,
    Role,
    Signature,
    Supervision,
    SupportPlan,
    Talk,
    Trainee,
    Training,
    Unit,
)
from schema.text import sort_key
from schema.words import SupervisionStatus

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class TraineeRow:
    """One line of a list of doctors in training, on a given day."""

    trainee_id: str
    training_id: str
    name: str
    kind: str
    programme_id: str
    section: str
    """Section code of the placement on that day; empty when there is none."""
    unit: str
    supervisor: str
    placement_id: str
    placement_start: date | None
    placement_end: date | None
    start: date
    start_group: str


def trainee_rows(
    work: Work,
    *,
    on: date,
    text: str = "",
    everyone: bool = False,
    limit: int = 300,
) -> list[TraineeRow]:
    """Return those in training on the day `on`, sorted as Swedish readers expect.

    Args:
        text: Only those whose name, unit, supervisor or start group holds it.
        everyone: Also those who have finished or broken off.
        limit: At most so many rows; a table on screen never shows more.
    """
    supervisor = sa.orm.aliased(Person)
    now = (
        select(Placement.id)
        .where(
            Placement.training_id == Training.id,
            Placement.start <= on,
            Placement.end >= on,
        )
        .order_by(col(Placement.start).desc(), col(Placement.id))
        .limit(1)
        .correlate(Training)
        .scalar_subquery()
    )
    # Columns, not records: a third of the time for a full list.
    query = (
        sa.select(
            col(Trainee.id),
            col(Training.id),
            col(Trainee.name),
            col(Training.kind),
            col(Training.programme_id),
            col(Placement.section),
            col(Unit.name),
            col(supervisor.name),
            col(Placement.id),
            col(Placement.start),
            col(Placement.end),
            col(Training.start),
            col(Trainee.start_group),
        )
        .select_from(Trainee)
        .join(Training, col(Training.trainee_id) == col(Trainee.id))
        .outerjoin(Placement, col(Placement.id) == now)
        .outerjoin(Unit, col(Unit.id) == col(Placement.unit_id))
        .outerjoin(supervisor, col(supervisor.id) == col(Placement.supervisor_id))
        .order_by(col(Trainee.sort_key), col(Trainee.id), col(Training.start))
        .limit(limit)
    )
    if not everyone:
        query = query.where(col(Training.ended_on).is_(None))
    for word in sort_key(text).split():
        query = query.where(
            sa.or_(
                col(Trainee.sort_key).contains(word, autoescape=True),
                col(Unit.sort_key).contains(word, autoescape=True),
                col(supervisor.sort_key).contains(word, autoescape=True),
                sa.func.lower(col(Trainee.start_group)).contains(word, autoescape=True),
            )
        )
    return [_row(*found) for found in work.session.execute(query)]


def _row(
    trainee_id: str,
    training_id: str,
    name: str,
    kind: str,
    programme_id: str,
    section: str | None,
    unit: str | None,
    supervisor: str | None,
    placement_id: str | None,
    placement_start: date | None,
    placement_end: date | None,
    start: date,
    start_group: str,
) -> TraineeRow:
    """Return what was asked for, in its order; all of the placement lacks together."""
    return TraineeRow(
        trainee_id=trainee_id,
        training_id=training_id,
        name=name,
        kind=str(kind),
        programme_id=programme_id,
        section=str(section) if section else "",
        unit=unit or "",
        supervisor=supervisor or "",
        placement_id=placement_id or "",
        placement_start=placement_start,
        placement_end=placement_end,
        start=start,
        start_group=start_group,
    )


def next_sessions(work: Work, trainings: Iterable[str], *, on: date) -> dict[str, date]:
    """Return the day of the next planned session from `on` on, by training id, for those of
    `trainings` that have one.

    Asked training by training, the index leads to the few days that are to come; asked of all, the
    question went through every session that has ever been held (14 ms in a file of ten years).
    """
    coming = (
        sa.select(sa.func.min(col(Supervision.day)))
        .where(
            col(Supervision.training_id) == col(Training.id),
            col(Supervision.status) == SupervisionStatus.PLANNED,
            col(Supervision.day) >= on,
        )
        .correlate(Training)
        .scalar_subquery()
    )
    found: dict[str, date] = {}
    for part in batches(trainings):
        query = sa.select(col(Training.id), coming).where(col(Training.id).in_(part))
        found |= {id: day for id, day in work.session.execute(query) if day is not None}
    return found


def match_trainees(work: Work, text: str) -> list[Trainee]:
    """Return the doctors in training that `text` names: an id or its start, or (part of) a name.

    A name that is written whole wins over those that only hold it.
    """
    wanted = text.strip()
    by_id = work.all(Trainee, col(Trainee.id).startswith(wanted.lower(), autoescape=True))
    if wanted and by_id and len(wanted) >= 8:
        return by_id
    key = sort_key(wanted)
    if not key:
        return []
    found = work.all(
        Trainee,
        *(col(Trainee.sort_key).contains(word, autoescape=True) for word in key.split()),
        order=(col(Trainee.sort_key), col(Trainee.id)),
        limit=50,
    )
    whole = [t for t in found if t.sort_key == key]
    return whole or found


@dataclass
class Folder:
    """Everything recorded of one training, each list in the order of its days."""

    trainee: Trainee
    training: Training
    placements: list[Placement] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    goal_marks: list[GoalMark] = field(default_factory=list)
    educations: list[Education] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    accounts: list[AccountEntry] = field(default_factory=list)
    exam_sittings: list[ExamSitting] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    support_plans: list[SupportPlan] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    """By id: everyone in the register, since any of them may be chosen."""
    units: dict[str, Unit] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)

    def placement_on(self, day: date) -> Placement | None:
        """Return the placement that covers `day`; of two, the one that began last."""
        covering = [p for p in self.placements if p.start <= day <= p.end]
        return max(covering, key=lambda p: p.start) if covering else None

    def name_of(self, person_id: str | None) -> str:
        """Return a person's name, or the empty string."""
        person = self.people.get(person_id or "")
        return person.name if person else ""

    def unit_of(self, placement: Placement) -> str:
        """Return the name of a placement's unit, or the empty string."""
        unit = self.units.get(placement.unit_id or "")
        return unit.name if unit else ""

    def signatures_of(self, record_id: str) -> list[Signature]:
        """Return the signatures on a record, oldest first."""
        return self._signed.get(record_id, [])

    @cached_property
    def _signed(self) -> dict[str, list[Signature]]:
        """The signatures by the record they are on: asked for every form of a training."""
        found: dict[str, list[Signature]] = {}
        for signature in self.signatures:
            found.setdefault(signature.record_id, []).append(signature)
        return found


def folder(work: Work, training_id: str, *, forms_only: bool = False) -> Folder:
    """Return everything recorded of one training.

    Args:
        forms_only: Of the records only the assessments; a page that lists them need not wait for
            the other twenty questions (25 ms), and must not ask for what is not there.

    Raises:
        Fault: `store.no_record`.
    """
    training = work.need(Training, training_id)
    found = Folder(trainee=work.need(Trainee, training.trainee_id), training=training)

    def of(kind: type[R], *order: Any) -> list[R]:
        mine: Any = kind
        return work.all(kind, col(mine.training_id) == training_id, order=(*order, col(mine.id)))

    found.assessments = of(Assessment, col(Assessment.day))
    if forms_only:
        return found
    found.placements = of(Placement, col(Placement.start))
    found.absences = of(Absence, col(Absence.start))
    found.supervisions = of(Supervision, col(Supervision.day))
    found.agreements = of(Agreement, col(Agreement.agreed_on))
    found.goal_marks = of(GoalMark, col(GoalMark.day))
    found.educations = of(Education, col(Education.day))
    found.talks = of(Talk, sa.func.coalesce(col(Talk.held_on), col(Talk.booked_on)))
    found.introductions = of(Introduction, col(Introduction.held_on))
    found.accounts = of(AccountEntry, col(AccountEntry.paid_on))
    found.exam_sittings = of(ExamSitting, col(ExamSitting.day))
    found.decisions = of(Decision)
    found.support_plans = of(SupportPlan, col(SupportPlan.opened_on))
    found.certificates = of(Certificate, col(Certificate.issued_on))
    signable = (*found.assessments, *found.talks, *found.decisions, *found.certificates)
    found.signatures = signatures(work, [r.id for r in signable])
    found.people = {p.id: p for p in work.all(Person, order=col(Person.sort_key))}
    found.units = {u.id: u for u in work.all(Unit, order=col(Unit.sort_key))}
    found.roles = work.all(Role, order=col(Role.id))
    return found


def signatures(work: Work, record_ids: Iterable[str]) -> list[Signature]:
    """Return the signatures on these records, oldest first."""
    found: list[Signature] = []
    for part in batches(record_ids):
        found += work.all(Signature, col(Signature.record_id).in_(part))
    return sorted(found, key=lambda s: (s.at, s.id))


def trainings_of(work: Work, trainee_id: str) -> list[Training]:
    """Return a doctor's trainings, latest first."""
    return work.all(Training, Training.trainee_id == trainee_id, order=col(Training.start).desc())


def people(work: Work, text: str = "", *, limit: int = 300) -> list[Person]:
    """Return active people of the register whose name holds `text`."""
    words = [
        col(Person.sort_key).contains(word, autoescape=True) for word in sort_key(text).split()
    ]
    active = col(Person.active).is_(True)
    return work.all(Person, active, *words, order=col(Person.sort_key), limit=limit)


def units(work: Work, text: str = "", *, limit: int = 300) -> list[Unit]:
    """Return active units whose name holds `text`."""
    words = [col(Unit.sort_key).contains(w, autoescape=True) for w in sort_key(text).split()]
    return work.all(Unit, col(Unit.active).is_(True), *words, order=col(Unit.sort_key), limit=limit)
