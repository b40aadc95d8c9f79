from __future__ import annotations

from datetime import date

import pytest

from data import find
from data.store import Store
from schema.fault import Fault
from schema.tables import (
    Agreement,
    Assessment,
    Person,
    Placement,
    Supervision,
    Trainee,
    Training,
    Unit,
)
from schema.words import CancelReason, SectionCode, SupervisionStatus

ON = date(2026, 3, 2)


def add(store: Store, name: str, *, group: str = "VT 2026", ended: date | None = None) -> Training:
    with store.work("test") as work:
        trainee = work.save(Trainee(name=name, start_group=group))
        return work.save(Training(trainee_id=trainee.id, start=date(2026, 1, 1), ended_on=ended))


def place(store: Store, training: Training, start: date, end: date, unit: str = "") -> Placement:
    with store.work("test") as work:
        where = work.save(Unit(name=unit or "Vårdcentral Påhitt"))
        who = work.save(Person(name="Hanna Handledarsson"))
        return work.save(
            Placement(
                training_id=training.id,
                section=SectionCode.ALLMANMEDICIN,
                start=start,
                end=end,
                unit_id=where.id,
                supervisor_id=who.id,
            )
        )


def names(store: Store, text: str = "", *, everyone: bool = False) -> list[str]:
    with store.read() as work:
        return [r.name for r in find.trainee_rows(work, on=ON, text=text, everyone=everyone)]


def test_the_list_is_sorted_as_swedish_readers_expect(store: Store) -> None:
    for name in ("Örjan Ex", "Zara Ex", "adam Ex", "Ärla Ex", "Édith Ex", "Åsa Ex", "Ebba Ex"):
        add(store, name)
    assert names(store) == [
        "adam Ex", "Ebba Ex", "Édith Ex", "Zara Ex", "Åsa Ex", "Ärla Ex", "Örjan Ex",
    ]  # fmt: skip


def test_a_row_tells_of_the_placement_on_the_day(store: Store) -> None:
    training = add(store, "Alva Testsson")
    place(store, training, date(2026, 1, 1), date(2026, 3, 1), "Kirurgkliniken")
    now = place(store, training, date(2026, 3, 2), date(2026, 8, 31))
    with store.read() as work:
        (row,) = find.trainee_rows(work, on=ON)
        assert (row.placement_id, row.unit) == (now.id, "Vårdcentral Påhitt")
        assert (row.section, row.supervisor) == ("allmanmedicin", "Hanna Handledarsson")
        (before,) = find.trainee_rows(work, on=date(2026, 3, 1))
        assert before.unit == "Kirurgkliniken"
        (after,) = find.trainee_rows(work, on=date(2026, 9, 1))
        assert (after.section, after.unit, after.placement_id) == ("", "", "")


def test_two_placements_on_one_day_still_make_one_row(store: Store) -> None:
    training = add(store, "Alva Testsson")
    place(store, training, date(2026, 1, 1), date(2026, 6, 30), "Den Äldre")
    place(store, training, date(2026, 2, 1), date(2026, 6, 30), "Den Nyare")
    with store.read() as work:
        assert [r.unit for r in find.trainee_rows(work, on=ON)] == ["Den Nyare"]


def test_the_list_is_filtered_by_name_unit_supervisor_and_group(store: Store) -> None:
    place(store, add(store, "Åsa Östlund-Exempel"), ON, ON, "Kliniken Ö")
    add(store, "Nils Exempel", group="HT 2025")
    assert names(store, "östlund") == ["Åsa Östlund-Exempel"]
    assert names(store, "ÅSA exempel") == ["Åsa Östlund-Exempel"]
    assert names(store, "kliniken") == ["Åsa Östlund-Exempel"]
    assert names(store, "handledars") == ["Åsa Östlund-Exempel"]
    assert names(store, "ht 2025") == ["Nils Exempel"]
    assert names(store, "%") == names(store)
    assert names(store, "finns inte") == []


def test_those_who_have_finished_are_listed_on_request(store: Store) -> None:
    add(store, "Klar Redansson", ended=date(2026, 2, 1))
    assert names(store) == []
    assert names(store, everyone=True) == ["Klar Redansson"]


