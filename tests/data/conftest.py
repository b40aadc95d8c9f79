"""Files of records for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data import opening
from data.node import NodeMemory
from data.store import Store
from schema.tables import Trainee, Training

PASSPHRASE = "räksmörgås på taket"
KEY = bytes(range(32))


@pytest.fixture
def memory(tmp_path: Path) -> NodeMemory:
    return NodeMemory(tmp_path / "state" / "nodes.json")


@pytest.fixture
def store(tmp_path: Path, memory: NodeMemory) -> Iterator[Store]:
    """An empty unencrypted file; the engine and all rules are the same as for an encrypted one."""
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    opened = opening.open_store(path, None, memory=memory)
    yield opened
    opened.close()


@pytest.fixture
def training(store: Store) -> Training:
    """Alva Testsson's AT from 1 January 2026."""
    with store.work("test") as work:
        trainee = work.save(Trainee(name="Alva Testsson"))
        return work.save(Training(trainee_id=trainee.id, start=date(2026, 1, 1)))
