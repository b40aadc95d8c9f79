"""What there is to do now, one line a doctor, the most needed first.

Most are the programme's own reminders: they say what is recorded and what is not ("ingen bedömning
på 9 veckor"), never what a plan demands. What the plan demands (`at_tui/due.py`) joins them when it
has been judged, and goes before a reminder of the same. Pure: a glance in, duties out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.placement_weeks import week_of, weeks_met

# The first page stands before what it shows has been read, and the reader been loaded (10 ms).
if TYPE_CHECKING:
    from data.glance import Doctor, Stay

AHEAD = timedelta(days=6)
"""A planned session is shown this long before its day."""
QUIET = timedelta(days=15)
"""No session for longer than this, and none planned, is told."""
UNSEEN = timedelta(weeks=6)
"""No observation for longer than this is told."""
FEW = 10
"""Up to so many doctors, each may have two lines; beyond that one."""


class Act(StrEnum):
    """What Enter does with a duty."""

    SESSION = "session"
    """Open the planned session, or a new one."""
    ASSESS = "assess"
    """Choose an instrument and fill it in."""
    FORM = "form"
    """Open the form that waits."""
    TALK = "talk"
    """Hold the halfway talk."""
    CERTIFY = "certify"
    """Open the certificate."""
    EDUCATION = "education"
    """Enter a course, a lecture or the like that has been."""
    INTRODUCE = "introduce"
    """Open the check-lists and letters of the introductions."""
    EVALUATE = "evaluate"
    """Let the trainee evaluate a placement."""
    AGREED = "agreed"
    """Say whether what a kollegium agreed is done."""
    MEETING = "meeting"
    """Hold the kollegium, or go on with it."""
    FOLLOW_UP = "follow_up"
    """Open the stödplan that is to be followed up."""


@dataclass(frozen=True)
class Duty:
    """One thing to do, with its sentence under `today.duty.<sentence>`."""

    doctor: Doctor
    act: Act
    rank: int
    day: date
    sentence: str
    values: dict[str, object] = field(default_factory=dict)
    record_id: str = ""
    dated: bool = False
    """Whether `day` is a day to show, not only to sort by."""
    instrument_id: str = ""
    """The form that is asked for, or the kind of talk, when it is one."""


def duties(
    doctors: Iterable[Doctor], on: date, asked: Mapping[str, Sequence[Duty]] | None = None
) -> list[Duty]:
    """Return what there is to do on the day `on`, the most needed first.

    Args:
        asked: What the plans ask for, by training id, as far as it has been judged.
    """
    many = list(doctors)
    each = 2 if len(many) <= FEW else 1
    found: list[Duty] = []
    for doctor in many:
        mine = _joined(_of(doctor, on), (asked or {}).get(doctor.training_id, ()))
        found += sorted(mine, key=lambda d: (d.rank, d.day))[:each]
    return sorted(found, key=lambda d: (d.rank, d.day, d.doctor.name))


_SOFT = ("quiet", "never_met", "unseen", "never_seen", "midway")
"""Reminders that a plan's own words for the same thing take the place of."""


def _joined(reminders: list[Duty], asked: Sequence[Duty]) -> list[Duty]:
    """Return both without saying one thing twice: what is booked already is the doing of it."""
    booked = {duty.act for duty in reminders if duty.sentence not in (*_SOFT, "promise")}
    open_ = [duty for duty in asked if duty.act not in booked]
    told = {duty.act for duty in open_}
    kept = [d for d in reminders if not (d.sentence in _SOFT and d.act in told)]
    return [*kept, *open_]


def _of(doctor: Doctor, on: date) -> list[Duty]:
    found = [*_planned(doctor, on), *_forms(doctor, on), *_certificate(doctor, on)]
    if not doctor.away:
        found += [*_midway(doctor, on), *_quiet(doctor, on), *_unseen(doctor, on)]
    found += _promised(doctor, on)
    return found


