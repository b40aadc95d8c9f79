"""What the pages about account and leave show: one training, or all who are in service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from at_tui.accounts.balance import Balance, Line, State, balance
from at_tui.accounts.leave import LeaveAccount, course_leave, exam_leave
from at_tui.accounts.rules import account_rule, document_of, leave_rule
from at_tui.standing import plan_of
from schema.fault import Fault
from schema.text import sort_key

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.store import Store
    from data.work import Work
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import Account, Leave
    from schema.tables import Absence, AccountEntry, ExamSitting, Trainee, Training


@dataclass(frozen=True)
class Purse:
    """One training's account and leave, on a day. What the plan does not grant is None."""

    trainee: Trainee
    training: Training
    plan: Programme
    on: date
    account: Account | None
    balance: Balance | None
    course: LeaveAccount | None
    exam_rule: Leave | None
    exam: tuple[tuple[date, LeaveAccount], ...] = ()
    """For each sitting, its day and the leave before it."""
    people: dict[str, str] = field(default_factory=dict)
    """Names by id."""
    stray: tuple[AccountEntry, ...] = ()
    """Purchases that were entered though the plan has no account."""

    @property
    def in_force(self) -> bool:
        """Whether the plan's own validity lasts."""
        return self.plan.valid_to is None or self.on <= self.plan.valid_to

    @property
    def grants_nothing(self) -> bool:
        """Whether the plan has neither an account nor paid leave."""
        return not (self.account or self.course or self.exam_rule)

    @property
    def source(self) -> str:
        """The document that the account, or else the leave, is taken from."""
        rule = self.account or (self.course.rule if self.course else self.exam_rule)
        document = document_of(self.plan, rule) if rule else None
        return document.title if document else ""

    @property
    def waiting(self) -> int:
        """How many applications nobody has answered."""
        count = sum(line.state is State.WAITING for line in self.lines)
        return count + sum(line.waiting for leave in self.leaves for line in leave.lines)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The purchases."""
        return self.balance.lines if self.balance else ()

    @property
    def leaves(self) -> tuple[LeaveAccount, ...]:
        """The leave of every sort."""
        found = (self.course,) if self.course else ()
        return (*found, *(leave for _, leave in self.exam))


def purse(store: Store, training_id: str, on: date, *, folder: Path | None = None) -> Purse:
    """Return one training's account and leave on the day `on`.

    Raises:
        Fault: `store.*`, or `programme.*` when its plan is not there.
    """
    from sqlmodel import col

    from schema.tables import Absence, AccountEntry, ExamSitting, Person, Trainee, Training

    with store.read() as work:
        training = work.need(Training, training_id)
        trainee = work.need(Trainee, training.trainee_id)
        mine = [training.id]
        entries = _of(work, AccountEntry, mine)[training.id]
        absences = _of(work, Absence, mine)[training.id]
        sittings = _of(work, ExamSitting, mine)[training.id]
        people = {p.id: p.name for p in work.all(Person, order=col(Person.sort_key))}
    plan, _ = plan_of(training.programme_id, training.programme_version, folder=folder)
    return _purse(trainee, training, plan, on, entries, absences, sittings, people)


def purses(store: Store, on: date, *, folder: Path | None = None) -> list[Purse]:
    """Return everyone in service whose plan grants something: those with applications that wait
    first, then by name. Slow with many: call it in a thread.

    Raises:
        Fault: `store.*`.
    """
    from schema.tables import Absence, AccountEntry, ExamSitting, Person, Trainee

    with store.read() as work:
        trainings = in_service(work, on)
        ids = [training.id for training in trainings]
        trainees = {trainee.id: trainee for trainee in work.all(Trainee)}
        entries, absences = _of(work, AccountEntry, ids), _of(work, Absence, ids)
        sittings = _of(work, ExamSitting, ids)
        people = {person.id: person.name for person in work.all(Person)}
    plans: dict[tuple[str, str], Programme | None] = {}
    found = []
    for training in trainings:
        key = (training.programme_id, training.programme_version)
        if key not in plans:
            plans[key] = _plan(*key, folder)
        plan = plans[key]
        if plan is None:
            continue
        one = _purse(
            trainees[training.trainee_id],
            training,
            plan,
            on,
            entries[training.id],
            absences[training.id],
            sittings[training.id],
            people,
        )
        if not one.grants_nothing:
            found.append(one)
    return sorted(found, key=lambda p: (not p.waiting, sort_key(p.trainee.name), p.training.id))


def in_service(work: Work, on: date) -> list[Training]:
    """Return the trainings that have begun and not been ended on the day `on`."""
    from sqlmodel import col

    from data.kollegium import OVERDUE
    from schema.tables import Training

    found = work.all(
        Training, col(Training.ended_on).is_(None), col(Training.start) <= on, order=Training.start
    )
    return [t for t in found if t.end is None or t.end >= on - OVERDUE]


def _plan(id: str, version: str, folder: Path | None) -> Programme | None:
    try:
        return plan_of(id, version, folder=folder)[0]
    except Fault:
        return None


def _of(work: Work, kind: Any, ids: Sequence[str]) -> dict[str, list[Any]]:
    from data.history import batches

    found: dict[str, list[Any]] = {id: [] for id in ids}
    for part in batches(ids):
        for record in work.all(kind, kind.training_id.in_(part)):
            found[record.training_id].append(record)
    return found


def _purse(
    trainee: Trainee,
    training: Training,
    plan: Programme,
    on: date,
    entries: Sequence[AccountEntry],
    absences: Sequence[Absence],
    sittings: Sequence[ExamSitting],
    people: dict[str, str],
) -> Purse:
    rule = account_rule(plan, training.start, on)
    course = leave_rule(plan, "course", training.start, on)
    exam = leave_rule(plan, "exam", training.start, on)
    days = sorted(s.day for s in sittings if not s.oral)
    return Purse(
        trainee,
        training,
        plan,
        on,
        rule,
        balance(rule, entries, on) if rule else None,
        course_leave(course, absences, days if exam else ()) if course else None,
        exam,
        tuple((day, exam_leave(exam, absences, day)) for day in days) if exam else (),
        people,
        () if rule else tuple(sorted(entries, key=lambda e: (e.applied_on or date.min, e.id))),
    )
