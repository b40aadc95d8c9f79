from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from data import driver, opening
from data.node import NodeMemory
from data.store import Store
from schema.fault import Fault, Invalid
from schema.tables import Placement, Supervision, Trainee, Training, Unit
from schema.words import SectionCode, SupervisionStatus

DAY = date(2026, 3, 2)


def session(training: Training, **values: Any) -> Supervision:
    return Supervision(training_id=training.id, day=DAY, **values)


def names(store: Store) -> list[str]:
    with store.read() as work:
        return [t.name for t in work.all(Trainee, order=col(Trainee.sort_key))]


def test_what_was_saved_is_there_when_the_file_is_opened_again(
    store: Store, training: Training, memory: NodeMemory
) -> None:
    with store.work("test") as work:
        saved = work.save(session(training, note="Två rader\nom åäö", topics=["j", "k"]))
    store.close()
    again = opening.open_store(store.path, None, memory=memory)
    with again.read() as work:
        found = work.need(Supervision, saved.id)
    assert (found.note, found.topics, found.day) == ("Två rader\nom åäö", ["j", "k"], DAY)
    assert found.status is SupervisionStatus.PLANNED
    again.close()


def test_a_unit_of_work_that_fails_keeps_nothing_of_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.work("test") as work:
        work.save(Trainee(name="Halv Sparsson"))
        work.flush()
        raise RuntimeError("interrupted")
    assert names(store) == []


def test_every_fault_of_a_record_is_told_at_once_and_nothing_is_saved(
    store: Store, training: Training
) -> None:
    wrong: Any = {"minutes": 900, "status": "held", "cancel_reason": "nonsense"}
    with pytest.raises(Invalid) as refused, store.work("test") as work:
        work.save(Trainee(name="Nils Exempel"))
        work.save(session(training, **wrong))
    assert {field for field, _, _ in refused.value.problems} == {"minutes", "cancel_reason"}
    assert names(store) == ["Alva Testsson"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"start": date(2026, 5, 1), "end": date(2026, 4, 1)}, "invalid.end_before_start"),
        ({"percent": 49}, "invalid.greater_than_equal"),
        ({"percent": 101}, "invalid.less_than_equal"),
        ({"start": "2026-02-30"}, "invalid.date_from_datetime_parsing"),
        ({"section": "kirurgen"}, "invalid.enum"),
        ({"note": "x" * 20_001}, "invalid.too_long"),
    ],
)
def test_a_placement_that_cannot_be_is_refused_in_words(
    store: Store, training: Training, values: dict[str, Any], code: str
) -> None:
    good: dict[str, Any] = {
        "training_id": training.id, "section": SectionCode.PSYKIATRI,
        "start": date(2026, 1, 1), "end": date(2026, 3, 31),
    }  # fmt: skip
    with pytest.raises(Invalid) as refused, store.work("test") as work:
        work.save(Placement(**{**good, **values}))
    assert [c for _, c, _ in refused.value.problems] == [code]


def test_text_is_cleaned_on_the_way_in(store: Store) -> None:
    hostile = "A\u030asa \x1b]52;c;x\x07[bold]O\u0308st[/]\u202e\u200b\n\trad"
    with store.work("test") as work:
        work.save(Trainee(name=hostile))
    assert names(store) == ["Åsa ]52;c;x[bold]Öst[/] rad"]


def test_text_that_was_put_into_the_file_by_other_means_is_cleaned_on_the_way_out(
    store: Store,
) -> None:
    with store.work("test") as work:
        trainee = work.save(Trainee(name="Alva Testsson"))
    connection = driver.connect(store.path, None)
    connection.execute(
        "UPDATE trainee SET name = ? WHERE id = ?", ("Al\x1b[2Jva\u202e", trainee.id)
    )
    connection.close()
    assert names(store) == ["Al[2Jva"]


def test_two_windows_cannot_overwrite_each_other(
    store: Store, training: Training, memory: NodeMemory
) -> None:
    other = opening.open_store(store.path, None, memory=memory)
    with store.read() as work:
        mine = work.need(Training, training.id)
    with other.read() as work:
        theirs = work.need(Training, training.id)
    mine.note = "fönster 1"
    theirs.note = "fönster 2"
    with store.work("a") as work:
        work.save(mine)
    with pytest.raises(Fault) as stale, other.work("b") as work:
        work.save(theirs)
    assert stale.value.code == "store.stale"
    with store.read() as work:
        assert work.need(Training, training.id).note == "fönster 1"
    other.close()


def test_a_reference_to_nothing_is_refused_at_commit(store: Store) -> None:
    with pytest.raises(Fault) as refused, store.work("test") as work:
        work.save(Supervision(training_id="0" * 36, day=DAY))
    assert refused.value.code == "store.reference"


def test_records_that_point_at_each_other_may_come_in_any_order(store: Store) -> None:
    trainee = Trainee(name="Alva Testsson")
    training = Training(trainee_id=trainee.id, start=DAY)
    with store.work("test") as work:
        work.save(session(training))
        work.save(training)
        work.save(trainee)
    assert names(store) == ["Alva Testsson"]


