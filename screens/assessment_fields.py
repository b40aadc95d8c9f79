"""The fields of a form that are typed: what it is about, on shared lines, and the free texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from at_tui.assessing import read_number
from at_tui.concreteness import MOST, concreteness
from at_tui.language import text
from schema.fault import Fault
from schema.text import clean
from screens.assessment_rows import UNSET
from screens.text import fitted, safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField

if TYPE_CHECKING:
    from schema.content.instrument_parts import Item

LABEL_SPACE = 2
BETWEEN = 3
BAR = "▌"


class TypedField(Horizontal):
    """Label and input of one item, as wide as it needs to be.

    The label and the unit are its own line, beside the input: a form has dozens of them, and each
    widget of its own would take a millisecond as the form opens.

    Args:
        item: What is asked.
        label: Cells of the label; 0 for as many as it has.
    """

    DEFAULT_CSS = """
    TypedField { height: 1; width: auto; color: $text-muted; }
    TypedField.-wide { width: 1fr; }
    TypedField:focus-within { color: $accent; }
    TypedField.-problem { color: $error; }
    """
    ALLOW_SELECT = False

    def __init__(self, item: Item, *, label: int = 0) -> None:
        super().__init__(classes="-wide" if item.type == "text" else "")
        self.item = item
        self._label = safe(item.label)
        self._before = (label or self._label.cell_length) + LABEL_SPACE
        self._unit = (
            Content.assemble(" ", safe(item.unit, "$text-muted")) if item.unit else Content("")
        )
        self.input = _input(item)
        self.input.add_class("field")
        self.input.styles.margin = (0, self._unit.cell_length, 0, self._before)

    @property
    def cells(self) -> int:
        """Cells it takes on a line; 0 for what takes the rest of the line."""
        if self.item.type == "text":
            return 0
        width = self.input.styles.width
        return self._before + int(width.value if width else 0) + self._unit.cell_length

    def compose(self) -> ComposeResult:
        """Lay out the input."""
        yield self.input

    def render(self) -> Content:
        """Return the label and the unit, with room for the input between them."""
        label = fitted(self._label, self._before)
        if not self.item.unit:
            return label
        return Content.assemble(label, " " * self.input.outer_size.width, self._unit)

    def fill(self, value: Any) -> None:
        """Show the answer as it stands in the form."""
        shown = "" if value is UNSET or value is None else str(value)
        if self.item.type == "number" and isinstance(value, float):
            shown = f"{value:g}".replace(".", ",")
        widget = self.input
        if isinstance(widget, (Input, ChoiceField)) and widget.value != shown:
            widget.value = shown

    def read(self) -> Any:
        """Return the answer; what cannot be read is returned as it was typed, for the rules to
        refuse by name."""
        widget = self.input
        if isinstance(widget, ChoiceField):
            return widget.value or UNSET
        assert isinstance(widget, Input)  # noqa: S101 - the only other kind
        typed = clean(widget.value, one_line=True)
        if not typed:
            return UNSET
        if self.item.type == "number":
            try:
                return read_number(self.item, typed)
            except Fault:
                return typed
        if isinstance(widget, DateField):
            return widget.day.isoformat() if widget.day else typed
        return typed


def _input(item: Item) -> Widget:
    if item.type == "choice":
        choice = ChoiceField(
            [Option(c.id, c.label, c.help) for c in item.choices], title=item.label
        )
        choice.styles.width = max(len(c.label) for c in item.choices) + 6
        return choice
    if item.type == "date":
        return DateField()
    if item.type == "number":
        number = Input(compact=True, max_length=12, select_on_focus=True)
        number.styles.width = max(len(str(item.maximum or "")), 4) + 3
        return number
    found = SuggestFromList(item.suggestions, case_sensitive=False) if item.suggestions else None
    written = Input(
        compact=True, suggester=found, select_on_focus=False, max_length=item.max_length
    )
    written.styles.width = "1fr"
    return written


class FieldLines(Vertical):
    """Typed fields packed on as few lines as the window has room for, each fault under its line."""

    DEFAULT_CSS = """
    FieldLines { height: auto; }
    FieldLines > Horizontal { height: 1; }
    FieldLines TypedField { margin-right: 3; }
    """

    def __init__(self, items: Sequence[Item], room: int) -> None:
        super().__init__()
        texts = [item for item in items if item.type == "text"]
        label = max((len(item.label) for item in texts), default=0) if len(texts) > 1 else 0
        self.fields = [
            TypedField(item, label=label if item.type == "text" else 0) for item in items
        ]
        self._lines = _packed(self.fields, room)
        self._rows: list[Widget] = []
        self._problems: dict[int, Problem] = {}

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        self._rows = [line[0] if len(line) == 1 else Horizontal(*line) for line in self._lines]
        yield from self._rows

    def show_problem(self, field: TypedField, words: Content) -> None:
        """Show words under a field's line; empty ones take them away."""
        field.set_class(bool(words.plain), "-problem")
        at = next(n for n, line in enumerate(self._lines) if field in line)
        if at in self._problems:
            self._problems[at].say(words)
        elif words.plain:
            self._problems[at] = Problem(words)
            self.mount(self._problems[at], after=self._rows[at])


