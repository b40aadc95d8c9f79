"""The meeting itself: set it up, note who was there, whom one has reminded; list the meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.kollegium.series import Slot, clock
from at_tui.language import text
from schema.fault import Fault
from schema.text import clean

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Kollegium, MeetingSeries


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who was there."""

    name: str
    role: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in a list."""

    id: str
    title: str
    day: date
    programme_id: str
    opened: bool
    closed_on: date | None
    doctors: int
    decided: int
    open_actions: int


def new_meeting(
    work: Work,
    day: date,
    *,
    title: str = "",
    starts_at: str = "",
    minutes: int = 120,
    place: str = "",
    programme_id: str = "",
    chair_id: str | None = None,
) -> Kollegium:
    """Write a meeting outside every series.

    Raises:
        Fault: `kollegium.no_clock`, when the time of day is none.
    """
    from schema.tables import Kollegium

    _check_clock(starts_at)
    return work.save(
        Kollegium(
            title=title or text("kollegium.meeting.title"),
            day=day,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
            programme_id=programme_id,
            chair_id=chair_id,
        )
    )


def save_series(work: Work, series: MeetingSeries) -> MeetingSeries:
    """Save a new or changed series.

    Raises:
        Fault: `kollegium.no_clock`, when its time of day is none.
    """
    _check_clock(series.starts_at)
    return work.save(series)


def meeting_of(work: Work, series: MeetingSeries, slot: Slot) -> Kollegium:
    """Return the meeting of a slot, written now if nobody has set it up."""
    from schema.tables import Kollegium

    known = work.all(
        Kollegium, Kollegium.series_id == series.id, Kollegium.period == slot.period, limit=1
    )
    if known:
        return known[0]
    return work.save(
        Kollegium(
            title=series.title,
            day=slot.day,
            starts_at=series.starts_at,
            minutes=series.minutes,
            place=series.place,
            programme_id=series.programme_id,
            series_id=series.id,
            period=slot.period,
        )
    )


def change_meeting(work: Work, meeting: Kollegium, **values: object) -> Kollegium:
    """Save a meeting with other values: its day, place, chair, note, attendance.

    Raises:
        Fault: `kollegium.closed`, `kollegium.no_clock`, `store.stale`.
    """
    from schema.tables import Kollegium

    if meeting.closed_on is not None:
        raise Fault("kollegium.closed")
    _check_clock(str(values.get("starts_at", "")))
    return work.save(Kollegium(**{**meeting.model_dump(), **values}))


def attend(work: Work, meeting: Kollegium, attendees: Sequence[Attendee]) -> Kollegium:
    """Save who was there, in that order; nobody twice."""
    seen = {(a.person_id or clean(a.name, one_line=True).casefold()): a for a in attendees}
    listed = [
        {"name": a.name, "role": a.role, "person_id": a.person_id}
        for a in seen.values()
        if clean(a.name, one_line=True)
    ]
    return change_meeting(work, meeting, attendance=listed)


def attendees_of(meeting: Kollegium) -> list[Attendee]:
    """Return who was there."""
    return [
        Attendee(a.get("name", ""), a.get("role", ""), a.get("person_id", ""))
        for a in meeting.attendance
    ]


def remind(work: Work, meeting: Kollegium, ids: Iterable[str], on: date) -> Kollegium:
    """Note that these persons or units were asked for what is lacking."""
    noted = {**meeting.reminded, **dict.fromkeys(filter(None, ids), on.isoformat())}
    return change_meeting(work, meeting, reminded=noted)


def meetings(work: Work) -> list[MeetingLine]:
    """Return every meeting, latest first."""
    from data.kollegium import count_decisions
    from schema.tables import Kollegium

    counted = count_decisions(work)
    found = [
        MeetingLine(
            id=each.id,
            title=each.title,
            day=each.day,
            programme_id=each.programme_id,
            opened=bool(each.training_ids),
            closed_on=each.closed_on,
            doctors=max(len(each.training_ids), counted.get(each.id, (0, 0, 0))[0]),
            decided=counted.get(each.id, (0, 0, 0))[1],
            open_actions=counted.get(each.id, (0, 0, 0))[2],
        )
        for each in work.all(Kollegium)
    ]
    return sorted(found, key=lambda m: (m.day, m.id), reverse=True)


def _check_clock(written: str) -> None:
    if written and clock(written) is None:
        raise Fault("kollegium.no_clock", exit_code=2)
