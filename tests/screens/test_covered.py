"""What is covered is not drawn, and what is seen is what Textual draws."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Label

from screens.today import Today
from screens.widgets.covered import Uncovered
from screens.widgets.painted import Painted
from tests.screens.conftest import Show
from tests.screens.settling import press, settle

T = TypeVar("T")


def _drawn(compositor: type[Compositor], page: Screen[Any], crop: Region) -> list[Any]:
    """Return the lines of a part of the window, as that compositor draws them."""
    lines = crop.line_range
    pieces = compositor._render_chops(page._compositor, crop, lambda y: y in lines)
    return [
        [(column, list(strip)) for column, strip in pieces[y].items() if strip is not None]
        for y in lines
    ]


@pytest.mark.parametrize(
    "keys", [(), ("l",), ("s",), ("s", "tab", "tab"), ("m",), ("b",), ("d",), ("f3",)]
)
def test_a_page_looks_as_textual_draws_it(show: Show, keys: tuple[str, ...]) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, *keys)
            page = app.screen
            assert isinstance(page._compositor, Uncovered)
            for crop in (page.size.region, Region(0, 3, 120, 7), Region(30, 0, 20, 40)):
                ours, theirs = (_drawn(one, page, crop) for one in (Uncovered, Compositor))
                assert [_of(line, crop) for line in ours] == [_of(line, crop) for line in theirs]

    asyncio.run(play())


def _of(line: list[tuple[int, Any]], crop: Region) -> list[tuple[int, Any]]:
    """Return the pieces of a line that lie in the part of the window that was asked for."""
    return [(column, piece) for column, piece in line if crop.x <= column < crop.right]


class _Lines(Vertical):
    asked: list[int]

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked = list(crop.line_range)
        return super().render_lines(crop)


class _Page(Painted[None]):
    CSS = "_Lines { height: 6; } Label { width: 100%; }"

    def compose(self) -> ComposeResult:
        with _Lines():
            yield Label("ett\ntvå\ntre\nfyra")


def _shown(page: Painted[None], look: Callable[[], T]) -> T:
    """Return what `look` sees once the page has come to rest."""

    async def play() -> T:
        app: App[None] = App()
        async with app.run_test(size=(40, 10)) as pilot:
            await app.push_screen(page)
            await settle(pilot)
            return look()

    return asyncio.run(play())


def test_a_frame_is_asked_only_for_the_lines_that_can_be_seen() -> None:
    page = _Page()
    assert _shown(page, lambda: page.query_one(_Lines).asked) == [4, 5]


class _Frame(Painted[None]):
    CSS = "Vertical { height: 6; padding: 1 0; border: solid red; } Label { width: 5; }"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label("ett")


def test_a_frame_is_drawn_once_for_lines_that_are_alike() -> None:
    page = _Frame()
    drawn = _shown(page, lambda: set(page.query_one(Vertical)._styles_cache._cache))
    # Border, padding, the first of its lines, padding, border.
    assert drawn == {0, 1, 2, 4, 5}


@pytest.mark.parametrize(
    "style",
    [
        "border: solid red; border-title-align: right; padding: 1",
        "outline: heavy red",
        "hatch: cross red; border: round red",
        "layout: grid; keyline: thin red; padding: 1",
        "opacity: 50%; background: red",
        "tint: red 20%; border-left: thick blue",
    ],
)
def test_a_frame_looks_as_textual_draws_it(style: str) -> None:
    class _Styled(Painted[None]):
        CSS = f"_Styled {{ background: blue; }} Vertical {{ height: 7; {style}; }}"

        def compose(self) -> ComposeResult:
            with Vertical() as frame:
                frame.border_title = "Rubrik"
                yield Label("ett")

    page = _Styled()

    def compared() -> list[tuple[Any, Any]]:
        frame = page.query_one(Vertical)
        found = []
        for crop in (page.size.region, Region(3, 2, 30, 4)):
            drawn = []
            for one in (Uncovered, Compositor):
                frame._styles_cache.clear()
                drawn.append([_of(line, crop) for line in _drawn(one, page, crop)])
            found.append((drawn[0], drawn[1]))
        return found

    for ours, theirs in _shown(page, compared):
        assert ours == theirs


def test_a_widget_that_is_wholly_covered_is_not_drawn() -> None:
    async def play() -> list[int]:
        app: App[None] = App()
        async with app.run_test(size=(40, 10)) as pilot:
            await app.push_screen(_Page())
            await settle(pilot)
            app.screen.query_one(_Lines).styles.height = 4
            await settle(pilot)
            frame = app.screen.query_one(_Lines)
            frame.asked = []
            app.screen._compositor.render_full_update()
            return frame.asked

    assert asyncio.run(play()) == []
