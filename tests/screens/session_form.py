"""The session form, played at the keyboard, and what it has saved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from schema.tables import Agreement, Draft, Supervision
from schema.words import SupervisionStatus
from screens.app import ATApp
from screens.session import SessionScreen
from tests.at_tui.surgery import TODAY, Surgery

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it


NEXT_WEEK = TODAY + timedelta(days=7)


def app_of(surgery: Surgery, page: Screen[Any], *, on: date = TODAY) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=on,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page,
    )


def play(
    surgery: Surgery,
    *steps: str | Callable[[SessionScreen, Pilot[int]], Awaitable[None] | None],
    page: SessionScreen | None = None,
    on: date = TODAY,
) -> SessionScreen:
    """Open the form, do the steps (keys, or functions of the page), and return the page.

    The form lies over an empty page, so that saving it goes back to something.
    """
    form = page or SessionScreen(surgery.training_id)

    async def go() -> None:
        app = app_of(surgery, Screen(), on=on)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(form)
            await pilot.pause()
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    waiting = step(form, pilot)
                    if waiting is not None:
                        await waiting
            await pilot.pause()

    asyncio.run(go())
    return form


def session(surgery: Surgery, record_id: str = "") -> Supervision:
    with surgery.store.read() as work:
        return work.need(Supervision, record_id or surgery.planned_id)


def agreements(surgery: Surgery) -> list[Agreement]:
    with surgery.store.read() as work:
        found = {a.id: a for a in work.all(Agreement)}
    first = [found.pop(id) for id in surgery.open_ids]
    return [*first, *found.values()]


def planned(surgery: Surgery) -> list[Supervision]:
    with surgery.store.read() as work:
        return [s for s in work.all(Supervision) if s.status == SupervisionStatus.PLANNED]


def drafts(surgery: Surgery) -> list[Draft]:
    with surgery.store.read() as work:
        return work.drafts()


def problems(page: SessionScreen) -> dict[str, str]:
    """Return what is said under the fields, by field; `agreed` for the lines of agreements."""
    found: dict[str, str] = {}
    for static in page.query(".problem").results(Static):
        name = next((c[4:] for c in static.classes if c.startswith("for-")), "agreed")
        if static.display and (words := str(static.render())):
            found[name] = words
    return found


Step = Callable[[SessionScreen, Pilot[int]], Awaitable[None] | None]


def fill(**values: Any) -> Step:
    """Type into fields of the form by their ids."""

    def step(page: SessionScreen, pilot: Pilot[int]) -> None:
        for name, value in values.items():
            if name == "note":
                page.form.words.text = value
            elif name == "agreed":
                page.form.agreed.rows[-1].words.value = value
            else:
                page.form.query_one(f"#{name}", Input).value = value

    return step


def stand_on(name: str) -> Step:
    """Put the focus on a field of the form by its name."""

    def step(page: SessionScreen, pilot: Pilot[int]) -> None:
        getattr(page.form, name).focus()

    return step
