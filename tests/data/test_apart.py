"""A key file is opened in a process of its own, and here when there is none to be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import apart, keys, opening
from schema.fault import Fault

PASSPHRASE = "åtta små hästar i Övik"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, bytes]:
    """Return a key file and the data key in it."""
    path = tmp_path / "åäö" / "at.db.keys.json"
    path.parent.mkdir()
    return path, keys.create(path, PASSPHRASE).data_key


@pytest.fixture
def other_process(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what other processes were started with, and let nothing be derived in this one."""
    started: list[Any] = []
    start = subprocess.Popen

    def noted(*args: Any, **named: Any) -> Any:
        started.append(args)
        return start(*args, **named)

    def refuse(*_: Any, **__: Any) -> bytes:
        raise AssertionError("derived in this process")

    monkeypatch.setattr("data.apart.subprocess.Popen", noted)
    monkeypatch.setattr(keys, "unlock", refuse)
    return started


def test_another_process_gives_the_data_key(
    made: tuple[Path, bytes], other_process: list[Any]
) -> None:
    path, key = made
    assert apart.unlock(path, passphrase=PASSPHRASE) == key
    assert len(other_process) == 1
    assert PASSPHRASE not in str(other_process)


def test_what_it_refuses_is_the_same_fault(
    made: tuple[Path, bytes], other_process: list[Any]
) -> None:
    path, _ = made
    with pytest.raises(Fault) as wrong:
        apart.unlock(path, passphrase="en annan lösenfras")
    assert (wrong.value.code, wrong.value.exit_code) == ("keys.wrong_passphrase", 3)
    with pytest.raises(Fault) as missing:
        apart.unlock(path.with_name("finns-inte.json"), passphrase=PASSPHRASE)
    told = missing.value
    assert (told.code, told.exit_code) == ("keys.missing", 3)
    assert told.values == {"path": "finns-inte.json"}
    assert len(other_process) == 2


@pytest.mark.parametrize("python", ["", "/finns/inte/python", "/bin/false", "/bin/echo"])
def test_without_another_process_the_key_is_derived_here(
    made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    path, key = made
    monkeypatch.setattr(sys, "executable", python)
    assert apart.unlock(path, passphrase=PASSPHRASE) == key
    with pytest.raises(Fault) as wrong:
        apart.unlock(path, passphrase="en annan lösenfras")
    assert wrong.value.code == "keys.wrong_passphrase"


@pytest.mark.parametrize(
    "said", ["", "1", "[]", "{}", '{"key": 7}', '{"key": "å"}', '{"fault": 1}']
)
def test_an_answer_that_is_none_is_not_believed(
    made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(apart, "_DO", f"print({said!r})")
    path, key = made
    assert apart.unlock(path, passphrase=PASSPHRASE) == key


def test_a_process_that_comes_to_nothing_is_not_waited_for(
    made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.2)
    monkeypatch.setattr(apart, "_DO", "import time; time.sleep(60)")
    path, key = made
    assert apart.unlock(path, passphrase=PASSPHRASE) == key


def test_a_file_lying_where_one_stands_is_not_run(
    made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    path, key = made
    monkeypatch.setattr(keys, "unlock", lambda *_, **__: b"here")
    assert apart.unlock(path, passphrase=PASSPHRASE) == key


FIRST_PAGE = """
import sys
from datetime import date
from pathlib import Path
from at_tui.ahead import Ahead
from at_tui.judged import records_of_all
from data import ballot_box
from data.node import NodeMemory
from data.opening import open_store
path = Path(sys.argv[1])
key, _ = Ahead(path, sys.argv[2], date(2026, 11, 24)).result()
store = open_store(path, key, memory=NodeMemory(Path(sys.argv[1] + ".nodes")))
with store.read() as work:
    ballot_box.counts(work)
    records_of_all(work, [])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_first_page_of_an_encrypted_file_does_without_the_package(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE, str(path), PASSPHRASE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "sqlmodel" in loaded
    assert "cryptography" not in loaded
