"""Save what was tried out: the absence, and the placements that it moves, in one unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from at_tui.what_if import Leave, PartTime, Planned, WhatIf
from schema.fault import Fault
from schema.words import AbsenceKind, LockStatus

if TYPE_CHECKING:
    from at_tui.judge.records import PlacementLike, Records
    from data.work import Work


@dataclass(frozen=True, slots=True)
class Proposal:
    """Leave and part-time that are tried out together."""

    leave: tuple[Leave, ...] = ()
    part_time: tuple[PartTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One placement before, and the stretches it becomes."""

    before: PlacementLike
    after: tuple[Planned, ...]


def changes(records: Records, found: WhatIf) -> list[Change]:
    """Return the placements that a proposal changes, first day first."""
    changed = []
    for placement in sorted(records.placements, key=lambda p: (p.start, p.id)):
        pieces = tuple(piece for piece in found.placements if piece.id == placement.id)
        same = [(p.start, p.end, p.percent) for p in pieces] == [
            (placement.start, placement.end, placement.percent)
        ]
        if not same:
            changed.append(Change(placement, pieces))
    return changed


def save(work: Work, records: Records, proposal: Proposal, found: WhatIf) -> None:
    """Write the proposal; what somebody has changed since it was read is refused.

    Raises:
        Fault: `what_if.certified` when a placement that would move has its certificate, and
            `store.stale` when a record has been changed meanwhile.
    """
    # SQLModel, 0.6 s: whoever has a unit of work has paid it.
    from schema.tables import Absence, Placement, Training

    changed = changes(records, found)
    _refuse_certified(records, changed)
    training: Any = records.training
    for leave in proposal.leave:
        work.save(
            Absence(
                training_id=training.id,
                kind=AbsenceKind(leave.kind),
                start=leave.start,
                end=leave.end,
                percent=leave.percent,
            )
        )
    for change in changed:
        before: Any = change.before
        kept = before.model_dump()
        new = {name: value for name, value in kept.items() if name not in ("id", "rev")}
        for number, piece in enumerate(change.after):
            days = {"start": piece.start, "end": piece.end, "percent": piece.percent}
            work.save(Placement(**{**(new if number else kept), **days}))
    if found.days_later and training.end is not None:
        end = training.end + (found.end_after - found.end_before)
        work.save(Training(**{**training.model_dump(), "end": end}))


def _refuse_certified(records: Records, changed: Sequence[Change]) -> None:
    moved = {change.before.id: change.before for change in changed}
    for certificate in records.certificates:
        placement = moved.get(certificate.placement_id or "")
        if placement is not None and certificate.status == LockStatus.SIGNED:
            raise Fault("what_if.certified", start=placement.start, end=placement.end)
