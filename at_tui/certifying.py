"""Issuing a placement certificate: what the pre-flight looks at, who may sign, the record of it.

The checks themselves are `at_tui/certificate.py`; the printed page is `at_tui/documents/`. The
verksamhetschef certifies after consulting the supervisor, or whoever acts on delegation (SOSFS
1999:5 1 kap. as retold by the medical association and the regions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.certificate import TEMPLATE, CertificateFacts, Check, preflight, red
from at_tui.goal_map import GoalStatus, goal_map
from at_tui.judge.served import not_served
from at_tui.time_served import ProblemKind, absence_days, count_time
from schema.fault import Fault
from schema.text import clean
from schema.words import AbsenceKind, CertificateKind, LockStatus, Meaning, RoleKind

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate, Person, Placement


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
class Preflight:
    """A certificate about to be issued: the entry, what is known, and what the checks say."""

    entry: CertificateEntry
    facts: CertificateFacts
    checks: tuple[Check, ...]

    @property
    def red(self) -> tuple[Check, ...]:
        """What stops the certificate."""
        return tuple(red(self.checks))

    @property
    def may_issue(self) -> bool:
        """Whether it may be final: nothing is red, or someone answers for what is."""
        return not self.red or bool(self.entry.override_reason.strip())


def first_entry(
    folder: Folder, placement: Placement, *, owner_id: str, on: date
) -> CertificateEntry:
    """Return an entry with what the records can answer for.

    The signer is the unit's verksamhetschef when licensed; otherwise the person at the keyboard
    when they act on delegation. A supervisor at the keyboard has been consulted.
    """
    unit = folder.units.get(placement.unit_id or "")
    head = folder.people.get(unit.head_id or "") if unit else None
    delegate = _delegation(folder, owner_id, placement, on)
    signer_id, delegated_by = (head.id if head else None), ""
    if delegate is not None and (head is None or head.licensed is not True):
        signer_id, delegated_by = owner_id, delegate
    return CertificateEntry(
        placement_id=placement.id,
        on=on,
        place=unit.site if unit else "",
        signer_id=signer_id,
        delegated_by=delegated_by,
        consulted=bool(owner_id) and placement.supervisor_id == owner_id,
    )


def _delegation(folder: Folder, person_id: str, placement: Placement, on: date) -> str | None:
    """Return the name of the verksamhetschef who has delegated to the person on that day."""
    for role in folder.roles:
        if (
            role.person_id == person_id
            and role.delegated_by_id
            and (role.start is None or role.start <= on)
            and (role.end is None or on <= role.end)
            and role.unit_id in (None, placement.unit_id)
        ):
            return folder.name_of(role.delegated_by_id) or None
    return None


def choose_signer(
    folder: Folder, placement: Placement, entry: CertificateEntry, person: Person
) -> CertificateEntry:
    """Return the entry with another signer, on delegation when they are not verksamhetschef."""
    if is_head(folder, placement, person.id, entry.on):
        return replace(entry, signer_id=person.id, delegated_by="")
    known = _delegation(folder, person.id, placement, entry.on)
    return replace(entry, signer_id=person.id, delegated_by=known or "")


def is_head(folder: Folder, placement: Placement, person_id: str | None, on: date) -> bool:
    """Return whether the person is the verksamhetschef of the placement's unit on that day."""
    if not person_id:
        return False
    unit = folder.units.get(placement.unit_id or "")
    if unit is not None and unit.head_id == person_id:
        return True
    return any(
        role.person_id == person_id
        and role.kind == RoleKind.VERKSAMHETSCHEF
        and role.delegated_by_id is None
        and role.unit_id is not None
        and role.unit_id == placement.unit_id
        and (role.start is None or role.start <= on)
        and (role.end is None or on <= role.end)
        for role in folder.roles
    )


