"""A small region for the kollegium's tests: two units, a director, doctors as a test asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from at_tui.kollegium.case import Case
from at_tui.kollegium.cohort import cases_of
from at_tui.kollegium.judging import Findings
from at_tui.kollegium.sources import Sources
from data import opening
from data.kollegium import read_shelf
from data.kollegium_shelf import Shelf
from data.node import NodeMemory
from data.store import Store
from schema.tables import (
    Absence,
    Agreement,
    Assessment,
    Decision,
    GoalMark,
    Kollegium,
    Person,
    Placement,
    Record,
    Role,
    Supervision,
    SupportPlan,
    Trainee,
    Training,
    Unit,
)
from schema.words import (
    AbsenceKind,
    AgreementOwner,
    CancelReason,
    LockStatus,
    Outcome,
    RoleKind,
    SectionCode,
    SupervisionStatus,
)

TODAY = date(2026, 11, 24)
"""A Tuesday."""
WEEK = timedelta(days=7)
CURRICULUM = "at-sosfs-1999-5"


@dataclass
class Doctor:
    """Ids of one doctor in the world."""

    trainee_id: str
    training_id: str
    placement_id: str = ""


@dataclass
class World:
    """An open store, with ids of those in it."""

    store: Store
    ward_id: str = ""
    centre_id: str = ""
    director_id: str = ""
    berit_id: str = ""
    """Berit Handledarsson: supervises, and heads the ward."""
    ture_id: str = ""
    """Ture Testman: assesses."""
    doctors: dict[str, Doctor] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)

    def save(self, *records: Record) -> None:
        """Write records as they are."""
        with self.store.work("test") as work:
            work.add_all(records)

    def add(
        self,
        name: str = "Alva Testsson",
        *,
        start: date = date(2026, 1, 12),
        placed: bool = True,
        **training: Any,
    ) -> Doctor:
        """Write a doctor in training, placed at the health centre since 1 September."""
        trainee = Trainee(name=name, start_group=training.pop("start_group", "VT 2026"))
        values = {
            "end": date(2027, 10, 11), "norm_months": 21, "programme_id": "nationell",
            "curriculum_id": CURRICULUM, "curriculum_version": "1", **training,
        }  # fmt: skip
        mine = Training(trainee_id=trainee.id, start=start, **values)
        self.save(trainee, mine)
        doctor = Doctor(trainee.id, mine.id)
        self.doctors[name] = doctor
        if placed:
            doctor.placement_id = self.place(doctor).id
        return doctor

    def place(self, doctor: Doctor, **changes: Any) -> Placement:
        """Write a placement."""
        values = {
            "section": SectionCode.ALLMANMEDICIN, "unit_id": self.centre_id,
            "start": date(2026, 9, 1), "end": date(2027, 2, 28), "supervisor_id": self.berit_id,
            **changes,
        }  # fmt: skip
        stay = Placement(training_id=doctor.training_id, **values)
        self.save(stay)
        return stay

    def met(self, doctor: Doctor, days: Iterable[date], **changes: Any) -> None:
        """Write sessions that were held, or as `changes` say."""
        values = {"status": SupervisionStatus.HELD, "supervisor_id": self.berit_id, **changes}
        self.save(*(Supervision(training_id=doctor.training_id, day=d, **values) for d in days))

    def cancelled(self, doctor: Doctor, day: date, reason: CancelReason) -> None:
        """Write a session that was cancelled."""
        self.met(doctor, [day], status=SupervisionStatus.CANCELLED, cancel_reason=reason)

    def away(self, doctor: Doctor, start: date, end: date) -> None:
        """Write full-time parental leave."""
        self.save(
            Absence(
                training_id=doctor.training_id, kind=AbsenceKind.FORALDRALEDIG, start=start, end=end
            )
        )

    def observed(
        self,
        doctor: Doctor,
        day: date,
        *levels: int,
        by: str = "",
        said: Sequence[str] = (),
        place: str = "mottagning",
        status: LockStatus = LockStatus.SIGNED,
    ) -> Assessment:
        """Write a mini-CEX; `levels` are those of its areas in their order."""
        items = ("anamnes", "status", "kommunikation", "bedomning", "professionalitet",
                 "organisation", "helhet")  # fmt: skip
        answers: dict[str, Any] = dict(zip(items, levels, strict=False))
        answers |= dict(zip(("behalla", "andra"), said, strict=False))
        form = Assessment(
            training_id=doctor.training_id,
            instrument_id="mini-cex",
            instrument_version="1",
            day=day,
            assessor_id=by or self.ture_id,
            context={"plats": place},
            answers=answers,
            status=status,
        )
        self.save(form)
        return form

    def fed_back(self, doctor: Doctor, day: date, *levels: int, **said: str) -> Assessment:
        """Write Dalarna's feedback document with its sixteen areas."""
        instrument = self.sources.instrument("dalarna-aterkoppling", "1")
        assert instrument is not None
        items = [i.id for s in instrument.sections for i in s.items if i.type == "scale"]
        form = Assessment(
            training_id=doctor.training_id,
            instrument_id="dalarna-aterkoppling",
            instrument_version="1",
            day=day,
            assessor_id=self.ture_id,
            answers={**dict(zip(items, levels, strict=False)), **said},
            status=LockStatus.SIGNED,
        )
        self.save(form)
        return form

    def marked(self, doctor: Doctor, *goals: str, day: date = TODAY) -> None:
        """Mark goals as reached."""
        self.save(
            *(
                GoalMark(
                    training_id=doctor.training_id, curriculum_id=CURRICULUM, goal_id=g, day=day
                )
                for g in goals
            )
        )

    def meeting(self, day: date, **changes: Any) -> Kollegium:
        """Write a kollegium."""
        values = {"title": "AT-kollegium", **changes}
        found = Kollegium(day=day, **values)
        self.save(found)
        return found

    def decided(
        self,
        doctor: Doctor,
        meeting: Kollegium,
        outcome: Outcome,
        text: str = "",
        *actions: tuple[str, date | None],
    ) -> Decision:
        """Write what a meeting decided, and the actions (text, due) it agreed."""
        decision = Decision(
            kollegium_id=meeting.id,
            training_id=doctor.training_id,
            outcome=outcome,
            text=text,
            status=LockStatus.SIGNED,
        )
        agreed = [
            Agreement(
                training_id=doctor.training_id,
                origin_kind="Decision",
                origin_id=decision.id,
                text=words,
                owner=AgreementOwner.SUPERVISOR,
                owner_id=self.berit_id,
                agreed_on=meeting.day,
                due=due,
            )
            for words, due in actions
        ]
        self.save(decision, *agreed)
        return decision

    def worried(self, doctor: Doctor, **changes: Any) -> SupportPlan:
        """Write an open stödplan."""
        values = {
            "concern": "HEMLIG ORO", "measures": "HEMLIG ÅTGÄRD", "opened_on": date(2026, 10, 1),
            **changes,
        }  # fmt: skip
        plan = SupportPlan(training_id=doctor.training_id, **values)
        self.save(plan)
        return plan

    def shelf(self, on: date = TODAY, **asked: Any) -> Shelf:
        """Read the cohort."""
        with self.store.read() as work:
            return read_shelf(work, on=on, **asked)

    def cases(self, on: date = TODAY, findings: Findings | None = None, **asked: Any) -> list[Case]:
        """Return everyone's case."""
        return cases_of(self.shelf(on, **asked), self.sources, findings)

    def case(self, doctor: Doctor, on: date = TODAY, **asked: Any) -> Case:
        """Return one doctor's case."""
        return next(c for c in self.cases(on, **asked) if c.binder.id == doctor.training_id)


@cache
def _empty_file() -> bytes:
    """Return an empty file of records; making one anew for each test is most of their time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "at.db"
        opening.create(path, passphrase=None)
        return path.read_bytes()


def make_world(folder: Path) -> World:
    """Write the region to a new unencrypted file in `folder`."""
    path = folder / "at.db"
    path.write_bytes(_empty_file())
    store = opening.open_store(path, None, memory=NodeMemory(folder / "state" / "nodes.json"))
    berit = Person(name="Berit Handledarsson", email="berit@example.se", licensed=True)
    ture = Person(name="Ture Testman", email="ture@example.se")
    director = Person(name="Disa Studierektorsson", title="studierektor")
    ward = Unit(name="Psykiatriska kliniken", site="Falun", region="Region X", head_id=berit.id)
    centre = Unit(name="Vårdcentral Granen", site="Ludvika", region="Region X", head_id=ture.id)
    world = World(store, ward.id, centre.id, director.id, berit.id, ture.id)
    world.save(
        berit, ture, director, ward, centre, Role(person_id=director.id, kind=RoleKind.STUDIEREKTOR)
    )
    with store.work("test") as work:
        work.set_fact("owner_id", director.id)
    return world
