"""Figures as words, as JSON and as rows: what the screen, the command and the prints have alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from at_tui.language import has, text
from at_tui.metrics.figure import Breakdown, Figure, Line

if TYPE_CHECKING:
    from schema.content.metrics import MetricSet

FORMAT = "at-tui-metrics"
VERSION = 1


def number(value: int | float | Fraction, digits: int = 1) -> str:
    """Return a number with a Swedish comma, halves rounded away from nothing.

    A share is never rounded up to a target: 99.96 % is told as 99,9 %.
    """
    exact = Fraction(value) if not isinstance(value, float) else Fraction(str(value))
    step = Decimal(1).scaleb(-digits)
    found = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)
    whole = f"{found:f}"
    return whole.rstrip("0").rstrip(".").replace(".", ",") if "." in whole else whole


def value_words(figure: Figure) -> str:
    """Return the outcome of a figure, e.g. "92,3 %", "3,5 per block" or "41"."""
    if figure.is_count:
        known = figure.numerator is not None
        return number(figure.numerator or 0) if known else text("metrics.value.none")
    if figure.share is None:
        return text("metrics.value.none")
    if figure.is_ratio:
        return text("metrics.value.ratio", number=number(figure.share))
    return text("metrics.value.percent", number=_percent(figure))


def _percent(figure: Figure) -> str:
    """Return the share in per cent; what is short of the target never reads as the target."""
    share = (figure.share or Fraction(0)) * 100
    words = number(share)
    target = figure.metric.target_percent
    for limit in (Fraction(100), *([Fraction(str(target))] if target is not None else [])):
        if share < limit and Fraction(words.replace(",", ".")) >= limit:
            words = number(limit - Fraction(1, 10))
    return words


def of_words(figure: Figure) -> str:
    """Return numerator and denominator, e.g. "12 av 13"."""
    if figure.numerator is None:
        return text("metrics.value.none")
    over = number(figure.numerator)
    if figure.denominator is None:
        return text("metrics.value.alone", numerator=over)
    key = "metrics.value.per" if figure.is_ratio else "metrics.value.of"
    return text(key, numerator=over, denominator=number(figure.denominator))


def sum_words(figure: Figure) -> str:
    """Return what stands over and under the line, e.g. "12 tillsatta block av 13 utlysta block"."""
    metric = figure.metric
    if figure.numerator is None:
        return " / ".join(words for words in (metric.numerator, metric.denominator) if words)
    over = f"{number(figure.numerator)} {metric.numerator}"
    if figure.denominator is None:
        return over
    under = f"{number(figure.denominator)} {metric.denominator}"
    key = "metrics.value.sum_per" if figure.is_ratio else "metrics.value.sum"
    return text(key, over=over, under=under)


def target_words(figure: Figure) -> str:
    """Return the target, e.g. "75 %"."""
    target = figure.metric.target_percent
    if target is None:
        return text("metrics.value.no_target")
    return text("metrics.value.target", number=number(target))


def outcome_words(figure: Figure) -> str:
    """Return how the figure stands to its target."""
    return text(f"metrics.outcome.{figure.outcome}")


def breakdown_words(breakdown: Breakdown) -> str:
    """Return e.g. "Lund 12, Göteborg 8, övriga 9"."""
    if not breakdown.told:
        return text("metrics.by.too_small")
    parts = [f"{group_name(breakdown.by, name)} {count}" for name, count in breakdown.parts]
    if breakdown.rest:
        parts.append(text("metrics.by.rest", count=breakdown.rest))
    return ", ".join(parts)


def group_name(by: str, name: str) -> str:
    """Return what a group is called."""
    if by == "sex":
        return text(f"word.sex.{name}") if has(f"word.sex.{name}") else name
    return name or text(f"metrics.by.no_{by}")


def remark_words(figure: Figure) -> list[str]:
    """Return what ought to be known of a figure, in sentences."""
    found = [text(f"metrics.remark.{one.key}", **one.values) for one in figure.remarks]
    if figure.typed_in:
        source = figure.typed_source
        more = text("metrics.remark.typed_source", source=source) if source else ""
        found.append(text("metrics.remark.typed_in", source=more))
    return found


def line_words(line: Line) -> str:
    """Return how it stands with one record behind a figure."""
    values = {name: _shown(name, value) for name, value in line.values.items()}
    return text(f"metrics.line.{line.state}", **values)


def _shown(name: str, value: object) -> object:
    if name == "reasons" and isinstance(value, tuple):
        words = [
            text("metrics.prolonged.part_time")
            if one == "part_time"
            else text(f"word.absence.{one}")
            for one in value
        ]
        return ", ".join(words) or text("metrics.prolonged.unknown")
    if name == "reason":
        return value or text("metrics.by.no_reason")
    if value is None or value == "":
        return text("metrics.value.none")
    return value.isoformat() if isinstance(value, date) else value


def lines_of(figure: Figure, *, names: bool) -> Iterator[tuple[str, str]]:
    """Yield what lies behind a figure, as name and words; people only with `names`."""
    for line in figure.lines:
        if names or not line.person:
            yield line.name, line_words(line)


def source_words(metrics: MetricSet, figure: Figure) -> str:
    """Return where the figure is asked for, and what had to be chosen to count it."""
    source = figure.metric.source
    title = next((d.title for d in metrics.documents if d.code == source.document), "")
    words = text("metrics_print.source", title=title, section=source.section, says=source.says)
    return f"{words} {figure.metric.assumption}".strip()


def as_json(
    metrics: MetricSet, year: int, figures: Sequence[Figure], *, on: date, names: bool = False
) -> dict[str, Any]:
    """Return the figures as plain JSON values; fields are added, never changed."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "year": year,
        "on": on.isoformat(),
        "set": {"id": metrics.id, "version": metrics.version, "region": metrics.region},
        "figures": [_figure(figure, names=names) for figure in figures],
    }


def _figure(figure: Figure, *, names: bool) -> dict[str, Any]:
    metric, share = figure.metric, figure.share
    return {
        "id": metric.id,
        "title": metric.title,
        "counts": metric.counts,
        "numerator": figure.numerator,
        "numerator_is": metric.numerator,
        "denominator": figure.denominator,
        "denominator_is": metric.denominator,
        "value": None if share is None else round(float(share), 4),
        "target_percent": metric.target_percent,
        "outcome": str(figure.outcome),
        "typed_in": figure.typed_in,
        "source": {
            "document": metric.source.document,
            "section": metric.source.section,
            "says": metric.source.says,
            "assumption": metric.assumption,
        },
        "by": {
            one.by: {
                "groups": [{"name": name, "count": count} for name, count in one.parts],
                "rest": one.rest,
                "told": one.told,
            }
            for one in figure.breakdowns
        },
        "remarks": remark_words(figure),
        "lines": [{"name": name, "words": words} for name, words in lines_of(figure, names=names)],
    }
