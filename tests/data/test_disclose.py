from __future__ import annotations

from datetime import date

import pytest

from data.disclose import disclose
from data.store import Store
from schema.fault import Fault
from schema.tables import Person, Supervision, Trainee, Training
from schema.words import SupervisionStatus

DAY = date(2026, 3, 2)


@pytest.fixture
def rut(store: Store, training: Training) -> Person:
    """Alva's supervisor, who has a session with her and one with Nils that names Alva."""
    with store.work("test") as work:
        rut = work.save(Person(name="Rut Provsson"))
        held = work.save(
            Supervision(training_id=training.id, supervisor_id=rut.id, day=DAY, note="först")
        )
        gone = work.save(Supervision(training_id=training.id, day=DAY, note="togs bort"))
        nils = work.save(Trainee(name="Nils Exempel"))
        other = work.save(Training(trainee_id=nils.id, start=DAY))
        work.save(
            Supervision(training_id=other.id, supervisor_id=rut.id, day=DAY,
                        note="Såg hur Alva Testsson gjorde.")
        )  # fmt: skip
        work.save(Supervision(training_id=other.id, day=DAY, note="Nils eget"))
        work.keep_draft(f"session:{training.id}", {"note": "utkast"})
        work.keep_draft(f"session:{other.id}", {"note": "Nils utkast"})
    with store.work(rut.id) as work:
        again = work.need(Supervision, held.id)
        again.note = "sedan"
        again.status = SupervisionStatus.HELD
        work.remove(gone)
    return rut


def test_a_trainee_is_told_everything_and_nothing_of_others(
    store: Store, training: Training, rut: Person
) -> None:
    with store.read() as work:
        told = disclose(work, training.trainee_id)
    assert told.name == "Alva Testsson"
    assert [e.kind for e in told.entries] == ["Trainee", "Training", "Supervision", "Supervision"]
    assert told.drafts == [{"form": "session", "content": {"note": "utkast"}}]
    assert "Nils" not in repr((told.entries, told.drafts))
    held, gone = told.entries[2:]
    assert held.now is not None
    assert held.now["note"] == "sedan"
    assert gone.now is None


def test_the_life_of_each_record_is_told_with_before_and_after(
    store: Store, training: Training, rut: Person
) -> None:
    with store.read() as work:
        told = disclose(work, training.trainee_id)
    held, gone = told.entries[2:]
    assert [(s.act, s.author) for s in held.life] == [("added", "test"), ("changed", rut.id)]
    assert held.life[1].changes == {"note": ("först", "sedan"), "status": ("planned", "held")}
    assert [s.act for s in gone.life] == ["added", "removed"]
    assert gone.life[0].changes["note"] == (None, "togs bort")


def test_where_else_a_name_stands_is_told_without_what_it_says(
    store: Store, training: Training, rut: Person
) -> None:
    with store.read() as work:
        told = disclose(work, training.trainee_id)
    assert [(m.kind, m.by_id) for m in told.mentions] == [("Supervision", False)]


def test_a_supervisor_is_told_their_own_record_and_which_records_name_them(
    store: Store, training: Training, rut: Person
) -> None:
    with store.read() as work:
        told = disclose(work, rut.id)
    assert [e.kind for e in told.entries] == ["Person"]
    assert [(m.kind, m.by_id) for m in told.mentions] == [("Supervision", True)] * 2


def test_nobody_is_told_of_nobody(store: Store) -> None:
    with store.read() as work, pytest.raises(Fault) as told:
        disclose(work, "0" * 36)
    assert told.value.code == "store.no_record"


def test_a_name_with_a_wildcard_finds_only_itself(store: Store) -> None:
    with store.work("test") as work:
        odd = work.save(Trainee(name="100% Test_son"))
        work.save(Person(name="1000 Testsson", title="100x Test son"))
    with store.read() as work:
        assert disclose(work, odd.id).mentions == []
