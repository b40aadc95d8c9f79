"""The figures of a year as a workbook: numbers as numbers, text never as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from at_tui.metrics.figure import Breakdown, Figure
from at_tui.metrics.report import (
    group_name,
    lines_of,
    outcome_words,
    remark_words,
    source_words,
)
from schema.text import clean

if TYPE_CHECKING:
    from schema.content.metrics import MetricSet

_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_HEADS = (
    "figure", "numerator", "numerator_is", "denominator", "denominator_is", "value", "target",
    "outcome", "remarks", "source",
)  # fmt: skip


def metrics_xlsx(
    metrics: MetricSet, year: int, figures: Sequence[Figure], *, on: date, names: bool = False
) -> bytes:
    """Return the workbook; people behind the figures only with `names`."""
    # openpyxl costs about 0.3 s to import, and only a workbook needs it.
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "at-tui"
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = moment
    first = book.active
    first.title = text("metrics_print.sheet_figures")
    _sheet(first, _HEADS, [_figure(metrics, figure) for figure in figures], (36, 10, 30, 10, 34))
    for row in first.iter_rows(min_row=2, min_col=6, max_col=7):
        for cell in row:
            cell.number_format = "0.0%"
    for place, figure in enumerate(figures, start=2):
        if figure.is_ratio:
            first.cell(row=place, column=6).number_format = "0.0"
    groups = [
        (figure.metric.title, text(f"metrics.by.{one.by}"), name, count)
        for figure in figures
        for one in figure.breakdowns
        for name, count in _parts(one)
    ]
    _sheet(
        book.create_sheet(text("metrics_print.sheet_groups")),
        ("figure", "by", "group", "count"),
        groups,
        (36, 14, 34, 10),
    )
    lines = [
        (figure.metric.title, name, words)
        for figure in figures
        for name, words in lines_of(figure, names=names)
    ]
    behind = book.create_sheet(text("metrics_print.sheet_lines"))
    _sheet(behind, ("figure", "name", "standing"), lines, (36, 34, 70))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figure(metrics: MetricSet, figure: Figure) -> tuple[Any, ...]:
    metric, share = figure.metric, figure.share
    target = metric.target_percent
    return (
        metric.title,
        figure.numerator,
        metric.numerator,
        figure.denominator,
        metric.denominator,
        None if share is None else float(share),
        None if target is None else target / 100,
        outcome_words(figure),
        " ".join(remark_words(figure)),
        source_words(metrics, figure),
    )


def _parts(breakdown: Breakdown) -> list[tuple[str, int | None]]:
    if not breakdown.told:
        return [(text("metrics.by.too_small"), None)]
    found: list[tuple[str, int | None]] = [
        (group_name(breakdown.by, name), count) for name, count in breakdown.parts
    ]
    if breakdown.rest:
        found.append((text("metrics.by.rest", count="").strip(), breakdown.rest))
    return found


def _sheet(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Any) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(heads, start=1):
        key = f"metrics_print.column.{name}"
        words = text(f"metrics_print.{name}") if name in ("name", "standing") else text(key)
        sheet.cell(row=1, column=column, value=words).font = Font(bold=True)
    for place, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=place, column=column)
            if isinstance(value, str):
                cell.value = plain(value)
                cell.data_type = "s"
            else:
                cell.value = value
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def plain(value: str) -> str:
    """Return text that no spreadsheet takes for a formula: such a start gets an apostrophe."""
    words = clean(value, one_line=True)
    return f"'{words}" if words.startswith(_STARTS) else words
