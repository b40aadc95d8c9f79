"""The list behind one figure: every record it was counted from, and the answers it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.metrics.page import outcome_status
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from at_tui.metrics.figure import Figure, Line
    from schema.content.metrics import MetricSet

_ANSWERS = frozenset({"retention", "not_completed"})
"""Figures that rest on an answer about each training."""
_SIGNS = {True: ("✓", "$success"), False: ("·", "$text-muted"), None: ("–", "$warning")}


class BehindPage(Page[None]):
    """What one figure of a year was counted from.

    Args:
        year: The year.
        set_id: Whose figures.
        metric_id: Which figure.
    """

    AREA = "metrics.behind"
    DEFAULT_CSS = """
    BehindPage #head { height: auto; padding: 1 3; }
    BehindPage #source { height: auto; padding: 0 3; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        # The list steps down by j elsewhere; where a question is asked, j is yes.
        bind("j", "answer('yes')", "metrics.yes", priority=True),
        bind("n", "answer('no')", "metrics.no"),
        bind("u", "answer('unknown')", "metrics.unknown"),
        bind("h", "by_hand", "metrics.type_in"),
    ]

    def __init__(self, year: int, set_id: str, metric_id: str) -> None:
        super().__init__()
        self._year, self._set_id, self._metric_id = year, set_id, metric_id
        self._figure: Figure | None = None

    def body(self) -> ComposeResult:
        """Lay out the figure, its list and its source."""
        yield Static(id="head", markup=False)
        yield Picker(
            (Column(width=13), Column(width=20, wide=28), Column(width=36, grow=1)),
            type_to_filter=False,
        )
        yield Static(id="source", markup=False)

    def on_mount(self) -> None:
        """Count in a thread."""
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Count anew what may have been changed on another page."""
        self.reload()

    def reload(self) -> None:
        """Count in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="behind")

    def _read(self) -> None:
        from at_tui.metrics.counting import count
        from at_tui.metrics.read import metric_set, year_records

        metrics = metric_set(self._set_id)
        metric = metrics.metric(self._metric_id)
        if metric is None:
            return
        with self.store.read() as work:
            records = year_records(work, self._year, on=self.today, kind=metrics.training)
        self.app.call_from_thread(self._show, metrics, count(metric, records))

    def _show(self, metrics: MetricSet, figure: Figure) -> None:
        from at_tui.metrics.report import source_words, sum_words, target_words, value_words

        self._figure = figure
        title = text("metrics.behind.title", figure=figure.metric.title, year=self._year)
        self.set_title(title, outcome_status(figure.outcome))
        metric = figure.metric
        head = Content.assemble(safe(value_words(figure), "bold"), "   ", safe(sum_words(figure)))
        if metric.target_percent is not None:
            target = f"   {text('metrics.column.target').lower()} {target_words(figure)}"
            head += safe(target, "$text-muted")
        self.query_one("#head", Static).update(Content("\n").join([head, *_told(figure)]))
        self.query_one("#source", Static).update(safe_note(source_words(metrics, figure)))
        rows = [_row(line) for line in figure.lines]
        self.query_one(Picker).show(rows, empty=text("metrics.behind.none"))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out answers where none is asked for."""
        if action == "answer":
            return self._figure is not None and self._figure.metric.counts in _ANSWERS
        return True

    # Answers

    def action_answer(self, answer: str) -> None:
        """Answer for the training one stands on."""
        chosen, figure = self.query_one(Picker).selected, self._figure
        if chosen is None or figure is None:
            return
        said = {"yes": True, "no": False}.get(answer)
        if figure.metric.counts == "retention":
            self._keep_stayed(chosen, said)
        elif said is False:
            dialog = Reason(text("metrics.behind.reason_title"), text("metrics.behind.reason_more"))
            self.app.push_screen(dialog, lambda why: self._broken_off(chosen, why))
        else:
            self._keep_completed(chosen, said)

    def _broken_off(self, training_id: str, why: str | None) -> None:
        if why:
            self._keep_completed(training_id, False, why)

    def _keep_stayed(self, training_id: str, stayed: bool | None) -> None:
        from at_tui.metrics.entry import say_stayed

        try:
            with self.store.work(self.author) as work:
                say_stayed(work, training_id, stayed)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._kept()

    def _keep_completed(self, training_id: str, completed: bool | None, why: str = "") -> None:
        from at_tui.metrics.entry import say_completed

        try:
            with self.store.work(self.author) as work:
                say_completed(work, training_id, completed, why)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._kept()

    def _kept(self) -> None:
        self.saved()
        self.reload()

    def action_by_hand(self) -> None:
        """Type the figure in."""
        figure = self._figure
        if figure is not None:
            from screens.metrics.forms import HandForm

            self.desk.go(lambda: HandForm(self._year, figure.metric))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to where the record is changed."""
        event.stop()
        figure, id = self._figure, event.row_id
        if figure is None:
            return
        if figure.metric.counts in ("not_completed", "retention", "extended"):
            self.desk.go(lambda: ways.page(id))
        elif figure.metric.counts == "trained_staff":
            from screens.person_forms import PersonForm

            self.desk.go(lambda: PersonForm(id))
        else:
            from screens.metrics.round import RoundPage

            self.desk.go(lambda: RoundPage(id))


def _told(figure: Figure) -> Iterator[Content]:
    from at_tui.metrics.report import breakdown_words, remark_words

    for one in figure.breakdowns:
        yield safe(f"{text(f'metrics.by.{one.by}')}: {breakdown_words(one)}")
    for words in remark_words(figure):
        yield safe(words, "$text-muted")


def _row(line: Line) -> Row:
    from at_tui.metrics.report import line_words

    sign, colour = _SIGNS[line.counted]
    key = {True: "counted", False: "below", None: "outside"}[line.counted]
    words = text(f"metrics.behind.{key}")
    mark = Content.assemble((sign, colour), " ", safe(words, "$text-muted"))
    return Row(line.id, (mark, line.name, line_words(line)))
