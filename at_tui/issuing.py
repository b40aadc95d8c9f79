"""Issuing a certificate of any kind: what is filled in, what the checks say, the record of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from at_tui.certificate_checks import Check, Known, red
from at_tui.signer import Signer, sign_as, written_reason
from schema.fault import Fault
from schema.words import CertificateKind, LockStatus, Meaning

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.tables import Certificate

Facts = TypeVar("Facts", bound=Known, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """What is filled in before a certificate is issued. Everything else is in the records."""

    placement_id: str
    on: date
    """Day of issue."""
    place: str = ""
    signer_id: str | None = None
    delegated_by: str = ""
    """Name of the verksamhetschef on whose delegation the signer acts; empty for none."""
    consulted: bool = False
    """Whether the supervisor of the placement has been consulted."""
    no_absence: bool = False
    """Whether someone has said that there was no absence."""
    personnummer_missing: str = ""
    """Why there is no personnummer; printed."""
    evaluation_done: bool | None = None
    override_reason: str = ""
    """Why it is issued although the pre-flight is red; printed."""


@dataclass(frozen=True, slots=True)
class Flight(Generic[Facts]):
    """A certificate about to be issued: the entry, what is known, and what the checks say."""

    entry: CertificateEntry
    facts: Facts
    checks: tuple[Check, ...]

    @property
    def red(self) -> tuple[Check, ...]:
        """What stops the certificate."""
        return tuple(red(self.checks))

    @property
    def may_issue(self) -> bool:
        """Whether it may be final: nothing is red, or someone answers for what is."""
        return not self.red or bool(self.entry.override_reason.strip())


def number_of(record_id: str, on: date) -> str:
    """Return the number that a certificate bears: the year and twelve signs of its own id.

    Made without asking anyone, and yet the same on no two laptops.
    """
    tail = record_id.replace("-", "")[-12:].upper()
    return f"{on.year}-{tail[:4]}-{tail[4:8]}-{tail[8:]}"


def latest_first(found: Iterable[Certificate]) -> list[Certificate]:
    """Return certificates, the one in force first, then the latest."""
    return sorted(found, key=lambda c: (c.status != LockStatus.SIGNED, -c.issued_on.toordinal()))


def keep_issued(
    work: Work,
    folder: Folder,
    flight: Flight[Known],
    kind: CertificateKind,
    template: str,
    *,
    placement_id: str | None = None,
    consulted_id: str | None,
    again: str = "certify.issued_already",
) -> Certificate:
    """Save and sign a certificate, and return it. The signer's PIN has been checked already.

    Args:
        template: Name and version of the printed form.
        placement_id: What it is of; None for the whole training.
        consulted_id: The supervisor, of whom the entry says whether they were consulted.
        again: What is said when there is one of the same in force.

    Raises:
        Fault: `certify.red` when something stops it and nobody answers for it, `certify.no_signer`,
            and `again`.
    """
    from schema.tables import Certificate

    entry, training = flight.entry, folder.training
    if not flight.may_issue:
        raise Fault("certify.red", count=len(flight.red))
    there = work.all(
        Certificate,
        Certificate.training_id == training.id,
        Certificate.kind == kind,
        Certificate.placement_id == placement_id,
        Certificate.status == LockStatus.SIGNED,
    )
    if there:
        raise Fault(again, number=there[0].number)
    signer = folder.people.get(entry.signer_id or "")
    if signer is None:
        raise Fault("certify.no_signer")
    certificate = Certificate(
        training_id=training.id,
        placement_id=placement_id,
        kind=kind,
        template_version=template,
        issued_on=entry.on,
        place=entry.place,
        signer_id=signer.id,
        consulted_id=consulted_id if entry.consulted else None,
        delegated=bool(flight.facts.delegated_by),
        override_reason=entry.override_reason if flight.red else "",
        checks=[kept_check(check) for check in flight.checks],
    )
    certificate.number = number_of(certificate.id, entry.on)
    saved = work.save(certificate)
    as_signer = Signer(signer.id, signer.name, signer.title)
    sign_as(work, saved, as_signer, Meaning.CERTIFIES, delegated_by=flight.facts.delegated_by)
    return saved


def kept_check(check: Check) -> dict[str, object]:
    """Return a check as it is kept with the certificate: JSON values only."""
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in check.values.items()
    }
    return {
        "code": check.code,
        "status": str(check.status),
        "outcome": check.outcome,
        "values": values,
    }


def void_certificate(work: Work, certificate_id: str, reason: str) -> Certificate:
    """Mark a certificate as *makulerat*; it stays readable.

    Raises:
        Fault: `lock.reason`, `certify.only_signed`.
    """
    from schema.tables import Certificate

    written = written_reason(reason)
    record = work.need(Certificate, certificate_id)
    if record.status != LockStatus.SIGNED:
        raise Fault("certify.only_signed")
    record.void_reason = written
    record.status = LockStatus.VOIDED
    return work.save(record)
