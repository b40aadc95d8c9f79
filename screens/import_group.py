"""Import a start group: which file, what it would add and what is wrong with it, then save."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from at_tui.language import say, text
from schema.fault import Fault
from schema.text import clean
from screens.import_rows import columns_of, counted, education_row, line, placement_row
from screens.text import safe, said
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.interchange.preview import ImportResult, Preview
    from at_tui.interchange.rows import Reading

ENDINGS = (".csv", ".xlsx", ".json")
MOST_FILES = 12
MOST_LOOKED_AT = 2000
"""Files looked at per folder: a desktop with more is not searched to its end."""
FOLDERS = (
    "Downloads", "Hämtningar", "Hämtade filer", "Documents", "Dokument", "Desktop", "Skrivbord",
)  # fmt: skip
MOST_LINES = 100
"""Faults and remarks shown at most."""


def candidates(*folders: Path) -> list[Path]:
    """Return files that may be imported, latest first."""
    found: dict[Path, float] = {}
    for folder in folders:
        try:
            for number, path in enumerate(folder.iterdir()):
                if number >= MOST_LOOKED_AT:
                    break
                if path.suffix.lower() in ENDINGS and path.is_file():
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: (-found[path], path.name))[:MOST_FILES]


def usual_folders() -> list[Path]:
    """Return where a start group's file usually lies."""
    here, home = Path.cwd(), Path.home()
    return [here, here / "docs" / "examples", *(home / name for name in FOLDERS)]


