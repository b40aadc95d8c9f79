"""The weeks of a placement, counted from its first day. Apart, because the first page needs no more
of the rules of supervision (15 ms to load)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schema.words import SupervisionForm

MEETINGS = frozenset({SupervisionForm.INDIVIDUAL, SupervisionForm.GROUP})
"""Forms of supervision that count as meeting one's supervisor; `data.glance` asks for the same."""


def weeks_met(days_held: Iterable[date], start: date, through: date) -> tuple[int, int]:
    """Return the weeks of a placement with a session held, and the weeks begun by `through`.

    Weeks are counted from the placement's first day, seven days each, both days inclusive.
    """
    if through < start:
        return 0, 0
    begun = (through - start).days // 7 + 1
    met = {(day - start).days // 7 for day in days_held if start <= day <= through}
    return len(met), begun


def week_of(day: date, start: date) -> int:
    """Return which week of a placement `day` lies in, from 1."""
    return (day - start).days // 7 + 1
