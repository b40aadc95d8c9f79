"""A second window is told, and reads or takes over; drafts that wait are said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from at_tui.ahead import Ahead
from data import backup
from data.backup import Why
from data.window import Window
from schema.fault import Fault
from schema.tables import Trainee
from screens.app import ATApp
from screens.backups import Backups
from screens.today import Today
from screens.widgets.confirm import Confirm
from tests.screens.conftest import NOW, TODAY, Records
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import rest, shown

Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


def run(path: Path, play: Play) -> None:
    async def go() -> None:
        app = ATApp(path, on=TODAY, clock=lambda: NOW, ahead=Ahead(path, None, TODAY))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            for _ in range(40):
                await pilot.pause(0.1)
                if app.is_open:
                    break
            await rest(pilot)
            await play(app, pilot)

    asyncio.run(go())


def save(app: ATApp) -> None:
    with app.store.work(app.author) as work:
        work.save(Trainee(name="Tredje Testsson"))


def test_the_second_window_reads_until_it_takes_over(records: Records) -> None:
    first = Window(records.path)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert isinstance(app.screen, Confirm)
        assert "öppen i ett annat fönster" in shown(app)
        await pilot.press("n")
        await rest(pilot)
        assert "läser bara" in shown(app)
        with pytest.raises(Fault):
            save(app)
        app._ask_window()
        await rest(pilot)
        await pilot.press("j")
        await rest(pilot)
        save(app)
        assert not first.mine()

    run(records.path, play)
    first.close()


def test_a_window_that_was_taken_over_from_is_told_once(records: Records) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert isinstance(app.screen, Today)
        second = Window(records.path)
        second.take_over()
        app.watch_window()
        await rest(pilot)
        assert "har tagit över" in shown(app)
        await pilot.press("n")
        app.watch_window()
        await rest(pilot)
        assert isinstance(app.screen, Today)
        second.close()

    run(records.path, play)


def test_the_claim_goes_with_the_programme(records: Records) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        other = Window(records.path)
        assert other.other() is not None
        other.close()

    run(records.path, play)
    after = Window(records.path)
    assert after.other() is None
    after.close()


def test_nothing_is_put_back_under_another_window(records: Records) -> None:
    backup.make(records.path, None, Why.MANUAL)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.push_screen(Backups())
        await rest(pilot)
        second = Window(records.path)
        second.take_over()
        await pilot.press("enter")
        for _ in range(50):
            await rest(pilot)
            if not isinstance(app.screen, Backups):
                break
        await pilot.press("j")
        said = ""
        for _ in range(50):
            await rest(pilot)
            said = " ".join(shown(app).replace("▌", " ").split())
            if "är öppen i ett fönster" in said:
                break
        assert "är öppen i ett fönster" in said
        second.close()

    run(records.path, play)
    assert [copy.why for copy in backup.backups(records.path)] == [Why.MANUAL]


def test_drafts_that_wait_are_said_when_the_records_are_opened(records: Records) -> None:
    with records.store.work(records.owner.id) as work:
        work.keep_draft("person:new", {"name": "Omar"})
        work.keep_draft(f"session:{records.alva_training.id}:new", {"note": "Vi talade"})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        words = " ".join(shown(app).replace("▌", " ").split())
        assert "2 utkast ligger kvar" in words
        assert "handledningssamtal · Alva" in words

    run(records.path, play)
