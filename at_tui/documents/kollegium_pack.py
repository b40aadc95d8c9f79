"""The pack for a kollegium: an index with the triage, and one A4 for each doctor.

The index says on which page each doctor stands, and at its end what the pack was built from.
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from at_tui.documents import style
from at_tui.documents.kollegium_page import doctor_page
from at_tui.documents.kollegium_parts import (
    FILLS,
    P_CELL,
    P_SMALL,
    P_STRONG,
    SIGNS,
    Badge,
    P,
    small_table,
)
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import opening
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.pack import Pack, Progress, Scope
from at_tui.kollegium.picture import Picture
from at_tui.language import text
from schema.text import clean
from schema.words import Outcome

TEMPLATE = "kollegiunderlag 1"
"""Name and version of the template, in the foot."""


def kollegium_pack_pdf(pack: Pack, progress: Progress | None = None) -> bytes:
    """Return the pack as PDF.

    Args:
        progress: Told how many pages of doctors are drawn, of how many; may raise `Cancelled`.
    """
    where = _Where(len(pack.pictures), progress)
    sheet = Sheet(
        imprint=Imprint(
            number=pack.number,
            region=pack.region,
            unit=text("kollegium.pack.masked") if pack.options.masked else ", ".join(pack.units),
            author=pack.author,
            issued_on=pack.issued_on,
            evidence_on=pack.evidence_on,
            history=pack.history,
        ),
        title=pack.title,
        about=day_words(pack.day),
        template=TEMPLATE,
    )
    story: list[Flowable] = _index(pack, where)
    for picture in pack.pictures:
        story += [PageBreak(), _Anchor(where, picture), *doctor_page(picture)]
    return render(sheet, story, where.draw_numbers)


# Where each doctor's page is


class _Where:
    """Notes on which page each doctor stands, and writes it in the index when all are known."""

    def __init__(self, count: int, progress: Progress | None) -> None:
        self._count, self._progress = count, progress
        self._pages: dict[str, int] = {}
        self._asked: list[tuple[int, float, float, str]] = []

    def found(self, training_id: str, page: int) -> None:
        self._pages[training_id] = page
        if self._progress is not None:
            self._progress(len(self._pages), self._count)

    def asked(self, page: int, x: float, y: float, training_id: str) -> None:
        self._asked.append((page, x, y, training_id))

    def draw_numbers(self, canvas: Any, page: int) -> None:
        for at, x, y, training_id in self._asked:
            if at == page and training_id in self._pages:
                canvas.setFont(style.REGULAR, 7.2)
                canvas.setFillColor(style.INK)
                canvas.drawRightString(x, y, str(self._pages[training_id]))


class _Anchor(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The top of a doctor's page: a bookmark, and an entry in the outline."""

    width = height = 0.0

    def __init__(self, where: _Where, picture: Picture) -> None:
        super().__init__()
        self.where, self.picture = where, picture

    def draw(self) -> None:
        key = self.picture.training_id
        self.where.found(key, self.canv.getPageNumber())
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(clean(self.picture.name, one_line=True), key, 0)


class _PageOf(Flowable):  # type: ignore[misc]
    """The place in the index where a doctor's page number will stand."""

    def __init__(self, where: _Where, training_id: str) -> None:
        super().__init__()
        self.where, self.training_id = where, training_id

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 9.0
        return self.width, self.height

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(self.width, 2.0)
        self.where.asked(self.canv.getPageNumber(), x, y, self.training_id)
        self.canv.linkRect(
            "", self.training_id, (0, 0, self.width, self.height), relative=1, thickness=0
        )


class _Bar(Flowable):  # type: ignore[misc]
    """How the groups share the cohort: one bar, with numbers beside it."""

    def __init__(self, counts: tuple[tuple[Outcome, int], ...]) -> None:
        super().__init__()
        self.counts = [(group, count) for group, count in counts if count]
        self.width, self.height = style.TEXT_WIDTH, 13.0

    def draw(self) -> None:
        total = sum(count for _, count in self.counts) or 1
        left = 0.0
        for group, count in self.counts:
            fill, ink = FILLS[group]
            wide = self.width * count / total
            self.canv.setFillColor(fill)
            self.canv.setStrokeColor(style.INK)
            self.canv.setLineWidth(0.6)
            self.canv.rect(left, 0, wide, self.height, fill=1, stroke=1)
            words = f"{SIGNS[group]} {count}"
            if pdfmetrics.stringWidth(words, style.BOLD, 8) < wide - 4:
                self.canv.setFillColor(ink)
                self.canv.setFont(style.BOLD, 8)
                self.canv.drawCentredString(left + wide / 2, 3.8, words)
            left += wide


# The index


def _index(pack: Pack, where: _Where) -> list[Flowable]:
    story: list[Flowable] = opening(pack.title, _subtitle(pack))
    if pack.options.masked:
        story += [style.paragraph(text("kollegium.pack.masked_lead"), P), Spacer(1, 2 * mm)]
    if not pack.pictures:
        story.append(style.paragraph(text("kollegium.pack.empty")))
        return [*story, *_built_from(pack)]
    story += [_numbers(pack), Spacer(1, 2 * mm), _Bar(pack.counts)]
    for group, count in pack.counts:
        if count:
            story += [CondPageBreak(28 * mm), Spacer(1, 4 * mm), *_group(pack, group, where)]
    return [*story, *_built_from(pack)]


