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

    from data.find import Folder
    from data.store import Store
    from screens.desk import Desk

FIRST = ("screens.session", "screens.trainees", "screens.assessment", "screens.widgets.confirm")
"""Modules of the pages that a first key opens most."""
OFTEN = ("screens.trainee.page", "screens.goals", "screens.certificate")
"""Modules of the other pages of every day."""
LARGE_FORM = "dops"
"""The form that is opened by a key of its own: it has nearly every kind of field there is."""
BREATH = 0.03
"""Seconds between two modules, so that a key is never kept waiting."""


def make_ready(store: Store, on: date) -> str:
    """Load the pages that a first key opens most, in a thread while nobody waits: 20 to 100 ms
    each, which the first who opens one would have to wait for; and ask once what the weekly session
    will ask, of anyone: SQLAlchemy then has its questions ready. Return the id of a training, empty
    without any.

    Raises:
        Fault: `store.*`.
    """
    from at_tui.content_in_use import topics
    from at_tui.session_records import open_session
    from data.find import next_sessions, trainee_rows

    for module in FIRST:
        import_module(module)
        time.sleep(BREATH)
    with store.read() as work:
        anyone = next(iter(trainee_rows(work, on=on, limit=1)), None)
        if anyone is not None:
            next_sessions(work, [anyone.training_id], on=on)
            open_session(work, anyone.training_id, on=on)
    time.sleep(BREATH)
    topics()
    return anyone.training_id if anyone is not None else ""


def first_pages(training_id: str) -> Iterator[Callable[[], Screen[Any]]]:
    """Yield what makes the pages that a first key opens most, for a training; without one those
    that need none."""
    from screens import ways

    yield ways.trainees
    if training_id:
        yield partial(ways.session, training_id, None)


def other_pages(desk: Desk, folder: Folder) -> Iterator[Callable[[], Screen[Any]]]:
    """Yield what makes the other pages of every day, for a training."""
    from screens import ways
    from screens.assessment import new_form

    yield partial(ways.page, folder.training.id)
    yield partial(ways.goals, folder.training.id)
    yield partial(new_form, desk, folder, LARGE_FORM)


def make_kollegium_ready() -> None:
    """Load what a study director opens first, in a thread while nobody waits."""
    import_module("screens.kollegium.cohort")
