"""Months are counted as lag (1930:173) counts them, by hand at the edges and widely by property."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.months import add_months, last_day_of, months_between

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
counts = st.integers(0, 60)
early_days = days.filter(lambda day: day.day <= 28)


@pytest.mark.parametrize(
    ("start", "end", "whole", "rest"),
    [
        (date(2026, 6, 13), date(2026, 7, 12), 1, 0),
        (date(2026, 2, 1), date(2026, 2, 28), 1, 0),
        (date(2028, 2, 1), date(2028, 2, 28), 0, 28),
        (date(2028, 2, 1), date(2028, 2, 29), 1, 0),
        (date(2026, 1, 31), date(2026, 2, 27), 1, 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1, 1),
        (date(2026, 1, 31), date(2026, 3, 30), 2, 0),
        (date(2026, 3, 31), date(2026, 4, 29), 1, 0),
        (date(2026, 1, 29), date(2026, 2, 27), 1, 0),
        (date(2024, 8, 31), date(2025, 2, 27), 6, 0),
        (date(2026, 12, 1), date(2026, 12, 31), 1, 0),
        (date(2025, 12, 16), date(2026, 1, 15), 1, 0),
        (date(2026, 5, 4), date(2026, 5, 4), 0, 1),
        (date(2026, 5, 4), date(2026, 5, 3), 0, 0),
        (date(2024, 9, 1), date(2026, 2, 28), 18, 0),
    ],
)
def test_a_period_counts_to_the_day_after_its_last_day(
    start: date, end: date, whole: int, rest: int
) -> None:
    counted = months_between(start, end)
    assert (counted.whole, counted.days) == (whole, rest)


def test_the_rest_is_a_part_of_the_month_begun() -> None:
    assert months_between(date(2026, 2, 1), date(2026, 2, 14)).exact == Fraction(1, 2)
    assert months_between(date(2026, 1, 15), date(2026, 2, 28)).exact == 1 + Fraction(14, 28)
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)).exact == 1 + Fraction(1, 31)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        months_between(date(2026, 5, 4), date(2026, 5, 2))


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        last_day_of(date(2026, 5, 4), -1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_adding_months_keeps_the_day_number_or_takes_the_last_day(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


def test_a_part_of_a_month_is_rounded_up_to_whole_days() -> None:
    assert last_day_of(date(2026, 2, 1), Fraction(1, 2)) == date(2026, 2, 14)
    assert last_day_of(date(2026, 2, 1), Fraction(1, 1000)) == date(2026, 2, 1)
    assert last_day_of(date(2026, 2, 1), 0) == date(2026, 1, 31)


@given(days, counts)
def test_so_many_months_from_a_day_are_counted_as_so_many_months(start: date, months: int) -> None:
    counted = months_between(start, last_day_of(start, months))
    assert (counted.whole, counted.days) == (months, 0)


@given(days, st.fractions(0, 40, max_denominator=400))
def test_the_last_day_is_the_first_that_is_enough(start: date, months: Fraction) -> None:
    end = last_day_of(start, months)
    assert months_between(start, end).exact >= months
    if end >= start:
        assert months_between(start, end - DAY).exact < months


@given(early_days, st.integers(-60, 60))
def test_adding_and_taking_away_months_meet_when_the_day_is_in_every_month(
    day: date, months: int
) -> None:
    assert add_months(add_months(day, months), -months) == day


@given(days, st.integers(-60, 60))
def test_a_clamped_day_comes_back_at_most_three_days_early(day: date, months: int) -> None:
    back = add_months(add_months(day, months), -months)
    assert timedelta(0) <= day - back <= timedelta(days=3)


@given(early_days, counts, st.integers(0, 900))
def test_a_split_at_a_month_boundary_adds_up(start: date, months: int, more: int) -> None:
    middle = add_months(start, months)
    end = middle + timedelta(days=more)
    whole = months_between(start, end).exact
    assert whole == months_between(start, middle - DAY).exact + months_between(middle, end).exact


def test_the_law_itself_does_not_add_up_over_the_end_of_january() -> None:
    whole = months_between(date(2026, 1, 28), date(2026, 2, 27)).exact
    parts = (
        months_between(date(2026, 1, 28), date(2026, 1, 30)).exact
        + months_between(date(2026, 1, 31), date(2026, 2, 27)).exact
    )
    assert whole == 1
    assert parts > whole


@given(days, st.integers(0, 1500))
def test_one_more_day_is_always_more(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert months_between(start, end).exact < months_between(start, end + DAY).exact


@given(days, st.integers(0, 1500))
def test_a_later_start_is_never_more(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert months_between(start, end).exact >= months_between(start + DAY, end).exact


@given(days, st.integers(0, 1500))
def test_the_rest_is_less_than_the_month_begun(start: date, length: int) -> None:
    counted = months_between(start, start + timedelta(days=length))
    assert 0 <= counted.days < counted.of <= 31
