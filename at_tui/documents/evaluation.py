"""The yearly report to a unit on paper: what the trainee said, the trend, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, grid, heading, notice, opening
from at_tui.judge.phrases import day as day_words
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.evaluations.results import Figure, Results, Year

TEMPLATE = "utvärderingsrapport 1"
"""Name and version of the template, in the foot."""
YEARS = 5
"""Years beside each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """A year's results on one unit or lecture, with the years before it."""

    imprint: Imprint
    results: Results
    year: int


def evaluation_report_pdf(report: EvaluationReport) -> bytes:
    """Return the report as PDF."""
    results = report.results
    sheet = Sheet(
        imprint=report.imprint,
        title=text("evaluations_report.title"),
        about=f"{results.subject.name} {report.year}",
        template=TEMPLATE,
    )
    year = next((one for one in results.years if one.year == report.year), None)
    shown = [one for one in results.shown if one <= report.year][-YEARS:]
    story: list[Flowable] = [
        *opening(sheet.title, f"{results.subject.name} · {report.year}"),
        *notice(
            text("evaluations_report.anonymous"),
            [text("evaluations_report.how"), results.wording],
        ),
        *_table(results, shown),
        *(_spread(results, report.year)),
        *(_words(year) if year is not None else []),
        *_responses(results, report.year),
    ]
    return render(sheet, story)


def _table(results: Results, years: list[int]) -> list[Flowable]:
    found = heading(text("evaluations_report.questions"))
    if not years:
        return [*found, style.paragraph(text("evaluations_report.too_few"))]
    counts = {year.year: year.count for year in results.years}
    width = 20 * mm
    head = [text("evaluations_report.question"), *(str(year) for year in years)]
    rows: list[list[Cell | str]] = [
        [
            [style.paragraph(q.label, style.CELL_STRONG if q.overall else style.CELL)],
            *(_mean(q.figures.get(year)) for year in years),
        ]
        for q in results.questions
    ]
    rows.append(
        [
            [style.paragraph(text("evaluations_report.count"), style.SMALL)],
            *(str(counts.get(year, 0)) for year in years),
        ]
    )
    widths = [style.TEXT_WIDTH - width * len(years), *[width] * len(years)]
    low, high = results.scale
    scale = text("evaluations_report.scale", low=low, high=high)
    return [
        *found,
        grid(head, rows, widths, right=range(1, len(years) + 1)),
        Spacer(1, 2 * mm),
        style.paragraph(scale, style.SMALL),
    ]


def _mean(figure: Figure | None) -> str:
    if figure is None or figure.mean is None:
        return "–"
    return f"{figure.mean:.1f}".replace(".", ",")


def _spread(results: Results, year: int) -> list[Flowable]:
    """Return how the answers were spread, for the questions that ten or more answered."""
    told = [(q, q.figures[year].spread) for q in results.questions if year in q.figures]
    told = [(q, spread) for q, spread in told if spread]
    if not told:
        return []
    steps = max(len(spread) for _, spread in told)
    head = [text("evaluations_report.question"), *(str(n) for n in range(1, steps + 1))]
    rows: list[list[Cell | str]] = [
        [q.label, *(str(count) if count else "–" for count in spread)] for q, spread in told
    ]
    width = 14 * mm
    widths = [style.TEXT_WIDTH - width * steps, *[width] * steps]
    title = text("evaluations_report.spread", year=year)
    return [*heading(title), grid(head, rows, widths, right=range(1, steps + 1))]


def _words(year: Year) -> list[Flowable]:
    if not year.shown or not year.words:
        return []
    found: list[Flowable] = heading(text("evaluations_report.words", year=year.year))
    for words in year.words:
        found.append(style.paragraph(words.label, style.LABEL))
        found += [style.paragraph(f"» {said}") for said in words.said]
        found.append(Spacer(1, 2 * mm))
    return found


def _responses(results: Results, year: int) -> list[Flowable]:
    found = heading(text("evaluations_report.responses"))
    rows: list[list[Cell | str]] = [
        [
            str(one.year),
            [
                style.paragraph(response.text, style.CELL),
                style.paragraph(
                    ", ".join(filter(None, (response.by, day_words(response.day)))), style.SMALL
                ),
            ],
        ]
        for one in results.years
        if one.year <= year
        for response in one.responses
    ]
    if not rows:
        return [*found, style.paragraph(text("evaluations_report.no_response"))]
    head = [text("evaluations_report.year"), text("evaluations_report.done")]
    return [*found, grid(head, rows, [18 * mm, style.TEXT_WIDTH - 18 * mm])]