class Problem(Static):
    """Words under a field; made when there is something to say."""

    DEFAULT_CSS = "Problem { height: auto; padding-left: 2; }"

    def __init__(self, words: Content) -> None:
        super().__init__(words, markup=False)

    def say(self, words: Content) -> None:
        """Show other words, or none."""
        self.update(words)
        self.display = bool(words.plain)


def _packed(fields: Sequence[TypedField], room: int) -> list[list[TypedField]]:
    """Return the fields in lines of at most `room` cells; a text takes a line of its own."""
    lines: list[list[TypedField]] = []
    used = 0
    for field in fields:
        need = field.cells + BETWEEN
        if not field.cells or not lines or not lines[-1][-1].cells or used + need > room + BETWEEN:
            lines.append([field])
            used = need
        else:
            lines[-1].append(field)
            used += need
    return lines


class WrittenField(Vertical):
    """A free text of several lines under its question, with dots that tell how concrete it is.

    The question and the bar beside the text are its own lines, as the label of a typed field is.
    """

    DEFAULT_CSS = """
    WrittenField { height: auto; color: $text-muted; }
    WrittenField:focus-within { color: $accent; }
    WrittenField > TextArea { margin: 1 0 0 1; }
    """
    ALLOW_SELECT = False

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.input = TextArea(
            compact=True, tab_behavior="focus", show_line_numbers=False, classes="field"
        )
        self._dots = 0
        self._problem: Problem | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield self.input

    def render(self) -> Content:
        """Return the question, and the bar beside the text."""
        here = self.has_pseudo_class("focus-within")
        bar = Content.styled(BAR, "$accent" if here else "$line")
        return Content("\n").join([self._question(), *[bar] * self.input.outer_size.height])

    def _question(self) -> Content:
        words, room = safe(self.item.label), self.content_size.width
        if not self._dots:
            return fitted(words, room)
        dots = Content.assemble(
            safe(text("assessment.concrete"), "$text-muted"),
            " ",
            ("●" * self._dots, "$accent"),
            ("○" * (MOST - self._dots), "$text-muted"),
        )
        return Content.assemble(fitted(words, room - dots.cell_length - 1), " ", dots)

    def fill(self, value: Any) -> None:
        """Show the text as it stands in the form."""
        shown = value if isinstance(value, str) else ""
        if self.input.text != shown:
            self.input.text = shown
        self.show_dots()

    def read(self) -> Any:
        """Return the text, `UNSET` when there is none."""
        return clean(self.input.text) or UNSET

    def show_dots(self) -> None:
        """Show how concrete the text is, where the form asks for that."""
        count = concreteness(self.input.text) if self.item.show_specificity else 0
        if count != self._dots:
            self._dots = count
            self.refresh()

    def show_problem(self, words: Content) -> None:
        """Show words under the text; empty ones take them away."""
        if self._problem is not None:
            self._problem.say(words)
        elif words.plain:
            self._problem = Problem(words)
            self.mount(self._problem)
