"""The names of the tabs on one line, each with its digit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from at_tui.language import has, text


class TabLine(Widget):
    """Digits and names; the open one stands out by weight and ground, not by colour alone.

    Args:
        names: Names in code, in order.
    """

    DEFAULT_CSS = """
    TabLine { height: 1; width: 1fr; padding: 0 1; margin-bottom: 1; }
    """
    ALLOW_SELECT = False

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, names: Sequence[str], active: str) -> None:
        super().__init__()
        self._names, self._active = list(names), active

    def choose(self, name: str) -> None:
        """Show which tab is open."""
        self._active = name
        self.refresh()

    def render(self) -> Content:
        """Return the line, tighter where there is little room."""
        words = [self._word(name) for name in self._names]
        room = self.content_size.width - sum(len(word) + 4 for word in words)
        if room < 0:
            # Eight names at 80 columns: no ground around the open one, and shorter words.
            entries = [self._entry(n, name, narrow=True) for n, name in self._numbered()]
            return Content(" ").join(entries)
        gap = " " * max(0, min(2, room // max(1, len(words) - 1)))
        return Content(gap).join([self._entry(n, name) for n, name in self._numbered()])

    def _numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self._names, start=1))

    @staticmethod
    def _word(name: str, *, narrow: bool = False) -> str:
        key = f"trainee.tab_short.{name}"
        return text(key if narrow and has(key) else f"trainee.tab.{name}")

    def _entry(self, number: int, name: str, *, narrow: bool = False) -> Content:
        here = name == self._active
        edge = "" if narrow else " "
        entry = Content.assemble(
            edge,
            (str(number), "bold $accent"),
            " ",
            (self._word(name, narrow=narrow), "bold $text" if here else "$text-muted"),
            edge,
        )
        if here:
            entry = entry.stylize("on $cursor")
        return entry.stylize(Style.from_meta({"tab": name}))

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the mouse."""
        if name := event.style.meta.get("tab"):
            self.post_message(self.Chosen(name))
