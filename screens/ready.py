"""Loading what is opened next, in a thread while nobody waits for it."""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from data.store import Store

OFTEN = (
    "screens.session", "screens.assessment", "screens.trainee.page", "screens.trainees",
    "screens.goals", "screens.certificate",
)  # fmt: skip
"""Modules of the pages that are opened every day."""
BREATH = 0.03
"""Seconds between two modules, so that a key is never kept waiting."""


def make_ready(store: Store, on: date) -> None:
    """Load the pages of every day, in a thread while nobody waits: 20 to 100 ms each, which the
    first who opens one would have to wait for.

    Raises:
        Fault: `store.*`.
    """
    for module in OFTEN:
        import_module(module)
        time.sleep(BREATH)
    _read_ahead(store, on)


def _read_ahead(store: Store, on: date) -> None:
    """Ask once what the pages will ask, of anyone: SQLAlchemy then has its questions ready, and
    the forms, topics and målbeskrivningar are loaded (0.1 s in all)."""
    from at_tui.content_in_use import topics
    from at_tui.session_records import open_session
    from data.find import next_sessions, trainee_rows
    from screens.trainee.reading import read_file

    with store.read() as work:
        anyone = next(iter(trainee_rows(work, on=on, limit=1)), None)
        if anyone is not None:
            next_sessions(work, [anyone.training_id], on=on)
            open_session(work, anyone.training_id, on=on)
    time.sleep(BREATH)
    topics()
    if anyone is not None:
        read_file(store, anyone.training_id, on)


def make_kollegium_ready() -> None:
    """Load what a study director opens first, in a thread while nobody waits: 0.3 s of modules and
    of the content files that the sorting needs."""
    import_module("screens.kollegium.cohort")
    from at_tui.kollegium.whole import warm

    warm()
