"""Any instrument as a sheet of fields: what it is about, free texts first, then what is rated."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from at_tui.filled_form import Column, FilledForm
from at_tui.language import text
from schema.text import clean
from screens.assessment_fields import FieldLines, TypedField, WrittenField
from screens.assessment_legend import Legend
from screens.assessment_rows import UNSET, ColumnHeads, Level, RatedRow, RowLayout
from screens.text import safe
from screens.widgets.choice_field import ChoiceField
from screens.widgets.painted import Painted

if TYPE_CHECKING:
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item, ItemSection

LABEL_LEAST, LABEL_MOST = 26, 44
"""Cells of the labels of rated items in a window of 80."""


class Sheet(VerticalScroll, can_focus=False):
    """The fields of a form.

    Args:
        instrument: What is asked.
        form: What is answered so far; the sheet reads it and never writes it.
        doctor: The trainee's column is headed so.
        room: Cells of a line.
    """

    class Answered(Message):
        """An answer was given; `UNSET` takes it away."""

        def __init__(self, item: Item, key: str, column: Column, value: Any) -> None:
            super().__init__()
            self.item, self.key, self.column, self.value = item, key, column, value

    class Stands(Message):
        """The focus is on an item, or on none of them."""

        def __init__(self, item: Item | None) -> None:
            super().__init__()
            self.item = item

    def __init__(self, instrument: Instrument, form: FilledForm, doctor: str, room: int) -> None:
        super().__init__(id="sheet")
        self._instrument, self._form = instrument, form
        self._doctor, self._room = doctor, room
        self.column: Column = "assessor"
        self.rows: dict[str, RatedRow] = {}
        self.typed: dict[str, TypedField] = {}
        self.written: dict[str, WrittenField] = {}

    # Layout

    def compose(self) -> ComposeResult:
        """Lay out context and sections."""
        context = self._instrument.context
        lines = FieldLines([item for item in context if not item.several], self._room)
        lines.add_class("assessor-only")
        self.typed |= {field.item.id: field for field in lines.fields}
        yield lines
        for item in context:
            if item.several:
                layout = RowLayout(max(len(item.label), 10), own=False, digits=False)
                yield self._row(item, layout, "assessor-only")
        legend = ""
        for section in self._instrument.sections:
            with Vertical(classes="section"):
                yield from self._section(section, legend)
            legend = self._scale_id(section) or legend

    def _scale_id(self, section: ItemSection) -> str:
        scale = self._instrument.scale_of(section.items[0], self._form.variant)
        return scale.id if scale else ""

    def _section(self, section: ItemSection, legend: str) -> ComposeResult:
        """Yield a section's widgets; `legend` is the scale whose words stand above already."""
        first = section.items[0]
        rated = first.type in ("scale", "choice")
        if section.intro:
            yield Static(safe(section.intro), classes="intro assessor-only", markup=False)
        scale = self._instrument.scale_of(first, self._form.variant) if rated else None
        if scale is not None and scale.id != legend:
            yield Legend(scale, not_observed=any(i.allow_not_observed for i in section.items))
        layout = self._layout_of(section)
        if rated:
            heads = self._heads(section, layout, scale is not None)
            heads.set_class(scale is not None and scale.id != legend, "-led")
            yield heads
        elif section.title and first.type == "text" and first.lines == 1:
            yield Static(safe(section.title), classes="title assessor-only", markup=False)
        for item in section.items:
            if item.type in ("scale", "choice"):
                yield self._row(item, layout, "" if item.own_rating else "assessor-only")
            elif item.type == "text" and item.lines > 1:
                field = self.written[item.id] = WrittenField(item)
                field.add_class("assessor-only")
                yield field
            else:
                line = FieldLines([item], self._room)
                line.add_class("assessor-only")
                self.typed |= {field.item.id: field for field in line.fields}
                yield line

    def _layout_of(self, section: ItemSection) -> RowLayout:
        rated = [item for item in section.items if item.type in ("scale", "choice")]
        longest = max((len(item.label) for item in rated), default=0)
        digits = any(item.type == "scale" for item in rated)
        most = max(LABEL_MOST, self._room - 56) if digits else max(LABEL_MOST, self._room - 34)
        own = any(item.own_rating for item in rated)
        return RowLayout(min(max(longest, LABEL_LEAST if digits else 10), most), own, digits)

    def _heads(self, section: ItemSection, layout: RowLayout, scaled: bool) -> Widget:
        title = safe(section.title, "bold")
        classes = "" if any(item.own_rating for item in section.items) else "assessor-only"
        if not scaled:
            return Static(title, classes=f"title {classes}", markup=False)
        heads = ColumnHeads(layout, self._doctor, title)
        heads.add_class("title", *classes.split())
        return heads

    def _row(self, item: Item, layout: RowLayout, classes: str) -> RatedRow:
        row = RatedRow(item, self._levels(item), layout)
        row.go_on = lambda: self.step(1)
        row.add_class(*classes.split())
        self.rows[item.id] = row
        return row

    def _levels(self, item: Item) -> list[Level]:
        scale = self._instrument.scale_of(item, self._form.variant)
        if scale is not None:
            return [Level(level.value, level.value, level.label) for level in scale.levels]
        return [Level(n, choice.id, choice.label) for n, choice in enumerate(item.choices, start=1)]

    def on_mount(self) -> None:
        """Show what is answered."""
        self.fill()
        # Nearly every form is higher than the window: found out by laying it out, it would be laid
        # out twice.
        self.show_vertical_scrollbar = True

    # What it shows

    def fill(self) -> None:
        """Show all answers as they stand in the form."""
        for item in self._instrument.items():
            self.fill_item(item)

    def fill_item(self, item: Item) -> None:
        """Show one item's answers as they stand in the form."""
        given = self._form.values_for(self._instrument, item, "assessor")
        if item.id in self.rows:
            self.rows[item.id].show(
                own=self._form.own.get(item.id, UNSET),
                given=given.get(item.id, UNSET),
                remark=str(given.get(item.comment_key) or ""),
                column=self.column,
            )
        elif item.id in self.typed:
            self.typed[item.id].fill(given.get(item.id, UNSET))
        elif item.id in self.written:
            self.written[item.id].fill(given.get(item.id, UNSET))

    def show_column(self, column: Column) -> None:
        """Fill in the trainee's column, or the assessor's; the former shows only its own rows."""
        self.column = column
        self.set_class(column == "own", "-own")
        for heads in self.query(ColumnHeads):
            heads.show_column(column)
        self.fill()

    def show_problem(self, item_id: str, words: Content) -> None:
        """Show words under a typed or written field; empty ones take them away."""
        if item_id in self.written:
            self.written[item_id].show_problem(words)
        elif item_id in self.typed:
            field = self.typed[item_id]
            field.query_ancestor(FieldLines).show_problem(field, words)

    def offer(self, previous: dict[str, Any]) -> None:
        """Offer the answers of the form before, with one key each."""
        for item_id, row in self.rows.items():
            if row.item.repeat_from_previous:
                row.previous = previous.get(item_id, UNSET)

    # Where one stands

    def go_to(self, item_id: str) -> bool:
        """Put the focus on an item; return whether it is on the sheet."""
        target = self._field(item_id)
        if target is None:
            return False
        target.focus()
        return True

    def begin_at(self, item_id: str) -> None:
        """Put the focus on an item at once, not when it is its turn: the page is being opened, and
        is laid out with the focus where it belongs."""
        self.screen.set_focus(self._field(item_id), scroll_visible=False)

    def _field(self, item_id: str) -> Widget | None:
        if item_id in self.typed:
            return self.typed[item_id].input
        if item_id in self.written:
            return self.written[item_id].input
        return self.rows.get(item_id)

    def step(self, by: int) -> None:
        """Go to the next or the previous field in sight; stay on the last."""
        fields = [w for w in self.query(".field") if w.focusable and w.display]
        here = self.screen.focused
        if here not in fields:
            return
        at = fields.index(here) + by
        if 0 <= at < len(fields):
            # Not `focus()`, which waits its turn: the next digit may be in the queue already.
            self.screen.set_focus(fields[at])
        elif at < 0:
            self.screen.focus_previous()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell which item one stands on, and bring its whole section into sight."""
        self.post_message(self.Stands(self._item_of(event.widget)))
        section = next((n for n in event.widget.ancestors if n.has_class("section")), None)
        if isinstance(section, Vertical) and isinstance(event.widget, RatedRow):
            bring = partial(self._bring, section, event.widget)
            page = self.screen
            if isinstance(page, Painted):
                page.once_laid_out(bring)

    def _bring(self, section: Vertical, row: RatedRow) -> None:
        """Scroll a section that is not wholly in sight to the top; then the row, if need be."""
        seen = self.scrollable_content_region
        if not (seen.y <= section.region.y and section.region.bottom <= seen.bottom):
            self.scroll_to_widget(section, top=True, animate=False, immediate=True)
        row.scroll_visible(animate=False, immediate=True)

    def _item_of(self, widget: Widget) -> Item | None:
        for node in widget.ancestors_with_self:
            if isinstance(node, (RatedRow, TypedField, WrittenField)):
                return node.item
        return None

    # What is answered

    @on(RatedRow.Rated)
    def _rated(self, event: RatedRow.Rated) -> None:
        event.stop()
        row = event.row
        self.post_message(self.Answered(row.item, row.item.id, self.column, event.value))

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _typed(self, event: Input.Changed | ChoiceField.Changed) -> None:
        event.stop()
        widget = event.control
        if isinstance(widget, RemarkInput):
            self._remark(widget.row, widget.value)
            return
        field = widget.parent
        if isinstance(field, TypedField):
            self.post_message(self.Answered(field.item, field.item.id, "assessor", field.read()))

    @on(TextArea.Changed)
    def _wrote(self, event: TextArea.Changed) -> None:
        event.stop()
        field = next((w for w in self.written.values() if w.input is event.text_area), None)
        if field is not None:
            field.show_dots()
            self.post_message(self.Answered(field.item, field.item.id, "assessor", field.read()))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not isinstance(event.input, RemarkInput):
            self.step(1)

    def _remark(self, row: RatedRow, written: str) -> None:
        value = clean(written, one_line=True) or UNSET
        self.post_message(self.Answered(row.item, row.item.comment_key, "assessor", value))

    @on(RatedRow.Asked)
    def _asked(self, event: RatedRow.Asked) -> None:
        event.stop()
        if event.what == "remark":
            self.mount(RemarkInput(event.row), after=event.row)
        else:
            self.step(1 if event.what == "down" else -1)


class RemarkInput(Input):
    """The remark beside an answer; Enter or leaving it goes on, Esc takes back what was typed."""

    DEFAULT_CSS = "RemarkInput { margin-left: 4; width: 1fr; }"

    def __init__(self, row: RatedRow) -> None:
        super().__init__(
            row.remark,
            placeholder=text("assessment.key.remark"),
            compact=True,
            select_on_focus=False,
            max_length=row.item.max_length,
        )
        self.row = row
        self._before = row.remark
        self._left = False

    def on_mount(self) -> None:
        """Take the focus; the row leaves its own line for the remark."""
        self.row.edit_remark(True)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Go on with Enter, Tab or an arrow; Esc takes back."""
        steps = {"enter": 1, "tab": 1, "down": 1, "up": 0, "shift+tab": -1, "escape": 0}
        if event.key not in steps:
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.value = self._before
        self._leave(steps[event.key])

    def on_blur(self) -> None:
        """Give way to whatever has the focus now."""
        self._leave(None)

    def _leave(self, by: int | None) -> None:
        if self._left:
            return
        self._left = True
        self.row.edit_remark(False)
        if by is not None:
            self.row.focus()
            if by:
                self.query_ancestor(Sheet).step(by)
        self.remove()
