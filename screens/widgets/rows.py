"""A list of rows in columns that fit the window: the one way the programme shows many things.

Built on Textual's OptionList: only the rows in sight are drawn, and the columns are laid out when
a row is drawn, so that a resize costs nothing. Headings are rows that the cursor steps over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.text import fitted, safe

GAP = 2
WIDE = 100
"""Columns marked `wide_only` are shown from this window width on."""
TALL = 32
"""Headings have an empty line under them from this window height on."""


@dataclass(frozen=True)
class Column:
    """One column: its title, its width in cells, and how it shares what is left over.

    Attributes:
        title: Heading; empty for none.
        width: Cells it has at least.
        grow: Share of the cells left over (0: none).
        right: Whether it is set flush right (numbers).
        wide_only: Whether it is left out of windows under 100 columns.
        most: Cells it grows to at most (0: without limit).
        wide: Cells it has in windows from 100 columns on (0: `width`).
    """

    title: str = ""
    width: int = 8
    grow: int = 0
    right: bool = False
    wide_only: bool = False
    most: int = 0
    wide: int = 0


@dataclass(frozen=True)
class Row:
    """One row: an id of the caller's and its cells (text from outside is safe as plain `str`).

    `search` is what the filter looks in (default: the cells). `detail` is a second line, muted,
    under the first. A heading cannot be chosen. `columns` are this row's own, when they are others
    than the list's. A row that `wraps` shows its one cell whole, on as many lines as it needs.
    """

    id: str
    cells: tuple[str | Content, ...] = ()
    search: str = ""
    detail: str | Content = ""
    heading: bool = False
    columns: tuple[Column, ...] = ()
    wraps: bool = False

    @property
    def words(self) -> str:
        """What the filter looks in."""
        return self.search or " ".join(
            cell.plain if isinstance(cell, Content) else cell for cell in self.cells
        )


def heading(title: str, right: str = "") -> Row:
    """Return a heading with an empty line above it."""
    cells = (safe(title, "bold $accent"), safe(right, "$text-muted"))
    return Row(id="", cells=cells, heading=True)


def remark(words: str) -> Row:
    """Return a muted line of its own: what an empty section says."""
    return Row(id="", cells=(safe(words, "$text-muted"),), heading=True)


def widths(columns: Sequence[Column], room: int, window: int) -> list[int]:
    """Return the cells of each column in `room` cells; 0 for columns left out."""
    shown = [not c.wide_only or window >= WIDE for c in columns]
    own = [c.wide or c.width if window >= WIDE else c.width for c in columns]
    given = [cells if s else 0 for cells, s in zip(own, shown, strict=True)]
    left = room - sum(given) - GAP * (sum(shown) - 1)
    growing = [i for i, c in enumerate(columns) if shown[i] and c.grow]
    while left > 0 and growing:
        shares = sum(columns[i].grow for i in growing)
        before = left
        for i in list(growing):
            part = max(1, before * columns[i].grow // shares)
            if columns[i].most:
                part = min(part, columns[i].most - given[i])
            part = max(0, min(part, left))
            given[i] += part
            left -= part
            if columns[i].most and given[i] >= columns[i].most:
                growing.remove(i)
        if left == before:
            break
    # Too narrow: the widest gives way first.
    while left < 0:
        widest = max(range(len(given)), key=lambda i: given[i])
        if given[widest] <= 4:
            break
        given[widest] -= 1
        left += 1
    return given


class _RowVisual(Visual):
    """Draws one row in the columns of its list."""

    def __init__(self, rows: Rows, row: Row) -> None:
        self._rows, self._row = rows, row
        self._drawn: dict[tuple[int, Style, str, bool], list[Strip]] = {}
        """By what decides how it looks: sorting a list shows the same rows at other places."""

    def _lines(self, width: int) -> list[Content]:
        row = self._row
        if row.heading:
            return self._heading(width)
        if row.wraps:
            return self._wrapped(width)
        mark = "$accent bold" if row.id in self._rows.marked else ""
        sign = " ● " if mark else "   "
        room = width - 4
        columns = row.columns or self._rows.columns
        given = self._rows.widths_for(room, columns)
        parts: list[Content] = []
        for cell, column, cells in zip(row.cells, columns, given, strict=False):
            if cells:
                content = cell if isinstance(cell, Content) else safe(cell)
                parts.append(fitted(content, cells, right=column.right))
        line = Content.assemble((sign, mark), Content(" " * GAP).join(parts), " ")
        if not row.detail:
            return [line]
        words = row.detail if isinstance(row.detail, Content) else safe(row.detail)
        return [line, Content.assemble("   ", fitted(words, width - 4)).stylize("$text-muted")]

    def _wrapped(self, width: int) -> list[Content]:
        cell = self._row.cells[0]
        content = cell if isinstance(cell, Content) else safe(cell)
        lines = content.wrap(max(10, width - 6))
        return [
            Content.assemble("   " if n == 0 else "     ", line) for n, line in enumerate(lines)
        ]

    def _heading(self, width: int) -> list[Content]:
        left = self._row.cells[0]
        left = left if isinstance(left, Content) else safe(left)
        right = self._row.cells[1] if len(self._row.cells) > 1 else Content("")
        right = right if isinstance(right, Content) else safe(right)
        room = width - 1 - right.cell_length
        indent = " " if len(self._row.cells) > 1 else "   "
        line = Content.assemble(indent, fitted(left, room - len(indent)), right, " ")
        above = [Content("")] if self._rows.spaced(self._row) else []
        below = [Content("")] if self._airy else []
        return [*above, line, *below]

    @property
    def _airy(self) -> bool:
        """Whether a line under the heading is left empty: in tall windows."""
        return len(self._row.cells) > 1 and self._rows.app.size.height >= TALL

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the row as strips of `width` cells."""
        key = (width, style, self._rows.app.theme, self._row.id in self._rows.marked)
        if (drawn := self._drawn.get(key)) is None:
            drawn = []
            for line in self._lines(width):
                drawn += (line or Content(" ")).render_strips(width, 1, style, options)[:1]
            if not self._row.heading:  # what is around it decides how high a heading is
                self._drawn[key] = drawn
        return drawn

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the whole width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the row's lines."""
        if self._row.heading:
            return 1 + self._rows.spaced(self._row) + self._airy
        if self._row.wraps:
            return len(self._wrapped(width))
        return 2 if self._row.detail else 1


