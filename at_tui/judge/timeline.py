"""How much the trainee is there, day by day, with sums that cost nothing to ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

from at_tui.judge.calendar import DAY, free_days
from at_tui.judge.records import AbsenceLike, PlacementLike

FULL = 100
_WHOLE = FULL * FULL


class Timeline:
    """Sums over days, in ten-thousandths of a full-time day.

    `work` is what a full-timer without absence would be there; `present` takes off absence of
    every kind; `service` also takes the service percentage; these three count working days.
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
            for day in self._days(placement.start, placement.end):
                percent[day] += placement.percent
        percent = [min(share, FULL) for share in percent]
        away = self._away(absences, length)
        lost = self._away(not_served, length)
        free: set[int] = set()
        for year in range(self.first.year, self.last.year + 1):
            free.update(day.toordinal() for day in free_days(year))
        # Ordinal 1 is a Monday, so the remainder tells the weekday.
        working = [
            (self._origin + day - 1) % 7 < 5 and (self._origin + day) not in free and share > 0
            for day, share in enumerate(percent)
        ]
        self._work = _sums(_WHOLE if work else 0 for work in working)
        there = [
            (FULL - gone) * FULL if work else 0 for work, gone in zip(working, away, strict=True)
        ]
        self._present = _sums(there)
        self._service = _sums(x * share // FULL for x, share in zip(there, percent, strict=True))
        self._counted = _sums(
            share * (FULL - gone) for share, gone in zip(percent, lost, strict=True)
        )

    def _days(self, start: date, end: date) -> range:
        return range(
            max(start, self.first).toordinal() - self._origin,
            min(end, self.last).toordinal() - self._origin + 1,
        )

    def _away(self, absences: Iterable[AbsenceLike], length: int) -> list[int]:
        away = [0] * length
        for absence in absences:
            for day in self._days(absence.start, absence.end):
                away[day] = min(FULL, away[day] + absence.percent)
        return away

    def _between(self, sums: list[int], start: date, end: date) -> int:
        low = max(start, self.first).toordinal() - self._origin
        high = min(end, self.last).toordinal() - self._origin + 1
        return sums[high] - sums[low] if high > low else 0

    def present(self, start: date, end: date) -> float:
        """Return the working days there, whatever the service percentage."""
        return self._between(self._present, start, end) / _WHOLE

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
