"""Supervision week by week, drawn: a strip for one doctor, a line of the heat map for one unit.

Small drawings are flowables of a few lines and words of their own: a chart library would cost ten
times as long a page. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from at_tui.documents import style

FAINT = HexColor("#e3e8e9")
"""Lines of a grid, and what is empty."""


class Strip(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One square a week: filled, ringed, crossed or empty.

    `marks` are the values of `at_tui.kollegium.weeks.Mark`; `letters` say why a week was
    cancelled, where the reader is told what they mean. A square is at most `most` points wide.
    """

    def __init__(
        self,
        marks: Sequence[str],
        labels: Sequence[str],
        *,
        now: int | None,
        width: float = style.TEXT_WIDTH,
        letters: Sequence[str] = (),
        most: float = 11.0,
    ) -> None:
        super().__init__()
        self.marks, self.labels, self.now = marks, labels, now
        self.letters = letters or [""] * len(marks)
        self.side = min(most, width / max(1, len(marks)))
        self.base = 7.4 if any(labels) else 1.0
        self.width, self.height = width, self.base + self.side + 1.1

    def draw(self) -> None:
        for place, mark in enumerate(self.marks):
            left = place * self.side
            corner = (left + 0.6, self.base + 0.6)
            draw_week(self.canv, mark, *corner, self.side - 1.2, self.letters[place])
            if place == self.now:
                self.canv.setStrokeColor(style.INK)
                self.canv.setLineWidth(1)
                self.canv.rect(left, self.base, self.side, self.side, fill=0, stroke=1)
            if self.labels[place]:
                self.canv.setFillColor(style.MUTED)
                self.canv.setFont(style.REGULAR, 5.6)
                self.canv.drawCentredString(left + self.side / 2, 1.5, self.labels[place])


def draw_week(
    canvas: Any, mark: str, left: float, bottom: float, side: float, letter: str = ""
) -> None:
    """Draw one week's sign in a square; nothing for a week outside the placement."""
    if mark == "outside":
        return
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(style.RULE)
    if mark == "met":
        canvas.setFillColor(style.ACCENT)
        canvas.rect(left, bottom, side, side, fill=1, stroke=0)
        return
    canvas.setFillColor(white if mark != "away" else FAINT)
    canvas.rect(left, bottom, side, side, fill=1, stroke=1)
    middle_x, middle_y = left + side / 2, bottom + side / 2
    canvas.setStrokeColor(style.INK)
    if mark == "planned":
        canvas.setLineWidth(0.8)
        canvas.circle(middle_x, middle_y, side * 0.25, fill=0, stroke=1)
    elif mark == "cancelled" and letter:
        canvas.setFillColor(style.INK)
        canvas.setFont(style.BOLD, side * 0.72)
        canvas.drawCentredString(middle_x, middle_y - side * 0.25, letter)
    elif mark == "cancelled":
        canvas.setLineWidth(1)
        reach = side * 0.27
        canvas.line(middle_x - reach, middle_y - reach, middle_x + reach, middle_y + reach)
        canvas.line(middle_x - reach, middle_y + reach, middle_x + reach, middle_y - reach)
    elif mark == "nothing":
        canvas.setFillColor(style.INK)
        canvas.circle(middle_x, middle_y, 0.8, fill=1, stroke=0)
    elif mark == "away":
        canvas.setLineWidth(0.8)
        canvas.line(middle_x - side * 0.22, middle_y, middle_x + side * 0.22, middle_y)


class Legend(Flowable):  # type: ignore[misc]
    """What the weeks' signs mean, on one line."""

    def __init__(self, entries: Sequence[tuple[str, str]], width: float = style.TEXT_WIDTH) -> None:
        super().__init__()
        self.entries, self.width, self.height = entries, width, 9.0

    def draw(self) -> None:
        left = 0.0
        for mark, words in self.entries:
            draw_week(self.canv, mark, left, 1.6, 6)
            self.canv.setFillColor(style.MUTED)
            self.canv.setFont(style.REGULAR, 6.2)
            self.canv.drawString(left + 8, 2.4, words)
            left += 8 + pdfmetrics.stringWidth(words, style.REGULAR, 6.2) + 10


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One unit-week: the share met as shade, or a sign."""

    mark: str
    share: float
    letter: str = ""
    """Why it was cancelled."""


class HeatRow(Flowable):  # type: ignore[misc]
    """One line of a heat map."""

    def __init__(self, cells: Sequence[HeatCell], width: float) -> None:
        super().__init__()
        self.cells = cells
        self.side = min(11.0, width / max(1, len(cells)))
        self.width, self.height = self.side * len(cells), self.side

    def draw(self) -> None:
        for place, cell in enumerate(self.cells):
            left, side = place * self.side + 0.5, self.side - 1
            if cell.mark == "outside":
                continue
            if cell.mark != "met":
                draw_week(self.canv, cell.mark, left, 0.5, side, cell.letter)
                continue
            self.canv.setFillColor(_shade(cell.share))
            self.canv.rect(left, 0.5, side, side, fill=1, stroke=0)
            if cell.share < 1:
                # In black and white a shade is hard to tell: the bar's height says the share.
                self.canv.setFillColor(style.ACCENT)
                self.canv.rect(left, 0.5, side, side * cell.share, fill=1, stroke=0)


def _shade(share: float) -> Color:
    if share >= 1:
        return style.ACCENT
    return HexColor("#d5e5e6")
