"""Which talks a plan asks for, and which of them have been held: one list for a training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge.finding import Finding, Status
from schema.words import LockStatus, TalkKind

if TYPE_CHECKING:
    from schema.content.programme import Programme
    from schema.tables import Talk


_DONE = (Status.MET, Status.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One talk that the plan asks for and that has not been held, or can no longer be."""

    kind: TalkKind
    """The first of those that answer it."""
    title: str
    label: str
    """The placement or section it is about; empty for the whole training."""
    placement_id: str | None
    status: Status
    due: date | None
    strength: str
    source: str
    in_force: bool
    """False when the plan's validity has ended: it is shown as what once held."""


def asked_for(findings: Sequence[Finding], plan: Programme) -> list[Asked]:
    """Return what the plan asks for and is not met yet, most urgent first."""
    found: list[Asked] = []
    for finding in findings:
        requirement = plan.requirement(finding.requirement_id)
        talks = getattr(requirement, "talks", ()) if requirement else ()
        if not talks or finding.status in _DONE:
            continue
        kind = TalkKind(talks[0])
        parts = [part for part in finding.parts if part.status not in _DONE]
        if finding.kind == "milestone" and parts:
            found += [
                _asked(finding, kind, p.status, p.due, p.label, p.placement_id) for p in parts
            ]
        else:
            found.append(_asked(finding, kind, finding.status, finding.next_date))
    order = (Status.LATE, Status.SOON, Status.MISSING, Status.UNKNOWN, Status.ON_WAY)
    return sorted(found, key=lambda a: (order.index(a.status), a.due or date.max, a.title))


def _asked(
    finding: Finding,
    kind: TalkKind,
    status: Status,
    due: date | None,
    label: str = "",
    placement_id: str | None = None,
) -> Asked:
    source = f"{finding.source.title}, {finding.source.section}"
    strength = finding.strength
    return Asked(
        kind, finding.title, label, placement_id, status, due, strength, source, finding.in_force
    )


def held(talks: Sequence[Talk]) -> list[Talk]:
    """Return the talks that were held, latest first, each in the version that is in force."""
    found = [t for t in talks if t.held_on is not None and t.status != LockStatus.CORRECTED]
    return sorted(found, key=lambda t: (t.held_on or date.min, t.id), reverse=True)


def booked(talks: Sequence[Talk]) -> list[Talk]:
    """Return the talks that are booked and not held, first day first."""
    found = [t for t in talks if t.held_on is None and t.status == LockStatus.DRAFT]
    return sorted(found, key=lambda t: (t.booked_on or date.max, t.id))


def talk_to_open(
    talks: Sequence[Talk], kind: TalkKind, placement_id: str | None, on: date
) -> Talk | None:
    """Return the talk of a kind that is begun or booked, so that none is begun twice.

    One that names another placement is another talk.
    """
    mine = [
        t
        for t in talks
        if t.kind == kind
        and t.status == LockStatus.DRAFT
        and t.corrects_id is None
        and (t.placement_id == placement_id or None in (t.placement_id, placement_id))
    ]
    return min(mine, key=lambda t: (t.held_on is None, t.booked_on or on, t.id), default=None)
