"""From the records to what stands on every certificate, of a placement or a whole training."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.certificate_checks import Known, Override
from at_tui.documents.gathering import Region, imprint, number_of, signatures
from at_tui.issuing import CertificateEntry, Flight, kept_check
from at_tui.language import text
from schema.personnummer import parse
from schema.words import Kind

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.tables import Certificate, Placement

Checks = Sequence[Mapping[str, Any]]
"""Checks as they are kept with a certificate (`kept_check`)."""


def issued_entry(folder: Folder, placement_id: str, issued: Certificate) -> CertificateEntry:
    """Return what was filled in when the certificate was issued."""
    said = {one["code"]: one for one in issued.checks}
    delegated = [s.delegated_by for s in folder.signatures_of(issued.id) if s.delegated_by]
    return CertificateEntry(
        placement_id=placement_id,
        on=issued.issued_on,
        place=issued.place,
        signer_id=issued.signer_id,
        delegated_by=delegated[0] if delegated else "",
        consulted=issued.consulted_id is not None,
        no_absence=said.get("absence", {}).get("outcome") == "ok",
        personnummer_missing=str(said.get("personnummer", {}).get("values", {}).get("reason", "")),
        override_reason=issued.override_reason,
    )


def checks_of(flight: Flight[Known], issued: Certificate | None) -> Checks:
    """Return what the checks say.

    What was issued says what was known that day, whatever has been withdrawn since.
    """
    if issued is not None:
        return [{"values": {}, **one} for one in issued.checks]
    return [kept_check(check) for check in flight.checks]


def common_of(
    folder: Folder,
    flight: Flight[Known],
    issued: Certificate | None,
    *,
    placement: Placement,
    of: str,
    supervisor_id: str | None,
    goals: str,
    remarks: Collection[str],
    curriculum: Curriculum | None,
    on: date,
    region: Region,
) -> dict[str, Any]:
    """Return the fields of a `PrintedCertificate`, but for its dates and its months.

    Args:
        placement: The one whose unit stands in the head.
        of: Id of what it certifies, for the number of a draft.
        supervisor_id: Who should be consulted.
        goals: Code of the check of the goals.
        remarks: Codes of the amber checks that a reader of the certificate needs; the others say
            so in fields of their own.
    """
    entry, facts, checks = flight.entry, flight.facts, checks_of(flight, issued)
    number = facts.personnummer
    supervisor = folder.people.get(supervisor_id or "")
    signer = folder.people.get(entry.signer_id or "")
    counted: Mapping[str, Any] = next((c["values"] for c in checks if c["code"] == goals), {})
    return {
        "imprint": imprint(
            folder,
            placement,
            number=(issued.number if issued else "") or number_of(of),
            author=facts.signer or facts.supervisor,
            issued_on=entry.on,
            evidence_on=entry.on,
            region=region,
        ),
        "training": first_upper(text(f"word.kind.{folder.training.kind}")),
        "name": folder.trainee.name,
        "personnummer": parse(number, on=on).written if number else "",
        "personnummer_missing": facts.personnummer_missing,
        "goals": int(counted.get("goals", facts.goals)),
        "goals_marked": int(counted.get("marked", facts.goals_marked)),
        "curriculum": f"{curriculum.title}, version {curriculum.version}" if curriculum else "",
        "curriculum_verified": facts.curriculum_verified,
        "goals_of": curriculum.title if curriculum and folder.training.kind != Kind.AT else "",
        "supervisor": facts.supervisor,
        "supervisor_title": supervisor.title if supervisor else "",
        "consulted": facts.consulted,
        "signer": facts.signer,
        "signer_title": signer.title if signer else "",
        "signer_licensed": facts.signer_licensed,
        "delegated_by": "" if facts.signer_is_head else facts.delegated_by,
        "place": entry.place,
        "missing": tuple(_sentence(one) for one in checks if one["status"] == "red"),
        "remarks": tuple(
            _sentence(one) for one in checks if one["status"] == "amber" and one["code"] in remarks
        ),
        "override": Override(entry.override_reason) if entry.override_reason.strip() else None,
        "signatures": signatures(folder, issued.id) if issued else (),
    }


def _sentence(one: Mapping[str, Any]) -> str:
    return text(f"certificate.{one['code']}.{one['outcome']}", **one["values"])


def first_upper(words: str) -> str:
    """Return the words with a capital first, the rest as it is."""
    return words[:1].upper() + words[1:]
