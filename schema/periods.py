"""Coarse periods: half-years `2026-2`, quarters `2026-k3`, and spans `2026-1/2026-2` of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_ONE = re.compile(r"(\d{4})-(?:([12])|k([1-4]))")


def half_year(day: date) -> str:
    """Return the half-year that `day` lies in, e.g. `2026-2` for 1 July 2026."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def quarter(day: date) -> str:
    """Return the quarter that `day` lies in, e.g. `2026-k3` for 1 July 2026."""
    return f"{day.year}-k{(day.month + 2) // 3}"


def span(periods: Iterable[str]) -> str:
    """Return one period that covers all of `periods`: itself when they are one and the same.

    Raises:
        ValueError: there is none, or one is no period.
    """
    parts = {part for period in periods for part in period.split("/")}
    first = min(parts, key=lambda part: _bounds(part))
    last = max(parts, key=lambda part: (_bounds(part)[1], _bounds(part)[0]))
    return first if len(parts) == 1 else f"{first}/{last}"


def half_years(period: str) -> list[str]:
    """Return the half-years that `period` touches, in order; none for what is no period."""
    try:
        bounds = [_bounds(part) for part in period.split("/")]
    except ValueError:
        return []
    first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
    return [f"{half // 2}-{half % 2 + 1}" for half in range(first // 2, last // 2 + 1)]


def year_of(period: str) -> int:
    """Return the year in which `period` ends; 0 for what is no period."""
    halves = half_years(period)
    return int(halves[-1][:4]) if halves else 0


def _bounds(part: str) -> tuple[int, int]:
    """Return the first and the last quarter of a period, counted from year 0."""
    found = _ONE.fullmatch(part)
    if found is None:
        raise ValueError(part)
    year, half, quarter_ = found.groups()
    if half:
        first = 4 * int(year) + 2 * (int(half) - 1)
        return first, first + 1
    only = 4 * int(year) + int(quarter_) - 1
    return only, only
