"""What every printed certificate says: whose it is, who attests, on what it rests, by what right.

What the pre-flight stopped is a draft until someone answers for it: a red certificate cannot be
printed as final without an `Override`, whose reason stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from reportlab.platypus import Flowable, KeepTogether, Spacer

from at_tui.certificate_checks import Override
from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet
from at_tui.documents.parts import SignatureLine, fields, heading, ink_lines, notice
from at_tui.language import text


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCertificate:
    """What stands on every certificate. All dates are inclusive, all words Swedish."""

    imprint: Imprint
    training: str
    """What the training is, e.g. "Allmäntjänstgöring (AT)"."""
    name: str
    personnummer: str
    """As it is to be printed; empty when there is none."""
    personnummer_missing: str = ""
    """Why there is none."""
    start: date
    months: Fraction | None = None
    """Time served in months of full time; None when it cannot be counted."""
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

    @property
    def draft(self) -> bool:
        """Whether it is printed as a draft: something is missing, and nobody answers for it."""
        return bool(self.missing) and self.override is None


def certificate_sheet(certificate: PrintedCertificate, title: str, template: str) -> Sheet:
    """Return the sheet it is printed on, marked all over when it is a draft."""
    return Sheet(
        imprint=certificate.imprint,
        title=title,
        about=certificate.name,
        template=template,
        watermark=text("document.draft_mark") if certificate.draft else "",
    )


def standing(certificate: PrintedCertificate) -> list[Flowable]:
    """Return what must be read before the certificate: that it is a draft, or issued anyway."""
    missing, override = certificate.missing, certificate.override
    if missing and override is None:
        lines = [text("document.certificate.draft_lead"), *missing]
        return notice(text("document.certificate.draft"), lines)
    if missing and override is not None:
        reason = text("document.certificate.override_reason", reason=override.reason)
        return notice(text("document.certificate.override"), [*missing, reason])
    return []


def whose(certificate: PrintedCertificate) -> list[tuple[str, str]]:
    """Return the first two fields: the name, and the personnummer or why there is none."""
    c = certificate
    number = c.personnummer or (
        text("document.certificate.no_number_because", reason=c.personnummer_missing)
        if c.personnummer_missing
        else text("document.certificate.no_number")
    )
    return [
        (text("document.certificate.field.name"), c.name),
        (text("document.certificate.field.personnummer"), number),
    ]


def months_number(months: Fraction) -> str:
    """Return months with at most two decimals, rounded down: never more than was served."""
    whole, rest = divmod(floor(months * 100), 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)


def months_of_full_time(months: Fraction) -> str:
    """Return months of full time in words, as `months_number` rounds them."""
    key = "one_month" if floor(months * 100) == 100 else "months"
    return text(f"document.certificate.{key}", number=months_number(months))


def attested(
    certificate: PrintedCertificate, attest: str, consulted: str, goals: str
) -> list[Flowable]:
    """Return the words that are signed, what they rest on, and the lines to sign on.

    Args:
        attest: The words that are signed, as markup.
        consulted: What is said of a supervisor who was consulted: a key of the catalogue.
        goals: What is said of the goals, when the målbeskrivning is known: a key.
    """
    c = certificate
    supervisor = f"{c.supervisor}, {c.supervisor_title}" if c.supervisor_title else c.supervisor
    if not c.consulted or not c.supervisor:
        consulted = "document.certificate.not_consulted"
    known = goals if c.goals else f"{goals}_unknown"
    basis = [text(known, marked=c.goals_marked, goals=c.goals, name=c.curriculum)]
    if not c.curriculum_verified:
        basis.append(text("document.certificate.working_text"))
    basis += c.remarks
    return [
        *heading(text("document.certificate.attest_title")),
        style.raw(attest),
        Spacer(1, 3),
        style.paragraph(text(consulted, supervisor=supervisor)),
        Spacer(1, 3),
        *[style.paragraph(line, style.SMALL) for line in basis],
        _signing(c),
    ]


def _signing(c: PrintedCertificate) -> Flowable:
    """Return place and day, who signs by what right, and the lines to sign on, kept together."""
    day = f"{c.place} {c.imprint.issued_on}".strip()
    rows = [("place_and_day", day), ("signer", c.signer)]
    if c.signer_title:
        rows.append(("title", c.signer_title))
    licence = {True: "licensed", False: "unlicensed", None: "licence_unknown"}[c.signer_licensed]
    rows.append(("licence", text(f"document.certificate.{licence}")))
    if c.delegated_by:
        rows.append(("right", text("document.delegated", name=c.delegated_by)))
    named = [(text(f"document.certificate.field.{name}"), value) for name, value in rows]
    ink = [text(f"document.certificate.ink.{name}") for name in ("signature", "stamp")]
    return KeepTogether([Spacer(1, 8), fields(named), *ink_lines(ink)])
