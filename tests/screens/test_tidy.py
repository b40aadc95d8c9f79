"""What a page leaves behind is given back while nobody waits."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from contextvars import ContextVar

import pytest
from textual._styles_cache import StylesCache
from textual.dom import DOMNode

from screens import tidy, ways
from screens.tidy import Forgetful
from screens.today import Today
from tests.screens.conftest import Records, Show
from tests.screens.settling import press, settle


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    """Let nothing but the programme look for garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _gone_after(records: Records, show: Show, key: str) -> bool:
    """Return whether nothing of the page that `key` opens is left when it has been closed."""
    left: list[weakref.ref[DOMNode]] = []

    def gone() -> bool:
        return not any(one() for one in left)

    async def play() -> bool:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, key)
            left.extend(weakref.ref(one) for one in app.screen.walk_children(with_self=True))
            assert not isinstance(app.screen, Today)
            await pilot.press("escape")
            await settle(pilot)
            for _ in range(100):
                if gone():
                    return True
                await pilot.pause(0.02)
            return gone()

    return asyncio.run(play())


@pytest.mark.parametrize("key", ["l", "s", "m", "o", "b"])
def test_a_closed_page_is_gone(
    records: Records, show: Show, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidy, "BREATH", 0.3)
    monkeypatch.setattr(tidy, "REST", 600)
    assert _gone_after(records, show, key)


def test_what_was_looked_through_is_given_back_to_the_system(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    looked: list[int] = []
    monkeypatch.setattr(tidy, "BREATH", 0.02)
    monkeypatch.setattr(tidy, "REST", 0.2)
    monkeypatch.setattr("screens.tidy.gc.collect", looked.append)
    monkeypatch.setattr("screens.tidy.give_back", lambda: given.append(len(looked)))

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "l")
            await pilot.press("escape")
            while not given:
                await pilot.pause(0.02)

    asyncio.run(play())
    assert looked[-1] == 2
    assert given == [len(looked)]


@pytest.mark.parametrize(
    ("new", "rested", "looks"), [(5, 1.0, False), (50_000, 0.05, False), (50_000, 1.0, True)]
)
def test_what_is_new_is_looked_through_when_it_is_much_and_nobody_types(
    show: Show, monkeypatch: pytest.MonkeyPatch, new: int, rested: float, looks: bool
) -> None:
    looked: list[int] = []
    monkeypatch.setattr("screens.tidy.gc.collect", looked.append)
    monkeypatch.setattr("screens.tidy.gc.get_count", lambda: (new, 0, 0))
    monkeypatch.setattr("screens.tidy.gc.isenabled", lambda: True)
    monkeypatch.setattr(tidy, "LOOK", 0.02)

    async def play() -> None:
        app = show(Today())
        monkeypatch.setattr(app, "rested", lambda: rested)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(0.2)

    before = gc.get_threshold()
    gc.set_threshold(700)
    asyncio.run(play())
    least, *_ = gc.get_threshold()
    gc.set_threshold(*before)
    assert least > 100_000
    assert (0 in looked) is looks


def test_nothing_is_looked_through_while_keys_come(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(tidy, "BREATH", 0.05)
    monkeypatch.setattr(tidy, "REST", 0.1)
    monkeypatch.setattr("screens.tidy.gc.collect", looked.append)
    rested = [0.0]

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            monkeypatch.setattr(app, "rested", lambda: rested[-1])
            await press(pilot, "l")
            await pilot.press("escape")
            await pilot.pause(0.3)
            assert looked == []
            rested.append(1.0)
            while 2 not in looked:
                await pilot.pause(0.02)
            await pilot.pause(0.3)
            assert looked in ([1, 2], [2])

    asyncio.run(play())


def test_the_painted_lines_of_widgets_that_are_gone_are_let_go(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidy, "BREATH", 0.05)
    monkeypatch.setattr(tidy, "REST", 0.1)

    def kept() -> int:
        return StylesCache.get_inner_outer.cache_info().currsize

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "l")
            many = kept()
            await pilot.press("escape")
            await settle(pilot)
            for _ in range(100):
                if kept() < many:
                    return
                await pilot.pause(0.02)
            pytest.fail("nothing was let go")

    asyncio.run(play())


def test_a_thread_forgets_what_it_did() -> None:
    which: ContextVar[str] = ContextVar("which", default="nothing")

    def work() -> str:
        before = which.get()
        which.set("this page")
        return before

    with Forgetful(max_workers=1) as threads:
        assert [threads.submit(work).result() for _ in range(2)] == ["nothing", "nothing"]


def test_pages_are_read_in_threads_that_forget(records: Records, show: Show) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            app.go(lambda: ways.page(records.alva_training.id))
            await settle(pilot)
            executor = asyncio.get_running_loop()._default_executor  # type: ignore[attr-defined]
            assert isinstance(executor, Forgetful)

    asyncio.run(play())
