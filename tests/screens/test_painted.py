"""A page is styled and painted once as it opens, and as often as it changes after that."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, Label

from screens.widgets.painted import Painted
from tests.screens.settling import settle


def _body() -> ComposeResult:
    yield Label("Namn")
    yield Input("Alva Testsson")


class _Plain(Screen[None]):
    def compose(self) -> ComposeResult:
        yield from _body()


class _Once(Painted[None]):
    def compose(self) -> ComposeResult:
        yield from _body()


class _Below(App[None]):
    HORIZONTAL_BREAKPOINTS = [(100, "-wide")]

    def compose(self) -> ComposeResult:
        yield Label("under")


async def _opened(page: Screen[None], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how often the window was painted while `page` opened, and how often its field was
    styled."""
    paints: list[Compositor] = []
    styled: Counter[DOMNode] = Counter()
    render, apply = Compositor.render_update, Stylesheet.apply

    def painted(self: Compositor, *args: Any, **named: Any) -> Any:
        paints.append(self)
        return render(self, *args, **named)

    def applied(self: Stylesheet, node: DOMNode, *args: Any, **named: Any) -> None:
        styled[node] += 1
        apply(self, node, *args, **named)

    monkeypatch.setattr(Compositor, "render_update", painted)
    monkeypatch.setattr(Stylesheet, "apply", applied)
    app = _Below()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(page)
        await settle(pilot)
        assert "Alva Testsson" in str(page.query_one(Input).value)
        label = page.query_one(Label)
        return sum(one is page._compositor for one in paints), styled[label]


def _opens(page: Screen[None], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    return asyncio.run(_opened(page, monkeypatch))


def test_a_page_is_painted_and_styled_once_as_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    paints, styled = _opens(_Once(), monkeypatch)
    assert (paints, styled) == (1, 1)


def test_textual_itself_still_does_it_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, Textual has mended it, and `painted.py` can go."""
    paints, styled = _opens(_Plain(), monkeypatch)
    assert paints > 1
    assert styled > 1


def test_a_page_is_laid_out_anew_for_another_window() -> None:
    async def play() -> None:
        app = _Below()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(_Once())
            await settle(pilot)
            assert app.screen.query_one(Input).size.width < 80
            await pilot.resize_terminal(120, 40)
            await settle(pilot)
            assert app.screen.has_class("-wide")
            assert app.screen.query_one(Input).region.width == 120

    asyncio.run(play())


def test_what_changes_on_an_open_page_is_painted() -> None:
    async def play() -> None:
        app = _Below()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(_Once())
            await settle(pilot)
            app.screen.query_one(Label).update("Ett annat namn")
            await settle(pilot)
            assert "Ett annat namn" in app.export_screenshot().replace("&#160;", " ")

    asyncio.run(play())
