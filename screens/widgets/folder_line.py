"""Which folder a file is to lie in, as every dialog that writes one asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from at_tui import settings
from at_tui.language import text
from screens.text import safe


def folder_line() -> ComposeResult:
    """Lay out the question, and below it what is said of what is no folder."""
    with Horizontal():
        yield Static(safe(text("trainee.folder")), classes="label", markup=False)
        yield Input(str(settings.documents_folder()), compact=True, id="folder")
    yield Static(classes="problem", markup=False)


def folder_in(dialog: Screen[Any]) -> Path | None:
    """Return the folder that is typed, or say that there is none and return None."""
    typed = dialog.query_one("#folder", Input)
    folder = Path(typed.value.strip()).expanduser()
    if typed.value.strip() and not folder.is_file():
        return folder
    problem = dialog.query_one(".problem", Static)
    problem.display = True
    problem.update(safe("✗ " + text("trainee.no_folder")))
    typed.focus()
    return None
