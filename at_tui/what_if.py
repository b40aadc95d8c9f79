"""What a leave or part-time would change, before anything is saved. Pure.

Each placement keeps its content: it is prolonged until as much is served in it as was planned, and
those after it move by as much. What is already entered (other absence, meetings) stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from at_tui.judge.judging import judge
from at_tui.judge.served import Served, not_served
from at_tui.time_served import AbsenceSpan
from schema.fault import Fault
from schema.months import add_months

if TYPE_CHECKING:
    from at_tui.judge.finding import Finding
    from at_tui.judge.records import AbsenceLike, PlacementLike, Records, TrainingLike
    from schema.content.programme import Programme

DAY = timedelta(days=1)
HALF, FULL = 50, 100
HORIZON = 60
"""Months ahead that a prolonged placement is looked for in."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A proposed absence, days inclusive."""

    kind: str
    start: date
    end: date
    percent: int = FULL


@dataclass(frozen=True, slots=True)
class PartTime:
    """A proposed service percentage from a day; without an end to the end of the training."""

    start: date
    percent: int
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A placement as it would be; one that changes percentage is several with the same id."""

    id: str
    section: str
    specialty: str
    unit_id: str | None
    supervisor_id: str | None
    start: date
    end: date
    percent: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that moves; None: it is no longer, or was not, asked for."""

    requirement_id: str
    title: str
    label: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a proposal changes."""

    end_before: date
    end_after: date
    placements: tuple[Planned, ...]
    moved: tuple[Moved, ...]
    kollegier_before: tuple[str, ...]
    kollegier_after: tuple[str, ...]
    """The windows in which the trainee is taken up at a kollegium, e.g. "andra halvåret 2026"."""
    worse: tuple[Finding, ...]
    """Findings after, of requirements that stood better before."""
    findings: tuple[Finding, ...]

    @property
    def days_later(self) -> int:
        return (self.end_after - self.end_before).days


@dataclass(frozen=True, slots=True)
class _Training:
    id: str
    programme_id: str
    start: date
    end: date | None
    norm_months: int
    main_supervisor_id: str | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class _Absence(AbsenceSpan):
    id: str = ""
    applied_on: date | None = None


def what_if(
    records: Records,
    programme: Programme,
    on: date,
    *,
    leave: Sequence[Leave] = (),
    part_time: Sequence[PartTime] = (),
) -> WhatIf:
    """Return what the proposed leave and part-time change, judged on `on`.

    Raises:
        Fault: `what_if.no_placements`, `what_if.reversed`, `what_if.percent`,
            `what_if.leave_percent` or `what_if.outside` for a proposal that cannot be.
    """
    placements = sorted(records.placements, key=lambda p: (p.start, p.end, p.id))
    if not placements:
        raise Fault("what_if.no_placements", exit_code=1)
    end_before = max(p.end for p in placements)
    _check(leave, part_time, placements[0].start, end_before)
    proposed = [_Absence(x.kind, x.start, x.end, x.percent) for x in leave]
    absences: list[AbsenceLike] = [*records.absences, *proposed]
    planned = _rescheduled(
        placements,
        not_served(records.absences, programme.served),
        not_served(absences, programme.served),
        part_time,
    )
    end_after = max(p.end for p in planned)
    after = replace(
        records,
        training=_moved_training(records.training, end_after - end_before),
        placements=planned,
        absences=absences,
    )
    then, now = judge(records, programme, on), judge(after, programme, on)
    return WhatIf(
        end_before,
        end_after,
        tuple(planned),
        tuple(_moved(programme, then, now)),
        _kollegier(then),
        _kollegier(now),
        tuple(_worse(then, now)),
        tuple(now),
    )


def _check(leave: Sequence[Leave], part_time: Sequence[PartTime], first: date, last: date) -> None:
    spans = [(x.start, x.end) for x in leave] + [(x.start, x.end or last) for x in part_time]
    for start, end in spans:
        if start > last or end < first:
            raise Fault("what_if.outside", exit_code=1, start=start)
        if end < start:
            raise Fault("what_if.reversed", exit_code=1, start=start, end=end)
    for share in part_time:
        if not HALF <= share.percent <= FULL:
            raise Fault("what_if.percent", exit_code=1, percent=share.percent)
    for absence in leave:
        if not 1 <= absence.percent <= FULL:
            raise Fault("what_if.leave_percent", exit_code=1, percent=absence.percent)


def _rescheduled(
    placements: Sequence[PlacementLike],
    lost_before: Sequence[AbsenceLike],
    lost_after: Sequence[AbsenceLike],
    part_time: Sequence[PartTime],
) -> list[Planned]:
    found: list[Planned] = []
    ends: list[tuple[date, date]] = []
    for placement in placements:
        # A placement follows the one before it, with the days between them that were planned.
        before = max((pair for pair in ends if pair[0] < placement.start), default=None)
        shift = before[1] - before[0] if before else timedelta(0)
        content = Served([placement], lost_before).months()
        start = placement.start + shift
        pieces = _pieces(placement, start, part_time)
        touched = (
            shift
            or any(p.percent != placement.percent for p in pieces if p.start <= placement.end)
            or Served([placement], lost_after).months() != content
        )
        if not touched:
            found.append(_piece(placement, placement.start, placement.end, placement.percent))
            ends.append((placement.end, placement.end))
            continue
        end = placement.end + shift if content <= 0 else _end(pieces, lost_after, content)
        ends.append((placement.end, end))
        found += [replace(p, end=min(p.end, end)) for p in pieces if p.start <= end]
    return found


def _pieces(placement: PlacementLike, start: date, part_time: Sequence[PartTime]) -> list[Planned]:
    """Return the placement from `start` for as long as it may take, by its percentages."""
    until = add_months(start, HORIZON)
    edges = {start, until + DAY}
    for share in part_time:
        edges |= {share.start, (share.end or until) + DAY}
    days = sorted(day for day in edges if start <= day <= until + DAY)
    pieces: list[Planned] = []
    for first, after in pairwise(days):
        percent = placement.percent
        for share in part_time:
            if share.start <= first <= (share.end or until):
                percent = share.percent
        if pieces and pieces[-1].percent == percent:
            pieces[-1] = replace(pieces[-1], end=after - DAY)
        else:
            pieces.append(_piece(placement, first, after - DAY, percent))
    return pieces


def _piece(placement: PlacementLike, start: date, end: date, percent: int) -> Planned:
    return Planned(
        placement.id,
        placement.section,
        placement.specialty,
        placement.unit_id,
        placement.supervisor_id,
        start,
        end,
        percent,
    )


def _end(pieces: Sequence[Planned], lost: Sequence[AbsenceLike], content: Fraction) -> date:
    """Return the day on which as much is served as was planned."""
    day = Served(pieces, lost).reached(content)
    if day is None:
        raise Fault("what_if.never", exit_code=1)
    return day


def _moved_training(training: TrainingLike, by: timedelta) -> TrainingLike:
    return _Training(
        training.id,
        training.programme_id,
        training.start,
        training.end + by if training.end else None,
        training.norm_months,
        training.main_supervisor_id,
        training.ended_on,
    )


def _moved(programme: Programme, then: Sequence[Finding], now: Sequence[Finding]) -> list[Moved]:
    """Return the deadlines that move: for milestones and assessments that of each placement, else
    the next date."""
    found: list[Moved] = []
    for asked, one, other in zip(programme.requirements, then, now, strict=True):
        if one.kind == "kollegium":
            continue
        each = one.kind in ("milestone", "assessment") and getattr(asked, "per", "") != "week"
        if each and len(one.parts) == len(other.parts) > 0:
            found += [
                Moved(one.requirement_id, one.title, old.label, old.due, new.due)
                for old, new in zip(one.parts, other.parts, strict=True)
                if old.due != new.due
            ]
        elif one.next_date != other.next_date:
            found.append(Moved(one.requirement_id, one.title, "", one.next_date, other.next_date))
    return sorted(found, key=lambda m: (m.after or date.max, m.requirement_id))


def _kollegier(findings: Sequence[Finding]) -> tuple[str, ...]:
    labels = [p.label for f in findings if f.kind == "kollegium" for p in f.parts]
    return tuple(dict.fromkeys(labels))


_GOOD = {"uppfyllt": 0, "ej aktuellt": 0, "på väg": 1, "snart": 2, "kan inte bedömas": 2}


def _worse(then: Sequence[Finding], now: Sequence[Finding]) -> list[Finding]:
    return [
        other
        for one, other in zip(then, now, strict=True)
        if _GOOD.get(other.status, 3) > max(1, _GOOD.get(one.status, 3))
    ]
