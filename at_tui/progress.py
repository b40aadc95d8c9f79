"""How a training stands against its programme, as a value that scripts can rely on.

Described by `schema/progress.schema.json`, which is stable: fields are added, never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from at_tui.judge.finding import URGENCY, Finding, Part, Source

if TYPE_CHECKING:
    from at_tui.judge.finding import Number
    from schema.content.programme import Programme

FORMAT = "at-tui-progress"
VERSION = 1

_STRENGTHS = ("ska", "bör", "erbjuds", "praxis")


def progress(
    findings: Sequence[Finding], programme: Programme, *, trainee: str, training: str, on: date
) -> dict[str, Any]:
    """Return the findings of one training as plain JSON values.

    Args:
        trainee: The trainee's id.
        training: The training's id.
    """
    ended = programme.valid_to
    return {
        "format": FORMAT,
        "version": VERSION,
        "trainee_id": trainee,
        "training_id": training,
        "on": on.isoformat(),
        "programme": {
            "id": programme.id,
            "version": programme.version,
            "title": programme.title,
            "region": programme.region,
            "valid_to": _day(ended),
            "in_force": ended is None or on <= ended,
        },
        "requirements": [_finding(finding) for finding in findings],
    }


def by_urgency(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with what needs someone first: by status, strength, then date."""
    place = {status: number for number, status in enumerate(URGENCY)}
    return sorted(
        findings,
        key=lambda f: (
            place[f.status],
            not f.in_force,
            _STRENGTHS.index(f.strength),
            f.next_date or date.max,
        ),
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "requirement": finding.requirement_id,
        "title": finding.title,
        "kind": finding.kind,
        "strength": finding.strength,
        "status": str(finding.status),
        "need": _number(finding.need),
        "have": _number(finding.have),
        "unit": finding.unit,
        "window": _window(finding.window),
        "next_date": _day(finding.next_date),
        "counted": list(finding.counted),
        "sentence": finding.sentence,
        "source": _source(finding.source),
        "in_force": finding.in_force,
        "parts": [_part(part) for part in finding.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "label": part.label,
        "status": str(part.status),
        "need": _number(part.need),
        "have": _number(part.have),
        "window": _window(part.window),
        "due": _day(part.due),
        "counted": list(part.counted),
        "placement_id": part.placement_id,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "document": source.document,
        "title": source.title,
        "section": source.section,
        "says": source.says,
        "verified": source.verified,
        "assumption": source.assumption,
        "valid_to": _day(source.valid_to),
    }


def _number(value: Number | None) -> int | float | None:
    """Return a JSON number: whole when it is whole, else with at most four decimals."""
    if value is None:
        return None
    whole = Fraction(value)
    return int(whole) if whole.denominator == 1 else round(float(value), 4)


def _window(window: tuple[date, date] | None) -> dict[str, str] | None:
    return None if window is None else {"start": str(window[0]), "end": str(window[1])}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
