"""What the kollegium's papers are put together from: small type, badges, boxes and tables."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Table, TableStyle

from at_tui.documents import style
from at_tui.language import text
from schema.words import Outcome

P = ParagraphStyle("pack", parent=style.BODY, fontSize=8.2, leading=10.6)
P_STRONG = ParagraphStyle("pack-strong", parent=P, fontName=style.BOLD)
P_SMALL = ParagraphStyle("pack-small", parent=P, fontSize=6.8, leading=8.8, textColor=style.MUTED)
P_CELL = ParagraphStyle("pack-cell", parent=P, fontSize=7.2, leading=9)
P_CELL_STRONG = ParagraphStyle("pack-cell-strong", parent=P_CELL, fontName=style.BOLD)
P_HEAD = ParagraphStyle(
    "pack-head", parent=P, fontName=style.BOLD, fontSize=7.6, leading=9.5, textColor=style.ACCENT,
    spaceBefore=4.5, spaceAfter=1.5,
)  # fmt: skip
NAME = ParagraphStyle("pack-name", parent=style.TITLE, fontSize=15, leading=18)

SIGNS = {Outcome.ON_TRACK: "✓", Outcome.THIN_EVIDENCE: "◌", Outcome.TALK: "!"}
"""Stands with the group's word, never instead of it."""
FILLS = {
    Outcome.ON_TRACK: (white, style.ACCENT),
    Outcome.THIN_EVIDENCE: (HexColor("#dfe5e6"), style.INK),
    Outcome.TALK: (style.INK, white),
}
GAP = 7 * mm
HALF = (style.TEXT_WIDTH - GAP) / 2
"""Width of each of two columns."""


class Badge(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A group's sign and word in a rounded box."""

    def __init__(self, group: Outcome, *, size: float = 8.4) -> None:
        super().__init__()
        self.group, self.size = group, size
        self.words = f"{SIGNS[group]}  {text(f'kollegium.group.{group}')}"
        self.width = pdfmetrics.stringWidth(self.words, style.BOLD, size) + 12
        self.height = size + 7
        self.hAlign = "RIGHT"

    def draw(self) -> None:
        fill, ink = FILLS[self.group]
        self.canv.setFillColor(fill)
        self.canv.setStrokeColor(style.ACCENT if self.group is Outcome.ON_TRACK else style.INK)
        self.canv.setLineWidth(0.8)
        self.canv.roundRect(0, 0, self.width, self.height, 3, fill=1, stroke=1)
        self.canv.setFillColor(ink)
        self.canv.setFont(style.BOLD, self.size)
        self.canv.drawString(6, self.height / 2 - self.size * 0.36, self.words)


def boxed(inside: list[Flowable]) -> Flowable:
    """Return paragraphs on a tint with a bar at the left, one a row so that they may break."""
    table = small_table([[each] for each in inside], [style.TEXT_WIDTH])
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), style.TINT),
                ("LINEBEFORE", (0, 0), (0, -1), 2.5, style.ACCENT),
                ("LEFTPADDING", (0, 0), (-1, -1), 3 * mm),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
                ("TOPPADDING", (0, 0), (-1, 0), 1.6 * mm),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 1.8 * mm),
            ]
        )
    )
    return table


def columns(left: list[Flowable], right: list[Flowable]) -> Flowable:
    return small_table([[left, "", right]], [HALF, GAP, HALF])


def small_table(
    cells: list[list[Any]],
    widths: list[float],
    *,
    repeat: int = 0,
    rules: bool = False,
    rightpadding: float = 0,
) -> Table:
    # A row higher than a page would otherwise stop the whole pack.
    table = Table(cells, colWidths=widths, hAlign="LEFT", repeatRows=repeat, splitInRow=1)

    commands: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), style.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), rightpadding),
        ("TOPPADDING", (0, 0), (-1, -1), 0.4 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.4 * mm),
    ]
    if rules:
        commands += [
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.35, style.RULE),
            ("RIGHTPADDING", (0, 0), (-2, -1), 2 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 0.8 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1 * mm),
        ]
    table.setStyle(TableStyle(commands))
    return table
