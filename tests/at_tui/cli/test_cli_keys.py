"""The ways into the file, by command: passphrase, recovery key, the computer's key store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from at_tui.cli import opening as asking
from data import keys, keystore, opening, places
from tests.at_tui.cli.conftest import Run

PASSPHRASE = "räksmörgås på taket"
NEW = "en helt annan fras"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A key store in memory, and what it keeps."""
    kept: dict[tuple[str, str], str] = {}
    module = ModuleType("keyring")

    class Backend:
        priority = 5.0

    def values(**given: object) -> None:
        for name, value in given.items():
            setattr(module, name, value)

    values(
        get_keyring=Backend,
        set_password=lambda service, account, secret: kept.update({(service, account): secret}),
        get_password=lambda service, account: kept.get((service, account)),
        delete_password=lambda service, account: kept.pop((service, account)),
    )
    monkeypatch.setitem(sys.modules, "keyring", module)
    return kept


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted file whose passphrase the commands are given."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    path = tmp_path / "sealed.db"
    opening.create(path, passphrase=PASSPHRASE)
    phrase = tmp_path / "phrase"
    phrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(phrase))
    return path


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let the commands ask, and answer in order."""
    given = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(asking, "ask", lambda _: next(given))


def test_the_computer_remembers_and_forgets(
    run: Run, sealed: Path, kept: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run("passphrase", "--remember", "--database", sealed)
    assert said.code == 0, said.err
    assert "kommer då in" in said.out
    assert len(kept) == 1
    monkeypatch.delenv("AT_TUI_PASSPHRASE_FILE")
    assert run("verify", "--database", sealed).code == 0
    assert json.loads(run("passphrase", "--forget", "--database", sealed, "--json").out) == {
        "forgotten": True
    }
    assert kept == {}
    assert not keystore.remembered(places.key_file(sealed))
    said = run("verify", "--database", sealed)
    assert said.code == 3
    assert "lösenfras" in said.err


def test_a_computer_without_a_key_store_says_so(
    run: Run, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    before = places.key_file(sealed).read_bytes()
    said = run("passphrase", "--remember", "--database", sealed)
    assert said.code != 0
    assert "inget nyckelförråd" in said.err
    assert places.key_file(sealed).read_bytes() == before


def test_the_recovery_key_gives_a_new_passphrase(
    run: Run, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run("passphrase", "--new-recovery-key", "--database", sealed, "--json").out
    recovery = json.loads(shown)["recovery_key"]
    monkeypatch.delenv("AT_TUI_PASSPHRASE_FILE")
    at_a_terminal(monkeypatch, recovery.lower(), NEW, NEW)
    said = run("passphrase", "--recovery", "--database", sealed)
    assert said.code == 0, said.err
    assert recovery not in said.out + said.err
    assert keys.unlock(places.key_file(sealed), passphrase=NEW)


def test_two_new_passphrases_that_differ_change_nothing(
    run: Run, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = places.key_file(sealed).read_bytes()
    at_a_terminal(monkeypatch, NEW, NEW + "!")
    said = run("passphrase", "--database", sealed)
    assert said.code == 2
    assert "inte lika" in said.err
    at_a_terminal(monkeypatch, "kort", "kort")
    said = run("passphrase", "--database", sealed)
    assert said.code == 2
    assert "för kort" in said.err
    assert places.key_file(sealed).read_bytes() == before


def test_without_a_terminal_the_recovery_key_is_not_asked_for(run: Run, sealed: Path) -> None:
    assert run("passphrase", "--recovery", "--database", sealed).code == 3


def test_a_file_that_is_not_encrypted_has_no_passphrase(run: Run, clinic: Path) -> None:
    said = run("passphrase", "--database", clinic)
    assert said.code != 0
    assert "inte krypterad" in said.err


@pytest.mark.parametrize("option", ["--passphrase", "--key", "--recovery-key"])
def test_no_option_takes_a_secret(run: Run, sealed: Path, option: str) -> None:
    """Arguments can be read by every other user of the computer."""
    for command in ("verify", "passphrase", "backup", "export"):
        assert run(command, option, PASSPHRASE, "--database", sealed).code == 2


def test_no_message_of_any_command_tells_a_secret(
    run: Run, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        run(word, "--database", sealed) for word in ("verify", "backup", "trainees", "database")
    ]
    wrong = tmp_path / "wrong"
    wrong.write_text("hemlig men fel fras\n", encoding="utf-8")
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(wrong))
    said.append(run("verify", "--database", sealed))
    assert said[-1].code == 3
    words = "".join(one.out + one.err for one in said)
    key = keys.unlock(places.key_file(sealed), passphrase=PASSPHRASE)
    for secret in (PASSPHRASE, "hemlig men fel fras", key.hex()):
        assert secret not in words
