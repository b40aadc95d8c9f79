"""A list one looks things up in: type to filter, arrows, Enter opens, space marks.

picker = Picker([Column("Namn", 20, grow=1), Column("Enhet", 20)], id="people")
picker.show([Row(person.id, (person.name, unit)) for person in people])

def on_picker_opened(self, event: Picker.Opened) -> None: ...   # event.row_id
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from at_tui.language import text
from schema.text import sort_key
from screens.text import fitted, safe, said
from screens.widgets.keys import bind
from screens.widgets.rows import GAP, Column, Row, Rows

if TYPE_CHECKING:
    from textual.widgets import Input

MOST = 300
"""Rows shown at a time; the rest is found by typing."""


class Picker(Vertical):
    """Rows with a filter line that appears when one types.

    Args:
        columns: What is shown of each row.
        type_to_filter: Whether any letter begins the filter. Pages whose letters are keys of
            their own set it to False; `/` begins the filter there.
        filters: Whether there is a filter at all; a list of a few choices needs none.
        marks: Whether the space bar marks rows.
        enter: Whether Enter opens the row; a page with an Enter of its own sets it to False.
        source: Asked for the rows that hold a text, when they are filtered in SQL. Without it
            the rows given to `show` are filtered here.
    """

    DEFAULT_CSS = """
    Picker { height: 1fr; }
    Picker > .header { height: 1; padding: 0 1 0 0; color: $text-muted; }
    Picker > .filter { height: 1; margin-bottom: 1; layout: horizontal; display: none; }
    Picker.-filtering > .filter { display: block; }
    Picker > .filter > Static { width: auto; padding: 0 1; color: $accent; text-style: bold; }
    Picker > .filter > Input { width: 1fr; }
    Picker > .below { display: none; padding: 0 3; color: $text-muted; height: auto; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "app.open"),
        bind("slash", "filter", "app.filter"),
        bind("space", "mark", "app.mark"),
        Binding("j", "down", show=False, id="list.down"),
        Binding("k", "up", show=False, id="list.up"),
    ]

    class Opened(Message):
        """Enter on a row, or a click."""

        def __init__(self, picker: Picker, row_id: str) -> None:
            super().__init__()
            self.picker, self.row_id = picker, row_id

        @property
        def control(self) -> Picker:
            """The picker."""
            return self.picker

    class Moved(Message):
        """The cursor stands on another row; `row_id` is None when there is none."""

        def __init__(self, picker: Picker, row_id: str | None) -> None:
            super().__init__()
            self.picker, self.row_id = picker, row_id

        @property
        def control(self) -> Picker:
            """The picker."""
            return self.picker

    class Marked(Message):
        """Rows were marked or unmarked."""

        def __init__(self, picker: Picker) -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> Picker:
            """The picker."""
            return self.picker

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        type_to_filter: bool = True,
        marks: bool = False,
        enter: bool = True,
        filters: bool = True,
        source: Callable[[str], Iterable[Row]] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._type_to_filter = type_to_filter and filters
        self._filters = filters
        self._marks = marks
        self._enter = enter
        self._source = source
        self._all: list[Row] = []
        self._total = 0
        self._empty: Content | str = ""
        self._list: Rows
        self._field: Input | None = None
        self._below: Static | None = None
        self._applied = ""
        self._awaiting_focus = False

    def compose(self) -> ComposeResult:
        """Lay out the header, when the columns have titles, and the rows."""
        if any(column.title for column in self._columns):
            yield _Header(self._columns)
        self._list = Rows(self._columns)
        yield self._list

    def on_mount(self) -> None:
        """Show rows that came before the mount."""
        if self._all or self._empty:
            self._draw(self._all)

    @property
    def rows(self) -> Rows:
        """The list itself."""
        return self._list

    @property
    def marked(self) -> set[str]:
        """Ids of the marked rows."""
        return self.rows.marked

    @property
    def selected(self) -> str | None:
        """Id of the row the cursor stands on."""
        return self.rows.selected

    @property
    def filter_text(self) -> str:
        """What is typed in the filter."""
        return self._field.value if self._field is not None else ""

    def show(self, rows: Iterable[Row], *, empty: str | Content = "", total: int = 0) -> None:
        """Show `rows`, filtered by what is typed; `empty` says what to do when there are none.

        `total` is how many there are in all, when `rows` are only the first of them.
        """
        self._all, self._empty, self._total = list(rows), empty, total
        if self.is_mounted:
            self._filter()

    def show_header(self, shown: bool) -> None:
        """Show or hide the columns' titles."""
        for header in self.query(_Header):
            header.display = shown

    def reload(self) -> None:
        """Ask the source for its rows again (something was saved)."""
        if self._source is not None:
            self._all = list(self._source(self.filter_text))
            self._draw(self._all)

    def select(self, row_id: str) -> bool:
        """Put the cursor on a row; return whether it is shown."""
        return self.rows.select(row_id)

    def focus(self, scroll_visible: bool = True) -> Picker:
        """Put the focus on the rows."""
        self.rows.focus(scroll_visible)
        return self

    # Filter

    def action_filter(self) -> None:
        """Begin to filter."""
        self._begin_filter()

    def _begin_filter(self, typed: str = "") -> None:
        if self._field is None:
            # Textual's Input costs about 15 ms: most lists are never filtered.
            from textual.widgets import Input

            self._field = Input(typed, compact=True, select_on_focus=False)
            words = Static(text("app.filter"), markup=False)
            self.mount(Vertical(words, self._field, classes="filter"), before=0)
        else:
            self._field.insert_text_at_cursor(typed)
        self.add_class("-filtering")
        if not self._field.has_focus and not self._awaiting_focus:
            self._awaiting_focus = True
            self._hand_over()
        if typed:
            self._apply(self._field.value)

    def _hand_over(self) -> None:
        """Put the focus in the filter once every key that was sent to the rows has come here: those
        typed after them would go straight to the field, and overtake them."""
        if self._field is None or not self._awaiting_focus:
            return
        if self.rows.message_queue_size or self.message_queue_size:
            self.set_timer(0.01, self._hand_over)
        else:
            self.screen.set_focus(self._field)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        self.rows.action_select()

    def action_mark(self) -> None:
        """Mark the row under the cursor."""
        self.rows.toggle_mark()
        self.post_message(self.Marked(self))

    def action_down(self) -> None:
        """Step down."""
        self.rows.action_cursor_down()

    def action_up(self) -> None:
        """Step up."""
        self.rows.action_cursor_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out keys that do nothing here."""
        if action == "mark":
            return self._marks
        if action == "open":
            return self._enter
        if action in ("down", "up"):
            return not self._type_to_filter
        if action == "filter":
            return self._filters and "-filtering" not in self.classes
        return True

    def on_key(self, event: events.Key) -> None:
        """Let a letter begin the filter, arrows move from within it, and Esc end it."""
        # A letter that comes here while one filters was sent to the rows before the focus had
        # reached the filter: whoever types fast loses none.
        begun = self._awaiting_focus or (self.has_class("-filtering") and not self.rows.has_focus)
        if event.key == "slash" and self._filters and not begun:
            # Here and not by its binding: letters that follow at once would overtake that.
            event.stop()
            event.prevent_default()
            self._begin_filter()
        elif event.is_printable and (
            begun or (self._type_to_filter and event.character not in (" ", "?"))
        ):
            event.stop()
            event.prevent_default()
            self._begin_filter(event.character or "")
        elif self._field is not None and self._field.has_focus:
            self._key_in_filter(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note that the focus has reached the filter."""
        if event.widget is self._field:
            self._awaiting_focus = False

    def _key_in_filter(self, event: events.Key) -> None:
        moves: dict[str, Callable[[], None]] = {
            "down": self.rows.action_cursor_down,
            "up": self.rows.action_cursor_up,
            "pagedown": self.rows.action_page_down,
            "pageup": self.rows.action_page_up,
        }
        if event.key in moves:
            moves[event.key]()
        elif event.key == "escape":
            self.clear_filter()
        elif event.key == "tab":
            self.rows.focus()
        else:
            return
        event.stop()
        event.prevent_default()

    def clear_filter(self) -> None:
        """Show all rows again."""
        if self._field is not None:
            self._field.value = ""
        self.remove_class("-filtering")
        self._awaiting_focus = False
        self.rows.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by what is typed."""
        event.stop()
        self._apply(event.value)

    def _apply(self, typed: str) -> None:
        if typed == self._applied:
            return
        self._applied = typed
        if self._source is not None:
            self._all = list(self._source(typed))
        self._filter()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the row that the cursor stands on."""
        event.stop()
        self.rows.action_select()

    def _filter(self) -> None:
        words = sort_key(self.filter_text).split()
        if self._source is not None or not words:
            self._draw(self._all)
            return
        found = []
        for row in self._all:
            key = "" if row.heading else sort_key(row.words)
            if not row.heading and all(word in key for word in words):
                found.append(row)
        self._draw(found)

    def _draw(self, rows: list[Row]) -> None:
        shown = rows[:MOST]
        self.rows.show(shown)
        self.rows.display = bool(shown)
        total, typed = max(self._total, len(rows)), self.filter_text
        if not shown:
            words = said("app.no_match", text=typed) if typed else self._empty
        else:
            words = said("app.more_rows", shown=MOST, total=total) if total > len(shown) else ""
        self._say_below(words)

    def _say_below(self, words: Content | str) -> None:
        if self._below is None:
            if not words or not self.is_attached:
                return
            self._below = Static(classes="below", markup=False)
            self.mount(self._below)
        self._below.display = bool(words)
        self._below.update(words)

    # What the rows say

    @on(OptionList.OptionSelected)
    def _opened(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (row_id := self.rows.row_at(event.option_index).id) != "":
            self.post_message(self.Opened(self, row_id))

    @on(Rows.Measured)
    def _measured(self, event: Rows.Measured) -> None:
        event.stop()
        for header in self.query(_Header):
            header.refresh()

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Moved(self, self.rows.selected))


class _Header(Static):
    """The columns' titles, over the rows."""

    ALLOW_SELECT = False

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(classes="header", markup=False)
        self._columns = columns

    def render(self) -> Content:
        """Return the titles in the rows' own columns."""
        rows = self.screen.query_one(Rows) if self.parent is None else self.parent.query_one(Rows)
        # As wide as the rows are drawn: a scrollbar beside them takes cells.
        width = rows.scrollable_content_region.width or self.content_size.width + 1
        given = rows.widths_for(width - 4)
        parts = [
            fitted(safe(column.title), cells, right=column.right)
            for column, cells in zip(self._columns, given, strict=True)
            if cells
        ]
        return Content.assemble("   ", Content(" " * GAP).join(parts))
