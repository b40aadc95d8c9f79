"""The kollegium's questions to the records: many doctors at a time, few questions.

A cohort of 120 is read by one question a table, whatever its size, into the plain values of
`data/kollegium_rows.py`; rows of the tables' own classes would take some four times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from data import ballot_box
from data.history import batches, last_of
from data.kollegium_rows import (
    AbsenceLine,
    AccountLine,
    AgreementLine,
    AssessmentLine,
    CertificateLine,
    DecisionLine,
    EducationLine,
    ExamLine,
    IntroductionLine,
    KollegiumLine,
    MarkLine,
    PersonLine,
    PlacementLine,
    PlanLine,
    SessionLine,
    TalkLine,
    TraineeLine,
    TrainingLine,
    UnitLine,
)
from data.kollegium_shelf import Binder, Shelf
from data.work import Work
from schema.columns import Choice, Json
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
    Head,
    Introduction,
    Kollegium,
    Person,
    Placement,
    Supervision,
    SupportPlan,
    Talk,
    Trainee,
    Training,
    Unit,
    Version,
)

OVERDUE = timedelta(days=60)
"""A training whose last day lies further back is not in service, also when nobody has ended it."""

L = TypeVar("L")

# Table, its line, the list of the binder, and what the list is ordered by.
_KINDS: tuple[tuple[Any, Any, str, tuple[str, ...]], ...] = (
    (Placement, PlacementLine, "placements", ("start",)),
    (Absence, AbsenceLine, "absences", ("start",)),
    (Supervision, SessionLine, "sessions", ("day",)),
    (Agreement, AgreementLine, "agreements", ("agreed_on",)),
    (Assessment, AssessmentLine, "assessments", ("day",)),
    (GoalMark, MarkLine, "marks", ("day",)),
    (Education, EducationLine, "educations", ("day",)),
    (Talk, TalkLine, "talks", ()),
    (Introduction, IntroductionLine, "introductions", ()),
    (AccountEntry, AccountLine, "accounts", ()),
    (ExamSitting, ExamLine, "exams", ("day",)),
    (Certificate, CertificateLine, "certificates", ("issued_on",)),
    (Decision, DecisionLine, "decisions", ()),
)


def read_shelf(
    work: Work,
    *,
    on: date,
    training_ids: Sequence[str] | None = None,
    everyone: bool = False,
    may_see: Callable[[PlanLine], bool] | None = None,
) -> Shelf:
    """Return the binders of those in service on the day `on`.

    A doctor with two trainings in force on the same day has one binder, of the training that
    began last; the other stands in `Binder.others`.

    Args:
        training_ids: These trainings instead, also those who have left; unknown ids are passed by.
        everyone: Also those who have finished, and those who have not begun.
        may_see: Which stödplaner the reader may see; without it none is read.
    """
    work.flush()
    shelf = Shelf(on=on)
    shelf.binders = _binders(work, on, training_ids, everyone)
    by_training = {binder.id: binder for binder in shelf.binders}
    for kind, line, name, order in _KINDS:
        for record in _of(work, kind, line, by_training, order):
            getattr(by_training[record.training_id], name).append(record)
    for plan in _of(work, SupportPlan, PlanLine, by_training, ("opened_on",)):
        if may_see is not None and may_see(plan):
            by_training[plan.training_id].plans.append(plan)
        else:
            shelf.unread_plans += 1
    shelf.doctors = frozenset(row[0] for row in _rows(work, sa.select(col(Trainee.name))))
    shelf.people = {p.id: p for p in _all(work, Person, PersonLine)}
    shelf.units = {u.id: u for u in _all(work, Unit, UnitLine)}
    shelf.kollegier = {k.id: k for k in _all(work, Kollegium, KollegiumLine)}
    for binder in shelf.binders:
        binder.decisions.sort(key=lambda d: (_day_of(shelf, d), d.id))
    shelf.evaluations = ballot_box.counts(work)
    shelf.history = last_of(work.session, work.fact("node"))[1]
    return shelf


def _day_of(shelf: Shelf, decision: DecisionLine) -> date:
    meeting = shelf.kollegier.get(decision.kollegium_id)
    return meeting.day if meeting else date.min


def _binders(
    work: Work, on: date, training_ids: Sequence[str] | None, everyone: bool
) -> list[Binder]:
    query = sa.select(*_columns(Training, TrainingLine), *_columns(Trainee, TraineeLine)).join_from(
        Training, Trainee, col(Trainee.id) == col(Training.trainee_id)
    )
    rows: list[Any] = []
    if training_ids is not None:
        for part in batches(dict.fromkeys(training_ids)):
            rows += _rows(work, query.where(col(Training.id).in_(part)))
    elif everyone:
        rows += _rows(work, query)
    else:
        rows += _rows(work, query.where(*_in_service(on)))
    width = len(_names(TrainingLine))
    found = [
        Binder(training=TrainingLine(*row[:width]), trainee=TraineeLine(*row[width:]))
        for row in rows
    ]
    if training_ids is not None:
        return sorted(found, key=_by_name)
    return _one_each(found, on)


def _in_service(on: date) -> tuple[Any, ...]:
    last = (
        sa.select(sa.func.max(col(Placement.end)))
        .where(col(Placement.training_id) == col(Training.id))
        .correlate(Training)
        .scalar_subquery()
    )
    end = sa.func.coalesce(col(Training.end), last)
    return (
        col(Training.start) <= on,
        sa.or_(col(Training.ended_on).is_(None), col(Training.ended_on) >= on),
        sa.or_(end.is_(None), end >= on - OVERDUE),
    )


def _by_name(binder: Binder) -> tuple[str, str, date]:
    return (binder.trainee.sort_key, binder.trainee.id, binder.training.start)


def _one_each(found: list[Binder], on: date) -> list[Binder]:
    """Return one binder a doctor, of the training that began last."""
    chosen: dict[str, Binder] = {}
    for binder in sorted(found, key=lambda b: (b.training.start > on, -b.training.start.toordinal(),
                                               b.id)):  # fmt: skip
        known = chosen.setdefault(binder.trainee.id, binder)
        if known is not binder and _in_force(known.training, on) and _in_force(binder.training, on):
            known.others.append(binder.training)
    return sorted(chosen.values(), key=_by_name)


def _in_force(training: TrainingLine, on: date) -> bool:
    ended = training.ended_on or training.end
    return training.start <= on and (ended is None or ended >= on)


def _names(line: Any) -> list[str]:
    return [each.name for each in fields(line) if each.init]


def _columns(kind: Any, line: Any) -> list[Any]:
    """Return the table's columns that a line holds, in its order.

    Closed words, JSON, ids and versions come as they stand in the file, past the types that clean
    text: the lines compare them, and read JSON when it is asked for. That is half the time.
    """
    columns = kind.__table__.c
    found = []
    for name in _names(line):
        if kind is Supervision and name == "note":
            written = sa.case((columns.note == "", ""), else_="*")
            found.append(sa.type_coerce(written, sa.Unicode))
            continue
        column = columns[name.removesuffix("_json")]
        bare = isinstance(column.type, Choice | Json) or name.endswith(("_id", "_version"))
        found.append(sa.type_coerce(column, sa.Unicode) if bare else column)
    return found


def _rows(work: Work, query: Any) -> Any:
    """Return a question's rows, past the session: it would look for records in each of them."""
    return work.session.connection().execute(query)


