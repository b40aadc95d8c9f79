from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col

from data import driver, opening
from data.node import NodeMemory
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import Assessment, Evaluation, Head, Supervision, Trainee, Training, Version
from schema.tables import Unit as UnitTable
from schema.words import LockStatus, SectionCode

DAY = date(2026, 3, 2)


def acts(store: Store, record_id: str) -> list[str]:
    with store.read() as work:
        return [v.act for v in work.versions_of(record_id)]


def assessment(training: Training, **values: Any) -> Assessment:
    return Assessment(
        training_id=training.id, instrument_id="mini-cex", instrument_version="1", day=DAY, **values
    )


def test_every_save_is_a_version_with_author_content_and_parent(
    store: Store, training: Training
) -> None:
    with store.work("anna") as work:
        record = work.save(Supervision(training_id=training.id, day=DAY, note="först"))
    record.note = "sedan"
    with store.work("bo") as work:
        work.save(record)
    with store.read() as work:
        first, second = work.versions_of(record.id)
    assert (first.act, first.author, first.parents) == ("added", "anna", [])
    assert (second.act, second.author, second.parents) == ("changed", "bo", [first.id])
    assert json.loads(first.payload or "")["note"] == "först"
    assert json.loads(second.payload or "")["note"] == "sedan"


def test_saving_without_a_change_writes_no_version(store: Store, training: Training) -> None:
    with store.read() as work:
        same = work.need(Training, training.id)
    with store.work("test") as work:
        work.save(same)
    assert acts(store, training.id) == ["added"]


def test_a_version_and_its_record_are_kept_together_or_not_at_all(
    store: Store, training: Training
) -> None:
    with store.read() as work:
        before = len(work.all(Version))
    with pytest.raises(RuntimeError), store.work("test") as work:
        work.save(assessment(training))
        work.flush()
        raise RuntimeError("interrupted")
    with store.read() as work:
        assert len(work.all(Version)) == before
    assert verify(store) == []


def test_numbers_run_without_gaps_and_each_version_names_the_one_before(
    store: Store, training: Training
) -> None:
    for n in range(5):
        with store.work("test") as work:
            work.save(Supervision(training_id=training.id, day=DAY, note=str(n)))
    with store.read() as work:
        chain = work.all(Version, order=col(Version.seq))
    assert [v.seq for v in chain] == list(range(1, len(chain) + 1))
    assert [v.prev for v in chain] == ["", *[v.id for v in chain[:-1]]]


def test_removing_a_draft_leaves_its_life_readable(store: Store, training: Training) -> None:
    with store.work("test") as work:
        record = work.save(assessment(training))
    with store.work("test") as work:
        work.remove(record)
    assert acts(store, record.id) == ["added", "removed"]
    with store.read() as work:
        assert work.get(Assessment, record.id) is None
        assert work.versions_of(record.id)[0].payload is not None
    assert verify(store) == []


def test_a_signed_record_is_locked_but_may_be_corrected_or_voided(
    store: Store, training: Training
) -> None:
    with store.work("test") as work:
        signed = work.save(assessment(training, answers={"status": 3}))
        work.flush()
        signed.status = LockStatus.SIGNED
    for change in ({"answers": {"status": 5}}, {"day": date(2026, 3, 3)}, {"status": "draft"}):
        with store.read() as work:
            record = work.need(Assessment, signed.id)
        for name, value in change.items():
            setattr(record, name, value)
        with pytest.raises(Fault) as locked, store.work("test") as work:
            work.save(record)
        assert locked.value.code == "lock.signed"
    with pytest.raises(Fault) as stays, store.work("test") as work:
        work.remove(signed)
    assert stays.value.code == "lock.signed"

    with store.work("test") as work:
        newer = work.save(assessment(training, corrects_id=signed.id, answers={"status": 4}))
        work.need(Assessment, signed.id).status = LockStatus.CORRECTED
    assert acts(store, signed.id) == ["added", "signed", "corrected"]
    with store.read() as work:
        assert work.need(Assessment, signed.id).answers == {"status": 3}
        assert work.need(Assessment, newer.id).answers == {"status": 4}


def test_a_void_needs_a_reason(store: Store, training: Training) -> None:
    with store.work("test") as work:
        record = work.save(assessment(training, status=LockStatus.SIGNED))
    with pytest.raises(Fault) as reason, store.work("test") as work:
        work.need(Assessment, record.id).status = LockStatus.VOIDED
    assert reason.value.code == "lock.reason"
    with store.work("test") as work:
        found = work.need(Assessment, record.id)
        found.status, found.void_reason = LockStatus.VOIDED, "Fel AT-läkare"
    assert acts(store, record.id) == ["signed", "voided"]


def test_an_evaluation_never_reaches_the_history(store: Store) -> None:
    with store.work("test") as work:
        unit = work.save(UnitTable(name="Kliniken Påhitt"))
    evaluation = Evaluation(
        unit_id=unit.id,
        section=SectionCode.PSYKIATRI,
        period="2026-1",
        instrument_id="placering",
        instrument_version="1",
        answers={"a": 4},
    )
    with store.work("test") as work:
        work.session.add(evaluation)
    with store.read() as work:
        assert {v.kind for v in work.all(Version)} == {"Unit"}


def test_the_history_cannot_be_rewritten_through_the_database(
    store: Store, training: Training
) -> None:
    connection = driver.connect(store.path, None)
    for statement in (
        "UPDATE version SET author = 'någon annan'",
        "UPDATE version SET payload = replace(payload, 'A', 'B')",
        "DELETE FROM version",
    ):
        with pytest.raises(Exception, match="append-only"):
            connection.execute(statement)
    connection.execute("UPDATE version SET payload = NULL WHERE seq = 1")
    connection.close()


