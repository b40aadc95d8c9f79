"""Commands run in this process, on a file of demo data."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from at_tui.__main__ import main


@dataclass(frozen=True)
class Said:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `at-tui` with these words; no input is there to be read."""
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def _run(*words: object) -> Said:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return _run


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vårdcentral with six, as of the day of the pictures. Only copies of it are used."""
    from at_tui.demo.cast import Size
    from at_tui.demo.writing import write_demo

    path = tmp_path_factory.mktemp("demo") / "clinic.db"
    write_demo(path, Size.CLINIC)
    return path


@pytest.fixture
def clinic(master: Path, tmp_path: Path) -> Path:
    """A copy of the vårdcentral with six."""
    return Path(shutil.copy(master, tmp_path / "clinic.db"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A new file without records, not encrypted."""
    from data.opening import create

    path = tmp_path / "empty.db"
    create(path, passphrase=None)
    return path
