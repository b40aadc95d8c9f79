"""Plan what a list of education would add: who was there, at what, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.education.courses import NamedCourse, course_named, courses_of
from at_tui.education.entries import EducationEntry, check_education
from at_tui.education.plan import lectures_are_compulsory, plan_for
from at_tui.interchange.plan import EducationRow, Plan, State, faults_of, heading
from at_tui.interchange.register import Register, register_of
from at_tui.interchange.rows import Sheet, SheetRow
from schema.text import sort_key
from schema.words import EducationKind

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.content.programme import Programme
    from schema.tables import Education, Trainee, Training

Key = tuple[str, str, str, date]
"""Training, kind, title and day: two records with the same are one occasion twice."""


def plan_education(work: Work, sheet: Sheet, *, on: date) -> Plan:
    """Return what the list would add to the open file.

    Args:
        on: Today: what has not been cannot have been attended.
    """
    plan = Plan(problems=[*sheet.problems], notes=[*sheet.notes])
    days = [day for row in sheet.rows if (day := row.day("day"))]
    known = _known(work, days)
    _Planner(plan, register_of(work), known, on, _has(sheet, "attended")).run(sheet.rows)
    plan.problems.sort(key=lambda problem: problem.row)
    bad = {problem.row for problem in plan.problems}
    plan.lessons = [
        replace(row, state=State.PROBLEM) if row.number in bad else row for row in plan.lessons
    ]
    return plan


def _has(sheet: Sheet, field: str) -> bool:
    matched = sheet.matched
    return matched is not None and any(c.field == field for c in matched.columns.values())


def _known(work: Work, days: list[date]) -> dict[Key, Education]:
    from sqlmodel import col

    from schema.tables import Education

    if not days:
        return {}
    found = work.all(
        Education, col(Education.day) >= min(days), col(Education.day) <= max(days)
    )  # fmt: skip
    return {_key(one): one for one in found}


def _key(record: Education) -> Key:
    return (record.training_id, str(record.kind), sort_key(record.title), record.day)


class _Planner:
    def __init__(
        self, plan: Plan, register: Register, known: dict[Key, Education], on: date, asks: bool
    ) -> None:
        self.plan = plan
        self.register = register
        self.known = known
        self.on = on
        self.asks_attendance = asks
        """Whether the file has a column for it: then an empty cell could mean either."""
        self._plans: dict[tuple[str, str], Programme | None] = {}
        self._seen: dict[Key, int] = {}

    def run(self, rows: list[SheetRow]) -> None:
        for row in rows:
            self._plan_one(row)

    def _plan_one(self, row: SheetRow) -> None:
        from schema.tables import Education

        trainee = self._trainee(row)
        day = row.day("day")
        if day is None:
            self.plan.empty_in(row, "day")
        training = self._training(row, trainee, day) if trainee and day else None
        course = self._course(row, training)
        entry = self._entry(row, course)
        self._check(row, entry, training)
        state = State.NEW
        if training is not None and entry.day is not None and entry.kind is not None:
            record = Education(
                training_id=training.id,
                placement_id=self._placement(training, entry.day),
                kind=entry.kind,
                title=entry.title or "?",
                course_id=course.id if course else "",
                day=entry.day,
                minutes=entry.minutes or 0,
                days=entry.days or 0,
                planned=entry.planned,
                attended=entry.attended,
                absence_notified=entry.absence_notified,
                absence_reason=entry.absence_reason,
                compulsory=self._compulsory(row, entry, training),
            )
            state = self._add(row, record)
        self.plan.lessons.append(
            EducationRow(
                row.number, row.text("name") or (trainee.name if trainee else ""),
                str(entry.kind or ""), entry.title, day, entry.minutes or 0, entry.days or 0,
                entry.planned, entry.attended, state,
            )
        )  # fmt: skip

    # Who

    def _trainee(self, row: SheetRow) -> Trainee | None:
        name, number = row.text("name"), row.text("personnummer")
        if number and number in self.register.by_number:
            found = self.register.by_number[number]
            if name and found.sort_key != sort_key(name):
                self.plan.wrong_in(row, "personnummer", "import.number_taken", name=found.name)
            return found
        if not name:
            self.plan.empty_in(row, "name")
            return None
        same = self.register.trainees.get(sort_key(name), [])
        if number:
            same = [one for one in same if not one.personnummer]
        group = sort_key(row.text("start_group"))
        here = [one for one in same if not group or sort_key(one.start_group) == group]
        if len(here) == 1:
            return here[0]
        if len(here) > 1:
            self.plan.wrong_in(row, "name", "import.two_trainees", name=name, count=len(here))
        elif same:
            self.plan.wrong_in(
                row, "start_group", "import.other_group", name=name, group=same[0].start_group
            )
        else:
            near = self.register.near_trainee(name)
            code = "import.unknown_trainee_near" if near else "import.unknown_trainee"
            self.plan.wrong_in(row, "name", code, name=name, near=near)
        return None

    def _training(self, row: SheetRow, trainee: Trainee, day: date) -> Training | None:
        mine = self.register.trainings.get(trainee.id, [])
        for training in mine:  # latest first
            if training.start <= day and (training.ended_on is None or day <= training.ended_on):
                return training
        if not mine:
            self.plan.wrong_in(row, "name", "import.no_training", name=trainee.name)
        else:
            self.plan.wrong_in(row, "day", "import.no_training_then", day=day, start=mine[-1].start)
        return None

    def _placement(self, training: Training, day: date) -> str | None:
        covering = [
            p for p in self.register.placements.get(training.id, []) if p.start <= day <= p.end
        ]
        return max(covering, key=lambda p: p.start).id if covering else None

    # What

    def _course(self, row: SheetRow, training: Training | None) -> NamedCourse | None:
        words = row.text("course")
        if not words or training is None:
            return None
        plan = self._plan_of(training)
        found = course_named(courses_of(plan) if plan else [], words)
        if found is None:
            self.plan.note(
                row.number, heading("course"), "import.course_not_in_plan",
                name=words, programme=training.programme_id,
            )  # fmt: skip
        return found

    def _plan_of(self, training: Training) -> Programme | None:
        key = (training.programme_id, training.programme_version)
        if key not in self._plans:
            self._plans[key] = plan_for(*key)
        return self._plans[key]

    def _compulsory(self, row: SheetRow, entry: EducationEntry, training: Training) -> bool:
        """Return what the row says, else what the plan says of lectures."""
        said = row.yes("compulsory")
        if said is not None or entry.kind is not EducationKind.LECTURE:
            return bool(said)
        return lectures_are_compulsory(self._plan_of(training))

    def _entry(self, row: SheetRow, course: NamedCourse | None) -> EducationEntry:
        attended, notified = row.yes("attended"), bool(row.yes("absence_notified"))
        if attended is None and notified:
            attended = False
        planned = attended is None and self._is_planned(row)
        if attended is None and not planned and self.asks_attendance:
            self.plan.empty_in(row, "attended")
        named = row.text("course")
        written = row.text("education_kind")
        days = row.decimal("days")
        kind = EducationKind(written) if written else None
        if kind is None and not self.plan.is_told(row, "education_kind"):
            is_course = (bool(named) or bool(days)) and not (course and course.recurring)
            kind = EducationKind.COURSE if is_course else EducationKind.LECTURE
        return EducationEntry(
            kind=kind,
            title=row.text("title") or (course.name if course else named),
            day=row.day("day"),
            minutes=self._minutes(row),
            days=days or 0,
            planned=planned,
            attended=not planned if attended is None else attended,
            absence_notified=notified,
            absence_reason=row.text("absence_reason"),
        )

    def _is_planned(self, row: SheetRow) -> bool:
        """Return what the row says; a day to come is planned unless it says otherwise."""
        said, day = row.yes("planned"), row.day("day")
        return said if said is not None else day is not None and day > self.on

    def _minutes(self, row: SheetRow) -> int:
        minutes, hours = row.number_in("minutes"), row.decimal("hours")
        if hours is None:
            return minutes or 0
        of_hours = round(hours * 60)
        if minutes is not None and minutes != of_hours:
            self.plan.wrong_in(row, "hours", "import.hours_disagree", minutes=minutes)
        return of_hours

    def _check(self, row: SheetRow, entry: EducationEntry, training: Training | None) -> None:
        places = {"kind": "education_kind"}
        for problem in check_education(
            entry,
            on=self.on,
            training_start=training.start if training else None,
            training_end=training.ended_on if training else None,
        ):
            name = places.get(problem.field, problem.field)
            told = self.plan.is_told(row, name) or (
                problem.field == "minutes" and self.plan.is_told(row, "hours")
            )
            if not told:
                self.plan.wrong_in(row, name, problem.code, **problem.values)

    def _add(self, row: SheetRow, record: Education) -> State:
        key = _key(record)
        there = self.known.get(key)
        if there is not None:
            self.plan.known["Education"] += 1
            if (there.planned, there.attended, there.minutes, there.days) != (
                record.planned, record.attended, record.minutes, record.days,
            ):  # fmt: skip
                waits = there.planned and not record.planned
                code = "import.education_planned" if waits else "import.education_kept"
                self.plan.note(row.number, heading("title"), code)
            return State.KNOWN
        if key in self._seen:
            self.plan.wrong_in(row, "day", "import.education_twice", row=self._seen[key])
            return State.PROBLEM
        self._seen[key] = row.number
        places = {"kind": "education_kind"}
        for name, code, values in faults_of(record):
            self.plan.wrong_in(row, places.get(name, name), code, **values)
        self.plan.records.append(record)
        return State.NEW
