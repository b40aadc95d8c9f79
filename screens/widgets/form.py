"""A form as data: fields in, values out, and every fault at once under its own field.

form = Form([
    Field("name", required=True),
    Field("start", kind=Kind.DATE),
    Field("section", kind=Kind.CHOICE, options=(Option("psykiatri", "psykiatri"), ...)),
], {"name": "Alva Testsson"})
values, problems = form.read()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from at_tui.language import has, text
from schema.fault import Fault
from schema.text import clean
from screens.dates import full
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField

Problem = tuple[str, str, Mapping[str, object]]
"""Field, key of the sentence, its values: as `Invalid.problems` has them."""


class Kind(Enum):
    """What is typed in a field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    NOTE = "note"
    SECRET = "secret"  # noqa: S105 - a kind of field, no password


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes:
        name: Name of the record's field: values and problems come under it.
        label: Words before it; by default the catalogue's `field.<name>`.
        kind: What is typed.
        required: Whether it may be empty.
        hint: A muted line under it.
        options: What there is to choose (`CHOICE`).
        least, most: Bounds of a `NUMBER`.
        unit: Word after it, e.g. `min`.
        lines: Height of a `NOTE`.
        width: Cells of the input; 0 for the rest of the line.
        add: Makes the page that adds an option (`CHOICE`); dismissed with an `Option` or None.
        section: Heading above the field.
    """

    name: str
    label: str = ""
    kind: Kind = Kind.TEXT
    required: bool = False
    hint: str = ""
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    unit: str = ""
    lines: int = 4
    width: int = 0
    add: Callable[[], Screen[Any]] | None = None
    section: str = ""

    @property
    def words(self) -> str:
        """The label."""
        key = f"field.{self.name}"
        label = self.label or (text(key) if has(key) else self.name)
        return label[:1].upper() + label[1:]


class FieldRow(Vertical):
    """Label and input on one line, hint and problem under it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; max-width: 102; }
    FieldRow > Horizontal { height: auto; }
    FieldRow .label { width: 22; padding: 0 2 0 0; color: $text-muted; height: auto; }
    FieldRow.-here .label { color: $accent; }
    FieldRow .after { width: auto; padding: 0 1; color: $text-muted; }
    FieldRow .hint { padding: 0 1 0 23; color: $text-muted; height: auto; }
    FieldRow .problem { padding: 0 1 0 23; display: none; height: auto; }
    FieldRow.-problem .problem { display: block; }
    FieldRow.-problem .label { color: $error; }
    FieldRow .section { color: $accent; text-style: bold; margin-top: 1; height: 1; }
    """

    def __init__(self, field: Field, value: Any) -> None:
        super().__init__(id=f"row-{field.name}")
        self.field = field
        self.input = _input(field, value)

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        if self.field.section:
            yield Static(safe(self.field.section), classes="section", markup=False)
        with Horizontal():
            star = " *" if self.field.required else ""
            yield Static(safe(self.field.words + star), classes="label", markup=False)
            yield self.input
            if self.field.unit or self.field.kind is Kind.DATE:
                yield Static(safe(self.field.unit), classes="after", markup=False)
        if self.field.hint:
            yield Static(safe(self.field.hint), classes="hint", markup=False)
        yield Static(classes="problem", markup=False)

    @property
    def lines(self) -> int:
        """Lines it takes without problems."""
        own = self.field.lines if self.field.kind is Kind.NOTE else 1
        return own + bool(self.field.hint) + 2 * bool(self.field.section)

    def on_mount(self) -> None:
        """Write the day out beside a date."""
        self._day_beside()

    def on_descendant_focus(self) -> None:
        """Mark the label of the field that is being filled in."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.remove_class("-here")

    def on_input_changed(self) -> None:
        """Write the day out beside a date, and drop the problem that is being mended."""
        self._day_beside()
        self.show("")

    def _day_beside(self) -> None:
        if isinstance(self.input, DateField):
            day = self.input.day
            self.query_one(".after", Static).update(safe(full(day) if day else ""))

    def show(self, problem: str) -> None:
        """Show what is wrong with the field; empty for nothing."""
        self.set_class(bool(problem), "-problem")
        self.query_one(".problem", Static).update(safe("✗ " + problem if problem else ""))


