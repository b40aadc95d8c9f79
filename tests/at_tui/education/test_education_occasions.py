"""A whole group's attendance, saved in one unit of work or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from at_tui.education.occasions import (
    Mark,
    Occasion,
    Presence,
    attendance,
    called,
    occasions,
    remove_occasion,
    save_occasion,
    start_groups,
)
from at_tui.judge import judge
from at_tui.judge.finding import Status
from at_tui.judged import records_of
from at_tui.programmes import programme
from data.opening import create, open_store
from data.store import Store
from schema.fault import Fault
from schema.tables import Education, Placement, Trainee, Training, Unit
from schema.words import EducationKind, SectionCode

DAY = date(2026, 11, 19)
LECTURE = Occasion(kind=EducationKind.LECTURE, title="Akut buk", day=DAY, minutes=90)
THERE = Mark(Presence.THERE)
NAMES = ("Åsa Öberg-Testsson", "Alva Testsson", "Nils Exempel", "Bo Färdig")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "at.db"
    create(path, passphrase=None)
    opened = open_store(path, None)
    unit = Unit(name="Medicinkliniken")
    with opened.work("test") as work:
        work.save(unit)
        for name in NAMES:
            trainee = Trainee(name=name, start_group="VT 2026" if name[0] in "ÅA" else "HT 2025")
            training = Training(
                trainee_id=trainee.id, start=date(2025, 9, 1), programme_id="jonkoping",
                ended_on=date(2026, 10, 31) if name == "Bo Färdig" else None,
            )  # fmt: skip
            work.add_all([trainee, training])
            work.save(
                Placement(
                    training_id=training.id, section=SectionCode.INVARTES, unit_id=unit.id,
                    start=date(2026, 9, 1), end=date(2027, 2, 28),
                )
            )  # fmt: skip
    yield opened
    opened.close()


def ids(store: Store) -> dict[str, str]:
    with store.read() as work:
        return {one.name: one.training_id for one in called(work, DAY)}


def test_those_in_training_that_day_are_called_in_swedish_order(store: Store) -> None:
    with store.read() as work:
        found = called(work, DAY)
        assert [one.name for one in found] == [
            "Alva Testsson",
            "Nils Exempel",
            "Åsa Öberg-Testsson",
        ]
        assert {one.unit for one in found} == {"Medicinkliniken"}
        assert start_groups(work, DAY) == ["HT 2025", "VT 2026"]
        assert len(called(work, date(2026, 10, 31))) == 4
        assert called(work, date(2025, 8, 31)) == []


def test_a_list_becomes_one_record_for_each_in_one_unit_of_work(store: Store) -> None:
    who = ids(store)
    marks = {
        who["Alva Testsson"]: THERE,
        who["Nils Exempel"]: Mark(Presence.NOTIFIED, "jour"),
        who["Åsa Öberg-Testsson"]: Mark(Presence.NOT_CALLED),
    }
    assert save_occasion(store, "sr", LECTURE, marks) == 2
    with store.read() as work:
        found = {one.training_id: one for one in work.all(Education)}
        alva, nils = found[who["Alva Testsson"]], found[who["Nils Exempel"]]
        assert (alva.attended, alva.minutes, alva.title) == (True, 90, "Akut buk")
        assert alva.placement_id is not None
        assert (nils.attended, nils.absence_notified, nils.absence_reason) == (False, True, "jour")
        (line,) = occasions(work)
        assert (line.called, line.there, line.unexplained) == (2, 1, 0)
        moments = {work.versions_of(one.id)[0].at for one in found.values()}
    assert len(moments) == 1


def test_one_who_cannot_be_saved_leaves_nobody_saved(store: Store) -> None:
    who = ids(store)
    marks = {who["Alva Testsson"]: THERE, "01890000-0000-7000-8000-000000000000": THERE}
    with pytest.raises(Fault):
        save_occasion(store, "sr", LECTURE, marks)
    with store.read() as work:
        assert work.all(Education) == []


def test_a_list_is_opened_again_and_changed_without_doubling(store: Store) -> None:
    who = ids(store)
    save_occasion(store, "sr", LECTURE, dict.fromkeys(who.values(), THERE))
    with store.read() as work:
        assert attendance(work, LECTURE) == dict.fromkeys(who.values(), THERE)
    changed = replace(LECTURE, title="Akuta buksmärtor", minutes=60)
    marks = {
        who["Nils Exempel"]: Mark(Presence.NOT_CALLED),
        who["Alva Testsson"]: Mark(Presence.AWAY),
    }
    left = dict.fromkeys(who.values(), THERE) | marks
    assert save_occasion(store, "sr", changed, left, before=LECTURE) == 2
    with store.read() as work:
        found = work.all(Education)
        assert {one.title for one in found} == {"Akuta buksmärtor"}
        assert {one.minutes for one in found} == {60}
        assert who["Nils Exempel"] not in {one.training_id for one in found}
        (line,) = occasions(work)
        assert (line.called, line.there, line.unexplained) == (2, 1, 1)


def test_a_planned_list_is_ticked_afterwards_and_counts_only_then(store: Store) -> None:
    who = ids(store)
    marks = {
        who["Alva Testsson"]: Mark(Presence.PLANNED),
        who["Nils Exempel"]: Mark(Presence.NOTIFIED, "jour"),
        who["Åsa Öberg-Testsson"]: Mark(Presence.PLANNED),
    }
    assert save_occasion(store, "sr", LECTURE, marks) == 3
    with store.read() as work:
        assert attendance(work, LECTURE) == marks
        (line,) = occasions(work)
        assert (line.called, line.there, line.unexplained, line.planned) == (3, 0, 0, 2)
    later = marks | {who["Alva Testsson"]: THERE, who["Åsa Öberg-Testsson"]: Mark(Presence.AWAY)}
    assert save_occasion(store, "sr", LECTURE, later) == 3
    with store.read() as work:
        (line,) = occasions(work)
        assert (line.called, line.there, line.unexplained, line.planned) == (3, 1, 1, 0)


def test_a_planned_record_that_says_who_was_there_is_refused(store: Store) -> None:
    alva = ids(store)["Alva Testsson"]
    with pytest.raises(Fault) as refused, store.work("sr") as work:
        work.save(
            Education(
                training_id=alva, kind=EducationKind.LECTURE, title="EKG", day=DAY, minutes=60,
                planned=True, attended=True,
            )
        )  # fmt: skip
    assert "planerat" in str(refused.value.values) or refused.value.code.startswith("invalid")


def test_two_lectures_of_one_day_are_two_occasions(store: Store) -> None:
    who = ids(store)
    save_occasion(store, "sr", LECTURE, {who["Alva Testsson"]: THERE})
    save_occasion(store, "sr", replace(LECTURE, title="EKG"), {who["Alva Testsson"]: THERE})
    with store.read() as work:
        assert [line.occasion.title for line in occasions(work)] == ["Akut buk", "EKG"]


def test_an_occasion_is_taken_away_for_everybody(store: Store) -> None:
    save_occasion(store, "sr", LECTURE, dict.fromkeys(ids(store).values(), THERE))
    assert remove_occasion(store, "sr", LECTURE) == 3
    with store.read() as work:
        assert work.all(Education) == []


def test_a_course_of_the_plan_is_met_by_the_days_of_the_list(store: Store) -> None:
    who = ids(store)
    course = Occasion(
        kind=EducationKind.COURSE,
        title="AT-LEKA",
        course_id="at-leka",
        day=date(2026, 9, 7),
        days=2,
    )
    plan = programme("jonkoping")

    def status(on: date) -> Status:
        with store.read() as work:
            records = records_of(work, who["Alva Testsson"])
        return next(f for f in judge(records, plan, on) if f.requirement_id == "J-12b").status

    save_occasion(store, "sr", course, {who["Alva Testsson"]: THERE})
    assert status(DAY) is not Status.MET
    save_occasion(
        store, "sr", replace(course, day=date(2026, 10, 5)), {who["Alva Testsson"]: THERE}
    )
    assert status(DAY) is Status.MET
