"""What holds for every test: a home of its own, a known clock zone, unhurried properties."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from data import places

# Most tests need no records: those that do import them, and SQLModel with them.
if TYPE_CHECKING:
    from tests.at_tui.clinic import Clinic
    from tests.at_tui.kollegium.world import World
    from tests.at_tui.surgery import Surgery

# A loaded machine must not fail a property; how fast things are is measured by `make bench`.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# The same examples in every full run: a failure there can be repeated by anyone.
settings.register_profile("repeatable", settings.get_profile("house"), derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "house")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty home, so that none reads or writes the developer's own records."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "share"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    # It remembers the folders for the life of a process, and a test session is many lives.
    places._folders.cache_clear()
    for name in [name for name in os.environ if name.startswith("AT_TUI_")]:
        monkeypatch.delenv(name)
    # They change what a screen looks like, and so what a snapshot holds.
    for name in ("NO_COLOR", "FORCE_COLOR", "TEXTUAL_THEME", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    return folder


@pytest.fixture(autouse=True, scope="session")
def swedish_time() -> None:
    """Set Swedish local time by its rule, which also works where no time zones are installed."""
    os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """Open a file with one training, and those who assess it."""
    from tests.at_tui.clinic import make_clinic

    made = make_clinic(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    """Open a file with one training in the middle of its weekly sessions."""
    from tests.at_tui.surgery import make_surgery

    made = make_surgery(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Open a file of a small region, to which a test adds its doctors."""
    from tests.at_tui.kollegium.world import make_world

    made = make_world(tmp_path)
    yield made
    made.store.close()
