"""Dates as an iCalendar file (RFC 5545), with its own time zone in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from at_tui.kollegium.series import ZONE
from at_tui.language import text
from schema.text import clean

if TYPE_CHECKING:
    from icalendar import Event

    from at_tui.interchange.calendar_dates import Entry


def calendar_of(entries: Sequence[Entry], *, stamp: datetime, name: str) -> bytes:
    """Return the entries as one calendar.

    Args:
        stamp: When it is made, with time zone; the same stamp gives the same bytes.
        name: What the calendar is called where it is read.
    """
    from icalendar import Calendar  # 90 ms, and only who asks for a calendar pays it

    calendar = Calendar()
    calendar.add("prodid", "-//at-tui//datum//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name, one_line=True))
    for one in entries:
        calendar.add_component(_event(one, stamp))
    timed = [one.day.year for one in entries if one.starts_at is not None]
    if timed:
        calendar.add_missing_timezones(
            first_date=date(min(timed) - 1, 1, 1), last_date=date(max(timed) + 1, 12, 31)
        )
    content: bytes = calendar.to_ical()
    return content


def _event(one: Entry, stamp: datetime) -> Event:
    from zoneinfo import ZoneInfo

    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    event.add("summary", clean(one.title, one_line=True))
    if one.starts_at is None:
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        # A whole day that is marked as busy would hide the day's own work.
        event.add("transp", "TRANSPARENT")
    else:
        start = datetime.combine(one.day, one.starts_at, ZoneInfo(ZONE))
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=one.minutes))
    if one.place:
        event.add("location", clean(one.place, one_line=True))
    if one.about:
        event.add("description", clean(one.about))
    event.add("categories", [text(f"calendar.sort.{one.sort}")])
    event.add("class", "PRIVATE")
    return event
