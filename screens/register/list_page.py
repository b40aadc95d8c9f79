"""What the two lists of the register share: keys, those retired, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from at_tui.language import text
from screens import ways
from screens.dates import full
from screens.register.reading import RegisterPage
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row


class RegisterList(RegisterPage):
    """A row for each in the register: those in use, or also those retired."""

    WORDS: ClassVar[str] = ""
    """Where the catalogue has its words: title, title_all, help, empty and count."""
    BINDINGS: ClassVar[list[Any]] = [
        bind("f4", "new", "register.new"),
        bind("f5", "gaps", "register.gaps"),
        bind("f6", "everyone", "register.everyone"),
        bind("f9", "print", "register.print"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.everyone = False
        """Whether those retired are shown too."""

    def columns(self) -> list[Column]:
        """Return the columns."""
        raise NotImplementedError

    def rows(self) -> Iterator[Row]:
        """Return a row for each that is to be shown."""
        raise NotImplementedError

    def way_to(self, id: str) -> Screen[Any]:
        """Return the page of one."""
        raise NotImplementedError

    def way_to_new(self) -> Screen[Any]:
        """Return the form of a new one."""
        raise NotImplementedError

    def write(self, folder: Path) -> Path:
        """Write the list as a file and return where it lies."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(self.columns())

    def on_mount(self) -> None:
        """Say that it is being read."""
        self.set_title(text(f"{self.WORDS}.title"), full(self.today))
        self.query_one(Picker).show([Row("", (safe(text("app.opening"), "$text-muted"),))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what the list is."""
        return text(f"{self.WORDS}.help").strip()

    def show(self) -> None:
        """Fill the list."""
        title = "title_all" if self.everyone else "title"
        self.set_title(text(f"{self.WORDS}.{title}"), full(self.today))
        rows = list(self.rows())
        self.query_one(Picker).show(rows, empty=safe(text(f"{self.WORDS}.empty")))
        self.note(safe(text(f"{self.WORDS}.count", count=len(rows)), "$text-muted"))

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the one chosen."""
        event.stop()
        if event.row_id:
            chosen = event.row_id
            self.desk.go(lambda: self.way_to(chosen))

    def action_new(self) -> None:
        """Add one."""
        self.desk.go(self.way_to_new)

    def action_gaps(self) -> None:
        """Show what lacks."""
        self.desk.go(ways.gaps)

    def action_everyone(self) -> None:
        """Show those retired too, or leave them out again."""
        self.everyone = not self.everyone
        if self.is_read:
            self.show()

    def action_print(self) -> None:
        """Write the list as a file."""
        if self.is_read:
            title = text("register.file.asked")
            self.app.push_screen(PrintDialog(title, notes=False), self._write)

    def _write(self, choice: PrintChoice | None) -> None:
        if choice is not None:
            folder = choice.folder
            self.written("register.file.printed", lambda: self.write(folder))
