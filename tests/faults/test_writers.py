"""Four windows read and write at the same time: none loses an edit, none is told of a lock."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

import pytest

from data import opening
from data.verify import verify
from schema.tables import Supervision, Training
from tests.faults.conftest import Home
from tests.faults.orders import Job, Warm
from tests.faults.saves import TRAINING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

WINDOWS = 4


@pytest.mark.parametrize(
    "seconds", [pytest.param(3, id="short"), pytest.param(60, marks=pytest.mark.torture, id="long")]
)
def test_four_windows_lose_no_edit_and_see_no_lock(
    seconds: int,
    place: Home,
    warm: Warm,
    record_property: Callable[[str, object], None],
) -> None:
    acks = place.folder.parent / "acks"
    job = Job(place.database, place.key, place.folder, acks, count=seconds, job="count")
    assert warm.together(job, WINDOWS) == [0] * WINDOWS
    said = Counter(line.split()[0] for line in job.said().splitlines())
    # An edit that came second is told and made again; a save that cannot be is refused.
    assert set(said) <= {"saved", "store.stale", "refused"}
    refusals = {line for line in job.said().splitlines() if line.startswith("refused")}
    assert refusals <= {"refused store.reference"}
    store = opening.open_store(place.database, place.key, memory=place.memory)
    assert verify(store) == []
    with store.read() as work:
        assert int(work.need(Training, TRAINING).note) == said["saved"]
        notes = {s.note for s in work.all(Supervision)}
    store.close()
    saved = {line.split()[1] for line in job.said().splitlines() if line.startswith("saved")}
    assert notes == saved
    assert {name.partition("/")[0] for name in saved} == {str(n) for n in range(WINDOWS)}
    record_property("windows", WINDOWS)
    record_property("saves", said["saved"])
    record_property("edits that came second, told and made again", said["store.stale"])
    record_property("saves that had to be refused", said["refused"])
    record_property("lost or contaminated", 0)
