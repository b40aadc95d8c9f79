"""A crash is reported without anything about anyone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from at_tui import crash
from at_tui.__main__ import main
from schema.fault import Fault

SECRETS = ("Alva", "19811218", "hemlig")


def failing(name: str) -> None:
    """Fail with the name in the message, in a variable, in a cause and in a path."""
    patient = f"{name} 19811218-9876"
    try:
        Path("/hemlig/Alva").read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"kan inte läsa {patient}") from error


def crashed() -> ValueError:
    with pytest.raises(ValueError, match="kan inte läsa") as caught:
        failing("Alva Testsson")
    return caught.value


def test_a_report_says_where_and_nothing_about_whom() -> None:
    written = crash.report(crashed(), datetime(2026, 11, 24, tzinfo=UTC))
    assert "builtins.ValueError" in written
    assert "builtins.FileNotFoundError errno 2" in written
    assert "test_crash.py:" in written
    assert ":failing" in written
    assert str(Path(__file__).parent) not in written
    assert not [secret for secret in SECRETS if secret in written]


def test_a_fault_is_reported_by_its_code_and_not_by_its_values() -> None:
    written = crash.report(Fault("store.stale", name="Alva"), datetime(2026, 11, 24, tzinfo=UTC))
    assert "store.stale" in written
    assert "Alva" not in written


def test_a_report_of_endless_recursion_stays_short() -> None:
    def deeper(n: int) -> int:
        return deeper(n + 1) + 1

    with pytest.raises(RecursionError) as caught:
        deeper(0)
    written = crash.report(caught.value, datetime(2026, 11, 24, tzinfo=UTC))
    assert len(written.splitlines()) < 100


def test_only_the_latest_reports_are_kept(tmp_path: Path) -> None:
    for number in range(crash.MOST_REPORTS + 5):
        (tmp_path / f"crash-2020010{number:02d}.txt").write_text("old", encoding="utf-8")
    path = crash.write_report(crashed(), folder=tmp_path)
    kept = sorted(tmp_path.glob("crash-*.txt"))
    assert len(kept) == crash.MOST_REPORTS
    assert kept[-1] == path
    assert path.stat().st_mode & 0o077 == 0


def test_a_command_that_crashes_says_where_the_report_lies(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(options: object) -> int:
        failing("Alva Testsson")
        return 0

    monkeypatch.setattr("at_tui.cli.database.run", fall)
    assert main(["database"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert not [secret for secret in SECRETS if secret in said.err]
    path = Path(said.err.split("ligger i ")[1].strip().rstrip("."))
    assert "ValueError" in path.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "file"
    taken.write_text("", encoding="utf-8")
    monkeypatch.setattr("data.places.crash_folder", lambda: taken / "crashes")
    sentence = crash.report_crash(crashed())
    assert "ValueError" in sentence
    assert "inte att skriva" in sentence
