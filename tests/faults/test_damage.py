"""A damaged file is harmless or told, never silently wrong."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from data import backup, driver, keys, opening, places
from data.backup import Why
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import KINDS, Draft, Meta, Version
from tests.faults.conftest import Home
from tests.faults.saves import PASSPHRASE, save_units


def fill(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Save some units in this process."""
    monkeypatch.setenv("AT_TUI_HOME", str(place.folder))
    places._folders.cache_clear()
    handle = os.open(place.folder / "acks", os.O_WRONLY | os.O_CREAT)
    save_units(place.database, place.key, handle, 0, 8)
    os.close(handle)


def everything(store: Store) -> dict[str, list[object]]:
    """Return all that the file says."""
    with store.read() as work:
        kinds: list[type[SQLModel]] = [*KINDS.values(), Version, Draft, Meta]
        found = {kind.__name__: [r.model_dump() for r in work.all(kind)] for kind in kinds}
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def told_or_right(place: Home, right: dict[str, list[object]]) -> str:
    """Open a damaged file and return "told" or "harmless"; fails when it says something else."""
    try:
        store = opening.open_store(place.database, place.key, memory=place.memory)
    except Fault:
        return "told"
    try:
        if verify(store):
            return "told"
        assert everything(store) == right, "silently wrong"
    except Fault:
        return "told"
    finally:
        store.close()
    return "harmless"


@pytest.mark.parametrize(
    "flips", [pytest.param(40, id="few"), pytest.param(700, marks=pytest.mark.torture, id="many")]
)
def test_a_flipped_bit_is_harmless_or_told(
    flips: int,
    place: Home,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    fill(place, monkeypatch)
    store = opening.open_store(place.database, place.key, memory=place.memory)
    right = everything(store)
    store.close()
    whole = place.database.read_bytes()
    chance = random.Random(flips)
    outcomes = []
    for _ in range(flips):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        place.database.write_bytes(content)
        outcomes.append(told_or_right(place, right))
    assert "told" in outcomes
    for outcome in ("told", "harmless"):
        record_property(f"flipped bits {outcome}", outcomes.count(outcome))
    record_property("silently wrong", 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:100],
        lambda content: content[:-1],
        lambda content: b"",
        lambda content: bytes(16) + content[16:],
        lambda content: bytes(len(content)),
        lambda content: content[4096:] + content[:4096],
        lambda content: content[:8192] + content[4096:],
    ],
    ids=["halved", "stump", "last byte gone", "emptied", "head zeroed", "all zero", "turned",
         "page twice"],
)  # fmt: skip
def test_a_torn_file_is_told_and_left_as_it_is(
    damage: Callable[[bytes], bytes], place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(place, monkeypatch)
    torn = damage(place.database.read_bytes())
    place.database.write_bytes(torn)
    assert told_or_right(place, {}) == "told"
    assert place.database.read_bytes() == torn


def test_a_page_of_an_older_copy_is_noticed(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page by itself is genuine, so the engine's own seals say nothing."""
    old = place.database.read_bytes()
    fill(place, monkeypatch)
    new = place.database.read_bytes()
    pages = [at for at in range(4096, len(old), 4096) if old[at : at + 4096] != new[at : at + 4096]]
    store = opening.open_store(place.database, place.key, memory=place.memory)
    right = everything(store)
    store.close()
    told = []
    for at in pages:
        place.database.write_bytes(new[:at] + old[at : at + 4096] + new[at + 4096 :])
        told.append(told_or_right(place, right))
    assert told.count("told") > 0


def test_every_flipped_bit_of_the_key_file_is_told_or_harmless(
    made: Callable[[bool], Home], tmp_path: Path
) -> None:
    place = made(True).copy_to(tmp_path / "place")
    path = places.key_file(place.database)
    whole = path.read_bytes()
    told = set()
    for at in range(len(whole)):
        content = bytearray(whole)
        content[at] ^= 1 << at % 7
        path.write_bytes(content)
        try:
            assert keys.unlock(path, passphrase=PASSPHRASE) == place.key
        except Fault as fault:
            told.add(fault.code)
    assert told == {"keys.damaged", "keys.wrong_passphrase"}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"null", b"{", b"\xff\xfe", b'{"format":1}', b'{"format":1,"slots":7}',
        b'{"format":1,"slots":[7]}', b'{"format":1,"slots":[{}],"name":"x"}',
        b'{"format":1,"slots":[{"kind":"passphrase"}],"name":"x"}', b"[" * 100_000,
    ],
    ids=lambda content: content[:40].decode("latin-1"),
)  # fmt: skip
def test_a_key_file_that_is_none_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "at.db.keys.json"
    path.write_bytes(content)
    with pytest.raises(Fault) as told:
        keys.unlock(path, passphrase=PASSPHRASE)
    assert told.value.code == "keys.damaged"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 2**40), ("memory_kib", 0), ("memory_kib", "x"), ("memory_kib", None),
        ("iterations", 2**31), ("iterations", -1), ("salt", "é"), ("salt", 5), ("salt", ""),
        ("blob", ""), ("blob", "AAAA"), ("blob", None), ("blob", "****"),
    ],
)  # fmt: skip
def test_a_key_file_cannot_make_the_programme_eat_the_memory_or_stop(
    name: str, value: object, made: Callable[[bool], Home], tmp_path: Path
) -> None:
    place = made(True).copy_to(tmp_path / "place")
    path = places.key_file(place.database)
    document = json.loads(path.read_bytes())
    document["slots"][0][name] = value
    path.write_text(json.dumps(document))
    with pytest.raises(Fault) as told:
        keys.unlock(path, passphrase=PASSPHRASE)
    assert told.value.code in ("keys.damaged", "keys.wrong_passphrase")


