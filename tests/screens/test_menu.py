"""The menu and the last tab: every entry has its words and opens a page."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from at_tui.ahead import Ahead
from at_tui.language import has, text
from screens.app import ATApp
from screens.menu import NAME, WORDS, Menu
from screens.menu_entries import MENU, MORE
from screens.today import Today
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.screens.conftest import NOW, TODAY, Records, Show
from tests.screens.settling import settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
ENTRIES = [entry for _, entries in MENU for entry in entries]


def test_every_entry_has_its_words() -> None:
    for entry in ENTRIES:
        assert has(f"menu.{entry.name}")
        assert has(f"menu.{entry.name}_more")
    for more in MORE:
        assert has(f"more.{more.name}")
        assert has(f"more.{more.name}_more")
    assert all(has(f"menu.group.{group}") for group, _ in MENU)


@pytest.mark.parametrize("name", [entry.name for entry in ENTRIES])
def test_every_entry_opens_a_page_and_esc_leads_past_the_menu(
    records: Records, show: Show, name: str
) -> None:
    app = show(Today())
    seen: list[Screen[Any]] = []

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("f3")
            await settle(pilot)
            assert isinstance(app.screen, Menu)
            app.screen.query_one(Picker).select(name)
            await pilot.press("enter")
            await settle(pilot)
            seen.append(app.screen)
            stack = app.screen_stack
            assert not any(isinstance(page, Menu) for page in stack)

    asyncio.run(go())
    assert not isinstance(seen[0], Menu | Today)


@pytest.mark.parametrize("name", [entry.name for entry in MORE])
def test_every_row_of_the_last_tab_opens_a_page(records: Records, show: Show, name: str) -> None:
    app = show(TraineePage(records.alva_training.id, tab="more"))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.screen.query_one(Picker).select(name)
            await pilot.press("enter")
            await settle(pilot)
            assert not isinstance(app.screen, TraineePage)

    asyncio.run(go())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["menu", "more"])
def test_the_lists_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int], page: str
) -> None:
    first: Screen[Any] = (
        Menu() if page == "menu" else TraineePage(records.alva_training.id, tab="more")
    )

    async def ready(pilot: Pilot[int]) -> None:
        await settle(pilot)

    app: ATApp = show(first)
    assert snap_compare(app, terminal_size=size, run_before=ready)


def test_every_entry_fits_the_smallest_window() -> None:
    for area, entries in (("menu", ENTRIES), ("more", MORE)):
        for entry in entries:
            assert len(text(f"{area}.{entry.name}")) <= NAME.width
            assert len(text(f"{area}.{entry.name}_more")) <= WORDS.width


def test_the_menu_that_is_asked_for_while_the_file_opens_comes_when_it_is_open(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A study director presses F3 as soon as the first rows are painted."""
    may_open = threading.Event()
    opened = ATApp.open_file

    def slowly(app: ATApp, key: bytes | None) -> Any:
        may_open.wait(30)
        return opened(app, key)

    monkeypatch.setattr(ATApp, "open_file", slowly)
    records.store.close()
    ahead = Ahead(records.path, None, TODAY)
    app = ATApp(records.path, on=TODAY, clock=lambda: NOW, ahead=ahead)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(100):
                await pilot.pause(0.02)
                if isinstance(app.screen, Today) and "ATT GÖRA NU" in "\n".join(lines(app)):
                    break
            assert not app.is_open
            await pilot.press("f3")
            await pilot.pause()
            may_open.set()
            await settle(pilot)
            assert isinstance(app.screen, Menu)

    asyncio.run(go())
