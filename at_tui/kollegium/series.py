"""A programme's series of meetings: the next days, the agenda, and invitations as calendar files.

A meeting is known in its series by its month ("2026-11"), never by its day: when it is moved, the
calendars that hold it move it too instead of showing it twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from at_tui.judge.calendar import is_working_day
from at_tui.language import text
from schema.text import clean
from schema.words import MeetingRhythm

if TYPE_CHECKING:
    from icalendar import Event

    from schema.tables import Kollegium, MeetingSeries

MONTHS: dict[str, tuple[int, ...]] = {
    MeetingRhythm.QUARTERLY: (2, 5, 9, 11),
    MeetingRhythm.TWICE_A_TERM: (2, 5, 9, 11),
    MeetingRhythm.HALF_YEARLY: (5, 11),
    MeetingRhythm.RECONCILIATION: (4, 10),
}
"""The months that a rhythm proposes: one in each quarter; two in each term (to 30 June, from 1
July); one in each half-year. None in July, August or January."""
LAST = 5
"""As week of the month: the last."""
ZONE = "Europe/Stockholm"
_CLOCK = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")


class SeriesLike(Protocol):
    """What is read of a series."""

    @property
    def id(self) -> str: ...
    @property
    def rhythm(self) -> MeetingRhythm: ...
    @property
    def months(self) -> Sequence[int]: ...
    @property
    def weekday(self) -> int: ...
    @property
    def week(self) -> int: ...
    @property
    def first_on(self) -> date | None: ...
    @property
    def active(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting of a series, before it has been moved."""

    period: str
    """"2026-11"."""
    day: date


def months_of(series: SeriesLike) -> tuple[int, ...]:
    """Return the months in which a series meets."""
    return tuple(series.months) or MONTHS[series.rhythm]


def slots(series: SeriesLike, on: date, count: int = 4) -> list[Slot]:
    """Return the next meetings from the day `on`, that day included; none when the series rests."""
    found: list[Slot] = []
    if not series.active:
        return found
    first = max(on, series.first_on or on)
    year = first.year
    while len(found) < count and year < first.year + 10:
        for month in months_of(series):
            slot = slot_in(series, year, month)
            if slot.day >= first and len(found) < count:
                found.append(slot)
        year += 1
    return found


