from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import opening
from data.node import NodeMemory
from data.store import Store
from data.window import Window, lock_file, status
from schema.fault import Fault
from schema.tables import Trainee

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from data.window import Window
window = Window(Path(sys.argv[1]))
print(window.mine(), flush=True)
for line in sys.stdin:
    print(window.mine(), flush=True)
"""


class Elsewhere:
    """A window in a process of its own."""

    def __init__(self, database: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(database)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.wrote_first = self._line() == "True"

    def mine(self) -> bool:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._line() == "True"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def save(store: Store, name: str) -> None:
    with store.work("test") as work:
        work.save(Trainee(name=name))


def test_the_first_window_writes_and_the_second_is_told_since_when(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    assert status(database) is None
    first = Window(database)
    second = Window(database)
    assert first.mine()
    assert first.other() is None
    assert not second.mine()
    other = second.other()
    assert other is not None
    assert abs((datetime.now(UTC) - other.since).total_seconds()) < 3600
    assert status(database) == other
    first.close()
    assert status(database) is None
    assert second.claim()
    second.close()


def test_who_takes_over_writes_and_the_other_finds_out(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    first, second, third = (Window(database) for _ in range(3))
    second.take_over()
    assert second.mine()
    assert not first.mine()
    assert first.other() is not None
    # The first has let go of the lock; the second has it, and the third cannot slip in.
    assert second.mine()
    assert not third.claim()
    first.take_over()
    assert first.mine()
    assert not second.mine()
    for window in (first, second, third):
        window.close()


def test_a_window_that_was_taken_over_from_and_closed_leaves_the_other_in_peace(
    tmp_path: Path,
) -> None:
    database = tmp_path / "at.db"
    first, second = Window(database), Window(database)
    second.take_over()
    first.close()
    assert second.mine()
    third = Window(database)
    assert not third.mine()
    assert second.mine()
    second.close()
    third.close()


def test_a_window_that_took_over_and_closed_leaves_the_claim_free_at_once(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    first, second = Window(database), Window(database)
    second.take_over()
    second.close()
    assert first.other() is None
    assert first.mine()
    assert status(database) is not None
    first.close()
    assert status(database) is None


def test_a_killed_programme_holds_nothing(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    elsewhere = Elsewhere(database)
    assert elsewhere.wrote_first
    here = Window(database)
    assert here.other() is not None
    elsewhere.kill()
    assert here.other() is None
    assert here.mine()
    here.close()


def test_another_process_finds_that_it_was_taken_over_from(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    elsewhere = Elsewhere(database)
    here = Window(database)
    here.take_over()
    assert not elsewhere.mine()
    assert here.mine()
    elsewhere.kill()
    here.close()


def test_a_second_window_reads_and_saves_nothing(store: Store, memory: NodeMemory) -> None:
    save(store, "Alva Testsson")
    second = opening.open_store(store.path, None, memory=memory, read_only=True)
    assert second.read_only
    with pytest.raises(Fault) as told:
        save(second, "Nils Exempel")
    assert told.value.code == "store.read_only_window"
    with second.read() as work:
        assert [t.name for t in work.all(Trainee)] == ["Alva Testsson"]
    second.close()


def test_a_store_saves_only_while_its_window_writes(tmp_path: Path, memory: NodeMemory) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    first, second = Window(path), Window(path)
    one = opening.open_store(path, None, memory=memory, window=first)
    two = opening.open_store(path, None, memory=memory, window=second)
    save(one, "Alva Testsson")
    assert two.read_only
    with pytest.raises(Fault) as told:
        save(two, "Nils Exempel")
    assert told.value.code == "window.taken_over"
    second.take_over()
    save(two, "Nils Exempel")
    with pytest.raises(Fault):
        save(one, "Rut Provsson")
    with one.read() as work:
        assert len(work.all(Trainee)) == 2
    for store in (one, two):
        store.close()


@pytest.mark.parametrize("content", [b"", b"x" * 400, b'{"token": 7}', b"[]", b"\xff" * 128])
def test_a_damaged_file_of_the_window_stops_nobody(tmp_path: Path, content: bytes) -> None:
    database = tmp_path / "at.db"
    lock_file(database).write_bytes(content)
    window = Window(database)
    assert window.mine()
    second = Window(database)
    assert second.other() is not None
    window.close()
    second.close()


def test_where_nothing_can_be_written_the_records_say_so_themselves(tmp_path: Path) -> None:
    window = Window(tmp_path / "nowhere" / "at.db")
    assert window.mine()
    assert window.other() is None
    window.close()


@pytest.mark.skipif(sys.platform == "win32", reason="rights in bits")
def test_the_file_is_for_the_user_only_and_names_nobody(tmp_path: Path) -> None:
    database = tmp_path / "at.db"
    window = Window(database)
    path = lock_file(database)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(path.read_text().split('"')[1::2]) >= {"token", "since"}
    window.close()
