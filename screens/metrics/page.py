"""Mätetal: the figures of a year with numerator, denominator and target; Enter shows the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full
from screens.metrics.export import ExportChoice, ExportDialog
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# Content models bring pydantic (0.1 s): read in the worker.
if TYPE_CHECKING:
    from at_tui.metrics.figure import Figure, Outcome
    from schema.content.metrics import MetricSet

_SIGNS = {
    "reached": Status.MET,
    "not_reached": Status.MISSING,
    "no_target": Status.NONE,
    "unknown": Status.UNKNOWN,
}


def outcome_status(outcome: Outcome) -> Content:
    """Return how a figure stands to its target, as symbol and words."""
    return status(_SIGNS[outcome], text(f"metrics.outcome.{outcome}"))


def year_to_begin_with(today_year: int, month: int) -> int:
    """Return the year that is reported now: until summer the one that has ended."""
    return today_year - 1 if month < 7 else today_year


class MetricsPage(ReadingPage["tuple[MetricSet, list[Figure]]"]):
    """The figures of one year.

    Args:
        year: Which; None for the one that is reported now.
        set_id: Which region's figures; empty for the one most trainings follow.
    """

    AREA = "metrics"
    READS = "metrics"
    DEFAULT_CSS = """
    MetricsPage #more { height: auto; min-height: 2; padding: 0 3; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("left", "year(-1)", "metrics.previous", as_="←→"),
        bind("right", "year(1)", "metrics.next", show=False),
        bind("o", "rounds", "metrics.rounds"),
        bind("h", "by_hand", "metrics.type_in", show=False),
        bind("r", "region", "metrics.region"),
        bind("p", "print", "metrics.print"),
    ]

    def __init__(self, year: int | None = None, set_id: str = "") -> None:
        super().__init__()
        self._year, self._set_id = year, set_id
        self._metrics: MetricSet | None = None
        self._figures: list[Figure] = []

    @property
    def year(self) -> int:
        """The year that is shown."""
        if self._year is None:
            self._year = year_to_begin_with(self.today.year, self.today.month)
        return self._year

    def body(self) -> ComposeResult:
        """Lay out the list, and what is to be known of the figure one stands on."""
        columns = (
            Column(text("metrics.column.figure"), width=33, grow=1, most=60),
            Column(text("metrics.column.value"), width=13, right=True),
            Column(text("metrics.column.target"), width=5, wide=10, right=True),
            Column(text("metrics.column.state"), width=16),
        )
        yield Picker(columns, type_to_filter=False, filters=False)
        yield Static(id="more", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(safe(text("app.opening"), "$text-muted"))
        self.query_one(Picker).focus()

    def find(self) -> tuple[MetricSet, list[Figure]]:
        """Return the set of figures, and each counted."""
        from at_tui.metrics.counting import figures
        from at_tui.metrics.read import metric_set, set_for, year_records

        with self.store.read() as work:
            metrics = metric_set(self._set_id) if self._set_id else set_for(work)
            records = year_records(work, self.year, on=self.today, kind=metrics.training)
        return metrics, figures(metrics, records)

    def came(self, found: tuple[MetricSet, list[Figure]]) -> None:
        """Fill the page."""
        metrics, figures = found
        self._metrics, self._figures = metrics, figures
        right = text("metrics.counted_on", day=full(self.today))
        if self.today.year == self.year:
            right = text("metrics.going_on")
        self.set_title(text("metrics.title", year=self.year, region=metrics.region), right)
        self.query_one(Picker).show([_row(figure) for figure in figures])
        self._tell(self.query_one(Picker).selected)

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Say what ought to be known of the figure."""
        self._tell(event.row_id)

    def _tell(self, id: str | None) -> None:
        figure = self._figure(id)
        self.query_one("#more", Static).update(
            Content("\n").join([safe(words) for words in _more(figure)]) if figure else ""
        )

    def _figure(self, id: str | None) -> Figure | None:
        return next((one for one in self._figures if one.metric.id == id), None)

    # Keys

    def action_year(self, step: int) -> None:
        """Show another year."""
        self._year = min(2200, max(1990, self.year + step))
        self.reload()

    def action_rounds(self) -> None:
        """Enter the year's rounds of recruitment."""
        self.desk.go(lambda: ways.recruitment(self.year))

    def action_by_hand(self) -> None:
        """Type in the figure one stands on."""
        figure = self._figure(self.query_one(Picker).selected)
        if figure is not None:
            self._type_in(figure)

    def _type_in(self, figure: Figure) -> None:
        from screens.metrics.forms import HandForm

        self.desk.go(lambda: HandForm(self.year, figure.metric))

    def action_region(self) -> None:
        """Choose which region's figures are shown."""
        from at_tui.metrics.read import metric_sets

        options = [Option(one.id, one.region, _how_many(one)) for one in metric_sets().values()]
        dialog = ChoiceDialog(text("metrics.choose_set"), options)
        self.app.push_screen(dialog, self._region_chosen)

    def _region_chosen(self, set_id: str | None) -> None:
        if set_id:
            self._set_id = set_id
            self.reload()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show the list behind a figure; one that is typed in opens its form."""
        event.stop()
        figure, metrics = self._figure(event.row_id), self._metrics
        if figure is None or metrics is None:
            return
        if figure.metric.counts == "by_hand":
            self._type_in(figure)
            return
        from screens.metrics.behind import BehindPage

        self.desk.go(lambda: BehindPage(self.year, metrics.id, figure.metric.id))

    def action_print(self) -> None:
        """Ask as what and where to, and print."""
        title = text("metrics.export.title", year=self.year)
        self.app.push_screen(ExportDialog(title), self._print)

    def _print(self, choice: ExportChoice | None) -> None:
        metrics, found, year, on = self._metrics, list(self._figures), self.year, self.today
        if choice is None or metrics is None:
            return

        def work() -> None:
            # reportlab and openpyxl take 0.3 s to import: the page must not stand still meanwhile.
            from screens.metrics.export import write

            try:
                path: Path = write(choice, metrics, year, found, on=on)
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
            else:
                self.app.call_from_thread(self.desk.say, text("metrics.export.written", path=path))

        self.run_worker(work, thread=True, group="print", name="print")


def _how_many(metrics: MetricSet) -> str:
    targets = sum(one.target_percent is not None for one in metrics.metrics)
    key = "metrics.with_targets" if targets else "metrics.without_targets"
    return text(key, count=len(metrics.metrics), targets=targets)


def _row(figure: Figure) -> Row:
    from at_tui.metrics.report import breakdown_words, sum_words, target_words, value_words

    metric = figure.metric
    parts = [sum_words(figure)]
    if figure.typed_in or metric.counts == "by_hand":
        parts.append(text("metrics.typed" if figure.typed_in else "metrics.to_type"))
    parts += [
        f"{text(f'metrics.by.{one.by}').lower()}: {breakdown_words(one)}"
        for one in figure.breakdowns
        if one.told
    ]
    cells = (
        metric.title,
        safe(value_words(figure), "bold"),
        target_words(figure),
        outcome_status(figure.outcome),
    )
    return Row(metric.id, cells, detail=safe(" · ".join(parts), "$text-muted"))


def _more(figure: Figure) -> Iterator[str]:
    from at_tui.metrics.report import breakdown_words, remark_words

    for one in figure.breakdowns:
        yield f"{text(f'metrics.by.{one.by}')}: {breakdown_words(one)}"
    yield from remark_words(figure)[:2]
    if figure.metric.assumption:
        yield text("metrics.behind.assumption", words=figure.metric.assumption)
