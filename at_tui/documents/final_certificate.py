"""Final certificate (slutintyg): the whole training, placement by placement, against the law.

No authority has a form for it; the document says so and names the AT-bok, which is what a licence
is applied for with. What the pre-flight stopped is a draft until someone answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.certificate_checks import Override
from at_tui.certificate_final import FINAL_TEMPLATE
from at_tui.documents import style
from at_tui.documents.certificate import months_of_full_time, signing, standing
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import (
    Cell,
    SignatureLine,
    fields,
    grid,
    heading,
    opening,
    signatures,
)
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
class FinalCertificate:
    """What stands on a final certificate. All dates inclusive, all words Swedish."""

    imprint: Imprint
    training: str
    name: str
    personnummer: str
    personnummer_missing: str = ""
    start: date
    end: date
    months: Fraction | None
    """Time served in months of full time; None when it cannot be counted."""
    asks_degree: bool
    degree_on: date | None
    asks_exam: bool
    exam_passed_on: date | None
    placements: tuple[PlacementLine, ...]
    lengths: tuple[LengthLine, ...]
    is_bt: bool = False
    goals: int
    goals_marked: int
    curriculum: str
    curriculum_verified: bool
    goals_of: str = ""
    supervisor: str
    supervisor_title: str = ""
    consulted: bool
    signer: str
    signer_title: str = ""
    signer_licensed: bool | None
    delegated_by: str = ""
    place: str = ""
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    override: Override | None = None
    signatures: tuple[SignatureLine, ...] = ()

    @property
    def draft(self) -> bool:
        """Whether it is printed as a draft: something is missing, and nobody answers for it."""
        return bool(self.missing) and self.override is None


def final_certificate_pdf(certificate: FinalCertificate) -> bytes:
    """Return the certificate as PDF; a draft when it is one."""
    c = certificate
    sheet = Sheet(
        imprint=c.imprint,
        title=text("document.final.title"),
        about=c.name,
        template=FINAL_TEMPLATE,
        watermark=text("document.draft_mark") if c.draft else "",
    )
    story: list[Flowable] = [
        *opening(sheet.title, c.training),
        *standing(c.missing, c.override),
        fields(_fields(c)),
        *heading(text("document.final.placements")),
        _placements(c),
        *heading(text("document.final.lengths_bt" if c.is_bt else "document.final.lengths")),
        _lengths(c),
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
    number = c.personnummer or (
        text("document.certificate.no_number_because", reason=c.personnummer_missing)
        if c.personnummer_missing
        else text("document.certificate.no_number")
    )
    rows = [
        (text("document.certificate.field.name"), c.name),
        (text("document.certificate.field.personnummer"), number),
    ]
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
            _number(one.months),
            one.certificate or text("document.final.no_certificate"),
        ]
        for one in c.placements
    ]
    names = ("section", "workplace", "period", "percent", "months", "certificate")
    head = [text(f"document.final.column.{name}") for name in names]
    widths = [30 * mm, 44 * mm, 28 * mm, 14 * mm, 18 * mm, 36 * mm]
    return grid(head, rows, widths, right=(3, 4))


def _lengths(c: FinalCertificate) -> Flowable:
    return fields(
        [
            (
                one.name[:1].upper() + one.name[1:],
                text("document.final.of", served=_number(one.served), needed=_number(one.needed)),
            )
            for one in c.lengths
        ]
    )


def _number(months: Fraction | None) -> str:
    """Return months with at most two decimals, rounded down: never more than was served."""
    if months is None:
        return "–"
    whole, rest = divmod(floor(months * 100), 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)


def _attest(c: FinalCertificate) -> list[Flowable]:
    # Markup goes in after the words are made safe, so that a name can hold braces or tags.
    goals_of = c.goals_of or text("document.certificate.goals_of")
    words = text("document.final.attest", name="{0}", goals_of="{1}")
    attest = style.safe(words).format(style.bold(c.name), style.safe(goals_of))
    supervisor = f"{c.supervisor}, {c.supervisor_title}" if c.supervisor_title else c.supervisor
    consulted = (
        text("document.final.consulted", supervisor=supervisor)
        if c.consulted and c.supervisor
        else text("document.certificate.not_consulted")
    )
    basis = [
        text("document.final.goals", marked=c.goals_marked, goals=c.goals, name=c.curriculum)
        if c.goals
        else text("document.final.goals_unknown")
    ]
    if not c.curriculum_verified:
        basis.append(text("document.certificate.working_text"))
    basis += c.remarks
    return [
        *heading(text("document.certificate.attest_title")),
        style.raw(attest),
        Spacer(1, 3),
        style.paragraph(consulted),
        Spacer(1, 3),
        *[style.paragraph(line, style.SMALL) for line in basis],
        signing(c.signer, c.signer_title, c.signer_licensed, c.delegated_by, c.place, c.imprint),
    ]
