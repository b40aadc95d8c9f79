"""From the records to what stands on a placement certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from at_tui.certificate import Check, Override
from at_tui.certifying import (
    certificates_of,
    first_entry,
    placement_of,
    preflight_of,
)
from at_tui.documents.certificate import AbsenceLine, PlacementCertificate
from at_tui.documents.gathering import NOWHERE, Region, imprint, number_of, signatures, workplace
from at_tui.issuing import CertificateEntry
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import absence_days, count_time
from schema.personnummer import parse
from schema.words import AbsenceKind, Kind, LockStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate, Placement

_REMARKS = frozenset({"absence"})
"""Amber checks that a reader of the certificate needs; the others say so in fields of their own."""


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
        entry = _issued_entry(folder, placement, issued)
    elif entry is None:
        entry = first_entry(folder, placement, owner_id=owner_id, on=on)
    flight = preflight_of(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    facts = flight.facts
    # What was issued says what was known that day, whatever has been withdrawn since.
    checks = _kept(issued) if issued else [_as_kept(check) for check in flight.checks]
    supervisor = folder.people.get(placement.supervisor_id or "")
    signer = folder.people.get(entry.signer_id or "")
    stated = all(one["outcome"] != "unstated" for one in checks if one["code"] == "absence")
    goals: Mapping[str, Any] = next((one["values"] for one in checks if one["code"] == "goals"), {})
    number = facts.personnummer
    return PlacementCertificate(
        imprint=imprint(
            folder,
            placement,
            number=(issued.number if issued else "") or number_of(placement_id),
            author=facts.signer or facts.supervisor,
            issued_on=entry.on,
            evidence_on=entry.on,
            region=region,
        ),
        training=_first_upper(text(f"word.kind.{folder.training.kind}")),
        name=folder.trainee.name,
        personnummer=parse(number, on=on).written if number else "",
        personnummer_missing=facts.personnummer_missing,
        workplace=workplace(folder, placement),
        section=text(f"word.section.{placement.section}"),
        specialty=_specialty(placement),
        start=placement.start,
        end=placement.end,
        percent=placement.percent,
        months=None if facts.overlaps else months_in(folder, placement, served, through=entry.on),
        months_through=entry.on if placement.end is None or placement.end > entry.on else None,
        absences=_absences(folder, placement, served) if stated else None,
        goals=int(goals.get("goals", facts.goals)),
        goals_marked=int(goals.get("marked", facts.goals_marked)),
        curriculum=f"{curriculum.title}, version {curriculum.version}" if curriculum else "",
        curriculum_verified=facts.curriculum_verified,
        official=""
        if folder.training.kind == Kind.AT
        else text("document.certificate.official_bt"),
        goals_of=curriculum.title if curriculum and folder.training.kind != Kind.AT else "",
        supervisor=facts.supervisor,
        supervisor_title=supervisor.title if supervisor else "",
        consulted=facts.consulted,
        signer=facts.signer,
        signer_title=signer.title if signer else "",
        signer_licensed=facts.signer_licensed,
        delegated_by="" if facts.signer_is_head else facts.delegated_by,
        place=entry.place,
        missing=tuple(_sentence(one) for one in checks if one["status"] == "red"),
        remarks=tuple(
            _sentence(one) for one in checks if one["status"] == "amber" and one["code"] in _REMARKS
        ),
        override=Override(entry.override_reason) if entry.override_reason.strip() else None,
        signatures=signatures(folder, issued.id) if issued else (),
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


def _issued_entry(folder: Folder, placement: Placement, issued: Certificate) -> CertificateEntry:
    """Return what was filled in when the certificate was issued."""
    said = {one["code"]: one for one in _kept(issued)}
    reason = said.get("personnummer", {}).get("values", {}).get("reason", "")
    delegated = [s.delegated_by for s in folder.signatures_of(issued.id) if s.delegated_by]
    return CertificateEntry(
        placement_id=placement.id,
        on=issued.issued_on,
        place=issued.place,
        signer_id=issued.signer_id,
        delegated_by=delegated[0] if delegated else "",
        consulted=issued.consulted_id is not None,
        no_absence=said.get("absence", {}).get("outcome") == "ok",
        personnummer_missing=reason,
        override_reason=issued.override_reason,
    )


def _kept(issued: Certificate) -> list[Mapping[str, Any]]:
    return [{"values": {}, **one} for one in issued.checks]


def _as_kept(check: Check) -> Mapping[str, Any]:
    return {
        "code": check.code,
        "status": str(check.status),
        "outcome": check.outcome,
        "values": check.values,
    }


def _sentence(one: Mapping[str, Any]) -> str:
    return text(f"certificate.{one['code']}.{one['outcome']}", **one["values"])


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
            AbsenceLine(_first_upper(text(f"word.absence.{kind}")), count, counted)
            for kind, count in sorted(days.items())
            if kind != AbsenceKind.SEMESTER
        ]
    return tuple(lines)


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
