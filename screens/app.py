"""The application: who sits here, which records are open, which colours, and which page first."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import WorkerFailed

from at_tui.collector import share_one_heap
from at_tui.language import say, text
from at_tui.lean import leave_out_more
from schema.fault import Fault
from schema.text import clean
from screens.desk import Severity, Way
from screens.readying import Readying
from screens.small import Small
from screens.styled import FORMS_CSS
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from at_tui.ahead import Ahead
    from at_tui.judging_apart import JudgingApart
    from data.glance import Glance
    from data.store import Store
    from screens.foreread import Foreread

COLUMNS, ROWS = 80, 24
"""Smallest screen that the pages are drawn for."""
FIRST_ROWS = 0.1
"""Seconds that the first rows get to themselves."""


class ATApp(Readying):
    """The programme on screen.

    Args:
        database: The file of records.
        on: The day it is taken to be; the clock's day when None.
        clock: Tells local time; tests give their own.
        ahead: The file being unlocked and read, begun before the screens were loaded.
        locked: Whether the file needs a passphrase that nobody has given yet.
        choose: Whether the user is to choose among several files first.
        store: Records that are open already (tests).
        author: Id of the person at the keyboard, when `store` is given.
        first: The page to begin with; by default the way in chooses one.
        theme_name: One of the themes of `screens/theme.py`.
        keys: The user's own keys, by id of binding.
        lock_minutes: Minutes without a key until the lock; 0 for never.
    """

    CSS_PATH = "app.tcss"
    TITLE = "at-tui"
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "first"
    # Only for larger windows: a class set on the page makes every widget look for its styles anew.
    HORIZONTAL_BREAKPOINTS = [(100, "-wide")]
    VERTICAL_BREAKPOINTS = [(32, "-tall")]
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+q", "quit", "app.quit", show=False, priority=True),
        bind("f9", "next_theme", "app.theme", show=False),
    ]

    def __init__(
        self,
        database: Path,
        *,
        on: date | None = None,
        clock: Callable[[], datetime] | None = None,
        ahead: Ahead | None = None,
        locked: bool = False,
        choose: bool = False,
        store: Store | None = None,
        author: str = "",
        first: Screen[Any] | None = None,
        theme_name: str = "",
        keys: Mapping[str, str] | None = None,
        lock_minutes: int = 0,
    ) -> None:
        super().__init__()
        self.database = database
        self.lock_minutes = lock_minutes
        self.author = author
        self.crash: Exception | None = None
        """What ended the programme, when it was no one's wish."""
        self.fault: Fault | None = None
        """What ended the programme, when the user is to be told in a sentence."""
        self.key: bytes | None = None
        """Opens the file; None when it is not encrypted, or not open yet."""
        self._ahead = ahead
        self._locked = locked
        self._choose = choose
        self._on = on
        self._clock = clock or datetime.now
        self._store = store
        self._first = first
        self._demo_folder: TemporaryDirectory[str] | None = None
        self._waiting: Way | None = None
        self.records_opened: Signal[Store] = Signal(self, "records_opened")
        """Published when the records are open."""
        self.dress(theme_name)
        if keys:
            self.set_keymap(keys)
        # As a mode, since Textual loads no style sheet of a default screen.
        self.add_mode("first", self._first_page)

    def on_mount(self) -> None:
        """Show the first page, which has come to stand while nothing was painted."""
        if isinstance(self.screen, Page):
            self.screen.paint_now()

    # What screens ask for (screens/desk.py)

    # What comes behind the first rows is loaded then: 2 ms each.

    @cached_property
    def foreread(self) -> Foreread:
        """What is read before its page is opened."""
        from screens.foreread import Foreread

        return Foreread()

    @cached_property
    def judging(self) -> JudgingApart:
        """The process that judges everyone."""
        from at_tui.judging_apart import JudgingApart

        return JudgingApart()

    @property
    def store(self) -> Store:
        """The open records."""
        if self._store is None:
            raise RuntimeError("the records are not open yet")
        return self._store

    @property
    def is_open(self) -> bool:
        """Whether the records are open."""
        return self._store is not None

    @property
    def today(self) -> date:
        """The day it is."""
        return self._on or self._clock().date()

    def now(self) -> datetime:
        """Return the local time."""
        return self._clock()

    def say(self, words: str | Content, severity: Severity = "information") -> None:
        """Show a passing message; text from outside is safe in it."""
        plain = words.plain if isinstance(words, Content) else clean(words)
        self.notify(plain, severity=severity, markup=False, timeout=4)

    def save_toast(self, what: str = "") -> None:
        """Say that something has been saved, after the unit of work has ended."""
        self.notify(clean(what) or text("app.save_toast"), markup=False, timeout=2)

    def go(self, make: Way) -> None:
        """Show the page that `make` makes or leads to, as soon as the records are open."""
        if self._store is None:
            self._waiting = make
            self._note(text("app.opening"))
            return
        page = make()
        if isinstance(page, Screen):
            self.push_screen(page)
        else:
            page.open(self)

    def _note(self, words: str) -> None:
        if isinstance(self.screen, Page):
            self.screen.note(words)

    # The way in

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

    def leave(self, fault: Fault) -> None:
        """End the programme with a sentence for the user."""
        self.fault = fault
        # Not in the middle of laying out a page: it would be mounted on nothing.
        self.call_after_refresh(self.exit, fault.exit_code)

    def on_resize(self, event: events.Resize) -> None:
        """Say in words that the window is too small, until it is large enough again."""
        too_small = event.size.width < COLUMNS or event.size.height < ROWS
        if too_small and not isinstance(self.screen, Small):
            self.push_screen(Small())
        elif not too_small and isinstance(self.screen, Small):
            self.pop_screen()

    def on_unmount(self) -> None:
        """Close the records with the programme."""
        self.close_records()
        if self._demo_folder is not None:
            self._demo_folder.cleanup()

    # Actions

    async def action_quit(self) -> None:
        """End the programme; what is being typed is kept as drafts first."""
        self.keep_drafts()
        self.exit(0)

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever presses ctrl+c, which copies."""
        self.say(text("app.how_to_quit"))

    def _fatal_error(self) -> None:
        """End without Textual's traceback: it prints local variables, which hold people's text.

        The front door writes the crash report from `crash`.
        """
        error: BaseException | None = self._exception
        if isinstance(error, WorkerFailed):
            error = error.error  # what failed in it, and where
        self.crash = error if isinstance(error, Exception) else None
        self._close_messages_no_wait()


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
