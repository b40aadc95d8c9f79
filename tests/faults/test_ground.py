"""The ground under a running programme moves: its file goes, its folder closes, its clock jumps."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from data import backup, history, opening
from data.backup import Why
from data.node import NodeMemory
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import Trainee
from tests.faults.conftest import Home
from tests.faults.rights import of_a_user

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in place")


def save(store: Store, name: str) -> None:
    with store.work("test") as work:
        work.save(Trainee(name=name))


def names(store: Store) -> list[str]:
    with store.read() as work:
        return [t.name for t in work.all(Trainee, order=col(Trainee.sort_key))]


def opened(place: Home) -> Store:
    return opening.open_store(place.database, place.key, memory=place.memory)


@posix
def test_nothing_is_called_saved_in_a_file_that_was_removed(place: Home) -> None:
    store = opened(place)
    save(store, "Nils Exempel")
    place.database.unlink()
    with pytest.raises(Fault) as told:
        save(store, "Rut Provsson")
    assert told.value.code == "store.gone"
    store.close()
    assert not place.database.exists()


@posix
def test_nothing_is_called_saved_in_a_file_that_another_one_has_replaced(place: Home) -> None:
    store = opened(place)
    save(store, "Nils Exempel")
    copy = place.database.with_name("other.db")
    shutil.copyfile(place.database, copy)
    copy.replace(place.database)
    with pytest.raises(Fault) as told:
        save(store, "Rut Provsson")
    assert told.value.code == "store.gone"
    store.close()
    again = opened(place)
    assert names(again) == ["Alva Testsson", "Nils Exempel"]
    assert verify(again) == []
    again.close()


@posix
def test_a_copy_put_back_by_another_window_is_not_written_over(place: Home) -> None:
    store = opened(place)
    made = backup.make(place.database, place.key, Why.MANUAL)
    save(store, "Nils Exempel")
    backup.restore(place.database, made.path, place.key)
    with pytest.raises(Fault) as told:
        save(store, "Rut Provsson")
    assert told.value.code == "store.gone"
    store.close()
    again = opened(place)
    assert names(again) == ["Alva Testsson"]
    save(again, "Rut Provsson")
    assert verify(again) == []
    again.close()


@posix
def test_a_file_that_became_read_only_is_told_and_stays_readable(place: Home) -> None:
    with of_a_user():
        place.database.chmod(0o400)
        store = opened(place)
        with pytest.raises(Fault) as told:
            save(store, "Nils Exempel")
        assert told.value.code == "store.read_only"
        assert names(store) == ["Alva Testsson"]
        place.database.chmod(0o600)
        store.close()
        store = opened(place)
        save(store, "Nils Exempel")
        store.close()


@posix
def test_a_folder_that_became_read_only_is_told_and_the_file_stays_readable(place: Home) -> None:
    store = opened(place)
    save(store, "Nils Exempel")
    journal = place.database.with_name("at.db-journal")
    with of_a_user():
        journal.unlink()
        place.database.parent.chmod(0o500)
        try:
            with pytest.raises(Fault) as told:
                save(store, "Rut Provsson")
            assert told.value.code in ("store.cannot_open", "store.read_only")
            assert names(store) == ["Alva Testsson", "Nils Exempel"]
            with pytest.raises(Fault) as no_copy:
                backup.make(place.database, place.key, Why.DAILY)
            assert no_copy.value.code == "store.backup_failed"
            assert names(opened(place)) == ["Alva Testsson", "Nils Exempel"]
        finally:
            place.database.parent.chmod(0o700)
    save(store, "Rut Provsson")
    store.close()


@posix
def test_a_folder_that_may_not_be_read_is_told(place: Home) -> None:
    with of_a_user():
        place.database.chmod(0)
        with pytest.raises(Fault) as told:
            opened(place)
        assert told.value.code == "store.unreadable"
        place.database.chmod(0o600)


@posix
def test_what_is_written_beside_the_records_is_for_the_user_only(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the user's umask allows others."""
    before = os.umask(0)
    try:
        store = opened(place)
        with store.work("test") as work:
            work.save(Trainee(name="Nils Exempel"))
            work.flush()
        backup.make(place.database, place.key, Why.DAILY)
        store.close()
    finally:
        os.umask(before)
    for path in place.folder.rglob("*"):
        others = path.stat().st_mode & 0o077
        assert others == 0 or path == place.folder / "data", path


def test_a_clock_set_back_neither_loses_a_save_nor_breaks_the_history(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = timedelta(days=3650)

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + shift

    monkeypatch.setattr(history, "datetime", Wrong)
    store = opened(place)
    save(store, "Nils Exempel")
    shift = timedelta(days=-3650)
    with store.work("test") as work:
        (found,) = work.all(Trainee, Trainee.name == "Nils Exempel")
        found.email = "nils@example.org"
    assert verify(store) == []
    with store.read() as work:
        (found,) = work.all(Trainee, Trainee.name == "Nils Exempel")
        assert found.email == "nils@example.org"
        versions = work.versions_of(found.id)
        latest = work.version_of(found.id)
    assert [v.act for v in versions] == ["added", "changed"]
    assert latest is not None
    assert latest.act == "changed"
    store.close()


def test_a_copy_from_a_wrong_future_does_not_stop_the_daily_ones(place: Home) -> None:
    made = backup.make(place.database, place.key, Why.DAILY)
    future = made.path.with_name("at-20990101T120000000000Z-daglig.db")
    made.path.replace(future)
    assert backup.due(place.database, datetime.now(UTC))
    backup.make(place.database, place.key, Why.DAILY)
    assert not backup.due(place.database, datetime.now(UTC))


def test_a_copy_put_back_writes_under_a_new_name_even_when_the_last_save_was_not_remembered(
    place: Home, tmp_path: Path
) -> None:
    """Killed between the commit and the note of it: the copy looks as if it were the newest."""
    store = opened(place)
    made = backup.make(place.database, place.key, Why.MANUAL)
    forgetful = NodeMemory(tmp_path / "nodes.json")
    shutil.copyfile(place.memory.path, forgetful.path)
    node = store.node
    save(store, "Nils Exempel")
    store.close()
    backup.restore(place.database, made.path, place.key, memory=forgetful)
    again = opening.open_store(place.database, place.key, memory=forgetful)
    assert again.node != node
    again.close()
