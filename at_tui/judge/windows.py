"""The windows of a rule that shall be kept again and again, and what lies in each.

Part-time and absence decide what is asked:

- Weeks: a week in which the trainee is there less than half of its working days asks nothing. The
  others are counted by service percentage (and leave for a part of the day) until they fill a
  window, so that half-time gives one window where full time gives two.
- Calendar windows (month, quarter, term …): what is asked is in proportion to how much of the
  window's working days the trainee is there; a number of times is rounded to the nearest.
- A placement, a section or the training: asks all of it, unless the trainee is never there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from at_tui.judge.calendar import DAY, calendar_windows, last_working_day, monday, working_days
from at_tui.judge.phrases import section_names, window_label

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from schema.content.requirement import Scoped

WEEK = timedelta(days=7)
ONCE = frozenset({"placement", "section", "training"})
"""Windows that ask for the whole number, in their own time, and are told apart by name."""


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end`, inclusive: `need` is asked. What is done from `reach` on counts:
    weeks of absence between two windows belong to the later one."""

    start: date
    end: date
    need: float
    label: str
    reach: date
    placement_id: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something done on a day: worth so much (times or minutes)."""

    day: date
    value: float
    id: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A window and what lies in it."""

    window: Window
    have: float
    ids: tuple[str, ...]

    @property
    def met(self) -> bool:
        return self.have >= self.window.need


Span = tuple[date, date]


def windows(
    case: Case,
    requirement: Scoped,
    per: str,
    every: int,
    need: float | Callable[[date, date], float],
    *,
    by_service: bool = True,
) -> list[Window]:
    """Return the windows in which a requirement asks for something, by time.

    Args:
        need: Asked of a full-timer in one window; a function of the window where calendar
            windows ask differently.
        by_service: In proportion to the service percentage; else part-time asks as much.
    """
    key = (case.scope_key(requirement), case.period(requirement), per, every, need, by_service)
    known = case.windows.get(key)
    if known is None:
        known = _windows(case, requirement, per, every, need, by_service)
        case.windows[key] = known
    return known


def _windows(
    case: Case,
    requirement: Scoped,
    per: str,
    every: int,
    need: float | Callable[[date, date], float],
    by_service: bool,
) -> list[Window]:
    first, last = case.period(requirement)
    matching = case.matching(requirement)
    spans = [(max(s.start, first), min(s.end, last)) for s in matching]
    spans = [span for span in spans if span[0] <= span[1]]
    if not spans:
        return []
    if not callable(need):
        return _with_number(case, requirement, spans, per, every, need, by_service)
    return _calendar(case, _joined(spans), per, every, need, by_service)


def _with_number(
    case: Case,
    requirement: Scoped,
    spans: list[Span],
    per: str,
    every: int,
    need: float,
    by_service: bool,
) -> list[Window]:
    if per == "placement":
        first, last = case.period(requirement)
        matching = case.matching(requirement)
        stays = [s for s in matching if s.start <= last and s.end >= first]
        return [
            Window(a, b, need, section_names([stay.section]), a, stay.id)
            for stay, (a, b) in zip(stays, spans, strict=True)
            if case.timeline.present(a, b) > 0
        ]
    if per == "section":
        return _by_section(case, requirement, spans, need)
    if per == "training":
        start, end = spans[0][0], max(b for _, b in spans)
        there = case.timeline.present(start, end) > 0
        label = window_label("training", start, end)
        return [Window(start, end, need, label, start)] if there else []
    if per == "week":
        return _weeks(case, _joined(spans), every, need, by_service)
    return _calendar(case, _joined(spans), per, every, lambda start, end: need, by_service)


def _by_section(case: Case, requirement: Scoped, spans: list[Span], need: float) -> list[Window]:
    found: list[Window] = []
    stays = [s for s in case.matching(requirement) if any(_meet(s.start, s.end, x) for x in spans)]
    for section, group in groupby(sorted(stays, key=lambda s: s.section), lambda s: s.section):
        members = list(group)
        start, end = min(s.start for s in members), max(s.end for s in members)
        if any(case.timeline.present(s.start, s.end) > 0 for s in members):
            label = section_names([section])
            found.append(Window(start, end, need, label, start, members[-1].id))
    return sorted(found, key=lambda window: window.start)


def _weeks(
    case: Case, spans: list[Span], every: int, need: float, by_service: bool
) -> list[Window]:
    found: list[Window] = []
    last = max(b for _, b in spans)
    day = monday(spans[0][0])
    opened: date | None = None
    reach = spans[0][0]
    filled = 0
    while day <= last:
        sunday = day + WEEK - DAY
        days, service = _there(case, spans, day, sunday, case.timeline.days_there)
        if days > 0 and days * 2 >= working_days(day, sunday):
            opened = opened or day
            filled += round(100 * service / days) if by_service else 100
            if filled >= (len(found) + 1) * every * 100:
                start = max(opened, spans[0][0])
                end = min(sunday, last)
                label = window_label("week", opened, sunday)
                found.append(Window(start, end, need, label, reach))
                reach, opened = sunday + DAY, None
        day += WEEK
    return found


def _calendar(
    case: Case,
    spans: list[Span],
    per: str,
    every: int,
    need: Callable[[date, date], float],
    by_service: bool,
) -> list[Window]:
    found: list[Window] = []
    first, last = spans[0][0], max(b for _, b in spans)
    for start, end in calendar_windows(first, last, per, every):
        present, service = _there(case, spans, start, end, case.timeline.present)
        share = (service if by_service else present) / working_days(start, end)
        # Half rounds up: a window one is there half of asks for its one time.
        asked = int(need(start, end) * share + 0.5)
        if asked:
            label = window_label(per, start, end)
            a, b = max(start, first), min(end, last)
            found.append(Window(a, b, asked, label, max(start, first)))
    return found


def _joined(spans: list[Span]) -> list[Span]:
    """Return the spans with those that lie side by side as one: a day is counted once."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _there(
    case: Case,
    spans: list[Span],
    start: date,
    end: date,
    measure: Callable[[date, date], float],
) -> tuple[float, float]:
    """Return the working days there by `measure`, and the full-time days, from `start` to `end`."""
    present = service = 0.0
    for a, b in spans:
        if a <= end and b >= start:
            present += measure(max(a, start), min(b, end))
            service += case.timeline.service(max(a, start), min(b, end))
    return present, service


def _meet(start: date, end: date, span: Span) -> bool:
    return span[0] <= end and span[1] >= start


def deadline(window: Window) -> date:
    """Return the last working day of a window, its last day where it has none."""
    return last_working_day(window.start, window.end)


def tally(found: Sequence[Window], items: Sequence[Item]) -> list[Tally]:
    """Return each window with the items of its days; `items` are in order of their days."""
    days = [item.day for item in items]
    tallies = []
    for window in found:
        low = bisect_left(days, window.reach)
        high = bisect_right(days, window.end)
        inside = items[low:high]
        total = sum(item.value for item in inside)
        tallies.append(Tally(window, total, tuple(item.id for item in inside)))
    return tallies
