"""What leaves the records stays sealed, and opens by the same ways as they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import keys, sealed
from schema.fault import Fault

PASSPHRASE = "räksmörgås på taket"
CONTENT = b"Alva Testsson, kryptisk anteckning"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, keys.NewKeys]:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    path = tmp_path / "at.db.keys.json"
    return path, keys.create(path, PASSPHRASE)


def test_a_sealed_file_opens_by_every_way_into_the_records(
    made: tuple[Path, keys.NewKeys],
) -> None:
    path, new = made
    content = sealed.seal(CONTENT, path, new.data_key)
    assert sealed.is_sealed(content)
    assert b"Alva" not in content
    assert new.data_key not in content
    assert sealed.unseal(content, data_key=new.data_key) == CONTENT
    assert sealed.unseal(content, passphrase=PASSPHRASE) == CONTENT
    assert sealed.unseal(content, recovery_key=new.recovery_key) == CONTENT


def test_the_same_content_is_never_sealed_the_same_way_twice(
    made: tuple[Path, keys.NewKeys],
) -> None:
    path, new = made
    assert sealed.seal(CONTENT, path, new.data_key) != sealed.seal(CONTENT, path, new.data_key)


def test_no_slot_of_a_computers_key_store_goes_with_it(made: tuple[Path, keys.NewKeys]) -> None:
    path, new = made
    account = keys.add_stored(path, new.data_key, b"s" * 32)
    assert account.encode() not in sealed.seal(CONTENT, path, new.data_key)


def test_another_key_and_a_wrong_passphrase_are_told_apart_from_damage(
    made: tuple[Path, keys.NewKeys],
) -> None:
    path, new = made
    content = sealed.seal(CONTENT, path, new.data_key)
    for way, code in (
        ({"data_key": b"x" * 32}, "sealed.other"),
        ({"passphrase": "något helt annat"}, "keys.wrong_passphrase"),
    ):
        with pytest.raises(Fault) as told:
            sealed.unseal(content, **way)
        assert told.value.code == code
    damaged = content[:-1] + bytes([content[-1] ^ 1])
    with pytest.raises(Fault) as told:
        sealed.unseal(damaged, passphrase=PASSPHRASE)
    assert told.value.code == "sealed.damaged"


def test_every_altered_byte_and_every_cut_is_told(made: tuple[Path, keys.NewKeys]) -> None:
    path, new = made
    content = sealed.seal(CONTENT, path, new.data_key)
    for at in range(len(content)):
        altered = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        for given in (altered, content[:at]):
            with pytest.raises(Fault):
                sealed.unseal(given, data_key=new.data_key)