def tamper(path: Path, *statements: str) -> None:
    """Change the file as someone with the right tools would: guards off, change, guards on."""
    connection = driver.connect(path, None)
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
    ).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in guards:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE version SET payload = replace(payload, 'Alva', 'Elsa')", "verify.payload"),
        ("UPDATE version SET author = 'någon annan' WHERE seq = 2", "verify.chain"),
        ("DELETE FROM version WHERE seq = 1", "verify.gap"),
        ("UPDATE trainee SET name = 'Elsa Testsson'", "verify.table"),
        ("DELETE FROM training", "verify.table"),
    ],
)
def test_verify_says_where_the_file_was_tampered_with(
    store: Store, training: Training, statement: str, code: str
) -> None:
    assert verify(store) == []
    tamper(store.path, statement)
    assert code in {finding.code for finding in verify(store)}


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE training SET kind = 'XX'", "Training"),
        ("UPDATE version SET parents = '[' WHERE kind = 'Training'", "Version"),
        ("UPDATE version SET at = 'i går' WHERE kind = 'Training'", "Version"),
    ],
)
def test_verify_tells_what_cannot_be_made_out(
    store: Store, training: Training, statement: str, where: str
) -> None:
    tamper(store.path, statement)
    found = {(f.code, f.where) for f in verify(store)}
    assert ("verify.unreadable", where) in found


def test_verify_misses_no_guard(store: Store, training: Training) -> None:
    connection = driver.connect(store.path, None)
    connection.execute("DROP TRIGGER version_stays")
    connection.close()
    assert [f.code for f in verify(store)] == ["verify.guard"]


def test_emptying_a_payload_leaves_the_chain_whole(store: Store, training: Training) -> None:
    with store.work("test") as work:
        record = work.save(assessment(training))
    with store.work("test") as work:
        work.remove(record)
    tamper(store.path, "UPDATE version SET payload = NULL WHERE kind = 'Assessment'")
    # The hashes hold; that nobody has said it was erased is told by itself.
    assert [f.code for f in verify(store)] == ["verify.emptied"]


def test_a_copied_or_restored_file_writes_under_a_new_node(
    store: Store, training: Training, tmp_path: Path, memory: NodeMemory
) -> None:
    earlier = store.path.read_bytes()
    with store.work("test") as work:
        work.save(Trainee(name="Nils Exempel"))
    store.close()
    store.path.write_bytes(earlier)
    restored = opening.open_store(store.path, None, memory=memory)
    assert restored.node != store.node
    with restored.work("test") as work:
        work.save(Trainee(name="Efter Återställning"))
    with restored.read() as work:
        nodes = {v.node for v in work.all(Version)}
    assert nodes == {store.node, restored.node}
    assert verify(restored) == []
    restored.close()

    elsewhere = NodeMemory(tmp_path / "another computer" / "nodes.json")
    copied = opening.open_store(store.path, None, memory=elsewhere)
    assert copied.node not in nodes
    copied.close()


def test_the_same_file_on_the_same_computer_keeps_its_node(
    store: Store, training: Training, memory: NodeMemory
) -> None:
    for _ in range(3):
        again = opening.open_store(store.path, None, memory=memory)
        assert again.node == store.node
        with again.work("test") as work:
            work.save(Trainee(name="Nils Exempel"))
        again.close()
    assert verify(store) == []


# Any run of adding, changing and removing: everything is in the history, and the tables are
# what the history rebuilds.

texts = st.text(max_size=30)
steps = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove", "fail"]), st.integers(0, 9), texts),
    max_size=25,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("history")
    opening.create(folder / "at.db", passphrase=None)
    opened = opening.open_store(folder / "at.db", None, memory=NodeMemory(folder / "nodes.json"))
    yield opened
    opened.close()


def test_what_is_cleaned_to_what_was_there_before_is_no_change(shared: Store) -> None:
    with shared.work("test") as work:
        trainee = work.save(Trainee(name="Alva Testsson"))
    with shared.work("test") as work:
        work.need(Trainee, trainee.id).name = " Alva  Testsson\u202e"
    with shared.read() as work:
        assert len(work.versions_of(trainee.id)) == 1


@given(run=steps)
@settings(max_examples=40)
def test_every_save_is_in_the_history_and_the_tables_equal_what_it_rebuilds(
    shared: Store, run: list[tuple[str, int, str]]
) -> None:
    with shared.work("test") as work:
        trainee = work.save(Trainee(name="Alva Testsson"))
        training = work.save(Training(trainee_id=trainee.id, start=date(2026, 1, 1)))
    alive: list[str] = []
    written: dict[str, int] = {}
    for act, which, text in run:
        try:
            with shared.work("test") as work:
                if act == "add":
                    record = work.save(Supervision(training_id=training.id, day=DAY, note=text))
                    alive.append(record.id)
                    written[record.id] = 1
                elif alive:
                    record = work.need(Supervision, alive[which % len(alive)])
                    if act == "remove":
                        work.remove(record)
                        alive.remove(record.id)
                        written[record.id] += 1
                    elif act == "change":
                        old, record.note = record.note, text
                        work.flush()
                        written[record.id] += record.note != old
                    else:
                        record.note = record.note + "!"
                        work.flush()
                        raise RuntimeError("interrupted")
        except RuntimeError:
            pass
    with shared.read() as work:
        for record_id, count in written.items():
            versions = work.versions_of(record_id)
            assert len(versions) == count
            heads = work.all(Head, Head.record_id == record_id)
            assert [h.version_id for h in heads] == [versions[-1].id]
        there = work.session.execute(
            sa.select(col(Supervision.id)).where(col(Supervision.training_id) == training.id)
        )
        assert {row[0] for row in there} == set(alive)
    assert verify(shared) == []
