"""Files to import, and a register to import them into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from at_tui.interchange.preview import Preview, preview
from data.opening import create, open_store
from data.store import Store

ON = date(2026, 11, 24)
Look = Callable[[bytes], Preview]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty unencrypted file."""
    path = tmp_path / "at.db"
    create(path, passphrase=None)
    opened = open_store(path, None)
    yield opened
    opened.close()


@pytest.fixture
def look(store: Store, tmp_path: Path) -> Look:
    """Preview a file with these bytes."""

    def _look(content: bytes) -> Preview:
        path = tmp_path / "group"
        path.write_bytes(content)
        with store.read() as work:
            return preview(path, work, on=ON)

    return _look