def preflight_of(
    folder: Folder,
    entry: CertificateEntry,
    *,
    curriculum: Curriculum | None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
) -> Preflight:
    """Return the entry with every check of it.

    Args:
        curriculum: The målbeskrivning of the training; None when it is not known here.
        served: The programme's rule for absence.
        unsigned: Ids of instruments that are used without signature.

    Raises:
        Fault: `store.no_record` when the placement is not the training's.
    """
    facts = facts_of(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    return Preflight(entry, facts, tuple(preflight(facts)))


def facts_of(
    folder: Folder,
    entry: CertificateEntry,
    *,
    curriculum: Curriculum | None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
) -> CertificateFacts:
    """Return what the pre-flight looks at."""
    placement = placement_of(folder, entry.placement_id)
    signer = folder.people.get(entry.signer_id or "")
    marked, without, goals, verified = _goals(folder, placement, curriculum, unsigned)
    within = [a for a in folder.absences if a.start <= placement.end and placement.start <= a.end]
    lost = absence_days(not_served(within, served), placement.start, placement.end)
    return CertificateFacts(
        on=entry.on,
        training_start=folder.training.start,
        training_end=folder.training.end,
        placement_start=placement.start,
        placement_end=placement.end,
        percent=placement.percent,
        overlaps=_overlaps(folder, placement),
        absence_stated=entry.no_absence
        or any(absence.kind != AbsenceKind.SEMESTER for absence in within),
        days_to_make_up=sum(lost.values()),
        goals=goals,
        goals_marked=marked,
        goals_without_evidence=without,
        curriculum_verified=verified,
        supervisor=folder.name_of(placement.supervisor_id),
        consulted=entry.consulted,
        signer=signer.name if signer else "",
        signer_licensed=signer.licensed if signer else None,
        signer_is_head=is_head(folder, placement, entry.signer_id, entry.on),
        delegated_by=clean(entry.delegated_by, one_line=True),
        personnummer=folder.trainee.personnummer,
        personnummer_missing=clean(entry.personnummer_missing, one_line=True),
        unsigned_assessments=sum(
            form.status == LockStatus.DRAFT and form.instrument_id not in unsigned
            for form in folder.assessments
            if form.placement_id == placement.id
        ),
        evaluation_done=entry.evaluation_done,
    )


def placement_of(folder: Folder, placement_id: str) -> Placement:
    """Return the training's placement; raises Fault `store.no_record`."""
    for placement in folder.placements:
        if placement.id == placement_id:
            return placement
    raise Fault("store.no_record", exit_code=1)


def _goals(
    folder: Folder,
    placement: Placement,
    curriculum: Curriculum | None,
    unsigned: Sequence[str],
) -> tuple[int, int, int, bool]:
    """Return marked, unmarked without evidence, all, and whether the text is the regulation's."""
    if curriculum is None:
        return 0, 0, 0, False
    for section in goal_map(folder, curriculum, unsigned=unsigned):
        if section.section == placement.section:
            marked = section.count(GoalStatus.MARKED)
            without = section.count(GoalStatus.NONE)
            return marked, without, len(section.lines), not section.working
    return 0, 0, 0, False


def _overlaps(folder: Folder, placement: Placement) -> bool:
    """Return whether other placements exceed full time together with this one on any day."""
    counted = count_time(folder.placements, [], not_counted=())
    return any(
        problem.kind is ProblemKind.OVERLAP
        and problem.start <= placement.end
        and placement.start <= problem.end
        for problem in counted.problems
    )


def certificates_of(folder: Folder, placement_id: str) -> list[Certificate]:
    """Return the placement's certificates, the one in force first, then the latest."""
    found = [c for c in folder.certificates if c.placement_id == placement_id]
    return sorted(found, key=lambda c: (c.status != LockStatus.SIGNED, -c.issued_on.toordinal()))


def number_of(record_id: str, on: date) -> str:
    """Return the number that a certificate bears: the year and twelve signs of its own id.

    Made without asking anyone, and yet the same on no two laptops.
    """
    tail = record_id.replace("-", "")[-12:].upper()
    return f"{on.year}-{tail[:4]}-{tail[4:8]}-{tail[8:]}"


def issue(work: Work, folder: Folder, flight: Preflight) -> Certificate:
    """Save and sign the certificate, and return it. The signer's PIN has been checked already.

    Raises:
        Fault: `certify.red` when something stops it and nobody answers for it,
            `certify.issued_already` when the placement has a certificate in force,
            `certify.no_signer`.
    """
    from data.signing import sign
    from schema.tables import Certificate

    entry = flight.entry
    if not flight.may_issue:
        raise Fault("certify.red", count=len(flight.red))
    placement = placement_of(folder, entry.placement_id)
    for other in work.all(Certificate, Certificate.placement_id == placement.id):
        if other.status == LockStatus.SIGNED:
            raise Fault("certify.issued_already", number=other.number)
    signer = folder.people.get(entry.signer_id or "")
    if signer is None:
        raise Fault("certify.no_signer")
    certificate = Certificate(
        training_id=folder.training.id,
        placement_id=placement.id,
        kind=CertificateKind.PLACEMENT,
        template_version=TEMPLATE,
        issued_on=entry.on,
        place=entry.place,
        signer_id=signer.id,
        consulted_id=placement.supervisor_id if entry.consulted else None,
        delegated=bool(flight.facts.delegated_by),
        override_reason=entry.override_reason if flight.red else "",
        checks=[kept_check(check) for check in flight.checks],
    )
    certificate.number = number_of(certificate.id, entry.on)
    saved = work.save(certificate)
    sign(
        work,
        saved,
        signer_id=signer.id,
        signer_name=signer.name,
        signer_title=signer.title,
        meaning=Meaning.CERTIFIES,
        delegated_by=flight.facts.delegated_by,
    )
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

    written = clean(reason, one_line=True)
    if not written:
        raise Fault("lock.reason", exit_code=2)
    record = work.need(Certificate, certificate_id)
    if record.status != LockStatus.SIGNED:
        raise Fault("certify.only_signed")
    record.void_reason = written
    record.status = LockStatus.VOIDED
    return work.save(record)
