"""What has been said of one unit or lecture: the trend, the words, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.evaluations.results import SPREAD_FROM, Question, Response, Results, Subject, results
from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import short
from screens.evaluations.response import ResponseForm
from screens.evaluations.words import mean_words
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

NARROW, WIDE = 3, 6
"""Years shown beside each other."""
CLEAR = 0.3
"""A smaller difference between two years is told as none."""


class ResultsPage(Page[None]):
    """One unit or lecture.

    Args:
        subject: Which.
    """

    AREA = "evaluations_results"
    BINDINGS: ClassVar[list[Any]] = [
        bind("r", "respond", "evaluations_results.respond"),
        bind("p", "print", "evaluations_results.print"),
        bind("left", "year(-1)", "evaluations_results.earlier", as_="←→"),
        bind("right", "year(1)", "evaluations_results.later", show=False),
    ]

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self._results: Results | None = None
        self._year = 0

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Read."""
        self.reload()
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Read again what may have been written."""
        self.reload()

    def on_resize(self) -> None:
        """Show as many years as there is room for."""
        self._show()

    def reload(self) -> None:
        """Read and show."""
        try:
            with self.store.read() as work:
                found = results(work, self._subject)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            self.call_after_refresh(self.action_back)  # dismiss itself would be awaited
            return
        self._results = found
        years = [year.year for year in found.years]
        if self._year not in years:
            self._year = (found.shown or years or [self.today.year])[-1]
        self._show()

    def _show(self) -> None:
        found = self._results
        if found is None:
            return
        self.set_title(self._subject.name, text("evaluations_results.subtitle", year=self._year))
        self.query_one(Picker).show(list(self._rows(found)))
        self.refresh_bindings()

    def _rows(self, found: Results) -> Iterator[Row]:
        most = WIDE if self.app.size.width >= 100 else NARROW
        years = found.shown[-most:]
        columns = (
            Column(width=34, grow=1),
            *(Column(width=6, right=True) for _ in years),
            Column(width=9),
        )
        if years:
            # As wide as the columns below: a heading has none of its own.
            heads = "".join(f"{year:>6}  " for year in years) + " " * 9
            title = safe(text("evaluations_results.questions"), "bold $accent")
            yield Row("", (title, Content.styled(heads, "$text-muted")), heading=True)
            for question in found.questions:
                yield self._question(question, years, columns)
            yield remark(text("evaluations_results.scale", low=found.scale[0], high=found.scale[1]))
            yield remark(found.wording)
        else:
            yield heading(text("evaluations_results.questions"))
            waiting = self._subject.waiting
            key = "none_yet_waiting" if waiting else "none_yet"
            yield remark(text(f"evaluations_results.{key}", count=waiting))
        yield from self._words(found)
        yield from self._responses(found)

    def _question(self, question: Question, years: list[int], columns: tuple[Column, ...]) -> Row:
        means = [f.mean if (f := question.figures.get(year)) else None for year in years]
        cells = [
            safe(mean_words(mean), "bold" if year == self._year else "")
            for year, mean in zip(years, means, strict=True)
        ]
        return Row(
            f"question:{question.item_id}",
            (safe(question.label, "bold" if question.overall else ""), *cells, trend(means)),
            columns=columns,
        )

    def _words(self, found: Results) -> Iterator[Row]:
        year = next((y for y in found.years if y.year == self._year), None)
        if year is None or not year.count:
            return
        count = text("evaluations_results.count", count=year.count)
        yield heading(text("evaluations_results.words", year=self._year), count)
        if not year.shown:
            yield remark(text("evaluations_results.too_few"))
            return
        for words in year.words:
            yield remark(words.label)
            for place, said in enumerate(words.said):
                yield Row(f"said:{words.label}:{place}", (safe(f"» {said}"),), wraps=True)
        if not year.words:
            yield remark(text("evaluations_results.no_words"))

    def _responses(self, found: Results) -> Iterator[Row]:
        yield heading(text("evaluations_results.responses"))
        some = [(year.year, one) for year in found.years for one in year.responses]
        for year, one in some:
            yield Row(f"response:{one.id}", (self._response(year, one),), wraps=True)
        if not some:
            words = safe(text("evaluations_results.no_response"), "$text-muted")
            # Enter on it begins the answer.
            yield Row("response:", (words,), wraps=True)

    def _response(self, year: int, one: Response) -> Content:
        by = ", ".join(filter(None, (one.by, short(one.day, self.today))))
        return Content.assemble(
            safe(year, "bold $accent"), "  ", safe(one.text), "  ", safe(by, "$text-muted")
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the arrows when there is only one year."""
        if action == "year":
            return self._results is not None and len(self._results.years) > 1
        return True

    def action_year(self, by: int) -> None:
        """Show the words of another year."""
        years = sorted(year.year for year in self._results.years) if self._results else []
        if self._year in years:
            at = years.index(self._year) + by
            if 0 <= at < len(years):
                self._year = years[at]
                self._show()

    def action_respond(self) -> None:
        """Write what the unit did about the year."""
        self._respond("")

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change what was written, or tell how a question's answers were spread."""
        event.stop()
        kind, _, rest = event.row_id.partition(":")
        if kind == "response":
            self._respond(rest)
        elif kind == "question" and self._results is not None:
            question = next(q for q in self._results.questions if q.item_id == rest)
            self.desk.say(spread_words(question, self._year))

    def _respond(self, response_id: str) -> None:
        if self._results is None:
            return
        known = {one.id: (year.year, one) for year in self._results.years for one in year.responses}
        year, one = known.get(response_id, (self._year, None))
        self.app.push_screen(ResponseForm(self._subject, year, one))

    def action_print(self) -> None:
        """Write the report as a PDF."""
        self.run_worker(self._print, thread=True, group="print", exclusive=True)

    def _print(self) -> None:
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.evaluation import evaluation_report_pdf
        from at_tui.evaluations.report import report_of
        from at_tui.printing import file_name, write_document

        if self._results is None:
            return
        try:
            with self.store.read() as work:
                report = report_of(work, self._results, self._year, on=self.today)
            words = text("evaluations_results.file")
            name = file_name(words, self._subject.name, str(self._year))
            path = write_document(settings.documents_folder(), name, evaluation_report_pdf(report))
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        said = text("trainee.printed", path=path)
        self.app.call_from_thread(self.desk.say, said)


def trend(means: list[float | None]) -> Content:
    """Return whether the latest mean is above or below the one before: a sign and the number."""
    known = [mean for mean in means if mean is not None]
    if len(known) < 2 or means[-1] is None:
        return safe("")
    change = known[-1] - known[-2]
    if abs(change) < CLEAR:
        return safe("→", "$text-muted")
    words = f"{abs(change):.1f}".replace(".", ",")
    return safe(f"▲ +{words}", "$success") if change > 0 else safe(f"▼ −{words}", "$warning")


def spread_words(question: Question, year: int) -> str:
    """Return how the answers to a question were spread in a year, as far as it may be told."""
    figure = question.figures.get(year)
    if figure is None or figure.mean is None:
        return text("evaluations_results.figure_few", label=question.label)
    values = {"label": question.label, "count": figure.count, "mean": mean_words(figure.mean)}
    if not figure.spread:
        return text("evaluations_results.figure", least=SPREAD_FROM, **values)
    steps = ", ".join(f"{n}: {count}" for n, count in enumerate(figure.spread, start=1) if count)
    return text("evaluations_results.figure_spread", steps=steps, **values)