def _planned(doctor: Doctor, on: date) -> list[Duty]:
    found = []
    sunday = on + timedelta(days=7 - on.isoweekday())
    soon = max(sunday, on + timedelta(days=2))
    for session in doctor.planned:
        if session.day > on + AHEAD or session.day < on - timedelta(days=60):
            continue
        passed = session.day < on
        duty = Duty(
            doctor,
            Act.SESSION,
            0 if session.day <= soon else 3,
            session.day,
            "passed" if passed else "planned",
            {"minutes": session.minutes},
            session.id,
            dated=True,
        )
        found.append(duty)
    # One line says it: the latest of those whose day has passed, or the next to come.
    behind = [d for d in found if d.day < on]
    ahead = [d for d in found if d.day >= on]
    return ahead[:1] if ahead and ahead[0].day == on else behind[-1:] or ahead[:1]


def _forms(doctor: Doctor, on: date) -> list[Duty]:
    return [
        Duty(
            doctor,
            Act.FORM,
            2 if on - form.day > timedelta(days=7) else 4,
            form.day,
            "unsigned",
            {"instrument": form.instrument},
            form.id,
            dated=True,
        )
        for form in doctor.open_forms[:1]
    ]


def _certificate(doctor: Doctor, on: date) -> list[Duty]:
    stay = doctor.uncertified
    if stay is None:
        return []
    sentence = "ended" if stay.end < on else "ends"
    rank = 2 if stay.end < on else 4
    values: dict[str, object] = {"section": stay.section}
    return [Duty(doctor, Act.CERTIFY, rank, stay.end, sentence, values, stay.id, dated=True)]


def _midway(doctor: Doctor, on: date) -> list[Duty]:
    stay = doctor.stay
    if stay is None or doctor.midway_done or not 60 <= (stay.end - stay.start).days <= 200:
        return []
    middle = midpoint(stay)
    if on <= middle:
        return []
    return [Duty(doctor, Act.TALK, 3, middle, "midway", dated=True)]


def _quiet(doctor: Doctor, on: date) -> list[Duty]:
    stay = doctor.stay
    if stay is None or any(session.day >= on for session in doctor.planned):
        return []
    since = max(doctor.last_held or stay.start, stay.start)
    if on - since <= QUIET:
        return []
    sentence = "quiet" if doctor.last_held and doctor.last_held >= stay.start else "never_met"
    return [Duty(doctor, Act.SESSION, 1, since, sentence, {"weeks": (on - since).days // 7})]


def _unseen(doctor: Doctor, on: date) -> list[Duty]:
    stay = doctor.stay
    if stay is None:
        return []
    since = max(doctor.last_observed or stay.start, stay.start)
    if on - since <= UNSEEN:
        return []
    seen = doctor.last_observed is not None and doctor.last_observed >= stay.start
    values: dict[str, object] = {
        "weeks": (on - since).days // 7,
        "left": weeks_left(stay, on),
    }
    return [Duty(doctor, Act.ASSESS, 5, since, "unseen" if seen else "never_seen", values)]


def _promised(doctor: Doctor, on: date) -> list[Duty]:
    return [
        Duty(
            doctor,
            Act.SESSION,
            6,
            promise.due,
            "promise",
            {"text": promise.text, "owner": promise.owner},
            dated=True,
        )
        for promise in doctor.promises[:1]
    ]


def midpoint(stay: Stay) -> date:
    """Return the last day of the first half of a placement."""
    return stay.start + (stay.end - stay.start) // 2


def week(stay: Stay, on: date) -> tuple[int, int]:
    """Return which week of the placement it is, and how many it has."""
    return week_of(min(on, stay.end), stay.start), week_of(stay.end, stay.start)


def weeks_left(stay: Stay, on: date) -> int:
    """Return the whole weeks left of a placement."""
    return max(0, (stay.end - on).days // 7)


def met(doctor: Doctor, on: date) -> tuple[int, int]:
    """Return the weeks of the placement with a session held, and the weeks begun."""
    if doctor.stay is None:
        return 0, 0
    return weeks_met(doctor.held, doctor.stay.start, min(on, doctor.stay.end))
