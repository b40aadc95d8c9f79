"""Placements as bars on a timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from at_tui.documents import style

_TINTS = {
    "opererande": HexColor("#cfe3e6"),
    "invartes": HexColor("#dfe7cf"),
    "psykiatri": HexColor("#e9dcec"),
    "allmanmedicin": HexColor("#f4e6cd"),
    "akut": HexColor("#f3d9d3"),
}
_OTHER = HexColor("#e6e9ea")
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Bar:
    """One placement on a timeline."""

    start: date
    end: date
    section: str
    """Section code, for its tint."""
    title: str
    under: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One absence on a timeline."""

    start: date
    end: date
    label: str


class Timeline(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Placements as bars over months, absence hatched, today as a line.

    Args:
        month: What a month is called under the axis, from its first day.
        today: The word at today's line.
    """

    def __init__(
        self,
        bars: Sequence[Bar],
        gaps: Sequence[Gap],
        *,
        on: date,
        month: Callable[[date], str],
        today: str,
        width: float = style.TEXT_WIDTH,
    ) -> None:
        super().__init__()
        self.bars, self.gaps = bars, gaps
        self.on, self.month, self.today = on, month, today
        self.width, self.height = width, 17.5 * mm

    def draw(self) -> None:
        if not self.bars:
            return
        first = min(bar.start for bar in self.bars)
        # A wrong year must not press all the others together to nothing.
        last = min(max(bar.end for bar in self.bars), first + timedelta(days=4 * _DAYS_A_YEAR))
        days = max(1, (last - first).days + 1)

        def x(day: date) -> float:
            place = max(0, min((day - first).days, days))
            return float(self.width * place / days)

        canvas, low, high = self.canv, 4.6 * mm, 12.6 * mm
        self._axis(canvas, x, first, last, low)
        lanes = _lanes(self.bars)
        tall = (high - low) / (max(lanes, default=0) + 1)
        places = [
            (bar, x(bar.start), x(bar.end + timedelta(days=1)), high - (lane + 1) * tall)
            for bar, lane in zip(self.bars, lanes, strict=True)
        ]
        for bar, left, right, bottom in places:
            self._bar(canvas, bar, left, right, bottom, tall)
        for gap in self.gaps:
            self._gap(canvas, x(gap.start), x(gap.end + timedelta(days=1)), low, high)
        if first <= self.on <= last:
            self._today(canvas, x(self.on), low, high)
        # Words go on top of the lines.
        for bar, left, right, bottom in places:
            self._words(canvas, bar, left, right, bottom, tall)
        for gap in self.gaps:
            self._gap_words(canvas, gap, x(gap.start), x(gap.end + timedelta(days=1)), high)

    def _axis(
        self, canvas: Any, x: Callable[[date], float], first: date, last: date, low: float
    ) -> None:
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.4)
        canvas.line(0, low, self.width, low)
        canvas.setFillColor(style.MUTED)
        canvas.setFont(style.REGULAR, 5.8)
        day = first.replace(day=1)
        before = -100.0
        while day <= last:
            place = x(day)
            canvas.line(place, low, place, low - 1.2 * mm)
            label = self.month(day)
            wide = pdfmetrics.stringWidth(label, style.REGULAR, 5.8)
            if place - before > wide + 3 and place + wide <= self.width:
                canvas.drawString(place + 0.6, low - 3 * mm, label)
                before = place
            day = (day + timedelta(days=32)).replace(day=1)

    def _bar(
        self, canvas: Any, bar: Bar, left: float, right: float, bottom: float, tall: float
    ) -> None:
        canvas.setFillColor(_TINTS.get(bar.section, _OTHER))
        canvas.setStrokeColor(style.ACCENT if bar.now else white)
        canvas.setLineWidth(1 if bar.now else 0.8)
        canvas.rect(left + 0.4, bottom, max(right - left - 0.8, 0.6), tall, fill=1, stroke=1)

    def _words(
        self, canvas: Any, bar: Bar, left: float, right: float, bottom: float, tall: float
    ) -> None:
        room = right - left - 3.5
        if room < 8:
            return
        canvas.setFillColor(style.INK)
        two = tall > 6 * mm and bar.under
        size = 6.6 if tall > 4 * mm else 5.2
        canvas.setFont(style.BOLD if bar.now else style.REGULAR, size)
        font = style.BOLD if bar.now else style.REGULAR
        middle = bottom + tall / 2 - size / 2 + 0.6
        title = style.fit(bar.title, font, size, room)
        canvas.drawString(left + 2.2, middle + (3.6 if two else 0), title)
        if two:
            canvas.setFillColor(style.MUTED)
            canvas.setFont(style.REGULAR, 5.6)
            under = style.fit(bar.under, style.REGULAR, 5.6, room)
            canvas.drawString(left + 2.2, middle - 4.2, under)

    def _gap(self, canvas: Any, left: float, right: float, low: float, high: float) -> None:
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(left, low, max(right - left, 0.8), high - low)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeColor(style.MUTED)
        canvas.setLineWidth(0.35)
        place = left - (high - low)
        while place < right:
            canvas.line(place, low, place + (high - low), high)
            place += 2.6
        canvas.restoreState()

    def _gap_words(self, canvas: Any, gap: Gap, left: float, right: float, high: float) -> None:
        width = pdfmetrics.stringWidth(gap.label, style.REGULAR, 5.6)
        if right - left > width + 3:
            canvas.setFillColor(white)
            canvas.rect(left + 1.2, high - 7.4, width + 1.6, 6.4, fill=1, stroke=0)
            canvas.setFillColor(style.INK)
            canvas.setFont(style.REGULAR, 5.6)
            canvas.drawString(left + 2, high - 6, gap.label)

    def _today(self, canvas: Any, place: float, low: float, high: float) -> None:
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.9)
        canvas.line(place, low - 0.6 * mm, place, high + 1.4 * mm)
        canvas.setFillColor(style.INK)
        canvas.setFont(style.BOLD, 6)
        width = pdfmetrics.stringWidth(self.today, style.BOLD, 6)
        left = max(0, min(place - width / 2, self.width - width))
        canvas.drawString(left, high + 2 * mm, self.today)


def _lanes(bars: Sequence[Bar]) -> list[int]:
    """Return which lane each bar is drawn in: overlapping ones in lanes of their own, four at
    most."""
    ends: list[date] = []
    found = []
    for bar in bars:
        free = next((n for n, end in enumerate(ends) if end < bar.start), None)
        if free is None:
            free = len(ends)
            ends.append(bar.end)
        else:
            ends[free] = bar.end
        found.append(min(free, 3))
    return found
