"""The page of settings: saved at once, in force at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from at_tui import settings
from at_tui.language import has
from data import keys, places
from data.opening import create, open_store, unlock
from schema.fault import Fault
from screens.app import ATApp
from screens.backups import Backups
from screens.key_settings import EVERYWHERE, KeysPage, known_keys
from screens.settings import _GROUPS, SettingsPage
from screens.settings_fields import KeyDialog
from screens.today import Today
from screens.widgets.picker import Picker
from tests.screens.conftest import NOW, TODAY, Records, Show
from tests.screens.settling import flat
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import rest, shown

SIZES = [(80, 24), (120, 40)]
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


def run(app: ATApp, play: Play) -> None:
    async def go() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await rest(pilot)
            await play(app, pilot)

    asyncio.run(go())


async def change(pilot: Pilot[int], name: str, typed: str | None = None) -> None:
    pilot.app.screen.query_one(Picker).select(name)
    await pilot.press("enter")
    await rest(pilot)
    if typed is not None:
        pilot.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await rest(pilot)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(
    snap_compare: Any,
    records: Records,
    show: Show,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "path_of", lambda folder=None: Path("/hem/siv/settings.toml"))
    assert snap_compare(show(SettingsPage()), terminal_size=size, run_before=rest)


def test_every_setting_has_a_place_on_the_page() -> None:
    shown_names = {name for names in _GROUPS.values() for name in names}
    assert {s.name for s in settings.SETTINGS} - shown_names == {"default_section"}


def test_the_page_is_reached_by_its_key_and_only_once(records: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("f10")
        await rest(pilot)
        assert isinstance(app.screen, SettingsPage)
        await pilot.press("f10")
        await rest(pilot)
        assert len(app.screen_stack) == 2
        await pilot.press("f11")
        await rest(pilot)
        assert isinstance(app.screen, Backups)

    run(show(Today()), play)


def test_the_theme_and_the_lock_are_saved_and_in_force(records: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "theme")
        assert app.theme == "at-light"
        await change(pilot, "lock_minutes", "tolv")
        assert "Skriv ett helt tal" in shown(app)
        app.screen.query_one(Input).value = "0"
        await pilot.press("enter")
        await rest(pilot)
        assert "Minst 1" in shown(app)
        app.screen.query_one(Input).value = "12"
        await pilot.press("enter")
        await rest(pilot)
        assert app.lock_minutes == 12
        assert "12 min" in shown(app)

    run(show(SettingsPage()), play)
    assert settings.load()["theme"] == "at-light"
    assert settings.load()["lock_minutes"] == 12


def test_a_folder_that_does_not_exist_is_refused(
    records: Records, show: Show, tmp_path: Path
) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "documents_folder", str(tmp_path / "saknas"))
        assert "finns inte" in shown(app)
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await rest(pilot)

    run(show(SettingsPage()), play)
    assert settings.load()["documents_folder"] == str(tmp_path)


def test_a_broken_file_of_settings_is_said(records: Records, show: Show) -> None:
    path = settings.path_of()
    path.parent.mkdir(parents=True)
    path.write_text("theme = ")

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "går inte att tyda" in flat(shown(app))

    run(show(SettingsPage()), play)


def test_a_key_is_moved_and_works_at_once(records: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.push_screen(KeysPage())
        await rest(pilot)
        app.screen.query_one(Picker).select("today.session")
        await pilot.press("enter")
        await rest(pilot)
        assert isinstance(app.screen, KeyDialog)
        await pilot.press("b")
        await rest(pilot)
        assert "gör redan något annat" in shown(app)
        await pilot.press("enter")
        await rest(pilot)
        assert "går inte att flytta" in shown(app)
        await pilot.press("f5")
        await rest(pilot)
        await pilot.press("escape")
        await rest(pilot)
        assert isinstance(app.screen, Today)
        assert "F5 samtal" in shown(app)

    run(show(Today()), play)
    assert settings.load()["keys"] == {"today.session": "f5"}


def test_a_moved_key_is_given_back(records: Records, show: Show) -> None:
    settings.save({"keys": {"today.session": "f5"}})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await rest(pilot)
        app.screen.query_one(Picker).select("today.session")
        await pilot.press("enter")
        await rest(pilot)
        await pilot.press("delete")
        await rest(pilot)

    run(show(KeysPage()), play)
    assert settings.load()["keys"] == {}


def test_all_keys_of_all_pages_are_known() -> None:
    found = {known.id: known for known in known_keys()}
    assert {"app.lock", "today.session", "session.held", "locked.recovery"} <= set(found)
    assert found["app.lock"].keys == "f12,ctrl+l"
    assert all(known.words for known in found.values())


def test_the_passphrase_is_changed_by_the_old_one_and_twice_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    path = tmp_path / "siv.db"
    create(path, passphrase="fyra ord är bäst")
    key = unlock(path, passphrase="fyra ord är bäst")
    app = ATApp(
        path, on=TODAY, clock=lambda: NOW, store=open_store(path, key), author="x",
        first=SettingsPage(),
    )  # fmt: skip
    app.key = key

    async def fill(pilot: Pilot[int], *typed: str) -> None:
        for name, value in zip(("old", "new", "again"), typed, strict=True):
            field = app.screen.query_one(f"#{name}", Input)
            field.value = value
            field.focus()
        await pilot.press("enter")
        await rest(pilot)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "passphrase")
        await fill(pilot, "fel fras här nu", "helt ny lösenfras", "helt ny lösenfras")
        assert "Fel lösenfras" in shown(app)
        await fill(pilot, "fyra ord är bäst", "helt ny lösenfras", "helt ny lösenfros")
        assert "inte lika" in shown(app)
        await fill(pilot, "fyra ord är bäst", "kort", "kort")
        assert "för kort" in shown(app)
        await fill(pilot, "fyra ord är bäst", "helt ny lösenfras", "helt ny lösenfras")
        assert isinstance(app.screen, SettingsPage)

    run(app, play)
    assert keys.unlock(places.key_file(path), passphrase="helt ny lösenfras") == key
    with pytest.raises(Fault):
        keys.unlock(places.key_file(path), passphrase="fyra ord är bäst")


def test_every_area_of_keys_is_called_by_a_name_that_users_know() -> None:
    assert all(has(f"settings_page.area.{known.area}") for known in known_keys()
               if known.area not in EVERYWHERE)  # fmt: skip
