"""A page is styled and painted once as it opens, and as often as it changes after that."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, Label, TextArea

from screens.widgets import painted
from screens.widgets.painted import Painted
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, Rows
from tests.screens.settling import settle

T = TypeVar("T")


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

    def noted(self: Compositor, *args: Any, **named: Any) -> Any:
        paints.append(self)
        return render(self, *args, **named)

    def applied(self: Stylesheet, node: DOMNode, *args: Any, **named: Any) -> None:
        styled[node] += 1
        apply(self, node, *args, **named)

    monkeypatch.setattr(Compositor, "render_update", noted)
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


class _Read(_Once):
    """Gets its name from a thread, as the pages that read the records do."""

    def __init__(self, gate: Event) -> None:
        super().__init__()
        self._gate = gate

    def on_mount(self) -> None:
        self.run_worker(self._read, thread=True)

    def _read(self) -> None:
        self._gate.wait(0.3)
        self.name_comes()

    def name_comes(self) -> None:
        self.app.call_from_thread(self.query_one(Label).update, "Nils Exempel")


def test_a_page_that_is_read_at_once_is_first_shown_with_its_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(painted, "PATIENCE", 60)
    page = _Read(Event())
    said = _at_each_painting(page, monkeypatch, lambda: str(page.query_one(Label).content))
    assert set(said) == {"Nils Exempel"}


def test_a_page_that_is_long_in_reading_is_shown_without_its_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = Event()
    monkeypatch.setattr(_Read, "_read", lambda self: gate.wait(10) and self.name_comes())

    async def play() -> None:
        app = _Below()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(_Read(gate))
            try:
                while "Namn" not in _shown(app):
                    await pilot.pause(0.02)
            finally:
                gate.set()
            await settle(pilot)
            assert "Nils Exempel" in _shown(app)

    asyncio.run(play())


class _Long(Painted[None]):
    def compose(self) -> ComposeResult:
        yield Picker((Column("Namn", 10),))

    def on_mount(self) -> None:
        self.query_one(Picker).show([Row(str(n), (f"Alva {n}",)) for n in range(90)])


def test_a_list_and_its_scrollbar_are_painted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    page = _Long()
    bars = _at_each_painting(
        page, monkeypatch, lambda: page.query_one(Rows).show_vertical_scrollbar
    )
    assert bars == [True]


def _at_each_painting(
    page: Screen[None], monkeypatch: pytest.MonkeyPatch, look: Callable[[], T]
) -> list[T]:
    """Return what `look` saw each time the window was painted with `page` on it."""
    seen: list[T] = []
    render = Compositor.render_update

    def noted(self: Compositor, *args: Any, **named: Any) -> Any:
        if self is page._compositor:
            seen.append(look())
        return render(self, *args, **named)

    monkeypatch.setattr(Compositor, "render_update", noted)

    async def play() -> None:
        app = _Below()
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.push_screen(page)
            await settle(pilot)

    asyncio.run(play())
    return seen


def _shown(app: App[None]) -> str:
    return app.export_screenshot().replace("&#160;", " ")


class _Text(Painted[None]):
    def compose(self) -> ComposeResult:
        yield from _body()
        yield TextArea("Gick igenom två konsultationer.")


@pytest.mark.parametrize("kind", [_Once, _Text])
def test_a_page_is_laid_out_once_as_it_opens(
    monkeypatch: pytest.MonkeyPatch, kind: type[Painted[None]]
) -> None:
    page = kind()
    laid_out: list[Compositor] = []
    reflow = Compositor.reflow

    def noted(self: Compositor, *args: Any) -> Any:
        laid_out.append(self)
        return reflow(self, *args)

    monkeypatch.setattr(Compositor, "reflow", noted)
    at_painting = _at_each_painting(page, monkeypatch, lambda: laid_out.count(page._compositor))
    assert at_painting == [1]


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
            assert "Ett annat namn" in _shown(app)

    asyncio.run(play())
