"""What the columns of a file mean: the guess, with a value from the file, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.interchange.cells import as_text
from at_tui.interchange.columns import SETS, ColumnSet, Matched
from at_tui.interchange.rows import Reading, Sheet, set_for
from at_tui.interchange.spreadsheet import heading_at
from at_tui.language import text
from schema.text import clean
from screens.text import beside, safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from at_tui.interchange.preview import Preview
    from at_tui.interchange.table import Table

NOT_READ = "-"


class ColumnsPage(Page[Reading]):
    """The columns of a spreadsheet; dismissed with how it is to be read, or None.

    Args:
        preview: What was read of a file that has columns.
    """

    AREA = "import_columns"
    DEFAULT_CSS = """
    ColumnsPage #about { height: auto; padding: 0 3 1 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "choose", "import_columns.choose"),
        bind("delete", "leave_out", "import_columns.leave_out", as_="Del"),
        bind("t", "form", "import_columns.form"),
        bind("f2,ctrl+s", "done", "import_columns.done"),
    ]

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        source = preview.source
        if not isinstance(source, Sheet) or source.table is None:
            raise TypeError("a file without columns")
        self._table: Table = source.table
        self._set: ColumnSet = SETS.get(preview.reading.form) or set_for(self._table.headings)
        self._chosen = dict(preview.reading.columns)
        self._file_name = preview.path.name

    def body(self) -> ComposeResult:
        """Lay out what it is read as over the columns."""
        yield Static(id="about", markup=False)
        columns = [
            Column(text("import_columns.heading"), width=22, grow=1, most=34),
            Column(text("import_columns.sample"), width=20, grow=1, most=34),
            Column(text("import_columns.read_as"), width=26, grow=1),
        ]
        yield Picker(columns, type_to_filter=False, enter=False, filters=False)

    def on_mount(self) -> None:
        """Show the columns."""
        self.set_title(text("import_columns.title"), safe(self._file_name, "$text-muted"))
        self._show()
        self.query_one(Picker).focus()

    @property
    def _matched(self) -> Matched:
        return self._set.match(self._table.headings, self._chosen)

    def _show(self) -> None:
        matched = self._matched
        lines = [
            beside(
                safe(text("import_columns.as_form")),
                safe(text(f"import.set.{self._set.name}"), "bold $accent"),
            )
        ]
        if matched.missing:
            lacks = text("import_columns.missing", names=", ".join(matched.missing))
            lines.append(safe("✗ " + lacks, "$error"))
        else:
            lines.append(safe("✓ " + text("import_columns.enough"), "$success"))
        self.query_one("#about", Static).update(Content("\n").join(lines))
        rows = [self._row(place, matched) for place in range(self._width)]
        self.query_one(Picker).show(rows)

    @property
    def _width(self) -> int:
        rows = [len(cells) for _, cells in self._table.rows[:50]]
        return max([len(self._table.headings), *rows])

    def _row(self, place: int, matched: Matched) -> Row:
        column = matched.columns.get(place)
        if column is None:
            read = safe("– " + text("import_columns.not_read"), "$text-muted")
        elif place in self._chosen:
            read = Content.assemble(("● ", "$accent"), safe(column.heading, "bold"))
        elif place in matched.guessed:
            read = Content.assemble(("~ ", "$warning"), safe(column.heading))
        else:
            read = Content.assemble(("✓ ", "$success"), safe(column.heading))
        return Row(
            str(place),
            (heading_at(self._table, place), safe(self._sample(place), "$text-muted"), read),
        )

    def _sample(self, place: int) -> str:
        for _, cells in self._table.rows[:50]:
            if place < len(cells) and (words := clean(as_text(cells[place]), one_line=True)):
                return words[:60]
        return ""

    # Keys

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Choose (a click)."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Choose what the column holds."""
        row = self.query_one(Picker).selected
        if row is None:
            return
        place = int(row)
        options = [
            Option(NOT_READ, text("import_columns.not_read")),
            *(Option(c.field, c.heading) for c in self._set.columns),
        ]
        now = self._matched.columns.get(place)

        def chosen(field: str | None) -> None:
            if field is not None:
                self._choose(place, "" if field == NOT_READ else field)

        title = heading_at(self._table, place)
        self.app.push_screen(ChoiceDialog(title, options, now.field if now else NOT_READ), chosen)

    def _choose(self, place: int, field: str) -> None:
        # A field has one column: whoever had it before gives it up.
        for other, column in self._matched.columns.items():
            if other != place and column.field == field:
                self._chosen[other] = ""
        self._chosen[place] = field
        self._show()

    def action_leave_out(self) -> None:
        """Do not read the column."""
        row = self.query_one(Picker).selected
        if row is not None:
            self._choose(int(row), "")

    def action_form(self) -> None:
        """Read the file as another kind of spreadsheet."""
        names = list(SETS)
        self._set = SETS[names[(names.index(self._set.name) + 1) % len(names)]]
        self._chosen = {}
        self._show()

    def action_done(self) -> None:
        """Read the file so."""
        self.dismiss(Reading(self._set.name, dict(self._chosen)))
