"""Levels over time, the spread of areas, and goals reached, drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from at_tui.documents import style
from at_tui.documents.charts import FAINT

_BAND = HexColor("#bcd6d8")


@dataclass(frozen=True, slots=True)
class Plot:
    """One area's levels over time."""

    label: str
    under: str
    """The instrument."""
    points: tuple[tuple[date, int], ...]
    steps: tuple[int, ...]


class Plots(Flowable):  # type: ignore[misc]
    """Small plots side by side, all over the same stretch of time."""

    COLUMNS = 2
    TALL = 34.0

    def __init__(self, plots: Sequence[Plot], first: date, last: date, width: float) -> None:
        super().__init__()
        self.plots, self.first, self.last = plots, first, last
        rows = (len(plots) + self.COLUMNS - 1) // self.COLUMNS
        self.width, self.height = width, rows * self.TALL

    def draw(self) -> None:
        wide = self.width / self.COLUMNS
        for place, plot in enumerate(self.plots):
            row, column = divmod(place, self.COLUMNS)
            self.canv.saveState()
            self.canv.translate(column * wide, self.height - (row + 1) * self.TALL)
            self._plot(plot, wide - 3 * mm)
            self.canv.restoreState()

    def _plot(self, plot: Plot, wide: float) -> None:
        canvas, low, high = self.canv, 3.5, self.TALL - 12
        canvas.setFillColor(style.INK)
        canvas.setFont(style.REGULAR, 6.8)
        latest = f"{plot.points[-1][1]}/{plot.steps[-1]}"
        taken = pdfmetrics.stringWidth(latest, style.BOLD, 6.8)
        label = style.fit(plot.label, style.REGULAR, 6.8, wide - taken - 4)
        canvas.drawString(0, high + 4.5, label)
        canvas.setFont(style.BOLD, 6.8)
        canvas.drawRightString(wide, high + 4.5, latest)
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.5)
        # More lines than these are a grey field at this size.
        every = 1 if len(plot.steps) <= 6 else 2
        for number in range(0, len(plot.steps), every):
            height = low + (high - low) * number / (len(plot.steps) - 1)
            canvas.line(0, height, wide, height)
        days = max(1, (self.last - self.first).days)
        places = [
            (
                wide * max(0, min((day - self.first).days, days)) / days,
                low + (high - low) * plot.steps.index(value) / (len(plot.steps) - 1),
            )
            for day, value in plot.points
        ]
        canvas.setStrokeColor(style.ACCENT)
        canvas.setLineWidth(0.9)
        path = canvas.beginPath()
        path.moveTo(*places[0])
        for point in places[1:]:
            path.lineTo(*point)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setFillColor(style.ACCENT)
        for x, y in places:
            canvas.circle(x, y, 1.25, fill=1, stroke=0)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One area of a profile; numbers are places on the scale, 0 the lowest."""

    label: str
    latest: int | None
    earlier: int | None
    lowest: int | None
    highest: int | None


class ProfileChart(Flowable):  # type: ignore[misc]
    """Areas one under the other: a band from lowest to highest, a dot where it is now."""

    TALL = 9.3

    def __init__(
        self, rows: Sequence[ProfileRow], ends: tuple[str, str], steps: int, width: float
    ) -> None:
        super().__init__()
        self.rows, self.ends, self.steps = rows, ends, steps
        self.width, self.height = width, len(rows) * self.TALL + 9

    def draw(self) -> None:
        canvas, left = self.canv, self.width * 0.47
        wide = self.width - left - 6

        def x(step: int) -> float:
            return float(left + 3 + wide * step / max(1, self.steps - 1))

        top = self.height - 9
        canvas.setFillColor(style.MUTED)
        canvas.setFont(style.REGULAR, 5.8)
        canvas.drawString(left, top + 3, self.ends[0])
        canvas.drawRightString(self.width, top + 3, self.ends[1])
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.5)
        for step in range(self.steps):
            canvas.line(x(step), 0, x(step), top)
        for place, row in enumerate(self.rows):
            self._row(row, x, top - (place + 0.5) * self.TALL, left)

    def _row(self, row: ProfileRow, x: Callable[[int], float], middle: float, left: float) -> None:
        canvas = self.canv
        canvas.setFillColor(style.INK)
        canvas.setFont(style.REGULAR, 6.6)
        label = style.fit(row.label, style.REGULAR, 6.6, left - 4)
        canvas.drawString(0, middle - 2.3, label)
        if row.lowest is not None and row.highest is not None:
            canvas.setStrokeColor(_BAND)
            canvas.setLineWidth(3.4)
            canvas.setLineCap(1)
            canvas.line(x(row.lowest), middle, x(row.highest) + 0.01, middle)
            canvas.setLineCap(0)
        if row.earlier is not None:
            canvas.setStrokeColor(style.INK)
            canvas.setFillColor(white)
            canvas.setLineWidth(0.7)
            canvas.circle(x(row.earlier), middle, 2.5, fill=1, stroke=1)
        if row.latest is not None:
            canvas.setFillColor(style.INK)
            canvas.circle(x(row.latest), middle, 1.7, fill=1, stroke=0)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, by name."""

    label: str
    have: int
    of: int
    strong: bool = False


class Shares(Flowable):  # type: ignore[misc]
    """Bars that fill as goals are reached, with their numbers."""

    TALL = 9.6

    def __init__(self, rows: Sequence[Share], width: float) -> None:
        super().__init__()
        self.rows, self.width, self.height = rows, width, len(rows) * self.TALL

    def draw(self) -> None:
        canvas, left = self.canv, self.width * 0.42
        right = self.width - 40
        for place, row in enumerate(self.rows):
            middle = self.height - (place + 0.5) * self.TALL
            font = style.BOLD if row.strong else style.REGULAR
            canvas.setFillColor(style.INK)
            canvas.setFont(font, 6.8)
            canvas.drawString(0, middle - 2.3, style.fit(row.label, font, 6.8, left - 4))
            canvas.setFillColor(FAINT)
            canvas.rect(left, middle - 2.2, right - left, 4.4, fill=1, stroke=0)
            if row.of:
                canvas.setFillColor(style.ACCENT)
                share = (right - left) * row.have / row.of
                canvas.rect(left, middle - 2.2, share, 4.4, fill=1, stroke=0)
            canvas.setFillColor(style.INK)
            canvas.drawRightString(self.width, middle - 2.3, f"{row.have} av {row.of}")
