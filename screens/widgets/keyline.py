"""The last line of a page: the keys that matter here, never wider than the window."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_NAMES = {
    "enter": "↵", "escape": "Esc", "tab": "Tab", "shift+tab": "⇧Tab", "space": "blanksteg",
    "slash": "/", "question_mark": "?", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn", "plus": "+", "minus": "-", "delete": "Del",
    "insert": "Ins", "backspace": "⌫", "full_stop": ".", "comma": ",",
    "latin_small_letter_a_with_ring_above": "å", "latin_small_letter_a_with_diaeresis": "ä",
    "latin_small_letter_o_with_diaeresis": "ö",
}  # fmt: skip

_CLOSING = ("help", "back", "cancel")
"""Actions that close the line."""
_KEPT = (*_CLOSING, "save")
"""Actions that stay on the line however narrow it is."""


def key_name(key: str) -> str:
    """Return how a key is written, e.g. `^S`, `↵`, `F2`, `?`."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    if key.startswith("shift+"):
        return "⇧" + key_name(key[6:])
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


class KeyLine(Static):
    """The keys that work where one stands, built from the bindings, and a note at the right."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 1; width: 100%; background: $background; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._note = Content("")
        self._drawn: Content | None = None
        """What it said last; the page may not stand yet before it has said anything."""

    def on_mount(self) -> None:
        """Follow the page's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: object) -> None:
        # Told whenever the focus moves, and once more when a page has opened. What the line would
        # say can be told of the page that one is on, once it stands there whole.
        known = self._drawn is not None and self.app.screen is self.screen and self.is_attached
        if not known or not self._line().is_same(self._drawn or Content("")):
            self.refresh()

    def note(self, words: Content) -> None:
        """Show `words` at the right end."""
        self._note = words
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        self._drawn = self._line()
        return self._drawn

    def _line(self) -> Content:
        """Return as many keys as there is room for beside the note."""
        width = self.content_size.width
        entries = self._entries()
        kept = sum(entry.cell_length + 2 for action, entry in entries if action in _KEPT)
        note = self._note.truncate(max(width // 2, width - kept), ellipsis=True)
        room = width - (note.cell_length + 2 if note.plain else 0)
        while len(entries) > 1 and sum(e.cell_length + 2 for _, e in entries) - 2 > room:
            droppable = [i for i, (action, _) in enumerate(entries) if action not in _KEPT]
            del entries[droppable[-1] if droppable else -1]
        line = Content("  ").join([entry for _, entry in entries])
        return Content.assemble(
            line, " " * max(0, width - line.cell_length - note.cell_length), note
        )

    def _entries(self) -> list[tuple[str, Content]]:
        shown: dict[str, tuple[str, Content]] = {}
        active = self.screen.active_bindings.values()
        # Enter first; then the page's own order, as its author meant it; then what has the focus.
        for entry in sorted(
            active, key=lambda a: (a.binding.key != "enter", a.node is not self.screen)
        ):
            binding, enabled = entry.binding, entry.enabled
            if not binding.show or not enabled or not binding.description:
                continue
            if binding.action not in shown:
                name = binding.action.rpartition(".")[2]
                shown[binding.action] = (name, self._entry(binding))
        # Help and the way back close the line, as the eye expects.
        rank = {name: n for n, name in enumerate(reversed(_CLOSING), start=1)}
        return sorted(shown.values(), key=lambda entry: rank.get(entry[0], 0))

    def _entry(self, binding: Binding) -> Content:
        name = binding.key_display or key_name(binding.key)
        click: Any = Style.from_meta({"key": binding.key})
        return Content.assemble(
            (name, "bold $accent"), " ", (binding.description, "$text-muted")
        ).stylize(click)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        key = event.style.meta.get("key")
        if key:
            self.app.simulate_key(key)
