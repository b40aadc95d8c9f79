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
from at_tui.judged import records_of_all
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
    from schema.tables import Assessment, ExamDate, ExamSitting, Signature, Trainee, Training

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
    """Return one training and the exam on the day `on`. About 50 ms: call it in a thread.

    Raises:
        Fault: `store.*`, or `programme.*` when its plan is not there.
    """
    from data.find import folder as read_folder
    from schema.tables import Training

    rules = exam_rules(folder)
    with store.read() as work:
        training = work.need(Training, training_id)
        records = records_of_all(work, [training])[training.id]
        file = read_folder(work, training_id)
        known = known_days(work, rules)
    plan, _ = plan_of(training.programme_id, training.programme_version, folder=folder)
    requirement = exam_rule(plan, training.start, on)
    found = None
    if requirement is not None:
        case = Case(records, plan, on)
        forms = _sit_ins(requirement, case, file, on)
        found = window(requirement, case, forms, known)
    sittings = tuple(sorted(file.exam_sittings, key=lambda s: (s.day, s.id)))
    return ExamFile(
        file.trainee, training, plan, rules, tuple(known), requirement, found, sittings, on
    )


@dataclass(frozen=True)
class Row:
    """One AT-läkare in the overview."""

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
    from data.find import signatures
    from schema.tables import Person, Unit

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
        all_records: Any = records_of_all(work, [training for training, _, _ in asked])
        known = known_days(work, rules)
        people = {p.id: p for p in work.all(Person)}
        units = {u.id: u for u in work.all(Unit)}
        forms = [
            form.id
            for training, _, requirement in asked
            for form in all_records[training.id].assessments
            if form.instrument_id in requirement.instruments
        ]
        signed: dict[str, list[Signature]] = {}
        for signature in signatures(work, forms):
            signed.setdefault(signature.record_id, []).append(signature)
    found = []
    for training, plan, requirement in asked:
        records = all_records[training.id]
        mine = [s for form in records.assessments for s in signed.get(form.id, ())]
        file = _folder(records, training, people, units, mine)
        case = Case(records, plan, on)
        sat = _sit_ins(requirement, case, file, on)
        found.append(Row(training.id, file.trainee.name, window(requirement, case, sat, known)))
    return sorted(found, key=lambda row: (sort_key(row.name), row.training_id)), known


def _plan(id: str, version: str, folder: Path | None) -> Programme | None:
    try:
        return plan_of(id, version, folder=folder)[0]
    except Fault:
        return None


def _folder(
    records: Any, training: Training, people: Any, units: Any, signed: list[Signature]
) -> Folder:
    from data.find import Folder

    return Folder(
        trainee=records.trainee,
        training=training,
        placements=sorted(records.placements, key=lambda p: p.start),
        assessments=list(records.assessments),
        signatures=signed,
        people=people,
        units=units,
    )


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
