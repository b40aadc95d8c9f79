"""How much education there is: per week, per month and in the whole training, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from schema.words import EducationKind

if TYPE_CHECKING:
    from at_tui.judge.records import EducationLike

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Amount:
    """Attended time: minutes of what is counted in minutes, days of what is counted in days."""

    minutes: int = 0
    days: float = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.minutes + other.minutes, self.days + other.days)

    def __bool__(self) -> bool:
        return bool(self.minutes or self.days)


@dataclass(frozen=True, slots=True)
class KindSum:
    """One kind: what was attended in the week, the month and the training, and what was not."""

    kind: EducationKind
    week: Amount
    month: Amount
    training: Amount
    attended: int
    missed: int
    unexplained: int
    """Of those missed, the ones that were not notified or have no reason."""


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One calendar month."""

    first: date
    amount: Amount


def sums(educations: Iterable[EducationLike], on: date) -> list[KindSum]:
    """Return one sum for each kind there is anything of, in the order of the kinds.

    What is dated after `on`, or is planned until somebody has said who was there, is no evidence
    and is left out. The week is the ISO week of `on`, the
    month its calendar month.
    """
    known = [one for one in educations if one.day <= on and not one.planned]
    found: list[KindSum] = []
    for kind in EducationKind:
        mine = [one for one in known if one.kind == kind]
        if mine:
            found.append(_sum(kind, mine, on))
    return found


def _sum(kind: EducationKind, mine: Sequence[EducationLike], on: date) -> KindSum:
    monday = on - timedelta(days=on.weekday())
    there = [one for one in mine if one.attended]
    missed = [one for one in mine if not one.attended]
    return KindSum(
        kind,
        week=total(one for one in there if monday <= one.day < monday + WEEK),
        month=total(one for one in there if (one.day.year, one.day.month) == (on.year, on.month)),
        training=total(there),
        attended=len(there),
        missed=len(missed),
        unexplained=sum(not (one.absence_notified and one.absence_reason) for one in missed),
    )


def total(educations: Iterable[EducationLike]) -> Amount:
    """Return the time of these records; one with both minutes and days counts by its minutes."""
    found = Amount()
    for one in educations:
        found += Amount(minutes=one.minutes) if one.minutes else Amount(days=one.days)
    return found


def by_month(educations: Iterable[EducationLike], on: date, months: int) -> list[MonthSum]:
    """Return the last `months` calendar months up to that of `on`, latest first."""
    known = [one for one in educations if one.attended and one.day <= on]
    found: list[MonthSum] = []
    first = on.replace(day=1)
    for _ in range(months):
        mine = [one for one in known if one.day.replace(day=1) == first]
        found.append(MonthSum(first, total(mine)))
        first = (first - timedelta(days=1)).replace(day=1)
    return found
