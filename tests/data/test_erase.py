from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col

from data import backup, driver, erase, erasures, opening, signing
from data.backup import Why
from data.node import NodeMemory
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import (
    KINDS,
    Agreement,
    Assessment,
    Draft,
    Person,
    Pin,
    Placement,
    Role,
    Signature,
    Supervision,
    Talk,
    Trainee,
    Training,
    Version,
)
from schema.words import Meaning, RoleKind, SectionCode, SupervisionStatus, TalkKind

DAY = date(2026, 3, 2)
WORDS = (b"Alva Testsson", b"alva testsson", b"hemlig", b"utkast", b"drakar", b"811218")


@pytest.fixture
def full(store: Store, training: Training) -> Training:
    """Alva's training with one of everything that can hold a word about her, and Nils' beside."""
    with store.work("test") as work:
        supervisor = work.save(Person(name="Rut Provsson"))
        alva = work.need(Trainee, training.trainee_id)
        alva.personnummer = "198112189876"
        placement = work.save(
            Placement(training_id=training.id, section=SectionCode.PSYKIATRI, start=DAY, end=DAY,
                      supervisor_id=supervisor.id)
        )  # fmt: skip
        session = work.save(
            Supervision(training_id=training.id, placement_id=placement.id, day=DAY,
                        status=SupervisionStatus.HELD, note="hemlig anteckning")
        )  # fmt: skip
        work.save(
            Agreement(training_id=training.id, origin_id=session.id, text="hemlig", agreed_on=DAY)
        )
        talk = work.save(
            Talk(training_id=training.id, kind=TalkKind.SLUTSAMTAL, held_on=DAY, note="drakar")
        )
        signing.sign(work, talk, signer_id=supervisor.id, signer_name="Rut Provsson",
                     meaning=Meaning.ASSESSES)  # fmt: skip
        signing.set_pin(work, alva.id, "4711")
        work.keep_draft(f"session:{training.id}", {"note": "utkast"})
        work.keep_draft("talk:new", {"training_id": training.id, "note": "utkast"})
        gone = work.save(Supervision(training_id=training.id, day=DAY, note="hemlig och borttagen"))
        nils = work.save(Trainee(name="Nils Exempel"))
        other = work.save(Training(trainee_id=nils.id, start=DAY, note="Nils egen"))
        work.save(Supervision(training_id=other.id, day=DAY, note="Nils samtal"))
        work.keep_draft(f"session:{other.id}", {"note": "Nils eget"})
    with store.work("test") as work:
        again = work.need(Supervision, session.id)
        again.note = "hemlig och ändrad"
        work.remove(gone)
    return training


