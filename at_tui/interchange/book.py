"""The records as the lists are written from them: by doctor and day, ids turned into names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

# SQLModel takes 0.6 to 1.2 s to import: tables only when records are read.
if TYPE_CHECKING:
    from data.work import Work

Row = dict[str, Any]
"""What a list says of a record, by the names of its columns."""


class Book:
    """The records, with the names that their ids stand for; each looked up once.

    Args:
        training_ids: Only these trainings; None for all.
    """

    def __init__(self, work: Work, training_ids: Collection[str] | None = None) -> None:
        from schema import tables

        self.work = work
        self.tables = tables
        self.trainees = {one.id: one for one in work.all(tables.Trainee)}
        self.people = {one.id: one for one in work.all(tables.Person)}
        self.units = {one.id: one for one in work.all(tables.Unit)}
        wanted = [
            one
            for one in work.all(tables.Training)
            if training_ids is None or one.id in training_ids
        ]
        self.trainings = {
            one.id: one for one in sorted(wanted, key=lambda t: (self._sort(t), t.start, t.id))
        }

    def _sort(self, training: Any) -> str:
        trainee = self.trainees.get(training.trainee_id)
        return trainee.sort_key if trainee else ""

    @cached_property
    def placements(self) -> dict[str, Any]:
        """Placements by id."""
        return {one.id: one for one in self.work.all(self.tables.Placement)}

    def of(self, kind: Any, day: str) -> Iterator[tuple[Any, Row]]:
        """Yield the records of a kind by name and day, each with what says whose it is."""
        mine: dict[str, list[Any]] = {}
        for one in self.work.all(kind):
            if one.training_id in self.trainings:
                mine.setdefault(one.training_id, []).append(one)
        for training_id, training in self.trainings.items():
            records = mine.get(training_id, [])
            for one in sorted(records, key=lambda r: (str(getattr(r, day) or ""), r.id)):
                yield one, self.whose(training)

    def whose(self, training: Any) -> Row:
        """Return name and start group of a training's doctor."""
        trainee = self.trainees.get(training.trainee_id)
        return {
            "name": trainee.name if trainee else "",
            "start_group": trainee.start_group if trainee else "",
        }

    def person(self, id_: str | None) -> str:
        """Return a person's name, or the empty string."""
        found = self.people.get(id_ or "")
        return found.name if found else ""

    def unit(self, id_: str | None) -> str:
        """Return a unit's name, or the empty string."""
        found = self.units.get(id_ or "")
        return found.name if found else ""

    def unit_at(self, placement_id: str | None) -> str:
        """Return the name of a placement's unit, or the empty string."""
        found = self.placements.get(placement_id or "")
        return self.unit(found.unit_id) if found else ""
