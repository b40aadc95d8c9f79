"""What the pages about the exam show: one training, or all who are in service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from at_tui.accounts.reading import in_service
from at_tui.accounts.rules import concerns
from at_tui.around import around_of
from at_tui.completeness import not_complete
from at_tui.content_in_use import instrument_for
from at_tui.exam.dates import Occasion, occasions
from at_tui.exam.sit_ins import SitIn, sit_ins
from at_tui.exam.window import Window, window
from at_tui.filled_form import form_of
from at_tui.judge.case import Case
from at_tui.judge.records import Records
from at_tui.standing import plan_of
from data import content
from schema.fault import Fault
from schema.text import sort_key

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.completeness import Lack
    from data.find import Folder
    from data.store import Store
    from data.work import Work
    from schema.content.exam import ExamRules
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import Exam
    from schema.tables import Assessment, ExamDate, ExamSitting, Trainee, Training

RULES = "eat"


@dataclass(frozen=True)
class ExamFile:
    """One training and the exam, on a day. `window` is None when its plan has no exam."""

    trainee: Trainee
    training: Training
    plan: Programme
    rules: ExamRules
    known: tuple[Occasion, ...]
    requirement: Exam | None
    window: Window | None
    sittings: tuple[ExamSitting, ...]
    on: date

    @property
    def next_sitting(self) -> ExamSitting | None:
        """The sitting that is registered for."""
        return next((s for s in self.sittings if s.day >= self.on and s.passed is None), None)

    @property
    def first_time(self) -> bool:
        """Whether nothing has been sat before: those who sit again attach nothing."""
        return not any(s.day < self.on and not s.oral for s in self.sittings)


def exam_rules(folder: Path | None = None) -> ExamRules:
    """Return what is known of the exam; raises Fault `content.not_found`."""
    return cast("ExamRules", content.one("exam", RULES, folder=folder))


def exam_rule(plan: Programme, start: date, on: date) -> Exam | None:
    """Return the plan's exam, or None."""
    for requirement in plan.requirements:
        if requirement.kind == "exam" and concerns(requirement, start, on):
            return requirement
    return None


def known_days(work: Work, rules: ExamRules) -> list[Occasion]:
    """Return every known day of the exam."""
    from schema.tables import ExamDate

    typed: Iterable[ExamDate] = work.all(ExamDate)
    return occasions(rules, typed)


def exam_file(store: Store, training_id: str, on: date, *, folder: Path | None = None) -> ExamFile:
    """Return one training and the exam on the day `on`.

    Raises:
        Fault: `store.*`, or `programme.*` when its plan is not there.
    """
    from schema.tables import Training

    rules = exam_rules(folder)
    with store.read() as work:
        training = work.need(Training, training_id)
        plan, _ = plan_of(training.programme_id, training.programme_version, folder=folder)
        requirement = exam_rule(plan, training.start, on)
        file = _folders(work, [(training, requirement)])[training.id]
        known = known_days(work, rules)
    found = None
    if requirement is not None:
        found = _window(requirement, plan, file, known, on)
    return ExamFile(
        file.trainee,
        training,
        plan,
        rules,
        tuple(known),
        requirement,
        found,
        tuple(file.exam_sittings),
        on,
    )


@dataclass(frozen=True)
class Row:
    """One trainee in the overview."""

    training_id: str
    name: str
    window: Window


