"""Issuing a final certificate: what the pre-flight looks at, and the record of it.

What is filled in is the same as for a placement (`CertificateEntry`), with the last placement as
the one whose verksamhetschef certifies. The checks are `at_tui/certificate_final.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.certificate_final import (
    BT_MONTHS,
    FINAL_TEMPLATE,
    FinalFacts,
    Length,
    final_preflight,
)
from at_tui.certifying import first_entry, is_head
from at_tui.goal_map import GoalStatus, goal_map
from at_tui.issuing import CertificateEntry, Flight, keep_issued, latest_first
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import ProblemKind, absence_days, count_time, national_minimum
from schema.fault import Fault
from schema.text import clean
from schema.words import CertificateKind, Kind, LockStatus, RoleKind, TalkKind

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Certificate, Placement


FinalFlight = Flight[FinalFacts]
"""A final certificate about to be issued."""


def last_placement(folder: Folder) -> Placement:
    """Return the placement that ends last; raises Fault `certify.no_placement`."""
    if not folder.placements:
        raise Fault("certify.no_placement", exit_code=1)
    return max(folder.placements, key=lambda p: (p.end, p.start, p.id))


def first_final_entry(folder: Folder, *, owner_id: str, on: date) -> CertificateEntry:
    """Return an entry with what the records can answer for."""
    found = first_entry(folder, last_placement(folder), owner_id=owner_id, on=on)
    consulted = bool(owner_id) and folder.training.main_supervisor_id == owner_id
    return replace(found, consulted=consulted)


def final_flight_of(
    folder: Folder,
    entry: CertificateEntry,
    *,
    curriculum: Curriculum | None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
) -> FinalFlight:
    """Return the entry with every check of it. Arguments as `certifying.preflight_of`."""
    facts = final_facts(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    return Flight(entry, facts, tuple(final_preflight(facts)))


def final_facts(
    folder: Folder,
    entry: CertificateEntry,
    *,
    curriculum: Curriculum | None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
) -> FinalFacts:
    """Return what the pre-flight looks at."""
    last = last_placement(folder)
    is_at = folder.training.kind == Kind.AT
    signer = folder.people.get(entry.signer_id or "")
    marked, without, goals, verified = _goals(folder, curriculum, unsigned)
    lost = not_served(folder.absences, served)
    within = absence_days(lost, folder.training.start, last.end)
    passed = [s.day for s in folder.exam_sittings if s.passed]
    return FinalFacts(
        on=entry.on,
        asks_degree=is_at,
        degree_on=folder.trainee.degree_on,
        start=folder.training.start,
        last_day=last.end,
        lengths=tuple(lengths_of(folder, served, through=entry.on)),
        overlaps=any(
            problem.kind is ProblemKind.OVERLAP
            for problem in count_time(folder.placements, [], not_counted=()).problems
        ),
        days_to_make_up=sum(within.values()),
        placements=len(folder.placements),
        uncertified=tuple(_words(one) for one in uncertified(folder)),
        goals=goals,
        goals_marked=marked,
        goals_without_evidence=without,
        curriculum_verified=verified,
        asks_exam=is_at,
        exam_passed_on=min(passed, default=None),
        exam_tried=bool(folder.exam_sittings),
        supervisor=folder.name_of(folder.training.main_supervisor_id),
        consulted=entry.consulted,
        signer=signer.name if signer else "",
        signer_licensed=signer.licensed if signer else None,
        signer_is_head=is_head(folder, last, entry.signer_id, entry.on),
        signer_is_chief=_is_chief(folder, entry.signer_id, entry.on),
        delegated_by=clean(entry.delegated_by, one_line=True),
        personnummer=folder.trainee.personnummer,
        personnummer_missing=clean(entry.personnummer_missing, one_line=True),
        closing_talk=any(
            talk.kind == TalkKind.SLUTSAMTAL
            and talk.held_on is not None
            and talk.status != LockStatus.VOIDED
            for talk in folder.talks
        ),
        unsigned_assessments=sum(
            form.status == LockStatus.DRAFT and form.instrument_id not in unsigned
            for form in folder.assessments
        ),
    )


def lengths_of(
    folder: Folder, served: ServedRules | None, *, through: date | None = None
) -> list[Length]:
    """Return the lengths the law asks for, and what is served of each through that day."""
    lost = not_served(folder.absences, served)
    time = count_time(folder.placements, lost, not_counted={a.kind for a in lost}, through=through)
    if folder.training.kind != Kind.AT:
        return [Length("bt", text("certificate.length.bt"), Fraction(BT_MONTHS), time.total)]
    return [
        Length(m.code, text(f"certificate.length.{m.code}"), m.needed, m.served)
        for m in national_minimum(time)
    ]


def uncertified(folder: Folder) -> list[Placement]:
    """Return the placements that have no certificate in force, in order of time."""
    certified = {
        certificate.placement_id
        for certificate in folder.certificates
        if certificate.status == LockStatus.SIGNED and certificate.kind == CertificateKind.PLACEMENT
    }
    return [one for one in folder.placements if one.id not in certified]


def final_certificates(folder: Folder) -> list[Certificate]:
    """Return the training's final certificates, the one in force first, then the latest."""
    return latest_first(c for c in folder.certificates if c.kind == CertificateKind.TRAINING)


def final_in_force(folder: Folder) -> Certificate | None:
    """Return the final certificate that is signed and not voided, or None."""
    first = next(iter(final_certificates(folder)), None)
    return first if first is not None and first.status == LockStatus.SIGNED else None


def issue_final(work: Work, folder: Folder, flight: FinalFlight) -> Certificate:
    """Save and sign the certificate, and return it. The signer's PIN has been checked already.

    Raises:
        Fault: as `keep_issued`; `certify.issued_already_final` when the training has one in force.
    """
    return keep_issued(
        work,
        folder,
        flight,
        CertificateKind.TRAINING,
        FINAL_TEMPLATE,
        consulted_id=folder.training.main_supervisor_id,
        again="certify.issued_already_final",
    )


def _goals(
    folder: Folder, curriculum: Curriculum | None, unsigned: Sequence[str]
) -> tuple[int, int, int, bool]:
    """Return marked, unmarked without evidence, all, and whether all text is the regulation's."""
    if curriculum is None:
        return 0, 0, 0, False
    sections = goal_map(folder, curriculum, unsigned=unsigned)
    return (
        sum(one.count(GoalStatus.MARKED) for one in sections),
        sum(one.count(GoalStatus.NONE) for one in sections),
        sum(len(one.lines) for one in sections),
        not any(one.working for one in sections),
    )


def _is_chief(folder: Folder, person_id: str | None, on: date) -> bool:
    return any(
        role.person_id == person_id
        and role.kind == RoleKind.AT_CHEF
        and (role.start is None or role.start <= on)
        and (role.end is None or on <= role.end)
        for role in folder.roles
    )


def _words(placement: Placement) -> str:
    return f"{text(f'word.section_short.{placement.section}')} {placement.start}"
