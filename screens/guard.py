"""What the application does by itself to keep the records from other eyes and from being lost.

It locks after idle time and at a key, cleans what is pasted before any field sees it, and keeps
what is being typed when its terminal goes.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from schema.fault import Fault
from schema.text import clean
from screens.small import Small
from screens.told import Told
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from data.store import Store

LOCKED = "locked"
"""Name of the mode that the lock is: the pages have a stack of their own, which rests meanwhile."""
TICK = 5.0
"""Seconds between two looks at how long nobody has touched anything."""
LAST_WORDS = 1.0
"""Seconds that a programme without a terminal gets to end in order."""
_WHILE_LOCKED = ("quit", "help_quit")


class Way(Enum):
    """What opens the lock."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a way, no secret
    PIN = "pin"
    NONE = "none"
    """The file has no passphrase and its owner no PIN: nothing can be asked for."""


class Guarded(Told):
    """The part of the application that guards.

    The lock is a mode: its page is the only one painted, the pages under it keep what is typed
    in them, and pages that close or open meanwhile do so behind it.
    """

    BINDINGS: ClassVar[list[Any]] = [
        bind("f12,ctrl+l", "lock", "app.lock", show=False, priority=True),
    ]

    key: bytes | None
    author: str
    lock_minutes: int = 0
    """Minutes without a key or a mouse until the lock; 0 for never."""
    locked: bool = False
    """Whether nothing is shown until someone has proved who they are."""

    in_use = False
    """Whether somebody has touched anything since the records were opened."""

    _behind = ""
    _touched = 0.0
    _touched_wall = 0.0

    def __init__(self) -> None:
        super().__init__()
        self._kept_messages: list[Callable[[], None]] = []
        self._after_lock: list[Callable[[], Awaitable[None]]] = []
        self._at_touch: list[Callable[[], object]] = []
        self.touch()

    if TYPE_CHECKING:

        @property
        def store(self) -> Store: ...

        @property
        def is_open(self) -> bool: ...

        def close_records(self) -> None: ...

    def on_mount(self) -> None:
        """Begin to watch."""
        self.set_interval(TICK, self.watch_idle)
        self.app_resume_signal.subscribe(self, self._resumed)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for name, act in (("SIGHUP", self._hung_up), ("SIGTERM", self._told_to_end)):
                # Windows has neither; there the console's closing ends the programme.
                with contextlib.suppress(AttributeError, NotImplementedError, ValueError):
                    loop.add_signal_handler(getattr(signal, name), act)
            self.set_interval(TICK, self._watch_terminal)

    # Idle time

    def touch(self) -> None:
        """Begin the idle time anew."""
        self._touched, self._touched_wall = time.monotonic(), time.time()

    def at_touch(self, act: Callable[[], object]) -> None:
        """Do it once somebody uses the programme, from now on: at the next key or mouse."""
        self._at_touch.append(act)

    def _use(self) -> None:
        self.in_use = True
        waiting, self._at_touch = self._at_touch, []
        for act in waiting:
            act()

    def rested(self) -> float:
        """Return the seconds since the last key or mouse."""
        # The steady clock stands still while a laptop sleeps; the other one may be set back.
        return max(time.monotonic() - self._touched, time.time() - self._touched_wall)

    @property
    def _overdue(self) -> bool:
        return bool(self.lock_minutes) and self.rested() >= self.lock_minutes * 60

    async def watch_idle(self) -> None:
        """Lock when nobody has touched anything for so long."""
        if self._overdue and not self.locked:
            await self.lock()

    async def on_event(self, event: events.Event) -> None:
        """Lock before a key that comes too late, and clean what is pasted."""
        if isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded:
            if self._overdue and not self.locked and await self.lock():
                return
            self.touch()
            if not self.locked:
                self._use()
            if isinstance(event, events.Paste):
                # What a field holds is drawn before it is saved: an escape sequence would reach
                # the terminal from there.
                event.text = clean(event.text)
        await super().on_event(event)

    # The lock

    def lock_way(self) -> Way:
        """Return what would open the lock."""
        if self.key is not None or (self.is_open and self.store.encrypted):
            return Way.PASSPHRASE
        if self.is_open:
            from data.signing import has_pin  # with the store open, SQLModel is imported already

            with contextlib.suppress(Fault), self.store.read() as work:
                if has_pin(work, work.fact("owner_id")):
                    return Way.PIN
        return Way.NONE

    async def lock(self, *, by_hand: bool = False) -> bool:
        """Hide everything until someone has proved who they are; return whether it is hidden.

        What is typed is kept as drafts first, and passing messages are taken away.
        """
        if self.locked:
            return True
        way = self.lock_way()
        if (way is Way.NONE and not by_hand) or not (self.is_open or self.key is not None):
            self.touch()
            return False
        from screens.locked import Locked

        self.keep_drafts()
        self.locked, self._behind = True, self.current_mode
        self.clear_notifications()
        self.capture_mouse(None)
        self.add_mode(LOCKED, lambda: Locked(way))
        await self.switch_mode(LOCKED)
        return True

    def unlock(self) -> None:
        """Show again what was there before the lock."""
        self.call_later(self._unlock)

    async def _unlock(self) -> None:
        if not self.locked:
            return
        self.touch()
        self.locked = False
        await self.switch_mode(self._behind)
        await self.remove_mode(LOCKED)
        if isinstance(self.screen, Small):
            self.screen.post_message(events.Resize(self.size, self.size))
        kept, self._kept_messages = self._kept_messages, []
        for show in kept[-3:]:
            show()
        waiting, self._after_lock = self._after_lock, []
        for do in waiting:
            await do()

    def after_lock(self, do: Callable[[], Awaitable[None]]) -> None:
        """Do something as soon as the lock is open."""
        self._after_lock.append(do)

    def notify(self, message: str, **more: Any) -> None:
        """Show a passing message; one that comes while it is locked waits."""
        if self.locked:
            self._kept_messages.append(lambda: self.notify(message, **more))
        else:
            super().notify(message, **more)

    def push_screen(self, screen: Any, *args: Any, mode: str | None = None, **more: Any) -> Any:
        """Show a page; one that a worker shows while it is locked comes behind the lock."""
        if self.locked and mode is None and not isinstance(screen, Small):
            mode = self._behind
        return super().push_screen(screen, *args, mode=mode, **more)

    def pop_screen(self) -> AwaitComplete:
        """Close the page on top; while it is locked, the one on top behind the lock."""
        if not self.locked or len(self.screen_stack) > 1:
            return super().pop_screen()
        closed: Screen[Any] = self._screen_stacks[self._behind].pop()
        closed._pop_result_callback()

        async def remove() -> None:
            await self._replace_screen(closed)

        return AwaitComplete(remove()).call_next(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is locked, the programme can only be ended."""
        return action in _WHILE_LOCKED if self.locked else True

    async def action_lock(self) -> None:
        """Lock now."""
        await self.lock(by_hand=True)

    def _resumed(self, _: object) -> None:
        # Whoever brings a stopped programme back need not be the one who stopped it.
        self.call_later(self.lock)

    # The end

    def keep_drafts(self) -> None:
        """Keep what is being typed on every page."""
        for stack in self._screen_stacks.values():
            for page in stack:
                if isinstance(page, DraftPage) and page.is_mounted:
                    page.keep_draft_now()

    def _told_to_end(self) -> None:
        self.keep_drafts()
        self.exit(0)

    def _watch_terminal(self) -> None:
        """Look whether the terminal is there: a shell or a `make` that keeps the news of its end to
        itself would leave the programme running for nobody, and holding the file."""
        if _terminal_gone():
            self._hung_up()

    def _hung_up(self) -> None:
        """The terminal is gone: keep what is typed, and end though nothing can be written."""
        self.keep_drafts()
        last = threading.Timer(LAST_WORDS, _end)
        last.daemon = True
        last.start()
        self.close_records()
        self.exit(0)


def _terminal_gone() -> bool:
    """Return whether the terminal that the programme was started in has been closed."""
    try:
        os.get_terminal_size(0)
    except OSError as error:
        return error.errno in (errno.EIO, errno.ENXIO)  # Linux, and macOS
    return False


def _end() -> None:
    """End at once: the thread that writes to the terminal may wait for ever for one that is
    gone. Everything is in the file."""
    os._exit(0)
