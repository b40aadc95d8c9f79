"""The year's meetings as a list: the series, those set up, and those that the series propose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.kollegium.meetings import MeetingLine, meetings
from at_tui.kollegium.series import Slot, slots
from schema.fault import Fault
from schema.text import clean

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Kollegium, MeetingSeries, Person

_ADDRESS = re.compile(r"^(?P<name>.*?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>\s*$")
_BARE = re.compile(r"^[^<>\s]+@[^<>\s]+$")


@dataclass(frozen=True)
class Proposed:
    """A meeting that a series proposes and nobody has set up."""

    series: MeetingSeries
    slot: Slot

    @property
    def id(self) -> str:
        """What it is called until it has a record of its own."""
        return f"{self.series.id}/{self.slot.period}"


@dataclass(frozen=True)
class Calendar:
    """Everything on the page of meetings."""

    series: list[MeetingSeries]
    lines: list[MeetingLine]
    """Latest first."""
    meetings: dict[str, Kollegium]
    """By id."""
    proposed: list[Proposed]
    """By day."""

    def next_of(self, series: MeetingSeries, on: date) -> date | None:
        """Return the day of the series' next meeting, set up or proposed."""
        days = [p.slot.day for p in self.proposed if p.series.id == series.id]
        days += [m.day for m in self.meetings.values()
                 if m.series_id == series.id and m.closed_on is None and m.day >= on]  # fmt: skip
        return min(days, default=None)

    def series_of(self, meeting: Kollegium) -> MeetingSeries | None:
        """Return the series of a meeting."""
        return next((s for s in self.series if s.id == meeting.series_id), None)


def calendar(work: Work, on: date, *, ahead: int = 4) -> Calendar:
    """Return the meetings, and the next `ahead` of each series that nobody has set up."""
    from schema.tables import Kollegium, MeetingSeries

    found = {meeting.id: meeting for meeting in work.all(Kollegium)}
    taken = {(m.series_id, m.period) for m in found.values() if m.series_id}
    series = sorted(work.all(MeetingSeries), key=lambda s: (not s.active, s.title, s.id))
    proposed = [
        Proposed(each, slot)
        for each in series
        for slot in slots(each, on, ahead)
        if (each.id, slot.period) not in taken
    ]
    proposed.sort(key=lambda p: (p.slot.day, p.series.title))
    return Calendar(series, meetings(work), found, proposed)


def remove_meeting(work: Work, meeting_id: str) -> None:
    """Take away a meeting that has not been opened; its invitation is cancelled for itself.

    Raises:
        Fault: `store.no_record`; `kollegium.opened`, when it has a list, or anything is decided.
    """
    from schema.tables import Decision, Kollegium

    meeting = work.need(Kollegium, meeting_id)
    decided = work.all(Decision, Decision.kollegium_id == meeting_id, limit=1)
    if meeting.training_ids or decided or meeting.closed_on is not None:
        raise Fault("kollegium.opened")
    work.remove(meeting)


# Who is invited, one a line


def invited_lines(invited: Iterable[dict[str, str]]) -> str:
    """Return who is invited as text, "Namn <adress>" on a line each."""
    found = []
    for each in invited:
        name, email = each.get("name", ""), each.get("email", "")
        found.append(f"{name} <{email}>" if name and email else name or email)
    return "\n".join(line for line in found if line)


def read_invited(written: str, people: Sequence[Person] = ()) -> list[dict[str, str]]:
    """Return who the lines name; nobody twice. A line without an address is a name alone."""
    by_email = {p.email.casefold(): p for p in people if p.email}
    found: dict[str, dict[str, str]] = {}
    for raw in clean(written).splitlines():
        line = clean(raw, one_line=True).strip(" ,;")
        if not line:
            continue
        match = _ADDRESS.match(line)
        name, email = (match["name"], match["email"]) if match else (line, "")
        if not match and _BARE.match(line):
            name, email = "", line
        known = by_email.get(email.casefold())
        each = {"name": (name or (known.name if known else "")).strip(' "'), "email": email}
        if known is not None:
            each["person_id"] = known.id
        found.setdefault(email.casefold() or name.casefold(), each)
    return list(found.values())
