"""Education counted in SQL: ten years of a region are tens of thousands of records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from data.work import Work
from schema.tables import Education
from schema.words import EducationKind


@dataclass(frozen=True, slots=True)
class Counted:
    """The records that have kind, title, course and day in common."""

    kind: EducationKind
    title: str
    course_id: str
    day: date
    minutes: int
    days: float
    compulsory: bool
    called: int
    there: int
    unexplained: int
    """Away, and not both notified and explained."""
    planned: int
    """Expected: nobody has said yet whether they were there."""


def counted(work: Work, *, without: EducationKind) -> Iterator[Counted]:
    """Yield the occasions there are records of, latest first; one kind is left out."""
    there = sa.cast(col(Education.attended), sa.Integer)
    explained = sa.and_(col(Education.absence_notified), col(Education.absence_reason) != "")
    known_away = sa.not_(sa.or_(col(Education.attended), col(Education.planned)))
    unexplained = sa.and_(known_away, sa.not_(explained))
    by: tuple[Any, ...] = (
        col(Education.day), col(Education.kind), col(Education.title), col(Education.course_id),
    )  # fmt: skip
    query = (
        sa.select(
            *by,
            sa.func.max(col(Education.minutes)),
            sa.func.max(col(Education.days)),
            sa.func.max(sa.cast(col(Education.compulsory), sa.Integer)),
            sa.func.count(),
            sa.func.sum(there),
            sa.func.sum(sa.cast(unexplained, sa.Integer)),
            sa.func.sum(sa.cast(col(Education.planned), sa.Integer)),
        )
        .where(col(Education.kind) != without)
        .group_by(*by)
        .order_by(col(Education.day).desc(), col(Education.title))
    )
    for day, kind, title, course, minutes, days, compulsory, *counts in work.session.execute(query):
        called, present, missing, planned = (int(count) for count in counts)
        yield Counted(
            EducationKind(kind), title, course, day, minutes, days, bool(compulsory), called,
            present, missing, planned,
        )  # fmt: skip
