"""Words for periods and figures of evaluations."""

from __future__ import annotations

from at_tui.language import text


def period_words(period: str) -> str:
    """Return a period as one says it: `hösten 2026`, `kvartal 3 2026`, or the span of two."""
    first, _, last = period.partition("/")
    return f"{_one(first)} – {_one(last)}" if last else _one(first)


def _one(period: str) -> str:
    year, _, part = period.partition("-")
    if part.startswith("k"):
        return text("evaluations.quarter", number=part[1:], year=year)
    return text("evaluations.spring" if part == "1" else "evaluations.autumn", year=year)


def mean_words(mean: float | None) -> str:
    """Return a mean with one decimal and a Swedish comma; a dash where too few answered."""
    return "–" if mean is None else f"{mean:.1f}".replace(".", ",")
