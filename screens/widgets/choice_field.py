"""One of several: arrows change it, a letter jumps to it, Enter opens the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from at_tui.language import text
from schema.text import sort_key
from screens.text import safe
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

NEW = "+"
"""Id of the row that adds something new."""


@dataclass(frozen=True)
class Option:
    """One thing to choose: its value, its words, and what else to show of it in the list."""

    value: str
    words: str
    more: str = ""


class ChoiceField(Widget, can_focus=True):
    """A choice on one line.

    Args:
        options: What there is to choose.
        value: The value chosen to begin with; empty for none.
        title: Title of the list that Enter opens.
        optional: Whether nothing may be chosen (Backspace clears it).
        add: Makes the page on which something new is added; it is dismissed with an `Option`
            or None. The list then has a row for it.
    """

    DEFAULT_CSS = """
    ChoiceField {
        height: 1; width: 1fr; padding: 0 1; background: $surface; color: $text;
        &:focus { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,space,down", "open", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    value: reactive[str] = reactive("", init=False)
    """What is chosen; empty for nothing."""

    class Changed(Message):
        """Something else is chosen."""

        def __init__(self, field: ChoiceField, value: str) -> None:
            super().__init__()
            self.field, self.value = field, value

        @property
        def control(self) -> ChoiceField:
            """The field."""
            return self.field

    def __init__(
        self,
        options: Iterable[Option],
        value: str = "",
        *,
        title: str = "",
        optional: bool = True,
        add: Callable[[], Screen[Any]] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.options = list(options)
        self.set_reactive(ChoiceField.value, value)
        self.title, self.optional, self.add = title, optional, add

    def render(self) -> Content:
        """Return the words of what is chosen, between arrows when it has the focus."""
        chosen = self.chosen
        words = safe(chosen.words) if chosen else safe(text("app.nothing_chosen"), "$text-muted")
        if not self.has_focus:
            return words
        return Content.assemble(("◂ ", "$accent"), words, (" ▸", "$accent"))

    @property
    def chosen(self) -> Option | None:
        """The option chosen, or None."""
        return next((o for o in self.options if o.value == self.value), None)

    def watch_value(self, value: str) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self, value))

    def action_step(self, by: int) -> None:
        """Choose the next or the previous."""
        values = [o.value for o in self.options]
        if not values:
            return
        if self.value in values:
            self.value = values[(values.index(self.value) + by) % len(values)]
        else:
            self.value = values[0 if by > 0 else -1]

    def action_clear(self) -> None:
        """Choose nothing."""
        if self.optional:
            self.value = ""

    def action_open(self) -> None:
        """Show all there is to choose."""
        dialog = ChoiceDialog(self.title, self.options, self.value, add=self.add is not None)
        self.app.push_screen(dialog, self._picked)

    def _picked(self, value: str | None) -> None:
        if value == NEW and self.add is not None:
            self.app.push_screen(self.add(), self._added)
        elif value is not None:
            self.value = value

    def _added(self, option: Option | None) -> None:
        if option is not None:
            self.options = [o for o in self.options if o.value != option.value] + [option]
            self.value = option.value
            self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Jump to the next option that begins with the letter."""
        if not event.is_printable or event.character in (None, " ", "?"):
            return
        event.stop()
        letter = sort_key(event.character or "")
        hits = [o.value for o in self.options if letter and sort_key(o.words).startswith(letter)]
        if hits:
            at = hits.index(self.value) + 1 if self.value in hits else 0
            self.value = hits[at % len(hits)]


class ChoiceDialog(Dialog[str]):
    """The options as a list with a filter; dismissed with the value, or None."""

    DEFAULT_CSS = """
    ChoiceDialog Picker { height: auto; max-height: 16; }
    ChoiceDialog Rows { height: auto; max-height: 14; }
    """

    def __init__(
        self, title: str, options: Sequence[Option], value: str = "", *, add: bool = False
    ) -> None:
        super().__init__(title)
        self._options, self._value, self._add = options, value, add

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = [Column(width=24, grow=2)]
        if any(option.more for option in self._options):
            columns.append(Column(width=12, grow=1))
        yield Picker(columns)

    def on_mount(self) -> None:
        """Fill the list, the cursor on what is chosen."""
        rows = [Row(o.value, (o.words, safe(o.more, "$text-muted"))) for o in self._options]
        if self._add:
            rows.append(Row(NEW, (safe("+ " + text("app.add_new"), "$accent"),)))
        picker = self.query_one(Picker)
        picker.show(rows)
        picker.select(self._value)
        picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Choose the row."""
        event.stop()
        self.dismiss(event.row_id)