def everyone(
    store: Store, on: date, *, folder: Path | None = None
) -> tuple[list[Row], list[Occasion]]:
    """Return everyone in service whose plan has the exam, by name, and the known days.

    Slow with many: call it in a thread.

    Raises:
        Fault: `store.*`.
    """
    rules = exam_rules(folder)
    plans: dict[tuple[str, str], Programme | None] = {}
    asked: list[tuple[Training, Programme, Exam]] = []
    with store.read() as work:
        for training in in_service(work, on):
            key = (training.programme_id, training.programme_version)
            if key not in plans:
                plans[key] = _plan(*key, folder)
            plan = plans[key]
            requirement = exam_rule(plan, training.start, on) if plan else None
            if plan is not None and requirement is not None:
                asked.append((training, plan, requirement))
        files = _folders(work, [(training, requirement) for training, _, requirement in asked])
        known = known_days(work, rules)
    found = []
    for training, plan, requirement in asked:
        file = files[training.id]
        when = _window(requirement, plan, file, known, on)
        found.append(Row(training.id, file.trainee.name, when))
    return sorted(found, key=lambda row: (sort_key(row.name), row.training_id)), known


def _plan(id: str, version: str, folder: Path | None) -> Programme | None:
    try:
        return plan_of(id, version, folder=folder)[0]
    except Fault:
        return None


def _folders(work: Work, asked: Sequence[tuple[Training, Exam | None]]) -> dict[str, Folder]:
    """Return what the exam rests on of each training: placements, absence, its own forms with
    their signatures, and the sittings. The rest of a folder is left empty: it is not asked for."""
    from sqlmodel import col

    from data.find import Folder, signatures
    from data.history import batches
    from schema import tables as t

    ids = [training.id for training, _ in asked]
    instruments = {name for _, rule in asked if rule for name in rule.instruments}
    trainees: dict[str, Trainee] = {}
    for part in batches(training.trainee_id for training, _ in asked):
        trainees |= {one.id: one for one in work.all(t.Trainee, col(t.Trainee.id).in_(part))}
    people = {person.id: person for person in work.all(t.Person)}
    found = {
        training.id: Folder(trainee=trainees[training.trainee_id], training=training, people=people)
        for training, _ in asked
    }
    for part in batches(ids):
        mine: Any
        for mine, field, order in (
            (t.Placement, "placements", "start"),
            (t.Absence, "absences", "start"),
            (t.ExamSitting, "exam_sittings", "day"),
        ):
            for one in work.all(
                mine, mine.training_id.in_(part), order=(getattr(mine, order), mine.id)
            ):
                getattr(found[one.training_id], field).append(one)
        for form in work.all(
            t.Assessment,
            col(t.Assessment.training_id).in_(part),
            col(t.Assessment.instrument_id).in_(sorted(instruments)),
            order=(col(t.Assessment.day), col(t.Assessment.id)),
        ):
            found[form.training_id].assessments.append(form)
    whose = {form.id: id for id, file in found.items() for form in file.assessments}
    for signature in signatures(work, whose):
        found[whose[signature.record_id]].signatures.append(signature)
    return found


def _window(
    requirement: Exam, plan: Programme, file: Folder, known: Sequence[Occasion], on: date
) -> Window:
    records = Records(
        training=file.training,
        trainee=file.trainee,
        placements=file.placements,
        absences=file.absences,
        assessments=file.assessments,
        exams=file.exam_sittings,
        people=file.people,
    )
    case = Case(records, plan, on)
    return window(requirement, case, _sit_ins(requirement, case, file, on), known)


def _sit_ins(requirement: Exam, case: Case, file: Folder, on: date) -> list[SitIn]:
    def section(form: Assessment) -> str | None:
        named = form.context.get(requirement.section_field or "")
        if named:
            return str(named)
        stay = case.stay_at(form.day, form.placement_id)
        return stay.section if stay else None

    return sit_ins(
        requirement,
        file.assessments,
        lacks_of=partial(_lacks, file, on),
        section_of=section,
        name_of=lambda form: file.name_of(form.assessor_id) or form.assessor_name,
    )


def _lacks(file: Folder, on: date, form: Assessment) -> Sequence[Lack]:
    """Return what an outside reader would send the form back for."""
    instrument = instrument_for(form.instrument_id, form.instrument_version)
    if instrument is None:
        return ()
    filled = form_of(form)
    return not_complete(instrument, filled, around_of(file, filled, on=on))
