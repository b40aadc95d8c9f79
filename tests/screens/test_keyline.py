"""The last line is drawn again when it says something else, and only then."""

from __future__ import annotations

import asyncio

import pytest
from textual.content import Content
from textual.widgets import Input

from screens.today import Today
from screens.widgets.keyline import KeyLine
from tests.screens.conftest import Show
from tests.screens.settling import settle


def test_keys_that_are_told_again_are_not_drawn_again(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    refresh = KeyLine.refresh

    def noted(self: KeyLine, *args: object, **named: object) -> KeyLine:
        drawn.append(str(self.render()))
        return refresh(self, *args, **named)  # type: ignore[arg-type]

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            monkeypatch.setattr(KeyLine, "refresh", noted)
            app.screen.refresh_bindings()
            await settle(pilot)
            assert drawn == []
            app.screen.query_one(KeyLine).note(Content("sparat 14:02"))
            await settle(pilot)
            assert drawn
            assert "sparat 14:02" in drawn[-1]

    asyncio.run(play())


def test_the_keys_follow_what_has_the_focus(show: Show) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await pilot.press("s")
            await settle(pilot)
            line = app.screen.query_one(KeyLine)
            before = str(line.render())
            app.screen.query_one("#day", Input).focus()
            await settle(pilot)
            assert str(line._drawn) == str(line.render()) != before

    asyncio.run(play())