def test_saving_again_after_an_unsure_save_does_not_double_the_record(
    store: Store, training: Training
) -> None:
    record = session(training)
    with store.work("test") as work:
        work.save(record)
    again = session(training, id=record.id)
    with store.work("test") as work:
        work.save(again)
    with store.read() as work:
        assert len(work.all(Supervision)) == 1


def test_a_failed_commit_neither_blocks_nor_contaminates_the_next_save(store: Store) -> None:
    # A window that reads holds a shared lock: the commit cannot get its own.
    reader = driver.connect(store.path, None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM trainee").fetchall()
    with store.read() as work:
        work.session.connection().exec_driver_sql("PRAGMA busy_timeout=100")
    with pytest.raises(Fault) as busy, store.work("test") as work:
        work.save(Trainee(name="Första Försöket"))
    assert busy.value.code == "store.busy"
    reader.execute("ROLLBACK")
    reader.close()
    with store.work("test") as work:
        work.save(Trainee(name="Andra Försöket"))
    assert names(store) == ["Andra Försöket"]


def test_four_threads_of_one_window_lose_no_update(store: Store) -> None:
    with store.work("test") as work:
        unit = work.save(Unit(name="Vårdcentral Påhitt", capacity=0))

    def count_up() -> None:
        for _ in range(10):
            with store.work("test") as work:
                found = work.need(Unit, unit.id)
                found.capacity = (found.capacity or 0) + 1

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as work:
        assert work.need(Unit, unit.id).capacity == 40


def test_a_reading_unit_of_work_cannot_change_anything(store: Store) -> None:
    with pytest.raises(RuntimeError), store.read() as work:
        work.save(Trainee(name="Smyg Sparsson"))
    assert names(store) == []


def test_a_full_disk_is_told_in_words_and_what_was_saved_is_there(store: Store) -> None:
    with store.work("test") as work:
        work.save(Trainee(name="Alva Testsson"))
    with store.read() as work:
        run = work.session.connection().exec_driver_sql
        pages = run("PRAGMA page_count").scalar_one()
        run(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Fault) as full, store.work("test") as work:
        work.add_all([Trainee(name=f"Nils Exempel {n} " + "x" * 150) for n in range(400)])
    assert full.value.code == "store.disk_full"
    assert names(store) == ["Alva Testsson"]


def test_a_record_that_cannot_be_read_back_is_not_called_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.work.batches", lambda _: [["0" * 64]])
    with pytest.raises(Fault) as unsaved, store.work("test") as work:
        work.save(Trainee(name="Alva Testsson"))
    assert unsaved.value.code == "store.not_saved"


def test_a_draft_is_kept_replaced_and_dropped(store: Store) -> None:
    with store.work("test") as work:
        work.keep_draft("session:1", {"note": "början"})
    with store.work("test") as work:
        work.keep_draft("session:1", {"note": "början och mer", "minutes": "6"})
    with store.read() as work:
        assert work.draft("session:1") == {"note": "början och mer", "minutes": "6"}
        assert [d.key for d in work.drafts()] == ["session:1"]
    with store.work("test") as work:
        work.drop_draft("session:1")
    with store.read() as work:
        assert work.draft("session:1") is None


def test_no_parameter_of_a_statement_stands_in_an_error(store: Store) -> None:
    with pytest.raises(Fault) as fault, store.read() as work:
        work.session.execute(sa.text("select * from nope where n = :n"), {"n": "Hemligson"})
    assert fault.value.__cause__ is not None
    for error in (fault.value, fault.value.__cause__):
        assert "Hemligson" not in str(error)
        assert "Hemligson" not in repr(error)


def test_the_state_changes_when_anyone_has_saved_and_not_before(
    store: Store, memory: NodeMemory
) -> None:
    other = opening.open_store(store.path, None, memory=memory)
    states = [store.state(), store.state()]
    assert names(store) == []
    states.append(store.state())
    assert states[0] is not None
    assert len(set(states)) == 1
    for saver in (store, other):
        with saver.work("test") as work:
            work.save(Trainee(name="Alva Testsson"))
        states.append(store.state())
    with store.work("test") as work:
        work.keep_draft("session:1", {"note": "halvt"})
    states.append(store.state())
    assert len(set(states)) == 4
    other.close()


@pytest.mark.parametrize("asked_before", [False, True])
def test_the_state_of_a_file_that_is_gone_cannot_be_told(store: Store, asked_before: bool) -> None:
    if asked_before:
        assert store.state() is not None
    aside = store.path.with_name("borta.db")
    store.path.rename(aside)
    assert store.state() is None
    aside.rename(store.path)
    assert store.state() is not None


def test_the_state_of_a_file_in_anothers_place_cannot_be_told(store: Store) -> None:
    assert store.state() is not None
    other = store.path.with_name("synkad.db")
    other.write_bytes(store.path.read_bytes())
    other.replace(store.path)
    assert store.state() is None


def test_records_that_are_closed_are_not_opened_again_to_tell_their_state(store: Store) -> None:
    assert store.state() is not None
    store.close()
    assert store.state() is None
    assert store._watch is None
