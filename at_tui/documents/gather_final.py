"""From the records to what stands on a final certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.certificate_checks import Override
from at_tui.certifying import certificates_of
from at_tui.certifying_final import (
    final_flight_of,
    final_in_force,
    first_final_entry,
    last_placement,
    lengths_of,
)
from at_tui.documents.final_certificate import FinalCertificate, LengthLine, PlacementLine
from at_tui.documents.gather_certificate import months_in
from at_tui.documents.gathering import NOWHERE, Region, imprint, number_of, signatures, workplace
from at_tui.issuing import CertificateEntry, kept_check
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import count_time
from schema.personnummer import parse
from schema.words import Kind, LockStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate

_REMARKS = frozenset({"absence", "right"})
"""Amber checks that a reader of the certificate needs."""


def final_certificate_of(
    folder: Folder,
    *,
    on: date,
    entry: CertificateEntry | None = None,
    owner_id: str = "",
    curriculum: Curriculum | None = None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
    region: Region = NOWHERE,
) -> FinalCertificate:
    """Return what stands on a training's final certificate; arguments as `certificate_of`.

    A certificate in force is printed as it was issued, on any later day.

    Raises:
        Fault: `certify.no_placement`.
    """
    last = last_placement(folder)
    issued = final_in_force(folder)
    if issued is not None:
        entry = _issued_entry(folder, last.id, issued)
    elif entry is None:
        entry = first_final_entry(folder, owner_id=owner_id, on=on)
    flight = final_flight_of(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    facts = flight.facts
    # What was issued says what was known that day, whatever has been withdrawn since.
    checks: Sequence[Mapping[str, Any]] = (
        [{"values": {}, **one} for one in issued.checks]
        if issued
        else [kept_check(check) for check in flight.checks]
    )
    goals: Mapping[str, Any] = next(
        (one["values"] for one in checks if one["code"] == "all_goals"), {}
    )
    supervisor = folder.people.get(folder.training.main_supervisor_id or "")
    signer = folder.people.get(entry.signer_id or "")
    number = facts.personnummer
    lost = not_served(folder.absences, served)
    time = count_time(folder.placements, lost, not_counted={a.kind for a in lost}, through=entry.on)
    return FinalCertificate(
        imprint=imprint(
            folder,
            last,
            number=(issued.number if issued else "") or number_of(folder.training.id),
            author=facts.signer or facts.supervisor,
            issued_on=entry.on,
            evidence_on=entry.on,
            region=region,
        ),
        training=_first_upper(text(f"word.kind.{folder.training.kind}")),
        name=folder.trainee.name,
        personnummer=parse(number, on=on).written if number else "",
        personnummer_missing=facts.personnummer_missing,
        start=folder.placements[0].start,
        end=last.end,
        months=None if facts.overlaps else time.total,
        asks_degree=facts.asks_degree,
        degree_on=facts.degree_on,
        asks_exam=facts.asks_exam,
        exam_passed_on=facts.exam_passed_on,
        placements=tuple(_placement(folder, one, served, entry.on) for one in folder.placements),
        lengths=tuple(
            LengthLine(one.name, one.needed, one.served)
            for one in lengths_of(folder, served, through=entry.on)
        ),
        is_bt=folder.training.kind != Kind.AT,
        goals=int(goals.get("goals", facts.goals)),
        goals_marked=int(goals.get("marked", facts.goals_marked)),
        curriculum=f"{curriculum.title}, version {curriculum.version}" if curriculum else "",
        curriculum_verified=facts.curriculum_verified,
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


def _placement(folder: Folder, one: Any, served: ServedRules | None, on: date) -> PlacementLine:
    first = next(iter(certificates_of(folder, one.id)), None)
    in_force = first is not None and first.status == LockStatus.SIGNED
    return PlacementLine(
        section=_first_upper(text(f"word.section_short.{one.section}")),
        workplace=workplace(folder, one),
        start=one.start,
        end=one.end,
        percent=one.percent,
        months=months_in(folder, one, served, through=on),
        certificate=first.number if first is not None and in_force else "",
    )


def _issued_entry(folder: Folder, placement_id: str, issued: Certificate) -> CertificateEntry:
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
        personnummer_missing=str(said.get("personnummer", {}).get("values", {}).get("reason", "")),
        override_reason=issued.override_reason,
    )


def _sentence(one: Mapping[str, Any]) -> str:
    return text(f"certificate.{one['code']}.{one['outcome']}", **one["values"])


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
