"""One item that is answered with a digit: its words, the two columns, and what the level means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from at_tui.language import text
from screens.text import fitted, safe
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from at_tui.filled_form import Column
    from schema.content.instrument_parts import Item

UNSET: Any = object()
"""No answer. None is an answer: "ej observerat"."""

OWN_CELLS, GIVEN_CELLS = 12, 6
"""Cells of the trainee's column and of the assessor's."""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer: the digit that gives it, what is kept, and its words."""

    digit: int
    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class RowLayout:
    """How the rows of a section share the line."""

    label: int
    """Cells of the label."""
    own: bool
    """Whether the trainee's column stands there."""
    digits: bool = True
    """Whether answers are shown as digits in columns, or in words only (choices)."""


class ColumnHeads(Widget):
    """The titles over the two columns; the one that is being filled in stands out."""

    DEFAULT_CSS = "ColumnHeads { height: 1; }"
    ALLOW_SELECT = False

    def __init__(self, layout: RowLayout, doctor: str, scale: Content) -> None:
        super().__init__()
        self._layout, self._doctor, self._scale = layout, doctor, scale
        self.column: Column = "assessor"

    def show_column(self, column: Column) -> None:
        """Tell which column is being filled in."""
        self.column = column
        self.refresh()

    def render(self) -> Content:
        """Return the titles over their columns."""
        here, other = "bold $accent", "$text-muted"
        left = fitted(self._scale, self._layout.label + 2)
        own = Content("")
        if self._layout.own:
            style = here if self.column == "own" else other
            own = _centred(safe(self._doctor, style), OWN_CELLS)
        style = here if self.column == "assessor" else other
        return Content.assemble(
            left, own, _centred(safe(text("assessment.you"), style), GIVEN_CELLS)
        )


