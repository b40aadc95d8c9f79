from __future__ import annotations

import json
import stat
import unicodedata
from pathlib import Path

import pytest

from data import keys
from schema.fault import Fault

PASSPHRASE = "räksmörgås på taket"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "at.db.keys.json"


def code_of(error: pytest.ExceptionInfo[Fault]) -> str:
    return error.value.code


def test_the_passphrase_and_the_recovery_key_both_give_the_data_key(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    assert len(made.data_key) == 32
    assert keys.unlock(path, passphrase=PASSPHRASE) == made.data_key
    assert keys.unlock(path, recovery_key=made.recovery_key) == made.data_key


def test_a_passphrase_typed_with_decomposed_letters_is_the_same_passphrase(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert keys.unlock(path, passphrase=decomposed) == made.data_key


def test_the_recovery_key_may_be_typed_in_small_letters_with_spaces(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    typed = made.recovery_key.lower().replace("-", " ")
    assert keys.unlock(path, recovery_key=typed) == made.data_key


def test_a_wrong_passphrase_is_told_apart_from_a_mistyped_recovery_key(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    with pytest.raises(Fault) as wrong:
        keys.unlock(path, passphrase=PASSPHRASE + "!")
    assert code_of(wrong) == "keys.wrong_passphrase"
    last = made.recovery_key[-1]
    with pytest.raises(Fault) as mistyped:
        keys.unlock(path, recovery_key=made.recovery_key[:-1] + ("2" if last != "2" else "3"))
    assert code_of(mistyped) == "keys.mistyped_recovery_key"


def test_another_files_recovery_key_is_refused(path: Path, tmp_path: Path) -> None:
    keys.create(path, PASSPHRASE)
    other = keys.create(tmp_path / "other.keys.json", PASSPHRASE)
    with pytest.raises(Fault) as wrong:
        keys.unlock(path, recovery_key=other.recovery_key)
    assert code_of(wrong) == "keys.wrong_recovery_key"


def test_changing_the_passphrase_keeps_the_data_key_and_the_recovery_key(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    keys.change_passphrase(path, made.data_key, "en helt annan fras")
    assert keys.unlock(path, passphrase="en helt annan fras") == made.data_key
    assert keys.unlock(path, recovery_key=made.recovery_key) == made.data_key
    with pytest.raises(Fault):
        keys.unlock(path, passphrase=PASSPHRASE)


def test_the_key_file_holds_neither_key_nor_passphrase_and_is_the_users_only(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    content = path.read_text()
    assert PASSPHRASE not in content
    assert made.recovery_key not in content
    assert made.data_key.hex() not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("passphrase", ["", "kort", " " * 20, "a" * 9])
def test_a_short_passphrase_is_refused_and_leaves_nothing_behind(
    path: Path, passphrase: str
) -> None:
    with pytest.raises(Fault) as short:
        keys.create(path, passphrase)
    assert code_of(short) == "keys.short_passphrase"
    assert not path.exists()


def test_an_existing_key_file_is_never_replaced_by_a_new_one(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    with pytest.raises(Fault):
        keys.create(path, "en helt annan fras")
    assert keys.unlock(path, passphrase=PASSPHRASE) == made.data_key


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "keys.damaged"),
        (b"\xff\x00", "keys.damaged"),
        (b"[]", "keys.damaged"),
        (json.dumps({"format": 1, "slots": []}).encode(), "keys.damaged"),
        (json.dumps({"format": 99, "slots": []}).encode(), "keys.newer"),
    ],
)
def test_a_broken_key_file_is_told_in_words(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    with pytest.raises(Fault) as broken:
        keys.unlock(path, passphrase=PASSPHRASE)
    assert code_of(broken) == code


def test_a_missing_key_file_is_told_in_words(path: Path) -> None:
    with pytest.raises(Fault) as missing:
        keys.unlock(path, passphrase=PASSPHRASE)
    assert code_of(missing) == "keys.missing"
