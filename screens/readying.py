"""Getting ready for what is opened next, while nobody waits.

The pages that a first key opens most are loaded behind the first rows: the weekly session, the
forms, and the kollegium for a study director. The others of every day, and what they will read,
follow when somebody uses the programme: a window that only stands there is 5 MB smaller for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from schema.fault import Fault
from screens import ready
from screens.desk import Desk
from screens.tidy import Tidy

if TYPE_CHECKING:
    from data.store import Store

SOON = 0.5
"""Seconds from the opening of the records until the pages are loaded."""
AFTER_KEY = 0.15
"""Seconds from the first key until the rest is loaded: what that key opens is there by then."""
TURNS = 0.0005
"""Seconds after which a thread that loads lets the screen go on: ten times as often as Python's
own choice. A key waits for several such turns."""
BEHIND = frozenset({"ready", "judge", "copy", "foreread", "glance"})
"""Groups of workers that nobody waits for."""
PAUSE = 0.15
"""Seconds without a key before what would keep the next one waiting (20 ms)."""


class Readying(Tidy):
    """The part of the application that gets ready for what is opened next."""

    def __init__(self) -> None:
        super().__init__()
        self._too: list[Callable[[], object]] = []
        self._loaded = False
        """Whether what was to be loaded first is: what comes later is loaded at once."""

    def load_too(self, load: Callable[[], object]) -> None:
        """Have it done in a thread, with the first pages."""
        if load not in self._too:
            self._too.append(load)
        if self._loaded:
            self.run_worker(self._load_too(), name="ready", group="ready")

    def make_ready(self, store: Store) -> None:
        """Get ready for what is opened in these records, for as long as they are open."""
        sys.setswitchinterval(TURNS)
        self.set_timer(SOON, partial(self._begin, store, self._make_ready))

    def _begin(self, store: Store, make: Callable[..., Awaitable[None]], *more: object) -> None:
        if self._store is store:  # else it was closed again meanwhile
            self.run_worker(make(store, *more), name="ready", group="ready")

    async def _make_ready(self, store: Store) -> None:
        someone = ""
        with contextlib.suppress(Fault):  # said where a page is opened
            someone = await asyncio.to_thread(ready.make_ready, store, self.today)
        await self._load_too()
        await self.read_widgets()
        await self._style_all(store, ready.first_pages(someone))
        await self._pause()
        self.tidy_new()
        self.at_touch(partial(self._begin, store, self._in_use, someone))

    async def _in_use(self, store: Store, someone: str) -> None:
        await self._until_open()
        for module in ready.OFTEN:
            await asyncio.to_thread(import_module, module)
        await self._load_too()
        await self.read_widgets()
        # A sheet that comes in makes the programme forget how everything looks: styled anew.
        await self._style_all(store, ready.first_pages(someone))
        if someone and self._store is store:
            with contextlib.suppress(Fault):
                file = await asyncio.to_thread(self.foreread.sample, store, someone, self.today)
                await self._style_all(store, ready.other_pages(cast("Desk", self), file.folder))

    async def _until_open(self) -> None:
        """Wait until what the first key opened is there: it goes first."""
        # A page that is being loaded holds everything up: what it reads is asked for only then.
        for _ in range(2):
            await asyncio.sleep(AFTER_KEY / 2)
        while any(one.group not in BEHIND and not one.is_finished for one in self.workers):
            await asyncio.sleep(AFTER_KEY)

    async def _load_too(self) -> None:
        self._loaded = True
        more, self._too = self._too, []
        for load in more:
            with contextlib.suppress(Fault):  # said where its page is opened
                await asyncio.to_thread(load)

    async def _style_all(self, store: Store, pages: Iterator[Callable[[], Screen[Any]]]) -> None:
        for make in pages:
            await self._pause()
            if self._store is not store:
                return
            with contextlib.suppress(Fault):
                await self.style_ahead(make())

    async def _pause(self) -> None:
        """Wait until nobody types."""
        while (left := PAUSE - self.rested()) > 0:
            await asyncio.sleep(left)
