"""Ask for a reason in a line, before something is corrected, voided or taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from at_tui.language import text
from schema.text import LINE, clean
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Dialog


class Reason(Dialog[str]):
    """A line of text that must not be empty; dismissed with it, or None.

        self.app.push_screen(Reason("Makulera mini-CEX?", "Den finns kvar att läsa."), self._voided)

    Args:
        title: What is about to be done, naming the thing.
        more: What happens then, and what does not.
        label: Words before the line.
        optional: Whether it may be empty.
    """

    DEFAULT_CSS = """
    Reason Static { height: auto; }
    Reason #more { margin-bottom: 1; }
    Reason #label { color: $accent; }
    Reason #fault { color: $error; display: none; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "done", "app.done", priority=True),
        bind("escape", "cancel", "app.cancel"),
    ]

    def __init__(
        self, title: str, more: str = "", *, label: str = "", optional: bool = False
    ) -> None:
        super().__init__(title)
        self._more, self._label, self._optional = more, label, optional

    def body(self) -> ComposeResult:
        """Lay out words and line."""
        if self._more:
            yield Static(safe_note(self._more), id="more", markup=False)
        yield Static(safe(self._label or text("app.reason")), id="label", markup=False)
        yield Input(compact=True, max_length=LINE)
        yield Static(id="fault", markup=False)

    def on_mount(self) -> None:
        """Take the focus."""
        self.set_focus(self.query_one(Input))

    def action_done(self) -> None:
        """Take the reason, or ask for one, after the letters that were typed before."""
        self.query_one(Input).call_later(self._take)

    def _take(self) -> None:
        written = clean(self.query_one(Input).value, one_line=True)
        if written or self._optional:
            self.dismiss(written)
            return
        fault = self.query_one("#fault", Static)
        fault.update(safe("✗ " + text("app.reason_needed"), "$error"))
        fault.display = True
