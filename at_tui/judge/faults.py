"""What in the records makes judging impossible: told, never guessed around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from at_tui.judge.records import PlacementLike, Records

HALF, FULL = 50, 100


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the records: a key of the catalogue `judge.fault` with its values."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


def problems_in(records: Records) -> list[Problem]:
    """Return the faults of one training's records, the gravest first."""
    training = records.training
    found = [
        Problem("training_reversed", {"start": training.start, "end": end})
        for end in (training.end, training.ended_on)
        if end is not None and end < training.start
    ]
    if not records.placements:
        found.append(Problem("no_placements"))
        return found
    for placement in records.placements:
        if placement.end < placement.start:
            values: dict[str, object] = {"start": placement.start, "end": placement.end}
            found.append(Problem("placement_reversed", values))
        elif placement.start < training.start:
            values = {"start": placement.start, "first": training.start}
            found.append(Problem("placement_early", values))
        elif not HALF <= placement.percent <= FULL:
            values = {"start": placement.start, "percent": placement.percent}
            found.append(Problem("percent", values))
    found += _overlaps(sorted(records.placements, key=lambda p: (p.start, p.end)))
    last = max(p.end for p in records.placements)
    last = max(last, training.end or last)
    for absence in records.absences:
        values = {"start": absence.start, "end": absence.end}
        if absence.end < absence.start:
            found.append(Problem("absence_reversed", values))
        elif absence.end < training.start or absence.start > last:
            found.append(Problem("absence_outside", values))
    return found


def _overlaps(placements: list[PlacementLike]) -> list[Problem]:
    """Placements may lie side by side as long as they together are at most full time."""
    found: list[Problem] = []
    edges = sorted({p.start for p in placements if p.end >= p.start})
    told: set[tuple[date, date]] = set()
    for day in edges:
        at_once = [p for p in placements if p.start <= day <= p.end]
        if len(at_once) > 1 and sum(p.percent for p in at_once) > FULL:
            start, end = day, min(p.end for p in at_once)
            if (start, end) not in told:
                told.add((start, end))
                found.append(Problem("overlap", {"start": start, "end": end}))
    return found