class Rows(OptionList, inherit_bindings=False):
    """The rows. Arrows move; what Enter does is said by the Picker or the page around them."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
    ]

    DEFAULT_CSS = """
    Rows { height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    Rows > .option-list--option-disabled { color: $text; }
    """

    class Measured(Message):
        """The rows have become narrower or wider."""

    def __init__(self, columns: Sequence[Column] = (), *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.columns = tuple(columns)
        self.marked: set[str] = set()
        self._rows: list[Row] = []
        self._spaced: set[int] = set()
        self._widths: dict[tuple[int, int, tuple[Column, ...]], list[int]] = {}
        self._visuals: dict[int, _RowVisual] = {}
        """By the identity of the row, for rows that are shown again."""
        # No row holds a link: Textual would look for them in every line it draws.
        self.auto_links = False

    def watch_show_vertical_scrollbar(self) -> None:
        """Measure the rows anew: a scrollbar takes cells, and a row that wraps may need a line
        more than before it came."""
        self._clear_caches()
        self.refresh(layout=True)
        self.post_message(self.Measured())

    def on_resize(self) -> None:
        """Tell what stands over the rows how wide they are."""
        self.post_message(self.Measured())

    def widths_for(self, room: int, columns: tuple[Column, ...] = ()) -> list[int]:
        """Return the columns' cells in `room` cells of this window."""
        window = self.app.size.width
        key = (room, window, columns or self.columns)
        if key not in self._widths:
            self._widths[key] = widths(columns or self.columns, room, window)
        return self._widths[key]

    def spaced(self, row: Row) -> bool:
        """Return whether an empty line goes above a heading: not above the first row."""
        return id(row) in self._spaced

    def show(self, rows: Iterable[Row], *, keep: bool = True) -> None:
        """Show `rows`; with `keep` the cursor stays on the row it stood on."""
        before = self.selected if keep else None
        self._rows = list(rows)
        self._spaced = {
            id(row) for n, row in enumerate(self._rows) if n and row.heading and len(row.cells) > 1
        }
        self.clear_options()
        known = self._visuals
        self._visuals = {id(row): known.get(id(row)) or _RowVisual(self, row) for row in self._rows}
        self.add_options(
            Option(self._visuals[id(row)], id=None, disabled=row.heading) for row in self._rows
        )
        at = next((n for n, row in enumerate(self._rows) if before and row.id == before), None)
        if at is None:
            at = next((n for n, row in enumerate(self._rows) if not row.heading), None)
        self.highlighted = at

    def update_row(self, row: Row) -> None:
        """Draw one row anew, found by its id, without refilling the list."""
        for index, old in enumerate(self._rows):
            if old.id == row.id and not old.heading:
                self._rows[index] = row
                self._visuals.pop(id(old), None)
                self.replace_option_prompt_at_index(index, _RowVisual(self, row))

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    @property
    def selected(self) -> str | None:
        """Id of the row the cursor stands on."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted].id or None

    def row_at(self, index: int) -> Row:
        """Return the row at `index` of the list."""
        return self._rows[index]

    def select(self, row_id: str) -> bool:
        """Put the cursor on the row with that id; return whether there is one."""
        for index, row in enumerate(self._rows):
            if row.id == row_id and not row.heading:
                self.highlighted = index
                return True
        return False

    def toggle_mark(self) -> None:
        """Mark or unmark the row the cursor stands on, and step down."""
        if (row_id := self.selected) is None:
            return
        self.marked ^= {row_id}
        self._option_render_cache.clear()
        self.refresh()
        self.action_cursor_down()
