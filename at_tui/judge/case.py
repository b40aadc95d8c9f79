"""One training made ready for judging: sorted once, asked by every kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from at_tui.judge import plain
from at_tui.judge.faults import Problem, problems_in
from at_tui.judge.served import Served, not_served
from at_tui.judge.stays import Stay, is_specialty, stays
from at_tui.judge.timeline import Timeline

if TYPE_CHECKING:
    from at_tui.judge.records import (
        HasId,
        PersonLike,
        PlacementLike,
        Records,
        TalkLike,
    )
    from at_tui.judge.windows import Window
    from schema.content.programme import Document, Programme
    from schema.content.requirement import Requirement, Scoped

SOON = timedelta(days=14)
"""How long before it is due a thing is called soon."""

T = TypeVar("T", bound="HasId")


class Case:
    """The records of one training up to `on`, with the programme they are judged by.

    Records dated after `on` are not evidence. Placements and absence after `on` are the plan.
    """

    def __init__(self, records: Records, programme: Programme, on: date) -> None:
        self.records = records
        self.programme = programme
        self.on = on
        self.training = records.training
        self.problems: list[Problem] = problems_in(records)
        self._matching: dict[object, list[Stay]] = {}
        self._served: dict[tuple[tuple[str, date], ...], Served] = {}
        self.windows: dict[object, list[Window]] = {}
        """Windows already made: several requirements share them."""

    @cached_property
    def placements(self) -> list[plain.Placement]:
        """Placements that do not end before they start, by time; a training that was ended early
        has none after its end."""
        found = [plain.placement(row) for row in self.records.placements]
        ended = self.training.ended_on
        if ended is not None:
            found = [replace(p, end=min(p.end, ended)) for p in found if p.start <= ended]
        return sorted((p for p in found if p.end >= p.start), key=lambda p: (p.start, p.end, p.id))

    @cached_property
    def absences(self) -> list[plain.Absence]:
        found = [plain.absence(row) for row in self.records.absences]
        return sorted((a for a in found if a.end >= a.start), key=lambda a: (a.start, a.end, a.id))

    @cached_property
    def lost(self) -> list[plain.Absence]:
        """Absence that does not count as served."""
        return not_served(self.absences, self.programme.served)

    @cached_property
    def stays(self) -> list[Stay]:
        return stays(self.placements)

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline(self.placements, self.absences, self.lost)

    @cached_property
    def end(self) -> date:
        """The training's last day: when it ended, else the later of its plan's and its last
        placement's."""
        if self.training.ended_on is not None:
            return self.training.ended_on
        days = [self.training.start, *(p.end for p in self.placements)]
        return max(days if self.training.end is None else [*days, self.training.end])

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The programme's documents by code."""
        return {document.code: document for document in self.programme.documents}

    @property
    def is_over(self) -> bool:
        return self.on > self.end

    def matching(self, scope: Scoped) -> list[Stay]:
        """Return the stays that a requirement concerns, by time."""
        key = self.scope_key(scope)
        if key not in self._matching:
            self._matching[key] = [stay for stay in self.stays if _in_scope(stay, scope)]
        return self._matching[key]

    def there(self, scope: Scoped) -> list[Stay]:
        """Return the matching stays in which the trainee is there at all: one that is all leave
        asks nothing."""
        return [s for s in self.matching(scope) if self.timeline.present(s.start, s.end) > 0]

    def scope_key(self, scope: Scoped) -> tuple[object, ...]:
        """Return what tells one scope from another."""
        return (scope.sections, scope.specialties, scope.min_months, scope.max_months)

    def period(self, requirement: Requirement) -> tuple[date, date]:
        """Return the first and last day on which a requirement asks for anything."""
        starts = [self.training.start, requirement.valid_from, self.programme.valid_from]
        ends = [self.end, requirement.valid_to]
        return max(day for day in starts if day), min(day for day in ends if day)

    def stay_at(self, day: date, placement_id: str | None = None) -> Stay | None:
        """Return the stay of a record: the one it names, else the one that its day lies in."""
        if placement_id is not None:
            named = next((stay for stay in self.stays if placement_id in stay.ids), None)
            if named is not None:
                return named
        return next((stay for stay in self.stays if stay.start <= day <= stay.end), None)

    def supervisors(self, stay: Stay, day: date) -> list[str]:
        """Return the ids of the stay's supervisors, the one of `day` first."""
        parts = sorted(stay.parts, key=lambda p: not p.start <= day <= p.end)
        return list(dict.fromkeys(p.supervisor_id for p in parts if p.supervisor_id))

    def person(self, id: str | None) -> PersonLike | None:
        return self.records.people.get(id) if id else None

    def served(self, placements: Sequence[PlacementLike] | None = None) -> Served:
        """Return what is served in these placements; without them, in all."""
        placed = self.placements if placements is None else placements
        key = tuple((p.id, p.start) for p in placed)
        if key not in self._served:
            self._served[key] = Served(placed, self.lost)
        return self._served[key]

    def placed_in(self, *sections: str) -> list[plain.Placement]:
        return [p for p in self.placements if p.section in sections]

    def reached(self, months: Fraction) -> date | None:
        """Return the day on which so many months of the whole training are served."""
        return self.served().reached(months)

    @cached_property
    def held(self) -> list[plain.Session]:
        """Sessions held by `on`, by day."""
        found = plain.sessions(self.records.supervisions, self.records.agreements)
        return self._by_day(found, lambda s: s.day)

    @cached_property
    def attended(self) -> list[plain.Lesson]:
        return self._by_day(plain.lessons(self.records.educations), lambda e: e.day)

    @cached_property
    def signed(self) -> list[plain.Form]:
        """Signed assessments that no correction has taken the place of."""
        return self._by_day(plain.forms(self.records.assessments), lambda a: a.day)

    @cached_property
    def talks(self) -> list[TalkLike]:
        """Talks held by `on`; a voided or replaced one is none."""
        found = [
            t
            for t in self.records.talks
            if t.held_on is not None and t.status not in ("voided", "corrected")
        ]
        return self._by_day(found, lambda t: t.held_on or date.max)

    @cached_property
    def decided(self) -> list[tuple[date, str]]:
        """(day, id) of the kollegium's decisions by `on`."""
        found = []
        for decision in self.records.decisions:
            meeting = self.records.kollegier.get(decision.kollegium_id)
            if meeting is None or decision.outcome is None:
                continue
            if decision.status not in ("voided", "corrected") and meeting.day <= self.on:
                found.append((meeting.day, decision.id))
        return sorted(found)

    def _by_day(self, records: Sequence[T], day: Callable[[T], date]) -> list[T]:
        ordered = sorted(records, key=lambda record: (day(record), record.id))
        return ordered[: bisect_right(ordered, self.on, key=day)]


def _in_scope(stay: Stay, scope: Scoped) -> bool:
    if scope.sections and stay.section not in scope.sections:
        return False
    if scope.specialties and not is_specialty(stay.specialty, scope.specialties):
        return False
    if scope.min_months is None and scope.max_months is None:
        return True
    months = stay.months
    return (scope.min_months is None or months >= Fraction(scope.min_months)) and (
        scope.max_months is None or months <= Fraction(scope.max_months)
    )