def _of(
    work: Work, kind: Any, line: type[L], trainings: Iterable[str], order: tuple[str, ...]
) -> list[L]:
    columns = kind.__table__.c
    query = sa.select(*_columns(kind, line)).order_by(*(columns[n] for n in (*order, "id")))
    found: list[L] = []
    for part in batches(trainings):
        asked = query.where(columns.training_id.in_(part))
        found += [line(*row) for row in _rows(work, asked)]
    return found


def _all(work: Work, kind: Any, line: type[L]) -> list[L]:
    return [line(*row) for row in _rows(work, sa.select(*_columns(kind, line)))]


def heads_of(work: Work, record_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the ids of the newest versions by record id; two where a merge left a conflict."""
    found: dict[str, list[str]] = {}
    query = sa.select(col(Head.record_id), col(Head.version_id)).order_by(col(Head.version_id))
    for part in batches(record_ids):
        for record, version in _rows(work, query.where(col(Head.record_id).in_(part))):
            found.setdefault(record, []).append(version)
    return found


def versions_named(work: Work, version_ids: Iterable[str]) -> list[Version]:
    """Return these versions of the change history, oldest first; unknown ids are passed by."""
    found: list[Version] = []
    for part in batches(version_ids):
        found += work.all(Version, col(Version.id).in_(part))
    return sorted(found, key=lambda v: (v.at, v.node, v.seq))


def versions_of_training(work: Work, training_id: str) -> list[Version]:
    """Return every version of records that belong to a training, oldest first by node."""
    # Canonical JSON has no spaces, so the pair stands in the payload as it is written here.
    pair = f'"training_id":"{training_id}"'
    return work.all(
        Version,
        col(Version.payload).contains(pair, autoescape=True),
        order=(col(Version.at), col(Version.node), col(Version.seq)),
    )


def open_plans(work: Work) -> list[SupportPlan]:
    """Return every stödplan that is not closed; who may see which is the caller's to ask."""
    return work.all(SupportPlan, col(SupportPlan.closed_on).is_(None), order=col(SupportPlan.id))


def open_agreements_from_decisions(work: Work, *, until: date) -> list[Agreement]:
    """Return what kollegier have agreed that is neither done nor dropped and due by `until`, or
    has no day, the most urgent first."""
    return work.all(
        Agreement,
        Agreement.origin_kind == "Decision",
        col(Agreement.done_on).is_(None),
        col(Agreement.dropped_on).is_(None),
        sa.or_(col(Agreement.due).is_(None), col(Agreement.due) <= until),
        order=(col(Agreement.due).is_(None), col(Agreement.due), col(Agreement.id)),
    )


def count_decisions(work: Work) -> dict[str, tuple[int, int, int]]:
    """Return by kollegium how many doctors it has taken up, how many it has decided, and how many
    of its actions are open."""
    in_force = col(Decision.status).not_in(["voided", "corrected"])
    counted = (
        sa.select(col(Decision.kollegium_id), sa.func.count(), sa.func.count(col(Decision.outcome)))
        .where(in_force)
        .group_by(col(Decision.kollegium_id))
    )
    still = (
        sa.select(col(Decision.kollegium_id), sa.func.count())
        .join_from(Agreement, Decision, col(Decision.id) == col(Agreement.origin_id))
        .where(
            col(Agreement.origin_kind) == "Decision",
            col(Agreement.done_on).is_(None),
            col(Agreement.dropped_on).is_(None),
        )
        .group_by(col(Decision.kollegium_id))
    )
    work.flush()
    open_by = {row[0]: row[1] for row in _rows(work, still)}
    return {
        meeting: (taken_up, decided, open_by.get(meeting, 0))
        for meeting, taken_up, decided in _rows(work, counted)
    }


def decisions_of(work: Work, meeting_id: str) -> list[Decision]:
    """Return a kollegium's decisions that have neither been voided nor replaced."""
    found = work.all(Decision, Decision.kollegium_id == meeting_id, order=col(Decision.id))
    return [each for each in found if each.status not in ("voided", "corrected")]


def agreements_from(work: Work, decision_ids: Iterable[str]) -> list[Agreement]:
    """Return what these decisions agreed, in the order it was agreed."""
    found: list[Agreement] = []
    for part in batches(decision_ids):
        found += work.all(
            Agreement,
            Agreement.origin_kind == "Decision",
            col(Agreement.origin_id).in_(part),
            order=col(Agreement.id),
        )
    return found
