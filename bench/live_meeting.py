"""How long a meeting waits for the next doctor's page, in the live mode.

Timed from the key to the moment at which the next doctor's place in the meeting stands on the
screen.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bench.cohort_screen import F4
from bench.probes import ENTER, Figures, Probe
from bench.recording import driven
from bench.world import PASSPHRASE, World
from tests.journeys.terminal import installed

if TYPE_CHECKING:
    from data.store import Store

RIGHT = b"\x1b[C"
_A_ROUND = 12
_PLACE = re.compile(r"· (\d+) (?:av|of) \d+ ·")


def next_doctor(world: World) -> Probe:
    """Return a probe of `→` in a meeting about everyone in service, as the programme is held."""
    _under_way(world)
    state = _left_off(world)

    def run() -> Figures:
        _hold(world, state)
        sent: list[float] = []
        with driven("live meeting", [installed()], world.environment) as session:
            session.listen(quiet=1.5, limit=15)
            for key in (F4, b"m", ENTER):
                session.answer(key, quiet=2.5, limit=20)
            for _ in range(_A_ROUND):
                sent.append(time.perf_counter() - session.started)
                session.answer(RIGHT, quiet=0.3)
        # Only now: as long as it runs, the programme keeps where the meeting is.
        _left_off(world)
        if session.silent or session.recording is None:
            return {}
        return {"next doctor": waits(session.recording.screens, sent)}

    return run


def waits(screens: list[tuple[float, str]], sent: list[float]) -> list[float]:
    """Return milliseconds from each key to the screen on which another place stands."""
    places = [(at, found[1]) for at, screen in screens if (found := _PLACE.search(screen))]
    waits = []
    for pressed in sent:
        before = next((place for at, place in reversed(places) if at <= pressed), None)
        after = next((at for at, place in places if at > pressed and place != before), None)
        if before is not None and after is not None:
            waits.append((after - pressed) * 1000)
    return waits


def _left_off(world: World) -> dict[str, dict[str, Any]]:
    """Take what the meeting keeps of where it is out of the file, and return it: every start would
    tell of it in a passing message, whose end is painted in the middle of something else."""
    with _opened(world) as store, store.work("bench") as work:
        kept = {draft.key: draft.content for draft in work.drafts()}
        for key in kept:
            work.drop_draft(key)
    return kept


def _hold(world: World, state: dict[str, dict[str, Any]]) -> None:
    """Put back what `_left_off` took out."""
    with _opened(world) as store, store.work("bench") as work:
        for key, content in state.items():
            work.keep_draft(key, content)


@contextmanager
def _opened(world: World) -> Iterator[Store]:
    from data.opening import open_store, unlock

    store = open_store(world.database, unlock(world.database, passphrase=PASSPHRASE))
    try:
        yield store
    finally:
        store.close()


def _under_way(world: World) -> None:
    """See to it that a meeting of today is under way in the file; one left by an earlier run
    goes on."""
    from at_tui.kollegium.holding import begin, prepare
    from schema.tables import Kollegium

    today = date.today()  # noqa: DTZ011 - the day of the computer, as the programme takes it
    with _opened(world) as store:
        with store.work("bench") as work:
            under_way = [m for m in work.all(Kollegium) if m.training_ids and m.closed_on is None]
            if under_way:
                return
            meeting = work.save(Kollegium(title="AT-kollegium", day=today))
        room = prepare(store, meeting.id, today)
        begin(store, room, room.order, author="bench", at=datetime.now().astimezone())
