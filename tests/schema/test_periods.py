"""Half-years, quarters and spans of them."""

from __future__ import annotations

from datetime import date

import pytest

from schema.periods import half_year, half_years, quarter, span, year_of


@pytest.mark.parametrize(
    ("day", "half", "of_year"),
    [
        (date(2026, 1, 1), "2026-1", "2026-k1"),
        (date(2026, 3, 31), "2026-1", "2026-k1"),
        (date(2026, 4, 1), "2026-1", "2026-k2"),
        (date(2026, 6, 30), "2026-1", "2026-k2"),
        (date(2026, 7, 1), "2026-2", "2026-k3"),
        (date(2026, 12, 31), "2026-2", "2026-k4"),
    ],
)
def test_a_day_lies_in_its_half_year_and_quarter(day: date, half: str, of_year: str) -> None:
    assert half_year(day) == half
    assert quarter(day) == of_year


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        (["2026-1"], "2026-1"),
        (["2026-1", "2026-1"], "2026-1"),
        (["2026-1", "2025-2", "2025-2"], "2025-2/2026-1"),
        (["2025-1/2025-2", "2026-1"], "2025-1/2026-1"),
        (["2026-k1", "2026-1"], "2026-k1/2026-1"),
        (["2026-k4", "2026-k1"], "2026-k1/2026-k4"),
    ],
)
def test_a_span_covers_all_its_periods(periods: list[str], found: str) -> None:
    assert span(periods) == found


@pytest.mark.parametrize(
    ("period", "halves", "year"),
    [
        ("2026-1", ["2026-1"], 2026),
        ("2026-k3", ["2026-2"], 2026),
        ("2025-2/2026-k1", ["2025-2", "2026-1"], 2026),
        ("2025-1/2026-2", ["2025-1", "2025-2", "2026-1", "2026-2"], 2026),
        ("i våras", [], 0),
        ("", [], 0),
    ],
)
def test_a_period_is_told_by_its_half_years(period: str, halves: list[str], year: int) -> None:
    assert half_years(period) == halves
    assert year_of(period) == year
