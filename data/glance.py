"""What the first page shows, read over the bare driver in one go.

SQLModel takes 0.6 to 1.2 s to import; the first page must not wait for it. So this one module
asks in plain SQL, of one schema version. A file of another version is upgraded first, by the
store, and then asked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data import driver
from data.glance_kollegium import (
    Assigned,
    FollowUp,
    Gathering,
    assigned,
    follow_ups,
    gatherings,
)
from schema.text import clean

KNOWS = 1
"""The schema version that the questions below are written for; a test holds it to the store's."""
MOST = 300
"""Doctors shown at most."""
FORGOTTEN = timedelta(days=90)
"""A form that has waited for a signature longer than this is found on the doctor's page only."""
RECENT = 6
"""Latest events shown at most."""

OBSERVATIONS = (
    "mini-cex", "dops", "cbd", "medsittning-formativ", "medsittning-examination",
)  # fmt: skip
"""Instruments in which somebody watched the work or talked a case through."""
MIDWAY_TALKS = ("mittsamtal", "halvtid")
UNSIGNED = (
    "forelasningsutvardering", "msf", "placeringsutvardering", "samtalschecklista",
)  # fmt: skip
"""Instruments that nobody signs: a form of these waits for nobody."""


@dataclass(frozen=True)
class Session:
    """A planned session."""

    id: str
    day: date
    minutes: int


@dataclass(frozen=True)
class OpenForm:
    """An assessment that nobody has signed."""

    id: str
    instrument: str
    day: date


@dataclass(frozen=True)
class Promise:
    """An agreement whose day has passed."""

    text: str
    due: date
    owner: str
    """A value of `AgreementOwner`."""


@dataclass(frozen=True)
class Stay:
    """A placement."""

    id: str
    section: str
    unit: str
    start: date
    end: date


@dataclass
class Doctor:
    """One in training, with what the first page needs to know."""

    trainee_id: str
    training_id: str
    name: str
    kind: str
    supervisor: str = ""
    stay: Stay | None = None
    """The placement of today."""
    planned: list[Session] = field(default_factory=list)
    """Planned sessions, first day first; also those whose day has passed."""
    held: list[date] = field(default_factory=list)
    """Days of the sessions held in the placement of today."""
    last_held: date | None = None
    open_forms: list[OpenForm] = field(default_factory=list)
    last_observed: date | None = None
    midway_done: bool = False
    """Whether a midway talk was held in the placement of today."""
    promises: list[Promise] = field(default_factory=list)
    uncertified: Stay | None = None
    """A placement that ends these weeks, or ended lately, without a certificate."""
    away: str = ""
    """Kind of the absence that covers today, when it covers all working time."""
    away_until: date | None = None


@dataclass(frozen=True)
class Event:
    """Something that was recorded lately."""

    day: date
    kind: str
    """`supervision`, `assessment` or `certificate`."""
    what: str
    """The session's status, the instrument's id, or the certificate's kind."""
    name: str
    training_id: str
    record_id: str
    status: str
    """The lock status; empty for sessions."""


@dataclass
class Glance:
    """The first page's content."""

    owner_id: str = ""
    owner_name: str = ""
    place: str = ""
    """The owner's unit."""
    demo: bool = False
    encrypted: bool = False
    mine: bool = True
    """Whether `doctors` are the owner's own; otherwise all in training."""
    doctors: list[Doctor] = field(default_factory=list)
    recent: list[Event] = field(default_factory=list)
    assigned: list[Assigned] = field(default_factory=list)
    """What kollegier have given the owner to do."""
    gatherings: list[Gathering] = field(default_factory=list)
    """Kollegier of today, and those that were begun and not closed."""
    follow_ups: list[FollowUp] = field(default_factory=list)
    """Of stödplaner that the owner may see."""
    trainees: int = 0
    """Doctors in the file, also those who have finished."""


def read(path: Path, key: bytes | None, on: date) -> Glance | None:
    """Return the first page's content on the day `on`; None when the file must be upgraded first.

    Raises:
        Fault: `store.*` when the file cannot be read (exit code 3).
    """
    with driver.translated(path):
        connection = driver.connect(path, key)
        try:
            connection.execute("BEGIN")
            if connection.execute("PRAGMA user_version").fetchone()[0] != KNOWS:
                return None
            return _Reader(connection, on).glance()
        finally:
            connection.close()


