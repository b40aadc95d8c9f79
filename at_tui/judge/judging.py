"""`judge`: every requirement of a programme held against one training's records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import Case
from at_tui.judge.finding import Finding, Source, Status, Verdict
from at_tui.judge.registry import KINDS
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.records import Records
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import AnyRequirement


def judge(training: Records, programme: Programme, on: date) -> list[Finding]:
    """Return one finding for each requirement of `programme`, in its order.

    Pure: nothing is read but the arguments, and the same arguments give the same findings.
    Records dated after `on` are plan, never evidence.

    Args:
        training: One training with all its records.
        programme: A resolved programme (`schema.content.programme.find`).
        on: The day it is judged on.
    """
    case = Case(training, programme, on)
    return [_finding(requirement, case) for requirement in programme.requirements]


def _finding(requirement: AnyRequirement, case: Case) -> Finding:
    verdict = _verdict(requirement, case)
    programme = case.programme
    ended = programme.valid_to
    in_force = ended is None or case.on <= ended or _inherited(requirement, case)
    status, sentence = verdict.status, verdict.sentence
    if requirement.strength == "erbjuds" and status in (Status.LATE, Status.MISSING):
        # What is offered may be declined, and an offer leaves no trace.
        status = Status.UNKNOWN
        sentence = f"{sentence} {text('judge.offered')}"
    if not in_force and ended is not None and status is not Status.NOT_ASKED:
        sentence = f"{sentence} {text('judge.expired', day=phrases.day(ended))}"
    return Finding(
        requirement.id,
        requirement.title,
        requirement.kind,
        requirement.strength,
        status,
        verdict.need,
        verdict.have,
        verdict.unit,
        verdict.window,
        verdict.next_date,
        verdict.counted,
        sentence,
        _source(requirement, case),
        in_force,
        verdict.parts,
    )


def _verdict(requirement: AnyRequirement, case: Case) -> Verdict:
    start = case.training.start
    if (requirement.starts_from and start < requirement.starts_from) or (
        requirement.starts_to and start > requirement.starts_to
    ):
        return Verdict(Status.NOT_ASKED, text("judge.other_start", day=phrases.day(start)))
    if requirement.valid_from and case.on < requirement.valid_from:
        day = phrases.day(requirement.valid_from)
        return Verdict(Status.NOT_ASKED, text("judge.not_yet_valid", day=day))
    if requirement.valid_to and requirement.valid_to < start:
        day = phrases.day(requirement.valid_to)
        return Verdict(Status.NOT_ASKED, text("judge.no_longer_valid", day=day))
    kind = KINDS[requirement.kind]
    problem = next((p for p in case.problems if p.code in kind.blocked_by), None)
    if problem is not None:
        values = {
            k: phrases.day(v) if isinstance(v, date) else v for k, v in problem.values.items()
        }
        return Verdict(Status.UNKNOWN, text(f"judge.fault.{problem.code}", **values))
    verdict: Verdict = kind.judge(requirement, case)
    return verdict


def _inherited(requirement: AnyRequirement, case: Case) -> bool:
    """Whether it is taken over from the law, which does not end with the plan."""
    document = case.documents.get(requirement.source.document)
    return document is not None and document.law


def _source(requirement: AnyRequirement, case: Case) -> Source:
    found = requirement.source
    document = case.documents.get(found.document)
    return Source(
        document=found.document,
        title=document.title if document else found.document,
        section=found.section,
        says=found.says,
        verified=requirement.standing == "verified",
        assumption=requirement.assumption,
        valid_to=document.valid_to if document else None,
    )
