"""The way into an encrypted file: passphrase, recovery key, other files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from data import keys, places
from data.opening import create, open_store, unlock
from schema.tables import Person
from screens.app import ATApp
from screens.files import Files, free_path
from screens.today import Today
from screens.unlock import NewPassphrase, Unlock
from tests.screens.conftest import NOW, TODAY
from tests.screens.settling import settle
from tests.screens.test_today import lines

PASSPHRASE = "fyra ord är bäst"
SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with little work: how much is needed is tested where the keys are."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)


def make(path: Path) -> str:
    """Make an encrypted file with an owner, and return its recovery key."""
    recovery = create(path, passphrase=PASSPHRASE)
    store = open_store(path, unlock(path, passphrase=PASSPHRASE))
    with store.work("x") as work:
        owner = work.save(Person(name="Siv Prövare"))
        work.set_fact("owner_id", owner.id)
    store.close()
    assert recovery is not None
    return recovery


def app_for(path: Path, **more: Any) -> ATApp:
    return ATApp(path, on=TODAY, clock=lambda: NOW, **more)


async def type_in(pilot: Any, typed: str) -> None:
    field = pilot.app.screen.query_one("#secret")
    field.value = typed
    await pilot.press("enter")
    await settle(pilot)
    await settle(pilot)


async def wait_open(pilot: Any) -> None:
    for _ in range(50):
        await settle(pilot)
        if pilot.app.is_open:
            return
        await pilot.pause(0.1)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(snap_compare: Any, size: tuple[int, int]) -> None:
    app = app_for(Path("/hem/siv/at-tui/at.db"), locked=True)

    async def wrong(pilot: Any) -> None:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=wrong)


def test_the_right_passphrase_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "siv.db"
    make(path)

    async def go() -> None:
        app = app_for(path, locked=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, Unlock)
            await type_in(pilot, PASSPHRASE)
            await wait_open(pilot)
            assert isinstance(app.screen, Today)
            assert app.store.encrypted
            assert "okrypterad" not in lines(app)[0]

    asyncio.run(go())


def test_a_wrong_passphrase_is_said_so_and_one_may_try_again(tmp_path: Path) -> None:
    path = tmp_path / "siv.db"
    make(path)

    async def go() -> None:
        app = app_for(path, locked=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await type_in(pilot, "fel fras helt och hållet")
            assert any("Fel lösenfras. Inget har ändrats." in line for line in lines(app))
            assert app.screen.query_one(Input).value == ""
            await type_in(pilot, PASSPHRASE)
            await wait_open(pilot)
            assert isinstance(app.screen, Today)

    asyncio.run(go())


def test_what_is_typed_is_never_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "siv.db"
    make(path)

    async def go() -> None:
        app = app_for(path, locked=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press(*"hemligt")
            await settle(pilot)
            shown = "\n".join(lines(app))
            assert "hemligt" not in shown
            assert "•" * 7 in shown

    asyncio.run(go())


def test_the_recovery_key_opens_the_file_and_a_new_passphrase_can_be_chosen(
    tmp_path: Path,
) -> None:
    path = tmp_path / "siv.db"
    recovery = make(path)

    async def go() -> None:
        app = app_for(path, locked=True)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("f3")
            await settle(pilot)
            assert any("Återställningsnyckel" in line for line in lines(app))
            await type_in(pilot, recovery.lower().replace("-", " "))
            await wait_open(pilot)
            assert isinstance(app.screen, NewPassphrase)
            form = app.screen.form
            form.set("passphrase", "helt ny lösenfras")
            form.set("again", "helt ny lösenfros")
            await pilot.press("f2")
            await settle(pilot)
            assert any("Det är inte samma" in line for line in lines(app))
            form.set("again", "helt ny lösenfras")
            await pilot.press("f2")
            await settle(pilot)
            assert isinstance(app.screen, Today)

    asyncio.run(go())
    assert unlock(path, passphrase="helt ny lösenfras") is not None


def test_a_mistyped_recovery_key_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "siv.db"
    recovery = make(path)

    async def go() -> None:
        app = app_for(path, locked=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("f3")
            await type_in(pilot, recovery[:-1])
            assert any("felskriven" in line for line in lines(app))

    asyncio.run(go())


def test_the_files_of_the_computer_can_be_chosen_among() -> None:
    folder = places.private_folder(places.data_folder())
    make(folder / "bo.db")
    make(folder / "siv.db")

    async def go() -> None:
        app = app_for(folder / "at.db", choose=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, Files)
            shown = "\n".join(lines(app))
            assert "bo.db" in shown
            assert "siv.db" in shown
            assert "krypterad" in shown
            await pilot.press("down", "enter")
            await settle(pilot)
            await settle(pilot)
            assert isinstance(app.screen, Unlock)
            assert app.database == folder / "siv.db"
            await type_in(pilot, PASSPHRASE)
            await wait_open(pilot)
            assert isinstance(app.screen, Today)

    asyncio.run(go())


@pytest.mark.parametrize("size", SIZES)
def test_the_choice_of_file_looks_as_drawn(
    snap_compare: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = places.private_folder(places.data_folder())
    for name in ("bo.db", "siv.db"):
        (folder / name).write_bytes(b"krypterat")
    monkeypatch.setattr("screens.files._shown", lambda folder: "/hem/siv/at-tui")
    app = app_for(folder / "at.db", choose=True)
    assert snap_compare(app, terminal_size=size, run_before=settle)


def test_another_file_can_be_made_beside_those_that_are_there() -> None:
    folder = places.private_folder(places.data_folder())
    assert free_path(folder).name == "at.db"
    make(folder / "at.db")
    assert free_path(folder).name == "at-2.db"
