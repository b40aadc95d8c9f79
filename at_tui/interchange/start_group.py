"""Plan a start group: who is new, what they begin, where they are placed and with whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from at_tui.beginnings import LAW
from at_tui.interchange.columns import BY_FIELD, plain
from at_tui.interchange.names import block_of, curriculum_in_use, programme_names, usual_programme
from at_tui.interchange.people import People
from at_tui.interchange.plan import Plan, PreviewRow, State, faults_of, heading
from at_tui.interchange.register import Register, register_of
from at_tui.interchange.rows import Sheet, SheetRow
from at_tui.interchange.someone import Someone, people_of
from at_tui.placing import PlacementEntry, Span, check_placement
from schema.text import sort_key
from schema.words import Kind, SectionCode

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Placement, Trainee, Training, Unit

_OF_PLACEMENT = ("section", "unit", "start", "end")


def plan_start_group(work: Work, group: Sheet) -> Plan:
    """Return what the group would add to the open file."""
    plan = Plan(problems=[*group.problems], notes=[*group.notes])
    usual = work.fact("programme_id") or ""
    _Planner(plan, group.rows, register_of(work), usual).run()
    plan.problems.sort(key=lambda problem: problem.row)
    bad = {problem.row for problem in plan.problems}
    plan.rows = [
        replace(row, state=State.PROBLEM) if row.number in bad else row for row in plan.rows
    ]
    return plan


class _Planner:
    def __init__(self, plan: Plan, rows: list[SheetRow], register: Register, usual: str) -> None:
        self.plan = plan
        self.usual = usual
        """Id of the programme that is proposed for anybody new; empty without one."""
        self.rows = rows
        self.register = register
        self.people = People(rows, register, plan)
        self._units: dict[tuple[str, str], Unit] = {}
        self._new: set[str] = set()
        """Ids of units that the file brings."""
        self._programmes: dict[Kind, dict[str, tuple[str, str]]] = {}
        self._usually: dict[Kind, tuple[str, str]] = {}

    def run(self) -> None:
        for someone in people_of(self.rows, self.plan):
            self._plan_one(someone)

    # Who

    def _known(self, someone: Someone) -> Trainee | None:
        """Return who of the register it is: by personnummer, else by name and start group."""
        number = someone.said.get("personnummer", "")
        by_number = self.register.by_number.get(number)
        if by_number is not None:
            if by_number.sort_key != sort_key(someone.name):
                row = someone.said_on["personnummer"]
                self.plan.wrong_in(row, "personnummer", "import.number_taken", name=by_number.name)
            return by_number
        same = [
            one
            for one in self.register.trainees.get(sort_key(someone.name), [])
            if not (number and one.personnummer)
        ]
        group = plain(someone.said.get("start_group", ""))
        known = [one for one in same if not group or plain(one.start_group) == group]
        if len(known) == 1:
            return known[0]
        if self.register.trainees.get(sort_key(someone.name)):
            self.plan.note(someone.first.number, BY_FIELD["name"].heading, "import.same_name")
        return None

    # What

    def _plan_one(self, someone: Someone) -> None:
        from schema.tables import Trainee

        trainee = self._known(someone)
        new = trainee is None
        if trainee is None:
            trainee = Trainee(
                name=someone.name,
                **{
                    name: someone.said[name]
                    for name in ("personnummer", "email", "phone", "start_group", "degree_on",
                                 "degree_place")
                    if name in someone.said
                },
            )  # fmt: skip
            self._check(trainee, someone)
            self.plan.records.append(trainee)
        else:
            self.plan.known["Trainee"] += 1
        training = self._training(someone, trainee, new=new)
        if training is None:
            # Its faults are told; those of its rows are told in the same breath.
            for row in someone.rows:
                self.people.supervisor(row, self._unit(row))
                self._preview(row, State.PROBLEM)
            return
        taken = [] if new else [*self.register.placements.get(training.id, [])]
        spans = [self._span(placement) for placement in taken]
        seen: dict[tuple[object, ...], int] = {}
        for row in someone.rows:
            self._place(row, training, taken, spans, seen)

    def _training(self, someone: Someone, trainee: Trainee, *, new: bool) -> Training | None:
        from schema.tables import Training

        kind = Kind(someone.said.get("kind", Kind.AT))
        known = [] if new else self.register.trainings.get(trainee.id, [])
        for training in known:
            if training.kind == kind:
                self.plan.known["Training"] += 1
                self._keep(someone, training)
                return training
        starts = [day for row in someone.rows if (day := row.day("start"))]
        ends = [day for row in someone.rows if (day := row.day("end"))]
        start = someone.said.get("training_start") or (min(starts) if starts else None)
        programme, version = self._programme(someone, kind)
        curriculum, curriculum_version = curriculum_in_use(kind)
        main = self.people.main(someone.said_on.get("main_supervisor", someone.first))
        if start is None:
            if not self._unread(someone, "start", "training_start"):
                self.plan.wrong_in(someone.first, "training_start", "import.no_training_start")
            return None
        # A row that ends before it begins is told where it stands: it says nothing of the training.
        last = max((day for day in ends if day >= start), default=None)
        training = Training(
            trainee_id=trainee.id,
            kind=kind,
            programme_id=programme,
            programme_version=version,
            curriculum_id=curriculum,
            curriculum_version=curriculum_version,
            start=start,
            end=someone.said.get("training_end") or last,
            norm_months=someone.said.get("norm_months") or block_of(programme, kind),
            main_supervisor_id=main.id if main else None,
        )
        self._check(training, someone)
        self.plan.records.append(training)
        return training

    def _keep(self, someone: Someone, training: Training) -> None:
        """Say what the file would have otherwise in a training that is there already."""
        kept = {
            "training_start": training.start,
            "training_end": training.end,
            "norm_months": training.norm_months,
        }
        for name, value in kept.items():
            if name in someone.said and someone.said[name] != value:
                row = someone.said_on[name].number
                shown = "–" if value is None else str(value)
                self.plan.note(row, BY_FIELD[name].heading, "import.kept", other=shown)

    def _programme(self, someone: Someone, kind: Kind) -> tuple[str, str]:
        """Return id and version of the programme: by its id, its title or its region's name."""
        if kind not in self._programmes:
            self._programmes[kind] = programme_names(kind)
        programmes, law = self._programmes[kind], LAW[kind]
        wanted = someone.said.get("programme", "")
        if not wanted:
            return self._usual(someone, kind)
        key = plain(wanted)
        for spelling in (key, key.removeprefix("region")):
            if spelling in programmes:
                return programmes[spelling]
        choices = ", ".join(sorted({id for id, _ in programmes.values()}))
        row = someone.said_on["programme"]
        self.plan.wrong_in(
            row, "programme", "import.not_programme", value=wanted[:40], choices=choices
        )
        return law, ""

    def _usual(self, someone: Someone, kind: Kind) -> tuple[str, str]:
        """Return the programme of those whose rows name none, and say once which it is."""
        if kind not in self._usually:
            id_, title = usual_programme(kind, self.usual)
            self._usually[kind] = self._programmes[kind].get(plain(id_), (id_, ""))
            if id_ != LAW[kind]:
                row, column = someone.first.number, heading("programme")
                self.plan.note(row, column, "import.usual_programme", name=title)
        return self._usually[kind]

    # Where

    def _place(
        self,
        row: SheetRow,
        training: Training,
        taken: list[Placement],
        spans: list[Span],
        seen: dict[tuple[object, ...], int],
    ) -> None:
        from schema.tables import Placement

        if not any(name in row.values for name in _OF_PLACEMENT):
            self._preview(row, State.NEW)
            return
        for name in _OF_PLACEMENT:
            if name not in row.values:
                self.plan.empty_in(row, name)
        unit = self._unit(row)
        supervisor = self.people.supervisor(row, unit)
        start, end, section = row.day("start"), row.day("end"), row.text("section")
        if start is None or end is None or not section or unit is None:
            self._preview(row, State.PROBLEM)
            return
        key = (section, start, end, unit.id)
        if any((p.section, p.start, p.end, p.unit_id) == key for p in taken):
            self.plan.known["Placement"] += 1
            self._preview(row, State.KNOWN)
            return
        if key in seen:
            self.plan.wrong_in(row, "start", "import.twice", row=seen[key])
            self._preview(row, State.PROBLEM)
            return
        seen[key] = row.number
        percent = row.number_in("percent")
        entry = PlacementEntry(
            section=SectionCode(section), start=start, end=end,
            percent=100 if percent is None else percent,
        )  # fmt: skip
        for problem in check_placement(
            entry, training_start=training.start, training_end=training.end, others=spans
        ):
            self.plan.wrong_in(row, problem.field, problem.code, **problem.values)
        spans.append(Span(start, end, entry.percent or 100, unit.name))
        if not 50 <= (entry.percent or 0) <= 100 or end < start:
            self._preview(row, State.PROBLEM)
            return
        placement = Placement(
            training_id=training.id,
            section=SectionCode(section),
            unit_id=unit.id,
            specialty=row.text("specialty"),
            start=start,
            end=end,
            percent=entry.percent or 100,
            supervisor_id=supervisor.id if supervisor else None,
        )
        for name, code, values in faults_of(placement):
            self.plan.wrong_in(row, name, code, **values)
        self.plan.records.append(placement)
        self._preview(row, State.NEW)

    def _unit(self, row: SheetRow) -> Unit | None:
        from schema.tables import Unit

        name, site = row.text("unit"), row.text("site")
        if not name:
            return None
        unit = self._units.get((sort_key(name), sort_key(site))) or self.register.unit(name, site)
        if unit is None and not site:
            unit = next((u for (key, _), u in self._units.items() if key == sort_key(name)), None)
        new = unit is None
        if unit is None:
            unit = Unit(name=name, site=site, region=row.text("region"))
            for field_name, code, values in faults_of(unit):
                self.plan.wrong_in(
                    row, "unit" if field_name == "name" else field_name, code, **values
                )
            self.plan.records.append(unit)
            self._new.add(unit.id)
        self._units[(sort_key(name), sort_key(site))] = unit
        head = self.people.head(row, unit)
        if head is None or unit.head_id:
            return unit
        if new or unit.id in self._new:
            unit.head_id = head.id
        elif all(other.id != unit.id for other, _ in self.plan.heads):
            self.plan.heads.append((unit, head.id))
        return unit

    def _span(self, placement: Placement) -> Span:
        name = next(
            (
                u.name
                for us in self.register.units.values()
                for u in us
                if u.id == placement.unit_id
            ),
            "",
        )
        return Span(placement.start, placement.end, placement.percent, name)

    # Telling

    def _preview(self, row: SheetRow, state: State) -> None:
        percent = row.number_in("percent")
        self.plan.rows.append(
            PreviewRow(
                row.number, row.text("name"), row.text("section"), row.text("unit"),
                row.text("supervisor"), row.day("start"), row.day("end"),
                100 if percent is None else percent, state,
            )
        )  # fmt: skip

    def _check(self, record: Trainee | Training, someone: Someone) -> None:
        places = {"start": "training_start", "end": "training_end"}
        for name, code, values in faults_of(record):
            field_name = places.get(name, name)
            row = someone.said_on.get(field_name, someone.first)
            self.plan.wrong_in(row, field_name, code, **values)

    def _unread(self, someone: Someone, *names: str) -> bool:
        """Return whether one of these cells of the person could not be read."""
        return any(self.plan.is_told(row, name) for row in someone.rows for name in names)
