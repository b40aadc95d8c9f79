"""All are judged in a process of its own, and here when there is none to be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from at_tui import judging_apart
from at_tui.due import stands
from at_tui.judging_apart import JudgingApart, NoAnswerError, StoppedError, stands_of
from at_tui.stand import Stand
from data import opening
from data.glance import Doctor
from data.node import NodeMemory
from data.store import Store
from schema.tables import Trainee, Training
from tests.at_tui.surgery import TODAY, Surgery

PASSPHRASE = "åtta små hästar i Övik"
SLEEPS = "import time; time.sleep(60)"


@pytest.fixture
def alva(surgery: Surgery) -> Doctor:
    return Doctor(surgery.trainee_id, surgery.training_id, "Alva Testsson", "AT")


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be judged in this process."""

    def refuse(*_: object, **__: object) -> Iterator[dict[str, Stand]]:
        raise AssertionError("judged in this process")

    monkeypatch.setattr("at_tui.due.stands", refuse)


def _told(found: Iterator[dict[str, Stand]]) -> dict[str, Stand]:
    return {id_: stand for some in found for id_, stand in some.items()}


def _all(store: Store, alva: Doctor, apart: JudgingApart) -> dict[str, Stand]:
    return _told(stands_of(store, apart, [alva], TODAY, None))


@pytest.fixture
def as_here(surgery: Surgery, alva: Doctor) -> dict[str, Stand]:
    """Return what is judged in this process."""
    found = _told(stands(surgery.store, [alva], TODAY))
    assert found[alva.training_id].late
    assert found[alva.training_id].duties
    return found


def test_another_process_judges_as_this_one_does(
    surgery: Surgery, alva: Doctor, as_here: dict[str, Stand], nothing_here: None
) -> None:
    found = _all(surgery.store, alva, JudgingApart())
    assert found == as_here
    assert all(duty.doctor is alva for duty in found[alva.training_id].duties)


def test_an_encrypted_file_is_judged_without_its_key_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing_here: None
) -> None:
    path = tmp_path / "åäö" / "at.db"
    path.parent.mkdir()
    opening.create(path, passphrase=PASSPHRASE)
    key = opening.unlock(path, passphrase=PASSPHRASE)
    store = opening.open_store(path, key, memory=NodeMemory(tmp_path / "nodes.json"))
    with store.work("test") as work:
        trainee = work.save(Trainee(name="Nils Exempel"))
        training = work.save(
            Training(
                trainee_id=trainee.id,
                programme_id="dalarna",
                curriculum_id="at-sosfs-1999-5",
                start=date(2026, 9, 7),
            )
        )
    words: list[str] = []
    popen = subprocess.Popen

    def noted(line: list[str], **named: object) -> object:
        words.append(str([line, named]))
        return popen(line, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", noted)
    found = _told(
        JudgingApart().stands(store, [Doctor(trainee.id, training.id, "Nils", "AT")], TODAY)
    )
    assert list(found) == [training.id]
    assert key is not None
    assert len(words) == 1
    assert key.hex() not in words[0]
    assert str(key) not in words[0]


@pytest.mark.parametrize("python", ["", "/finns/inte/python", "/bin/false", "/bin/echo"])
def test_without_another_process_they_are_judged_here(
    surgery: Surgery,
    alva: Doctor,
    as_here: dict[str, Stand],
    monkeypatch: pytest.MonkeyPatch,
    python: str,
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    apart = JudgingApart()
    with pytest.raises(NoAnswerError):
        list(apart.stands(surgery.store, [alva], TODAY))
    assert _all(surgery.store, alva, apart) == as_here


@pytest.mark.parametrize(
    "said",
    [
        "print('åäö')",
        "import pickle, sys; pickle.dump(7, sys.stdout.buffer)",
        "import pickle, sys; pickle.dump({}, sys.stdout.buffer)",
        "import sys; sys.stdout.buffer.write(b'\\x80\\x05\\x8c\\x06finns!\\x8c\\x01x\\x93.')",
    ],
)
def test_an_answer_that_is_none_is_not_believed(
    surgery: Surgery,
    alva: Doctor,
    as_here: dict[str, Stand],
    monkeypatch: pytest.MonkeyPatch,
    said: str,
) -> None:
    monkeypatch.setattr(judging_apart, "_DO", said)
    assert _all(surgery.store, alva, JudgingApart()) == as_here


def test_those_that_something_has_changed_for_are_judged_here(
    surgery: Surgery, alva: Doctor, as_here: dict[str, Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("another process")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    apart = JudgingApart()
    assert _told(stands_of(surgery.store, apart, [alva], TODAY, {alva.training_id})) == as_here
    assert _told(stands_of(surgery.store, apart, [alva], TODAY, set())) == {}


def test_records_that_are_closed_are_judged_no_more(
    surgery: Surgery, alva: Doctor, monkeypatch: pytest.MonkeyPatch, nothing_here: None
) -> None:
    monkeypatch.setattr(judging_apart, "_DO", SLEEPS)
    apart = JudgingApart()
    begun: list[subprocess.Popen[bytes]] = []
    answers = judging_apart._answers

    def closed_meanwhile(process: subprocess.Popen[bytes], asked: object) -> object:
        begun.append(process)
        apart.stop()
        return answers(process, asked)  # type: ignore[arg-type]

    monkeypatch.setattr(judging_apart, "_answers", closed_meanwhile)
    for _ in range(2):
        with pytest.raises(StoppedError):
            _all(surgery.store, alva, apart)
    assert len(begun) == 1
    assert begun[0].returncode


def test_a_process_that_comes_to_nothing_is_not_waited_for(
    surgery: Surgery, alva: Doctor, as_here: dict[str, Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging_apart, "_DO", SLEEPS)
    monkeypatch.setattr(judging_apart, "PATIENCE", 0.2)
    assert _all(surgery.store, alva, JudgingApart()) == as_here


def test_whoever_wants_to_hear_no_more_ends_it(
    surgery: Surgery, alva: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = f"import pickle, sys; pickle.dump({{}}, sys.stdout.buffer); sys.stdout.flush(); {SLEEPS}"
    monkeypatch.setattr(judging_apart, "_DO", says)
    apart = JudgingApart()
    told = apart.stands(surgery.store, [alva], TODAY)
    assert next(told) == {}
    (process,) = apart._running
    told.close()  # type: ignore[attr-defined]
    assert process.returncode
    assert not apart._running


def test_what_judging_needs_is_not_loaded_here(surgery: Surgery) -> None:
    """The rules and programmes are what the other process is for."""
    code = f"""
import sys
from datetime import date
from pathlib import Path
from at_tui.judging_apart import JudgingApart, stands_of
from data.glance import Doctor
from data.opening import open_store
store = open_store(Path({str(surgery.store.path)!r}), None, read_only=True)
alva = Doctor({surgery.trainee_id!r}, {surgery.training_id!r}, "Alva Testsson", "AT")
found = list(stands_of(store, JudgingApart(), [alva], date(2026, 11, 26), None))
print([list(some) for some in found])
print([name for name in ("at_tui.due", "at_tui.judge", "schema.content") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == f"[[{surgery.training_id!r}]]\n[]\n"