class RatedRow(Widget, can_focus=True):
    """An item answered with one key.

    Args:
        item: What is asked.
        levels: The answers there are, by digit.
        layout: How the line is shared.
    """

    DEFAULT_CSS = """
    RatedRow { height: auto; }
    RatedRow:focus { background: $cursor; }
    RatedRow:hover { background: $surface; }
    RatedRow:focus:hover { background: $cursor; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("0,1,2,3,4,5,6,7,8,9", "rate", "assessment.rate", as_="0–9"),
        bind("enter", "remark", "assessment.remark"),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
    ]

    class Rated(Message):
        """An answer was given, or taken away (`UNSET`)."""

        def __init__(self, row: RatedRow, value: Any) -> None:
            super().__init__()
            self.row, self.value = row, value

    class Asked(Message):
        """The row wants something that the page does: `remark`, `previous`, `up`, `down`."""

        def __init__(self, row: RatedRow, what: str) -> None:
            super().__init__()
            self.row, self.what = row, what

    def __init__(self, item: Item, levels: Sequence[Level], layout: RowLayout) -> None:
        super().__init__(classes="field")
        self.item, self.levels, self.layout_of_row = item, tuple(levels), layout
        self.own: Any = UNSET
        self.given: Any = UNSET
        self.remark = ""
        self.column: Column = "assessor"
        self.previous: Any = UNSET
        """What stood in the form before, offered with one key."""
        self.go_on: Callable[[], None] = lambda: None
        """Puts the focus on the next field, at once; the sheet knows which."""
        self._refused = ""
        self._editing = False

    def edit_remark(self, editing: bool) -> None:
        """Leave the remark's line to its field while it is being written."""
        self._editing = editing
        self.refresh(layout=True)

    def show(self, *, own: Any, given: Any, remark: str, column: Column) -> None:
        """Show the answers as they stand in the form."""
        taller = bool(remark) != bool(self.remark)
        self.own, self.given, self.remark, self.column = own, given, remark, column
        self.refresh(layout=taller)

    @property
    def current(self) -> Any:
        """The answer in the column that is being filled in."""
        return self.own if self.column == "own" else self.given

    @property
    def takes_answers(self) -> bool:
        """Whether the column that is being filled in has a place for this item."""
        return self.column == "assessor" or self.item.own_rating

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Give an answer with its digit; `-` is "ej observerat", Backspace takes it away."""
        focused = self.screen.focused
        if focused is not None and focused is not self:
            # Typed faster than the focus moves: it is meant for the row that has it by now.
            event.stop()
            focused.post_message(events.Key(event.key, event.character))
            return
        character = event.character or ""
        if character.isdecimal() and character.isascii():
            self._rate(int(character))
        elif character in ("-", "\u2212", "\u2013"):
            self._not_observed()
        elif event.key in ("backspace", "delete"):
            self._give(UNSET, go_on=False)
        elif character == "=" and self.previous is not UNSET:
            self._give(self.previous, go_on=True)
        elif event.key == "space" and self.item.several:
            pass
        else:
            return
        event.stop()
        event.prevent_default()

    def _rate(self, digit: int) -> None:
        level = next((one for one in self.levels if one.digit == digit), None)
        if level is None:
            self._refuse(
                text(
                    "assessment.no_such_level",
                    value=digit,
                    least=self.levels[0].digit,
                    most=self.levels[-1].digit,
                )
            )
        elif self.item.several:
            chosen = self.current if isinstance(self.current, list) else []
            kept = [one.value for one in self.levels if (one.value in chosen) != (one == level)]
            self._give(kept or UNSET, go_on=False)
        else:
            self._give(level.value, go_on=True)

    def _not_observed(self) -> None:
        if self.item.allow_not_observed:
            self._give(None, go_on=True)
        else:
            self._refuse(text("assessment.must_be_answered"))

    def _give(self, value: Any, *, go_on: bool) -> None:
        if not self.takes_answers:
            self._refuse(text("assessment.no_own_here"))
            return
        self._refused = ""
        self.post_message(self.Rated(self, value))
        if go_on:
            self.go_on()

    def _refuse(self, why: str) -> None:
        self._refused = why
        self.app.bell()
        self.refresh()

    def action_rate(self) -> None:
        """Digits are read as they are typed."""

    def action_remark(self) -> None:
        """Ask for the remark's field."""
        if self.item.comment:
            self.post_message(self.Asked(self, "remark"))
        else:
            self.post_message(self.Asked(self, "down"))

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        self.post_message(self.Asked(self, "down" if by > 0 else "up"))

    def action_shift(self, by: int) -> None:
        """Choose the next or the previous level."""
        values = [one.value for one in self.levels]
        if self.item.several:
            return
        at = values.index(self.current) + by if self.current in values else (0 if by > 0 else -1)
        if -1 <= at < len(values):
            self._give(values[at], go_on=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the remark only where there is one."""
        return self.item.comment if action == "remark" else True

    def on_click(self) -> None:
        """Take the focus."""
        self.focus()

    def on_blur(self) -> None:
        """Forget a digit that was refused."""
        self._refused = ""

    # Looks

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line, two with a remark."""
        return 2 if self.remark and not self._editing else 1

    def render(self) -> Content:
        """Return the line, and the remark under it."""
        layout = self.layout_of_row
        width = self.content_size.width
        cursor = Content.styled("▸ ", "bold $accent") if self.has_focus else Content("  ")
        line = Content.assemble(cursor, fitted(safe(self.item.label), layout.label))
        if layout.digits:
            if layout.own:
                line += self._cell("own", self.own, OWN_CELLS)
            line += self._cell("assessor", self.given, GIVEN_CELLS)
        line += Content("  ") + self._words()
        line = fitted(line, width)
        if not self.remark or self._editing:
            return line
        remark = fitted(safe(self.remark), max(0, width - 6))
        return Content.assemble(line, "\n", ("    » ", "$accent"), remark.stylize("$text-muted"))

    def _cell(self, column: Column, value: Any, cells: int) -> Content:
        active = column == self.column
        if column == "own" and not self.item.own_rating:
            return Content(" " * cells)
        if column == "assessor" and self.column == "own":
            # The trainee rates first, without seeing what the assessor has put.
            return _centred(Content.styled("·", "$text-muted"), cells)
        if value is UNSET:
            sign = ("_", "bold $accent") if active and self.has_focus else ("_", "$text-muted")
            return _centred(Content.styled(*sign if active else ("·", "$text-muted")), cells)
        digit = "–" if value is None else str(self._digit(value))
        style = "bold" if active else "$text-muted"
        return _centred(Content.styled(digit, style), cells)

    def _digit(self, value: Any) -> str:
        level = next((one for one in self.levels if one.value == value), None)
        return str(level.digit) if level else "?"

    def _words(self) -> Content:
        if self._refused:
            return safe(f"✗ {self._refused}", "$error")
        if not self.layout_of_row.digits:
            return self._choices()
        value = self.current
        if value is UNSET:
            return safe(self._hint(), "$text-muted") if self.has_focus else Content("")
        if value is None:
            return safe(text("assessment.not_observed"), "$text-muted")
        level = next((one for one in self.levels if one.value == value), None)
        if level is None:
            return safe(text("assessment.unknown_value", value=value), "$error")
        words = safe(level.words, "$text" if self.has_focus else "$text-muted")
        differs = self.own is not UNSET and self.given is not UNSET and self.own != self.given
        if differs and self.column == "assessor":
            words = Content.assemble(words, ("  ≠", "bold $warning"))
        return words

    def _hint(self) -> str:
        first, last = self.levels[0].digit, self.levels[-1].digit
        key = "assessment.levels_or_not" if self.item.allow_not_observed else "assessment.levels"
        return text(key, least=first, most=last)

    def _choices(self) -> Content:
        """Return the choices: all of them where one stands, otherwise only what is chosen."""
        value = self.current
        chosen = value if isinstance(value, list) else [] if value is UNSET else [value]
        if value is None:
            return safe(text("assessment.not_observed"), "$text-muted")
        if not (self.has_focus or self.item.several):
            words = [one.words for one in self.levels if one.value in chosen]
            return safe(", ".join(words)) if words else Content.styled("_", "$text-muted")
        parts = [
            Content.assemble(
                ("●" if one.value in chosen else "", "$accent"),
                (str(one.digit), "bold $accent"),
                " ",
                safe(one.words, "bold" if one.value in chosen else "$text-muted"),
            )
            for one in self.levels
        ]
        return Content("  ").join(parts)


def _centred(content: Content, cells: int) -> Content:
    left = max(0, (cells - content.cell_length) // 2)
    return fitted(content.pad_left(left), cells)
