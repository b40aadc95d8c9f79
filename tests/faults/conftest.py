"""Files to break, and the figures that the long runs print."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.node import NodeMemory
from tests.faults.orders import Warm
from tests.faults.saves import make_file


@dataclass(frozen=True)
class Home:
    """A home folder with one file of records in it."""

    folder: Path
    key: bytes | None

    @property
    def database(self) -> Path:
        return self.folder / "data" / "at.db"

    @property
    def memory(self) -> NodeMemory:
        return NodeMemory(self.folder / "state" / "nodes.json")

    def copy_to(self, folder: Path) -> Home:
        """Return a copy of this home in `folder`, which must not be there yet."""
        shutil.copytree(self.folder, folder)
        return Home(folder, self.key)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """A process that has imported the store and forks for each order."""
    process = Warm()
    yield process
    process.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Home]:
    """Return a home with a fresh file, encrypted or not; each is made once."""
    homes: dict[bool, Home] = {}

    def make(encrypted: bool) -> Home:
        if encrypted not in homes:
            folder = tmp_path_factory.mktemp("made") / "home"
            homes[encrypted] = Home(folder, make_file(folder, encrypted=encrypted))
        return homes[encrypted]

    return make


@pytest.fixture(params=[True, False], ids=["encrypted", "plain"])
def encrypted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def place(made: Callable[[bool], Home], encrypted: bool, tmp_path: Path) -> Home:
    """A home with a file of records, of this test's own."""
    return made(encrypted).copy_to(tmp_path / "place")


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder in memory where there is one: what is written there is only looked at."""
    memory = Path("/dev/shm")  # noqa: S108 - Linux' own folder in memory
    where = memory if os.access(memory, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried and what was lost, for docs/reliability.md."""
    lines = [
        f"{report.nodeid.partition('::')[2]}: "
        + ", ".join(f"{value} {name}" for name, value in report.user_properties)
        for report in terminalreporter.stats.get("passed", [])
        if report.user_properties
    ]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(lines):
            terminalreporter.write_line(line)
