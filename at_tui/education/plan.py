"""What a programme asks of education, and how it stands: the findings of the judge that are about
teaching, courses and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from at_tui.judge.finding import Finding
    from schema.content.programme import Programme


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
