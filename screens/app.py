"""The application: what screens ask of it, who sits here, which colours, and how it ends."""

from __future__ import annotations

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

from at_tui.language import text
from schema.fault import Fault
from schema.text import clean
from screens.desk import Severity, Way
from screens.small import Small
from screens.way_in import WayIn
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from at_tui.ahead import Ahead
    from at_tui.judging_apart import JudgingApart
    from data.store import Store
    from screens.foreread import Foreread

COLUMNS, ROWS = 80, 24
"""Smallest screen that the pages are drawn for."""


class ATApp(WayIn):
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
        """Have the first page shown, which has come to stand while nothing was painted."""
        if isinstance(self.screen, Page):
            self.screen.paint_soon()

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

    # The way out

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
