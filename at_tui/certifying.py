"""Issuing a placement certificate: what the pre-flight looks at, and who may sign.

The checks themselves are `at_tui/certificate.py`; the printed page is `at_tui/documents/`. The
verksamhetschef certifies after consulting the supervisor, or whoever acts on delegation (SOSFS
1999:5 1 kap. as retold by the medical association and the regions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.certificate import TEMPLATE, CertificateFacts, preflight
from at_tui.goal_map import GoalStatus, goal_map
from at_tui.issuing import CertificateEntry, Flight, keep_issued, latest_first
from at_tui.judge.served import not_served
from at_tui.time_served import ProblemKind, absence_days, count_time
from schema.fault import Fault
from schema.text import clean
from schema.words import AbsenceKind, CertificateKind, LockStatus, RoleKind

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate, Person, Placement


Preflight = Flight[CertificateFacts]
"""A placement certificate about to be issued."""


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
    return Flight(entry, facts, tuple(preflight(facts)))


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
    return latest_first(c for c in folder.certificates if c.placement_id == placement_id)


def issue(work: Work, folder: Folder, flight: Preflight) -> Certificate:
    """Save and sign the certificate, and return it. The signer's PIN has been checked already.

    Raises:
        Fault: as `keep_issued`; `certify.issued_already` when the placement has one in force.
    """
    placement = placement_of(folder, flight.entry.placement_id)
    return keep_issued(
        work,
        folder,
        flight,
        CertificateKind.PLACEMENT,
        TEMPLATE,
        placement_id=placement.id,
        consulted_id=placement.supervisor_id,
    )
