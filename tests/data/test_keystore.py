from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from data import keys, keystore
from schema.fault import Fault

PASSPHRASE = "räksmörgås på taket"


class Backend:
    """A key store in memory, with keyring's own functions."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_keyring(self) -> Backend:
        return self

    def set_password(self, service: str, account: str, secret: str) -> None:
        self._work()
        self.kept[service, account] = secret

    def get_password(self, service: str, account: str) -> str | None:
        self._work()
        return self.kept.get((service, account))

    def delete_password(self, service: str, account: str) -> None:
        self._work()
        del self.kept[service, account]

    def _work(self) -> None:
        if self.broken:
            raise RuntimeError("the store is locked")


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    made = Backend()
    module = ModuleType("keyring")
    for name in ("get_keyring", "set_password", "get_password", "delete_password"):
        setattr(module, name, getattr(made, name))
    monkeypatch.setitem(sys.modules, "keyring", module)
    return made


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    return tmp_path / "at.db.keys.json"


def test_the_computer_opens_what_it_was_told_to_remember_and_forgets_it_again(
    path: Path, backend: Backend
) -> None:
    made = keys.create(path, PASSPHRASE)
    assert keystore.recall(path) is None
    keystore.remember(path, made.data_key)
    assert keystore.remembered(path)
    assert keystore.recall(path) == made.data_key
    keystore.forget(path)
    assert keystore.recall(path) is None
    assert backend.kept == {}
    assert keys.unlock(path, passphrase=PASSPHRASE) == made.data_key


def test_neither_the_passphrase_nor_the_data_key_lies_in_the_store(
    path: Path, backend: Backend
) -> None:
    made = keys.create(path, PASSPHRASE)
    keystore.remember(path, made.data_key)
    (secret,) = backend.kept.values()
    import base64

    assert base64.b64decode(secret) != made.data_key
    assert PASSPHRASE not in secret


def test_a_new_passphrase_leaves_what_is_remembered(path: Path, backend: Backend) -> None:
    made = keys.create(path, PASSPHRASE)
    keystore.remember(path, made.data_key)
    keys.change_passphrase(path, made.data_key, "en helt annan fras")
    assert keystore.recall(path) == made.data_key


def test_a_store_that_is_locked_or_gone_leaves_the_passphrase(
    path: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys.create(path, PASSPHRASE)
    keystore.remember(path, made.data_key)
    backend.broken = True
    assert keystore.recall(path) is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not keystore.available()
    assert keystore.recall(path) is None
    assert keys.unlock(path, passphrase=PASSPHRASE) == made.data_key


def test_a_store_that_refuses_leaves_the_key_file_as_it_was(path: Path, backend: Backend) -> None:
    made = keys.create(path, PASSPHRASE)
    before = path.read_bytes()
    backend.broken = True
    with pytest.raises(Fault) as told:
        keystore.remember(path, made.data_key)
    assert told.value.code == "keystore.refused"
    assert path.read_bytes() == before


def test_a_store_that_keeps_nothing_or_keeps_it_readable_is_not_used(
    path: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys.create(path, PASSPHRASE)
    monkeypatch.setattr(Backend, "__module__", "keyrings.alt.file")
    with pytest.raises(Fault) as told:
        keystore.remember(path, made.data_key)
    assert told.value.code == "keystore.absent"
    assert not keystore.remembered(path)


def test_another_computers_secret_does_not_open_the_file(path: Path, backend: Backend) -> None:
    made = keys.create(path, PASSPHRASE)
    keystore.remember(path, made.data_key)
    for account in backend.kept:
        backend.kept[account] = "QUFB" * 11
    assert keystore.recall(path) is None
    assert len(json.loads(path.read_bytes())["slots"]) == 3


def test_a_new_recovery_key_replaces_the_printed_one(path: Path) -> None:
    made = keys.create(path, PASSPHRASE)
    renewed = keys.renew_recovery(path, made.data_key)
    assert keys.unlock(path, recovery_key=renewed) == made.data_key
    with pytest.raises(Fault) as told:
        keys.unlock(path, recovery_key=made.recovery_key)
    assert told.value.code == "keys.wrong_recovery_key"
