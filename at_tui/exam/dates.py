"""The days on which the exam is given: those read in a source, and those typed in here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from schema.content.exam import ExamRules


class TypedDay(Protocol):
    """What is read of a day that a study director has typed."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def opens_on(self) -> date | None: ...
    @property
    def apply_by(self) -> date | None: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day of the exam, with its registration. `id` is empty for a shipped one."""

    day: date
    opens_on: date | None
    apply_by: date | None
    source: str
    id: str = ""

    @property
    def typed(self) -> bool:
        """Whether it was typed in here, and not read in a source."""
        return bool(self.id)

    def is_closed(self, on: date) -> bool:
        """Return whether it is too late to register on the day `on`."""
        return on > (self.apply_by or self.day)


def occasions(rules: ExamRules, typed: Iterable[TypedDay]) -> list[Occasion]:
    """Return every known day of the exam, in order; what is typed goes before what is shipped."""
    found = {d.day: Occasion(d.day, d.opens_on, d.apply_by, d.source) for d in rules.days}
    for one in sorted(typed, key=lambda d: d.id):
        found[one.day] = Occasion(one.day, one.opens_on, one.apply_by, one.source, one.id)
    return [found[day] for day in sorted(found)]


def coming(known: Sequence[Occasion], on: date) -> list[Occasion]:
    """Return the days from `on` on."""
    return [one for one in known if one.day >= on]