def test_a_doctor_is_found_by_id_start_of_id_whole_name_and_part_of_it(store: Store) -> None:
    first = add(store, "Nils Exempel")
    add(store, "Nils Exempelberg")
    with store.read() as work:
        who = find.match_trainees(work, "nils exempel")
        assert [t.name for t in who] == ["Nils Exempel"]
        assert [t.id for t in find.match_trainees(work, first.trainee_id)] == [first.trainee_id]
        both = find.match_trainees(work, "nils")
        assert [t.name for t in both] == ["Nils Exempel", "Nils Exempelberg"]
        for nobody in ("", "   ", "Elsa", "%", "_"):
            assert find.match_trainees(work, nobody) == []


def test_a_folder_holds_all_of_one_training_and_nothing_of_another(store: Store) -> None:
    mine, other = add(store, "Alva Testsson"), add(store, "Nils Exempel")
    placement = place(store, mine, date(2026, 3, 1), date(2026, 8, 31))
    place(store, mine, date(2026, 1, 1), date(2026, 2, 28))
    with store.work("test") as work:
        for training in (mine, other):
            for day in (date(2026, 3, 20), date(2026, 3, 6)):
                work.save(Supervision(training_id=training.id, day=day))
            work.save(Agreement(training_id=training.id, text="Boka rektoskopi", agreed_on=ON))
    with store.read() as work:
        found = find.folder(work, mine.id)
    assert found.trainee.name == "Alva Testsson"
    assert [s.day for s in found.supervisions] == [date(2026, 3, 6), date(2026, 3, 20)]
    assert {s.training_id for s in found.supervisions} == {mine.id}
    assert len(found.agreements) == 1
    assert [p.start for p in found.placements] == [date(2026, 1, 1), date(2026, 3, 1)]
    current = found.placement_on(ON)
    assert current is not None
    assert current.id == placement.id
    assert found.unit_of(current) == "Vårdcentral Påhitt"
    assert found.name_of(current.supervisor_id) == "Hanna Handledarsson"
    assert found.name_of(None) == ""
    assert found.placement_on(date(2027, 1, 1)) is None


def test_the_next_session_is_the_first_that_is_planned_and_has_not_been(store: Store) -> None:
    alva, nils, klara = (add(store, name) for name in ("Alva Ex", "Nils Ex", "Klara Ex"))
    days = {
        alva.id: [(1, "planned"), (18, "planned"), (25, "planned"), (16, "cancelled")],
        nils.id: [(2, "held"), (28, "held")],
        klara.id: [(20, "planned")],
    }
    with store.work("prov") as work:
        for training, sessions in days.items():
            for day, status in sessions:
                work.save(
                    Supervision(
                        training_id=training,
                        day=date(2026, 5, day),
                        status=SupervisionStatus(status),
                        cancel_reason=CancelReason.WORKLOAD if status == "cancelled" else None,
                    )
                )
    with store.read() as work:
        found = find.next_sessions(work, [alva.id, nils.id], on=date(2026, 5, 15))
        assert found == {alva.id: date(2026, 5, 18)}
        on_the_day = find.next_sessions(work, [alva.id, klara.id], on=date(2026, 5, 20))
        assert on_the_day == {alva.id: date(2026, 5, 25), klara.id: date(2026, 5, 20)}
        assert find.next_sessions(work, [], on=date(2026, 5, 20)) == {}


def test_a_folder_of_forms_holds_the_assessments_alone(store: Store) -> None:
    training = add(store, "Alva Testsson")
    place(store, training, date(2026, 3, 2), date(2026, 8, 31))
    form = Assessment(
        training_id=training.id, instrument_id="mini-cex", instrument_version="1", day=ON
    )
    with store.work("prov") as work:
        work.save(form)
    with store.read() as work:
        found = find.folder(work, training.id, forms_only=True)
    assert (found.trainee.name, found.training.id) == ("Alva Testsson", training.id)
    assert [a.id for a in found.assessments] == [form.id]
    assert (found.placements, found.people, found.units, found.roles) == ([], {}, {}, [])


def test_asking_for_a_training_that_does_not_exist_is_told_in_words(store: Store) -> None:
    with pytest.raises(Fault) as missing, store.read() as work:
        find.folder(work, "0" * 36)
    assert missing.value.code == "store.no_record"
