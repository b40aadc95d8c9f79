"""Ask before something that cannot be undone, naming the thing."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from at_tui.language import text
from screens.text import safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Dialog


class Confirm(Dialog[bool]):
    """A question with two answers; dismissed with True or False.

        self.app.push_screen(Confirm("Ta bort placeringen?", f"{section}, {dates}"), self._answered)

    Args:
        question: What is asked, naming the thing; the dialog's title.
        more: What happens then, and what does not.
        yes: Words of the button that does it.
        no: Words of the button that does not.
    """

    DEFAULT_CSS = """
    Confirm #more { height: auto; margin-bottom: 1; }
    Confirm Horizontal { height: 1; width: auto; }
    Confirm Button { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("j", "yes", "app.confirm"),
        bind("n", "cancel", "app.cancel"),
    ]

    def __init__(self, question: str, more: str | Content = "", *, yes: str = "", no: str = ""):
        super().__init__(question)
        self._more = more if isinstance(more, Content) else safe_note(more)
        self._yes, self._no = yes or text("app.yes"), no or text("app.no")

    def body(self) -> ComposeResult:
        """Lay out the question."""
        yield Static(self._more, id="more", markup=False)
        with Horizontal():
            yield Button(safe_note(self._no), id="no", compact=True)
            yield Button(safe_note(self._yes), id="yes", compact=True)

    @on(Button.Pressed, "#yes")
    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def action_cancel(self) -> None:
        """Answer no."""
        self.dismiss(False)
