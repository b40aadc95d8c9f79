"""One trainee at a glance: what is next, what to look over, what is served of what the law asks.

These are the programme's own reminders; what a region's plan asks is the judge's. Pure: a folder
of records in, values with codes out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge.served import not_served
from at_tui.placement_weeks import MEETINGS, weeks_met
from at_tui.time_served import ProblemKind, count_time, national_minimum
from schema.words import Kind, LockStatus, SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.programme import ServedRules
    from schema.tables import Agreement, Placement

AHEAD = timedelta(days=13)
"""Planned sessions are shown as next this long before their day."""
NEAR_END = timedelta(days=21)
"""A placement without its certificate is told this long before its last day."""


class StepKind(StrEnum):
    """What there is to do, in the order it is shown."""

    UNLOGGED = "unlogged"
    """A planned session whose day has passed."""
    PLANNED = "planned"
    UNSIGNED = "unsigned"
    """A form that is saved and waits for its signature."""
    UNCONFIRMED = "unconfirmed"
    """A signed form that the trainee has not confirmed."""
    CERTIFICATE = "certificate"
    """A placement that ends, or has ended, without a certificate."""
    FIRST_SESSION = "first_session"
    """Nothing is planned."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `record_id` is the session's, the form's or the placement's."""

    kind: StepKind
    day: date
    record_id: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look over: its sentence is `text(f"trainee.remark.{code}", **values)`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    placement_id: str = ""


@dataclass(frozen=True, slots=True)
class Supervised:
    """The sessions of one placement, up to a day."""

    held: int
    minutes: int
    cancelled: int
    planned: int
    weeks_met: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Months:
    """One promise of the law, in months of full time."""

    code: str
    needed: Fraction
    served: Fraction
    """To the day."""
    planned: Fraction
    """By the end of what is placed."""

    @property
    def missing(self) -> Fraction:
        """What is still to be served on the day."""
        return max(Fraction(0), self.needed - self.served)

    @property
    def unplaced(self) -> Fraction:
        """What the placements do not hold."""
        return max(Fraction(0), self.needed - self.planned)


def next_steps(
    folder: Folder, on: date, *, unsigned: Collection[str] = (), confirmed: Collection[str] = ()
) -> list[Step]:
    """Return what is next, the most urgent first.

    Args:
        unsigned: Ids of instruments that are used without signature.
        confirmed: Ids of instruments that the trainee confirms, beside the assessor's signature.
    """
    found = [*_sessions(folder, on), *_forms(folder, unsigned, confirmed)]
    found += _certificates(folder, on)
    return found


def _sessions(folder: Folder, on: date) -> list[Step]:
    planned = [s for s in folder.supervisions if s.status == SupervisionStatus.PLANNED]
    found = [
        Step(StepKind.UNLOGGED, s.day, s.id, {"minutes": s.minutes}) for s in planned if s.day < on
    ]
    ahead = [s for s in planned if on <= s.day]
    found += [
        Step(StepKind.PLANNED, s.day, s.id, {"minutes": s.minutes})
        for s in ahead[:2]
        if s is ahead[0] or s.day <= on + AHEAD
    ]
    if not planned and folder.placement_on(on) and folder.training.ended_on is None:
        found.append(Step(StepKind.FIRST_SESSION, on))
    return found


def _forms(folder: Folder, unsigned: Collection[str], confirmed: Collection[str]) -> list[Step]:
    found: list[Step] = []
    for form in folder.assessments:
        values = {"instrument": form.instrument_id}
        if form.status == LockStatus.DRAFT and form.instrument_id not in unsigned:
            found.append(Step(StepKind.UNSIGNED, form.day, form.id, values))
        elif form.status == LockStatus.SIGNED and form.instrument_id in confirmed:
            given = {s.meaning for s in folder.signatures_of(form.id)}
            if "takes_part" not in given:
                found.append(Step(StepKind.UNCONFIRMED, form.day, form.id, values))
    return found


