"""Placement certificate (intyg om tjänstgöring) for one tjänstgöringsavsnitt.

The form for a licence is Socialstyrelsen's own, in the AT-bok; this document says so. What the
pre-flight stopped is a draft until someone answers for it: the value object cannot print a red
certificate as final without an `Override`, whose reason stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from reportlab.platypus import Flowable, KeepTogether, Spacer

from at_tui.certificate import TEMPLATE, Override
from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import (
    SignatureLine,
    fields,
    heading,
    ink_lines,
    notice,
    opening,
    signatures,
)
from at_tui.language import text


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Absence of one kind during the placement, in calendar days; never semester."""

    kind: str
    days: int
    counted: bool
    """Whether the programme counts it as served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementCertificate:
    """What stands on a placement certificate. All dates are inclusive, all words Swedish."""

    imprint: Imprint
    training: str
    """What the training is, e.g. "Allmäntjänstgöring (AT)"."""
    name: str
    personnummer: str
    """As it is to be printed; empty when there is none."""
    personnummer_missing: str = ""
    """Why there is none."""
    workplace: str
    """Hospital, clinic or vårdcentral."""
    section: str
    specialty: str = ""
    start: date
    end: date | None
    percent: int
    months: Fraction | None = None
    """Time served in months of full time; None when it cannot be counted."""
    months_through: date | None = None
    """The day to which it is counted, of a placement that goes on."""
    absences: tuple[AbsenceLine, ...] | None
    """Absence besides semester; empty for none, None when nobody has said."""
    goals: int
    goals_marked: int
    curriculum: str
    """Name and version of the målbeskrivning."""
    curriculum_verified: bool
    goals_of: str = ""
    """Where the goals stand; the regulation on AT when empty."""
    supervisor: str
    supervisor_title: str = ""
    consulted: bool
    """Whether the supervisor was consulted about this certificate."""
    signer: str
    signer_title: str = ""
    signer_licensed: bool | None
    delegated_by: str = ""
    """The verksamhetschef on whose delegation the signer acts."""
    place: str = ""
    missing: tuple[str, ...] = ()
    """Sentences of the red checks, as the pre-flight said them."""
    remarks: tuple[str, ...] = ()
    """Sentences of the amber checks that should stand in print."""
    override: Override | None = None
    signatures: tuple[SignatureLine, ...] = ()
    official: str = ""
    """What the authority's own form is; AT-boken and Socialstyrelsen's when empty."""

    @property
    def draft(self) -> bool:
        """Whether it is printed as a draft: something is missing, and nobody answers for it."""
        return bool(self.missing) and self.override is None


def certificate_pdf(certificate: PlacementCertificate) -> bytes:
    """Return the certificate as PDF; a draft when it is one (`PlacementCertificate.draft`)."""
    sheet = Sheet(
        imprint=certificate.imprint,
        title=text("document.certificate.title"),
        about=certificate.name,
        template=TEMPLATE,
        watermark=text("document.draft_mark") if certificate.draft else "",
    )
    return render(
        sheet,
        [
            *opening(sheet.title, f"{certificate.training} · {certificate.section}"),
            *standing(certificate.missing, certificate.override),
            fields(_fields(certificate)),
            *_attest(certificate),
            *signatures(certificate.signatures),
            Spacer(1, 10),
            style.paragraph(
                certificate.official or text("document.certificate.official"), style.SMALL
            ),
        ],
    )


def standing(missing: tuple[str, ...], override: Override | None) -> list[Flowable]:
    """Return what must be read before the certificate: that it is a draft, or issued anyway."""
    if missing and override is None:
        lines = [text("document.certificate.draft_lead"), *missing]
        return notice(text("document.certificate.draft"), lines)
    if missing and override is not None:
        reason = text("document.certificate.override_reason", reason=override.reason)
        return notice(text("document.certificate.override"), [*missing, reason])
    return []


def _fields(certificate: PlacementCertificate) -> list[tuple[str, str]]:
    c = certificate
    number = c.personnummer or (
        text("document.certificate.no_number_because", reason=c.personnummer_missing)
        if c.personnummer_missing
        else text("document.certificate.no_number")
    )
    section = f"{c.section} ({c.specialty})" if c.specialty else c.section
    rows = [
        ("name", c.name),
        ("personnummer", number),
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


def months_of_full_time(months: Fraction) -> str:
    """Return months with at most two decimals, rounded down: never more than was served."""
    hundredths = floor(months * 100)
    whole, rest = divmod(hundredths, 100)
    number = f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
    key = "one_month" if hundredths == 100 else "months"
    return text(f"document.certificate.{key}", number=number)


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


def _attest(certificate: PlacementCertificate) -> list[Flowable]:
    """Return the words that are signed, what they rest on, and the lines to sign on."""
    c = certificate
    supervisor = f"{c.supervisor}, {c.supervisor_title}" if c.supervisor_title else c.supervisor
    goals_of = c.goals_of or text("document.certificate.goals_of")
    # Markup goes in after the words are made safe, so that a name can hold braces or tags.
    words = text("document.certificate.attest", name="{0}", section="{1}", goals_of="{2}")
    attest = style.safe(words).format(
        style.bold(c.name), style.bold(c.section), style.safe(goals_of)
    )
    consulted = "consulted" if c.consulted and c.supervisor else "not_consulted"
    basis = [
        text("document.certificate.goals", marked=c.goals_marked, goals=c.goals, name=c.curriculum)
        if c.goals
        else text("document.certificate.goals_unknown")
    ]
    if not c.curriculum_verified:
        basis.append(text("document.certificate.working_text"))
    basis += c.remarks
    return [
        *heading(text("document.certificate.attest_title")),
        style.raw(attest),
        Spacer(1, 3),
        style.paragraph(text(f"document.certificate.{consulted}", supervisor=supervisor)),
        Spacer(1, 3),
        *[style.paragraph(line, style.SMALL) for line in basis],
        signing(c.signer, c.signer_title, c.signer_licensed, c.delegated_by, c.place, c.imprint),
    ]


def signing(
    signer: str,
    title: str,
    licensed: bool | None,
    delegated_by: str,
    place: str,
    imprint: Imprint,
) -> Flowable:
    """Return place and day, who signs by what right, and the lines to sign on, kept together."""
    rows = [
        (text("document.certificate.field.place_and_day"), f"{place} {imprint.issued_on}".strip()),
        (text("document.certificate.field.signer"), signer),
    ]
    if title:
        rows.append((text("document.certificate.field.title"), title))
    licence = {True: "licensed", False: "unlicensed", None: "licence_unknown"}[licensed]
    rows.append(
        (text("document.certificate.field.licence"), text(f"document.certificate.{licence}"))
    )
    if delegated_by:
        right = text("document.delegated", name=delegated_by)
        rows.append((text("document.certificate.field.right"), right))
    ink = [text(f"document.certificate.ink.{name}") for name in ("signature", "stamp")]
    return KeepTogether([Spacer(1, 8), fields(rows), *ink_lines(ink)])
