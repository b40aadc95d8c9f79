"""Kalenderfil: dates from today on as a file that a calendar reads, of one training or of all."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from at_tui import settings
from at_tui.interchange.calendar_dates import SORTS
from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import with_weekday
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

if TYPE_CHECKING:
    from at_tui.interchange.calendar_dates import Entry


class CalendarFile(Page[None]):
    """What kinds of dates there are; F2 writes the marked ones.

    Args:
        training_id: Whose; None for everybody in service.
    """

    AREA = "calendar"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CalendarFile #line { height: 1; margin: 1 1 0 3; }
    CalendarFile .label { width: 8; color: $text-muted; }
    CalendarFile #warning { height: auto; padding: 1 3 1 3; color: $warning; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("space", "mark", "calendar.choose"),
        bind("f2,ctrl+s", "write", "calendar.write"),
        bind("f", "folder", "calendar.folder"),
    ]

    def __init__(self, training_id: str | None = None) -> None:
        super().__init__()
        self._training_id = training_id
        self._entries: list[Entry] = []
        self._whose = ""

    def body(self) -> ComposeResult:
        """Lay out the folder over the kinds of dates."""
        with Horizontal(id="line"):
            yield Static(text("calendar.folder"), classes="label", markup=False)
            yield Input(str(settings.documents_folder()), compact=True, id="folder")
        yield Static(id="warning", markup=False)
        columns = [
            Column(width=24, wide=28),
            Column(width=7, right=True),
            Column(width=15, wide=18),
            Column(width=20, grow=1),
        ]
        yield Picker(columns, type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Read and judge in a thread."""
        self.set_title(text("calendar.title"))
        self._warn()
        self.query_one(Picker).focus()
        self.note(text("calendar.reading"))
        self.run_worker(self._read, thread=True, exclusive=True, name="dates")

    @on(Input.Changed, "#folder")
    def _warn(self) -> None:
        """Say what to know of the folder."""
        from at_tui.interchange.landing import warnings

        words = "\n".join(warnings(self._folder / "x"))
        self.query_one("#warning", Static).update(safe_note("! " + words))

    @property
    def _folder(self) -> Path:
        return Path(self.query_one("#folder", Input).value.strip() or ".").expanduser()

    def _read(self) -> None:
        from at_tui.interchange.calendar_dates import entries
        from schema.tables import Trainee, Training

        name, wanted = "", None
        try:
            with self.store.read() as work:
                if self._training_id is not None:
                    training = work.need(Training, self._training_id)
                    name, wanted = work.need(Trainee, training.trainee_id).name, {training.id}
                found = entries(work, on=self.today, training_ids=wanted)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self._show, name, found)

    def _show(self, name: str, found: list[Entry]) -> None:
        self._whose, self._entries = name, found
        self.note("")
        title = f"{name} · {text('calendar.title')}" if name else text("calendar.title")
        self.set_title(title)
        counts = Counter(one.sort for one in found)
        first = {one.sort: one for one in reversed(found)}
        rows = [heading(text("calendar.what"))]
        for sort in SORTS:
            if sort in counts:
                count = text("calendar.count", count=counts[sort])
                rows.append(self._row(sort, count, first[sort]))
        picker = self.query_one(Picker)
        empty = safe(text("calendar.nothing"))
        picker.show(rows if counts else [], empty=empty)
        picker.rows.marked = set(counts)
        self.refresh_bindings()

    def _row(self, sort: str, count: str, first: Entry) -> Row:
        return Row(
            sort,
            (
                safe(text(f"calendar.sort.{sort}"), "bold"),
                count,
                with_weekday(first.day, self.today),
                safe(first.title, "$text-muted"),
            ),
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        return bool(self._entries) if action in ("mark", "write") else True

    def action_mark(self) -> None:
        """Take the row, or leave it."""
        self.query_one(Picker).rows.toggle_mark()

    def action_folder(self) -> None:
        """Go to the folder."""
        self.query_one("#folder", Input).focus()

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Picker).focus()

    def action_write(self) -> None:
        """Write the file."""
        from at_tui.interchange.calendar_file import calendar_of
        from at_tui.printing import file_name, write_document

        marked = self.query_one(Picker).rows.marked
        chosen = [one for one in self._entries if one.sort in marked]
        if not chosen:
            self.desk.say(text("calendar.nothing_chosen"), "warning")
            return
        name = text("calendar.name_of", name=self._whose).strip()
        stamp = self.desk.now().astimezone(UTC).replace(microsecond=0)
        file = file_name(text("calendar.file"), self._whose, self.today.isoformat(), ending="ics")
        try:
            content = calendar_of(chosen, stamp=stamp, name=name)
            path = write_document(self._folder, file, content)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("calendar.written", count=len(chosen), path=path))