def _certificates(folder: Folder, on: date) -> list[Step]:
    issued = {c.placement_id for c in folder.certificates if c.status == LockStatus.SIGNED}
    return [
        Step(StepKind.CERTIFICATE, p.end, p.id, {"section": p.section})
        for p in folder.placements
        if p.id not in issued and p.end - NEAR_END <= on
    ]


def remarks(folder: Folder, on: date) -> list[Remark]:
    """Return what ought to be looked over in the placements and the training."""
    found: list[Remark] = []
    training, placements = folder.training, folder.placements
    if not placements:
        return [Remark("no_placements")]
    now = folder.placement_on(on)
    if now is not None and now.supervisor_id is None:
        found.append(Remark("no_supervisor", {"section": now.section}, now.id))
    last = max(p.end for p in placements)
    if now is None and training.ended_on is None and training.start <= on <= last:
        away = any(a.start <= on <= a.end for a in folder.absences)
        if not away:
            found.append(Remark("no_placement_now"))
    for problem in count_time(placements, [], not_counted=()).problems:
        if problem.kind is ProblemKind.OVERLAP:
            values = {"start": problem.start, "end": problem.end}
            found.append(Remark("overlap", values))
    if training.end is not None and last > training.end:
        found.append(Remark("after_end", {"end": training.end}))
    return found


def open_agreements(folder: Folder) -> list[Agreement]:
    """Return the agreements that are open: the one that is due first comes first."""
    found = [a for a in folder.agreements if a.done_on is None and a.dropped_on is None]
    return sorted(found, key=lambda a: (a.due or date.max, a.agreed_on, a.id))


def supervised(folder: Folder, placement: Placement | None, on: date) -> Supervised:
    """Return what the sessions of a placement come to on a day; of all without a placement."""
    mine = [
        s
        for s in folder.supervisions
        if placement is None or placement.start <= s.day <= placement.end
    ]
    held = [s for s in mine if s.status == SupervisionStatus.HELD and s.day <= on]
    met, weeks = 0, 0
    if placement is not None:
        through = min(on, placement.end)
        meetings = (s.day for s in held if s.form in MEETINGS)
        met, weeks = weeks_met(meetings, placement.start, through)
    return Supervised(
        held=len(held),
        minutes=sum(s.minutes for s in held),
        cancelled=sum(s.status == SupervisionStatus.CANCELLED for s in mine),
        planned=sum(s.status == SupervisionStatus.PLANNED for s in mine),
        weeks_met=met,
        weeks=weeks,
    )


def months_by_law(folder: Folder, rules: ServedRules | None, on: date) -> list[Months]:
    """Return what the law asks of the training, and what is served and placed of it, the whole
    first.

    Absence counts by the programme's rule.
    """
    lost = not_served(folder.absences, rules)
    kinds = {absence.kind for absence in lost}
    kind = Kind(folder.training.kind)

    def counted(through: date | None) -> list[tuple[str, Fraction, Fraction]]:
        time = count_time(folder.placements, lost, not_counted=kinds, through=through)
        return [(m.code, m.needed, m.served) for m in national_minimum(time, kind)]

    return [
        Months(code, needed, served, planned)
        for (code, needed, served), (_, _, planned) in zip(counted(on), counted(None), strict=True)
    ]


def days_of(start: date, end: date) -> int:
    """Return the days of a period, both its ends included."""
    return (end - start).days + 1


def references(folder: Folder, placement_id: str) -> dict[str, int]:
    """Return how many records of each kind name a placement: such a placement stays."""
    named: dict[str, Sequence[object]] = {
        "supervisions": folder.supervisions,
        "assessments": folder.assessments,
        "educations": folder.educations,
        "talks": folder.talks,
        "introductions": folder.introductions,
        "certificates": folder.certificates,
    }
    found = {
        name: sum(getattr(record, "placement_id", None) == placement_id for record in records)
        for name, records in named.items()
    }
    return {name: count for name, count in found.items() if count}
