"""Choose by letter: `k konsultation` is one key, not a walk through a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from screens.text import fitted, safe


class Letters(Widget, can_focus=True):
    """Words with a letter each, laid out in columns; a letter chooses or unchooses.

    Args:
        options: (letter, words) in order.
        chosen: Letters chosen to begin with.
        single: Whether choosing one unchooses the others.
    """

    DEFAULT_CSS = """
    Letters { height: auto; width: 1fr; padding: 0 1; background: $surface; color: $text; }
    Letters:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down", "step(1)", show=False),
        Binding("space", "toggle_here", show=False),
    ]

    class Changed(Message):
        """Other letters are chosen."""

        def __init__(self, letters: Letters, chosen: list[str]) -> None:
            super().__init__()
            self.letters, self.chosen = letters, chosen

        @property
        def control(self) -> Letters:
            """The widget."""
            return self.letters

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        chosen: Iterable[str] = (),
        *,
        single: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.options = list(options)
        self._chosen = set(chosen)
        self._single = single
        self._at = 0

    @property
    def chosen(self) -> list[str]:
        """The letters chosen, in the order of the options."""
        return [letter for letter, _ in self.options if letter in self._chosen]

    @chosen.setter
    def chosen(self, letters: Iterable[str]) -> None:
        self._chosen = set(letters)
        self.refresh()

    def toggle(self, letter: str) -> None:
        """Choose a letter, or unchoose it."""
        if self._single:
            self._chosen = set() if letter in self._chosen else {letter}
        else:
            self._chosen ^= {letter}
        self.refresh()
        self.post_message(self.Changed(self, self.chosen))

    def on_key(self, event: events.Key) -> None:
        """Toggle the letter that was pressed."""
        for number, (letter, _) in enumerate(self.options):
            if event.character is not None and event.character.casefold() == letter.casefold():
                self._at = number
                self.toggle(letter)
                event.stop()
                event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Toggle what is under the mouse."""
        letter = event.style.meta.get("letter")
        if letter:
            self.toggle(letter)

    def action_step(self, by: int) -> None:
        """Step to another option, for those who would rather walk."""
        self._at = (self._at + by) % max(1, len(self.options))
        self.refresh()

    def action_toggle_here(self) -> None:
        """Toggle the option one stands on."""
        if self.options:
            self.toggle(self.options[self._at][0])

    def _columns(self, width: int) -> tuple[int, int]:
        widest = max((len(words) for _, words in self.options), default=0) + 4
        count = max(1, min(len(self.options), (width + 2) // (widest + 2)))
        return count, max(1, (width + 2) // count - 2)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the options need."""
        count, _ = self._columns(width)
        return max(1, -(-len(self.options) // count))

    def render(self) -> Content:
        """Return the options in columns, the chosen ones marked by sign and weight."""
        count, each = self._columns(self.content_size.width)
        lines: list[Content] = []
        for start in range(0, len(self.options), count):
            row = self.options[start : start + count]
            cells = [self._cell(n, *o, each) for n, o in enumerate(row, start=start)]
            lines.append(Content("  ").join(cells))
        return Content("\n").join(lines)

    def _cell(self, number: int, letter: str, words: str, width: int) -> Content:
        from textual.style import Style

        chosen = letter in self._chosen
        here = self.has_focus and number == self._at
        content = Content.assemble(
            ("● " if chosen else "  ", "$accent bold"),
            (letter, "bold $accent"),
            " ",
            safe(words, "bold" if chosen else "$text-muted"),
        )
        content = fitted(content, width).stylize(Style.from_meta({"letter": letter}))
        return content.stylize("underline", 2, 3) if here else content
