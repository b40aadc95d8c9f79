"""Read what the figures of a year are counted from, and which figures a file reports."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, cast

from at_tui.metrics.records import (
    Colleague,
    Group,
    HandFigure,
    Round,
    TrainingLine,
    YearRecords,
)
from data import content
from schema.fault import Fault
from schema.words import AbsenceKind, Kind

if TYPE_CHECKING:
    from data.work import Work
    from schema.content.metrics import MetricSet
    from schema.tables import Absence, Placement, Recruitment

GENERAL = "grund"
"""The set of those whose region has none of its own."""
_PROLONGS = (AbsenceKind.FORALDRALEDIG, AbsenceKind.SJUK, AbsenceKind.TJANSTLEDIG)


def metric_sets() -> dict[str, MetricSet]:
    """Return the sets in use, by id; the general one last."""
    found = cast("dict[str, MetricSet]", content.load("metrics"))
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == GENERAL, pair[1].title)))


def metric_set(id: str) -> MetricSet:
    """Return one set; raises Fault `metrics.no_set` (exit code 2)."""
    found = metric_sets()
    if id not in found:
        raise Fault("metrics.no_set", exit_code=2, id=id[:64], known=", ".join(found))
    return found[id]


def set_for(work: Work) -> MetricSet:
    """Return the set of the programme that most trainings of the file follow."""
    from schema.tables import Training

    sets = metric_sets()
    named: Counter[str] = Counter()
    for training in work.all(Training):
        for one in sets.values():
            if any(
                training.programme_id == programme
                or training.programme_id.startswith(f"{programme}-")
                for programme in one.programmes
            ):
                named[one.id] += 1
    return sets[min(named, key=lambda id: (-named[id], id))] if named else sets[GENERAL]


def year_records(work: Work, year: int, *, on: date, kind: Kind = Kind.AT) -> YearRecords:
    """Return everything that the figures of `year` are counted from, as known on the day `on`."""
    from sqlmodel import col

    from schema.tables import Metric, Recruitment

    # Ids are of the time: the rounds stand in the order in which they were entered.
    wanted = (Recruitment.year == year, Recruitment.kind == kind)
    rounds = work.all(Recruitment, *wanted, order=col(Recruitment.id))
    typed = work.all(Metric, Metric.year == year, order=col(Metric.id))
    return YearRecords(
        year=year,
        on=on,
        rounds=tuple(_round(one) for one in rounds),
        trainings=tuple(_trainings(work, kind)),
        staff=tuple(_staff(work, year)),
        by_hand={
            one.code: HandFigure(one.code, one.numerator, one.denominator, one.source)
            for one in typed
        },
    )


def _round(one: Recruitment) -> Round:
    groups = tuple(Group(**group) for group in one.groups)
    return Round(one.id, one.title, one.blocks, groups)


def _trainings(work: Work, kind: Kind) -> list[TrainingLine]:
    from schema.tables import Absence, Placement, Trainee, Training

    names = {trainee.id: trainee.name for trainee in work.all(Trainee)}
    away: dict[str, list[Absence]] = {}
    for absence in work.all(Absence):
        away.setdefault(absence.training_id, []).append(absence)
    placed: dict[str, list[Placement]] = {}
    for placement in work.all(Placement):
        placed.setdefault(placement.training_id, []).append(placement)
    certified = _certified(work)
    return [
        TrainingLine(
            id=one.id,
            name=names.get(one.trainee_id, ""),
            start=one.start,
            end=one.end,
            norm_months=one.norm_months,
            ended_on=one.ended_on,
            ended_reason=one.ended_reason,
            completed=True if one.id in certified else one.completed,
            stayed=one.stayed,
            prolonged_by=_prolonged_by(away.get(one.id, []), placed.get(one.id, [])),
        )
        for one in work.all(Training, Training.kind == kind)
    ]


def _certified(work: Work) -> set[str]:
    """Return the trainings that have a final certificate in force: they were finished."""
    from schema.tables import Certificate
    from schema.words import CertificateKind, LockStatus

    found = work.all(
        Certificate,
        Certificate.kind == CertificateKind.TRAINING,
        Certificate.status == LockStatus.SIGNED,
    )
    return {one.training_id for one in found}


def _prolonged_by(absences: list[Absence], placements: list[Placement]) -> tuple[str, ...]:
    kinds = {absence.kind for absence in absences}
    found = [str(kind) for kind in _PROLONGS if kind in kinds]
    return (*found, *(["part_time"] if any(p.percent < 100 for p in placements) else []))


def _staff(work: Work, year: int) -> list[Colleague]:
    """Return the active people at units where someone was placed during the year."""
    from sqlmodel import col

    from schema.tables import Person, Placement, Unit

    first, last = date(year, 1, 1), date(year, 12, 31)
    during = work.all(Placement, col(Placement.start) <= last, col(Placement.end) >= first)
    units = {placement.unit_id for placement in during if placement.unit_id}
    names = {unit.id: unit.name for unit in work.all(Unit)}
    return [
        Colleague(p.id, p.name, names.get(p.unit_id or "", ""), p.supervisor_course_on)
        for p in work.all(Person, col(Person.active).is_(True), order=col(Person.sort_key))
        if p.unit_id in units
    ]
