from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from data import backup, keys, opening, places
from data.backup import Why
from data.node import NodeMemory
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import Trainee

PASSPHRASE = "räksmörgås på taket"
ON = date(2026, 11, 22)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "at.db"
    opening.create(made, passphrase=PASSPHRASE)
    return made


def key(path: Path, passphrase: str = PASSPHRASE) -> bytes | None:
    return opening.unlock(path, passphrase=passphrase)


def add(path: Path, memory: NodeMemory, name: str) -> None:
    store = opening.open_store(path, key(path), memory=memory)
    with store.work("test") as work:
        work.save(Trainee(name=name))
    store.close()


def names(store: Store) -> list[str]:
    with store.read() as work:
        return [t.name for t in work.all(Trainee, order=col(Trainee.sort_key))]


def test_a_backup_is_encrypted_opens_with_the_same_passphrase_and_holds_everything(
    path: Path, memory: NodeMemory
) -> None:
    add(path, memory, "Alva Testsson")
    made = backup.make(path, key(path), Why.MANUAL)
    assert b"Alva" not in made.path.read_bytes()
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    opened = opening.open_store(made.path, key(made.path), memory=memory)
    assert names(opened) == ["Alva Testsson"]
    assert verify(opened) == []
    opened.close()
    assert [b.why for b in backup.backups(path)] == ["egen"]


def test_a_backup_that_cannot_be_checked_is_not_kept(path: Path) -> None:
    right = key(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Fault):
        backup.make(path, right, Why.DAILY)
    assert list(backup.folder_of(path).iterdir()) == []


def test_what_was_there_is_copied_before_a_backup_is_put_back(
    path: Path, memory: NodeMemory
) -> None:
    add(path, memory, "Alva Testsson")
    made = backup.make(path, key(path), Why.MANUAL)
    add(path, memory, "Nils Exempel")
    kept = backup.restore(path, made.path, key(path))
    opened = opening.open_store(path, key(path), memory=memory)
    assert names(opened) == ["Alva Testsson"]
    opened.close()
    assert kept is not None
    before = opening.open_store(kept.path, key(kept.path), memory=memory)
    assert names(before) == ["Alva Testsson", "Nils Exempel"]
    before.close()


def test_a_destroyed_file_is_kept_byte_by_byte_and_replaced(path: Path, memory: NodeMemory) -> None:
    add(path, memory, "Alva Testsson")
    right = key(path)
    made = backup.make(path, right, Why.MANUAL)
    destroyed = b"\x00\x01" * 5000
    path.write_bytes(destroyed)
    kept = backup.restore(path, made.path, right)
    opened = opening.open_store(path, key(path), memory=memory)
    assert names(opened) == ["Alva Testsson"]
    opened.close()
    assert kept is not None
    assert kept.path.read_bytes() == destroyed


def test_a_copy_is_put_back_on_a_computer_that_has_no_records_yet(
    path: Path, memory: NodeMemory, tmp_path: Path
) -> None:
    add(path, memory, "Alva Testsson")
    made = backup.make(path, key(path), Why.MANUAL)
    there = tmp_path / "ny dator" / "at-tui" / "at.db"
    assert backup.restore(there, made.path, key(made.path)) is None
    assert stat.S_IMODE(there.parent.stat().st_mode) == 0o700
    opened = opening.open_store(there, key(there), memory=memory)
    assert names(opened) == ["Alva Testsson"]
    opened.close()


def test_a_missing_file_is_restored_with_its_key_file(path: Path, memory: NodeMemory) -> None:
    add(path, memory, "Alva Testsson")
    made = backup.make(path, key(path), Why.MANUAL)
    path.unlink()
    places.key_file(path).unlink()
    assert backup.restore(path, made.path, key(made.path)) is None
    opened = opening.open_store(path, key(path), memory=memory)
    assert names(opened) == ["Alva Testsson"]
    opened.close()


def test_a_passphrase_that_was_changed_since_the_backup_stays_in_force(path: Path) -> None:
    made = backup.make(path, key(path), Why.MANUAL)
    data_key = key(path)
    assert data_key is not None
    keys.change_passphrase(places.key_file(path), data_key, "en helt annan fras")
    backup.restore(path, made.path, data_key)
    assert key(path, "en helt annan fras") == data_key


def test_a_damaged_backup_is_refused_and_the_records_are_left_alone(path: Path) -> None:
    right = key(path)
    made = backup.make(path, right, Why.MANUAL)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(Fault):
        backup.restore(path, made.path, right)
    assert path.read_bytes() == before