def test_a_lost_key_file_comes_back_from_a_copy(
    made: Callable[[bool], Home], tmp_path: Path
) -> None:
    place = made(True).copy_to(tmp_path / "place")
    copy = backup.make(place.database, place.key, Why.DAILY)
    places.key_file(place.database).write_bytes(b"\x00" * 400)
    with pytest.raises(Fault) as told:
        opening.unlock(place.database, passphrase=PASSPHRASE)
    assert told.value.code == "keys.damaged"
    key = opening.unlock(copy.path, passphrase=PASSPHRASE)
    backup.restore(place.database, copy.path, key)
    assert opening.unlock(place.database, passphrase=PASSPHRASE) == place.key


@pytest.mark.parametrize("why", [*Why, "second place", "damaged"])
def test_every_kind_of_copy_can_be_put_back(
    why: Why | str, place: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(place, monkeypatch)
    store = opening.open_store(place.database, place.key, memory=place.memory)
    right = everything(store)
    store.close()
    if why == "second place":
        copy = backup.make(place.database, place.key, Why.DAILY, folder=tmp_path / "usb")
    elif why == "damaged":
        copy = _kept_as_damaged(place)
    else:
        copy = backup.make(place.database, place.key, Why(why))
    place.database.write_bytes(b"\x00" * 5000)
    places.key_file(place.database).unlink(missing_ok=True)
    key = opening.unlock(copy.path, passphrase=PASSPHRASE)
    if why == "damaged":
        with pytest.raises(Fault):
            backup.restore(place.database, copy.path, key)
        assert place.database.read_bytes() == b"\x00" * 5000
        return
    backup.restore(place.database, copy.path, key)
    again = opening.open_store(place.database, key, memory=place.memory)
    found = everything(again)
    again.close()
    assert found == right


def _kept_as_damaged(place: Home) -> backup.Backup:
    good = backup.make(place.database, place.key, Why.MANUAL)
    place.database.write_bytes(place.database.read_bytes()[:20_000])
    kept = backup.restore(place.database, good.path, place.key)
    assert kept is not None
    assert kept.why == "skadad"
    return kept


def test_the_copies_of_a_folder_are_listed_newest_first_with_what_they_are(
    place: Home,
) -> None:
    for why in (Why.DAILY, Why.IMPORT, Why.MANUAL):
        backup.make(place.database, place.key, why)
    listed = backup.backups(place.database)
    assert [b.why for b in listed] == ["egen", "import", "daglig"]
    assert all(driver.peek(b.path, place.key) == driver.SCHEMA for b in listed)
