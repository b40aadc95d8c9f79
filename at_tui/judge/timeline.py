"""How much the trainee is there, day by day, with sums that cost nothing to ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

from at_tui.judge.calendar import DAY, working_flags
from at_tui.judge.records import AbsenceLike, PlacementLike

FULL = 100
_WHOLE = FULL * FULL


class Timeline:
    """Sums over days, in ten-thousandths of a full-time day.

    `present` counts working days less absence of every kind; `service` also takes the service
    percentage.
    `counted` counts every calendar day less absence that does not count as served.
    """

    def __init__(
        self,
        placements: Iterable[PlacementLike],
        absences: Iterable[AbsenceLike],
        not_served: Iterable[AbsenceLike],
    ) -> None:
        placed = list(placements)
        self.first = min((p.start for p in placed), default=date(2000, 1, 1))
        self.last = max((p.end for p in placed), default=date(2000, 1, 1))
        self._origin = self.first.toordinal()
        length = self.last.toordinal() - self._origin + 1
        percent = [0] * length
        for placement in placed:
            days = self._days(placement.start, placement.end)
            if any(percent[days]):  # two side by side
                percent[days] = [min(FULL, p + placement.percent) for p in percent[days]]
            else:
                percent[days] = [placement.percent] * len(percent[days])
        away = self._away(absences, length)
        lost = self._away(not_served, length)
        working = working_flags(self.first, self.last)
        there = [
            (FULL - gone) * FULL if work and share else 0
            for work, share, gone in zip(working, percent, away, strict=True)
        ]
        self._present = _sums(there)
        self._days_there = _sums([_WHOLE if x else 0 for x in there])
        self._service = _sums([x * p // FULL for x, p in zip(there, percent, strict=True)])
        self._counted = _sums([p * (FULL - g) for p, g in zip(percent, lost, strict=True)])

    def _days(self, start: date, end: date) -> slice:
        first = max(start, self.first).toordinal() - self._origin
        last = min(end, self.last).toordinal() - self._origin
        return slice(first, max(first, last + 1))

    def _away(self, absences: Iterable[AbsenceLike], length: int) -> list[int]:
        away = [0] * length
        for absence in absences:
            days = self._days(absence.start, absence.end)
            away[days] = [min(FULL, gone + absence.percent) for gone in away[days]]
        return away

    def _between(self, sums: list[int], start: date, end: date) -> int:
        low = max(start, self.first).toordinal() - self._origin
        high = min(end, self.last).toordinal() - self._origin + 1
        return sums[high] - sums[low] if high > low else 0

    def present(self, start: date, end: date) -> float:
        """Return the working days there, whatever the service percentage."""
        return self._between(self._present, start, end) / _WHOLE

    def days_there(self, start: date, end: date) -> float:
        """Return the working days there for at least a part of the day."""
        return self._between(self._days_there, start, end) / _WHOLE

    def service(self, start: date, end: date) -> float:
        """Return the working days there, in full-time days."""
        return self._between(self._service, start, end) / _WHOLE

    def counted(self, start: date, end: date) -> int:
        """Return calendar days of service that count as served, in ten-thousandths."""
        return self._between(self._counted, start, end)

    def middle(self, start: date, end: date) -> date:
        """Return the day on which half of what is counted from `start` to `end` is reached.

        A day without service has no half; then it is the middle by the calendar.
        """
        low = max(start, self.first).toordinal() - self._origin
        high = min(end, self.last).toordinal() - self._origin + 1
        total = self._counted[high] - self._counted[low] if high > low else 0
        if not total:
            return start + timedelta(days=(end - start).days // 2)
        half = self._counted[low] + (total + 1) // 2
        place = bisect_left(self._counted, half, low, high + 1)
        return self.first + DAY * (place - 1)


def _sums(values: Iterable[int]) -> list[int]:
    return [0, *accumulate(values)]
