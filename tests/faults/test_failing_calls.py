"""The system refuses: a write, a sync, a new file. The user is told in words, what was saved is
there, and the next save works."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from data import backup
from tests.faults import saves, tracer
from tests.faults.conftest import Home
from tests.faults.orders import Job, Warm

pytestmark = pytest.mark.skipif(not tracer.works_here(), reason="breaks calls by Linux' ptrace")

UNITS = 3
CODES = {
    errno.ENOSPC: {"store.disk_full", "store.backup_failed", "store.disk_error"},
    errno.EIO: {"store.disk_error", "store.backup_failed", "store.cannot_open"},
    errno.EROFS: {"store.read_only", "store.disk_error", "store.cannot_open",
                  "store.backup_failed"},
}  # fmt: skip
"""What a user may be told when the system answers so."""


def said(job: Job, *words: str) -> list[str]:
    """Return the second words of the lines that begin with one of `words`."""
    return [line.split()[1] for line in job.said().splitlines() if line.split()[0] in words]


def stubborn(place: Home, folder: Path) -> Job:
    return Job(
        place.database, place.key, place.folder, folder / "acks", count=UNITS, job="stubborn"
    )


@pytest.fixture(scope="session")
def calls(
    made: Callable[[bool], Home], warm: Warm, tmp_path_factory: pytest.TempPathFactory
) -> int:
    """How many calls on its files the job makes when all goes well."""
    folder = tmp_path_factory.mktemp("calls")
    place = made(True).copy_to(folder / "place")
    operations = warm.record(stubborn(place, folder))
    return sum(operation.kind != "ack" for operation in operations)


def broken(
    place: Home, warm: Warm, folder: Path, at: int, number: int, *, lasting: bool
) -> tuple[Job, list[str]]:
    """Break one call, or that and all after it; return the job and what is not as promised."""
    job = stubborn(place, folder)
    ended = warm.broken(job, at=at, errno=number, lasting=lasting)
    wrong = [] if ended == (0 if number else -9) else [f"the programme ended with {ended}"]
    told = set(said(job, "fault", "unread", "no-backup", "not-opened"))
    wrong += sorted(told - CODES.get(number, set()))
    wrong += saves.faults_of(place.database, place.key, job.said(), place.memory)
    for copy_of in backup.backups(place.database):
        if not backup.sound(copy_of.path, place.key):
            wrong.append(f"{copy_of.path.name} is not whole")
    # Where every removal is refused too, and where the process is killed, a beginning stays.
    if number == errno.ENOSPC or (number and not lasting):
        left = backup.folder_of(place.database).glob("*.part*")
        wrong += [f"{path.name} was left" for path in left]
    return job, wrong


@pytest.mark.parametrize(
    ("number", "lasting"),
    [
        (errno.ENOSPC, True),
        (errno.ENOSPC, False),
        (errno.EIO, False),
        (errno.EIO, True),
        (errno.EROFS, True),
        (0, False),
    ],
    ids=["disk full", "disk full once", "disk error once", "disk error", "made read-only", "kill"],
)
@pytest.mark.parametrize(
    "share",
    [pytest.param(0.01, id="few"), pytest.param(0.25, marks=pytest.mark.torture, id="many")],
)
def test_a_call_that_fails_is_told_and_loses_nothing(
    number: int,
    lasting: bool,
    share: float,
    calls: int,
    made: Callable[[bool], Home],
    warm: Warm,
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
) -> None:
    places = range(1, calls + 1)
    chosen = random.Random(number).sample(places, max(5, round(share * calls)))
    told = 0
    for at in sorted(chosen):
        folder = tmp_path_factory.mktemp("broken")
        job, wrong = broken(
            made(True).copy_to(folder / "place"), warm, folder, at, number, lasting=lasting
        )
        assert wrong == [], f"call {at}: {job.said()}"
        faults = said(job, "fault")
        told += len(faults)
        if faults and not lasting:
            # The one save that met the fault was told; those after it went well.
            assert len(faults) == 1
            assert len(said(job, "unit")) == UNITS - 1
        # A disk that refuses everything may leave a save half undone: then nothing is shown
        # until it answers again. In all other cases the records stay readable.
        if not lasting or number == errno.ENOSPC:
            assert said(job, "unread") == []
    assert told or not number
    record_property("calls broken", len(chosen))
    record_property("acknowledged saves lost", 0)
