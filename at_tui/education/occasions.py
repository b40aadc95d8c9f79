"""One occasion for many: a lecture's list of who was there, saved in one unit of work.

An occasion is no record of its own: it is what the education records of several trainings have
in common (kind, title, course and day), so that a list and a record typed in alone never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from schema.text import sort_key
from schema.words import EducationKind

# SQLModel takes 0.6 to 1.2 s to import: tables when records are read.
if TYPE_CHECKING:
    from data.store import Store
    from data.work import Work
    from schema.tables import Education, Placement, Training


class Presence(StrEnum):
    """What the list says of one of the group."""

    THERE = "there"
    PLANNED = "planned"
    """Expected: not held yet, or nobody has said who was there."""
    NOTIFIED = "notified"
    """Away, and had said so."""
    AWAY = "away"
    NOT_CALLED = "not_called"
    """The occasion was not for them: no record."""


AWAY = frozenset({Presence.NOTIFIED, Presence.AWAY})
"""What may have a reason."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the list: there or not, and why not."""

    presence: Presence
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What all records of an occasion have in common."""

    kind: EducationKind
    title: str
    day: date
    course_id: str = ""
    minutes: int = 0
    days: float = 0
    compulsory: bool = False

    @property
    def key(self) -> tuple[str, str, str, date]:
        """What tells one occasion from another."""
        return (str(self.kind), sort_key(self.title), self.course_id, self.day)


@dataclass(frozen=True, slots=True)
class OccasionLine:
    """An occasion with how many were called and how many were there."""

    occasion: Occasion
    called: int
    there: int
    unexplained: int
    planned: int
    """Of those called, the ones of whom nobody has said yet whether they were there."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody in training on the day of an occasion."""

    training_id: str
    name: str
    start_group: str
    unit: str


def occasions(work: Work) -> list[OccasionLine]:
    """Return the occasions, latest first. Self-study is nobody's occasion but one's own."""
    from data.education import counted

    found: dict[tuple[str, str, str, date], OccasionLine] = {}
    for one in counted(work, without=EducationKind.SELF_STUDY):
        occasion = Occasion(
            kind=one.kind, title=one.title, day=one.day, course_id=one.course_id,
            minutes=one.minutes, days=one.days, compulsory=one.compulsory,
        )  # fmt: skip
        # Titles that differ in capitals or accents only are one occasion.
        same = found.get(occasion.key, OccasionLine(occasion, 0, 0, 0, 0))
        found[occasion.key] = OccasionLine(
            same.occasion,
            same.called + one.called,
            same.there + one.there,
            same.unexplained + one.unexplained,
            same.planned + one.planned,
        )
    return sorted(
        found.values(),
        key=lambda line: (-line.occasion.day.toordinal(), sort_key(line.occasion.title)),
    )


def occasion_of(record: Education) -> Occasion:
    """Return the occasion that a record belongs to."""
    return Occasion(
        kind=EducationKind(record.kind), title=record.title, day=record.day,
        course_id=record.course_id, minutes=record.minutes, days=record.days,
        compulsory=record.compulsory,
    )  # fmt: skip


def start_groups(work: Work, on: date) -> list[str]:
    """Return the start groups of those in training on the day `on`."""
    groups = {one.start_group for one in called(work, on) if one.start_group}
    return sorted(groups, key=sort_key)


def called(work: Work, on: date) -> list[Called]:
    """Return everybody in training on the day `on`, by name."""
    from schema.tables import Trainee, Unit

    trainees = {one.id: one for one in work.all(Trainee)}
    units = {one.id: one.name for one in work.all(Unit)}
    placed = _placed(work, on)
    found: list[tuple[str, Called]] = []
    for training in _trainings(work, on):
        trainee = trainees.get(training.trainee_id)
        if trainee is None:
            continue
        at = placed.get(training.id)
        unit = units.get((at.unit_id if at else None) or "", "")
        who = Called(training.id, trainee.name, trainee.start_group, unit)
        found.append((trainee.sort_key, who))
    return [who for _, who in sorted(found, key=lambda pair: (pair[0], pair[1].training_id))]


def attendance(work: Work, occasion: Occasion) -> dict[str, Mark]:
    """Return what is recorded of an occasion, by training."""
    return {one.training_id: mark_of(one) for one in _records(work, occasion)}


def mark_of(record: Education) -> Mark:
    """Return what a record says of whose it is."""
    if record.planned:
        return Mark(Presence.PLANNED)
    if record.attended:
        return Mark(Presence.THERE)
    presence = Presence.NOTIFIED if record.absence_notified else Presence.AWAY
    return Mark(presence, record.absence_reason)


def save_occasion(
    store: Store,
    author: str,
    occasion: Occasion,
    marks: Mapping[str, Mark],
    *,
    before: Occasion | None = None,
) -> int:
    """Save a whole list in one unit of work, and return how many records it has now.

    Args:
        marks: By training. `NOT_CALLED` takes a record away; trainings that are not named keep
            what they have.
        before: The occasion as it was, when its title, day or length has been changed.

    Raises:
        Fault, Invalid: `store.*`, or a value that no record takes; nothing is half saved.
    """
    from schema.tables import Education

    with store.work(author) as work:
        known: dict[str, Education] = {}
        for one in _records(work, before or occasion):
            known.setdefault(one.training_id, one)
        placed = _placed(work, occasion.day)
        for training_id, mark in marks.items():
            record = known.get(training_id)
            if mark.presence is Presence.NOT_CALLED:
                if record is not None:
                    work.remove(record)
                    del known[training_id]
                continue
            values = _values(occasion, mark)
            if record is None:
                at = placed.get(training_id)
                record = Education(
                    training_id=training_id, placement_id=at.id if at else None, **values
                )
                known[training_id] = record
                work.save(record)
                continue
            for name, value in values.items():
                setattr(record, name, value)
        return len(known)


def remove_occasion(store: Store, author: str, occasion: Occasion) -> int:
    """Take away an occasion with all its records, and return how many there were."""
    with store.work(author) as work:
        found = _records(work, occasion)
        for record in found:
            work.remove(record)
        return len(found)


def _values(occasion: Occasion, mark: Mark) -> dict[str, Any]:
    return {
        "kind": occasion.kind,
        "title": occasion.title,
        "course_id": occasion.course_id,
        "day": occasion.day,
        "minutes": occasion.minutes,
        "days": occasion.days,
        "compulsory": occasion.compulsory,
        "planned": mark.presence is Presence.PLANNED,
        "attended": mark.presence is Presence.THERE,
        "absence_notified": mark.presence is Presence.NOTIFIED,
        "absence_reason": mark.reason if mark.presence in AWAY else "",
    }


def _records(work: Work, occasion: Occasion) -> list[Education]:
    from sqlmodel import col

    from schema.tables import Education

    same_day = work.all(Education, col(Education.day) == occasion.day, order=col(Education.id))
    return [one for one in same_day if occasion_of(one).key == occasion.key]


def _trainings(work: Work, on: date) -> list[Training]:
    from sqlmodel import col

    from schema.tables import Training

    begun = work.all(Training, col(Training.start) <= on)
    return [one for one in begun if one.ended_on is None or one.ended_on >= on]


def _placed(work: Work, on: date) -> dict[str, Placement]:
    """Return the placement that each training has on a day; of two, the one that began last."""
    from sqlmodel import col

    from schema.tables import Placement

    covering = work.all(
        Placement, col(Placement.start) <= on, col(Placement.end) >= on, order=col(Placement.start)
    )
    return {one.training_id: one for one in covering}
