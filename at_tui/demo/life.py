"""One doctor in training while their records are being made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from at_tui.demo.block import Stay
from at_tui.demo.cast import Character
from at_tui.demo.chance import Chance
from at_tui.demo.organisation import Organisation
from schema.content.curriculum import Curriculum
from schema.content.instrument import Instrument
from schema.tables import Evaluation, Lockable, Person, Record, Trainee, Training
from schema.words import LockStatus, Meaning


@dataclass(frozen=True)
class Signing:
    """A signature to be written once the record's version is there."""

    record: Lockable
    signer: Person | Trainee
    meaning: Meaning
    at: datetime
    id: str
    delegated_by: str = ""


@dataclass
class Life:
    """What has been made of one training so far, as of the day `on`."""

    seed: int
    on: date
    character: Character
    trainee: Trainee
    training: Training
    stays: list[Stay]
    organisation: Organisation
    instruments: dict[str, Instrument]
    curriculum: Curriculum
    records: list[Record] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    signings: list[Signing] = field(default_factory=list)
    afterwards: list[tuple[Lockable, LockStatus, str]] = field(default_factory=list)
    """Signed records that are then marked as corrected or voided, with the reason."""
    away: set[date] = field(default_factory=set)
    evidence: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    """Days and ids of the sessions and signed assessments that name a goal, by goal."""
    held: list[tuple[date, Stay, str]] = field(default_factory=list)
    """Sessions held: day, placement, id."""

    def chance(self, part: str) -> Chance:
        """Return the part's own source of chance."""
        return Chance(part, self.seed, self.character.number)

    def add(self, *records: Record) -> None:
        """Keep records to be written."""
        self.records += records

    def begun(self) -> list[Stay]:
        """Return the placements that have begun."""
        return [stay for stay in self.stays if stay.start <= self.on]

    def last_day(self, stay: Stay) -> date:
        """Return the last day of a placement that lies behind, or the day of the demo."""
        return min(stay.end, self.on)

    def progress(self, day: date) -> float:
        """Return how far the training has come on `day`, 0 to 1."""
        end = self.training.end or self.on
        return max(0.0, min(1.0, (day - self.training.start) / (end - self.training.start)))

    def ability(self, day: date) -> float:
        """Return how well things go on `day`, 0 to 1: it rises, from where talent puts it."""
        return max(0.05, min(1.0, 0.35 + 0.5 * self.progress(day) + self.character.talent))

    def touch(self, goals: list[str], day: date, record_id: str) -> None:
        """Note that a record names these goals."""
        for goal in goals:
            self.evidence.setdefault(goal, []).append((day, record_id))

    def sign(
        self,
        chance: Chance,
        record: Lockable,
        signer: Person | Trainee,
        meaning: Meaning,
        day: date,
        **more: Any,
    ) -> None:
        """Let `signer` sign `record` on an afternoon."""
        day = min(day, self.on)
        minutes = chance.whole(0, 420)
        moment = datetime.combine(day, time(7), UTC) + timedelta(minutes=minutes)
        self.signings.append(
            Signing(record, signer, meaning, moment, chance.record_id(day), **more)
        )