def slot_in(series: SeriesLike, year: int, month: int) -> Slot:
    """Return the series' meeting in a month. On a red day it moves to the next working day."""
    first = date(year, month, 1)
    day = first + timedelta(days=(series.weekday - first.weekday()) % 7)
    day += timedelta(weeks=min(series.week, LAST) - 1)
    while day.month != month:
        day -= timedelta(weeks=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return Slot(f"{year}-{month:02d}", day)


def clock(written: str) -> time | None:
    """Return the time of day that "13.00", "13:00" or "13" says; None when it says none."""
    match = _CLOCK.match(written.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One meeting as it stands in calendars."""

    uid: str
    """The same for one meeting however often it is sent."""
    sequence: int
    """Rises with every change, so that calendars know which is newer."""
    title: str
    day: date
    starts_at: time | None
    """Swedish time; None makes it the whole day."""
    minutes: int
    place: str
    agenda: str
    invited: tuple[tuple[str, str], ...]
    """(name, address); those without an address are left out of the file."""
    organiser: tuple[str, str] = ("", "")
    cancelled: bool = False


def invitation_to_slot(
    series: MeetingSeries, slot: Slot, *, organiser: tuple[str, str] = ("", "")
) -> Invitation:
    """Return the invitation to a meeting of a series that nobody has set up yet."""
    return Invitation(
        uid=uid(series.id, slot.period, ""),
        sequence=_changes(series),
        title=series.title,
        day=slot.day,
        starts_at=clock(series.starts_at),
        minutes=series.minutes,
        place=series.place,
        agenda=series.agenda or agenda(minutes=series.minutes),
        invited=_invited(series),
        organiser=organiser,
    )


def invitation_to(
    meeting: Kollegium,
    series: MeetingSeries | None,
    *,
    agenda_words: str = "",
    organiser: tuple[str, str] = ("", ""),
    cancelled: bool = False,
) -> Invitation:
    """Return the invitation to a meeting that has been set up, and perhaps moved."""
    words = agenda_words or (series.agenda if series else "") or agenda(minutes=meeting.minutes)
    return Invitation(
        uid=uid(series.id if series else "", meeting.period, meeting.id),
        # Above every file of the series' proposal, and above the invitation that it cancels.
        sequence=_changes(series) + meeting.rev + cancelled,
        title=meeting.title,
        day=meeting.day,
        starts_at=clock(meeting.starts_at),
        minutes=meeting.minutes,
        place=meeting.place,
        agenda=words,
        invited=_invited(series) if series else (),
        organiser=organiser,
        cancelled=cancelled,
    )


def uid(series_id: str, period: str, meeting_id: str) -> str:
    """Return what a meeting is called in every calendar, for good."""
    name = f"{series_id}-{period}" if series_id and period else meeting_id
    return f"{name}@at-tui"


def _changes(series: MeetingSeries | None) -> int:
    """Return how often a series has been changed: its hour, agenda and guests are in its files."""
    return series.rev - 1 if series else 0


def _invited(series: MeetingSeries) -> tuple[tuple[str, str], ...]:
    return tuple((each.get("name", ""), each.get("email", "")) for each in series.invited)


def calendar_file(invitations: Iterable[Invitation], *, stamp: datetime) -> bytes:
    """Return the invitations as one iCalendar file (RFC 5545), with its time zone in it.

    Args:
        stamp: When it is made, with time zone; the same stamp gives the same bytes.

    Raises:
        ValueError: when some are cancelled and some are not: a file does one or the other.
    """
    from icalendar import Calendar  # 90 ms, and only who invites pays it

    found = list(invitations)
    if len({each.cancelled for each in found}) > 1:
        raise ValueError("cancelled meetings need a file of their own")
    calendar = Calendar()
    calendar.add("prodid", "-//at-tui//kollegium//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", _method(found))
    for each in found:
        calendar.add_component(_event(each, stamp))
    years = [each.day.year for each in found]
    if years:
        calendar.add_missing_timezones(
            first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 1, 12, 31)
        )
    content: bytes = calendar.to_ical()
    return content


def _method(invitations: Sequence[Invitation]) -> str:
    """Return REQUEST where there is somebody to answer to; a calendar refuses it otherwise."""
    if any(each.cancelled for each in invitations):
        return "CANCEL"
    return "REQUEST" if all(each.organiser[1] for each in invitations) else "PUBLISH"


def _event(each: Invitation, stamp: datetime) -> Event:
    from zoneinfo import ZoneInfo

    from icalendar import Event, vCalAddress

    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", each.sequence)
    event.add("summary", clean(each.title, one_line=True))
    if each.starts_at is None:
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
    else:
        start = datetime.combine(each.day, each.starts_at, ZoneInfo(ZONE))
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=each.minutes))
    if each.place:
        event.add("location", clean(each.place, one_line=True))
    event.add("description", clean(each.agenda))
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    name, address = each.organiser
    if address:
        organiser = vCalAddress(f"mailto:{clean(address, one_line=True)}")
        if name:
            organiser.params["CN"] = clean(name, one_line=True)
        event.add("organizer", organiser)
    for name, address in each.invited:
        if not address:
            continue
        attendee = vCalAddress(f"mailto:{clean(address, one_line=True)}")
        attendee.params["CN"] = clean(name, one_line=True) or address
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee, encode=False)
    return event


def agenda(*, minutes: int, talk: int = 0, thin: int = 0, on_track: int = 0) -> str:
    """Return the usual agenda, with the time that each doctor gets when the numbers are known."""
    to_discuss = talk + thin
    lines = [text("kollegium.agenda.opening"), text("kollegium.agenda.last_time")]
    if to_discuss:
        # Ten minutes for the opening and the end, one minute for all who are on track together.
        each = max(1, (minutes - 11) // to_discuss)
        lines.append(text("kollegium.agenda.doctors", talk=talk, thin=thin, minutes=each))
        lines.append(text("kollegium.agenda.on_track", count=on_track))
    else:
        lines.append(text("kollegium.agenda.all"))
    lines += [text("kollegium.agenda.units"), text("kollegium.agenda.next")]
    numbered = [f"{place}. {line}" for place, line in enumerate(lines, start=1)]
    return "\n".join([*numbered, "", text("kollegium.agenda.secrecy")])
