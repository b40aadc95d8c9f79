"""What the page shows, read and worked out in a thread before any of it is drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from at_tui.goal_map import GoalSection, goal_map
from at_tui.overview import (
    Months,
    Remark,
    Step,
    Supervised,
    months_by_law,
    next_steps,
    remarks,
    supervised,
)
from at_tui.programmes import programme
from schema.fault import Fault

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from data.store import Store
    from schema.content.curriculum import Curriculum
    from schema.content.programme import Programme, ServedRules
    from schema.tables import Placement


@dataclass
class TraineeFile:
    """One training with its records, its målbeskrivning and its programme, on a day."""

    folder: Folder
    on: date
    curriculum: Curriculum | None
    programme: Programme | None
    unsigned: Collection[str]
    """Ids of instruments that are used without signature."""
    confirmed: Collection[str]
    """Ids of instruments that the trainee confirms."""

    @cached_property
    def placement(self) -> Placement | None:
        """The placement of the day."""
        return self.folder.placement_on(self.on)

    @property
    def served(self) -> ServedRules | None:
        """The programme's rule for which absence counts as served."""
        return self.programme.served if self.programme else None

    @cached_property
    def steps(self) -> list[Step]:
        """What is next."""
        return next_steps(self.folder, self.on, unsigned=self.unsigned, confirmed=self.confirmed)

    @cached_property
    def remarks(self) -> list[Remark]:
        """What ought to be looked over."""
        return remarks(self.folder, self.on)

    @cached_property
    def goals(self) -> list[GoalSection]:
        """The goals, section by section."""
        if self.curriculum is None:
            return []
        return goal_map(self.folder, self.curriculum, unsigned=self.unsigned)

    @cached_property
    def supervised(self) -> Supervised:
        """The sessions of the placement, or of all when there is none."""
        return supervised(self.folder, self.placement, self.on)

    @cached_property
    def months(self) -> list[Months]:
        """What the law asks."""
        return months_by_law(self.folder, self.served, self.on)


def read_file(store: Store, training_id: str, on: date) -> TraineeFile:
    """Return the page's contents.

    Raises:
        Fault: `store.no_record` when there is no such training, and other `store.*`.
    """
    from at_tui.content_in_use import curriculum_for
    from data import content
    from data.find import folder

    with store.read() as work:
        found = folder(work, training_id)
    training = found.training
    instruments = content.load_instruments().values()
    file = TraineeFile(
        folder=found,
        on=on,
        curriculum=curriculum_for(
            training.curriculum_id, training.curriculum_version, str(training.kind)
        ),
        programme=_programme(training.programme_id, training.programme_version),
        unsigned=frozenset(i.id for i in instruments if i.signatures == "none"),
        confirmed=frozenset(i.id for i in instruments if i.signatures == "both"),
    )
    # Worked out here, in the thread: the first tab then only draws.
    _ = file.steps, file.remarks, file.goals, file.supervised
    return file


def _programme(id: str, version: str) -> Programme | None:
    for wanted in (version or None, None):
        try:
            return programme(id, wanted)
        except Fault:
            continue
    return None
