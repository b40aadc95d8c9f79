"""Vem behöver mig? Everyone in service, sorted by risk, with the rule that put them there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from at_tui.kollegium.cohort import Filter, SortBy, narrow, sort
from at_tui.language import text
from schema.words import Outcome
from screens import ways
from screens.dates import with_weekday
from screens.kollegium.cohort_filter import FilterDialog, filter_words, is_empty
from screens.kollegium.cohort_reading import CohortReading
from screens.kollegium.cohort_rows import (
    brief,
    columns,
    counts,
    row_of,
    rows_with_headings,
    whole,
)
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Row

# The records bring SQLModel: the worker loads it.
if TYPE_CHECKING:
    from at_tui.kollegium.cohort import Row as Doctor
    from at_tui.kollegium.whole import Cohort

SIDE = 140
"""From this width on, the reasons stand beside the list instead of under it."""
_GROUPS = {"1": Outcome.TALK, "2": Outcome.THIN_EVIDENCE, "3": Outcome.ON_TRACK, "0": None}


class CohortPage(CohortReading):
    """The study director's first picture. Enter tells all the reasons."""

    AREA = "cohort"
    DEFAULT_CSS = """
    CohortPage #shown { height: 1; padding: 0 1; color: $accent; display: none; }
    CohortPage #both { height: 1fr; layout: vertical; }
    CohortPage #why {
        height: 5; padding: 0 1; border-top: solid $line; background: $background;
    }
    CohortPage Rows { overflow-y: scroll; }
    CohortPage.-tall #why { height: 8; }
    CohortPage.-side #both { layout: horizontal; }
    CohortPage.-side Picker { width: 1fr; height: 100%; }
    CohortPage.-side #why {
        width: 40; height: 100%; border-top: none; border-left: solid $line; padding: 0 0 0 2;
    }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "why", "cohort.why"),
        bind("f", "filter", "cohort.filter"),
        bind("o", "sort", "cohort.sort"),
        bind("1,2,3,0", "group", "cohort.groups", as_="1–3"),
        bind("u", "pack", "cohort.pack"),
        bind("t", "coverage", "cohort.coverage"),
        bind("m", "meetings", "cohort.meetings"),
        bind("p", "chase", "cohort.chase"),
        bind("x", "everyone", "cohort.everyone", show=False),
        bind("r", "rules", "cohort.rules", show=False),
        bind("s", "page", "cohort.page", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Filter()
        self._by = SortBy.RISK
        self._doctors: dict[str, Doctor] = {}
        self._drawn: dict[str, Row] = {}
        self._wide = False
        self._moved = False

    def body(self) -> ComposeResult:
        """Lay out the list and the reasons."""
        yield Static(id="shown", markup=False)
        with Container(id="both"):
            yield Picker(columns(), type_to_filter=False, enter=False)
            yield Static(id="why", markup=False)

    def on_mount(self) -> None:
        """Read everyone in a thread."""
        self.set_title(text("cohort.title"), with_weekday(self.today))
        picker = self.query_one(Picker)
        picker.show([], empty=safe(text("cohort.reading")))
        picker.focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read again what may have changed on another page."""
        if self.cohort is not None and self.cohort.judged:
            self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Put the reasons where there is room for them."""
        self.set_class(event.size.width >= SIDE, "-side")
        wide = event.size.width >= 100
        if wide != self._wide:
            self._wide = wide
            self._draw()
        self.call_after_refresh(self._tell)

    def came(self, cohort: Cohort) -> None:
        """Show what was read, or judged."""
        self.cohort = cohort
        self.note("")
        self.set_title(text("cohort.title"), counts(cohort.rows))
        self._draw()

    def _draw(self) -> None:
        """Draw each row once; sorting and filtering then only choose among them."""
        if self.cohort is not None:
            rows = self.cohort.rows
            self._drawn = {d.training_id: row_of(d, self.today, wide=self._wide) for d in rows}
            self._fill()

    # What is shown

    def _fill(self) -> None:
        cohort = self.cohort
        if cohort is None:
            return
        found = sort(narrow(cohort.rows, self._wanted), self._by)
        self._doctors = {doctor.training_id: doctor for doctor in found}
        empty = text("cohort.no_match" if cohort.rows else "cohort.empty")
        rows = list(rows_with_headings(found, self._by, self._drawn))
        # One painting of it all.
        with self.app.batch_update():
            picker = self.query_one(Picker)
            picker.show(rows, empty=safe(empty))
            if not self._moved and found:
                picker.select(found[0].training_id)
                # With the heading over it.
                picker.rows.scroll_home(animate=False, immediate=True)
            self._say_filter(cohort, len(found))
            self._tell()
            self.refresh_bindings()

    def _say_filter(self, cohort: Cohort, shown: int) -> None:
        line = self.query_one("#shown", Static)
        line.display = not is_empty(self._wanted)
        if line.display:
            what = filter_words(self._wanted, cohort.choices())
            words = text("cohort.shown", shown=shown, count=len(cohort.rows), what=what)
            line.update(safe(words), layout=False)

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Say why the row is where it is."""
        event.stop()
        # Until a row has been chosen, the cursor belongs on the first one, whoever that is.
        self._moved = self._moved or event.row_id != next(iter(self._doctors), None)
        self._tell()

    def _tell(self) -> None:
        doctor = self._doctor()
        words = Content("")
        if doctor is not None and self.cohort is not None:
            frame = self.query_one("#why").content_size
            words = brief(doctor, max(4, frame.height), max(40, frame.width))
            if self.has_class("-side"):
                programme = self.cohort.programmes.get(doctor.programme_id, "")
                words = whole(doctor, programme, self.today, judged=self.cohort.judged)
        self.query_one("#why", Static).update(words, layout=False)

    def _doctor(self) -> Doctor | None:
        return self._doctors.get(self.query_one(Picker).selected or "")

    # What is done here

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Tell all the reasons (a click, or Enter in the search)."""
        event.stop()
        self.action_why()

    def action_why(self) -> None:
        """Show every reason, with what it counted."""
        doctor, cohort = self._doctor(), self.cohort
        case = cohort.case(doctor.training_id) if doctor and cohort else None
        if doctor is not None and case is not None:
            from screens.kollegium.cohort_why import WhyPage

            self.desk.go(lambda: WhyPage(case, doctor))

    def action_page(self) -> None:
        """Open the trainee's page."""
        doctor = self._doctor()
        if doctor is not None:
            training = doctor.training_id
            self.desk.go(lambda: ways.page(training))

    def action_filter(self) -> None:
        """Ask what to narrow the list to."""
        if self.cohort is not None:
            self.app.push_screen(FilterDialog(self._wanted, self.cohort.choices()), self._narrow)

    def _narrow(self, wanted: Filter | None) -> None:
        if wanted is not None:
            self._wanted, self._moved = wanted, False
            self._fill()

    def action_everyone(self) -> None:
        """Take the filter away."""
        self._narrow(replace(self._wanted, **dict.fromkeys(_TEXTS, ""), group=None))

    def on_key(self, event: events.Key) -> None:
        """Show one group only, by its digit."""
        if event.key in _GROUPS and not self.query_one(Picker).has_class("-filtering"):
            event.stop()
            self._narrow(replace(self._wanted, group=_GROUPS[event.key]))

    def action_group(self) -> None:
        """Stands in the line of keys; the digits are taken one by one."""

    def action_sort(self) -> None:
        """Choose the order."""
        orders = [Option(by, text(f"kollegium.sort.{by}")) for by in SortBy]

        def chosen(value: str | None) -> None:
            if value:
                self._by, self._moved = SortBy(value), False
                self._fill()

        self.app.push_screen(ChoiceDialog(text("cohort.sort_title"), orders, self._by), chosen)

    def action_coverage(self) -> None:
        """Show where supervision is held."""
        cohort = self.cohort
        self.desk.go(lambda: ways.coverage(cohort))

    def action_pack(self) -> None:
        """Print the pack."""
        cohort = self.cohort
        if cohort is not None:
            from screens.kollegium.pack import PackDialog

            self.app.push_screen(PackDialog(cohort))

    def action_chase(self) -> None:
        """Show who owes what."""
        cohort = self.cohort
        self.desk.go(lambda: ways.chase(cohort))

    def action_meetings(self) -> None:
        """Show the meetings."""
        self.desk.go(ways.meetings)

    def action_rules(self) -> None:
        """Show the rules that sort."""
        cohort = self.cohort
        self.desk.go(lambda: ways.triage_rules(cohort))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs someone when there is no one."""
        if action in ("why", "page"):
            return bool(self._doctors)
        if action in ("filter", "sort", "group", "pack", "chase"):
            return self.cohort is not None and bool(self.cohort.rows)
        return True


_TEXTS = ("text", "start_group", "section", "unit_id", "supervisor_id", "programme_id")
