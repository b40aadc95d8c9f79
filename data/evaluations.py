"""Questions about evaluations and what there is to evaluate, counted by the engine: a region's
file holds thousands of rows, and a page must not wait for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import col

from schema.tables import Education, Evaluation, Person, Placement, Trainee

if TYPE_CHECKING:
    from data.work import Work


def sealed(work: Work) -> list[tuple[str, str, str, int]]:
    """Return (unit id, what it is about, period, how many) of all that have been let out."""
    keys = (col(Evaluation.unit_id), col(Evaluation.about), col(Evaluation.period))
    query = sa.select(*keys, sa.func.count()).group_by(*keys)
    return [
        (unit or "", about, period, n) for unit, about, period, n in work.session.execute(query)
    ]


def sections_of_units(work: Work) -> dict[str, str]:
    """Return the section that most placements at each unit belong to, by unit id."""
    keys = (col(Placement.unit_id), col(Placement.section))
    query = sa.select(*keys, sa.func.count()).where(keys[0].is_not(None)).group_by(*keys)
    most: dict[str, tuple[int, str]] = {}
    for unit, section, count in work.session.execute(query):
        most[unit] = max(most.get(unit, (0, "")), (count, str(section)))
    return {unit: section for unit, (_, section) in most.items()}


def lectures_since(work: Work, since: date, on: date) -> list[tuple[str, str, date]]:
    """Return (title, kind, latest day) of the teaching from `since` to `on`."""
    day = sa.func.max(col(Education.day))
    keys = (col(Education.title), col(Education.kind))
    query = (
        sa.select(*keys, day)
        .where(col(Education.day) >= since, col(Education.day) <= on)
        .group_by(*keys)
    )
    return [
        (title, str(kind), latest if isinstance(latest, date) else date.fromisoformat(latest))
        for title, kind, latest in work.session.execute(query)
    ]


def everyones_names(work: Work) -> list[str]:
    """Return the names of all in the register and in training."""
    return [
        name
        for column in (col(Person.name), col(Trainee.name))
        for name in work.session.execute(sa.select(column)).scalars()
    ]
