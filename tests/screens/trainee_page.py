"""The page of one in training, played at the keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from screens.app import ATApp
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.at_tui.surgery import TODAY, Surgery
from tests.screens import settling

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it


Step = str | Callable[[TraineePage, Pilot[int]], Awaitable[None] | None]


def app_of(surgery: Surgery, page: Screen[Any]) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page,
    )


def play(surgery: Surgery, *steps: Step, tab: str = "overview") -> None:
    """Open the page over an empty one, wait until it is read, and do the steps."""
    page = TraineePage(surgery.training_id, tab=tab)

    async def go() -> None:
        app = app_of(surgery, Screen())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await settle(page, pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                    await settle(page, pilot)
                else:
                    waiting = step(page, pilot)
                    if waiting is not None:
                        await waiting

    asyncio.run(go())


async def settle(page: TraineePage, pilot: Pilot[int]) -> None:
    """Wait for what is read or printed in threads."""
    await settling.settle(pilot, "trainee", "program", "print")


class Seen(list[Any]):
    """What steps have looked at."""

    def screen(self, page: TraineePage, pilot: Pilot[int]) -> None:
        self.append(type(page.app.screen))

    def rows(self, page: TraineePage, pilot: Pilot[int]) -> None:
        for row in page.tab.query_one(Picker).rows.rows:
            cells = [c if isinstance(c, str) else c.plain for c in row.cells]
            self.append(" | ".join(cells))

    def toasts(self, page: TraineePage, pilot: Pilot[int]) -> None:
        self.extend(note.message for note in page.app._notifications)
