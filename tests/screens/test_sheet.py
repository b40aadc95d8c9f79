"""A widget gets the same style from what is remembered as from going through all rules."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from screens import sheet as sheet_module
from screens.ready import FIRST, OFTEN, first_pages, other_pages
from screens.sheet import Sheet
from screens.today import Today
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import press, settle


def _rules(node: DOMNode) -> dict[str, Any]:
    return dict(node.styles.base.get_rules())


def _differing(app: App[Any]) -> Iterator[str]:
    """Yield the widgets whose style is another one when Textual computes it from the rules."""
    plain = Stylesheet(variables=app.get_css_variables())
    plain.source = app.stylesheet.source.copy()
    plain.parse()
    for node in app.screen.walk_children(Widget, with_self=True):
        remembered, parts = _rules(node), dict(node._component_styles)
        plain.apply(node)
        if _rules(node) != remembered:
            yield f"{node!r} {_changed(remembered, _rules(node))}"
        yield from (
            f"{node!r} {name}"
            for name, part in node._component_styles.items()
            if name not in parts or _rules_of(part) != _rules_of(parts[name])
        )


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    names = {name for name in before | after if before.get(name) != after.get(name)}
    return {name: (before.get(name), after.get(name)) for name in sorted(names)}


def _rules_of(styles: Any) -> dict[str, Any]:
    return dict(styles.base.get_rules())


@pytest.mark.parametrize(
    "keys",
    [(), ("l",), ("s",), ("s", "escape", "s", "tab"), ("m",), ("b",), ("d",), ("d", "tab", "tab")],
)
def test_every_widget_of_a_page_has_the_style_of_the_rules(
    show: Show, keys: tuple[str, ...]
) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, *keys)
            assert isinstance(app.stylesheet, Sheet)
            assert list(_differing(app)) == []

    asyncio.run(play())


class _Form(Screen[None]):
    CSS = """
    Input { color: red; }
    .beside Input { color: green; }
    Input:focus { color: blue; }
    Label:first-child { color: red; }
    Label { color: blue; }
    """

    def compose(self) -> ComposeResult:
        yield Input(id="one")
        yield Input(id="two")
        with Vertical(classes="beside"):
            yield Input(id="three")
            yield Label("ett", id="first")
        with Vertical():
            yield Label("två", id="second")


class _Counting(Sheet):
    asked = 0

    def _check_rule(self, *args: Any, **named: Any) -> Any:  # type: ignore[override]
        type(self).asked += 1
        return super()._check_rule(*args, **named)


class _App(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = _Counting(variables=self.get_css_variables())


def _play(work: Any) -> None:
    async def play() -> None:
        app = _App()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(_Form())
            await settle(pilot)
            await work(app, pilot)

    asyncio.run(play())


def test_place_state_and_siblings_are_told_apart() -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        async def colours(*ids: str) -> list[str]:
            await settle(pilot)
            return [app.screen.query_one(f"#{id}").styles.color.css for id in ids]

        red, green, blue = "rgb(255,0,0)", "rgb(0,128,0)", "rgb(0,0,255)"
        app.screen.query_one("#one").focus()
        assert await colours("one", "two", "three") == [blue, red, green]
        app.screen.query_one("#two").focus()
        assert await colours("one", "two", "three") == [red, blue, green]
        assert await colours("first", "second") == [blue, red]
        app.screen.query_one("#three").parent.remove_class("beside")  # type: ignore[union-attr]
        assert await colours("three") == [red]

    _play(work)


def test_a_page_that_is_opened_again_asks_no_rule_but_for_siblings() -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        async def again() -> int:
            await app.pop_screen()
            await settle(pilot)
            before = _Counting.asked
            await app.push_screen(_Form())
            await settle(pilot)
            return _Counting.asked - before

        await again()
        rules_of_two_labels = 40
        assert await again() < rules_of_two_labels

    _play(work)


class _Lines(Screen[None]):
    CSS = """
    Vertical:focus-within { color: red; }
    Vertical:focus-within Static { color: blue; }
    Vertical:focus-within Input { color: blue; }
    """

    def compose(self) -> ComposeResult:
        for name in ("one", "two"):
            with Vertical(id=name):
                yield Input()
                yield Static("ett")


def test_where_the_focus_is_belongs_to_the_place() -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        async def colours() -> list[str]:
            await settle(pilot)
            return [node.styles.color.css for node in app.screen.query("Vertical, Static")]

        async def around() -> None:
            for name in ("#one Input", "#two Input"):
                app.screen.query_one(name).focus()
                await settle(pilot)

        await app.push_screen(_Lines())
        await around()
        await around()
        before = _Counting.asked
        app.screen.query_one("#one Input").focus()
        first = await colours()
        app.screen.query_one("#two Input").focus()
        second = await colours()
        assert _Counting.asked == before
        red, blue = "rgb(255,0,0)", "rgb(0,0,255)"
        assert first[:2] == second[2:] == [red, blue]
        assert {red, blue}.isdisjoint(first[2:] + second[:2])

    _play(work)


def test_a_widget_that_has_its_style_is_not_given_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        field = app.screen.query_one("#two")
        field.focus()
        await settle(pilot)
        parts = dict(field._component_styles)
        given: list[DOMNode] = []
        replace = Stylesheet.replace_rules

        def noted(self: Sheet, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
            given.append(node)
            replace(node, rules, animate)

        monkeypatch.setattr(Sheet, "replace_rules", noted)
        app.stylesheet.apply(field)
        assert given == []
        app.screen.query_one("#one").focus()
        await settle(pilot)
        assert field in given
        assert {name: field._component_styles[name] for name in parts} == parts

    _play(work)


class _Toggled(Screen[None]):
    CSS = "Static { color: red; } Static.asks:last-child { color: green; }"

    def compose(self) -> ComposeResult:
        yield Static("ett", id="line")


def test_a_style_that_its_siblings_gave_is_left_again() -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        await app.push_screen(_Toggled())
        await settle(pilot)
        line = app.screen.query_one("#line")
        seen = []
        for asks in (False, True, False):
            line.set_class(asks, "asks")
            await settle(pilot)
            seen.append(line.styles.color.css)
        assert seen == ["rgb(255,0,0)", "rgb(0,128,0)", "rgb(255,0,0)"]

    _play(work)


def test_new_colours_are_not_the_remembered_ones() -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        before = app.screen.query_one("#one").styles.background
        app.theme = "textual-light"
        await settle(pilot)
        assert app.screen.query_one("#one").styles.background != before
        assert isinstance(app.stylesheet, Sheet)

    _play(work)


def test_places_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MOST_PLACES", 5)

    async def work(app: App[None], pilot: Pilot[None]) -> None:
        for _ in range(3):
            app.screen.query_one("#one").focus()
            app.screen.query_one("#two").focus()
            await settle(pilot)
        assert isinstance(app.stylesheet, Sheet)
        assert len(app.stylesheet._places) < 9, len(app.stylesheet._places)

    _play(work)


def test_a_field_is_not_styled_before_it_stands_somewhere(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[DOMNode] = []
    apply = Sheet.apply

    def noted(self: Sheet, node: DOMNode, **named: Any) -> None:
        if isinstance(node, Input):
            styled.append(node)
        apply(self, node, **named)

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            monkeypatch.setattr(Sheet, "apply", noted)
            field = Input("13 nov")
            assert styled == []
            await app.screen.query_one("#body").mount(field)
            await settle(pilot)
            assert field in styled

    asyncio.run(play())


def test_the_sheets_of_a_form_are_read_before_it_is_opened(show: Show) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            for module in (*FIRST, *OFTEN):
                import_module(module)
            app.read_sheets()
            await app.read_widgets()
            known = set(app.stylesheet.source)
            for key in ("s", "escape", "b", "escape", "m"):
                await pilot.press(key)
                await settle(pilot)
            assert set(app.stylesheet.source) == known

    asyncio.run(play())


def test_a_page_of_every_day_has_known_styles_when_it_is_first_opened(
    show: Show, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, **named: Any) -> None:
        unknown.append(node)
        apply(self, node, **named)

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            app.read_sheets()
            await app.read_widgets()
            training = records.alva_training.id
            folder = app.foreread.sample(records.store, training, TODAY).folder
            for make in (*first_pages(training), *other_pages(app, folder)):
                await app.style_ahead(make())
            monkeypatch.setattr(Stylesheet, "apply", noted)
            await pilot.press("s")
            await settle(pilot)
            assert len(list(app.screen.walk_children())) > 30
            # What has the focus, and what follows from the window's size, is new.
            assert len(unknown) < 15, unknown

    asyncio.run(play())


def test_a_widget_that_is_given_a_known_style_sets_no_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(app: App[None], pilot: Pilot[None]) -> None:
        for _ in range(2):  # as it comes to have the focus, too
            await app.pop_screen()
            await app.push_screen(_Form())
            await settle(pilot)
        await app.pop_screen()
        told: list[str] = []

        def noted(self: Sheet, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
            if not node._is_mounted:
                told.append(node.id or type(node).__name__)
            Stylesheet.replace_rules(node, rules, animate)

        monkeypatch.setattr(Sheet, "replace_rules", noted)
        await app.push_screen(_Form())
        await settle(pilot)
        # The labels ask what stands beside them.
        assert {"one", "two", "three", "Vertical"}.isdisjoint(told), told
        assert app.screen.query_one("#two").styles.color.css == "rgb(255,0,0)"
        assert app.screen.query_one("#three").styles.color.css == "rgb(0,128,0)"

    _play(work)
