"""Records read from a store and judged: the tables fit the judge as they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from at_tui.judge import Status, judge
from at_tui.judged import records_of, records_of_all
from at_tui.programmes import choices, programme
from data import opening
from data.node import NodeMemory
from data.store import Store
from schema.fault import Fault
from schema.tables import (
    Absence,
    Decision,
    Evaluation,
    Kollegium,
    Person,
    Placement,
    Supervision,
    SupportPlan,
    Trainee,
    Training,
    Unit,
)
from schema.words import AbsenceKind, Outcome, RoleKind, SectionCode, SupervisionStatus

START, END = date(2026, 3, 2), date(2026, 8, 30)
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    return opening.open_store(path, None, memory=NodeMemory(tmp_path / "state" / "nodes.json"))


def write(store: Store) -> str:
    """Alva Testsson in primary care, seen every week for ten weeks; return the training's id."""
    with store.work("test") as work:
        unit = work.save(Unit(name="Vårdcentral A"))
        person = work.save(
            Person(
                name="Berit Handledarsson",
                specialty="allmänmedicin",
                licensed=True,
                supervisor_course_on=date(2020, 1, 1),
                consultation_course_on=date(2021, 1, 1),
                presence_percent=80,
            )
        )
        trainee = work.save(Trainee(name="Alva Testsson", degree_on=date(2025, 6, 5)))
        training = work.save(Training(trainee_id=trainee.id, start=START, end=END))
        placement = work.save(
            Placement(
                training_id=training.id,
                section=SectionCode.ALLMANMEDICIN,
                unit_id=unit.id,
                start=START,
                end=END,
                supervisor_id=person.id,
            )
        )
        for week in range(10):
            work.save(
                Supervision(
                    training_id=training.id,
                    placement_id=placement.id,
                    day=START + week * WEEK,
                    status=SupervisionStatus.HELD,
                    topics=["a"],
                )
            )
        work.save(
            Absence(
                training_id=training.id,
                kind=AbsenceKind.SEMESTER,
                start=date(2026, 5, 11),
                end=date(2026, 5, 17),
            )
        )
        meeting = work.save(Kollegium(title="AT-kollegium", day=date(2026, 4, 15)))
        work.save(
            Decision(kollegium_id=meeting.id, training_id=training.id, outcome=Outcome.ON_TRACK)
        )
        work.save(
            SupportPlan(
                training_id=training.id,
                opened_on=date(2026, 4, 20),
                told=[RoleKind.STUDIEREKTOR],
            )
        )
        work.session.add(
            Evaluation(
                unit_id=unit.id,
                section=SectionCode.ALLMANMEDICIN,
                period="2026-2",
                instrument_id="placeringsutvardering",
                instrument_version="1",
            )
        )
        return training.id


def test_rows_of_the_tables_are_judged_as_they_are(store: Store) -> None:
    """Ten weeks from 2 March end on 10 May; the week of the 11th is holiday; on 18 May nothing of
    week 21 is held yet."""
    id = write(store)
    with store.read() as work:
        records = records_of(work, id)
    found = {
        f.requirement_id: f for f in judge(records, programme("vgr-primarvard"), date(2026, 5, 18))
    }
    assert (found["VG-03"].have, found["VG-03"].need) == (10, 10)
    assert found["VG-03"].status is Status.ON_WAY
    for id in ("VG-04a", "VG-04b", "VG-04c", "VG-04d", "VG-04e", "N-07", "N-10"):
        assert found[id].status is Status.MET, id
    assert found["VG-09"].have == 4  # 11 to 15 May less Ascension Day
    assert len(found["VG-03"].counted) == 10


def test_every_plan_reads_the_tables(store: Store) -> None:
    id = write(store)
    with store.read() as work:
        records = records_of(work, id, support_plans=True)
    for choice in choices():
        assert judge(records, programme(choice.id), date(2026, 5, 18))
    told = {f.requirement_id: f for f in judge(records, programme("jonkoping"), date(2026, 5, 18))}
    assert told["J-17"].status is Status.MET


def test_a_support_plan_is_read_only_when_asked_for(store: Store) -> None:
    id = write(store)
    with store.read() as work:
        assert records_of(work, id).support_plans == []
        assert len(records_of(work, id, support_plans=True).support_plans) == 1


def test_kollegier_and_evaluations_are_read(store: Store) -> None:
    id = write(store)
    with store.read() as work:
        records = records_of(work, id)
    half = {f.requirement_id: f for f in judge(records, programme("blekinge"), date(2026, 5, 18))}
    assert half["B-10"].status is Status.MET
    assert list(records.evaluations.values()) == [1]


def test_many_trainings_are_read_apart(store: Store) -> None:
    first = write(store)
    with store.work("test") as work:
        other = work.save(Trainee(name="Nils Exempel"))
        empty = work.save(Training(trainee_id=other.id, start=START))
    with store.read() as work:
        both = records_of_all(work, [work.need(Training, first), work.need(Training, empty.id)])
    assert len(both[first].supervisions) == 10
    assert both[empty.id].supervisions == []
    assert both[empty.id].trainee is not None


def test_a_training_that_is_not_there_is_told(store: Store) -> None:
    with store.read() as work, pytest.raises(Fault) as raised:
        records_of(work, "finns-inte")
    assert raised.value.code == "store.no_record"
