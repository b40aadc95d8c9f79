"""Final certificate (slutintyg): the whole training, placement by placement, against the law.

No authority has a form for it; the document says so and names the AT-bok, which is what a licence
is applied for with. What the pre-flight stopped is a draft until someone answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.certificate_final import FINAL_TEMPLATE
from at_tui.documents import style
from at_tui.documents.certificate_parts import (
    PrintedCertificate,
    attested,
    certificate_sheet,
    months_number,
    months_of_full_time,
    standing,
    whose,
)
from at_tui.documents.page import render
from at_tui.documents.parts import Cell, fields, grid, heading, opening, signatures
from at_tui.language import text


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One placement of the training."""

    section: str
    workplace: str
    start: date
    end: date
    percent: int
    months: Fraction | None
    certificate: str
    """Number of its certificate in force; empty when there is none."""


@dataclass(frozen=True, slots=True)
class LengthLine:
    """One length the law asks for, in months of full time."""

    name: str
    needed: Fraction
    served: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalCertificate(PrintedCertificate):
    """What stands on a final certificate. All dates inclusive, all words Swedish."""

    end: date
    asks_degree: bool
    degree_on: date | None
    asks_exam: bool
    exam_passed_on: date | None
    placements: tuple[PlacementLine, ...]
    lengths: tuple[LengthLine, ...]
    is_bt: bool = False


def final_certificate_pdf(certificate: FinalCertificate) -> bytes:
    """Return the certificate as PDF; a draft when it is one."""
    c = certificate
    sheet = certificate_sheet(c, text("document.final.title"), FINAL_TEMPLATE)
    lengths = _lengths(c)
    of_law = text("document.final.lengths_bt" if c.is_bt else "document.final.lengths")
    story: list[Flowable] = [
        *opening(sheet.title, c.training),
        *standing(c),
        fields(_fields(c)),
        *heading(text("document.final.placements")),
        _placements(c),
        *heading(of_law, lengths, whole=True),
        lengths,
        *_attest(c),
        *signatures(c.signatures),
        Spacer(1, 10),
        style.paragraph(
            text("document.final.official_bt" if c.is_bt else "document.final.official"),
            style.SMALL,
        ),
    ]
    return render(sheet, story)


def _fields(c: FinalCertificate) -> list[tuple[str, str]]:
    rows = whose(c)
    if c.asks_degree:
        words = str(c.degree_on) if c.degree_on else text("document.final.degree_missing")
        rows.append((text("document.final.field.degree"), words))
    period = text("document.certificate.period", start=c.start, end=c.end)
    rows.append((text("document.final.field.period"), period))
    if c.months is not None:
        rows.append((text("document.final.field.months"), months_of_full_time(c.months)))
    if c.asks_exam:
        passed = c.exam_passed_on
        words = (
            text("document.final.exam", day=passed) if passed else text("document.final.no_exam")
        )
        rows.append((text("document.final.field.exam"), words))
    return rows


def _placements(c: FinalCertificate) -> Flowable:
    rows: list[list[Cell | str]] = [
        [
            one.section,
            one.workplace or "–",
            f"{one.start} – {one.end}",
            f"{one.percent} %",
            "–" if one.months is None else months_number(one.months),
            one.certificate or text("document.final.no_certificate"),
        ]
        for one in c.placements
    ]
    names = ("section", "workplace", "period", "percent", "months", "certificate")
    head = [text(f"document.final.column.{name}") for name in names]
    # A period and a number each on one line, so that a whole block of placements fits the page.
    widths = [width * mm for width in (25.5, 38, 41.5, 12.5, 17, 35.5)]
    return grid(head, rows, widths, right=(3, 4))


def _lengths(c: FinalCertificate) -> Flowable:
    rows = []
    for one in c.lengths:
        served, needed = months_number(one.served), months_number(one.needed)
        words = text("document.final.of", served=served, needed=needed)
        rows.append((one.name[:1].upper() + one.name[1:], words))
    return fields(rows)


def _attest(c: FinalCertificate) -> list[Flowable]:
    # Markup goes in after the words are made safe, so that a name can hold braces or tags.
    goals_of = c.goals_of or text("document.certificate.goals_of")
    words = text("document.final.attest", name="{0}", goals_of="{1}")
    attest = style.safe(words).format(style.bold(c.name), style.safe(goals_of))
    return attested(c, attest, "document.final.consulted", "document.final.goals")
