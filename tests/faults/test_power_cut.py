"""The power goes: everything that was acknowledged is there, and the file is whole.

The real programme saves; every write and sync it makes is recorded. The record is cut at random
places, and of what was not synced each sector is kept or lost at random (`tests/faults/disk.py`).
"""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import backup, driver, keys, opening, places
from data.node import NodeMemory
from data.verify import verify
from schema.fault import Fault
from tests.faults import saves, tracer
from tests.faults.conftest import Home
from tests.faults.disk import Disk, write_out
from tests.faults.orders import Job, Warm
from tests.faults.recorder import Operation

pytestmark = pytest.mark.skipif(not tracer.works_here(), reason="records by Linux' ptrace")

SAVES = 14

Found = tuple[dict[str, bytes], str]
"""The files of a disk by name, and what had been acknowledged by then."""


class Recording:
    """What a job did, and the disks that a power cut may leave of it."""

    def __init__(self, place: Home, warm: Warm, job: Job) -> None:
        self._before = {o: Disk(place.folder, ordered=o) for o in (True, False)}
        self.operations = warm.record(job)
        self.key = place.key
        self.acks = [i for i, operation in enumerate(self.operations) if operation.kind == "ack"]

    def disk_after(self, count: int, *, ordered: bool = True) -> Disk:
        """Return the disk after so many operations."""
        disk = copy.deepcopy(self._before[ordered])
        disk.apply(self.operations[:count])
        return disk

    def cut(self, chance: random.Random) -> Found:
        """Return a disk that may be found after a power cut at a random place."""
        return self._cut_at(chance.randint(self.acks[0], len(self.operations)), chance)

    def cut_after_an_ack(self, chance: random.Random) -> Found:
        """Return a disk that may be found after a power cut just after something was called
        saved: where settings that promise too much are found out soonest."""
        return self._cut_at(chance.choice(self.acks) + 1, chance)

    def _cut_at(self, count: int, chance: random.Random) -> Found:
        disk = self.disk_after(count, ordered=chance.random() < 0.5)
        return disk.after_power_cut(chance), disk.acks.decode()

    def prefixes(self) -> Iterator[Found]:
        """Yield what is found when the process dies after each operation, in order."""
        disk = self.disk_after(0)
        for operation in self.operations:
            disk.apply([operation])
            yield disk.after_kill(), disk.acks.decode()


def record(place: Home, warm: Warm, **job: object) -> Recording:
    settings: dict[str, object] = {"count": SAVES, **job}
    acks = place.folder.parent / "acks"
    return Recording(
        place, warm, Job(place.database, place.key, place.folder, acks, **settings)  # type: ignore[arg-type]
    )  # fmt: skip


def faults(found: Found, key: bytes | None, folder: Path) -> list[str]:
    """Put a disk into `folder` and return what is not as promised."""
    files, acks = found
    where = folder / "cut"
    shutil.rmtree(where, ignore_errors=True)
    write_out(files, where)
    memory = NodeMemory(where / "state" / "nodes.json")
    return saves.faults_of(where / "data" / "at.db", key, acks, memory)