class ImportGroup(Page[int]):
    """Choose a file; dismissed with the number of records saved."""

    AREA = "import_group"
    CSS_PATH = "import_group.tcss"

    def body(self) -> ComposeResult:
        """Lay out the path and the files found."""
        with Horizontal(id="path"):
            yield Static(text("import_group.file"), classes="label", markup=False)
            yield _Path(compact=True)
        yield Static(safe(text("import_group.file_hint")), id="hint", markup=False)
        yield Static(id="problem", classes="problem", markup=False)
        yield Picker([Column(width=30, grow=1, most=50), Column(width=20, grow=1)], filters=False)

    def on_mount(self) -> None:
        """Look for files."""
        self.set_title(text("import_group.title"))
        picker = self.query_one(Picker)
        home = Path.home()
        rows = [heading(text("import_group.found"))]
        for path in candidates(*usual_folders()):
            where = str(path.parent)
            if path.is_relative_to(home):
                where = str(Path("~") / path.parent.relative_to(home))
            rows.append(Row(str(path), (path.name, safe(where, "$text-muted"))))
        if len(rows) == 1:
            rows.append(remark(text("import_group.none_found")))
        picker.show(rows)
        self.query_one(_Path).focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        typed = clean(event.value, one_line=True).strip("\"'")
        if typed:
            self.read(Path(typed).expanduser())

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Read the file."""
        event.stop()
        self.read(Path(event.row_id))

    def read(self, path: Path) -> None:
        """Read the file and show what it would add."""
        self.note(text("import_group.reading"))
        self.run_worker(lambda: self._read(path), thread=True, name="preview", exclusive=True)

    def _read(self, path: Path) -> None:
        try:
            preview = read_preview(self, path)
        except Fault as fault:
            self.app.call_from_thread(self._refused, fault)
            return
        self.app.call_from_thread(self._came, preview)

    def _refused(self, fault: Fault) -> None:
        self.note("")
        self.query_one("#problem", Static).update(safe("✗ " + say(fault)))

    def _came(self, preview: Preview) -> None:
        self.note("")
        self.query_one("#problem", Static).update("")
        self.app.push_screen(ImportPreview(preview), self._saved)

    def _saved(self, count: int | None) -> None:
        if count is not None:
            self.dismiss(count)


class _Path(Input):
    """The path; arrow down goes to the files that were found."""

    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "submit", "import_group.read"),
        bind("down", "to_files", "app.next", show=False),
    ]

    def action_to_files(self) -> None:
        """Go to the files that were found."""
        self.screen.query_one(Picker).focus()


def read_preview(page: Page[Any], path: Path, reading: Reading | None = None) -> Preview:
    """Return what the file at `path` would add to the open records; in a thread."""
    # Brings openpyxl with it for a workbook: 0.2 s, and only who imports pays it.
    from at_tui.interchange.preview import preview
    from at_tui.interchange.rows import GUESSED
    from data import sealed

    def unseal(content: bytes) -> bytes:
        if page.store.key is None:
            raise Fault("sealed.other", exit_code=3)
        return sealed.unseal(content, data_key=page.store.key)

    with page.store.read() as work:
        return preview(path, work, on=page.today, reading=reading or GUESSED, unseal=unseal)


class ImportPreview(Page[int]):
    """What a file would add, and what is wrong with it; F2 saves all or nothing.

    Args:
        preview: What was read.
    """

    AREA = "import_group"
    CSS_PATH = "import_group.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "save", "import_group.save"),
        bind("f5", "again", "import_group.again"),
        bind("f6", "columns", "import_group.columns"),
    ]

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out counts and rows."""
        with Vertical(id="summary"):
            yield Static(id="counts", markup=False)
            yield Static(id="advice", markup=False)
        yield Picker(columns_of(self._preview.form), enter=False)

    def on_mount(self) -> None:
        """Show what was read."""
        self._show()
        self.query_one(Picker).focus()

    def _show(self) -> None:
        found = self._preview
        self.set_title(text("import_group.title"), safe(found.path.name, "$text-muted"))
        parts = counted(found)
        nothing = "import_group.nothing_new" if found.ok else "import_group.nothing_read"
        counts = safe(parts or text(nothing), "bold")
        self.query_one("#counts", Static).update(counts)
        if found.ok:
            advice = said("import_group.ready", "$text-muted") if parts else Content("")
        else:
            advice = said("import_group.not_ready", "$error", count=len(found.problems))
        self.query_one("#advice", Static).update(advice)
        picker = self.query_one(Picker)
        picker.show(self._rows())
        # Over faults and remarks, titles of columns would belong to nothing.
        picker.show_header(not (found.problems or found.notes))
        self.refresh_bindings()

    def _rows(self) -> Iterable[Row]:
        found = self._preview
        rows: list[Row] = []
        if found.problems:
            rows.append(heading(text("import_group.faults")))
            rows += [line(f"fault:{n}", p.sentence, "✗", "$error")
                     for n, p in enumerate(found.problems[:MOST_LINES])]  # fmt: skip
        if found.notes:
            rows.append(heading(text("import_group.notes")))
            rows += [line(f"note:{n}", p.sentence, "!", "$warning")
                     for n, p in enumerate(found.notes[:MOST_LINES])]  # fmt: skip
        if found.rows or found.lessons:
            if rows:
                rows.append(heading(text("import_group.rows")))
            rows += [placement_row(n, row) for n, row in enumerate(found.rows)]
            rows += [education_row(n, row) for n, row in enumerate(found.lessons)]
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Save only what can be saved."""
        if action == "columns":
            return getattr(self._preview.source, "table", None) is not None
        if action == "save":
            return self._preview.ok and bool(sum(self._preview.added.values()))
        return True

    def action_again(self) -> None:
        """Read the file again: it has been mended."""
        self.note(text("import_group.reading"))
        self.run_worker(self._again, thread=True, name="preview", exclusive=True)

    def _again(self) -> None:
        try:
            found = read_preview(self, self._preview.path, self._preview.reading)
        except Fault as fault:
            self.app.call_from_thread(self._failed, fault)
            return
        self.app.call_from_thread(self._came, found)

    def _came(self, found: Preview) -> None:
        other = found.form != self._preview.form
        self._preview = found
        self.note("")
        if other:
            self.call_later(self._redraw)
        else:
            self._show()

    async def _redraw(self) -> None:
        """Lay the page out for another kind of file."""
        await self.recompose()
        self._show()
        self.query_one(Picker).focus()

    def action_columns(self) -> None:
        """Say what the columns mean, where the guess is wrong; the file is then read anew."""
        from screens.import_columns import ColumnsPage

        def chosen(reading: Reading | None) -> None:
            if reading is not None:
                self._preview = replace(self._preview, reading=reading)
                self.action_again()

        self.app.push_screen(ColumnsPage(self._preview), chosen)

    def action_save(self) -> None:
        """Save, in a thread: a large file takes seconds."""
        if not self._busy:
            self._busy = True
            self.note(text("import_group.saving"))
            self.run_worker(self._save, thread=True, name="import")

    def _save(self) -> None:
        from at_tui.interchange.preview import apply

        try:
            result = apply(self.store, self._preview, self.author, on=self.today)
        except Fault as fault:
            self.app.call_from_thread(self._failed, fault)
            return
        self.app.call_from_thread(self._done, result)

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        self.note("")
        self.query_one("#advice", Static).update(safe("✗ " + say(fault), "$error"))

    def _done(self, result: ImportResult) -> None:
        count = sum(result.added.values())
        self.desk.save_toast(text("import_group.added", count=count))
        self.dismiss(count)
