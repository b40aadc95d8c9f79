"""Exportera: which lists, in what form, to which folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from at_tui import settings
from at_tui.interchange.lists import COLUMNS, FREE_TEXT, NAMES, heading
from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe, safe_note
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from at_tui.interchange.lists import ExportList

XLSX, CSV, JSON = "xlsx", "csv", "json"
_WITH, _WITHOUT = "with", "without"


class ExportLists(Page[None]):
    """The lists with their columns; F2 writes the marked ones."""

    AREA = "export_lists"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ExportLists .line { height: 1; margin: 0 1 0 3; }
    ExportLists #form-line { margin: 1 1 0 3; }
    ExportLists .label { width: 14; color: $text-muted; }
    ExportLists #warning { height: auto; padding: 1 3 1 3; color: $warning; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("space", "mark", "export_lists.choose"),
        bind("a", "all", "export_lists.all"),
        bind("f2,ctrl+s", "write", "export_lists.write"),
        bind("f", "fields", "export_lists.fields"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out form, folder and free text over the lists."""
        forms = [Option(name, text(f"export_lists.form.{name}")) for name in (XLSX, CSV, JSON)]
        notes = [Option(name, text(f"export_lists.notes.{name}")) for name in (_WITHOUT, _WITH)]
        with Horizontal(classes="line", id="form-line"):
            yield Static(text("export_lists.form_label"), classes="label", markup=False)
            yield ChoiceField(forms, XLSX, optional=False, id="form")
        with Horizontal(classes="line"):
            yield Static(text("export_lists.folder"), classes="label", markup=False)
            yield Input(str(settings.documents_folder()), compact=True, id="folder")
        with Horizontal(classes="line"):
            yield Static(text("export_lists.notes_label"), classes="label", markup=False)
            yield ChoiceField(notes, _WITHOUT, optional=False, id="notes")
        yield Static(id="warning", markup=False)
        columns = [Column(width=20, wide=24), Column(width=50, grow=1)]
        yield Picker(columns, type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Show the lists, all of them marked."""
        self.set_title(text("export_lists.title"))
        picker = self.query_one(Picker)
        picker.show([_row(name) for name in NAMES])
        picker.rows.marked = set(NAMES)
        picker.focus()
        self._warn()

    @on(Input.Changed, "#folder")
    def _warn(self) -> None:
        """Say what to know of the folder."""
        from at_tui.interchange.landing import warnings

        words = "\n".join(warnings(self._folder / "x"))
        self.query_one("#warning", Static).update(safe_note("! " + words))

    @property
    def _folder(self) -> Path:
        return Path(self.query_one("#folder", Input).value.strip() or ".").expanduser()

    # Keys

    def action_mark(self) -> None:
        """Take the row, or leave it."""
        self.query_one(Picker).rows.toggle_mark()

    def action_all(self) -> None:
        """Take all rows, or none when all are taken."""
        rows = self.query_one(Picker).rows
        rows.marked = set() if rows.marked == set(NAMES) else set(NAMES)
        rows.show(rows.rows)

    def action_fields(self) -> None:
        """Go to the form of the files."""
        self.query_one("#form", ChoiceField).focus()

    @on(Input.Submitted)
    def _to_lists(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Picker).focus()

    def action_write(self) -> None:
        """Write the marked lists, in a thread."""
        marked = self.query_one(Picker).rows.marked
        if self._busy:
            return
        if not marked:
            self.desk.say(text("export_lists.nothing_chosen"), "warning")
            return
        form = self.query_one("#form", ChoiceField).value
        notes = self.query_one("#notes", ChoiceField).value == _WITH
        folder = self._folder
        self._busy = True
        self.run_worker(
            lambda: self._write(form, folder, set(marked), notes), thread=True, name="export"
        )

    def _write(self, form: str, folder: Path, names: set[str], notes: bool) -> None:
        from at_tui.interchange.lists import lists_of

        def told(name: str) -> None:
            words = text("export_lists.reading", name=text(f"export.list.{name}"))
            self.app.call_from_thread(self.note, words)

        try:
            with self.store.read() as work:
                found = lists_of(work, names=names, notes=notes, told=told)
            paths = _written(form, folder, found, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._ended, say(fault), "error")
            return
        where = paths[0] if len(paths) == 1 else paths[0].parent
        rows = sum(len(one.rows) for one in found)
        words = text("export_lists.written", rows=rows, folder=where)
        self.app.call_from_thread(self._ended, words)

    def _ended(self, words: str, severity: Any = "information") -> None:
        self._busy = False
        self.note("")
        self.desk.say(words, severity)


def _written(form: str, folder: Path, found: list[ExportList], today: Any) -> list[Path]:
    """Write the lists and return the paths.

    Raises:
        Fault: `print.not_written`; a file is whole or not there.
    """
    from at_tui.interchange import list_files
    from at_tui.printing import file_name, write_document

    words = text("export_lists.file")
    if form == CSV:
        inside = folder / f"{words} {today.isoformat()}"
        return [
            write_document(inside, file_name(one.title, ending="csv"), list_files.csv_of(one))
            for one in found
        ]
    name = file_name(words, today.isoformat(), ending=form)
    made = list_files.xlsx_of(found) if form == XLSX else list_files.json_of(found, on=today)
    return [write_document(folder, name, made)]


def _row(name: str) -> Row:
    columns = ", ".join(heading(one) for one in COLUMNS[name] if one not in FREE_TEXT)
    title = safe(text(f"export.list.{name}"), "bold")
    return Row(name, (title, safe(columns, "$text-muted")))
