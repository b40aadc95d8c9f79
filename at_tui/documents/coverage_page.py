"""Coverage of supervision: an overview of all units, and a page for each one's verksamhetschef."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from at_tui.documents import style
from at_tui.documents.charts import HeatCell, HeatRow, Legend, Strip
from at_tui.documents.kollegium_parts import P_CELL, P_CELL_STRONG, P_SMALL, P, boxed, small_table
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import heading, opening
from at_tui.judge.calendar import week_number
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.coverage import (
    CoverageMap,
    DoctorWeeks,
    Standing,
    UnitRow,
    letter,
    letters,
)
from at_tui.kollegium.weeks import Mark
from at_tui.language import text

TEMPLATE = "täckningskarta 2"
"""Name and version of the template, in the foot."""
P_LINE = ParagraphStyle("coverage-line", parent=P_SMALL, textColor=style.INK)
_SIGNS = {
    Standing.UNNAMED: "?", Standing.SILENT: "!", Standing.MEETS: "✓", Standing.NOBODY: "–",
}  # fmt: skip
_MAP = 92 * mm
_NAMES = 66 * mm
_ROOMY = 18
"""More doctors than this at a unit have a line each instead of two: the unit is to be one page."""
_SQUARE, _SMALL_SQUARE = 11.0, 8.6


def coverage_pdf(
    found: CoverageMap,
    *,
    number: str,
    issued_on: date,
    region: str = "",
    author: str = "",
    history: str = "",
    unit_ids: Sequence[str] | None = None,
    overview: bool = True,
) -> bytes:
    """Return the map as PDF: all units on one page, then a page for each.

    Args:
        unit_ids: Pages for these units only.
        overview: Leave it out of what is sent to one verksamhetschef, who has no use of others'
            figures.
    """
    chosen = [u for u in found.units if unit_ids is None or u.unit_id in unit_ids]
    alone = chosen[0] if len(chosen) == 1 and not overview else None
    sheet = Sheet(
        imprint=Imprint(
            number=number,
            region=region,
            unit=_name(alone) if alone else "",
            author=author,
            issued_on=issued_on,
            evidence_on=found.on,
            history=history,
        ),
        title=text("kollegium.coverage.title"),
        about=day_words(found.on),
        template=TEMPLATE,
    )
    story: list[Flowable] = _overview(found, chosen) if overview else []
    for unit in chosen:
        story += [*([PageBreak()] if story else []), *_unit(found, unit)]
    return render(sheet, story or [style.paragraph(text("kollegium.coverage.empty"))])


def _name(unit: UnitRow) -> str:
    return unit.unit or text("kollegium.coverage.no_unit")


def _span(found: CoverageMap) -> str:
    first, last = found.weeks[0], found.weeks[-1]
    return text(
        "kollegium.coverage.span", first=week_number(first), last=week_number(last),
        year=last.year,
    )  # fmt: skip


def _overview(found: CoverageMap, units: Sequence[UnitRow]) -> list[Flowable]:
    story: list[Flowable] = opening(text("kollegium.coverage.title"), _span(found))
    if not units:
        return [*story, style.paragraph(text("kollegium.coverage.empty"))]
    unnamed, silent = sum(u.unnamed for u in units), sum(u.silent for u in units)
    for count, key in ((unnamed, "unnamed"), (silent, "silent")):
        if count:
            said = text(f"kollegium.coverage.{key}", count=count)
            story.append(style.paragraph(said, P))
    story.append(Spacer(1, 2 * mm))
    head = [text(f"kollegium.coverage.column.{name}") for name in ("unit", "standing", "met")]
    rows: list[list[object]] = [
        [style.paragraph(head[0], P_SMALL), _week_numbers(found, _MAP),
         style.paragraph(head[2], P_SMALL), style.paragraph(head[1], P_SMALL)]
    ]  # fmt: skip
    for unit in units:
        cells = [
            HeatCell(cell.mark, cell.share, letter([reason for reason, _ in cell.reasons]))
            for cell in unit.cells
        ]
        site = f" {unit.site}" if unit.site else ""
        rows.append(
            [
                style.paragraph(_name(unit) + site, P_CELL_STRONG),
                HeatRow(cells, _MAP),
                style.paragraph(text("kollegium.coverage.of", met=unit.met, of=unit.there), P_CELL),
                style.paragraph(_standing(unit.standing), P_CELL),
            ]
        )
    widths = [34 * mm, _MAP + 2 * mm, 18 * mm, 24 * mm]
    story.append(small_table(rows, widths, repeat=1, rules=True))
    return [*story, Spacer(1, 2 * mm), _legend(), _letters(), style.paragraph(
        text("kollegium.coverage.shade"), P_SMALL)]  # fmt: skip


def _week_numbers(found: CoverageMap, width: float, square: float = _SQUARE) -> Flowable:
    labels = [
        str(week_number(week)) if place % 3 == 0 else "" for place, week in enumerate(found.weeks)
    ]
    return _Numbers(labels, width, square)


class _Numbers(Strip):
    """Week numbers over a heat map, without the squares."""

    def __init__(self, labels: Sequence[str], width: float, square: float) -> None:
        outside = ["outside"] * len(labels)
        super().__init__(outside, labels, now=None, width=width, most=square)
        self.height = 8.0

    def draw(self) -> None:
        self.canv.setFillColor(style.MUTED)
        self.canv.setFont(style.REGULAR, 5.6)
        for place, label in enumerate(self.labels):
            self.canv.drawCentredString((place + 0.5) * self.side, 2, label)


def _legend() -> Flowable:
    marks = (Mark.MET, Mark.PLANNED, Mark.CANCELLED, Mark.NOTHING, Mark.AWAY)
    return Legend([(mark, text(f"kollegium.mark.{mark}")) for mark in marks])


def _letters() -> Flowable:
    return style.paragraph(text("kollegium.coverage.letters", letters=letters()), P_SMALL)


def _standing(standing: Standing) -> str:
    return f"{_SIGNS[standing]} {text(f'kollegium.standing.{standing}')}"


def _unit(found: CoverageMap, unit: UnitRow) -> list[Flowable]:
    head = text("kollegium.coverage.head", name=unit.head) if unit.head else ""
    subtitle = " · ".join(filter(None, [unit.site, _span(found), head]))
    story: list[Flowable] = [*opening(_name(unit), subtitle), boxed(_said(unit)), Spacer(1, 2 * mm)]
    story += heading(text("kollegium.coverage.weeks"))
    wide = style.TEXT_WIDTH - _NAMES
    square = _SQUARE if len(unit.doctors) <= _ROOMY else _SMALL_SQUARE
    rows: list[list[object]] = [["", _week_numbers(found, wide, square)]]
    # Those who are there today first: they are whom one can do something about.
    doctors = sorted(unit.doctors, key=lambda doctor: doctor.standing is Standing.NOBODY)
    rows += [_doctor(found, doctor, square) for doctor in doctors]
    story.append(small_table(rows, [_NAMES, wide], repeat=1, rules=True))
    story += [Spacer(1, 1.5 * mm), _legend(), _letters(), *_reasons(unit)]
    return [*story, Spacer(1, 2 * mm), style.paragraph(text("kollegium.coverage.about"), P_SMALL)]


def _said(unit: UnitRow) -> list[Flowable]:
    """Return what a verksamhetschef needs to know, in whole sentences."""
    lines = [style.raw(style.bold(_standing(unit.standing)), P)]
    if unit.unnamed:
        names = ", ".join(d.name for d in unit.doctors if d.standing is Standing.UNNAMED)
        lines.append(style.paragraph(text("kollegium.coverage.name_one", names=names), P))
    if unit.silent:
        pairs = ", ".join(
            f"{d.name} ({d.supervisor})" for d in unit.doctors if d.standing is Standing.SILENT
        )
        lines.append(style.paragraph(text("kollegium.coverage.talk_to", names=pairs), P))
    said = text("kollegium.coverage.weeks_met", met=unit.met, of=unit.there)
    return [*lines, style.paragraph(said, P)]


def _doctor(found: CoverageMap, doctor: DoctorWeeks, square: float) -> list[object]:
    section = text(f"word.section_short.{doctor.section}")
    named = doctor.supervisor or text("kollegium.flag.unnamed")
    said = text("kollegium.coverage.of", met=doctor.met, of=doctor.there)
    weeks = text("kollegium.coverage.doctor_weeks", said=said)
    now = next((n for n, w in enumerate(found.weeks) if 0 <= (found.on - w).days < 7), None)
    if doctor.weeks[now or 0].mark is Mark.OUTSIDE:
        now = None
    marks = [week.mark for week in doctor.weeks]
    why = [letter(week.reasons) for week in doctor.weeks]
    strip = Strip(
        marks, [""] * len(marks), now=now, width=style.TEXT_WIDTH - _NAMES, letters=why,
        most=square,
    )  # fmt: skip
    if square < _SQUARE:
        rest = " · ".join([named, said] if doctor.there else [named])
        return [style.raw(f"{style.bold(doctor.name)} · {style.safe(rest)}", P_LINE), strip]
    rest = " · ".join([section, named, weeks] if doctor.there else [section, named])
    about = style.paragraph(rest, P_SMALL)
    return [[style.paragraph(doctor.name, P_CELL_STRONG), about], strip]


def _reasons(unit: UnitRow) -> list[Flowable]:
    if not unit.reasons:
        return []
    words = ", ".join(f"{text(f'word.cancel.{reason}')} {count}" for reason, count in unit.reasons)
    return [
        Spacer(1, 2 * mm),
        style.paragraph(text("kollegium.page.cancelled", reasons=words), P),
    ]
