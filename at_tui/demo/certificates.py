"""Certificates for what lies behind, each with what the pre-flight said on its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from at_tui.certificate import TEMPLATE, CertificateFacts, preflight, red
from at_tui.demo.block import Stay
from at_tui.demo.calendar import working
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from at_tui.demo.phrases import bank
from at_tui.issuing import kept_check, number_of
from schema.tables import Assessment, Certificate, GoalMark
from schema.words import CertificateKind, LockStatus, Meaning

FRESH = timedelta(days=30)
"""The last certificate of someone who finished within these days still waits to be printed."""
_NO_NUMBER = "Finns inte i demodata."


def add_certificates(life: Life) -> None:
    """Add a certificate for each placement that lies behind, and one for the whole."""
    chance = life.chance("certificates")
    for stay in life.stays:
        day = working(stay.end + timedelta(days=chance.whole(1, 20)))
        waits = stay is life.stays[-1] and life.on - stay.end < FRESH
        if day >= life.on or waits or not chance.happens(0.95):
            continue
        _certify(life, chance, stay, day)
    end = life.training.end
    if end is not None and life.on - end > FRESH:
        _certify(life, chance, None, working(end + timedelta(days=9)))


def _certify(life: Life, chance: Chance, stay: Stay | None, day: date) -> None:
    place = (stay or life.stays[-1]).place
    signer = place.certifier if stay else life.organisation.chief
    by = place.head.name if stay and place.certifier is not place.head else ""
    checks = preflight(_facts(life, stay, day, by)) if stay else []
    # The goals of a section are often judged in its last placement: the earlier ones say so.
    reason = bank("talks")["override"] if red(checks) else ""
    certificate = Certificate(
        id=chance.record_id(day),
        training_id=life.training.id,
        placement_id=stay.placement.id if stay else None,
        kind=CertificateKind.PLACEMENT if stay else CertificateKind.TRAINING,
        template_version=TEMPLATE,
        issued_on=day,
        place=place.unit.site,
        signer_id=signer.id,
        consulted_id=stay.supervisor.id if stay else None,
        delegated=bool(by),
        override_reason=reason,
        checks=[kept_check(check) for check in checks],
        status=LockStatus.SIGNED,
    )
    certificate.number = number_of(certificate.id, day)
    life.add(certificate)
    life.sign(chance, certificate, signer, Meaning.CERTIFIES, day, delegated_by=by)


def _facts(life: Life, stay: Stay, day: date, delegated_by: str) -> CertificateFacts:
    section = stay.placement.section
    goals = {goal.id for goal in life.curriculum.in_section(section)}
    marked = {
        mark.goal_id
        for mark in _of(life, GoalMark)
        if mark.goal_id in goals and mark.day <= day and mark.withdrawn_on is None
    }
    seen = {goal for goal in goals if any(on <= day for on, _ in life.evidence.get(goal, []))}
    signer = stay.place.certifier
    return CertificateFacts(
        on=day,
        training_start=life.training.start,
        training_end=life.training.end,
        placement_start=stay.start,
        placement_end=stay.end,
        percent=stay.placement.percent,
        overlaps=False,
        absence_stated=True,
        days_to_make_up=0,
        goals=len(goals),
        goals_marked=len(marked),
        goals_without_evidence=len(goals - marked - seen),
        curriculum_verified=all(
            goal.status != "working" for goal in life.curriculum.in_section(section)
        ),
        supervisor=stay.supervisor.name,
        consulted=True,
        signer=signer.name,
        signer_licensed=signer.licensed,
        signer_is_head=not delegated_by,
        delegated_by=delegated_by,
        personnummer=life.trainee.personnummer,
        personnummer_missing=_NO_NUMBER,
        unsigned_assessments=sum(
            form.placement_id == stay.placement.id
            and form.status == LockStatus.DRAFT
            and life.instruments[form.instrument_id].signatures != "none"
            for form in _of(life, Assessment)
        ),
        evaluation_done=None,
    )


def _of(life: Life, kind: type[Any]) -> list[Any]:
    return [record for record in life.records if isinstance(record, kind)]
