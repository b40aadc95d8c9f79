"""Questions about a person, a unit or a certificate: yes, no, or nobody has said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from at_tui.judge.stays import is_specialty
from schema.months import add_months

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.records import CertificateLike, PersonLike, UnitLike
    from at_tui.judge.stays import Stay


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what is asked about."""

    label: str
    person: PersonLike | None = None
    id: str | None = None
    unit: UnitLike | None = None
    stay: Stay | None = None
    certificate: CertificateLike | None = None
    several: bool = False
    """More than one supervisor in the same stay."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What the requirement says beside the quality's name."""

    specialty: str | None
    presence_percent: int
    within_years: int


Answer = bool | None


def answer(quality: str, subject: Subject, case: Case, asks: Asks) -> Answer:
    """Return whether `subject` has the quality on the case's day; None when not known."""
    return _QUALITIES[quality](subject, case, asks)


@dataclass(frozen=True, slots=True)
class _OutsideTraining:
    """The day, where nobody's training is asked about."""

    on: date


PERSONAL = frozenset(
    {
        "licensed", "specialist", "late_st", "st", "supervisor_course", "recent_course",
        "consultation_course", "presence", "permanent", "approved_unit",
    }
)  # fmt: skip
"""Qualities of a person or a unit alone, whoever they supervise."""


def answer_alone(quality: str, subject: Subject, on: date, asks: Asks) -> Answer:
    """Return the same as `answer` for a person or a unit outside any training: only for `PERSONAL`.

    Raises:
        ValueError: the quality is one of a person in a training.
    """
    if quality not in PERSONAL:
        raise ValueError(quality)
    return _QUALITIES[quality](subject, cast("Case", _OutsideTraining(on)), asks)


def _named(subject: Subject, case: Case, asks: Asks) -> Answer:
    return subject.id is not None


def _licensed(subject: Subject, case: Case, asks: Asks) -> Answer:
    return subject.person.licensed if subject.person else None


def _permanent(subject: Subject, case: Case, asks: Asks) -> Answer:
    return subject.person.permanent if subject.person else None


def _specialist(subject: Subject, case: Case, asks: Asks) -> Answer:
    """No specialty entered means nobody has said, unless the person is known to be in training."""
    person = subject.person
    if person is None:
        return None
    if person.specialty:
        return asks.specialty is None or is_specialty(person.specialty, [asks.specialty])
    return False if person.late_st or person.licensed is False else None


def _late_st(subject: Subject, case: Case, asks: Asks) -> Answer:
    person = subject.person
    if person is None:
        return None
    if person.late_st:
        return True
    return False if person.specialty or person.licensed is False else None


def _st(subject: Subject, case: Case, asks: Asks) -> Answer:
    person = subject.person
    if person is None:
        return None
    if person.late_st or person.specialty or "st-läkare" in person.title.casefold():
        return True
    return False if person.licensed is False else None


def _done(day: date | None, case: Case) -> Answer:
    return None if day is None else day <= case.on


def _supervisor_course(subject: Subject, case: Case, asks: Asks) -> Answer:
    return _done(subject.person.supervisor_course_on, case) if subject.person else None


def _consultation_course(subject: Subject, case: Case, asks: Asks) -> Answer:
    return _done(subject.person.consultation_course_on, case) if subject.person else None


def _recent_course(subject: Subject, case: Case, asks: Asks) -> Answer:
    """The course or its refresher is at most so many years old."""
    person = subject.person
    if person is None:
        return None
    days = [person.supervisor_course_on, person.supervisor_refresher_on]
    latest = max((d for d in days if d and d <= case.on), default=None)
    if latest is None:
        return None
    return add_months(latest, 12 * asks.within_years) >= case.on


def _presence(subject: Subject, case: Case, asks: Asks) -> Answer:
    person = subject.person
    if person is None or person.presence_percent is None:
        return None
    return person.presence_percent >= asks.presence_percent


def _same_unit(subject: Subject, case: Case, asks: Asks) -> Answer:
    """The person works at the unit where the placement is done."""
    person, stay = subject.person, subject.stay
    if person is None or stay is None or person.unit_id is None or stay.unit_id is None:
        return None
    return person.unit_id == stay.unit_id


def _same_throughout(subject: Subject, case: Case, asks: Asks) -> Answer:
    return None if subject.id is None else not subject.several


def _approved_unit(subject: Subject, case: Case, asks: Asks) -> Answer:
    unit = subject.unit
    if unit is None or unit.approved_on is None or unit.approved_on > case.on:
        return None
    return add_months(unit.approved_on, 12 * asks.within_years) >= case.on


def _consulted(subject: Subject, case: Case, asks: Asks) -> Answer:
    return subject.certificate is not None and subject.certificate.consulted_id is not None


def _degree_before_start(subject: Subject, case: Case, asks: Asks) -> Answer:
    trainee = case.records.trainee
    if trainee is None or trainee.degree_on is None:
        return None
    return trainee.degree_on <= case.training.start


_QUALITIES: dict[str, Callable[[Subject, Case, Asks], Answer]] = {
    "named": _named,
    "licensed": _licensed,
    "specialist": _specialist,
    "late_st": _late_st,
    "st": _st,
    "supervisor_course": _supervisor_course,
    "recent_course": _recent_course,
    "consultation_course": _consultation_course,
    "presence": _presence,
    "permanent": _permanent,
    "same_unit": _same_unit,
    "same_throughout": _same_throughout,
    "approved_unit": _approved_unit,
    "consulted": _consulted,
    "degree_before_start": _degree_before_start,
}
