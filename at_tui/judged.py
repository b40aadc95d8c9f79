"""Read what the judge needs of one training, or of many, in a few questions each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from at_tui.judge.records import Records

if TYPE_CHECKING:
    from data.work import Work

BATCH = 400
"""Ids asked for at a time: engines bound how many values one question may hold."""


def records_of(work: Work, training_id: str, *, support_plans: bool = False) -> Records:
    """Return one training with its records, for `judge`.

    Args:
        support_plans: Only for a reader whose roles may see them.

    Raises:
        Fault: `store.no_record` when there is no such training.
    """
    from schema.tables import Training  # 0.6 s, and whoever has a unit of work has paid it

    training = work.need(Training, training_id)
    return records_of_all(work, [training], support_plans=support_plans)[training.id]


def records_of_all(
    work: Work, trainings: Sequence[Any], *, support_plans: bool = False
) -> dict[str, Records]:
    """Return the records of these trainings by training id."""
    from sqlmodel import col

    from data import ballot_box
    from schema import tables as t

    ids = [training.id for training in trainings]

    def of(kind: Any) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {id: [] for id in ids}
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            for record in work.all(kind, col(kind.training_id).in_(part)):
                found[record.training_id].append(record)
        return found

    people = {person.id: person for person in work.all(t.Person)}
    units = {unit.id: unit for unit in work.all(t.Unit)}
    trainees = {trainee.id: trainee for trainee in work.all(t.Trainee)}
    kollegier = {meeting.id: meeting for meeting in work.all(t.Kollegium)}
    evaluations = ballot_box.counts(work)
    by_kind = {
        "placements": of(t.Placement),
        "absences": of(t.Absence),
        "supervisions": of(t.Supervision),
        "agreements": of(t.Agreement),
        "assessments": of(t.Assessment),
        "educations": of(t.Education),
        "talks": of(t.Talk),
        "introductions": of(t.Introduction),
        "decisions": of(t.Decision),
        "account": of(t.AccountEntry),
        "exams": of(t.ExamSitting),
        "certificates": of(t.Certificate),
    }
    plans = of(t.SupportPlan) if support_plans else {id: [] for id in ids}
    return {
        training.id: Records(
            training=training,
            trainee=trainees.get(training.trainee_id),
            support_plans=plans[training.id],
            people=people,
            units=units,
            kollegier=kollegier,
            evaluations=evaluations,
            **{name: found[training.id] for name, found in by_kind.items()},
        )
        for training in trainings
    }
