"""The first-run guide, from an empty folder to the first page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from data import keys
from data.opening import needs_passphrase, open_store, unlock
from data.window import status
from schema.tables import Person, Role, Unit
from schema.words import RoleKind
from screens.app import ATApp
from screens.first_run import FirstRun, NewFile, Recovery
from screens.today import Today
from screens.who import Who
from tests.screens.conftest import NOW, TODAY
from tests.screens.settling import settle
from tests.screens.test_today import lines

PASSPHRASE = "korrekt häst batteri"
KEY = "YXNJE-D959J-DLPVC-VLXR3-H8LHD-GGAFT-4UTT"
SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with little work: how much is needed is tested where the keys are."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)


def app_for(path: Path, **more: Any) -> ATApp:
    return ATApp(path, on=TODAY, clock=lambda: NOW, **more)


def shown(app: ATApp) -> str:
    return "\n".join(lines(app))


async def to_file(pilot: Pilot[int]) -> NewFile:
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    await settle(pilot)
    page = pilot.app.screen
    assert isinstance(page, NewFile)
    return page


async def save(pilot: Any) -> None:
    await pilot.press("f2")
    await settle(pilot)
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", ["welcome", "file", "recovery", "who"])
def test_each_step_looks_as_drawn(snap_compare: Any, size: tuple[int, int], step: str) -> None:
    make: dict[str, Callable[[], Screen[Any]]] = {
        "welcome": FirstRun,
        "file": NewFile,
        "recovery": lambda: Recovery(KEY),
        "who": Who,
    }
    app = app_for(Path("/hem/siv/at-tui/at.db"), first=make[step]())
    assert snap_compare(app, terminal_size=size, run_before=settle)


def test_the_guide_leads_from_nothing_to_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "ny" / "at.db"

    async def go() -> None:
        app = app_for(path)
        async with app.run_test(size=(80, 24)) as pilot:
            await to_file(pilot)
            await pilot.press(*PASSPHRASE.replace(" ", "_"), "tab", *PASSPHRASE.replace(" ", "_"))
            await save(pilot)
            recovery = app.screen
            assert isinstance(recovery, Recovery)
            # The file is this window's from its first moment: a second one is told.
            assert status(path) is not None
            key = recovery._recovery
            assert key in shown(app)
            await pilot.press(*key[-4:].lower())
            await save(pilot)
            assert isinstance(app.screen, Who)
            await pilot.press(*"Siv Prövare", "tab", *"distriktsläkare", "tab", "tab")
            await pilot.press(*"Vårdcentralen Provet", "tab", "j", "tab", *"dd")
            await save(pilot)
            assert isinstance(app.screen, Today)
            assert "HÄR FINNS INGEN LÄKARE ÄNNU" in shown(app)

    asyncio.run(go())
    assert needs_passphrase(path)
    store = open_store(path, unlock(path, passphrase=PASSPHRASE.replace(" ", "_")))
    with store.read() as work:
        person = work.need(Person, work.fact("owner_id"))
        assert (person.name, person.title, person.licensed) == (
            "Siv Prövare", "distriktsläkare", True,
        )  # fmt: skip
        assert [role.kind for role in work.all(Role)] == [RoleKind.HANDLEDARE]
        assert [unit.name for unit in work.all(Unit)] == ["Vårdcentralen Provet"]
        assert work.fact("programme_id") == "dalarna"
    store.close()


def test_nothing_is_made_before_the_passphrase_is_right(tmp_path: Path) -> None:
    path = tmp_path / "at.db"

    async def go() -> None:
        app = app_for(path)
        async with app.run_test(size=(80, 24)) as pilot:
            page = await to_file(pilot)
            await save(pilot)
            assert "Skriv en lösenfras" in shown(app)
            page.form.set("passphrase", "en lång lösenfras")
            page.form.set("again", "en annan lösenfras")
            await save(pilot)
            assert "Det är inte samma" in shown(app)
            page.form.set("passphrase", "kort")
            page.form.set("again", "kort")
            await save(pilot)
            assert "minst 10 tecken" in shown(app)
            assert app.screen is page

    asyncio.run(go())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_under_the_file(tmp_path: Path) -> None:
    blocked = tmp_path / "en-fil"
    blocked.write_text("inte en mapp")

    async def go() -> None:
        app = app_for(blocked / "at.db")
        async with app.run_test(size=(80, 24)) as pilot:
            page = await to_file(pilot)
            page.form.set("passphrase", PASSPHRASE)
            page.form.set("again", PASSPHRASE)
            await save(pilot)
            assert "Det går inte att" in shown(app) or "går inte att läsa" in shown(app)
            assert app.screen is page

    asyncio.run(go())
    assert blocked.read_text() == "inte en mapp"


def test_no_encryption_is_a_choice_that_says_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "at.db"

    async def go() -> None:
        app = app_for(path)
        async with app.run_test(size=(80, 24)) as pilot:
            page = await to_file(pilot)
            await pilot.press("shift+tab", "right")
            await settle(pilot)
            assert "den som kommer åt datorn kan läsa allt" in " ".join(shown(app).split())
            assert not page.form.rows["passphrase"].display
            await save(pilot)
            assert isinstance(app.screen, Who)
            await pilot.press(*"Siv Prövare")
            await save(pilot)
            assert "okrypterad fil" in lines(app)[0]

    asyncio.run(go())
    assert not needs_passphrase(path)


def test_the_recovery_key_has_to_be_written_down_first(tmp_path: Path) -> None:
    async def go() -> None:
        app = app_for(tmp_path / "at.db", first=Recovery(KEY))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await save(pilot)
            assert "Fyll i." in shown(app)
            await pilot.press(*"4utx")
            await save(pilot)
            assert "sista fyra tecken" in shown(app)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, Recovery)

    asyncio.run(go())


def test_the_recovery_key_can_be_saved_for_printing(tmp_path: Path, home: Path) -> None:
    async def go() -> None:
        app = app_for(tmp_path / "at.db", first=Recovery(KEY))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("f4")
            await settle(pilot)
            assert "Skriv ut filen" in " ".join(shown(app).split())

    asyncio.run(go())
    sheet = home / "aterstallningsnyckel.txt"
    assert KEY in sheet.read_text()
    assert sheet.stat().st_mode & 0o077 == 0


def test_examples_can_be_looked_at_first(tmp_path: Path) -> None:
    path = tmp_path / "at.db"

    async def go() -> Path:
        app = app_for(path)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("down", "enter")
            for _ in range(300):
                await settle(pilot)
                if app.is_open:
                    break
                await pilot.pause(0.1)
            await settle(pilot)
            assert isinstance(app.screen, Today)
            assert "DEMO" in lines(app)[0]
            assert app.database.exists()
            return app.database

    demo = asyncio.run(go())
    assert not path.exists()
    assert not demo.exists()


def test_the_guide_can_be_left(tmp_path: Path) -> None:
    app = app_for(tmp_path / "at.db")

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("down", "down", "enter")
            await settle(pilot)

    asyncio.run(go())
    assert app.return_value == 0
    assert list(tmp_path.iterdir()) == []
