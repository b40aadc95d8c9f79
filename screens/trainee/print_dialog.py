"""Where a document is to be written, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from at_tui.language import text
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.folder_line import folder_in, folder_line
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

_WITH, _WITHOUT = "with", "without"


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Folder to write to, and whether a log holds the notes."""

    folder: Path
    notes: bool


class PrintDialog(Dialog[PrintChoice]):
    """Dismissed with the choice, or None.

    Args:
        title: What is printed.
        notes: Whether to ask about the notes.
        button: Words of the button; "Skriv ut" when empty.
    """

    DEFAULT_CSS = """
    PrintDialog Horizontal { height: 1; margin-bottom: 1; }
    PrintDialog .label { width: 14; color: $text-muted; }
    PrintDialog .problem { height: auto; padding: 0 0 1 14; display: none; }
    PrintDialog #print { margin-left: 14; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "print", "trainee.print")]

    def __init__(self, title: str, *, notes: bool, button: str = "") -> None:
        super().__init__(title)
        self._notes, self._button = notes, button or text("trainee.print_button")

    def body(self) -> ComposeResult:
        """Lay out the question."""
        yield from folder_line()
        if self._notes:
            with Horizontal():
                yield Static(text("trainee.notes"), classes="label", markup=False)
                yield ChoiceField(
                    [
                        Option(_WITH, text("trainee.notes_with")),
                        Option(_WITHOUT, text("trainee.notes_without")),
                    ],
                    _WITH,
                    optional=False,
                    id="notes",
                )
        yield Button(safe(self._button), id="print", compact=True)

    def on_mount(self) -> None:
        """Begin on the button: the folder is usually the same."""
        self.query_one("#print", Button).focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_print(self) -> None:
        """Take the choice; a file is no folder."""
        folder = folder_in(self)
        if folder is None:
            return
        notes = not self._notes or self.query_one("#notes", ChoiceField).value == _WITH
        self.dismiss(PrintChoice(folder, notes))
