"""The house style: one embedded font, one accent colour, and text that can never be markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

import data
from schema.text import clean

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"

INK = HexColor("#1c2426")
MUTED = HexColor("#5a6669")
RULE = HexColor("#c9d1d2")
ACCENT = HexColor("#0f5a61")
TINT = HexColor("#eef4f4")
WATERMARK = Color(0.06, 0.35, 0.38, alpha=0.09)

MARGIN = 20 * mm
TEXT_WIDTH = 170 * mm
"""A4 less both margins."""
TEXT_HEIGHT = 297 * mm - 24 * mm - 22 * mm
"""A4 less foot and head."""


@cache
def _fonts() -> None:
    """Register the shipped fonts, once a process."""
    folder = Path(data.__file__).parent / "fonts"
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    # Italics are not shipped: emphasis is bold, never a font that is not embedded.
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )


_fonts()

BODY = ParagraphStyle(
    "body", fontName=REGULAR, fontSize=9.5, leading=13.5, textColor=INK, splitLongWords=1
)
STRONG = ParagraphStyle("strong", parent=BODY, fontName=BOLD)
TITLE = ParagraphStyle("title", parent=BODY, fontName=BOLD, fontSize=19, leading=24)
SUBTITLE = ParagraphStyle("subtitle", parent=BODY, fontSize=11, leading=15, textColor=MUTED)
HEADING = ParagraphStyle(
    "heading", parent=STRONG, fontSize=11, leading=15, textColor=ACCENT, spaceBefore=12,
    spaceAfter=4,
)  # fmt: skip
LABEL = ParagraphStyle("label", parent=BODY, fontSize=8.5, textColor=MUTED)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=11, textColor=MUTED)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=8.5, leading=12)
CELL_STRONG = ParagraphStyle("cell-strong", parent=CELL, fontName=BOLD)
CELL_HEAD = ParagraphStyle("cell-head", parent=CELL, fontName=BOLD, fontSize=8, textColor=ACCENT)
CELL_RIGHT = ParagraphStyle("cell-right", parent=CELL, alignment=TA_RIGHT)
CELL_HEAD_RIGHT = ParagraphStyle("cell-head-right", parent=CELL_HEAD, alignment=TA_RIGHT)


def safe(text: str) -> str:
    """Return `text` as it may stand in a paragraph: nothing in it is markup, lines are kept."""
    return escape(clean(text)).replace("\n", "<br/>")


def bold(text: str) -> str:
    """Return `text`, made safe, in bold, for use with `raw`."""
    return f"<b>{safe(text)}</b>"


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Return a paragraph of outside text."""
    return Paragraph(safe(text), style)


def raw(markup: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Return a paragraph of markup put together from `safe` and `bold`."""
    return Paragraph(markup, style)


def width(text: str, style: ParagraphStyle) -> float:
    """Return how wide `text` is on one line, in points."""
    size = pdfmetrics.stringWidth(clean(text, one_line=True), style.fontName, style.fontSize)
    return float(size)


def fit(text: str, font: str, size: float, room: float) -> str:
    """Return `text` on one line, shortened with an ellipsis to `room` points."""
    line = clean(text, one_line=True)
    if pdfmetrics.stringWidth(line, font, size) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if pdfmetrics.stringWidth(line[:middle].rstrip() + "…", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + "…"