def words_in(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [word for word in WORDS if word in content]


def kinds_left(store: Store) -> dict[str, int]:
    with store.read() as work:
        counts = {name: len(work.all(kind)) for name, kind in KINDS.items()}
    return {name: count for name, count in counts.items() if count}


def test_everything_about_a_trainee_goes_and_everyone_else_stays(
    store: Store, full: Training
) -> None:
    erased = erase.erase(store, full.trainee_id, "test")
    assert kinds_left(store) == {"Person": 1, "Trainee": 1, "Training": 1, "Supervision": 1}
    with store.read() as work:
        assert [t.name for t in work.all(Trainee)] == ["Nils Exempel"]
        assert [d.content for d in work.all(Draft)] == [{"note": "Nils eget"}]
        assert work.all(Pin) == []
    assert verify(store) == []
    assert sorted(set(erased.records.values())) == [
        "Agreement", "Placement", "Signature", "Supervision", "Talk", "Trainee", "Training",
    ]  # fmt: skip
    assert len(erased.records) == 8
    assert erased.drafts == 2


def test_not_a_word_is_left_in_the_file(store: Store, full: Training) -> None:
    assert len(words_in(store.path)) == len(WORDS)
    erase.erase(store, full.trainee_id, "test")
    assert words_in(store.path) == []
    assert b"Nils samtal" in store.path.read_bytes()


def test_the_history_keeps_ids_and_hashes_and_says_that_it_was_erased(
    store: Store, full: Training
) -> None:
    with store.read() as work:
        before = {v.id: v.payload_hash for v in work.versions_of(full.trainee_id)}
    erase.erase(store, full.trainee_id, "Rut")
    with store.read() as work:
        versions = work.versions_of(full.trainee_id)
        latest = work.version_of(full.trainee_id)
    assert {v.id: v.payload_hash for v in versions[:-1]} == before
    assert [v.payload for v in versions] == [None] * len(versions)
    assert latest == versions[-1]
    assert (versions[-1].act, versions[-1].author) == ("erased", "Rut")
    assert versions[-1].parents == [versions[-2].id]


def test_an_older_copy_that_is_put_back_does_not_bring_it_back(
    store: Store, full: Training, memory: NodeMemory
) -> None:
    made = backup.make(store.path, None, Why.MANUAL)
    erase.erase(store, full.trainee_id, "test")
    store.close()
    assert words_in(made.path)
    backup.restore(store.path, made.path, None, memory=memory)
    assert words_in(store.path) == []
    again = opening.open_store(store.path, None, memory=memory)
    assert kinds_left(again) == {"Person": 1, "Trainee": 1, "Training": 1, "Supervision": 1}
    assert verify(again) == []
    again.close()


def test_a_copy_from_before_put_back_on_another_computer_does_not_bring_it_back(
    store: Store, full: Training, tmp_path: Path
) -> None:
    """The list lies beside the copies too, and they are all that the other computer has."""
    usb = tmp_path / "usb"
    made = backup.make(store.path, None, Why.MANUAL, folder=usb)
    erase.erase(store, full.trainee_id, "test", copies=[usb])
    store.close()
    other = tmp_path / "other" / "min.db"
    other.parent.mkdir()
    elsewhere = NodeMemory(tmp_path / "other" / "nodes.json")
    backup.restore(other, made.path, None, memory=elsewhere)
    assert words_in(other) == []
    again = opening.open_store(other, None, memory=elsewhere)
    assert verify(again) == []
    again.close()


def test_an_older_file_laid_by_hand_in_the_records_place_is_emptied_when_it_is_opened(
    store: Store, full: Training, memory: NodeMemory
) -> None:
    older = store.path.read_bytes()
    erase.erase(store, full.trainee_id, "test")
    store.close()
    store.path.write_bytes(older)
    again = opening.open_store(store.path, None, memory=memory)
    assert words_in(store.path) == []
    assert verify(again) == []
    versions = count(again)
    again.close()
    once_more = opening.open_store(store.path, None, memory=memory)
    assert count(once_more) == versions
    once_more.close()


def count(store: Store) -> int:
    with store.read() as work:
        return len(work.all(Version))


def test_the_copies_themselves_can_be_emptied(
    store: Store, full: Training, memory: NodeMemory
) -> None:
    made = backup.make(store.path, None, Why.MANUAL)
    spoilt = backup.make(store.path, None, Why.DAILY)
    spoilt.path.write_bytes(spoilt.path.read_bytes()[:9000])
    erased = erase.erase(store, full.trainee_id, "test")
    left = erase.erase_in_copies(store, backup.backups(store.path), erased.records)
    assert [b.path for b in left] == [spoilt.path]
    assert words_in(made.path) == []
    assert backup.sound(made.path, None)
    opened = opening.open_store(made.path, None, memory=memory)
    assert verify(opened) == []
    opened.close()


def test_a_later_copy_carries_the_list_with_it(
    store: Store, full: Training, tmp_path: Path
) -> None:
    erased = erase.erase(store, full.trainee_id, "test")
    made = backup.make(store.path, None, Why.DAILY, folder=tmp_path / "usb")
    assert erasures.known(made.path) == erased.records
    said = erasures.list_file(made.path).read_text()
    assert "Alva" not in said
    assert json.loads(said)["format"] == erasures.FORMAT


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"erased": 7}', b"\xff", b"[" * 100_000])
def test_a_damaged_list_does_not_stop_the_records_from_opening(
    store: Store, full: Training, memory: NodeMemory, content: bytes
) -> None:
    erasures.list_file(store.path).write_bytes(content)
    again = opening.open_store(store.path, None, memory=memory)
    assert kinds_left(again)["Trainee"] == 2
    again.close()


