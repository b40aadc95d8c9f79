"""Whatever is wrong, one plain Swedish sentence says so, with an exit code that the docs list."""

from __future__ import annotations

import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ptyprocess import PtyProcessUnicode

from data import driver
from tests.at_tui.cli.conftest import Run

ROOT = Path(__file__).parents[3]
AT_TUI = [sys.executable, "-m", "at_tui"]

Case = tuple[Callable[[Path, Path], list[object]], int, str]
"""Words by (demo file, folder), exit code, and what the sentence says."""


def sealed_without_keys(folder: Path) -> Path:
    path = folder / "sealed.db"
    path.write_bytes(b"\x93" * 4096)
    return path


def others_database(folder: Path) -> Path:
    import sqlite3

    path = folder / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    return path


def file_of(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


CASES: dict[str, Case] = {
    "unknown word": (lambda d, f: ["intyg"], 2, "at-tui help"),
    "near word": (lambda d, f: ["trainee"], 2, "Menade du «trainees»"),
    "unknown option": (lambda d, f: ["trainees", "--fel"], 2, "okänt: --fel"),
    "missing argument": (lambda d, f: ["goals"], 2, "det saknas"),
    "option without value": (lambda d, f: ["trainees", "--database"], 2, "ett värde saknas"),
    "unknown size": (lambda d, f: ["demo", "--size", "stor"], 2, "dalarna10"),
    "no date": (lambda d, f: ["trainees", "--on", "2026-02-30"], 2, "2026-02-30"),
    "seed in letters": (lambda d, f: ["demo", "--seed", "x"], 2, "går inte att använda"),
    "unknown person": (lambda d, f: ["goals", "Ingen Alls", "--database", d], 1, "Ingen läkare"),
    "empty name": (lambda d, f: ["goals", " ", "--database", d], 1, "Ingen läkare"),
    "two people": (lambda d, f: ["goals", "p", "--database", d], 1, "Nils Exempel ("),
    "unknown placement": (
        lambda d, f: ["certificate", "alva", "99", "--database", d], 1, "De som finns: 1 medicin"),
    "placement nought": (
        lambda d, f: ["certificate", "alva", "0", "--database", d], 1, "De som finns"),
    "two placements": (
        lambda d, f: ["certificate", "alva", "medicin", "--database", d], 1, "Ange numret"),
    "unknown assessment": (
        lambda d, f: ["assessment", "0" * 36, "--database", d], 1, "Ingen bedömning"),
    "short id": (lambda d, f: ["assessment", "0", "--database", d], 1, "Ingen bedömning"),
    "missing file": (lambda d, f: ["trainees", "--database", f / "no.db"], 3, "at-tui init"),
    "not a database": (
        lambda d, f: ["trainees", "--database", sealed_without_keys(f)], 3, "nyckelfil"),
    "another's database": (
        lambda d, f: ["verify", "--database", others_database(f)], 3, "annat program"),
    "empty file": (
        lambda d, f: ["trainees", "--database", file_of(f, "e.db", b"")], 3, "är tom"),
    "a folder": (lambda d, f: ["trainees", "--database", f], 3, "mapp"),
    "folder that is a file": (lambda d, f: ["init", "--unencrypted", "--database", d / "x.db"],
                              3, "går inte att"),
    "already there": (lambda d, f: ["init", "--database", d], 4, "ligger redan"),
    "no passphrase": (lambda d, f: ["init", "--database", f / "n.db"], 3, "AT_TUI_PASSPHRASE_FILE"),
    "output into nowhere": (
        lambda d, f: ["log", "alva", "--database", d, "-o", f / "no" / "x.pdf"], 4, "Det går inte"),
    "output onto a folder": (
        lambda d, f: ["export", f, "--database", d], 4, "är en mapp"),
    "import of nothing": (
        lambda d, f: ["import", f / "no.csv", "--database", d], 3, "finns ingen fil"),
    "import of a folder": (lambda d, f: ["import", f, "--database", d], 3, "går inte att läsa"),
    "content that is not there": (
        lambda d, f: ["content", "check", f / "no.toml"], 1, "finns inte"),
    "regulation that is not there": (
        lambda d, f: ["curriculum", "import", f / "no.txt"], 2, "går inte att läsa"),
    "no terminal": (lambda d, f: [], 2, "Skärmarna behöver en terminal"),
    "no terminal for the demo": (lambda d, f: ["demo"], 2, "Skärmarna behöver en terminal"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_swedish_sentence_and_an_exit_code(
    name: str, run: Run, clinic: Path, tmp_path: Path
) -> None:
    words, code, says = CASES[name]
    folder = tmp_path / "folder"
    folder.mkdir()
    said = run(*words(clinic, folder))
    told = said.err + (said.out if name.startswith("content") else "")
    assert says in told
    assert said.code == code
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


def test_a_wrong_passphrase_changes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = file_of(tmp_path, "phrase", b"r\xc3\xa4tt l\xc3\xb6senfras\r\n")
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(phrase))
    path = tmp_path / "at.db"
    assert run("init", "--database", path).code == 0
    assert run("trainees", "--database", path).code == 0
    phrase.write_bytes(b"fel fras helt\n")
    said = run("trainees", "--database", path)
    assert said.code == 3
    assert "Fel lösenfras" in said.err
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(tmp_path / "none"))
    assert "AT_TUI_PASSPHRASE_FILE" in run("trainees", "--database", path).err
    monkeypatch.delenv("AT_TUI_PASSPHRASE_FILE")
    assert run("trainees", "--database", path).code == 3


def test_a_short_passphrase_makes_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(file_of(tmp_path, "phrase", b"kort")))
    said = run("init", "--database", tmp_path / "at.db")
    assert said.code == 2
    assert "minst 10 tecken" in said.err
    assert not (tmp_path / "at.db").exists()
    assert not (tmp_path / "at.db.keys.json").exists()


