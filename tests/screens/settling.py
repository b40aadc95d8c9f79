"""How tests wait: until nothing is read, laid out or said any more."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

CALM = 3
"""Rounds in a row without work after which a screen is at rest."""
CALM_WITH_TASKS = 10
"""The same while a task of the application waits, perhaps for the user."""
MOST = 100


async def settle(pilot: Pilot[Any], *names: str) -> None:
    """Wait until the page is at rest.

    A thread hands its result over, the result is laid out, and what is laid out may ask for more:
    so one look is not enough, and on a busy machine the steps come far apart. A task of the
    application's own thread may wait for the user, so it is given some rounds and no more.

    Args:
        names: The workers to wait for; all when none is given.
    """
    calm = 0
    for _ in range(MOST):
        await pilot.pause()
        busy = [
            worker
            for worker in pilot.app.workers
            if not worker.is_finished and (not names or worker.name in names)
        ]
        threads = [worker for worker in busy if worker._thread_worker]
        if threads:
            await pilot.app.workers.wait_for_complete(threads)
        calm = 0 if threads else calm + 1
        if calm >= (CALM_WITH_TASKS if busy else CALM):
            return


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each when the page is at rest."""
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def flat(words: str) -> str:
    """Return what a screen shows without frames and line breaks: where a line breaks depends on
    the length of a path."""
    return " ".join("".join(c for c in words if c not in "▌│╭╮╰╯─").split())
