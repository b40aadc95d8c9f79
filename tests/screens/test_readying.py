"""What is opened next is loaded while nobody waits, and most of it only once somebody is there."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from at_tui.ahead import Ahead
from schema.fault import Fault
from schema.tables import Role
from schema.words import RoleKind
from screens import ready, readying
from screens.app import ATApp
from screens.foreread import Foreread
from tests.screens.conftest import NOW, TODAY, Records
from tests.screens.settling import settle

Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


HEAVY = (
    "at_tui.judge", "at_tui.kollegium.whole", "schema.content.programme", "screens.goals", "ssl",
)  # fmt: skip


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by what is done ahead; pauses are short."""
    found: list[str] = []

    def noted(name: str) -> None:
        act = getattr(ready, name)

        def do(*args: Any) -> Any:
            found.append(name)
            return act(*args)

        monkeypatch.setattr(ready, name, do)

    for name in ("make_ready", "first_pages", "other_pages"):
        noted(name)
    sample = Foreread.sample

    def read(self: Foreread, *args: Any) -> Any:
        found.append("sample")
        return sample(self, *args)

    monkeypatch.setattr(Foreread, "sample", read)
    monkeypatch.setattr(ready, "make_kollegium_ready", lambda: found.append("kollegium"))
    monkeypatch.setattr(ready, "BREATH", 0)
    for name in ("SOON", "AFTER_KEY", "PAUSE"):
        monkeypatch.setattr(readying, name, 0.01)
    return found


def _play(records: Records, work: Play) -> None:
    async def play() -> None:
        ahead = Ahead(records.path, None, TODAY)
        app = ATApp(records.path, on=TODAY, clock=lambda: NOW, ahead=ahead)
        async with app.run_test(size=(80, 24)) as pilot:
            await work(app, pilot)

    asyncio.run(play())


async def _until(pilot: Pilot[int], there: Callable[[], bool]) -> None:
    for _ in range(400):
        if there():
            break
        await pilot.pause(0.02)
    await settle(pilot)


async def _rest(app: ATApp, pilot: Pilot[int], done: list[str]) -> None:
    """Wait until the first pages are ready, and the rest waits for a key."""
    await _until(
        pilot,
        lambda: (
            "first_pages" in done
            and bool(app._at_touch)
            and not any(one.group == "ready" for one in app.workers)
        ),
    )


def test_what_the_other_pages_read_is_read_once_a_key_was_pressed(
    records: Records, done: list[str]
) -> None:
    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        assert done == ["make_ready", "first_pages"]
        await pilot.press("down")
        await _until(pilot, lambda: "other_pages" in done)
        assert done == ["make_ready", "first_pages", "first_pages", "sample", "other_pages"]
        await pilot.press("down")
        await settle(pilot)
        assert len(done) == 5

    _play(records, work)


def test_the_kollegium_comes_with_the_first_pages_for_whoever_directs_and_once(
    records: Records, done: list[str]
) -> None:
    records.add(Role(person_id=records.owner.id, kind=RoleKind.STUDIEREKTOR))

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        assert done == ["make_ready", "kollegium", "first_pages"]
        await pilot.press("down")
        await _until(pilot, lambda: "other_pages" in done)
        assert done[3:] == ["first_pages", "sample", "other_pages"]

    _play(records, work)


