"""From the figures of a year to what is printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.metrics import FigureLine, MetricsReport
from at_tui.documents.page import Imprint
from at_tui.language import text
from at_tui.metrics.figure import Figure
from at_tui.metrics.report import (
    breakdown_words,
    lines_of,
    of_words,
    outcome_words,
    remark_words,
    source_words,
    target_words,
    value_words,
)

if TYPE_CHECKING:
    from schema.content.metrics import MetricSet


def metrics_report(
    metrics: MetricSet,
    year: int,
    figures: Sequence[Figure],
    *,
    on: date,
    names: bool = False,
    author: str = "",
) -> MetricsReport:
    """Return what is printed; people behind the figures only with `names`."""
    return MetricsReport(
        imprint=Imprint(
            number=text("metrics_print.number", year=year, set=metrics.id),
            region=metrics.region,
            unit="",
            author=author,
            issued_on=on,
            evidence_on=on,
        ),
        year=year,
        title=metrics.title,
        going_on=on < date(year, 12, 31),
        figures=tuple(_line(metrics, figure, names=names) for figure in figures),
    )


def _line(metrics: MetricSet, figure: Figure, *, names: bool) -> FigureLine:
    metric = figure.metric
    what = [metric.numerator, *([metric.denominator] if metric.denominator else [])]
    return FigureLine(
        title=metric.title,
        value=value_words(figure),
        of=of_words(figure),
        what=" / ".join(what),
        target=target_words(figure),
        outcome=outcome_words(figure),
        by=tuple((text(f"metrics.by.{one.by}"), breakdown_words(one)) for one in figure.breakdowns),
        remarks=tuple(remark_words(figure)),
        source=source_words(metrics, figure),
        lines=tuple(lines_of(figure, names=names)),
    )
