"""Every date that belongs in a calendar: planned sessions, placements, talks, meetings, deadlines.

Each has a name of its own for good (`uid`), made of the record's id: a calendar that reads the
file again moves what has moved, and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from at_tui.language import has, text
from schema.fault import Fault
from schema.words import LockStatus, SupervisionStatus

# SQLModel takes 0.6 to 1.2 s to import: tables only when records are read.
if TYPE_CHECKING:
    from at_tui.judge.records import Records
    from data.work import Work

DOMAIN = "at-tui"
SORTS = (
    "session", "placement", "training", "talk", "education", "kollegium", "exam", "agreement",
    "deadline",
)  # fmt: skip
"""What may be asked for, in the order it is offered."""
_GONE = (LockStatus.VOIDED, LockStatus.CORRECTED)


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar: a whole day, or from `starts_at` on for `minutes`."""

    uid: str
    sort: str
    day: date
    title: str
    about: str = ""
    starts_at: time | None = None
    minutes: int = 0
    place: str = ""


def entries(
    work: Work,
    *,
    on: date,
    training_ids: Collection[str] | None = None,
    sorts: Collection[str] = SORTS,
    told: Callable[[int, int], None] | None = None,
) -> list[Entry]:
    """Return what lies on the day `on` or later, by day.

    Args:
        training_ids: Only these trainings, and the meetings that take them up; None for all that
            have not ended.
        told: Told how many trainings are judged, of how many; stops the work by raising.
    """
    from at_tui.judged import records_of_all
    from schema.tables import Training

    trainings = [
        one
        for one in work.all(Training)
        if (one.ended_on is None if training_ids is None else one.id in training_ids)
    ]
    everyone = records_of_all(work, trainings)
    found: list[Entry] = []
    for done, records in enumerate(everyone.values()):
        if told is not None:
            told(done, len(everyone))
        found += _of_training(records, on, sorts)
    found += _teaching(everyone.values())
    if "kollegium" in sorts:
        found += _meetings(work, training_ids)
    ahead = (one for one in found if one.day >= on and one.sort in sorts)
    return sorted(ahead, key=lambda one: (one.day, one.starts_at or time.min, one.title, one.uid))


def _uid(sort: str, id_: str) -> str:
    return f"{sort}-{id_}@{DOMAIN}"


def _of_training(records: Records, on: date, sorts: Collection[str]) -> Iterator[Entry]:
    name = getattr(records.trainee, "name", "")
    yield from _sessions(records, name)
    yield from _placements(records, name)
    yield from _talks(records, name)
    training = records.training
    if training.end is not None:
        title = text("calendar.training_ends", name=name)
        yield Entry(_uid("training-end", training.id), "training", training.end, title)
    for sitting in records.exams:
        title = text("calendar.exam", name=name)
        yield Entry(_uid("exam", sitting.id), "exam", sitting.day, title)
    for agreement in _open(records.agreements):
        title = text("calendar.agreement", text=agreement.text, name=name)
        yield Entry(_uid("agreement", agreement.id), "agreement", agreement.due, title)
    if "deadline" in sorts:
        yield from _deadlines(records, name, on)


def _sessions(records: Records, name: str) -> Iterator[Entry]:
    for one in records.supervisions:
        if one.status != SupervisionStatus.PLANNED:
            continue
        person = records.people.get(getattr(one, "supervisor_id", None) or "")
        with_ = text("calendar.with", name=person.name) if person else ""
        about = " ".join(filter(None, (text("calendar.minutes", count=one.minutes), with_)))
        form = text(f"word.form.{one.form}") if has(f"word.form.{one.form}") else ""
        title = text("calendar.session", name=name)
        yield Entry(_uid("session", one.id), "session", one.day, title, f"{about} {form}".strip())


def _placements(records: Records, name: str) -> Iterator[Entry]:
    for one in records.placements:
        unit = records.units.get(one.unit_id or "")
        values = {
            "name": name,
            "section": text(f"word.section_short.{one.section}"),
            "unit": unit.name if unit else "",
        }
        site = getattr(unit, "site", "")
        starts = text("calendar.placement_starts", **values).rstrip(" ,")
        ends = text("calendar.placement_ends", **values).rstrip(" ,")
        yield Entry(_uid("placement-start", one.id), "placement", one.start, starts, place=site)
        yield Entry(_uid("placement-end", one.id), "placement", one.end, ends, place=site)


def _talks(records: Records, name: str) -> Iterator[Entry]:
    for one in records.talks:
        if one.booked_on is None or one.held_on is not None or one.status in _GONE:
            continue
        title = text("calendar.talk", what=text(f"word.talk.{one.kind}").capitalize(), name=name)
        yield Entry(_uid("talk", one.id), "talk", one.booked_on, title)


def _teaching(everyone: Iterable[Records]) -> Iterator[Entry]:
    """Yield every occasion that is planned, once for all who are called to it."""
    from at_tui.education.occasions import occasion_of

    called: dict[Any, list[tuple[str, str, Any]]] = {}
    for records in everyone:
        name = getattr(records.trainee, "name", "")
        for row in records.educations:
            if row.planned:
                one: Any = row  # the table's own row: it has a title, which the judge never asks
                called.setdefault(occasion_of(one).key, []).append((one.id, name, one))
    for rows in called.values():
        first, name, one = min(rows, key=lambda row: row[0])
        key = "calendar.teaching" if len(rows) == 1 else "calendar.teaching_of_many"
        title = text(key, title=one.title, name=name, count=len(rows))
        about = text(f"word.education.{one.kind}")
        if one.minutes:
            about += f", {text('calendar.minutes', count=one.minutes)}"
        yield Entry(_uid("education", first), "education", one.day, title, about)


def _open(agreements: Iterable[Any]) -> Iterator[Any]:
    for one in agreements:
        if one.due is not None and one.done_on is None and one.dropped_on is None:
            yield one


def _deadlines(records: Records, name: str, on: date) -> Iterator[Entry]:
    """Yield the next date of every requirement that is asked and not met."""
    from at_tui.judge import Status, judge
    from at_tui.standing import plan_of

    version = str(getattr(records.training, "programme_version", ""))
    try:
        plan, _ = plan_of(records.training.programme_id, version)
    except Fault:
        return  # the page of the trainee says that the plan is not here
    waiting = (Status.LATE, Status.SOON, Status.ON_WAY)
    for finding in judge(records, plan, on):
        if finding.next_date is None or finding.status not in waiting or not finding.in_force:
            continue
        title = text("calendar.deadline", what=finding.title, name=name)
        yield Entry(
            _uid("deadline", f"{records.training.id}-{finding.requirement_id}"), "deadline",
            finding.next_date, title, finding.sentence,
        )  # fmt: skip


def _meetings(work: Work, training_ids: Collection[str] | None) -> Iterator[Entry]:
    from at_tui.kollegium.series import clock, uid
    from schema.tables import Kollegium

    for one in work.all(Kollegium):
        mine = training_ids is None or set(one.training_ids) & set(training_ids)
        if one.closed_on is not None or not mine:
            continue
        starts_at = clock(one.starts_at)
        yield Entry(
            uid(one.series_id or "", one.period, one.id), "kollegium", one.day, one.title,
            starts_at=starts_at, minutes=one.minutes if starts_at else 0, place=one.place,
        )  # fmt: skip
