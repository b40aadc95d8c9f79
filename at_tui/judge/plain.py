"""Plain copies of the records that are read over and over: a table's row costs more to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from at_tui.judge import records as r


@dataclass(frozen=True, slots=True)
class Placement:
    id: str
    section: str
    unit_id: str | None
    specialty: str
    start: date
    end: date
    percent: int
    supervisor_id: str | None


@dataclass(frozen=True, slots=True)
class Absence:
    id: str
    kind: str
    start: date
    end: date
    percent: int
    applied_on: date | None


@dataclass(frozen=True, slots=True)
class Session:
    """A held session; `written` when something was written about it."""

    id: str
    day: date
    minutes: int
    form: str
    topics: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """An education that was attended."""

    id: str
    day: date
    kind: str
    course_id: str
    minutes: int
    days: float


@dataclass(frozen=True, slots=True)
class Form:
    """A signed assessment."""

    id: str
    day: date
    instrument_id: str
    assessor_id: str | None
    placement_id: str | None
    row: r.AssessmentLike
    """The row itself, for its answers."""


def placement(row: r.PlacementLike) -> Placement:
    return Placement(
        row.id,
        str(row.section),
        row.unit_id,
        row.specialty,
        row.start,
        row.end,
        row.percent,
        row.supervisor_id,
    )


def absence(row: r.AbsenceLike) -> Absence:
    return Absence(row.id, str(row.kind), row.start, row.end, row.percent, row.applied_on)


def sessions(
    rows: Iterable[r.SupervisionLike], agreements: Iterable[r.AgreementLike]
) -> list[Session]:
    """Return the sessions that were held."""
    agreed = {agreement.origin_id for agreement in agreements}
    return [
        Session(
            row.id,
            row.day,
            row.minutes,
            str(row.form),
            tuple(row.topics),
            bool(row.note or row.topics or row.goals or row.id in agreed),
        )
        for row in rows
        if row.status == "held"
    ]


def lessons(rows: Iterable[r.EducationLike]) -> list[Lesson]:
    """Return the educations that were attended."""
    return [
        Lesson(row.id, row.day, str(row.kind), row.course_id, row.minutes, row.days)
        for row in rows
        if row.attended
    ]


def forms(rows: Iterable[r.AssessmentLike]) -> list[Form]:
    """Return the signed assessments that no correction has taken the place of."""
    return [
        Form(row.id, row.day, row.instrument_id, row.assessor_id, row.placement_id, row)
        for row in rows
        if row.status == "signed"
    ]