class _Reader:
    """Asks one open connection; every answer is of the same moment."""

    def __init__(self, connection: Any, on: date) -> None:
        self._connection = connection
        self._on = on

    def _ask(self, sql: str, **values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows one at a time: a year of sessions need not all be held at once."""
        rows: Iterator[tuple[Any, ...]] = self._connection.execute(sql, values)
        return rows

    def glance(self) -> Glance:
        """Return everything."""
        found = Glance()
        facts = dict(self._ask("SELECT name, value FROM meta"))
        found.demo = facts.get("demo") == "1"
        found.encrypted = facts.get("encrypted") == "1"
        found.owner_id = facts.get("owner_id", "")
        for name, unit in self._ask(_OWNER, owner=found.owner_id):
            found.owner_name, found.place = _line(name), _line(unit or "")
        found.trainees = next(self._ask("SELECT count(*) FROM trainee"))[0]
        doctors = self._doctors(found.owner_id) if found.owner_id else []
        if not doctors:
            found.mine = False
            doctors = self._doctors("")
        found.doctors = doctors
        by_training = {doctor.training_id: doctor for doctor in doctors}
        self._add_sessions(by_training)
        self._add_assessments(by_training)
        self._add_talks(by_training)
        found.assigned = assigned(self._connection, found.owner_id, self._on)
        found.gatherings = gatherings(self._connection, found.owner_id, self._on)
        found.follow_ups = follow_ups(self._connection, found.owner_id, self._on)
        self._add_promises(by_training, {action.id for action in found.assigned})
        self._add_certificates(by_training)
        self._add_absences(by_training)
        found.recent = self._events(by_training)
        return found

    def _doctors(self, owner: str) -> list[Doctor]:
        rows = self._ask(
            _DOCTORS,
            on=self._on.isoformat(),
            recently=(self._on - timedelta(days=60)).isoformat(),
            owner=owner,
            most=MOST,
        )
        doctors = []
        for row in rows:
            trainee, training, name, kind, supervisor, *stay = row
            doctors.append(
                Doctor(trainee, training, _line(name), kind, _line(supervisor or ""), _stay(stay))
            )
        return doctors

    def _of(
        self, doctors: dict[str, Doctor], sql: str, **values: object
    ) -> Iterator[tuple[Any, ...]]:
        return self._ask(sql, trainings=json.dumps(list(doctors)), **values)

    def _add_sessions(self, doctors: dict[str, Doctor]) -> None:
        since = (self._on - timedelta(days=400)).isoformat()
        for training, id_, day_text, minutes, status in self._of(doctors, _SESSIONS, since=since):
            doctor, day = doctors[training], date.fromisoformat(day_text)
            if status == "planned":
                doctor.planned.append(Session(id_, day, minutes))
            elif status == "held":
                doctor.last_held = day
                if doctor.stay and doctor.stay.start <= day <= doctor.stay.end:
                    doctor.held.append(day)

    def _add_assessments(self, doctors: dict[str, Doctor]) -> None:
        since = (self._on - timedelta(days=400)).isoformat()
        waiting = (self._on - FORGOTTEN).isoformat()
        unsigned = json.dumps(UNSIGNED)
        for training, id_, instrument, day in self._of(
            doctors, _OPEN_FORMS, since=waiting, instruments=unsigned
        ):
            form = OpenForm(id_, instrument, date.fromisoformat(day))
            doctors[training].open_forms.append(form)
        seen = json.dumps(OBSERVATIONS)
        for training, day in self._of(doctors, _OBSERVED, since=since, instruments=seen):
            doctors[training].last_observed = date.fromisoformat(day)
        talks = json.dumps(MIDWAY_TALKS)
        for training, day in self._of(doctors, _MIDWAY, since=since, instruments=talks):
            if _within(date.fromisoformat(day), doctors[training].stay):
                doctors[training].midway_done = True

    def _add_talks(self, doctors: dict[str, Doctor]) -> None:
        for training, kind, day_text in self._of(doctors, _TALKS):
            doctor = doctors[training]
            if kind in MIDWAY_TALKS and _within(date.fromisoformat(day_text), doctor.stay):
                doctor.midway_done = True

    def _add_promises(self, doctors: dict[str, Doctor], told: set[str]) -> None:
        for training, id_, words, due, owner in self._of(
            doctors, _PROMISES, on=self._on.isoformat()
        ):
            if id_ in told:
                continue  # stands among what the kollegium has given the owner to do
            promise = Promise(_line(words), date.fromisoformat(due), owner)
            doctors[training].promises.append(promise)

    def _add_certificates(self, doctors: dict[str, Doctor]) -> None:
        first = (self._on - timedelta(days=60)).isoformat()
        last = (self._on + timedelta(days=14)).isoformat()
        for training, *stay in self._of(doctors, _UNCERTIFIED, first=first, last=last):
            doctors[training].uncertified = _stay(stay)

    def _add_absences(self, doctors: dict[str, Doctor]) -> None:
        for training, kind, end in self._of(doctors, _AWAY, on=self._on.isoformat()):
            doctors[training].away = kind
            doctors[training].away_until = date.fromisoformat(end)

    def _events(self, doctors: dict[str, Doctor]) -> list[Event]:
        since = (self._on - timedelta(days=60)).isoformat()
        rows = self._of(doctors, _EVENTS, since=since, on=self._on.isoformat(), most=RECENT)
        return [
            Event(
                date.fromisoformat(day), kind, what, doctors[training].name, training, id_, status
            )
            for day, kind, what, training, id_, status in rows
        ]


def _line(words: str) -> str:
    return clean(words, one_line=True)


def _stay(row: Iterable[Any]) -> Stay | None:
    id_, section, unit, start, end = row
    if id_ is None:
        return None
    return Stay(id_, section, _line(unit or ""), date.fromisoformat(start), date.fromisoformat(end))


def _within(day: date, stay: Stay | None) -> bool:
    return stay is not None and stay.start <= day <= stay.end


_OWNER = """
SELECT person.name, unit.name FROM person
LEFT JOIN unit ON unit.id = person.unit_id WHERE person.id = :owner
"""

# A training without a last day of its own ends when its last placement does.
_DOCTORS = """
SELECT trainee.id, training.id, trainee.name, training.kind, supervisor.name,
       placement.id, placement.section, unit.name, placement.start, placement."end"
FROM training
JOIN trainee ON trainee.id = training.trainee_id
LEFT JOIN placement ON placement.id = (
    SELECT p.id FROM placement p
    WHERE p.training_id = training.id AND p.start <= :on AND p."end" >= :on
    ORDER BY p.start DESC, p.id LIMIT 1)
LEFT JOIN unit ON unit.id = placement.unit_id
LEFT JOIN person supervisor ON supervisor.id = placement.supervisor_id
WHERE training.ended_on IS NULL
  AND coalesce(training."end", (
        SELECT max(p."end") FROM placement p WHERE p.training_id = training.id), :on) >= :recently
  AND (:owner = '' OR :owner IN (
        training.main_supervisor_id, placement.supervisor_id, placement.clinical_supervisor_id))
ORDER BY trainee.sort_key, trainee.id, training.start
LIMIT :most
"""

_SESSIONS = """
SELECT training_id, id, day, minutes, status FROM supervision
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND day >= :since AND form IN ('individual', 'group')
ORDER BY day, id
"""

# The plus keeps the planner from the indexes on status and instrument, by which it would walk ten
# years of forms.
_OPEN_FORMS = """
SELECT training_id, id, instrument_id, day FROM assessment
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND day >= :since AND +status = 'draft'
  AND +instrument_id NOT IN (SELECT value FROM json_each(:instruments))
ORDER BY day, id
"""

_OBSERVED = """
SELECT training_id, max(day) FROM assessment
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND day >= :since AND +status IN ('draft', 'signed')
  AND +instrument_id IN (SELECT value FROM json_each(:instruments))
GROUP BY training_id
"""

_MIDWAY = """
SELECT training_id, day FROM assessment
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND day >= :since AND +status IN ('draft', 'signed')
  AND +instrument_id IN (SELECT value FROM json_each(:instruments))
"""

_TALKS = """
SELECT training_id, kind, held_on FROM talk
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND held_on IS NOT NULL AND status <> 'voided'
"""

_PROMISES = """
SELECT training_id, id, text, due, owner FROM agreement
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND due < :on AND done_on IS NULL AND dropped_on IS NULL
ORDER BY due, id
"""

_UNCERTIFIED = """
SELECT placement.training_id, placement.id, section, unit.name, start, "end" FROM placement
LEFT JOIN unit ON unit.id = placement.unit_id
WHERE placement.training_id IN (SELECT value FROM json_each(:trainings))
  AND "end" BETWEEN :first AND :last
  AND NOT EXISTS (
        SELECT 1 FROM certificate
        WHERE certificate.placement_id = placement.id AND certificate.status <> 'voided')
ORDER BY "end" DESC, placement.id DESC
"""

_AWAY = """
SELECT training_id, kind, "end" FROM absence
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND start <= :on AND "end" >= :on AND percent = 100
ORDER BY "end"
"""

_EVENTS = """
SELECT day, 'supervision' AS kind, status AS what, training_id, id, '' AS lock FROM supervision
WHERE training_id IN (SELECT value FROM json_each(:trainings))
  AND day BETWEEN :since AND :on AND status <> 'planned'
UNION ALL
SELECT day, 'assessment', instrument_id, training_id, id, status FROM assessment
WHERE training_id IN (SELECT value FROM json_each(:trainings)) AND day BETWEEN :since AND :on
UNION ALL
SELECT issued_on, 'certificate', kind, training_id, id, status FROM certificate
WHERE training_id IN (SELECT value FROM json_each(:trainings)) AND issued_on BETWEEN :since AND :on
ORDER BY 1 DESC, 5 DESC LIMIT :most
"""