def test_a_file_that_another_window_is_saving_to_is_told(
    run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = [one for one in driver.PRAGMAS if not one.startswith("busy_timeout")]
    monkeypatch.setattr(driver, "PRAGMAS", ("busy_timeout=20", *patient))
    other = driver.connect(clinic, None)
    other.execute("BEGIN EXCLUSIVE")
    sample = ROOT / "docs" / "examples" / "startgrupp.csv"
    said = run("import", sample, "--database", clinic)
    assert said.code == 3
    assert "Ett annat fönster" in said.err
    other.execute("ROLLBACK")
    other.close()


def test_a_small_terminal_is_told_its_size() -> None:
    process = PtyProcessUnicode.spawn(AT_TUI, cwd=str(ROOT), dimensions=(20, 70))
    told = _all_of(process)
    assert "70×20" in told
    assert "80×24" in told
    assert process.exitstatus == 2


def test_ctrl_c_ends_a_question_with_a_sentence(tmp_path: Path) -> None:
    words = [*AT_TUI, "init", "--database", str(tmp_path / "at.db")]
    process = PtyProcessUnicode.spawn(words, cwd=str(ROOT), dimensions=(24, 80))
    asked = ""
    while not asked.rstrip(" ").endswith(":"):  # the question itself, after what leads to it
        asked += process.read()
    assert "lösenfras" in asked
    for _ in range(10):
        time.sleep(0.2)  # the terminal is being made deaf; what comes meanwhile is thrown away
        process.sendintr()
        if select.select([process.fd], [], [], 5)[0]:
            break
    assert "Avbrutet" in _all_of(process)
    assert process.exitstatus == 130
    assert not (tmp_path / "at.db").exists()


def test_an_answer_of_no_saves_nothing(empty: Path) -> None:
    sample = ROOT / "docs" / "examples" / "startgrupp.csv"
    words = [*AT_TUI, "import", str(sample), "--database", str(empty)]
    process = PtyProcessUnicode.spawn(words, cwd=str(ROOT), dimensions=(50, 160))
    told = ""
    while "[j/N]" not in told:
        told += process.read()
    process.write("n\n")
    assert "Inget har sparats" in _all_of(process)
    assert process.exitstatus == 4


def test_a_reader_that_has_had_enough_is_left_in_peace(clinic: Path) -> None:
    process = subprocess.Popen(
        [*AT_TUI, "export", "-", "--database", str(clinic)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 128 + signal.SIGPIPE


def test_names_are_told_without_their_escape_sequences(run: Run, empty: Path) -> None:
    from data.opening import open_store
    from schema.tables import Trainee, Training

    store = open_store(empty, None)
    with store.work("test") as work:
        one = work.save(Trainee(name="\x1b]0;titel\x07[bold]Åsa O'Exempel\x1b[2J"))
        from datetime import date

        work.save(Training(trainee_id=one.id, start=date(2026, 1, 1)))
    store.close()
    said = run("trainees", "--database", empty)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said.out)
    assert "[bold]Åsa O'Exempel" in said.out


def _all_of(process: PtyProcessUnicode) -> str:
    told = ""
    while True:
        try:
            told += process.read()
        except EOFError:
            process.wait()
            return told
