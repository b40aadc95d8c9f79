from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from data import driver, guard, migrating, opening, places
from data.node import NodeMemory
from schema.fault import Fault
from schema.tables import Trainee

PASSPHRASE = "räksmörgås på taket"


def test_an_encrypted_file_opens_with_its_passphrase_and_keeps_its_records(
    tmp_path: Path, memory: NodeMemory
) -> None:
    path = tmp_path / "folder" / "at.db"
    recovery = opening.create(path, passphrase=PASSPHRASE)
    assert recovery is not None
    for key in (
        opening.unlock(path, passphrase=PASSPHRASE),
        opening.unlock(path, recovery_key=recovery),
    ):
        store = opening.open_store(path, key, memory=memory)
        with store.work("test") as work:
            work.save(Trainee(name="Åsa Öberg-Exempel"))
        store.close()
    store = opening.open_store(path, opening.unlock(path, passphrase=PASSPHRASE), memory=memory)
    with store.read() as work:
        assert [t.name for t in work.all(Trainee)] == ["Åsa Öberg-Exempel"] * 2
    assert store.encrypted
    store.close()


def test_no_plain_text_of_a_record_lies_in_an_encrypted_file(
    tmp_path: Path, memory: NodeMemory
) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    store = opening.open_store(path, opening.unlock(path, passphrase=PASSPHRASE), memory=memory)
    with store.work("test") as work:
        work.save(Trainee(name="Hemligson Testfall"))
    store.close()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"Hemligson" not in content
            assert PASSPHRASE.encode() not in content
    assert driver.file_state(path) is driver.FileState.SEALED


def test_file_and_folder_are_for_the_user_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "at.db"
    opening.create(path, passphrase=None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    path.write_bytes(b"viktigt")
    with pytest.raises(Fault) as there:
        opening.create(path, passphrase=None)
    assert there.value.code == "store.exists"
    assert path.read_bytes() == b"viktigt"
    assert not places.key_file(path).exists()


def test_a_failed_creation_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("tables cannot be made")

    monkeypatch.setattr(migrating, "build", broken)
    with pytest.raises(RuntimeError):
        opening.create(tmp_path / "at.db", passphrase=PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(Fault) as fault:
        opening.create(closed / "at.db", passphrase=PASSPHRASE)
    assert fault.value.code == "store.folder_not_writable"


def test_a_folder_whose_path_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Fault) as fault:
        opening.create(tmp_path / "file" / "at.db", passphrase=None)
    assert fault.value.code in ("store.folder_not_writable", "store.unreadable")


def test_a_missing_an_empty_and_a_foreign_file_are_told_apart(tmp_path: Path) -> None:
    def code(path: Path) -> str:
        with pytest.raises(Fault) as fault:
            opening.open_store(path, opening.unlock(path))
        assert fault.value.exit_code == 3
        return fault.value.code

    assert code(tmp_path / "none.db") == "store.missing"
    empty = tmp_path / "empty.db"
    empty.touch()
    assert code(empty) == "store.empty_file"
    text = tmp_path / "text.db"
    text.write_text("Det här är en vanlig textfil, ingen databas.")
    assert code(text) == "store.not_a_database"
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert code(other) == "store.not_ours"
    folder = tmp_path / "folder.db"
    folder.mkdir()
    assert code(folder) == "store.is_folder"


def test_a_file_of_a_newer_programme_is_refused_and_left_as_it_is(
    tmp_path: Path, memory: NodeMemory
) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    connection = driver.connect(path, None)
    connection.execute(f"PRAGMA user_version={migrating.HEAD + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Fault) as newer:
        opening.open_store(path, None, memory=memory)
    assert newer.value.code == "store.newer"
    assert path.read_bytes() == before


def test_a_damaged_encrypted_file_is_not_called_a_wrong_passphrase(
    tmp_path: Path, memory: NodeMemory
) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    key = opening.unlock(path, passphrase=PASSPHRASE)
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(Fault) as damaged:
        opening.open_store(path, key, memory=memory)
    assert damaged.value.code == "store.damaged"


def test_the_settings_that_keep_records_through_a_power_cut_are_in_force(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    connection = driver.connect(path, None)
    try:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode", "synchronous", "foreign_keys", "fullfsync", "trusted_schema",
                "cell_size_check", "temp_store", "busy_timeout", "application_id", "user_version",
                "cache_size",
            )
        }  # fmt: skip
    finally:
        connection.close()
    assert settings == {
        "journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "fullfsync": 1,
        "trusted_schema": 0, "cell_size_check": 1, "temp_store": 2, "busy_timeout": 10_000,
        "application_id": driver.APPLICATION_ID, "user_version": migrating.HEAD,
        "cache_size": -2000,
    }  # fmt: skip


def test_a_new_file_has_the_guards_of_the_history(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    connection = driver.connect(path, None)
    found = {
        r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
    }
    connection.close()
    assert found == set(guard.names())
