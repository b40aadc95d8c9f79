"""Giving back the memory of pages that have been closed, while nobody waits.

The widgets of a page refer to each other, so only Python's collector frees them (some ten thousand
objects, 2 MB a page). Left to itself it looks for them in the middle of what the user does next:
0.1 s and more after a dozen pages.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from typing import Any, TypeVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete

from at_tui.collector import give_back, rest
from screens.styled import Styled

BREATH = 0.2
"""Seconds without a key, after a page was closed, until what is young is looked through (5 ms)."""
REST = 3.0
"""Seconds without a key until everything is looked through (20 to 100 ms)."""
LOOK = 1.0
"""Seconds between two looks at how much is new."""
MANY = 20_000
"""New objects that are looked through when nobody types (10 ms)."""
_NEW, _YOUNG, _ALL = 0, 1, 2
"""Generations of Python's collector."""


T = TypeVar("T")


def _forget_watchers(app: App[Any]) -> None:
    """Let go of the closed widgets that follow the application's colours, as every text area does:
    Textual looks through them when the colours change, and no sooner."""
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [one for one in watchers if not one[0]._closing]


class Forgetful(ThreadPoolExecutor):
    """Threads that know nothing of what they did last: Textual leaves the worker in their context,
    and with it the page that asked, until the same thread gets something else to do."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        """Do it in a context of its own."""
        return super().submit(Context().run, fn, *args, **named)


class Tidy(Styled):
    """The part of the application that tidies up after its pages."""

    def __init__(self) -> None:
        super().__init__()
        self._to_tidy: dict[int, float] = {}
        """Which generations are to be looked through, each after so many seconds without a key."""
        self._tidying: asyncio.TimerHandle | None = None

    def on_load(self) -> None:
        """Take on the threads that forget, before any page asks for one, and look for garbage when
        nobody types rather than when there is much of it."""
        rest()
        self.set_interval(LOOK, self._look_through)
        asyncio.get_running_loop().set_default_executor(Forgetful(thread_name_prefix="work"))

    def _look_through(self) -> None:
        if self.rested() >= BREATH and gc.isenabled() and gc.get_count()[0] >= MANY:
            gc.collect(_NEW)

    def pop_screen(self) -> AwaitComplete:
        """Close the page on top, and tidy up when there is time."""
        self.tidy_up()
        return super().pop_screen()

    def tidy_up(self) -> None:
        """Give back what closed pages held, as soon as nobody types."""
        self._to_tidy = {_YOUNG: BREATH, _ALL: REST}
        self._tidy_later()

    def tidy_new(self) -> None:
        """Give back what has only been made to be looked at, now (5 ms)."""
        gc.collect(_NEW)
        give_back()

    def _tidy_later(self) -> None:
        if self._tidying is not None:
            self._tidying.cancel()
            self._tidying = None
        if self._to_tidy:
            wait = max(BREATH / 4, min(self._to_tidy.values()) - self.rested())
            # In an empty context: that of a message knows the page which is being closed, and a
            # timer of Textual's would hold on to it.
            loop = asyncio.get_running_loop()
            self._tidying = loop.call_later(wait, self._tidy, context=Context())

    def _tidy(self) -> None:
        due = [young for young, rest in self._to_tidy.items() if self.rested() >= rest]
        if due:
            # Textual keeps the painted lines of a thousand widgets, most of them long gone, for the
            # sake of two colours each.
            StylesCache.get_inner_outer.cache_clear()
            _forget_watchers(self)
            gc.collect(max(due))
            if _ALL in due:
                give_back()
        for generation in due:
            del self._to_tidy[generation]
        self._tidying = None
        self._tidy_later()
