"""Three yardsticks for time: what the law asks, what the region's plan asks, and the own plan.

Each is told by its own name, since they differ: 18 months, 21 months, and what this person has
agreed on. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from at_tui.judge.served import Served, not_served
from at_tui.judge.stays import is_specialty
from schema.months import last_day_of

if TYPE_CHECKING:
    from at_tui.judge.records import AbsenceLike, PlacementLike, Records
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import Duration

DAY = timedelta(days=1)
Name = Literal["law", "region", "own"]


@dataclass(frozen=True, slots=True)
class Row:
    """One length that is asked for: months (or weeks) of full time."""

    title: str
    requirement_id: str
    """Empty for the own plan."""
    sections: tuple[str, ...]
    unit: str
    need: Fraction
    served: Fraction
    planned: Fraction
    """Served by the end of the plan."""

    @property
    def remaining(self) -> Fraction:
        """What is still to be served on the day."""
        return max(Fraction(0), self.need - self.served)

    @property
    def short(self) -> Fraction:
        """What the plan lacks."""
        return max(Fraction(0), self.need - self.planned)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One of the three, with the earliest day on which all of it can be served."""

    name: Name
    rows: tuple[Row, ...]
    earliest_end: date | None
    """By the plan, and full time after it for what the plan lacks; None without placements."""


@dataclass(frozen=True, slots=True)
class Mover:
    """What moves the end: months lost to a kind of absence, or to part-time (`deltid`)."""

    kind: str
    months: Fraction


def yardsticks(records: Records, programme: Programme, law: Programme, on: date) -> list[Yardstick]:
    """Return the three yardsticks on a day.

    Args:
        programme: The region's plan, resolved; its own lengths are those that `law` lacks.
        law: The national plan, resolved.
    """
    lost = not_served(records.absences, programme.served)
    national = {requirement.id for requirement in law.requirements}
    asked = [r for r in programme.requirements if r.kind == "duration" and _counts(r, records)]
    lawful = [r for r in asked if r.id in national]
    regional = [r for r in asked if r.id not in national]
    found = [
        _yardstick("law", lawful, records, lost, on),
        _yardstick("region", regional, records, lost, on),
    ]
    own = Row(
        "",
        "",
        (),
        "months",
        Fraction(records.training.norm_months),
        Served(records.placements, lost).months(on),
        Served(records.placements, lost).months(),
    )
    return [*found, Yardstick("own", (own,), _earliest([own], records, lost))]


def movers(records: Records, programme: Programme) -> list[Mover]:
    """Return what moves the end, the largest first: absence that does not count, and part-time."""
    lost = not_served(records.absences, programme.served)
    whole = Served(records.placements, lost).months()
    found = []
    for kind in dict.fromkeys(absence.kind for absence in lost):
        without = [absence for absence in lost if absence.kind != kind]
        found.append(Mover(kind, Served(records.placements, without).months() - whole))
    full = [_FullTime(p.section, p.start, p.end, p) for p in records.placements]
    part = Served(full, lost).months() - whole
    if part:
        found.append(Mover("deltid", part))
    return sorted((m for m in found if m.months), key=lambda m: (-m.months, m.kind))


@dataclass(frozen=True, slots=True)
class _FullTime:
    section: str
    start: date
    end: date
    original: PlacementLike
    percent: int = 100

    @property
    def id(self) -> str:
        return self.original.id

    @property
    def unit_id(self) -> str | None:
        return self.original.unit_id

    @property
    def specialty(self) -> str:
        return self.original.specialty

    @property
    def supervisor_id(self) -> str | None:
        return self.original.supervisor_id


def _counts(requirement: Duration, records: Records) -> bool:
    """Whether a length is asked of this person: at least so much, and not only of others."""
    start = records.training.start
    return (
        requirement.at_least is not None
        and requirement.measure == "served"
        and not requirement.elective
        and (requirement.starts_from is None or requirement.starts_from <= start)
        and (requirement.starts_to is None or start <= requirement.starts_to)
    )


def _yardstick(
    name: Name,
    asked: Sequence[Duration],
    records: Records,
    lost: Sequence[AbsenceLike],
    on: date,
) -> Yardstick:
    rows = []
    for requirement in asked:
        served = Served(_placed(requirement, records), lost)
        weeks = requirement.unit == "weeks"
        rows.append(
            Row(
                requirement.title,
                requirement.id,
                tuple(requirement.sections),
                requirement.unit,
                Fraction(requirement.at_least or 0),
                served.weeks(on) if weeks else served.months(on),
                served.weeks() if weeks else served.months(),
            )
        )
    return Yardstick(name, tuple(rows), _earliest(rows, records, lost, asked))


def _placed(requirement: Duration, records: Records) -> list[PlacementLike]:
    return [
        p
        for p in records.placements
        if (not requirement.sections or p.section in requirement.sections)
        and (not requirement.specialties or is_specialty(p.specialty, requirement.specialties))
    ]


def _earliest(
    rows: Sequence[Row],
    records: Records,
    lost: Sequence[AbsenceLike],
    asked: Sequence[Duration] = (),
) -> date | None:
    """Return the day on which the last of the rows is served."""
    if not records.placements or not rows:
        return None
    end = max(p.end for p in records.placements)
    days = []
    for place, row in enumerate(rows):
        placed = _placed(asked[place], records) if asked else list(records.placements)
        day = Served(placed, lost).reached(row.need, weeks=row.unit == "weeks")
        if day is not None:
            days.append(day)
    # Lengths of one section lie inside each other, so the largest lack is made up once; those of
    # different sections follow on each other.
    lacks: dict[tuple[str, ...], Fraction] = {}
    for row in rows:
        months = row.short * Fraction(12 * 7, 365) if row.unit == "weeks" else row.short
        key = row.sections if len(row.sections) == 1 else ()
        lacks[key] = max(lacks.get(key, Fraction(0)), months)
    whole = lacks.pop((), Fraction(0))
    lack = max(whole, sum(lacks.values(), Fraction(0)))
    if lack:
        days.append(last_day_of(end + DAY, lack))
    return max(days, default=None)
