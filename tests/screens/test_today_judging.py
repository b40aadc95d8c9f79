"""How the doctors stand comes behind the first page, wherever they are judged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from at_tui import judging_apart
from at_tui.due import stands
from at_tui.judging_apart import JudgingApart, StoppedError
from at_tui.stand import Stand
from data.glance import read as read_glance
from screens.app import ATApp
from screens.today import Today
from tests.screens.conftest import OTHER_PROCESS, TODAY, Records, Show
from tests.screens.settling import settle


def _play(app: ATApp, work: Callable[[Pilot[int]], Awaitable[None]]) -> None:
    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await work(pilot)

    asyncio.run(play())


def _lines(app: ATApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def test_all_are_judged_by_another_process_and_shown(
    records: Records, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    for training in (records.alva_training, records.nils_training):
        training.programme_id = "vgr-primarvard"
        with records.store.work(records.owner.id) as work:
            work.save(training)
    here: dict[str, Stand] = {}
    glance = read_glance(records.path, None, TODAY)
    assert glance is not None
    for some in stands(records.store, glance.doctors, TODAY):
        here |= some
    assert len(here) == 2

    def refuse(*_: Any, **__: Any) -> Iterator[dict[str, Stand]]:
        raise AssertionError("judged in this process")

    monkeypatch.setattr("at_tui.due.stands", refuse)
    monkeypatch.setattr(JudgingApart, "_process", OTHER_PROCESS)
    page = Today()
    app = show(page)

    async def work_(pilot: Pilot[int]) -> None:
        while not page._stands:
            await pilot.pause(0.05)
        await settle(pilot)
        assert page._stands == here
        asked = [duty for stand in here.values() for duty in stand.duties]
        assert asked
        assert any(str(duty.values["title"])[:12] in _lines(app) for duty in asked)

    _play(app, work_)


def test_what_was_stopped_is_judged_again(
    records: Records, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def stopped(*args: Any) -> Iterator[dict[str, Stand]]:
        asked.append(args[-1])
        raise StoppedError
        yield {}

    monkeypatch.setattr(judging_apart, "stands_of", stopped)
    page = Today()

    async def again(pilot: Pilot[int]) -> None:
        page.judge()
        await settle(pilot)

    _play(show(page), again)
    assert len(asked) > 1
    assert set(asked) == {None}


def test_closing_the_records_ends_what_is_judged(records: Records, show: Show) -> None:
    app = show(Today())

    async def close(pilot: Pilot[int]) -> None:
        judging = app.judging
        app.close_records()
        with pytest.raises(StoppedError):
            list(judging.stands(records.store, [], TODAY))
        assert app.judging is not judging

    _play(app, close)


def test_two_are_never_judging_at_once(
    records: Records, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody opens pages and comes back while all are being judged."""
    gate, begun = Event(), []

    def slow(*args: Any) -> Iterator[dict[str, Stand]]:
        begun.append(args[-1])
        gate.wait(10)
        yield {}

    monkeypatch.setattr(judging_apart, "stands_of", slow)
    page = Today()
    app = show(page)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            while not begun:
                await pilot.pause(0.02)
            for _ in range(3):
                page.judge()
                await pilot.pause(0.02)
            assert len(begun) == 1
            gate.set()
            await settle(pilot)
            # What has been saved meanwhile is judged at the end, once.
            assert len(begun) == 2
            assert begun[1] is not None

    asyncio.run(play())
