"""The records behind a finding, found by their ids: what each is, when, and of what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from at_tui.judge.records import Records

Sort = Literal[
    "supervision", "assessment", "placement", "absence", "education", "talk", "introduction",
    "decision", "account", "exam", "certificate", "person", "trainee", "unit",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One record that counted."""

    sort: Sort
    id: str
    day: date | None
    """None for people and units, which have no day."""
    record: Any


def counted(ids: Iterable[str], records: Records) -> list[Counted]:
    """Return the records with these ids, in the order given; unknown ids are left out."""
    found = {one.id: one for one in _all(records)}
    return [found[id] for id in dict.fromkeys(ids) if id in found]


def _all(records: Records) -> Iterable[Counted]:
    kinds: tuple[tuple[Sort, Iterable[Any], tuple[str, ...]], ...] = (
        ("supervision", records.supervisions, ("day",)),
        ("assessment", records.assessments, ("day",)),
        ("placement", records.placements, ("start",)),
        ("absence", records.absences, ("start",)),
        ("education", records.educations, ("day",)),
        ("talk", records.talks, ("held_on", "booked_on")),
        ("introduction", records.introductions, ("held_on", "letter_on")),
        ("account", records.account, ("paid_on", "receipt_on", "approved_on")),
        ("exam", records.exams, ("day",)),
        ("certificate", records.certificates, ("issued_on",)),
        ("person", records.people.values(), ()),
        ("unit", records.units.values(), ()),
    )
    for sort, kept, fields in kinds:
        for record in kept:
            days = (getattr(record, field, None) for field in fields)
            yield Counted(sort, record.id, next((d for d in days if d is not None), None), record)
    for decision in records.decisions:
        meeting = records.kollegier.get(decision.kollegium_id)
        yield Counted("decision", decision.id, meeting.day if meeting else None, decision)
    if records.trainee is not None:
        yield Counted("trainee", records.trainee.id, None, records.trainee)