def _subtitle(pack: Pack) -> str:
    values = {"day": day_words(pack.day), "count": len(pack.pictures), "cohort": pack.cohort}
    if pack.options.scope is Scope.ALL:
        return text("kollegium.pack.subtitle_all", **values)
    key = f"kollegium.pack.subtitle_{pack.options.scope}"
    return text(key, units=", ".join(pack.units), **values)


def _numbers(pack: Pack) -> Flowable:
    """Return one big number for each group, with its word."""
    big = ParagraphStyle("big", parent=style.TITLE, fontSize=22, leading=25)
    cells = [
        [
            style.paragraph(str(count), big),
            style.paragraph(f"{SIGNS[group]} {text(f'kollegium.group.{group}')}", P_STRONG),
            style.paragraph(text(f"kollegium.pack.about_{group}"), P_SMALL),
        ]
        for group, count in pack.counts
    ]
    return small_table([cells], [style.TEXT_WIDTH / len(cells)] * len(cells), rightpadding=4 * mm)


def _group(pack: Pack, group: Outcome, where: _Where) -> list[Flowable]:
    head = [text(f"kollegium.pack.column.{name}") for name in
            ("name", "where", "week", "held", "seen", "goals", "why", "page")]  # fmt: skip
    rows: list[list[Any]] = [[style.paragraph(each, P_SMALL) for each in head]]
    rows += [_row(p, where) for p in pack.pictures if p.triage.group is group]
    widths = [34, 38, 11, 14, 18, 12, 35, 8]
    table = small_table(rows, [width * mm for width in widths], repeat=1, rules=True)
    badge = Badge(group)
    badge.hAlign = "LEFT"
    return [badge, Spacer(1, 1.5 * mm), table]


def _row(picture: Picture, where: _Where) -> list[Any]:
    marked = sum(g.marked for g in picture.goals)
    place = text(f"word.section_short.{picture.section}") if picture.section else ""
    where_words = ", ".join(filter(None, [place, picture.unit])) or "–"
    why = "; ".join(reason.short for reason in picture.triage.why)
    return [
        style.raw(_link(picture, style.bold(picture.name)), P_CELL),
        style.paragraph(where_words, P_CELL),
        style.paragraph("{}/{}".format(*picture.week) if picture.week else "–", P_CELL),
        style.paragraph(f"{picture.tally.weeks_met} av {picture.tally.weeks_begun}", P_CELL),
        style.paragraph(_seen(picture), P_CELL),
        style.paragraph(f"{marked}/{sum(g.goals for g in picture.goals)}", P_CELL),
        style.paragraph(why or "–", P_CELL),
        _PageOf(where, picture.training_id),
    ]


def _seen(picture: Picture) -> str:
    """Return how long ago somebody watched the work, in weeks."""
    if picture.seen_on is None:
        return "–"
    weeks = (picture.on - picture.seen_on).days // 7
    return text("kollegium.pack.weeks_ago" if weeks else "kollegium.pack.this_week", weeks=weeks)


def _link(picture: Picture, markup: str) -> str:
    return f'<link href="#{style.safe(picture.training_id)}">{markup}</link>'


def _built_from(pack: Pack) -> list[Flowable]:
    """Return what the pack rests on: the day, the records, the rules, and what was left out."""
    lines = [
        text("kollegium.pack.evidence", day=day_words(pack.evidence_on), count=pack.records),
        text("kollegium.pack.unsigned"),
        text("kollegium.pack.plans_in" if pack.options.with_plans else "kollegium.pack.plans_out"),
    ]
    if pack.left_out:
        lines.append(text("kollegium.pack.left_out", count=pack.left_out))
    if pack.programmes:
        lines.append(text("kollegium.pack.programmes", names=", ".join(pack.programmes)))
    if pack.unjudged:
        lines.append(text("kollegium.pack.unjudged", count=pack.unjudged))
    if any(p.working_goals for p in pack.pictures):
        lines.append(text("kollegium.pack.working_goals"))
    story: list[Flowable] = [
        CondPageBreak(40 * mm),
        style.paragraph(text("kollegium.pack.built_from"), style.HEADING),
        *(style.paragraph(f"• {line}", P_SMALL) for line in lines),
    ]
    if pack.rules:
        title = text("kollegium.pack.rules", title=pack.rules_title, version=pack.rules_version)
        story.append(style.paragraph(f"• {title}", P_SMALL))
        for group in (Outcome.TALK, Outcome.THIN_EVIDENCE):
            labels = [rule.label for rule in pack.rules if rule.group is group]
            if labels:
                words = text(f"kollegium.group.{group}")
                story.append(style.paragraph(f"   {words}: {'; '.join(labels)}.", P_SMALL))
    return story
