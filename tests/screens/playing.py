"""Play a page: keys and acts in order over an empty page, and read what the screen says."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

import data.signing
from screens.app import ATApp
from screens.desk import Leads
from screens.widgets.page import Page
from tests.at_tui.clinic import TODAY, Clinic
from tests.screens import settling

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
SIZES = [(80, 24), (120, 40)]

Act = Callable[[Pilot[int]], Awaitable[None] | None]
Step = str | Act


class Heard(ATApp):
    """The programme, with what its passing messages have said."""

    CSS_PATH = inspect.getfile(ATApp).replace(".py", ".tcss")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heard: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        self.heard.append(message)


def app_of(clinic: Clinic, first: Screen[Any] | None = None, *, author: str | None = None) -> Heard:
    """Return the programme on the clinic's file, with the clock at `NOW`."""
    return Heard(
        clinic.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=clinic.store,
        author=clinic.supervisor_id if author is None else author,
        first=first or Page(),
    )


def play(
    clinic: Clinic,
    page: Screen[Any] | Leads,
    *steps: Step,
    size: tuple[int, int] = (80, 24),
    author: str | None = None,
) -> str:
    """Show `page`, or what it leads to, over an empty one and do the steps (keys, or acts).

    Returns the screen's text, and after it what passing messages have said.
    """
    seen = ""

    async def go() -> None:
        nonlocal seen
        app = app_of(clinic, author=author)
        async with app.run_test(size=size) as pilot:
            app.go(lambda: page)
            await settle(pilot)
            for step in steps:
                await do(pilot, step)
            await settle(pilot)
            seen = "\n".join([screen_text(app), *app.heard])

    asyncio.run(go())
    return seen


async def do(pilot: Pilot[int], step: Step) -> None:
    """Do one step and let the screen come to rest."""
    if isinstance(step, str):
        await pilot.press(step)
    else:
        waiting = step(pilot)
        if waiting is not None:
            await waiting
        await pilot.pause()


async def settle(pilot: Pilot[int]) -> None:
    """Let messages and the workers of a signature come to rest."""
    await settling.settle(pilot)


def write(words: str) -> Act:
    """Type `words` where the focus is; a key at a time would take seconds."""

    def act(pilot: Pilot[int]) -> None:
        field = pilot.app.focused
        if isinstance(field, TextArea):
            field.insert(words)
        else:
            assert isinstance(field, Input), field
            field.insert_text_at_cursor(words)

    return act


def keys(words: str) -> list[str]:
    """Return a step for each sign, for what is typed without a field."""
    return list(words)


def screen_text(app: Any) -> str:
    """Return what the screen says, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def at_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign at 14.02 Swedish time, so that pictures are the same in every run."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 11, 26, 13, 2, tzinfo=UTC)

    monkeypatch.setattr(data.signing, "datetime", Clock)
