"""The Swedish working calendar: holidays, working days, and the windows that rules speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate

from dateutil.easter import easter

DAY = timedelta(days=1)
_NATIONAL_DAY = 2005
"""First year in which it was a holiday."""


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the year's public holidays that are no ordinary Sundays.

    Source: lag (1989:253) om allmänna helgdagar, also as it stood before lag (2004:1320), when
    Whit Monday was a holiday instead of the National Day.
    """
    sunday = easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            sunday - 2 * DAY,
            sunday,
            sunday + DAY,
            date(year, 5, 1),
            sunday + 39 * DAY,  # Ascension Day
            sunday + 49 * DAY,  # Whit Sunday
            date(year, 6, 6) if year >= _NATIONAL_DAY else sunday + 50 * DAY,
            _saturday(date(year, 6, 20)),
            _saturday(date(year, 10, 31)),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


@cache
def free_days(year: int) -> frozenset[date]:
    """Return the year's public holidays and the eves on which nobody works.

    Source: `public_holidays`; midsommarafton, julafton and nyårsafton are equal to Sundays by
    semesterlagen (1977:480) 3 a §.
    """
    eves = {_saturday(date(year, 6, 20)) - DAY, date(year, 12, 24), date(year, 12, 31)}
    return public_holidays(year) | eves


def _saturday(first: date) -> date:
    """Return the first Saturday from `first` on."""
    return first + (5 - first.weekday()) % 7 * DAY


@cache
def _working(year: int) -> tuple[int, tuple[int, ...]]:
    """Return the ordinal of 31 December before, and for each day from it on the number of working
    days of the year so far."""
    free = free_days(year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    counts = accumulate((int(d.weekday() < 5 and d not in free) for d in days), initial=0)
    return first.toordinal() - 1, tuple(counts)


def is_working_day(day: date) -> bool:
    """Return whether `day` is Monday to Friday and no holiday."""
    return working_days(day, day) == 1


@lru_cache(maxsize=2_000)  # trainings begin and end together
def working_flags(start: date, end: date) -> tuple[bool, ...]:
    """Return for each day from `start` to `end` whether it is a working day."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(is_working_day(day) for day in days)


@lru_cache(maxsize=10_000)  # the same windows are asked for every trainee
def working_days(start: date, end: date) -> int:
    """Return the number of working days from `start` to `end`, inclusive."""
    if end < start:
        return 0
    origin, counts = _working(start.year)
    total = -counts[start.toordinal() - origin - 1]
    for year in range(start.year, end.year):
        total += _working(year)[1][-1]
    origin, counts = _working(end.year)
    return total + counts[end.toordinal() - origin]


@lru_cache(maxsize=10_000)
def last_working_day(start: date, end: date) -> date:
    """Return the last working day from `start` to `end`, or `end` where there is none."""
    day = end
    while day >= start:
        if is_working_day(day):
            return day
        day -= DAY
    return end


def monday(day: date) -> date:
    """Return the Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def week_number(day: date) -> int:
    """Return the ISO week's number."""
    return day.isocalendar().week


_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "term": 6, "year": 12}


def calendar_window(day: date, per: str, every: int = 1) -> tuple[date, date]:
    """Return the calendar window that holds `day`: month, quarter, half_year, term or year.

    Several months (`every`) are counted from January. A term is taken as a half-year: spring to
    30 June, autumn from 1 July.
    """
    months = _MONTHS[per] * every
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    after = first + months
    until = date(day.year + 1, 1, 1) if after > 12 else date(day.year, after, 1)
    return start, until - DAY


def calendar_windows(
    start: date, end: date, per: str, every: int = 1
) -> Iterator[tuple[date, date]]:
    """Yield the calendar windows that `start` to `end` touches, in order."""
    day = start
    while day <= end:
        window = calendar_window(day, per, every)
        yield window
        day = window[1] + DAY
