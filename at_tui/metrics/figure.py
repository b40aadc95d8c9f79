"""One yearly figure as it was counted: number, target, what lies behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schema.content.metrics import YearlyFigure

Number = int | float


class Outcome(StrEnum):
    """How a figure stands to its target."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NO_TARGET = "no_target"
    UNKNOWN = "unknown"
    """Nothing to count from: never shown as a target that was missed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record behind a figure."""

    id: str
    name: str
    """Whom or what it is: a person, a round of recruitment."""
    person: bool
    """Whether it names somebody: left out of what is printed unless it is asked for."""
    state: str
    """Key of a sentence in the catalogue `metrics.line`, with `values`."""
    values: Mapping[str, object] = field(default_factory=dict)
    counted: bool | None = None
    """In the numerator (True), only in the denominator (False), in neither (None)."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by sex, place of study or reason."""

    by: str
    parts: tuple[tuple[str, int], ...] = ()
    """The groups that are told, the largest first."""
    rest: int = 0
    """All others together: neither named nor counted apart, for one of them is small."""

    @property
    def told(self) -> bool:
        """Whether there is a group to tell; otherwise the whole is too small to be broken down."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Remark:
    """What ought to be known of a figure: key in the catalogue `metrics.remark`, with `values`."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a year."""

    metric: YearlyFigure
    numerator: Number | None
    denominator: Number | None
    """None for a figure that is a number of its own, and where nothing is known."""
    lines: tuple[Line, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    remarks: tuple[Remark, ...] = ()
    typed_in: bool = False
    typed_source: str = ""

    @property
    def share(self) -> Fraction | None:
        """The numerator over the denominator; None when there is nothing to divide by."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def is_ratio(self) -> bool:
        """Whether it is told as so many to each, and not as a share in per cent."""
        return self.metric.counts == "applicants_per_block"

    @property
    def is_count(self) -> bool:
        """Whether it is a number of its own."""
        return not self.metric.denominator

    @property
    def outcome(self) -> Outcome:
        """How it stands to the target; exactly the target is reached."""
        known = self.numerator is not None if self.is_count else self.share is not None
        if not known:
            return Outcome.UNKNOWN
        if self.metric.target_percent is None or self.share is None:
            return Outcome.NO_TARGET
        reached = self.share * 100 >= Fraction(str(self.metric.target_percent))
        return Outcome.REACHED if reached else Outcome.NOT_REACHED
