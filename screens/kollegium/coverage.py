"""Täckningskarta: units and weeks, and which units nobody is named at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.kollegium.coverage import CoverageMap, UnitRow, coverage
from at_tui.language import say, text
from schema.fault import Fault
from screens.kollegium import coverage_rows as drawn
from screens.kollegium.printing import print_coverage
from screens.text import fitted, safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import WIDE, Row

# The records bring SQLModel: the worker loads it.
if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort

AHEAD = 4
"""Weeks ahead that are shown around today."""
STEP = 4
MOST = 52
_FURTHEST = 104


class MapPage(Page[None]):
    """What the map and a unit's page share: the weeks in the window, and their numbers."""

    AREA = "coverage"
    DEFAULT_CSS = """
    MapPage #weeks { height: 1; color: $text-muted; }
    MapPage #legend { height: auto; padding: 0 3; margin-top: 1; }
    MapPage #said { height: auto; padding: 0 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("left", "earlier", "coverage.earlier", as_="← →"),
        bind("right", "later", "coverage.later", show=False),
        bind("p", "print", "coverage.print"),
        bind("t", "today", "coverage.today", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shift = 0
        """Weeks that the window has been moved back."""
        self.map: CoverageMap | None = None

    def body(self) -> ComposeResult:
        """Lay out the week numbers, the rows and the legend."""
        yield Static(id="said", markup=False)
        yield Static(id="weeks", markup=False)
        yield Picker((), type_to_filter=False, enter=False, marks=self.MARKS)
        yield Static(drawn.legend(), id="legend", markup=False)

    MARKS: ClassVar[bool] = False
    FIRST: ClassVar[str] = "coverage.unit"
    LAST: ClassVar[str] = "coverage.state"
    """Keys of the outer columns' titles."""

    @property
    def count(self) -> int:
        """Weeks that there is room for."""
        outer = [column for column in drawn.columns(0) if column.width]
        if self.app.size.width < WIDE:
            outer = [column for column in outer if not column.wide_only]
        # Two cells before each column but the first; the weeks are one.
        taken = sum(column.width for column in outer) + 2 * len(outer)
        return max(12, min(MOST, self.room - taken))

    @property
    def room(self) -> int:
        """Cells that there are for a row."""
        return (self.query_one(Picker).size.width or self.app.size.width) - 5

    @property
    def shown(self) -> slice:
        """The weeks in the window, as a part of the map."""
        total = len(self.map.weeks) if self.map else 0
        last = max(0, total - max(0, self.shift))
        return slice(max(0, last - self.count), last)

    def rows(self) -> list[Row]:
        """Return what is shown."""
        return []

    def draw(self) -> None:
        """Show the rows of the weeks in the window, with their numbers over them."""
        if self.map is None or not self.is_mounted:
            return
        columns, given = drawn.columns(self.count), self.widths()
        picker = self.query_one(Picker)
        rows = [Row(r.id, r.cells, r.search, columns=columns) for r in self.rows()]
        picker.show(rows, empty=safe(text("coverage.empty")))
        titles = (
            safe(text(self.FIRST), "$text-muted"),
            drawn.numbers(self.map.weeks[self.shown]),
            safe(text("coverage.met"), "$text-muted"),
            safe(text(self.LAST), "$text-muted"),
        )
        parts = [
            fitted(words, cells, right=column.right)
            for words, cells, column in zip(titles, given, columns, strict=True)
            if cells
        ]
        self.query_one("#weeks", Static).update(Content.assemble("   ", Content("  ").join(parts)))

    def widths(self) -> list[int]:
        """Return the cells of each column as the window is."""
        return self.query_one(Picker).rows.widths_for(self.room, drawn.columns(self.count))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many weeks as there is room for."""
        self.call_after_refresh(self.draw)

    # Weeks

    def action_earlier(self) -> None:
        """Go four weeks back."""
        self.move(STEP)

    def action_later(self) -> None:
        """Go four weeks ahead."""
        self.move(-STEP)

    def action_today(self) -> None:
        """Go back to the weeks around today."""
        self.move(-self.shift)

    def move(self, weeks: int) -> None:
        """Move the window."""
        self.shift = max(0, min(_FURTHEST, self.shift + weeks))
        self.draw()

    # Print

    def action_print(self) -> None:
        """Print what is chosen; subclasses say what."""

    def print_pages(self, unit_ids: Sequence[str] | None, title: str, cohort: Cohort) -> None:
        """Ask where to, and print in a thread.

        Args:
            unit_ids: Pages for these; None for the overview and all.
        """
        found = self.map

        def chosen(choice: PrintChoice | None) -> None:
            if choice is not None and found is not None:
                self.note(safe(text("app.saving"), "$text-muted"))
                self.run_worker(
                    lambda: self._print(found, unit_ids, cohort, choice.folder),
                    thread=True,
                    name="print",
                )

        self.app.push_screen(PrintDialog(title, notes=False), chosen)

    def _print(
        self, found: CoverageMap, unit_ids: Sequence[str] | None, cohort: Cohort, folder: Path
    ) -> None:
        try:
            path = print_coverage(found, cohort, folder, unit_ids)
        except Fault as fault:
            self.app.call_from_thread(self._printed, say(fault), "error")
            return
        self.app.call_from_thread(self._printed, text("coverage.printed", path=path), "information")

    def _printed(self, words: str, severity: Any) -> None:
        self.note("")
        self.desk.say(words, severity)


class CoveragePage(MapPage):
    """Every unit. Enter shows its doctors.

    Args:
        known: A cohort that has been read; None reads it.
    """

    MARKS = True
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "coverage.open"),
        bind("a", "print_all", "coverage.print_all"),
    ]

    def __init__(self, known: Cohort | None = None) -> None:
        super().__init__()
        self._cohort = known

    def on_mount(self) -> None:
        """Draw the map, after reading it when nobody has."""
        self.set_title(text("coverage.title"))
        picker = self.query_one(Picker)
        picker.show([], empty=safe(text("coverage.reading")))
        picker.focus()
        self.run_worker(self._read, thread=True, name="coverage")

    def _read(self) -> None:
        from at_tui.kollegium.whole import read_cohort

        try:
            cohort = self._cohort or read_cohort(self.store, self.author, self.today)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        found = coverage(cohort.cases, cohort.shelf, back=MOST + _FURTHEST, ahead=AHEAD)
        self.app.call_from_thread(self._came, cohort, found)

    def _came(self, cohort: Cohort, found: CoverageMap) -> None:
        self._cohort, self.map = cohort, found
        self.set_title(text("coverage.title"), drawn.counts(found))
        self.draw()
        self.refresh_bindings()

    def rows(self) -> list[Row]:
        """Return the units where anybody is in the weeks shown."""
        found = self.map
        if found is None:
            return []
        room = self.widths()[0]
        return [drawn.unit_row(unit, self.shown, found, room) for unit in self._units()]

    def _units(self) -> list[UnitRow]:
        units = self.map.units if self.map else ()
        return [unit for unit in units if drawn.is_there(unit, self.shown)]

    def _unit(self) -> UnitRow | None:
        selected = self.query_one(Picker).selected
        return next((u for u in self._units() if (u.unit_id or "-") == selected), None)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show the unit (a click)."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the unit's doctors."""
        unit, found, cohort = self._unit(), self.map, self._cohort
        if unit is not None and found is not None and cohort is not None:
            from screens.kollegium.coverage_unit import UnitPage

            shift = self.shift
            self.desk.go(lambda: UnitPage(unit, found, cohort, shift))

    def action_print(self) -> None:
        """Print a page for each marked unit, or for the one under the cursor."""
        marked = self.query_one(Picker).marked
        chosen = [u for u in self._units() if (u.unit_id or "-") in marked]
        unit = self._unit()
        if not chosen and unit is not None:
            chosen = [unit]
        if not chosen or self._cohort is None:
            return
        words = text("coverage.print_marked", count=len(chosen))
        if len(chosen) == 1:
            words = text("coverage.print_one", unit=chosen[0].unit or text("coverage.no_unit"))
        self.print_pages([u.unit_id for u in chosen], words, self._cohort)

    def action_print_all(self) -> None:
        """Print the overview and every unit's page."""
        if self._cohort is not None:
            words = text("coverage.print_all", count=len(self._units()))
            self.print_pages(None, words, self._cohort)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a map before there is one."""
        if action in ("open", "print", "print_all"):
            return self.map is not None and bool(self.map.units)
        return True