class Form(VerticalScroll, can_focus=False):
    """The fields of a form, with what is typed in them.

    Args:
        fields: What is asked.
        values: What the fields begin with, by name: str, int, date, a choice's value.
        button: Words of a button with the id `save` under the fields; none when empty.
    """

    DEFAULT_CSS = """
    Form { height: 1fr; padding: 1 1 0 1; }
    Form.-roomy > FieldRow { margin-bottom: 1; }
    Form > FieldRow:first-of-type .section { margin-top: 0; }
    Form > #save { margin: 1 0 1 22; }
    Form > #general { color: $error; height: auto; display: none; margin-bottom: 1; }
    """

    class Changed(Message):
        """Something was typed or chosen."""

        def __init__(self, form: Form, name: str) -> None:
            super().__init__()
            self.form, self.name = form, name

        @property
        def control(self) -> Form:
            """The form."""
            return self.form

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[str, Any] | None = None,
        *,
        button: str = "",
        id: str = "form",
    ) -> None:
        super().__init__(id=id)
        self._button = button
        given = values or {}
        self.rows = {field.name: FieldRow(field, given.get(field.name)) for field in fields}

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield Static(id="general", markup=False)
        yield from self.rows.values()
        if self._button:
            yield Button(safe(self._button), id="save", compact=True)

    def on_resize(self, event: events.Resize) -> None:
        """Put a line between the fields when there is room for all of them so."""
        lines = sum(row.lines for row in self.rows.values()) + len(self.rows) + 5
        self.set_class(lines <= event.size.height, "-roomy")

    def input(self, name: str) -> Widget:
        """Return the input of a field."""
        return self.rows[name].input

    # What is typed

    def raw(self) -> dict[str, Any]:
        """Return what is typed as it stands, for a draft."""
        return {name: _raw(row.input) for name, row in self.rows.items() if not _secret(row)}

    def restore(self, raw: Mapping[str, Any]) -> None:
        """Fill the fields with what a draft holds; what the form does not know is left out."""
        for name, value in raw.items():
            if name in self.rows:
                _fill(self.rows[name].input, str(value))

    def set(self, name: str, value: Any) -> None:
        """Set one field: str, int, date, a choice's value, or None."""
        _fill(self.rows[name].input, _text_of(value))

    def read(self) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values by name (None for empty numbers, days and choices) and the faults."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, row in self.rows.items():
            try:
                values[name] = _read(row)
            except Fault as fault:
                problems.append((name, fault.code, fault.values))
        return values, problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show every fault under its field, and go to the first; an empty list clears them."""
        said: dict[str, list[str]] = {}
        for field, code, values in problems:
            name = field.partition(".")[0]
            words = text(code, **values) if has(code) else text("invalid.unknown")
            said.setdefault(name if name in self.rows else "", []).append(words)
        for name, row in self.rows.items():
            row.show(" ".join(said.get(name, [])))
        general = self.query_one("#general", Static)
        general.display = "" in said
        general.update(safe("✗ " + " ".join(said.get("", []))))
        for name, row in self.rows.items():
            if name in said:
                row.input.focus()
                return

    def focus(self, scroll_visible: bool = True) -> Form:
        """Put the focus on the first field."""
        for row in self.rows.values():
            row.input.focus(scroll_visible)
            break
        return self

    # What the fields say

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceField.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | ChoiceField.Changed) -> None:
        event.stop()
        for name, row in self.rows.items():
            if row.input is event.control:
                if not isinstance(event, Input.Changed):
                    row.show("")
                self.post_message(self.Changed(self, name))

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()


def _input(field: Field, value: Any) -> Widget:
    if field.kind is Kind.DATE:
        return DateField(value if isinstance(value, date) else None)
    if field.kind is Kind.CHOICE:
        return ChoiceField(
            field.options,
            _text_of(value),
            title=field.words,
            optional=not field.required,
            add=field.add,
        )
    if field.kind is Kind.NOTE:
        area = TextArea(
            _text_of(value), compact=True, tab_behavior="focus", show_line_numbers=False
        )
        area.styles.height = field.lines
        return area
    made = Input(
        _text_of(value),
        compact=True,
        password=field.kind is Kind.SECRET,
        select_on_focus=field.kind is Kind.NUMBER,
    )
    width = field.width or (10 if field.kind is Kind.NUMBER else 0)
    made.styles.width = width or "1fr"
    return made


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _secret(row: FieldRow) -> bool:
    return row.field.kind is Kind.SECRET


def _raw(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    return str(widget.value) if isinstance(widget, (Input, ChoiceField)) else ""


def _fill(widget: Widget, value: str) -> None:
    if isinstance(widget, TextArea):
        widget.text = value
    elif isinstance(widget, (Input, ChoiceField)):
        widget.value = value


def _read(row: FieldRow) -> Any:
    field, widget = row.field, row.input
    if isinstance(widget, DateField):
        found: Any = widget.read()
    elif field.kind is Kind.NUMBER:
        found = _number(field, _raw(widget))
    elif field.kind is Kind.SECRET:
        found = _raw(widget)
    elif field.kind is Kind.CHOICE:
        found = _raw(widget) or None
    else:
        found = clean(_raw(widget), one_line=field.kind is Kind.TEXT)
    if field.required and found in (None, ""):
        raise Fault("app.required", exit_code=2)
    return found


def _number(field: Field, typed: str) -> int | None:
    typed = clean(typed, one_line=True)
    if not typed:
        return None
    try:
        number = int(typed)
    except ValueError:
        raise Fault("app.whole_number_needed", exit_code=2) from None
    if field.least is not None and number < field.least:
        raise Fault("app.too_low", exit_code=2, least=field.least)
    if field.most is not None and number > field.most:
        raise Fault("app.too_high", exit_code=2, most=field.most)
    return number
