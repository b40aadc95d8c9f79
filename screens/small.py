"""Shown while the window is too small for the pages."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.text import said


class Small(ModalScreen[None]):
    """A plain message with the size that is needed; keys go nowhere meanwhile."""

    DEFAULT_CSS = """
    Small { align: center middle; }
    Small Static { width: auto; max-width: 100%; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the message."""
        yield Static(id="small")

    def on_mount(self) -> None:
        """Write the message for the size the window has now."""
        self._write()

    def on_resize(self, event: events.Resize) -> None:
        """Write the message anew."""
        self._write()

    def _write(self) -> None:
        size = self.app.size
        words = said("app.small", columns=size.width, rows=size.height)
        self.query_one("#small", Static).update(words)
