"""The pages about a programme, played at the keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from screens.app import ATApp
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.at_tui.surgery import TODAY, Surgery
from tests.screens import settling

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it


Step = str | Callable[[ATApp], Any]


def app_of(surgery: Surgery, page: Screen[Any] | None = None) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page or Screen(),
    )


async def settle(pilot: Pilot[Any]) -> None:
    """Wait for timers and for what is judged in threads."""
    await pilot.pause(0.2)
    await settling.settle(pilot)
    await pilot.pause(0.2)
    await settling.settle(pilot)


def play(surgery: Surgery, page: Screen[Any], *steps: Step) -> list[str]:
    """Show a page over an empty one, do the steps, and return the screen's lines."""

    async def go() -> list[str]:
        app = app_of(surgery)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    step(app)
                await settle(pilot)
            return lines(app)

    return asyncio.run(go())


def lines(app: ATApp) -> list[str]:
    """Return the screen's lines."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def on_row(row_id: str) -> Callable[[ATApp], None]:
    """Put the cursor on a row."""

    def act(app: ATApp) -> None:
        assert app.screen.query_one(Picker).select(row_id), row_id

    return act


def typed(**values: str) -> Callable[[ATApp], None]:
    """Fill in fields of the form."""

    def act(app: ATApp) -> None:
        for name, value in values.items():
            app.screen.query_one("#form").query_one(f"#row-{name}").query_one(Input).value = value

    return act


def program(surgery: Surgery) -> TraineePage:
    """Return the page of the one in training, on the tab of the programme."""
    return TraineePage(surgery.training_id, tab="program")


def row_with(shown: list[str], words: str) -> str:
    """Return the first line that says so."""
    return next(line for line in shown if words in line)