def test_one_backup_a_day_is_due(path: Path) -> None:
    now = datetime.now(UTC)
    assert backup.due(path, now)
    backup.make(path, key(path), Why.DAILY)
    assert not backup.due(path, datetime.now(UTC))
    assert backup.due(path, now + timedelta(days=1))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_the_rule_keeps_two_whole_days_fourteen_days_and_twelve_months() -> None:
    # Three a day for 400 days up to and with 22 November 2026.
    moments = [
        noon(ON - timedelta(days=d)) + timedelta(hours=h) for d in range(400) for h in (0, 1, 2)
    ]
    gone = set(backup.thinned(moments, ON))
    kept = sorted((m for m in moments if m not in gone), reverse=True)
    # 22 and 21 November whole: 6. Then 20 to 9 November, the latest of each: 12 days.
    assert [m.day for m in kept[:18]] == [22] * 3 + [21] * 3 + list(range(20, 8, -1))
    # November's newest is there already; the months before it, December 2025 to October 2026,
    # keep the latest of their last day: 11.
    assert [(m.year, m.month) for m in kept[18:]] == [
        (2026, 10), (2026, 9), (2026, 8), (2026, 7), (2026, 6), (2026, 5), (2026, 4), (2026, 3),
        (2026, 2), (2026, 1), (2025, 12),
    ]  # fmt: skip
    assert {m.hour for m in kept[6:]} == {14}


@given(
    st.lists(st.integers(0, 900 * 24), max_size=80),
    st.integers(-5, 5),
)
def test_the_newest_backup_is_never_removed_and_the_rule_is_stable(
    hours: list[int], shift: int
) -> None:
    moments = [noon(ON) - timedelta(hours=h) for h in hours]
    on = ON + timedelta(days=shift)
    gone = backup.thinned(moments, on)
    left = [m for m in moments if m not in set(gone)]
    if moments:
        assert max(moments) in left
    assert backup.thinned(left, on) == []


def test_thinning_removes_the_key_file_with_its_backup(path: Path) -> None:
    made = backup.make(path, key(path), Why.DAILY)
    old = made.path.with_name("at-20200101T000000000000Z-daglig.db")
    older = made.path.with_name("at-20191231T000000000000Z-daglig.db")
    for copy in (old, older):
        copy.write_bytes(made.path.read_bytes())
        places.key_file(copy).write_bytes(b"{}")
    days = [date(2020, 1, 1) + timedelta(days=31 * n) for n in range(30)]
    for day in days:
        name = f"at-{day:%Y%m%d}T120000000000Z-daglig.db"
        made.path.with_name(name).write_bytes(b"x")
    assert backup.thin(path, ON) > 0
    assert not older.exists()
    assert not places.key_file(older).exists()
    assert made.path.exists()


def test_the_daily_copy_is_made_once_in_each_place(path: Path, tmp_path: Path) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    now = datetime.now(UTC)
    first = backup.daily(path, key(path), now, second=second)
    assert len(first.made) == 2
    assert first.faults == []
    assert backup.daily(path, key(path), now, second=second).made == []
    assert len(backup.everywhere(path, second=second)) == 2
    assert backup.found_in(second)[0].path == first.made[1].path


def test_a_second_place_that_is_gone_does_not_stop_the_first(path: Path, tmp_path: Path) -> None:
    done = backup.daily(path, key(path), datetime.now(UTC), second=tmp_path / "gone")
    assert [b.why for b in done.made] == ["daglig"]
    assert [f.code for f in done.faults] == ["backup.no_second_place"]


def test_two_laptops_that_share_a_stick_do_not_touch_each_others_copies(tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    laptops = [tmp_path / name / "at.db" for name in ("a", "b")]
    for database in laptops:
        opening.create(database, passphrase=None)
        assert len(backup.daily(database, None, datetime.now(UTC), second=usb).made) == 2
    folders = {b.path.parent for b in backup.found_in(usb)}
    assert len(folders) == 2


def test_the_newest_good_copy_is_one_that_can_be_put_back(path: Path) -> None:
    now = datetime.now(UTC) + timedelta(minutes=1)
    assert backup.newest_good(path, now) is None
    made = backup.make(path, key(path), Why.DAILY)
    assert backup.newest_good(path, now) == made
    ahead = made.path.with_name("at-20990101T000000000000Z-daglig.db")
    ahead.write_bytes(made.path.read_bytes())
    places.key_file(ahead).write_bytes(places.key_file(made.path).read_bytes())
    assert backup.newest_good(path, now) == made
    places.key_file(made.path).unlink()
    assert backup.newest_good(path, now) is None


def test_beginnings_that_a_killed_programme_left_are_removed_a_day_later(path: Path) -> None:
    made = backup.make(path, key(path), Why.DAILY)
    old, young = (made.path.with_name(f"at-{n}.db.part") for n in (1, 2))
    for part in (old, young):
        part.write_bytes(b"x")
    os.utime(old, (0, 0))
    backup.thin(path, ON)
    assert not old.exists()
    assert young.exists()


def test_an_import_and_an_upgrade_find_their_copy_through_the_store(path: Path) -> None:
    store = opening.open_store(path, key(path))
    made = store.backup(Why.IMPORT)
    store.close()
    assert made.why == "import"
    assert backup.whole(made, key(path))
