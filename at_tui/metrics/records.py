"""What the figures of a year are counted from, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Group:
    """Applicants of one sex and one place of study in one round."""

    sex: str
    place: str
    applicants: int
    interviewed: int
    filled: int


@dataclass(frozen=True, slots=True)
class Round:
    """One round of recruitment."""

    id: str
    title: str
    blocks: int
    groups: tuple[Group, ...] = ()

    def sum(self, name: str) -> int:
        """Return how many of `applicants`, `interviewed` or `filled` there are in all groups."""
        return sum(int(getattr(group, name)) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """One training, as far as the figures need it."""

    id: str
    name: str
    start: date
    end: date | None
    norm_months: int
    ended_on: date | None = None
    ended_reason: str = ""
    completed: bool | None = None
    stayed: bool | None = None
    prolonged_by: tuple[str, ...] = ()
    """Kinds of absence (`word.absence`) and `part_time` that the records hold."""

    @property
    def last_day(self) -> date | None:
        """The last day, or the last planned one."""
        return self.ended_on or self.end


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the register at a unit that had someone in training during the year."""

    id: str
    name: str
    unit: str
    course_on: date | None


@dataclass(frozen=True, slots=True)
class HandFigure:
    """A figure that was typed in, by its id in the set."""

    id: str
    numerator: float | None
    denominator: float | None
    source: str


@dataclass(frozen=True, kw_only=True)
class YearRecords:
    """All of it, for one year and one kind of training."""

    year: int
    on: date
    """The day it is counted."""
    rounds: tuple[Round, ...] = ()
    trainings: tuple[TrainingLine, ...] = ()
    staff: tuple[Colleague, ...] = ()
    by_hand: Mapping[str, HandFigure] = field(default_factory=dict)
