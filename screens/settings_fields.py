"""Dialogs of single settings: a line, a folder, a number, a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, Static

from at_tui import settings
from at_tui.copies import check_place
from at_tui.language import say, text
from schema.fault import Fault
from schema.text import LINE, clean
from screens.text import safe, safe_note
from screens.widgets.keyline import key_name
from screens.widgets.keys import bind
from screens.widgets.page import Dialog


class LineDialog(Dialog[bool]):
    """One line of text; dismissed with True when it was taken, or None.

    Args:
        title: What it is.
        more: What it means.
        value: What it is now.
        take: Takes what was typed; raises a Fault that is shown.
    """

    DEFAULT_CSS = """
    LineDialog Static { height: auto; }
    LineDialog #more { margin-bottom: 1; color: $text-muted; }
    LineDialog #fault { color: $error; display: none; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "done", "app.done", priority=True),
        bind("escape", "cancel", "app.cancel"),
    ]

    def __init__(self, title: str, more: str, value: str, take: Callable[[str], None]) -> None:
        super().__init__(title)
        self._more, self._value, self._take = more, value, take

    def body(self) -> ComposeResult:
        """Lay out words and line."""
        yield Static(safe_note(self._more), id="more", markup=False)
        yield Input(clean(self._value, one_line=True), compact=True, max_length=LINE)
        yield Static(id="fault", markup=False)

    def on_mount(self) -> None:
        """Take the focus."""
        self.query_one(Input).focus()

    def action_done(self) -> None:
        """Take what is typed, or say what is wrong with it."""
        try:
            self._take(clean(self.query_one(Input).value, one_line=True))
        except Fault as fault:
            told = self.query_one("#fault", Static)
            told.update(safe_note("✗ " + say(fault)))
            told.display = True
            return
        self.dismiss(True)


class PlaceDialog(LineDialog):
    """The second place for copies."""

    def __init__(self) -> None:
        now = str(settings.load()["backup_folder"])
        super().__init__(text("backups.place_title"), text("backups.place_more"), now, self._place)

    def _place(self, typed: str) -> None:
        folder = str(check_place(typed)) if typed else ""
        settings.save({"backup_folder": folder})
        words = text("backups.place_saved", path=folder) if folder else text("backups.place_none")
        self.desk.say(words)


class KeyDialog(Dialog[str]):
    """Press the key that is to do it; dismissed with the key, with the empty string for the
    programme's own, or None.

    Args:
        words: What the key does.
        now: The keys it has now.
        taken: Returns what else a key does where this one works, or the empty string.
    """

    DEFAULT_CSS = """
    KeyDialog Static { height: auto; }
    KeyDialog #fault { color: $warning; margin-top: 1; }
    """

    def __init__(self, words: str, now: str, taken: Callable[[str], str]) -> None:
        super().__init__(words)
        self._now, self._taken = now, taken

    def body(self) -> ComposeResult:
        """Say what is waited for."""
        names = " ".join(key_name(key) for key in self._now.split(","))
        yield Static(safe_note(text("settings_page.press", now=names)), markup=False)
        yield Static(id="fault", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the key."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in ("delete", "backspace"):
            self.dismiss("")
        elif event.key in ("enter", "tab", "shift+tab", "up", "down", "left", "right", "space"):
            self._tell(text("settings_page.key_fixed", key=key_name(event.key)))
        elif other := self._taken(event.key):
            self._tell(text("settings_page.key_taken", key=key_name(event.key), other=other))
        else:
            self.dismiss(event.key)

    def _tell(self, words: str) -> None:
        self.query_one("#fault", Static).update(safe("! " + words))
