"""The first page's one read: the same answers as the records give, without SQLModel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data import content, glance
from data.migrating import HEAD
from data.opening import create, open_store
from data.store import Store
from schema.content.instrument import Instrument
from schema.fault import Fault
from schema.tables import (
    Absence,
    Agreement,
    Assessment,
    Certificate,
    Person,
    Placement,
    Supervision,
    Talk,
    Trainee,
    Training,
    Unit,
)
from schema.words import (
    AbsenceKind,
    CancelReason,
    LockStatus,
    SectionCode,
    SupervisionStatus,
    TalkKind,
)

ON = date(2026, 11, 24)
ROOT = Path(__file__).parents[2]


class Clinic:
    """A file with one supervisor and one in training, placed from July to January."""

    def __init__(self, path: Path) -> None:
        create(path, passphrase=None)
        self.path = path
        self.store: Store = open_store(path, None)
        self.unit = Unit(name="Vårdcentralen Provet")
        self.owner = Person(name="Siv Prövare", unit_id=self.unit.id)
        self.other = Person(name="Bo Exempel")
        self.alva = Trainee(name="Alva Testsson")
        self.training = Training(trainee_id=self.alva.id, start=date(2025, 9, 1))
        self.placement = Placement(
            training_id=self.training.id,
            section=SectionCode.ALLMANMEDICIN,
            unit_id=self.unit.id,
            start=date(2026, 7, 6),
            end=date(2027, 1, 3),
            supervisor_id=self.owner.id,
        )
        with self.store.work("x") as work:
            work.add_all([self.unit, self.owner, self.other, self.alva])
            work.add_all([self.training, self.placement])
            work.set_fact("owner_id", self.owner.id)

    def add(self, *records: object) -> None:
        with self.store.work("x") as work:
            for record in records:
                work.save(record)  # type: ignore[type-var]

    def session(self, day: date, status: SupervisionStatus = SupervisionStatus.HELD) -> Supervision:
        cancelled = status is SupervisionStatus.CANCELLED
        made = Supervision(
            training_id=self.training.id,
            day=day,
            status=status,
            cancel_reason=CancelReason.WORKLOAD if cancelled else None,
        )
        self.add(made)
        return made

    def form(self, instrument: str, day: date, status: LockStatus) -> Assessment:
        made = Assessment(
            training_id=self.training.id,
            instrument_id=instrument,
            instrument_version="1",
            day=day,
            status=status,
        )
        self.add(made)
        return made

    def read(self, on: date = ON) -> glance.Glance:
        found = glance.read(self.path, None, on)
        assert found is not None
        return found

    def doctor(self, on: date = ON) -> glance.Doctor:
        (doctor,) = self.read(on).doctors
        return doctor


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    made = Clinic(tmp_path / "prov.db")
    yield made
    made.store.close()


def test_it_is_written_for_the_schema_that_the_store_writes() -> None:
    assert glance.KNOWS == HEAD


def test_it_loads_no_tables() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, data.glance; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "textual"}


def test_who_sits_here_and_where(clinic: Clinic) -> None:
    found = clinic.read()
    assert (found.owner_name, found.place) == ("Siv Prövare", "Vårdcentralen Provet")
    assert (found.encrypted, found.demo, found.mine, found.trainees) == (False, False, True, 1)


def test_the_placement_of_the_day_both_ends_included(clinic: Clinic) -> None:
    stay = clinic.doctor().stay
    assert stay is not None
    assert (stay.id, stay.section, stay.unit) == (
        clinic.placement.id,
        "allmanmedicin",
        "Vårdcentralen Provet",
    )
    assert clinic.doctor(date(2026, 7, 6)).stay is not None
    assert clinic.doctor(date(2027, 1, 3)).stay is not None


def test_a_day_outside_the_placement_has_none(clinic: Clinic) -> None:
    clinic.training.main_supervisor_id = clinic.owner.id
    clinic.add(clinic.training)
    assert clinic.doctor(date(2026, 7, 5)).stay is None
    assert clinic.doctor(date(2027, 1, 4)).stay is None


def test_without_doctors_of_ones_own_all_in_training_are_shown(clinic: Clinic) -> None:
    with clinic.store.work("x") as work:
        work.set_fact("owner_id", clinic.other.id)
    found = clinic.read()
    assert not found.mine
    assert [doctor.name for doctor in found.doctors] == ["Alva Testsson"]


def test_those_who_have_ended_are_left_out(clinic: Clinic) -> None:
    assert clinic.read(date(2027, 3, 1)).doctors != []
    assert clinic.read(date(2027, 3, 10)).doctors == []
    clinic.training.ended_on = date(2026, 11, 1)
    clinic.add(clinic.training)
    assert clinic.read().doctors == []


def test_sessions_held_are_counted_in_the_placement_and_planned_ones_listed(
    clinic: Clinic,
) -> None:
    clinic.session(date(2026, 6, 1))
    clinic.session(date(2026, 11, 10))
    clinic.session(date(2026, 11, 17), SupervisionStatus.CANCELLED)
    later = clinic.session(date(2026, 12, 3), SupervisionStatus.PLANNED)
    sooner = clinic.session(date(2026, 11, 26), SupervisionStatus.PLANNED)
    doctor = clinic.doctor()
    assert doctor.held == [date(2026, 11, 10)]
    assert doctor.last_held == date(2026, 11, 10)
    assert [session.id for session in doctor.planned] == [sooner.id, later.id]


def test_unsigned_forms_wait_and_only_observations_count_as_such(clinic: Clinic) -> None:
    clinic.form("mini-cex", date(2026, 10, 1), LockStatus.SIGNED)
    waiting = clinic.form("fredagsfeedback", date(2026, 11, 20), LockStatus.DRAFT)
    clinic.form("dops", date(2026, 11, 22), LockStatus.VOIDED)
    doctor = clinic.doctor()
    assert [form.id for form in doctor.open_forms] == [waiting.id]
    assert doctor.last_observed == date(2026, 10, 1)


def test_a_form_that_nobody_signs_waits_for_nobody(clinic: Clinic) -> None:
    clinic.form("samtalschecklista", date(2026, 11, 20), LockStatus.DRAFT)
    assert clinic.doctor().open_forms == []
    instruments = content.load("instrument").values()
    assert sorted(glance.UNSIGNED) == sorted(
        i.id for i in instruments if isinstance(i, Instrument) and i.signatures == "none"
    )


def test_a_form_does_not_wait_for_ever(clinic: Clinic) -> None:
    last = clinic.form("dops", ON - glance.FORGOTTEN, LockStatus.DRAFT)
    clinic.form("dops", ON - glance.FORGOTTEN - timedelta(days=1), LockStatus.DRAFT)
    assert [form.id for form in clinic.doctor().open_forms] == [last.id]


@pytest.mark.parametrize("as_form", [True, False])
def test_a_midway_talk_counts_as_a_form_or_as_a_talk(clinic: Clinic, as_form: bool) -> None:
    assert not clinic.doctor().midway_done
    if as_form:
        clinic.form("halvtid", date(2026, 10, 8), LockStatus.SIGNED)
    else:
        talk = Talk(
            training_id=clinic.training.id, kind=TalkKind.MITTSAMTAL, held_on=date(2026, 10, 8)
        )
        clinic.add(talk)
    assert clinic.doctor().midway_done


def test_only_promises_whose_day_has_passed_are_told(clinic: Clinic) -> None:
    def promise(text: str, due: date, done: date | None = None) -> Agreement:
        return Agreement(
            training_id=clinic.training.id, text=text, agreed_on=due, due=due, done_on=done
        )

    clinic.add(
        promise("i går", ON - timedelta(days=1)),
        promise("i dag", ON),
        promise("gjord", ON - timedelta(days=3), ON),
    )
    assert [p.text for p in clinic.doctor().promises] == ["i går"]


def test_a_placement_that_ends_asks_for_its_certificate_until_it_has_one(clinic: Clinic) -> None:
    assert clinic.doctor().uncertified is None
    stay = clinic.doctor(date(2026, 12, 20)).uncertified
    assert stay is not None
    assert stay.id == clinic.placement.id
    clinic.add(
        Certificate(
            training_id=clinic.training.id,
            placement_id=clinic.placement.id,
            issued_on=date(2026, 12, 20),
        )
    )
    assert clinic.doctor(date(2026, 12, 20)).uncertified is None


def test_being_away_today_is_told_with_its_end(clinic: Clinic) -> None:
    clinic.add(
        Absence(
            training_id=clinic.training.id,
            kind=AbsenceKind.SEMESTER,
            start=ON,
            end=ON + timedelta(days=6),
        )
    )
    doctor = clinic.doctor()
    assert (doctor.away, doctor.away_until) == ("semester", ON + timedelta(days=6))
    assert clinic.doctor(ON + timedelta(days=7)).away == ""


def test_the_latest_events_come_first_and_nothing_from_the_future(clinic: Clinic) -> None:
    clinic.session(date(2026, 11, 10))
    clinic.session(date(2026, 11, 26), SupervisionStatus.PLANNED)
    clinic.form("mini-cex", date(2026, 11, 17), LockStatus.SIGNED)
    clinic.form("dops", date(2026, 11, 25), LockStatus.DRAFT)
    events = clinic.read().recent
    assert [(e.kind, e.what, e.status) for e in events] == [
        ("assessment", "mini-cex", "signed"),
        ("supervision", "held", ""),
    ]
    assert events[0].name == "Alva Testsson"


def test_never_more_events_than_the_page_shows(clinic: Clinic) -> None:
    for days in range(20):
        clinic.session(ON - timedelta(days=days))
    assert len(clinic.read().recent) == glance.RECENT


def test_hostile_names_come_out_clean(clinic: Clinic) -> None:
    clinic.alva.name = "Al\x1b[2Jva\u202e  [b]"
    clinic.add(clinic.alva)
    assert clinic.doctor().name == "Al[2Jva [b]"


def test_an_encrypted_file_needs_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data import keys
    from data.opening import unlock

    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    path = tmp_path / "siv.db"
    create(path, passphrase="fyra ord är bäst")
    found = glance.read(path, unlock(path, passphrase="fyra ord är bäst"), ON)
    assert found is not None
    assert found.encrypted
    with pytest.raises(Fault) as fault:
        glance.read(path, b"x" * 32, ON)
    assert fault.value.code == "store.damaged"


def test_a_file_of_another_version_is_left_to_the_store(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "KNOWS", HEAD + 1)
    assert glance.read(clinic.path, None, ON) is None


@pytest.mark.parametrize("name", ["_SESSIONS", "_OPEN_FORMS", "_OBSERVED", "_MIDWAY", "_EVENTS"])
def test_years_of_records_are_asked_by_training_never_walked_through(
    clinic: Clinic, name: str
) -> None:
    from data import driver

    connection = driver.connect(clinic.path, None)
    values = dict.fromkeys(("trainings", "since", "on", "most", "instruments"), "[]")
    plan = connection.execute(f"EXPLAIN QUERY PLAN {getattr(glance, name)}", values).fetchall()
    connection.close()
    steps = [step for *_, step in plan if "supervision" in step or "assessment" in step]
    assert steps
    assert all("COVERING INDEX" in step for step in steps)
    assert all("_by_training (training_id=? AND day>?" in step for step in steps)
