"""Help for the page one stands on: what it is for, and every key that works there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui.language import text
from screens.text import fitted, safe, safe_note
from screens.widgets.keyline import key_name
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

if TYPE_CHECKING:
    from screens.widgets.page import Page

WIDTH = 76
ROOM = WIDTH - 7
"""Cells for words, inside frame, padding and scroll bar."""


class Help(Dialog[None]):
    """The page's own words, then its keys with their explanations.

    Args:
        about: What the page is for.
        keys: (key, explanation) in order.
    """

    DEFAULT_CSS = """
    Help > #frame { width: 76; }
    Help VerticalScroll { height: auto; max-height: 18; }
    Help Static { height: auto; }
    Help #keys { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("question_mark,f1", "cancel", "app.close", show=False),
        bind("f10", "leave_for('settings')", "app.settings", show=False),
        bind("f11", "leave_for('backups')", "app.backups", show=False),
    ]

    def __init__(self, about: str, keys: list[tuple[str, str]]) -> None:
        super().__init__(text("help.title"))
        self._about, self._keys = about, keys

    @classmethod
    def of(cls, page: Page[Any]) -> Help:
        """Return the help for `page`, built from its bindings."""
        found: dict[str, tuple[list[str], str]] = {}
        for entry in page.active_bindings.values():
            binding = entry.binding
            if not binding.description or not binding.id:
                continue
            names, _ = found.setdefault(binding.id, ([], binding.tooltip or binding.description))
            if (name := key_name(binding.key)) not in names:
                names.append(name)
        return cls(page.help_text(), [(" ".join(names), words) for names, words in found.values()])

    def body(self) -> ComposeResult:
        """Lay out words and keys."""
        with VerticalScroll():
            if self._about:
                yield Static(safe_note(self._about), markup=False)
            yield Static(self._key_table(), id="keys", markup=False)

    def _key_table(self) -> Content:
        width = max((len(name) for name, _ in self._keys), default=0) + 2
        lines = []
        for name, words in self._keys:
            first, *rest = safe(words).wrap(ROOM - width)
            lines.append(Content.assemble(fitted(safe(name, "bold $accent"), width), first))
            lines += [Content.assemble(" " * width, line) for line in rest]
        return Content("\n").join(lines)

    def action_leave_for(self, action: str) -> None:
        """Close the help and show a page that it tells of."""
        self.dismiss()
        self.app.call_later(self.app.run_action, f"app.{action}")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()
