"""Periods as bars of characters over an axis of months, with the day it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from at_tui.language import text
from schema.months import add_months
from screens.dates import month
from screens.text import fitted, safe

FULL, MOST, HALF, AWAY = "█", "▓", "▒", "▪"
"""Full time, 75 to 99 %, 50 to 74 %, and away: told apart without colour."""
LABEL = 15
"""Cells of the names at the left."""


@dataclass(frozen=True)
class Bar:
    """A period with the sign it is drawn in and words to put into it where there is room."""

    start: date
    end: date
    sign: str = FULL
    words: str = ""
    style: str = "$text-muted"


@dataclass(frozen=True)
class Lane:
    """One line: its name and its bars."""

    name: str
    bars: tuple[Bar, ...]


class Timeline(Widget):
    """Lanes over one axis. Shows nothing until `show` has given it something."""

    DEFAULT_CSS = "Timeline { height: auto; width: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lanes: list[Lane] = []
        self._start = self._end = self._on = date.min

    def show(self, lanes: Sequence[Lane], *, on: date) -> None:
        """Show these lanes; the axis holds all their bars."""
        self._lanes = [lane for lane in lanes if lane.bars]
        bars = [bar for lane in self._lanes for bar in lane.bars]
        if bars:
            self._start = min(bar.start for bar in bars).replace(day=1)
            last = max(bar.end for bar in bars)
            self._end = add_months(last.replace(day=1), 1) - timedelta(days=1)
        self._on = on
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lanes, the axis, and the line of the day it is."""
        return len(self._lanes) + 2 if self._lanes else 0

    def render(self) -> Content:
        """Return axis, lanes and day."""
        room = self.content_size.width - LABEL
        if not self._lanes or room < 12:
            return Content("")
        lines = [Content.assemble(" " * LABEL, _spaced(self._axis(room), "$text-muted"))]
        lines += [self._lane(lane, room) for lane in self._lanes]
        lines.append(self._today(room))
        return Content("\n").join(lines)

    def column(self, day: date, room: int) -> int:
        """Return the column of `room` that a day lies in."""
        days = (self._end - self._start).days + 1
        return (day - self._start).days * room // days

    def _axis(self, room: int) -> str:
        """Return the names of the months as close as they fit, and the years."""
        months = (self._end.year - self._start.year) * 12 + self._end.month - self._start.month + 1
        step = next((n for n in (1, 2, 3, 6) if room * n // months >= 7), 12)
        line = [" "] * room
        free = 0
        for number in range(months):
            first = add_months(self._start, number)
            if (first.month - 1) % step and number:
                continue
            words = str(first.year) if first.month == 1 or number == 0 else month(first)
            at = self.column(first, room)
            # The first is written whatever month it is; the next waits until there is room.
            if at >= free and at + len(words) <= room:
                line[at : at + len(words)] = words
                free = at + len(words) + 1
        return "".join(line)

    def _lane(self, lane: Lane, room: int) -> Content:
        parts: list[Content] = [fitted(safe(lane.name), LABEL - 2), Content("  ")]
        at = 0
        for bar in sorted(lane.bars, key=lambda bar: bar.start):
            first = max(at, self.column(bar.start, room))
            last = max(first, self.column(bar.end, room))
            if first >= room:
                continue
            parts.append(self._gap(at, first, room))
            # Bars that adjoin would look like one: the later leaves half a cell open.
            parts.append(_drawn(bar, last - first + 1, open_=first == at > 0))
            at = last + 1
        parts.append(self._gap(at, room, room))
        return Content("").join(parts)

    def _gap(self, first: int, after: int, room: int) -> Content:
        """Return what is between bars, with the day it is running through."""
        blank = " " * (after - first)
        today = self.column(self._on, room)
        if not self._start <= self._on <= self._end or not first <= today < after:
            return Content(blank)
        at = today - first
        return Content.assemble(blank[:at], ("│", "$accent"), blank[at + 1 :])

    def _today(self, room: int) -> Content:
        if not self._start <= self._on <= self._end:
            return Content("")
        at, words = self.column(self._on, room), text("app.today")
        if at + 2 + len(words) <= room:
            return Content.assemble(" " * (LABEL + at), ("▲", "$accent"), " ", (words, "$accent"))
        before = " " * (LABEL + at - len(words) - 1)
        return Content.assemble(before, (words, "$accent"), " ", ("▲", "$accent"))


def _spaced(words: str, style: str) -> Content:
    """Return a line whose runs of spaces are meant."""
    return Content.styled(words, style)


def _drawn(bar: Bar, cells: int, *, open_: bool) -> Content:
    """Return a bar, its words in the middle when they have a sign on either side."""
    room = cell_len(bar.words) + 2
    if not bar.words or room + 2 > cells:
        begins = "▐" if open_ and bar.sign == FULL else bar.sign
        return Content.styled(begins + bar.sign * (cells - 1), bar.style)
    left = (cells - room) // 2
    return Content.assemble(
        (bar.sign * left, bar.style),
        _spaced(f" {bar.words} ", "$text"),
        (bar.sign * (cells - room - left), bar.style),
    )
