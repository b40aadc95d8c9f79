"""The sheet every document is printed on: A4 with head, foot, watermark and fixed metadata."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from at_tui.documents import style
from at_tui.language import text

# No clock and no random id in a document: what it says must decide every byte of it.
rl_config.invariant = 1

_WIDTH, _HEIGHT = A4
_HEAD = _HEIGHT - 15 * mm
_FOOT = 15 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who issues a document and what it rests on: head, foot and metadata."""

    number: str
    """Document number, unique where it is issued."""
    region: str
    unit: str
    author: str
    """Who answers for the document; shown in the file's properties."""
    issued_on: date
    """Day of issue; also the file's own date."""
    evidence_on: date
    """The records are as they stood at the end of this day."""
    history: str = ""
    """Hash of the change history's head that the document rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document's page: imprint, title, the template's name and version, watermark."""

    imprint: Imprint
    title: str
    about: str
    """Whom it is about: stands beside the title in the head of later pages."""
    template: str
    watermark: str = ""


Late = Callable[[Canvas, int], None]


def render(sheet: Sheet, story: Sequence[Flowable], late: Late | None = None) -> bytes:
    """Return the PDF. The same sheet and story give the same bytes, on any day.

    Args:
        late: Called for each page with its number once all pages are laid out, to draw on it what
            only then is known, such as where something stands.
    """
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=f"{sheet.title}, {sheet.about}",
        author=sheet.imprint.author,
        subject=text("document.subject", number=sheet.imprint.number),
        creator="at-tui",
        lang="sv-SE",
        initialFontName=style.REGULAR,
    )
    frame = Frame(
        style.MARGIN, 24 * mm, style.TEXT_WIDTH, style.TEXT_HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates(PageTemplate(frames=[frame]))

    def canvas(*args: Any, **kwargs: Any) -> _Sheets:
        # Named, or a table's or a watermark's default font would be asked for unembedded.
        kwargs["initialFontName"] = style.REGULAR
        return _Sheets(sheet, late, *args, **kwargs)

    document.build(list(story), canvasmaker=canvas)
    return out.getvalue()


class _Sheets(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that keeps its pages until their number is known, then numbers them."""

    def __init__(self, sheet: Sheet, late: Late | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sheet = sheet
        self._late = late
        self._kept: list[dict[str, Any]] = []
        self._date_by_imprint()
        self.setViewerPreference("DisplayDocTitle", "true")
        self._draw_watermark()

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._kept.append(dict(self.__dict__))
        self._startPage()
        self._draw_watermark()

    def save(self) -> None:
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self._draw_head(first=number == 1)
            self._draw_foot(number, len(self._kept))
            if self._late is not None:
                self._late(self, number)
            super().showPage()
        super().save()

    def _date_by_imprint(self) -> None:
        """Date the file by its imprint; reportlab's own fixed date would be 1 January 2000."""
        document, day = self._doc, self._sheet.imprint.issued_on
        document._timeStamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
        document._timeStamp.dhh = document._timeStamp.dmm = 0
        # The id's seed holds the fixed date too, or SOURCE_DATE_EPOCH where that is set.
        document.signature = hashlib.md5(day.isoformat().encode(), usedforsecurity=False)

    def _draw_watermark(self) -> None:
        """Draw the watermark before the page's content, so that it lies under it."""
        mark = self._sheet.watermark
        if not mark:
            return
        self.saveState()
        self.setFillColor(style.WATERMARK)
        size = min(120.0, 120.0 * 190 * mm / pdfmetrics.stringWidth(mark, style.BOLD, 120))
        self.setFont(style.BOLD, size)
        self.translate(_WIDTH / 2, _HEIGHT / 2)
        self.rotate(52)
        self.drawCentredString(0, -size / 3, mark)
        self.restoreState()

    def _draw_head(self, *, first: bool) -> None:
        imprint, right = self._sheet.imprint, _WIDTH - style.MARGIN
        self.saveState()
        left_text, left_font = imprint.region or imprint.unit, style.BOLD
        right_text = imprint.unit if imprint.region else ""
        if not first:
            left_text = f"{self._sheet.title} · {self._sheet.about}"
        width = style.TEXT_WIDTH
        left_width = width if not right_text else width * (0.4 if first else 0.6)
        self.setFillColor(style.ACCENT)
        self.setFont(left_font, 9)
        self.drawString(style.MARGIN, _HEAD, style.fit(left_text, left_font, 9, left_width))
        self.setFillColor(style.MUTED)
        self.setFont(style.REGULAR, 9)
        if right_text:
            room = width - left_width - 6 * mm
            self.drawRightString(right, _HEAD, style.fit(right_text, style.REGULAR, 9, room))
        self.setStrokeColor(style.ACCENT)
        self.setLineWidth(0.8)
        self.line(style.MARGIN, _HEAD - 2.5 * mm, right, _HEAD - 2.5 * mm)
        self.restoreState()

    def _draw_foot(self, number: int, count: int) -> None:
        imprint, right = self._sheet.imprint, _WIDTH - style.MARGIN
        self.saveState()
        self.setStrokeColor(style.RULE)
        self.setLineWidth(0.5)
        self.line(style.MARGIN, _FOOT + 4.5 * mm, right, _FOOT + 4.5 * mm)
        self.setFillColor(style.MUTED)
        self.setFont(style.REGULAR, 7.5)
        pages = text("document.page", number=number, count=count)
        self.drawRightString(right, _FOOT, pages)
        room = style.TEXT_WIDTH - 25 * mm
        first_line = text(
            "document.foot",
            number=imprint.number,
            template=self._sheet.template,
            day=imprint.evidence_on,
        )
        lines = [first_line]
        if imprint.history:
            lines.append(text("document.history", hash=imprint.history))
        for place, line in enumerate(lines):
            fitted = style.fit(line, style.REGULAR, 7.5, room)
            self.drawString(style.MARGIN, _FOOT - place * 3.6 * mm, fitted)
        self.restoreState()
