"""What the application does by itself to keep copies, and to put one back.

A copy is made every day that the programme is used, behind the first page; how old the newest
good one is stands at the end of that page's last line.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.signal import Signal

from at_tui.language import say, text
from schema.fault import Fault
from schema.text import clean
from screens.dates import clock, near
from screens.desk import Severity, Way
from screens.guard import Guarded
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from at_tui.copies import Newest
    from at_tui.judging_apart import JudgingApart
    from data.backup import Backup
    from data.store import Store
    from data.window import Window
    from screens.foreread import Foreread

SOON = 2.0
"""Seconds from the opening of the records to the day's copy: the first page comes first."""
HOUR = 3600.0
WATCH = 5.0
"""Seconds between two looks at whether another window has taken over."""


class Keeping(Guarded):
    """The part of the application that keeps copies, and shows the pages about keeping."""

    BINDINGS: ClassVar[list[Any]] = [
        bind("f3", "menu", "app.menu", show=False),
        bind("f8", "history", "app.history", show=False),
        bind("f10", "settings", "app.settings", show=False),
        bind("f11", "backups", "app.backups", show=False),
    ]

    database: Path
    records_opened: Signal[Store]
    _store: Store | None
    _told_of: str = ""
    _window: Window | None = None
    """This window's claim to the file, from when it was opened here."""
    _wrote = False
    """Whether this window was the one that writes when it last looked."""

    if TYPE_CHECKING:

        @property
        def foreread(self) -> Foreread: ...
        @property
        def judging(self) -> JudgingApart: ...
        @property
        def today(self) -> date: ...

        def say(self, words: str | Content, severity: Severity = "information") -> None: ...
        def go(self, make: Way) -> None: ...
        def _note(self, words: str) -> None: ...
        def leave(self, fault: Fault) -> None: ...
        def opened(self, store: Store, author: str) -> None: ...
        async def _only(self, make: Callable[[], Screen[Any]]) -> None: ...

    def on_mount(self) -> None:
        """Copy when the records have been opened, and look every hour for a day without a copy."""
        self.records_opened.subscribe(self, self._records_open)
        self.set_interval(HOUR, self.copy_daily)
        self.set_interval(WATCH, self.watch_window)

    def _records_open(self, store: Store) -> None:
        self.set_timer(SOON, self.copy_daily)
        self._wrote = not store.read_only
        self.say_waiting()
        self._ask_window()

    def say_waiting(self) -> None:
        """Say what was being written when the programme last ended."""
        from at_tui.waiting import waiting

        with contextlib.suppress(Fault), self.store.read() as work:
            drafts = waiting(work)
            if not drafts:
                return
            last = drafts[0]
            at = last.at.astimezone()
            what = text("waiting.about", what=last.what, name=last.name) if last.name else last.what
            when = f"{near(at.date(), self.today)} {clock(at)}"
            key = "waiting.one" if len(drafts) == 1 else "waiting.more"
            words = text(key, what=what, when=when, count=len(drafts))
            self.notify(clean(words), markup=False, timeout=12)

    # The file, and who writes in it

    def open_file(self, key: bytes | None) -> Store:
        """Open the records, as the window that writes if no other does; in a thread.

        Raises:
            Fault: `store.*`.
        """
        from data.opening import open_store
        from data.window import Window

        self._window = Window(self.database)
        try:
            return open_store(self.database, key, window=self._window)
        except BaseException:
            self._close_window()
            raise

    def close_records(self) -> None:
        """Close the file, and give the claim to it up."""
        if self._store is not None:
            self._store.close()
            self._store = None
        self.foreread.forget()
        judging: JudgingApart | None = self.__dict__.pop("judging", None)
        if judging is not None:  # the next records get one of their own
            judging.stop()
        self._close_window()

    def _close_window(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window = None

    def _ask_window(self) -> None:
        """Say that another window has the records open, and let the user choose."""
        other = self._window.other() if self._window is not None else None
        if other is None:
            return
        at = other.since.astimezone()
        since = f"{near(at.date(), self.today)} {clock(at)}"
        self._ask_who("keeping.other_title", text("window.other", since=since))

    def _ask_who(self, title: str, more: str) -> None:
        from screens.widgets.confirm import Confirm  # brings Textual's button: rarely asked

        yes, no = text("window.take_over"), text("window.read_here")
        self.push_screen(Confirm(text(title), more, yes=yes, no=no), self._chosen)

    def _chosen(self, take_over: bool | None) -> None:
        if take_over and self._window is not None:
            self._window.take_over()
            self.say(text("window.now_mine"))
            self._note("")
        else:
            self._note(text("window.reading"))

    def watch_window(self) -> None:
        """Say it when another window has taken over."""
        if not self.is_open or self._window is None or self.locked:
            return
        mine = not self.store.read_only
        if self._wrote and not mine:
            self._ask_who("keeping.taken_title", text("window.taken_over"))
        self._wrote = mine

    # The daily copy

    def copy_daily(self) -> None:
        """Make today's copy where there is none, in a thread. What the demo invents is not kept."""
        if self.is_open and not self.store.demo and not self.store.read_only:
            self.run_worker(self._copy_daily, thread=True, name="copy", group="copy")

    def _copy_daily(self) -> None:
        from at_tui.copies import newest, second_place
        from data import backup

        now, second = datetime.now(UTC), second_place()
        faults: list[Fault] = []
        try:
            faults = backup.daily(self.database, self.key, now, second=second).faults
            last = newest(self.database, self.key, datetime.now(UTC), second)
        except (Fault, OSError) as error:
            # The next hour tries again; how old the newest copy is stands on the first page.
            faults.append(error if isinstance(error, Fault) else Fault("store.backup_failed"))
            last = None
        self.call_from_thread(self._copied, faults, last)

    def _copied(self, faults: list[Fault], last: Newest | None) -> None:
        words = "\n".join(say(fault) for fault in faults)
        if words and words != self._told_of:
            self.say(words, "warning")
        self._told_of = words
        if last is not None:
            self.show_newest(last)

    def show_newest(self, last: Newest) -> None:
        """Show on the first page how old the newest good copy is."""
        from screens.today import Today

        for stack in self._screen_stacks.values():
            for page in stack:
                if isinstance(page, Today) and page.is_mounted:
                    page.note(note_of(last))

    # Putting a copy back

    def put_back(self, copy: Backup, key: bytes | None) -> None:
        """Put a copy in the place of the records, and begin anew with it.

        Args:
            copy: Which one.
            key: Opens it.
        """
        self.keep_drafts()
        self.close_records()
        self.run_worker(lambda: self._put_back(copy, key), thread=True, name="put back")

    def _put_back(self, copy: Backup, key: bytes | None) -> None:
        from data import backup, window

        fault: Fault | None = None
        kept: Backup | None = None
        try:
            if window.status(self.database) is not None:
                raise Fault("backup.open_elsewhere", path=str(self.database))
            kept = backup.restore(self.database, copy.path, key)
        except Fault as refused:
            fault = refused
            key = self.key
        try:
            store = self.open_file(key)
            with store.read() as work:
                owner = work.fact("owner_id")
        except Fault as refused:
            self.call_from_thread(self.leave, refused)
            return
        self.key = key
        self.call_from_thread(self._was_put_back, store, owner, fault, copy, kept)

    def _was_put_back(
        self, store: Store, owner: str, fault: Fault | None, copy: Backup, kept: Backup | None
    ) -> None:
        from screens.backups import moment
        from screens.today import Today

        self._store, self.author = store, owner
        if fault is not None:
            self.say(say(fault), "error")
            page = self.screen
            if isinstance(page, Page):
                page.note("")
            return
        self.call_later(self._only, Today)
        self.call_later(self.opened, store, owner)
        words = text("backups.restored", at=moment(copy.at))
        if kept is not None:
            words += "\n" + text("backups.kept", name=kept.path.name)
        self.notify(words, markup=False, timeout=15)

    # Pages

    def action_menu(self) -> None:
        """Show the menu."""
        from screens.menu import Menu

        self._page(Menu)

    def action_backups(self) -> None:
        """Show the copies."""
        from screens.backups import Backups

        self._page(Backups)

    def action_settings(self) -> None:
        """Show the settings."""
        from screens.settings import SettingsPage

        self._page(SettingsPage)

    def _page(self, kind: type[Screen[Any]]) -> None:
        # Once is enough, however it was reached.
        if self._may_go and not any(isinstance(page, kind) for page in self.screen_stack):
            self.go(kind)

    @property
    def _may_go(self) -> bool:
        """Whether the file is open, or is being opened behind the first page: a page that is asked
        for then is shown as soon as it can be."""
        from screens.today import Today

        return self.is_open or isinstance(self.screen, Today)

    def action_history(self) -> None:
        """Show the life of the record that the page is about."""
        from screens.life import LifePage

        page = self.screen
        if self.is_open and isinstance(page, Page) and (record := page.record_of_focus()):
            self.go(lambda: LifePage(record))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what the page has no record for."""
        if action == "history":
            page = self.screen
            return not self.locked and isinstance(page, Page) and bool(page.record_of_focus())
        if action in ("settings", "backups", "menu"):
            return not self.locked and self._may_go
        return super().check_action(action, parameters)


def note_of(last: Newest) -> Content:
    """Return the newest copy's age in two words, with a warning when it is old."""
    if last.copy is None:
        return safe("! " + text("backups.note.none"), "$warning")
    hours = max(0, int(last.age.total_seconds() // HOUR))
    if last.old:
        return safe("! " + text("backups.note.old", days=hours // 24), "$warning")
    if hours < 1:
        words = text("backups.note.now")
    elif hours < 24:
        words = text("backups.note.hours", hours=hours)
    else:
        words = text("backups.note.days", days=hours // 24)
    return safe(words, "$text-muted")
