"""The Swedish working calendar, against days that anyone can look up."""

from __future__ import annotations

from datetime import date

import pytest
from holidays.countries.sweden import Sweden

from at_tui.judge.calendar import (
    calendar_window,
    calendar_windows,
    free_days,
    is_working_day,
    public_holidays,
    working_days,
)
from at_tui.judge.phrases import amount, missing, number, some, window_label


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 6),  # Epiphany, a Tuesday
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2025, 6, 6),  # National Day, a Friday
        date(2026, 6, 19),  # Midsummer Eve
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2026, 3, 7),  # a Saturday
        date(2026, 3, 8),
    ],
)
def test_nobody_works_on_holidays_and_their_eves(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 1, 2), date(2026, 1, 5), date(2026, 4, 30), date(2026, 12, 23)]
)
def test_half_holidays_are_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize("year", range(1990, 2061))
def test_the_free_days_are_those_that_the_holidays_package_knows(year: int) -> None:
    """It keeps up with changes of the law: when it and the programme part, this fails."""
    known = Sweden(years=year, categories=("public",), include_sundays=False)
    with_eves = Sweden(years=year, categories=("public", "de_facto"), include_sundays=False)
    assert public_holidays(year) == set(known)
    assert free_days(year) == set(with_eves)


def test_working_days_are_counted_over_the_turn_of_the_year() -> None:
    """22, 23, 29 and 30 December, 2, 5 and 7 January: seven."""
    assert working_days(date(2025, 12, 22), date(2026, 1, 7)) == 7
    assert working_days(date(2026, 1, 7), date(2026, 1, 6)) == 0
    # 261 weekdays less 1 and 6 January, 3 and 6 April, 1 and 14 May, 19 June, 24, 25 and
    # 31 December; the National Day, All Saints' and 26 December are Saturdays.
    assert working_days(date(2026, 1, 1), date(2026, 12, 31)) == 251


@pytest.mark.parametrize(
    ("per", "every", "start", "end"),
    [
        ("month", 1, date(2026, 2, 1), date(2026, 2, 28)),
        ("month", 3, date(2026, 1, 1), date(2026, 3, 31)),
        ("quarter", 1, date(2026, 1, 1), date(2026, 3, 31)),
        ("half_year", 1, date(2026, 1, 1), date(2026, 6, 30)),
        ("term", 1, date(2026, 1, 1), date(2026, 6, 30)),
        ("year", 1, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_calendar_window(per: str, every: int, start: date, end: date) -> None:
    assert calendar_window(date(2026, 2, 14), per, every) == (start, end)


def test_windows_follow_on_each_other() -> None:
    found = list(calendar_windows(date(2026, 11, 15), date(2027, 2, 1), "quarter"))
    assert found == [
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ]


def test_what_is_not_reached_never_looks_reached() -> None:
    assert number(17.97) == "17,9"
    assert number(18) == "18"
    assert number(0.3) == "0,3"
    assert number(12_500) == "12 500"
    assert missing(18, 17.97) > 0
    assert (amount(1, "weeks"), amount(1.5, "weeks")) == ("1 vecka", "1,5 veckor")


def test_windows_are_named_as_people_say() -> None:
    assert window_label("week", date(2026, 3, 2), date(2026, 3, 8)) == "v 10"
    assert window_label("week", date(2026, 3, 2), date(2026, 3, 15)) == "v 10–11"
    assert window_label("month", date(2026, 11, 1), date(2026, 11, 30)) == "november 2026"
    assert window_label("month", date(2026, 1, 1), date(2026, 3, 31)) == "januari–mars 2026"
    assert window_label("quarter", date(2026, 10, 1), date(2026, 12, 31)) == "kvartal 4 2026"
    assert window_label("term", date(2026, 7, 1), date(2026, 12, 31)) == "HT 2026"
    assert window_label("half_year", date(2026, 1, 1), date(2026, 6, 30)) == "första halvåret 2026"
    assert some(["v 1", "v 2", "v 3", "v 4", "v 5"]) == "v 2, v 3, v 4, v 5 och 1 till"
