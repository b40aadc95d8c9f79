"""Where a disclosure is to be written, and in which form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from at_tui.language import text
from screens.text import safe, safe_note
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.folder_line import folder_in, folder_line
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

_FORMS = {"html": "as_html", "txt": "as_text", "json": "dumped"}
"""Function of `at_tui.disclosure` by the ending of the file."""


@dataclass(frozen=True, slots=True)
class SaveChoice:
    """Folder to write to, and the file's ending."""

    folder: Path
    ending: str

    @property
    def function(self) -> str:
        """Name of the function of `at_tui.disclosure` that makes it."""
        return _FORMS[self.ending]


class SaveDialog(Dialog[SaveChoice]):
    """Dismissed with the choice, or None."""

    DEFAULT_CSS = """
    SaveDialog Horizontal { height: 1; margin-bottom: 1; }
    SaveDialog .label { width: 8; color: $text-muted; }
    SaveDialog .warning { height: auto; margin-bottom: 1; color: $warning; }
    SaveDialog .problem { height: auto; padding: 0 0 1 8; display: none; color: $error; }
    SaveDialog #save { margin-left: 8; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "save", "disclose.save")]

    def __init__(self) -> None:
        super().__init__(text("disclose.save_title"))

    def body(self) -> ComposeResult:
        """Lay out the question."""
        yield Static(safe_note(text("disclose.not_encrypted")), classes="warning", markup=False)
        yield from folder_line()
        with Horizontal():
            yield Static(safe(text("disclose.form")), classes="label", markup=False)
            options = [Option(name, text(f"disclose.form_word.{name}")) for name in _FORMS]
            yield ChoiceField(options, "html", optional=False, id="form")
        yield Button(safe(text("disclose.save_button")), id="save", compact=True)

    def on_mount(self) -> None:
        """Begin on the button: folder and form are usually right."""
        self.query_one("#save", Button).focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_save(self) -> None:
        """Take the choice; a file is no folder."""
        folder = folder_in(self)
        if folder is None:
            return
        self.dismiss(SaveChoice(folder, self.query_one("#form", ChoiceField).value or "html"))
