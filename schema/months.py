"""Months of service, counted as Swedish law counts them.

Source: lag (1930:173) om beräkning av lagstadgad tid, 1 §, which Socialstyrelsen uses for AT: a
month runs from a day to the day with the same number in the next month, and to the last day of
that month where the number does not exist. 1 February to 1 March is one month, and so is 13 June
to 13 July.

**A period's end is its last day, inclusive**, everywhere. The count therefore runs from the start
to the day after the end: 13 June to 12 July inclusive is one month.

**Convention for the rest**: days left over after the whole months are a part of the month begun,
over that month's own length (28 to 31 days). The law only defines whole months; the convention
makes the count grow with every day and reach the next whole month exactly when the law does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Months:
    """A counted period: whole months, and days of a month begun that is `of` days long."""

    whole: int
    days: int
    of: int

    @property
    def exact(self) -> Fraction:
        """The period in months, without rounding."""
        return self.whole + Fraction(self.days, self.of)


def add_months(day: date, months: int) -> date:
    """Return the day `months` later (earlier if negative) with the same day number.

    A day number that the month lacks becomes its last day: 31 January and one month is
    28 or 29 February.

    Raises:
        ValueError: the result lies outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def months_between(start: date, end: date) -> Months:
    """Return the months from `start` to `end`, both days included.

    An `end` on the day before `start` is the empty period.

    Raises:
        ValueError: `end` lies further back than that.
    """
    until = end + _DAY
    if until < start:
        raise ValueError("a period ends before it starts")
    whole = (until.year - start.year) * 12 + until.month - start.month
    if add_months(start, whole) > until:
        whole -= 1
    reached = add_months(start, whole)
    return Months(whole, (until - reached).days, (add_months(start, whole + 1) - reached).days)


def last_day_of(start: date, months: int | Fraction) -> date:
    """Return the last day, inclusive, of the shortest period from `start` of at least `months`.

    One month from 13 June ends on 12 July. A fraction is rounded up to whole days by the
    convention above. No months give the day before `start`.

    Raises:
        ValueError: `months` is negative, or the day lies outside the years 1 to 9999.
    """
    if months < 0:
        raise ValueError("a period cannot be shorter than nothing")
    whole = int(months)
    reached = add_months(start, whole)
    rest = months - whole
    if rest:
        length = (add_months(start, whole + 1) - reached).days
        reached += timedelta(days=ceil(rest * length))
    return reached - _DAY


def _length(year: int, month: int) -> int:
    """Return the number of days in a month."""
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days
