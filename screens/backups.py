"""The copies of the records: how old the last one is, make one, put one back, check the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from at_tui.copies import Newest, second_place
from at_tui.language import has, say, text
from schema.fault import Fault
from screens.dates import clock, full
from screens.text import safe, safe_note
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from data.backup import Backup
    from data.verify import Finding

MOST_FINDINGS = 8


class Keeper(Protocol):
    """What the application does with copies (`screens/keeping.py`)."""

    def put_back(self, copy: Backup, key: bytes | None) -> None:
        """Put a copy in the place of the records."""

    def show_newest(self, last: Newest) -> None:
        """Show on the first page how old the newest good copy is."""


class Backups(Page[None]):
    """The copies, newest first."""

    AREA = "backups"
    DEFAULT_CSS = """
    Backups #state { height: auto; padding: 1 1 0 3; }
    Backups #second { height: auto; padding: 0 1 1 3; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "restore", "backups.restore"),
        bind("n", "copy", "backups.copy"),
        bind("a", "place", "backups.place"),
        bind("v", "check", "backups.check"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._copies: dict[str, Backup] = {}
        self._checking: Worker[None] | None = None
        self._busy = False
        self._broken: Content | None = None
        """What the check has found."""

    def body(self) -> ComposeResult:
        """Lay out how it stands, and the list."""
        yield Static(id="state", markup=False)
        yield Static(id="second", markup=False)
        columns = [
            Column(text("backups.time"), width=22),
            Column(text("backups.why"), width=20),
            Column(text("backups.size"), width=9, right=True),
            Column(text("backups.place"), width=14, grow=1),
        ]
        yield Picker(columns, type_to_filter=False, enter=False, filters=False)

    def on_mount(self) -> None:
        """Read the folders."""
        self.set_title(text("backups.title"), self.desk.database.name)
        self.query_one(Picker).focus()
        self.read()

    # What there is

    def read(self) -> None:
        """Read the folders, in a thread: a stick may be slow."""
        self.run_worker(self._read, thread=True, exclusive=True, group="read", name="copies")

    def _read(self) -> None:
        from at_tui.copies import newest
        from data import backup

        second, database = second_place(), self.desk.database
        found: list[tuple[Backup, int]] = []
        for copy in backup.everywhere(database, second=second):
            try:
                found.append((copy, copy.size))
            except OSError:  # the rule let it go meanwhile
                continue
        last = newest(database, self.desk.key, datetime.now(UTC), second)
        self.app.call_from_thread(self._show, found, last, second)

    def _show(self, found: list[tuple[Backup, int]], last: Newest, second: Path | None) -> None:
        from data.backup import folder_of

        if not self.is_mounted:
            return
        self._copies = {str(copy.path): copy for copy, _ in found}
        here = folder_of(self.desk.database)
        rows = [_row(copy, size, here) for copy, size in found]
        self.query_one(Picker).show(rows, empty=text("backups.none"))
        self.query_one("#state", Static).update(self._broken or _state(last))
        self.query_one("#second", Static).update(safe(self._place_words(second)))
        cast(Keeper, self.app).show_newest(last)
        self.refresh_bindings()

    def _place_words(self, second: Path | None) -> str:
        if self.desk.is_open and self.store.demo:
            return text("backups.demo")
        if second is None:
            return text("backups.no_second")
        key = "backups.second" if second.is_dir() else "backups.second_away"
        return text(key, path=second)

    # Making one

    def action_copy(self) -> None:
        """Copy now, in both places."""
        if not self._busy:
            self._begin(text("backups.copying"))
            self.run_worker(self._copy, thread=True, name="copy")

    def _copy(self) -> None:
        from data import backup

        database, key, second = self.desk.database, self.desk.key, second_place()
        words, severity = text("backups.copied"), "information"
        try:
            backup.make(database, key, backup.Why.MANUAL)
            if second is not None:
                if not second.is_dir():
                    raise Fault("backup.no_second_place", path=str(second))
                folder = backup.second_folder(second, database, key)
                backup.make(database, key, backup.Why.MANUAL, folder=folder)
        except Fault as fault:
            words, severity = say(fault), "error"
        self.app.call_from_thread(self._ended, words, severity)

    def _begin(self, words: str) -> None:
        self._busy = True
        self.note(words)
        self.refresh_bindings()

    def _ended(self, words: str, severity: Any = "information") -> None:
        self._busy = False
        if self.is_mounted:
            self.note("")
            self.refresh_bindings()
            self.read()
        self.desk.say(words, severity)

    # Putting one back

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Put the copy back (a click)."""
        event.stop()
        self.action_restore()

    def action_restore(self) -> None:
        """Ask whether the copy is to be put back."""
        copy = self._copies.get(self.query_one(Picker).selected or "")
        if copy is None or self._busy:
            return
        at = moment(copy.at)

        def answered(yes: bool | None) -> None:
            if yes:
                self._unlock(copy)

        self.app.push_screen(
            Confirm(
                text("backups.restore", at=at),
                text("backups.restore_more", at=at),
                yes=text("backups.restore_yes"),
                no=text("backups.restore_no"),
            ),
            answered,
        )

    def _unlock(self, copy: Backup) -> None:
        """Find the copy's key; ask for its passphrase when it is another than the file's."""
        from data import driver, keys, places

        its, mine = places.key_file(copy.path), places.key_file(self.desk.database)
        if driver.file_state(copy.path) is driver.FileState.PLAIN:
            self._put_back(copy, None)
        elif self.desk.key is not None and (not its.exists() or keys.same(mine, its)):
            self._put_back(copy, self.desk.key)
        else:
            from screens.passphrase import AskPassphrase

            more = text("backups.passphrase_more", at=moment(copy.at))

            def given(key: bytes | None) -> None:
                if key is not None:
                    self._put_back(copy, key)

            self.app.push_screen(AskPassphrase(its, text("backups.passphrase"), more), given)

    def _put_back(self, copy: Backup, key: bytes | None) -> None:
        self._begin(text("backups.restoring"))
        cast(Keeper, self.app).put_back(copy, key)

    # The second place

    def action_place(self) -> None:
        """Name a second place."""
        from screens.settings_fields import PlaceDialog

        def named(_: bool | None) -> None:
            self.read()

        self.app.push_screen(PlaceDialog(), named)

    # The check

    def action_check(self) -> None:
        """Check the whole file."""
        if not self._busy:
            self._begin(text("backups.check.engine"))
            self._checking = self.run_worker(self._check, thread=True, name="verify")

    def _check(self) -> None:
        from data.verify import verify

        worker = get_current_worker()

        def told(step: str) -> None:
            if worker.is_cancelled:
                raise Fault("backups.stopped")
            self.app.call_from_thread(self.note, text(f"backups.check.{step}"))

        try:
            found = verify(self.store, told)
        except Fault as fault:
            self.app.call_from_thread(self._ended, say(fault), "warning")
            return
        self.app.call_from_thread(self._checked, found)

    def _checked(self, found: list[Finding]) -> None:
        self._checking = None
        if not found:
            self._broken = None
            self._ended(text("backups.checked"))
            return
        lines = [text(f.code, where=f.where) for f in found[:MOST_FINDINGS]]
        if len(found) > MOST_FINDINGS:
            lines.append(text("backups.and_more", count=len(found) - MOST_FINDINGS))
        words = [text("backups.broken", count=len(found)), "", *lines]
        self._broken = safe_note("\n".join(words), "$error")
        self._ended(text("backups.broken", count=len(found)), "error")

    def action_back(self) -> None:
        """Stop the check; otherwise go back."""
        if self._checking is not None and self._checking.is_running:
            self._checking.cancel()
            self._checking = None
        elif not self._busy:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        if action == "restore":
            return bool(self._copies) and not self._busy
        return not self._busy if action in ("copy", "place", "check") else True


def moment(at: datetime) -> str:
    """Return e.g. `tis 24 nov 2026 14.02`, in local time."""
    local = at.astimezone()
    return f"{full(local.date())} {clock(local)}"


def _row(copy: Backup, size: int, here: Path) -> Row:
    key = f"backup.why.{copy.why}"
    why = text(key) if has(key) else copy.why
    place = text("backups.here") if copy.path.parent == here else str(copy.path.parent)
    return Row(str(copy.path), (moment(copy.at), why, _size(size), safe(place, "$text-muted")))


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def _state(last: Newest) -> Content:
    if last.copy is None:
        return safe("! " + text("backups.never"), "$warning")
    if last.old:
        return safe("! " + text("backups.old", days=last.age.days), "$warning")
    return safe("✓ " + text("backups.last", at=moment(last.copy.at)), "$success")
