"""How one training stands against its programme: what the screens of the programme show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.beginnings import LAW
from at_tui.content_faults import sentence
from at_tui.judge import judge
from at_tui.judge.finding import Finding
from at_tui.judged import records_of
from at_tui.programmes import programme
from at_tui.progress import by_urgency
from at_tui.yardsticks import Mover, Yardstick, movers, yardsticks
from data import content
from schema.fault import Fault
from schema.words import Kind

if TYPE_CHECKING:
    from at_tui.judge.records import Records
    from data.store import Store
    from schema.content.programme import Programme


@dataclass
class Standing:
    """One training with its records, the plan it is held against, and how it stands."""

    records: Records
    programme: Programme
    law: Programme
    on: date
    findings: list[Finding]
    """What needs someone first."""
    asked: str
    """The version that the training names, when another had to do; else empty."""
    set_aside: list[str]
    """Sentences about the user's own plans that cannot be used."""

    @property
    def in_force(self) -> bool:
        """Whether the plan's own validity lasts."""
        return self.programme.valid_to is None or self.on <= self.programme.valid_to

    @cached_property
    def yardsticks(self) -> list[Yardstick]:
        """Time served against the law, the region's plan and the person's own."""
        return yardsticks(self.records, self.programme, self.law, self.on)

    @cached_property
    def movers(self) -> list[Mover]:
        """What moves the end."""
        return movers(self.records, self.programme)


def standing(store: Store, training_id: str, on: date, *, folder: Path | None = None) -> Standing:
    """Return how a training stands on the day `on`: about 50 ms, so in a worker.

    Raises:
        Fault: `store.*`, or `programme.*` when its plan is not there.
    """
    with store.read() as work:
        records = records_of(work, training_id)
        version = str(getattr(records.training, "programme_version", ""))
        kind = Kind(getattr(records.training, "kind", Kind.AT))
    plan, asked = plan_of(records.training.programme_id, version, folder=folder)
    return Standing(
        records,
        plan,
        programme(LAW[kind], folder=folder),
        on,
        by_urgency(judge(records, plan, on)),
        asked,
        set_aside(folder),
    )


def plan_of(id: str, version: str, *, folder: Path | None = None) -> tuple[Programme, str]:
    """Return the plan a training names; another version of it when that one is gone.

    The second value is the version that was asked for and is not there, else empty.

    Raises:
        Fault: `programme.*` when there is no plan of that name.
    """
    if version:
        try:
            return programme(id, version, folder=folder), ""
        except Fault:
            return programme(id, folder=folder), version
    return programme(id, folder=folder), ""


def set_aside(folder: Path | None = None) -> list[str]:
    """Return a sentence with file, line and reason for each own plan that cannot be used."""
    faults = [f for f in content.own_faults(folder) if f.path.parent.name == "programmes"]
    return [sentence(fault) for fault in faults]
