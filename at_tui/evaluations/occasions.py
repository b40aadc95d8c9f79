"""What one trainee may evaluate now: after each placement, block or quarter, as the plan says.

The list is made of placements and the plan only. Whether somebody has answered stands nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from schema.periods import half_year, quarter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.find import Folder
    from schema.content.programme import Programme
    from schema.tables import Placement

What = Literal["placement", "section", "quarter"]

INSTRUMENT = "placeringsutvardering"
LECTURE = "forelasningsutvardering"
MEETING = "utvarderingsmote"
"""The activity by which a plan asks for an evaluation meeting every third month (Sörmland)."""
OPENS = timedelta(days=30)
"""How long before the last day one may answer: the closing weeks are part of the placement."""
CLOSES = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to evaluate."""

    key: str
    what: What
    unit_id: str
    unit: str
    section: str
    period: str
    start: date
    end: date


def asked_by(programme: Programme | None) -> What:
    """Return what a plan wants evaluated: each placement, each block, or each quarter.

    A plan that says nothing leaves it at the placement.
    """
    for requirement in programme.requirements if programme else ():
        if requirement.kind == "milestone" and requirement.record == "evaluation":
            return "section" if requirement.of == "section" else "placement"
        if requirement.kind == "cadence" and requirement.activity == MEETING:
            return "quarter"
    return "placement"


def occasions(folder: Folder, programme: Programme | None, on: date) -> list[Occasion]:
    """Return what may be evaluated on the day `on`, latest first."""
    placed = [p for p in folder.placements if p.unit_id]
    what = asked_by(programme)
    if what == "quarter":
        found = _quarters(folder, placed, on)
    elif what == "section":
        found = _sections(folder, placed, on)
    else:
        found = [
            _occasion(folder, p, "placement", half_year(p.end), p.start, p.end) for p in placed
        ]
    open_ = [one for one in found if one.end - OPENS <= on <= one.end + CLOSES]
    return sorted(open_, key=lambda one: (one.end, one.start), reverse=True)


def _occasion(
    folder: Folder, stay: Placement, what: What, period: str, start: date, end: date
) -> Occasion:
    unit = stay.unit_id or ""
    return Occasion(
        f"{what}:{stay.id}:{period}", what, unit, folder.unit_of(stay), str(stay.section), period,
        start, end,
    )  # fmt: skip


def _sections(folder: Folder, placed: Iterable[Placement], on: date) -> list[Occasion]:
    """Return a block for each section: it is answered for the unit where most of it was done."""
    blocks: dict[str, list[Placement]] = {}
    for stay in placed:
        blocks.setdefault(str(stay.section), []).append(stay)
    found = []
    for stays in blocks.values():
        most = max(stays, key=lambda p: (p.end - p.start, p.start))
        start, end = min(p.start for p in stays), max(p.end for p in stays)
        found.append(_occasion(folder, most, "section", half_year(end), start, end))
    return found


def _quarters(folder: Folder, placed: Iterable[Placement], on: date) -> list[Occasion]:
    """Return this quarter and the one before, at the unit where one is, or was, at its end."""
    found = []
    for day in (on, on.replace(month=3 * ((on.month + 2) // 3) - 2, day=1) - timedelta(days=1)):
        first = day.replace(month=3 * ((day.month + 2) // 3) - 2, day=1)
        last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
        there = [p for p in placed if p.start <= min(last, on) and p.end >= first]
        if there:
            stay = max(there, key=lambda p: p.start)
            start, end = max(first, stay.start), min(last, stay.end, max(on, first))
            found.append(_occasion(folder, stay, "quarter", quarter(first), start, end))
    return found
