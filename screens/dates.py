"""Days and times as they are written on screen, and read from the keyboard, in Swedish."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from at_tui.language import text
from schema.fault import Fault
from schema.months import add_months
from schema.text import clean

_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_NUMBERS = re.compile(r"(\d{1,2})(?: ?[/.] ?(\d{1,2})| ?([a-zåäö]{3,9}))?[ .,/-]*(\d{4})?")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def weekday(day: date) -> str:
    """Return e.g. `tors`."""
    return text(f"app.weekday.{day.isoweekday()}")


def month(day: date) -> str:
    """Return e.g. `nov`."""
    return text(f"app.month.{day.month}")


def short(day: date, on: date | None = None) -> str:
    """Return e.g. `26 nov`, with the year when it is another than that of `on`."""
    year = "" if on is None or day.year == on.year else f" {day.year}"
    return f"{day.day} {month(day)}{year}"


def with_weekday(day: date, on: date | None = None) -> str:
    """Return e.g. `tors 26 nov`, with the year when it is another than that of `on`."""
    return f"{weekday(day)} {short(day, on)}"


def full(day: date) -> str:
    """Return e.g. `tors 26 nov 2026`."""
    return f"{weekday(day)} {day.day} {month(day)} {day.year}"


def week(day: date) -> str:
    """Return the ISO week, e.g. `v 48`."""
    return text("app.week", week=day.isocalendar().week)


def near(day: date, on: date) -> str:
    """Return `i dag`, `i går`, `i morgon`, or the day with its weekday when it is this close."""
    away = (day - on).days
    if -1 <= away <= 1:
        return text(("app.yesterday", "app.today", "app.tomorrow")[away + 1])
    return with_weekday(day) if 0 < away < 14 else short(day, on)


def clock(moment: datetime) -> str:
    """Return e.g. `14.02`, in local time."""
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{local.hour}.{local.minute:02d}"


def read_day(typed: str, on: date, near: date | None = None) -> date:
    """Return the day that was typed.

    Understood: `2026-11-26`, `20261126`, `26/11`, `26/11 2026`, `26 nov`, `26` (the next one),
    `idag`, `igår`, `imorgon`, weekdays (`to`, `tors`, `torsdag`: the next one, today included),
    `+7` and `-3` (days), `+2v` (weeks), `+1m` (months). A day without a year is the one nearest
    to `near`, or to `on`.

    Raises:
        Fault: `app.no_such_day` for a day that does not exist, `app.day_not_understood` otherwise.
    """
    words = clean(typed, one_line=True).casefold().rstrip(".")
    found = _by_word(words, on) or _by_step(words, on) or _by_number(words, on, near or on)
    if found is None:
        raise Fault("app.day_not_understood", exit_code=2)
    return found


def _by_word(words: str, on: date) -> date | None:
    plain = words.replace(" ", "")
    if plain in ("idag", "i dag", "nu"):
        return on
    if plain in ("igår", "imorgon", "imorn"):
        return on + timedelta(days=-1 if plain == "igår" else 1)
    for number, name in enumerate(_DAYS, start=1):
        if len(plain) >= 2 and name.startswith(plain):
            return on + timedelta(days=(number - on.isoweekday()) % 7)
    return None


def _by_step(words: str, on: date) -> date | None:
    match = re.fullmatch(r"([+-]) ?(\d{1,4}) ?(d|dagar|v|veckor|m|mån|månader)?", words)
    if not match:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    unit = (match[3] or "d")[0]
    try:
        if unit == "m":
            return add_months(on, count)
        return on + timedelta(days=count * (7 if unit == "v" else 1))
    except (OverflowError, ValueError):
        raise Fault("app.no_such_day", exit_code=2, typed=words) from None


def _by_number(words: str, on: date, near: date) -> date | None:
    if match := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", words):
        return _day(int(match[1]), int(match[2]), int(match[3]), words)
    match = re.fullmatch(
        r"(\d{1,2})(?: ?[/.] ?(\d{1,2})| ?([a-zåäö]{3,9}))?[ .,/-]*(\d{4})?", words
    )
    if not match:
        return None
    month_number = int(match[2]) if match[2] else on.month
    if match[3]:
        if match[3][:3] not in _MONTHS:
            return None
        month_number = _MONTHS.index(match[3][:3]) + 1
    number = int(match[1])
    if match[4]:
        return _day(int(match[4]), month_number, number, words)
    if not (match[2] or match[3]):
        return _next_with_number(number, on, words)
    return _nearest(number, month_number, near, words)


def _nearest(number: int, month_number: int, on: date, words: str) -> date:
    tries = []
    for year in (on.year - 1, on.year, on.year + 1):
        try:
            tries.append(date(year, month_number, number))
        except ValueError:
            continue
    if not tries:
        raise Fault("app.no_such_day", exit_code=2, typed=words)
    return min(tries, key=lambda day: (abs((day - on).days), day))


def _next_with_number(number: int, on: date, words: str) -> date:
    if not 1 <= number <= 31:
        raise Fault("app.no_such_day", exit_code=2, typed=words)
    for step in range(3):
        first = add_months(on.replace(day=1), step)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day >= on:
            return day
    raise Fault("app.no_such_day", exit_code=2, typed=words)


def _day(year: int, month_number: int, number: int, words: str) -> date:
    try:
        return date(year, month_number, number)
    except ValueError:
        raise Fault("app.no_such_day", exit_code=2, typed=words) from None
