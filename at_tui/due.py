"""What a finding asks of whoever sits here, when it can be done at once: in under two minutes.

A length of service or a course cannot be made up at the desk, so those lead to the plan itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from at_tui.judge.finding import Finding, Status
from at_tui.today import Act

if TYPE_CHECKING:
    from schema.content.requirement_kinds import AnyRequirement

_OPEN = (Status.LATE, Status.SOON)
_HALFWAY = ("mittsamtal", "halvtid")


@dataclass(frozen=True, slots=True)
class Deed:
    """What to open, and on what."""

    act: Act
    instrument_id: str = ""
    placement_id: str = ""


def deed_of(finding: Finding, requirement: AnyRequirement | None) -> Deed | None:
    """Return what can be done about a finding here and now; None when nothing can."""
    if requirement is None:
        return None
    placement = next((p.placement_id for p in finding.parts if p.status in _OPEN), None) or ""
    if requirement.kind == "cadence":
        return Deed(Act.SESSION) if requirement.of == "supervision" else None
    if requirement.kind == "assessment":
        only = requirement.instruments[0] if len(requirement.instruments) == 1 else ""
        return Deed(Act.ASSESS, only, placement)
    if requirement.kind == "milestone" and requirement.record == "certificate":
        return Deed(Act.CERTIFY, placement_id=placement)
    if requirement.kind == "milestone" and requirement.record == "talk":
        halfway = any(talk in _HALFWAY for talk in requirement.talks)
        return Deed(Act.TALK, placement_id=placement) if halfway else None
    return None
