"""Loading what is opened next, in a thread while nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from datetime import date

    from data.store import Store
    from screens.desk import Desk

OFTEN = (
    "screens.session", "screens.assessment", "screens.trainee.page", "screens.trainees",
    "screens.goals", "screens.certificate",
)  # fmt: skip
"""Modules of the pages that are opened every day."""
LARGE_FORM = "dops"
"""The form that is opened by a key of its own: it has every kind of field there is."""
BREATH = 0.03
"""Seconds between two modules, so that a key is never kept waiting."""


def make_ready(store: Store, on: date) -> str:
    """Load the pages of every day, in a thread while nobody waits: 20 to 100 ms each, which the
    first who opens one would have to wait for. Return the id of a training, empty without any.

    Raises:
        Fault: `store.*`.
    """
    for module in OFTEN:
        import_module(module)
        time.sleep(BREATH)
    return _read_ahead(store, on)


def everyday(desk: Desk, training_id: str) -> Iterator[Callable[[], Screen[Any]]]:
    """Yield what makes the pages of every day, for a training; without one those that need none."""
    from screens import ways
    from screens.assessment import new_form

    yield ways.trainees
    if training_id:
        yield partial(ways.session, training_id, None)
        yield partial(ways.page, training_id)
        yield partial(ways.goals, training_id)
        yield partial(new_form, desk, training_id, LARGE_FORM)


def _read_ahead(store: Store, on: date) -> str:
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
    if anyone is None:
        return ""
    read_file(store, anyone.training_id, on)
    return anyone.training_id


def make_kollegium_ready() -> None:
    """Load what a study director opens first, in a thread while nobody waits: 0.3 s of modules and
    of the content files that the sorting needs."""
    import_module("screens.kollegium.cohort")
    from at_tui.kollegium.whole import warm

    warm()