def test_an_edit_from_elsewhere_does_not_bring_back_what_was_erased(
    store: Store, full: Training
) -> None:
    """What a merge does: a version that another laptop made meanwhile is put beside."""
    with store.read() as work:
        late = work.need(Trainee, full.trainee_id).model_dump(mode="json")
        (first,) = [v for v in work.versions_of(full.trainee_id) if v.act == "added"]
    erase.erase(store, full.trainee_id, "test")
    with store.work("merge") as work:
        values = first.model_dump() | {"node": "f" * 36, "seq": 1, "id": "f" * 64}
        values |= {"payload": json.dumps(late), "parents": [first.id]}
        work.session.add(Version(**values))
    assert any(f.code == "verify.not_erased" for f in verify(store))
    with store.work("merge") as work:
        assert list(erase.settle_merged(work).records) == [full.trainee_id]
    assert words_in(store.path) == []
    assert not any(f.code == "verify.not_erased" for f in verify(store))


def test_a_version_that_was_emptied_without_an_erasure_is_told(
    store: Store, full: Training
) -> None:
    connection = driver.connect(store.path, None)
    connection.execute("UPDATE version SET payload = NULL WHERE record_id = ?", (full.id,))
    connection.close()
    assert {f.code for f in verify(store)} == {"verify.emptied", "verify.table"}


def test_a_person_whom_others_records_refer_to_becomes_nobody(store: Store, full: Training) -> None:
    with store.work("test") as work:
        (rut,) = work.all(Person)
        rut.email = "rut@example.org"
        work.save(Role(person_id=rut.id, kind=RoleKind.HANDLEDARE))
    erase.erase(store, rut.id, "test")
    with store.read() as work:
        (left,) = work.all(Person)
        assert (left.id, left.name, left.email, left.active) == (rut.id, erase.NOBODY, "", False)
        assert work.all(Role) == []
        (placement,) = work.all(Placement)
        assert placement.supervisor_id == rut.id
        # Who signed what is part of the trainee's record and stays with it.
        assert [s.signer_name for s in work.all(Signature)] == ["Rut Provsson"]
    assert verify(store) == []
    assert b"rut@example.org" not in store.path.read_bytes()


def test_kinds_of_records_can_be_erased_by_themselves(store: Store, full: Training) -> None:
    erase.erase(store, full.trainee_id, "test", kinds={"Talk", "Agreement"})
    assert kinds_left(store) == {
        "Person": 1, "Trainee": 2, "Training": 2, "Placement": 1, "Supervision": 2,
    }  # fmt: skip
    assert verify(store) == []
    assert words_in(store.path) == [w for w in WORDS if w != b"drakar"]


def test_what_others_refer_to_is_not_erased_from_under_them(store: Store, full: Training) -> None:
    with pytest.raises(Fault) as told:
        erase.erase(store, full.trainee_id, "test", kinds={"Placement"})
    assert told.value.code == "store.reference"
    assert kinds_left(store)["Placement"] == 1


def test_an_erasure_of_nobody_is_refused(store: Store, full: Training) -> None:
    with pytest.raises(Fault) as told:
        erase.erase(store, full.id, "test")
    assert told.value.code == "store.no_record"
    assert kinds_left(store)["Trainee"] == 2


def test_an_erased_record_cannot_be_added_again(store: Store, full: Training) -> None:
    erase.erase(store, full.trainee_id, "test")
    with pytest.raises(Fault) as told, store.work("import") as work:
        work.save(Trainee(id=full.trainee_id, name="Alva Testsson"))
    assert told.value.code == "erase.gone"
    assert words_in(store.path) == []


def test_every_kind_of_record_that_can_be_about_a_trainee_is_erased(store: Store) -> None:
    """A new table that refers to a trainee or a training is found by its reference."""
    about = {
        name
        for name, kind in KINDS.items()
        if {"training_id", "trainee_id"} & kind.model_fields.keys()
    }
    assert {"Training", "Assessment", "Certificate", "Absence"} <= about
    for name in about:
        table = KINDS[name].__table__  # type: ignore[attr-defined]
        references = {key.column.table.name for key in table.foreign_keys}
        assert references & {"training", "trainee"}, name
    assert Assessment.__name__ in about


def test_two_windows_agree_on_an_erasure(store: Store, full: Training, memory: NodeMemory) -> None:
    other = opening.open_store(store.path, None, memory=memory)
    with other.read() as work:
        theirs = work.need(Trainee, full.trainee_id)
    theirs.email = "alva@example.org"
    erase.erase(store, full.trainee_id, "test")
    with pytest.raises(Fault) as told, other.work("b") as work:
        changed = work.save(theirs)
        assert changed.id == full.trainee_id
        work.flush()
    assert told.value.code == "erase.gone"
    other.close()
    with store.read() as work:
        assert work.all(Trainee, col(Trainee.id) == full.trainee_id) == []
