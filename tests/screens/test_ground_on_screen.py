"""The ground gives way under the open programme: it says so in words, and stays usable."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col
from textual.pilot import Pilot

from data.store import Store
from schema.fault import Fault
from schema.tables import Supervision, Trainee
from screens.app import ATApp
from screens.menu import Menu
from screens.menu_entries import MENU, MORE
from screens.today import Today
from screens.trainee.page import TraineePage
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.screens.conftest import Records, Show
from tests.screens.playing import write
from tests.screens.settling import flat, settle
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import shown

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in place")
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]
NOTE = "Vi talade om jourens ensamhet"


def run(app: ATApp, play: Play) -> None:
    async def go() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await play(app, pilot)

    asyncio.run(go())


async def log_session(pilot: Pilot[int]) -> None:
    """Write a session of Alva's and save it."""
    await pilot.press("s")
    await settle(pilot)
    await pilot.press("n")
    await settle(pilot)
    write(NOTE)(pilot)
    await settle(pilot)
    await pilot.press("ctrl+s")
    await settle(pilot)


def notes(records: Records) -> list[str]:
    with records.store.read() as work:
        return [s.note for s in work.all(Supervision)]


@posix
def test_a_removed_file_is_told_when_something_is_saved_and_the_text_stays(
    records: Records, show: Show
) -> None:
    hidden = records.path.with_name("borta")

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        records.path.rename(hidden)
        await log_session(pilot)
        assert "Det senaste är inte sparat" in flat(shown(app))
        assert NOTE in shown(app)
        # The disk is there again: the same key saves.
        hidden.rename(records.path)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert NOTE not in shown(app)

    run(show(TraineePage(records.alva_training.id)), play)
    assert NOTE in notes(records)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("store.disk_full", "Disken är full"),
        ("store.read_only", "skrivskyddad"),
        ("store.disk_error", "Disken svarade med ett fel"),
        ("store.busy", "annat fönster"),
    ],
)
def test_a_save_that_the_system_refuses_is_told_and_the_next_one_works(
    records: Records, show: Show, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    real = Store.work

    @contextlib.contextmanager
    def refuse(self: Store, author: str) -> Iterator[Any]:
        with real(self, author) as work:
            yield work
            raise Fault(code, exit_code=3, path=str(records.path))

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        monkeypatch.setattr(Store, "work", refuse)
        await log_session(pilot)
        assert words in flat(shown(app))
        assert NOTE in shown(app)
        monkeypatch.setattr(Store, "work", real)
        await pilot.press("ctrl+s")
        await settle(pilot)

    run(show(TraineePage(records.alva_training.id)), play)
    assert notes(records).count(NOTE) == 1


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Return a function that lets every reading fail, or work again."""
    real = Store.read

    @contextlib.contextmanager
    def refuse(self: Store) -> Iterator[Any]:
        raise Fault("store.disk_error", exit_code=3, path=str(self.path))
        yield

    return lambda broken: monkeypatch.setattr(Store, "read", refuse if broken else real)


@pytest.mark.parametrize("name", [entry.name for _, entries in MENU for entry in entries])
def test_a_page_that_cannot_be_read_is_told_and_the_programme_stays(
    records: Records, show: Show, unreadable: Callable[[bool], None], name: str
) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("f3")
        await settle(pilot)
        app.screen.query_one(Picker).select(name)
        unreadable(True)
        await pilot.press("enter")
        await settle(pilot)
        unreadable(False)
        await still_usable(app, pilot)

    run(show(Today()), play)


@pytest.mark.parametrize("name", [entry.name for entry in MORE])
def test_a_page_about_one_that_cannot_be_read_is_told_and_the_programme_stays(
    records: Records, show: Show, unreadable: Callable[[bool], None], name: str
) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.push_screen(TraineePage(records.alva_training.id, tab="more"))
        await settle(pilot)
        app.screen.query_one(Picker).select(name)
        unreadable(True)
        await pilot.press("enter")
        await settle(pilot)
        unreadable(False)
        await still_usable(app, pilot)

    run(show(Today()), play)


async def still_usable(app: ATApp, pilot: Pilot[int]) -> None:
    """Go back to the first page, and from there to the menu."""
    for _ in range(4):
        if isinstance(app.screen, Today):
            break
        await pilot.press("escape")
        await settle(pilot)
    assert isinstance(app.screen, Today)
    await pilot.press("f3")
    await settle(pilot)
    assert isinstance(app.screen, Menu)
    assert app.crash is None
    assert app.fault is None


class Broken(Page[None]):
    """A page that cannot be read before it stands."""

    def on_mount(self) -> None:
        raise Fault("store.damaged", exit_code=3, path="x.db")


class BrokenLater(Page[None]):
    """A page whose worker cannot read."""

    def on_mount(self) -> None:
        self.run_worker(self._read, thread=True)

    def _read(self) -> None:
        raise Fault("store.damaged", exit_code=3, path="x.db")


@pytest.mark.parametrize("kind", [Broken, BrokenLater])
def test_a_fault_that_no_page_catches_is_a_sentence(
    records: Records, show: Show, kind: type[Page[None]]
) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.push_screen(kind())
        await settle(pilot)
        assert "skadad" in flat(shown(app))
        await still_usable(app, pilot)

    run(show(Today()), play)


def test_the_first_page_that_cannot_be_read_ends_the_programme_with_the_sentence(
    records: Records, show: Show
) -> None:
    app = show(Broken())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)

    asyncio.run(go())
    assert app.fault is not None
    assert app.fault.code == "store.damaged"
    assert app.crash is None


def test_what_is_no_fault_still_ends_the_programme_with_a_report(
    records: Records, show: Show
) -> None:
    class Wrong(Page[None]):
        def on_mount(self) -> None:
            raise ZeroDivisionError

    app = show(Wrong())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(go())
    assert isinstance(app.crash, ZeroDivisionError)


def test_a_megabyte_of_text_is_cut_or_refused_in_words(records: Records, show: Show) -> None:
    """Pasted into a note, and into a name."""

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        write(("åäö " * 200 + "\n") * 1300)(pilot)
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.crash is None
        assert isinstance(app.screen, Page)

    run(show(TraineePage(records.alva_training.id)), play)
    assert all(len(note) <= 20_000 for note in notes(records))
    with records.store.read() as work:
        assert len(work.all(Trainee, order=col(Trainee.sort_key))) == 2


def test_the_path_that_is_refused_is_explained_with_the_way_to_do_it_right(tmp_path: Path) -> None:
    from screens.first_run import NewFile
    from tests.screens.test_first_run import app_for

    app = app_for(tmp_path / "at.db", first=NewFile())

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            page = app.screen
            assert isinstance(page, NewFile)
            page.form.set("file", str(tmp_path / "OneDrive - Region Prov" / "at.db"))
            page.form.set("passphrase", "fyra ord är bäst")
            page.form.set("again", "fyra ord är bäst")
            await pilot.press("f2")
            await settle(pilot)
            words = flat(shown(app))
            assert "OneDrive" in words
            assert "säkerhetskopior" in words.lower()
            assert app.screen is page

    asyncio.run(go())
    assert not (tmp_path / "OneDrive - Region Prov").exists()
