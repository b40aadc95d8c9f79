"""From the records to what stands on a placement certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.certifying import (
    certificates_of,
    first_entry,
    placement_of,
    preflight_of,
)
from at_tui.documents.certificate import AbsenceLine, PlacementCertificate
from at_tui.documents.gather_certificate_parts import (
    checks_of,
    common_of,
    first_upper,
    issued_entry,
)
from at_tui.documents.gathering import NOWHERE, Region, workplace
from at_tui.issuing import CertificateEntry
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import absence_days, count_time
from schema.words import AbsenceKind, Kind, LockStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate, Placement

_REMARKS = frozenset({"absence"})
"""Amber checks that a reader of the certificate needs."""


def certificate_of(
    folder: Folder,
    placement_id: str,
    *,
    on: date,
    entry: CertificateEntry | None = None,
    owner_id: str = "",
    curriculum: Curriculum | None = None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
    region: Region = NOWHERE,
) -> PlacementCertificate:
    """Return what stands on a placement's certificate.

    A certificate in force is printed as it was issued, on any later day. Otherwise it is one as of
    `on`, a draft as long as the pre-flight is red and nobody answers for it.

    Args:
        entry: What has been filled in; by default what the records can answer for.
        owner_id: The person at the keyboard, for that default.
        curriculum: The one the training began under.
        served: The programme's rule for which absence counts as served.
        unsigned: Ids of instruments that are used without signature.

    Raises:
        Fault: `store.no_record` when the placement is not the training's.
    """
    placement = placement_of(folder, placement_id)
    issued = in_force(folder, placement_id)
    if issued is not None:
        entry = issued_entry(folder, placement_id, issued)
    elif entry is None:
        entry = first_entry(folder, placement, owner_id=owner_id, on=on)
    flight = preflight_of(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    facts = flight.facts
    stated = all(
        one["outcome"] != "unstated"
        for one in checks_of(flight, issued)
        if one["code"] == "absence"
    )
    at = folder.training.kind == Kind.AT
    return PlacementCertificate(
        **common_of(
            folder,
            flight,
            issued,
            placement=placement,
            of=placement_id,
            supervisor_id=placement.supervisor_id,
            goals="goals",
            remarks=_REMARKS,
            curriculum=curriculum,
            on=on,
            region=region,
        ),
        workplace=workplace(folder, placement),
        section=text(f"word.section.{placement.section}"),
        specialty=_specialty(placement),
        start=placement.start,
        end=placement.end,
        percent=placement.percent,
        months=None if facts.overlaps else months_in(folder, placement, served, through=entry.on),
        months_through=entry.on if placement.end is None or placement.end > entry.on else None,
        absences=_absences(folder, placement, served) if stated else None,
        official="" if at else text("document.certificate.official_bt"),
    )


def in_force(folder: Folder, placement_id: str) -> Certificate | None:
    """Return the placement's certificate that is signed and not voided, or None."""
    first = next(iter(certificates_of(folder, placement_id)), None)
    return first if first is not None and first.status == LockStatus.SIGNED else None


def months_in(
    folder: Folder, placement: Placement, served: ServedRules | None, *, through: date
) -> Fraction:
    """Return a placement's months of full time, by the programme's rule for absence.

    Args:
        through: Count to this day, inclusive: nobody has served what lies ahead.
    """
    lost = not_served(folder.absences, served)
    counted = count_time([placement], lost, not_counted={a.kind for a in lost}, through=through)
    return counted.total


def _specialty(placement: Placement) -> str:
    """Return the specialty, unless it only says the section again."""
    said = {text(f"word.{words}.{placement.section}") for words in ("section", "section_short")}
    return "" if placement.specialty.casefold() in said else placement.specialty


def _absences(
    folder: Folder, placement: Placement, served: ServedRules | None
) -> tuple[AbsenceLine, ...]:
    """Return the placement's absence by kind, semester left out, as the form asks for."""
    away = [a for a in folder.absences if a.start <= placement.end and placement.start <= a.end]
    lost = {absence.id for absence in not_served(folder.absences, served)}
    lines: list[AbsenceLine] = []
    for counted in (False, True):
        these = [a for a in away if (a.id not in lost) is counted]
        days = absence_days(these, placement.start, placement.end)
        lines += [
            AbsenceLine(first_upper(text(f"word.absence.{kind}")), count, counted)
            for kind, count in sorted(days.items())
            if kind != AbsenceKind.SEMESTER
        ]
    return tuple(lines)
