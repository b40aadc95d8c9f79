"""One unit on the map of supervision: its doctors, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.widgets import Static

from at_tui.kollegium.coverage import CoverageMap, Standing, UnitRow
from at_tui.kollegium.weeks import Mark
from at_tui.language import text
from screens import ways
from screens.kollegium import coverage_rows as drawn
from screens.kollegium.coverage import MapPage
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Row

if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort


class UnitPage(MapPage):
    """The doctors of a unit. Enter opens the page of one.

    Args:
        unit: The unit.
        found: The map it is a row of.
        cohort: What the map was made of.
        shift: How far the window has been moved back.
    """

    FIRST = "coverage.doctor"
    LAST = "coverage.supervisor"
    BINDINGS: ClassVar[list[Any]] = [bind("enter", "page", "coverage.page")]

    def __init__(self, unit: UnitRow, found: CoverageMap, cohort: Cohort, shift: int = 0) -> None:
        super().__init__()
        self._unit, self._cohort = unit, cohort
        self.map, self.shift = found, shift

    def on_mount(self) -> None:
        """Say which unit it is, and show its doctors."""
        unit = self._unit
        self.set_title(
            unit.unit or text("coverage.no_unit"), Content.assemble(drawn.standing(unit.standing))
        )
        head = text("coverage.head", name=unit.head) if unit.head else text("coverage.no_head")
        named = ", ".join(f"{text(f'word.cancel.{r}')} {n}" for r, n in unit.reasons)
        why = text("coverage.reasons", reasons=named) if named else text("coverage.no_reasons")
        lines = [" · ".join(filter(None, [unit.site, head])), why, ""]
        said = Content("\n").join([safe(line, "$text-muted") for line in lines])
        self.query_one("#said", Static).update(said)
        self.query_one(Picker).focus()
        self.draw()

    def rows(self) -> list[Row]:
        """Return the unit's doctors."""
        found = self.map
        if found is None:
            return []
        mine = [d for d in self._unit.doctors
                if any(w.mark is not Mark.OUTSIDE for w in d.weeks[self.shown])]  # fmt: skip
        # Those who are there today first.
        mine.sort(key=lambda doctor: doctor.standing is Standing.NOBODY)
        return [drawn.doctor_row(doctor, self.shown, found) for doctor in mine]

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the doctor (a click)."""
        event.stop()
        self.action_page()

    def action_page(self) -> None:
        """Open the trainee's page."""
        training = self.query_one(Picker).selected
        if training:
            self.desk.go(lambda: ways.page(training, "supervision"))

    def action_print(self) -> None:
        """Print the unit's page."""
        words = text("coverage.print_one", unit=self._unit.unit or text("coverage.no_unit"))
        self.print_pages([self._unit.unit_id], words, self._cohort)