def test_what_cannot_be_loaded_is_no_crash(
    records: Records, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        done.append("refused")
        raise Fault("content.unreadable")

    records.add(Role(person_id=records.owner.id, kind=RoleKind.STUDIEREKTOR))
    monkeypatch.setattr(ready, "make_kollegium_ready", refuse)

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        await pilot.press("down")
        await _until(pilot, lambda: "other_pages" in done)
        assert "refused" in done
        assert app.crash is None

    _play(records, work)


def test_what_is_styled_ahead_waits_for_a_pause(
    records: Records, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        monkeypatch.setattr(readying, "PAUSE", 60)
        await pilot.press("down")
        await _until(pilot, lambda: done.count("first_pages") == 2)
        await pilot.pause(0.2)
        assert "sample" not in done

    _play(records, work)


def test_a_key_need_not_wait_long_for_a_thread_that_loads(
    records: Records, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[float] = []
    monkeypatch.setattr(sys, "setswitchinterval", chosen.append)

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        assert chosen
        assert set(chosen) == {readying.TURNS}

    _play(records, work)


def test_what_somebody_opens_goes_before_what_is_loaded_ahead(
    records: Records, done: list[str]
) -> None:
    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        there = asyncio.Event()

        async def read_a_page() -> None:
            await there.wait()

        reading = app.run_worker(read_a_page(), group="page")
        await pilot.press("down")
        await pilot.pause(0.3)
        assert done.count("first_pages") == 1
        there.set()
        await reading.wait()
        await _until(pilot, lambda: "other_pages" in done)
        assert done.count("first_pages") == 2

    _play(records, work)


def test_pages_that_were_only_made_to_be_styled_are_given_back(
    records: Records, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[Screen[Any]]] = []
    style = ATApp.style_ahead

    async def noted(self: ATApp, page: Screen[Any]) -> None:
        made.append(weakref.ref(page))
        await style(self, page)

    monkeypatch.setattr(ATApp, "style_ahead", noted)

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        assert made
        assert [page for page in made if page() is not None] == []

    _play(records, work)


def test_a_page_is_known_when_somebody_opens_it(
    records: Records, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is loaded last: each sheet that comes in makes all that was known forgotten."""
    records.add(Role(person_id=records.owner.id, kind=RoleKind.STUDIEREKTOR))
    unknown: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, **named: Any) -> None:
        unknown.append(node)
        apply(self, node, **named)

    def brings_a_sheet() -> None:
        class Brought(Widget):
            DEFAULT_CSS = "Brought { color: red; }"

        kept.append(Brought)

    kept: list[type[Widget]] = []
    monkeypatch.setattr(ready, "make_kollegium_ready", brings_a_sheet)

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        await pilot.press("down")
        await _until(
            pilot,
            lambda: "other_pages" in done and not any(w.group == "ready" for w in app.workers),
        )
        assert kept
        monkeypatch.setattr(Stylesheet, "apply", noted)
        for key in ("s", "d"):
            unknown.clear()
            await pilot.press(key)
            await settle(pilot)
            assert len(list(app.screen.walk_children())) > 30
            # What has the focus, and what stands in this record alone, is new.
            assert len(unknown) < 25, unknown
            await pilot.press("escape")
            await settle(pilot)

    _play(records, work)


def test_nothing_is_read_of_records_that_are_closed(records: Records, done: list[str]) -> None:
    """As when a copy is put back right after the programme was started."""

    async def work(app: ATApp, pilot: Pilot[int]) -> None:
        await _rest(app, pilot, done)
        store = app.store
        app.close_records()
        app.make_ready(store)
        await pilot.press("down")
        await pilot.pause(0.1)
        await settle(pilot)
        await app._in_use(store, "")
        assert done.count("make_ready") == 1
        assert "sample" not in done

    _play(records, work)


def test_a_window_that_only_stands_there_has_loaded_little(records: Records) -> None:
    """Not the rules, the programmes or the pages of the kollegium: 30 MB of 120."""
    code = f"""
from at_tui.lean import leave_out
leave_out()
import asyncio, sys
from datetime import date
from pathlib import Path
from at_tui.ahead import Ahead
from screens.app import ATApp
from screens.foreread import Foreread
path, on = Path({str(records.path)!r}), date(2026, 11, 24)
async def stand():
    app = ATApp(path, on=on, ahead=Ahead(path, None, on))
    async with app.run_test(size=(80, 24)) as pilot:
        calm = 0
        while calm < 20:
            await pilot.pause(0.05)
            busy = any(one.group in ("judge", "ready", "foreread") for one in app.workers)
            calm = 0 if busy or not app._at_touch else calm + 1
    print([name for name in {HEAVY} if sys.modules.get(name)])
asyncio.run(stand())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
