"""Opening a file that is up to date pays nothing for the upgrades that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data import opening

ROOT = Path(__file__).parents[2]

OPEN = """
import sys
from pathlib import Path
from data.node import NodeMemory
from data.opening import open_store
from schema.tables import Trainee
store = open_store(Path(sys.argv[1]), None, memory=NodeMemory(Path(sys.argv[1] + ".nodes")))
with store.work("test") as work:
    work.save(Trainee(name="Alva Testsson"))
store.close()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded(path: Path, code: str) -> set[str]:
    """Return what a process of its own has imported when it has opened the file."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    return path


def test_a_file_that_is_up_to_date_is_opened_and_written_without_the_upgrades(path: Path) -> None:
    found = loaded(path, OPEN)
    assert "sqlmodel" in found
    assert not found & {"alembic", "mako", "keyring", "reportlab", "openpyxl", "textual"}


def test_an_older_file_does_bring_them(path: Path) -> None:
    """The test above can see what it looks for."""
    older = "import data.migrating\ndata.migrating.HEAD += 1\n" + OPEN
    assert "alembic" in loaded(path, older)
    assert list(path.with_name("at-kopior").glob("*-uppgradering.db"))
