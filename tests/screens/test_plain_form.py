"""The form that a session's is measured beside (`make bench`) is one of the same size."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.screen import Screen

from bench.plain_form import Form, Plain
from screens.session import SessionScreen
from tests.screens.conftest import Records, Show
from tests.screens.settling import settle


async def _widgets(app: App[Any], page: Screen[Any]) -> int:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await app.push_screen(page)
        await settle(pilot)
        return len(list(page.walk_children()))


def test_the_plain_form_has_as_many_widgets(records: Records, show: Show) -> None:
    plain = asyncio.run(_widgets(Plain(), Form()))
    page = SessionScreen(records.alva_training.id)
    ours = asyncio.run(_widgets(show(Screen()), page))
    assert abs(plain - ours) <= 3, (plain, ours)


def test_s_opens_the_plain_form_and_escape_closes_it() -> None:
    async def play() -> None:
        app = Plain()
        async with app.run_test(size=(120, 40)) as pilot:
            for _ in range(2):
                await pilot.press("s")
                await settle(pilot)
                assert isinstance(app.screen, Form)
                await pilot.press("escape")
                await settle(pilot)
                assert not isinstance(app.screen, Form)

    asyncio.run(play())
