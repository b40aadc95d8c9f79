"""Killed at a random moment of a save: every acknowledged save is there, none in part."""

from __future__ import annotations

import random
import signal
import sys
from collections.abc import Callable

import pytest

from tests.faults import saves
from tests.faults.conftest import Home
from tests.faults.orders import Job, Warm

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills by signal")

A_FILE = 10
"""Kills after which a fresh file is taken, so that checking it does not grow with the run."""


@pytest.mark.parametrize(
    ("seed", "kills"),
    [
        pytest.param(0, 25, id="short"),
        *(pytest.param(n, 75, id=f"long{n}", marks=pytest.mark.torture) for n in range(1, 5)),
    ],
)
def test_no_kill_loses_an_acknowledged_save(
    seed: int,
    kills: int,
    encrypted: bool,
    made: Callable[[bool], Home],
    warm: Warm,
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(seed)
    acknowledged = journals = 0
    for number in range(kills):
        if number % A_FILE == 0:
            place = made(encrypted).copy_to(tmp_path_factory.mktemp("kills") / "place")
            units, last_draft = set[int](), -1
        acks = place.folder.parent / "acks"
        job = Job(place.database, place.key, place.folder, acks, first=last_draft + 1)
        assert warm.kill_after(job, chance.uniform(0.02, 0.3)) == -signal.SIGKILL
        journal = place.database.with_name("at.db-journal")
        journals += journal.exists() and journal.stat().st_size > 0
        found = saves.faults_of(place.database, place.key, job.said(), place.memory)
        assert found == [], f"kill {number} of seed {seed}"
        before = len(units)
        units, last_draft = saves.acknowledged(job.said())
        acknowledged += len(units) - before
    assert journals > 0, "no kill fell into a commit"
    record_property("kills", kills)
    record_property("of these inside a commit", journals)
    record_property("saves acknowledged", acknowledged)
    record_property("lost", 0)
