"""Working days of an invented life: no sessions on red days, quiet in July and at Christmas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from at_tui.judge.calendar import public_holidays

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def is_working(day: date) -> bool:
    """Return whether clinics are open for planned work on `day`."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working(day: date) -> date:
    """Return `day`, or the next working day after it."""
    while not is_working(day):
        day += DAY
    return day


def weekly(start: date, end: date, weekday: int) -> Iterator[date]:
    """Yield every working day with that weekday (0 is Monday) from `start` to `end`, inclusive."""
    day = start + timedelta(days=(weekday - start.weekday()) % 7)
    while day <= end:
        if is_working(day):
            yield day
        day += WEEK


def first_monday(year: int, month: int) -> date:
    """Return the first Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def last_tuesday(year: int, month: int) -> date:
    """Return the last Tuesday of a month."""
    last = date(year + month // 12, month % 12 + 1, 1) - DAY
    return last - timedelta(days=(last.weekday() - 1) % 7)
