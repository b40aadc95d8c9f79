"""The files of records in the data folder: several people on one computer have one each."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult

from at_tui.language import text
from data import driver, places
from schema.fault import Fault
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

NEW = "new"


class Files(Page[None]):
    """Choose a file; Enter opens it."""

    AREA = "unlock"

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker([Column(width=24, grow=1, most=40), Column(width=18)])

    def on_mount(self) -> None:
        """Fill the list."""
        self.set_title(text("unlock.files_title"), _shown(places.data_folder()))
        picker = self.query_one(Picker)
        picker.show([*[_row(path) for path in places.databases()], _new()])
        picker.select(str(self.desk.database))
        picker.focus()

    def help_text(self) -> str:
        """Return why there may be several."""
        return text("unlock.files_help")

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the file."""
        event.stop()
        if event.row_id == NEW:
            self.desk.use(free_path(places.data_folder()))
        else:
            self.desk.use(Path(event.row_id))


def free_path(folder: Path) -> Path:
    """Return a path in `folder` for a new file, where nothing lies."""
    number, path = 1, folder / places.DATABASE
    while path.exists():
        number += 1
        path = folder / f"at-{number}.db"
    return path


def _shown(folder: Path) -> str:
    """Return where the files lie, short where it is in the home folder."""
    home = Path.home()
    return str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)


def _row(path: Path) -> Row:
    try:
        plain = driver.file_state(path) is driver.FileState.PLAIN
        state = text("unlock.files_open" if plain else "unlock.files_locked")
    except Fault:
        state = text("unlock.files_unreadable")
    return Row(str(path), (path.name, safe(state, "$text-muted")))


def _new() -> Row:
    return Row(NEW, (safe("+ " + text("unlock.files_new"), "$accent"), ""))
