"""The yearly figures on paper: each with numerator, denominator, target, source and breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, grid, heading, notice, opening
from at_tui.language import text

TEMPLATE = "matetal 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One figure as it is printed."""

    title: str
    value: str
    of: str
    what: str
    """What is divided by what, e.g. "tillsatta block / utlysta block"."""
    target: str
    outcome: str
    by: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    source: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsReport:
    """The figures of a year."""

    imprint: Imprint
    year: int
    title: str
    going_on: bool
    """Whether the year has not ended on the day of printing."""
    figures: tuple[FigureLine, ...]


def metrics_pdf(report: MetricsReport) -> bytes:
    """Return the report as PDF."""
    sheet = Sheet(
        imprint=report.imprint,
        title=text("metrics_print.title", year=report.year),
        about=report.title,
        template=TEMPLATE,
    )
    story: list[Flowable] = opening(sheet.title, report.title)
    if report.going_on:
        story += notice(text("metrics_print.going_on", year=report.year), [])
    rows: list[list[Cell | str]] = [_row(one) for one in report.figures]
    head = [text(f"metrics_print.column.{name}") for name in ("figure", "value", "of", "target")]
    story.append(grid(head, rows, [88 * mm, 26 * mm, 26 * mm, 30 * mm], right=[1, 2]))
    story += [Spacer(1, 4 * mm), style.paragraph(text("metrics_print.small_groups"), style.SMALL)]
    story += _sources(report.figures)
    told: set[tuple[tuple[str, str], ...]] = set()
    for one in report.figures:
        # Several figures rest on the same rounds of recruitment: one list is enough.
        if one.lines and one.lines not in told:
            told.add(one.lines)
            titles = [other.title for other in report.figures if other.lines == one.lines]
            story += heading(", ".join(titles))
            story.append(
                grid(
                    [text("metrics_print.name"), text("metrics_print.standing")],
                    [list(line) for line in one.lines],
                    [60 * mm, 110 * mm],
                )
            )
    return render(sheet, story)


def _row(one: FigureLine) -> list[Cell | str]:
    cell: list[Flowable] = [
        style.paragraph(one.title, style.CELL_STRONG),
        style.paragraph(one.what, style.SMALL),
    ]
    for name, words in one.by:
        cell.append(style.raw(f"{style.bold(name)}: {style.safe(words)}", style.CELL))
    cell += [style.paragraph(words, style.SMALL) for words in one.remarks]
    outcome = [style.paragraph(one.target, style.CELL)]
    if one.outcome:
        outcome.append(style.paragraph(one.outcome, style.SMALL))
    return [cell, one.value, one.of, outcome]


def _sources(figures: Sequence[FigureLine]) -> list[Flowable]:
    found: list[Flowable] = heading(text("metrics_print.sources"))
    for one in figures:
        words = f"{style.bold(one.title)}: {style.safe(one.source)}"
        found.append(style.raw(words, style.SMALL))
    return found
