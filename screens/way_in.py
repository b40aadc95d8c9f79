"""The way in: which page is first, and how the records come to be open behind it."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.signal import Signal

from at_tui.collector import share_one_heap
from at_tui.language import say, text
from at_tui.lean import leave_out_more
from schema.fault import Fault
from screens.desk import Way
from screens.readying import Readying
from screens.styled import FORMS_CSS

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from at_tui.ahead import Ahead
    from data.glance import Glance
    from data.store import Store

FIRST_ROWS = 0.1
"""Seconds that the first rows get to themselves."""


class WayIn(Readying):
    """The part of the application that leads to the first page, and opens the records."""

    author: str
    key: bytes | None
    in_use: bool
    records_opened: Signal[Store]
    _ahead: Ahead | None
    _locked: bool
    _choose: bool
    _first: Screen[Any] | None
    _waiting: Way | None
    _demo_folder: TemporaryDirectory[str] | None

    def _first_page(self) -> Screen[Any]:
        """Return the page to begin with, so that the very first frame is a page."""
        if self._first is None and self._ahead is not None and not self._choose:
            return self._way_in()
        self.stylesheet.read(FORMS_CSS)
        if self._first is not None:
            return self._first
        if self._choose:
            from screens.files import Files

            return Files()
        return self._way_in()

    def _behind_first_rows(self) -> None:
        """Do what the first rows need not wait for."""
        self.read_sheets()
        self.open_records(self.key)

    def _way_in(self) -> Screen[Any]:
        if self._locked:
            from screens.unlock import Unlock

            return Unlock()
        if self._ahead is not None or self._store is not None:
            from screens.today import Today

            return Today()
        from screens.first_run import FirstRun

        return FirstRun()

    def preload(self) -> None:
        """Import in a thread what the records need, while the user types."""
        self.run_worker(_import_store, thread=True, name="preload")

    def enter(self, key: bytes | None) -> None:
        """Show the first page of the file that `key` opens."""
        from screens.today import Today

        self.key = key
        try:
            glance = self.glance()
        except Fault as fault:
            self.leave(fault)
            return
        self.call_later(self._only, lambda: Today(glance))
        self.set_timer(FIRST_ROWS, self._behind_first_rows)

    def use(self, database: Path) -> None:
        """Turn to another file: ask for its passphrase, open it, or make it."""
        from at_tui.ahead import Ahead
        from data.driver import FileState, file_state
        from data.opening import needs_passphrase

        self.close_records()
        self.database, self.key, self.author = database, None, ""
        try:
            missing = file_state(database) is FileState.MISSING
            self._locked = not missing and needs_passphrase(database)
        except Fault as fault:
            self.say(say(fault), "error")
            return
        plain = not missing and not self._locked
        self._ahead = Ahead(database, None, self.today) if plain else None
        self.call_later(self._only, self._way_in)

    def made(self, database: Path, key: bytes | None) -> None:
        """Open a file that has just been made, as the window that writes in it; in a thread.

        Raises:
            Fault: `store.*`.
        """
        self.database, self.key, self.author = database, key, ""
        self._store = self.open_file(key)

    def settle(self) -> None:
        """Show the first page, now that it is known who sits here."""
        from screens.today import Today

        if any(isinstance(page, Today) for page in self.screen_stack):
            return
        self.call_later(self._only, Today)

    async def _only(self, make: Callable[[], Screen[Any]]) -> None:
        """Show one page with none under it."""
        if self.locked:
            self.after_lock(lambda: self._only(make))
            return
        # A mode has a stack of its own: the old one goes with all its pages.
        before = self.current_mode
        name = f"page-{time.monotonic_ns()}"
        self.add_mode(name, make)
        await self.switch_mode(name)
        await self.remove_mode(before)
        self.tidy_up()

    def demo(self) -> None:
        """Show invented people, in a file that is thrown away with the programme."""
        self.say(text("app.making_demo"))
        self.run_worker(self._make_demo, thread=True, name="demo", exclusive=True)

    def _make_demo(self) -> None:
        import tempfile

        from at_tui.demo.cast import Size
        from at_tui.demo.writing import write_demo

        self._demo_folder = tempfile.TemporaryDirectory(
            prefix="at-tui-demo-", ignore_cleanup_errors=True
        )
        path = Path(self._demo_folder.name) / "demo.db"
        write_demo(path, Size.CLINIC, seed=1, on=self.today, progress=None)
        self.call_from_thread(self.use, path)

    def glance(self) -> Glance | None:
        """Return the first page's content as the file has it now.

        Raises:
            Fault: `store.*`.
        """
        from data import glance

        return glance.read(self.database, self.key, self.today)

    def first_glance(self) -> Glance | None:
        """Return what was read ahead, when it is there; the file is then opened behind the page.

        None means: not yet, `glance_came` of the page will be called.
        """
        if self._ahead is None:
            return self.glance()
        if not self._ahead.done:
            self.run_worker(self._wait_ahead, thread=True, name="ahead")
            # Between the first frame and the key there is time to load what the key is needed for.
            self.call_after_refresh(self._ahead.prepare)
            return None
        return self._took(self._ahead)

    def _wait_ahead(self) -> None:
        if self._ahead is None:
            return
        with contextlib.suppress(Fault):
            self._ahead.result()
        self.call_from_thread(self._came)

    def _came(self) -> None:
        from screens.today import Today

        glance = self._took(self._ahead) if self._ahead else None
        for page in self.screen_stack:
            if isinstance(page, Today) and glance is not None:
                page.glance_came(glance)

    def _took(self, ahead: Ahead) -> Glance | None:
        try:
            self.key, glance = ahead.result()
        except Fault as fault:
            self.leave(fault)
            return None
        self._ahead = None
        # Importing SQLModel takes turns with the thread that writes to the terminal: it waits until
        # the first rows have been written.
        self.set_timer(FIRST_ROWS, self._behind_first_rows)
        return glance

    def open_records(self, key: bytes | None) -> None:
        """Open the file with `key` in a thread; `opened` is called when it is done."""
        self.key = key
        share_one_heap()
        if self._store is None:
            self.run_worker(self._open_records, thread=True, name="open", exclusive=True)

    def _open_records(self) -> None:
        _import_store()
        try:
            store = self.open_file(self.key)
            with store.read() as work:
                owner = work.fact("owner_id")
        except Fault as fault:
            self.call_from_thread(self.leave, fault)
            return
        self.call_from_thread(self.opened, store, owner)

    def opened(self, store: Store, author: str) -> None:
        """Take over records that have been opened, and show the page that waited for them."""
        self._store, self.author, self.in_use = store, author, False
        waiting, self._waiting = self._waiting, None
        self._note("")
        if not author:
            from screens.who import Who

            self.push_screen(Who())
        elif waiting is not None:
            self.go(waiting)
        self.records_opened.publish(store)
        self.make_ready(store)


def _import_store() -> None:
    """Import SQLModel and the tables: 0.6 to 1.2 s, so only in a thread."""
    # The collector would walk a million new objects meanwhile, for nothing (0.2 s).
    was_enabled = gc.isenabled()
    gc.disable()
    leave_out_more()
    try:
        import data.opening
        import data.store  # noqa: F401 - imported for others to use
    finally:
        if was_enabled:
            gc.enable()
