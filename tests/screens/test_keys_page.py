"""The ways into the file, from the settings: a new recovery key, and the computer's key store."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from data import keys, keystore, places, recovery
from data.opening import create, open_store, unlock
from schema.fault import Fault
from screens.app import ATApp
from screens.recovery_key import NewRecoveryKey
from screens.settings import SettingsPage
from screens.widgets.confirm import Confirm
from tests.screens.conftest import NOW, TODAY
from tests.screens.settling import flat, settle
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import shown
from tests.screens.test_settings_page import change

PASSPHRASE = "fyra ord är bäst"
OLD = "YXNJE-D959J-DLPVC-VLXR3-H8LHD-GGAFT-4UTT"
SIZES = [(80, 24), (120, 40)]
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


class Backend:
    """A key store in memory, with keyring's own functions."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_keyring(self) -> Backend:
        return self

    def set_password(self, service: str, account: str, secret: str) -> None:
        self.kept[service, account] = secret

    def get_password(self, service: str, account: str) -> str | None:
        return self.kept.get((service, account))

    def delete_password(self, service: str, account: str) -> None:
        del self.kept[service, account]


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    made = Backend()
    module = ModuleType("keyring")
    for name in ("get_keyring", "set_password", "get_password", "delete_password"):
        setattr(module, name, getattr(made, name))
    monkeypatch.setitem(sys.modules, "keyring", module)
    return made


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ATApp:
    """The settings of an encrypted file, whose keys take little work."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    path = tmp_path / "siv.db"
    monkeypatch.setattr(recovery, "new", lambda: OLD)
    create(path, passphrase=PASSPHRASE)
    monkeypatch.undo()
    monkeypatch.setenv("AT_TUI_HOME", str(tmp_path / "home"))
    key = unlock(path, passphrase=PASSPHRASE)
    app = ATApp(
        path, on=TODAY, clock=lambda: NOW, store=open_store(path, key), author="x",
        first=SettingsPage(),
    )  # fmt: skip
    app.key = key
    return app


def run(app: ATApp, play: Play) -> None:
    async def go() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await play(app, pilot)

    asyncio.run(go())


async def answer(pilot: Pilot[int], typed: str) -> None:
    pilot.app.screen.query_one(Input).value = typed
    await pilot.press("enter")
    await settle(pilot)


def opens(app: ATApp, recovery: str) -> bool:
    try:
        return keys.unlock(places.key_file(app.database), recovery_key=recovery) == app.key
    except Fault:
        return False


def test_a_new_recovery_key_takes_the_old_ones_place_when_it_is_on_paper(
    sealed: ATApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "recovery")
        await answer(pilot, "inte min lösenfras")
        assert "Fel lösenfras" in shown(app)
        assert opens(app, OLD)
        await answer(pilot, PASSPHRASE)
        page = app.screen
        assert isinstance(page, NewRecoveryKey)
        new = page._recovery
        assert new in shown(app)
        await pilot.press("f4")
        await settle(pilot)
        sheet = tmp_path / "aterstallningsnyckel.txt"
        assert new in sheet.read_text(encoding="utf-8")
        assert sheet.stat().st_mode & 0o077 == 0
        await pilot.press(*"2222", "f2")
        await settle(pilot)
        assert "stämmer inte" in shown(app)
        assert opens(app, OLD)
        assert not opens(app, new)
        page.form.set("last", new[-4:])
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, SettingsPage)
        assert new not in shown(app)
        assert opens(app, new)
        assert not opens(app, OLD)

    run(sealed, play)


def test_a_new_recovery_key_that_nobody_wrote_down_changes_nothing(sealed: ATApp) -> None:
    before = places.key_file(sealed.database).read_bytes()

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "recovery")
        await answer(pilot, PASSPHRASE)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, SettingsPage)
        assert "är oförändrad" in flat(shown(app))

    run(sealed, play)
    assert places.key_file(sealed.database).read_bytes() == before


def test_a_key_file_that_cannot_be_written_is_told_and_stays(
    sealed: ATApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = places.key_file(sealed.database).read_bytes()

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "recovery")
        await answer(pilot, PASSPHRASE)
        page = app.screen
        assert isinstance(page, NewRecoveryKey)
        page.form.set("last", page._recovery[-4:])
        monkeypatch.setattr(keys, "write_atomic", full)
        await pilot.press("f2")
        await settle(pilot)
        assert app.screen is page
        assert "går inte att skriva" in flat(shown(app))
        await pilot.press("escape")
        await settle(pilot)
        await change(pilot, "passphrase")
        typed = {"old": PASSPHRASE, "new": "ny fras här", "again": "ny fras här"}
        for name, value in typed.items():
            field = app.screen.query_one(f"#{name}", Input)
            field.value = value
            field.focus()
        await pilot.press("enter")
        app.clear_notifications()  # that of the page before may lie over the words
        await settle(pilot)
        assert "går inte att skriva" in flat(shown(app))

    run(sealed, play)
    assert places.key_file(sealed.database).read_bytes() == before


def test_the_computer_remembers_and_forgets(sealed: ATApp, backend: Backend) -> None:
    key_file = places.key_file(sealed.database)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "remember")
        assert "kommer då in" in flat(shown(app))
        await answer(pilot, PASSPHRASE)
        assert keystore.recall(key_file) == app.key
        assert "öppnar nu filen utan" in flat(shown(app))
        await change(pilot, "remember")
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert keystore.remembered(key_file)
        await change(pilot, "remember")
        await pilot.press("j")
        await settle(pilot)
        assert not keystore.remembered(key_file)
        assert backend.kept == {}

    run(sealed, play)


def test_a_computer_without_a_key_store_says_so(
    sealed: ATApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    before = places.key_file(sealed.database).read_bytes()

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await change(pilot, "remember")
        await answer(pilot, PASSPHRASE)
        assert "inget nyckelförråd" in flat(shown(app))

    run(sealed, play)
    assert places.key_file(sealed.database).read_bytes() == before


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["settings", "recovery"])
def test_the_pages_of_an_encrypted_file_look_as_drawn(
    snap_compare: Any,
    sealed: ATApp,
    size: tuple[int, int],
    page: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "at_tui.settings.path_of", lambda folder=None: Path("/hem/siv/settings.toml")
    )
    monkeypatch.setattr(recovery, "new", lambda: OLD)

    async def ready(pilot: Pilot[int]) -> None:
        await settle(pilot)
        if page == "recovery":
            await change(pilot, "recovery")
            await answer(pilot, PASSPHRASE)

    assert snap_compare(sealed, terminal_size=size, run_before=ready)