@pytest.mark.parametrize(
    ("seed", "cuts"),
    [
        pytest.param(0, 50, id="short"),
        *(pytest.param(n, 250, id=f"long{n}", marks=pytest.mark.torture) for n in range(1, 5)),
    ],
)
def test_no_power_cut_loses_what_was_acknowledged(
    seed: int,
    cuts: int,
    place: Home,
    warm: Warm,
    fast_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    recording = record(place, warm)
    chance = random.Random(seed)
    for number in range(cuts):
        found = faults(recording.cut(chance), place.key, fast_folder)
        assert found == [], f"cut {number} of seed {seed}"
    record_property("power cuts", cuts)
    record_property("lost", 0)


@pytest.mark.parametrize(
    "pragmas",
    [
        {"synchronous": "NORMAL"},
        {"synchronous": "OFF"},
        {"journal_mode": "DELETE", "synchronous": "FULL"},
        {"journal_mode": "WAL", "synchronous": "NORMAL"},
        {"journal_mode": "MEMORY"},
    ],
    ids=lambda pragmas: "-".join(pragmas.values()),
)
def test_the_simulator_sees_what_weaker_settings_lose(
    pragmas: dict[str, str], made: Callable[[bool], Home], tmp_path: Path, warm: Warm,
    fast_folder: Path,
) -> None:  # fmt: skip
    place = made(True).copy_to(tmp_path / "place")
    recording = record(place, warm, pragmas=pragmas)
    chance = random.Random(0)
    ways = (recording.cut_after_an_ack, recording.cut)
    cuts = (faults(ways[n % 2](chance), place.key, fast_folder) for n in range(200))
    assert any(cuts), f"{pragmas} lost nothing: the simulator is blind"


def test_the_recording_holds_every_kind_of_change(
    made: Callable[[bool], Home], tmp_path: Path, warm: Warm
) -> None:
    """A recorder that overlooks a call would let the simulator pass anything."""
    place = made(True).copy_to(tmp_path / "place")
    recording = record(place, warm, job="house", count=2)
    kinds = {operation.kind for operation in recording.operations}
    assert kinds == {
        "create", "write", "truncate", "sync", "sync_folder", "rename", "unlink", "ack",
    }  # fmt: skip
    end = recording.disk_after(len(recording.operations))
    assert end.after_kill() == {
        path.relative_to(place.folder).as_posix(): path.read_bytes()
        for path in place.folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("saved", [1, pytest.param(40, marks=pytest.mark.torture)])
def test_a_kill_before_any_system_call_loses_nothing(
    saved: int,
    made: Callable[[bool], Home],
    tmp_path: Path,
    warm: Warm,
    fast_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """A killed process leaves every call that it made: each beginning of the record is tried."""
    place = made(True).copy_to(tmp_path / "place")
    recording = record(place, warm, count=saved)
    tried = 0
    for number, found in enumerate(recording.prefixes()):
        # Between two writes to the journal nothing changes for who opens the file.
        if recording.operations[number].kind != "write" or number % 7 == 0:
            assert faults(found, place.key, fast_folder) == []
            tried += 1
    record_property("places of a kill", tried)


@pytest.mark.parametrize(
    ("seed", "cuts"), [(0, 25), pytest.param(1, 500, marks=pytest.mark.torture)]
)
def test_a_power_cut_while_the_house_is_kept_loses_neither_copies_nor_keys(
    seed: int,
    cuts: int,
    made: Callable[[bool], Home],
    tmp_path: Path,
    warm: Warm,
    fast_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Copies, a changed passphrase and a copy put back, with saves between."""
    place = made(True).copy_to(tmp_path / "place")
    recording = record(place, warm, job="house", count=3)
    chance = random.Random(seed)
    for number in range(cuts):
        found = recording.cut(chance)
        assert _house_faults(found, place, fast_folder) == [], f"cut {number} of seed {seed}"
    record_property("power cuts", cuts)
    record_property("lost", 0)


def _house_faults(found: Found, place: Home, folder: Path) -> list[str]:
    files, acks = found
    before, restored, after = acks.partition("restored 0\n")
    unit_lines = before.partition("backup 0\n")[0]
    # A copy that was put back holds what was saved before it was made, and what came later.
    possible = [unit_lines + after] if restored else [before, unit_lines]
    database = folder / "cut" / "data" / "at.db"
    outcomes = [faults((files, lines), place.key, folder) for lines in possible]
    wrong = [] if [] in outcomes else outcomes[0]
    if "backup" in acks and not backup.backups(database):
        wrong.append("an acknowledged backup is gone")
    for copy_of in backup.backups(database):
        if not backup.sound(copy_of.path, place.key) or driver.peek(copy_of.path, place.key) == 0:
            wrong.append(f"{copy_of.path.name} is not whole")
        wrong += _key_faults(copy_of.path, place.key, changed=None)
    return wrong + _key_faults(database, place.key, changed="passphrase" in acks)


def _key_faults(path: Path, key: bytes | None, *, changed: bool | None) -> list[str]:
    """The key file opens by the old passphrase or the new one, and by the new one once that is
    acknowledged."""
    phrases = [saves.NEXT_PASSPHRASE] if changed else [saves.NEXT_PASSPHRASE, saves.PASSPHRASE]
    for phrase in phrases:
        try:
            if keys.unlock(places.key_file(path), passphrase=phrase) == key:
                return []
        except Fault:
            continue
    return [f"the key file of {path.name} does not open"]


def test_a_file_is_made_whole_or_not_at_all(
    made: Callable[[bool], Home], tmp_path: Path, warm: Warm, fast_folder: Path
) -> None:
    """Killed at any moment, or the power cut, while a new file is made."""
    place = made(True).copy_to(tmp_path / "place")
    recording = record(place, warm, job="create")
    chance = random.Random(0)
    tried: list[Found] = []
    for number, found in enumerate(recording.prefixes()):
        if recording.operations[number].kind not in ("write", "sync"):
            tried.append(found)
    for _ in range(20):
        disk = recording.disk_after(
            chance.randint(0, len(recording.operations)), ordered=chance.random() < 0.5
        )
        tried.append((disk.after_power_cut(chance), disk.acks.decode()))
    outcomes = [
        _made_or_not(found, fast_folder, again=number % 8 == 0)
        for number, found in enumerate(tried)
    ]
    assert {"made", "not made", "made again"} == set(outcomes)


def _made_or_not(found: Found, folder: Path, *, again: bool) -> str:
    files, acks = found
    where = folder / "cut"
    shutil.rmtree(where, ignore_errors=True)
    write_out(files, where)
    path = where / "data" / "new.db"
    there = path.exists()
    assert there or "created" not in acks
    if not there and not again:
        return "not made"
    if not there:
        # The key file alone may have come into place: it says so, and the name is free again
        # when it is moved away.
        places.key_file(path).unlink(missing_ok=True)
        with saves.cheap_keys():
            opening.create(path, passphrase=saves.PASSPHRASE)
    key = opening.unlock(path, passphrase=saves.PASSPHRASE)
    store = opening.open_store(path, key, memory=NodeMemory(where / "nodes.json"))
    assert verify(store) == []
    store.close()
    return "made" if there else "made again"


def test_an_operation_that_was_synced_is_kept_and_one_that_was_not_may_go(tmp_path: Path) -> None:
    """The model itself, by hand."""
    (tmp_path / "a").write_bytes(b"old")
    number = (tmp_path / "a").stat().st_ino
    disk = Disk(tmp_path, ordered=False)
    disk.apply([Operation("write", number, data=b"new"), Operation("sync", number)])
    disk.apply([Operation("create", 99, "b"), Operation("write", 99, data=b"x" * 1024)])
    disk.apply([Operation("sync", 99)])
    found = [disk.after_power_cut(random.Random(n)) for n in range(20)]
    assert all(files["a"] == b"new" for files in found)
    # The content was synced, its name was not.
    assert {files.get("b") for files in found} == {None, b"x" * 1024}
    disk.apply([Operation("sync_folder", name="."), Operation("write", 99, offset=0, data=b"y")])
    found = [disk.after_power_cut(random.Random(n)) for n in range(20)]
    assert {files["b"][:2] for files in found} == {b"xx", b"yx"}
