"""Placement certificate (intyg om tjänstgöring) for one tjänstgöringsavsnitt.

The form for a licence is Socialstyrelsen's own, in the AT-bok; this document says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reportlab.platypus import Flowable, Spacer

from at_tui.certificate import TEMPLATE
from at_tui.documents import style
from at_tui.documents.certificate_parts import (
    PrintedCertificate,
    attested,
    certificate_sheet,
    months_of_full_time,
    standing,
    whose,
)
from at_tui.documents.page import render
from at_tui.documents.parts import fields, opening, signatures
from at_tui.language import text


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Absence of one kind during the placement, in calendar days; never semester."""

    kind: str
    days: int
    counted: bool
    """Whether the programme counts it as served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementCertificate(PrintedCertificate):
    """What stands on a placement certificate. All dates are inclusive, all words Swedish."""

    workplace: str
    """Hospital, clinic or vårdcentral."""
    section: str
    specialty: str = ""
    end: date | None
    percent: int
    months_through: date | None = None
    """The day to which it is counted, of a placement that goes on."""
    absences: tuple[AbsenceLine, ...] | None
    """Absence besides semester; empty for none, None when nobody has said."""
    official: str = ""
    """What the authority's own form is; AT-boken and Socialstyrelsen's when empty."""


def certificate_pdf(certificate: PlacementCertificate) -> bytes:
    """Return the certificate as PDF; a draft when it is one (`PlacementCertificate.draft`)."""
    sheet = certificate_sheet(certificate, text("document.certificate.title"), TEMPLATE)
    return render(
        sheet,
        [
            *opening(sheet.title, f"{certificate.training} · {certificate.section}"),
            *standing(certificate),
            fields([*whose(certificate), *_fields(certificate)]),
            *_attest(certificate),
            *signatures(certificate.signatures),
            Spacer(1, 10),
            style.paragraph(
                certificate.official or text("document.certificate.official"), style.SMALL
            ),
        ],
    )


def _fields(certificate: PlacementCertificate) -> list[tuple[str, str]]:
    c = certificate
    section = f"{c.section} ({c.specialty})" if c.specialty else c.section
    rows = [
        ("workplace", c.workplace),
        ("section", section),
        ("period", _period(c)),
        ("percent", f"{c.percent} %"),
    ]
    if c.months is not None:
        rows.append(("months", _months(c.months, c.months_through)))
    rows.append(("absence", _absence(c)))
    return [(text(f"document.certificate.field.{name}"), value) for name, value in rows]


def _period(certificate: PlacementCertificate) -> str:
    if certificate.end is None:
        return text("document.certificate.period_open", start=certificate.start)
    return text("document.certificate.period", start=certificate.start, end=certificate.end)


def _months(months: Fraction, through: date | None) -> str:
    words = months_of_full_time(months)
    if through is None:
        return words
    return text("document.certificate.months_through", months=words, day=through)


def _absence(certificate: PlacementCertificate) -> str:
    if certificate.absences is None:
        return text("document.certificate.absence_unstated")
    if not certificate.absences:
        return text("document.certificate.absence_none")
    return "\n".join(
        text(
            f"document.certificate.absence_{'counted' if line.counted else 'lost'}",
            kind=line.kind,
            days=text("document.one_day") if line.days == 1 else text("document.days", n=line.days),
        )
        for line in certificate.absences
    )


def _attest(c: PlacementCertificate) -> list[Flowable]:
    goals_of = c.goals_of or text("document.certificate.goals_of")
    # Markup goes in after the words are made safe, so that a name can hold braces or tags.
    words = text("document.certificate.attest", name="{0}", section="{1}", goals_of="{2}")
    attest = style.safe(words).format(
        style.bold(c.name), style.bold(c.section), style.safe(goals_of)
    )
    return attested(c, attest, "document.certificate.consulted", "document.certificate.goals")
