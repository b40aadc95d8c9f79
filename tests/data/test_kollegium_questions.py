"""Reading a cohort: few questions, whatever its size, and nothing that the reader may not see."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import event

from data.kollegium import heads_of, read_shelf, versions_named
from schema.tables import Supervision
from schema.words import LockStatus, SupervisionStatus
from tests.at_tui.kollegium.world import TODAY, World


def questions(world: World) -> int:
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        world.shelf()
    finally:
        event.remove(sa.engine.Engine, "before_cursor_execute", note)
    return len([words for words in asked if words.startswith("SELECT")])


def test_many_doctors_take_no_more_questions_than_one(world: World) -> None:
    world.add("Alva Testsson")
    with_one = questions(world)
    for number in range(12):
        doctor = world.add(f"Nils Exempel {number}")
        world.met(doctor, [date(2026, 9, 3), date(2026, 9, 10)])
        world.observed(doctor, date(2026, 10, 1), 3, 3)
    assert questions(world) == with_one
    assert len(world.shelf().binders) == 13


def test_a_binder_holds_what_was_recorded_in_the_order_of_its_days(world: World) -> None:
    doctor = world.add()
    world.met(doctor, [date(2026, 10, 8), date(2026, 9, 3)])
    form = world.observed(doctor, date(2026, 10, 1), 3, 4, said=["lugn", "fråga tidigare"])
    world.marked(doctor, "5:2:4")
    binder = world.shelf().binders[0]
    assert [s.day for s in binder.sessions] == [date(2026, 9, 3), date(2026, 10, 8)]
    assert binder.assessments[0].id == form.id
    assert binder.assessments[0].answers == {
        "anamnes": 3, "status": 4, "behalla": "lugn", "andra": "fråga tidigare"
    }  # fmt: skip
    assert binder.assessments[0].status == LockStatus.SIGNED
    assert [m.goal_id for m in binder.marks] == ["5:2:4"]
    assert binder.placement_on(TODAY) is binder.placements[0]
    assert len(list(binder.record_ids())) == 2 + 1 + 2 + 1 + 1


def test_what_was_said_in_supervision_is_never_read(world: World) -> None:
    doctor = world.add()
    world.save(
        Supervision(
            training_id=doctor.training_id,
            day=date(2026, 9, 3),
            status=SupervisionStatus.HELD,
            note="mellan oss",
        )
    )
    assert world.shelf().binders[0].sessions[0].note == "*"


def test_a_support_plan_is_read_only_by_those_who_may_see_it(world: World) -> None:
    doctor = world.add()
    world.worried(doctor)
    assert world.shelf().binders[0].plans == []
    assert world.shelf().unread_plans == 1
    seen = world.shelf(may_see=lambda plan: "studierektor" in plan.shown_to)
    assert len(seen.binders[0].plans) == 1
    assert seen.unread_plans == 0


def test_only_those_in_service_on_the_day_are_in_the_cohort(world: World) -> None:
    world.add("Alva Testsson")
    world.add("Bo Slutad", ended_on=date(2026, 11, 1), ended_reason="flyttade")
    world.add("Cia Kommande", start=date(2027, 2, 1), end=date(2028, 10, 31))
    world.add("Dan Glömd", start=date(2023, 1, 1), end=date(2024, 9, 30), placed=False)
    world.add("Eva Nyss", start=date(2025, 2, 1), end=date(2026, 10, 31))
    names = [b.name for b in world.shelf().binders]
    assert names == ["Alva Testsson", "Eva Nyss"]
    assert len(world.shelf(everyone=True).binders) == 5


def test_a_meetings_own_list_is_read_also_when_someone_has_left(world: World) -> None:
    gone = world.add("Bo Slutad", ended_on=date(2026, 11, 1))
    here = world.add("Alva Testsson")
    asked = [gone.training_id, here.training_id, "finns-inte"]
    found = world.shelf(training_ids=asked).binders
    assert {b.id for b in found} == {gone.training_id, here.training_id}


def test_a_doctor_with_two_trainings_at_once_has_one_binder_that_tells(world: World) -> None:
    first = world.add("Alva Testsson", placed=False)
    with world.store.read() as work:
        from schema.tables import Training

        older = work.need(Training, first.training_id)
    newer = Training(
        trainee_id=first.trainee_id, start=date(2026, 6, 1), end=date(2027, 6, 1), norm_months=12
    )
    world.save(newer)
    binders = world.shelf().binders
    assert [b.id for b in binders] == [newer.id]
    assert [t.id for t in binders[0].others] == [older.id]


def test_a_training_that_followed_another_is_no_overlap(world: World) -> None:
    from schema.tables import Training

    first = world.add("Alva Testsson", start=date(2025, 1, 1), end=date(2026, 6, 30), placed=False)
    world.save(Training(trainee_id=first.trainee_id, start=date(2026, 7, 1)))
    (binder,) = world.shelf().binders
    assert binder.training.start == date(2026, 7, 1)
    assert binder.others == []


def test_the_newest_versions_of_records_can_be_named_and_read_again(world: World) -> None:
    doctor = world.add()
    with world.store.read() as work:
        heads = heads_of(work, [doctor.training_id, doctor.trainee_id, "finns-inte"])
        assert set(heads) == {doctor.training_id, doctor.trainee_id}
        versions = versions_named(work, [v for each in heads.values() for v in each])
    assert {v.record_id for v in versions} == {doctor.training_id, doctor.trainee_id}


def test_what_the_same_work_has_written_is_read(world: World) -> None:
    with world.store.work("test") as work:
        from schema.tables import Trainee, Training

        trainee = work.save(Trainee(name="Ny Nyss"))
        work.save(Training(trainee_id=trainee.id, start=date(2026, 1, 1)))
        assert [b.name for b in read_shelf(work, on=TODAY).binders] == ["Ny Nyss"]
