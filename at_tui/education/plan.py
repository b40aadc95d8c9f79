"""What a programme asks of education, and how it stands: the findings of the judge that are about
teaching, courses and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.judge.finding import Finding
    from schema.content.programme import Programme


def plan_for(programme_id: str, version: str) -> Programme | None:
    """Return the plan that a training follows; None when it is not here."""
    from at_tui.standing import plan_of  # pydantic, 0.1 s

    try:
        return plan_of(programme_id, version)[0]
    except Fault:
        return None


def lectures_are_compulsory(programme: Programme | None) -> bool:
    """Return whether a plan asks that absence from teaching is notified and explained: a lecture
    is then compulsory unless it is said not to be."""
    asked = programme.requirements if programme is not None else ()
    return any(one.kind == "absence" and one.of == "teaching" for one in asked)


def about_education(findings: Iterable[Finding], programme: Programme) -> list[Finding]:
    """Return the findings about education, in their order."""
    return [one for one in findings if _is_about(one, programme)]


def _is_about(finding: Finding, programme: Programme) -> bool:
    asked = programme.requirement(finding.requirement_id)
    if asked is None:
        return False
    if asked.kind == "hours":
        return bool(asked.education)
    if asked.kind == "course":
        return True
    if asked.kind == "cadence":
        return asked.of == "activity"
    return asked.kind == "absence" and asked.of == "teaching"
