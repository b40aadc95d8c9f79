"""Supervision sessions with what was said, and what was agreed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from at_tui.demo.block import Stay
from at_tui.demo.calendar import DAY, WEEK, is_working, weekly
from at_tui.demo.cast import Course
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from at_tui.demo.phrases import bank
from schema.tables import Agreement, Supervision
from schema.words import (
    AgreementOwner,
    CancelReason,
    SectionCode,
    SupervisionForm,
    SupervisionStatus,
)

SILENT = timedelta(weeks=5)
"""How far back nobody is met at a unit where the supervisor is only a name."""
LATELY = timedelta(weeks=10)
"""How far back it goes badly for someone who is late with supervision."""

_REASONS = {
    CancelReason.WORKLOAD: 5.0, CancelReason.SUPERVISOR_ILL: 2.0, CancelReason.TRAINEE_ILL: 1.5,
    CancelReason.LEAVE: 1.0, CancelReason.COURSE: 1.0, CancelReason.OTHER: 0.5,
}  # fmt: skip


@dataclass
class _Talks:
    """What the sessions of one training carry from one to the next."""

    life: Life
    chance: Chance
    open: list[Agreement]
    recent: list[str] = field(default_factory=list)
    """What was agreed lately, so that it is not agreed again at once."""
    last_note: str = ""


def add_sessions(life: Life) -> None:
    """Add the sessions of every placement that has begun, and the next one, still planned."""
    talks = _Talks(life, life.chance("handledning"), [])
    for stay in life.begun():
        _add_of(talks, stay)
    _add_next(talks)
    life.add(*talks.open)


def _add_of(talks: _Talks, stay: Stay) -> None:
    life, chance = talks.life, talks.chance
    days = _days(life, stay)
    lacks = stay.lacks(life.on)
    for number, day in enumerate(days):
        if day >= life.on or lacks == "unnamed":
            return
        if lacks == "silent" and day > life.on - SILENT:
            if day not in life.away and number % 2:
                _cancel(talks, stay, day)
            continue
        if day in life.away:
            # A day off moves the talk to a day near it; a week off does not.
            near = [day + DAY, day - DAY, day + 2 * DAY]
            free = [one for one in near if _fits(life, stay, one)]
            if not free or not chance.happens(0.75):
                continue
            day = free[0]
        share = 0.95
        if life.character.course is Course.LATE and day > life.on - LATELY:
            share = 0.55
        if number in (0, len(days) - 1) or chance.happens(share):
            _hold(talks, stay, day, number, len(days))
        elif chance.happens(0.8):  # the rest was never booked
            _cancel(talks, stay, day)


def _fits(life: Life, stay: Stay, day: date) -> bool:
    """Return whether a talk that lies behind may have been held on `day`."""
    return (
        is_working(day) and day not in life.away and stay.start <= day <= stay.end and day < life.on
    )


def _days(life: Life, stay: Stay) -> list[date]:
    """Return the days of sessions: weekly in primary care, elsewhere two weeks of three."""
    weekday = (life.character.number * 3 + stay.start.month) % 5
    days = [*weekly(stay.start + timedelta(days=2), stay.end, weekday)]
    if stay.placement.section is SectionCode.ALLMANMEDICIN:
        return days
    return [day for number, day in enumerate(days) if number % 3 != 2]


def _hold(talks: _Talks, stay: Stay, day: date, number: int, count: int) -> None:
    life, chance = talks.life, talks.chance
    # Group sessions are rare in a supervisor's own week; reflection comes once a term or so.
    form = chance.weighted(
        {SupervisionForm.INDIVIDUAL: 0.9, SupervisionForm.GROUP: 0.06,
         SupervisionForm.REFLECTION: 0.03, SupervisionForm.MENTOR: 0.01}
    )  # fmt: skip
    topics, note = _said(talks, stay, number, count)
    session = Supervision(
        id=chance.record_id(day),
        training_id=life.training.id,
        placement_id=stay.placement.id,
        supervisor_id=stay.supervisor.id,
        day=day,
        minutes=chance.weighted({60: 6, 45: 2, 30: 1, 75: 0.5, 90: 0.3}),
        status=SupervisionStatus.HELD,
        form=form,
        topics=topics,
        goals=_goals(life, stay, chance, day),
        note=note,
    )
    life.add(session)
    life.held.append((day, stay, session.id))
    life.touch(session.goals, day, session.id)
    _settle(talks, day)
    # The latest talk always left something to come back to.
    if chance.happens(0.7) or life.on - day < WEEK + 2 * DAY:
        _agree(talks, stay, session)


def _cancel(talks: _Talks, stay: Stay, day: date) -> None:
    chance = talks.chance
    session = Supervision(
        id=chance.record_id(day),
        training_id=talks.life.training.id,
        placement_id=stay.placement.id,
        supervisor_id=stay.supervisor.id,
        day=day,
        status=SupervisionStatus.CANCELLED,
        cancel_reason=chance.weighted(_REASONS),
    )
    talks.life.add(session)


def _add_next(talks: _Talks) -> None:
    """Plan the next session: within the two weeks to come, today if it is the day."""
    life, chance = talks.life, talks.chance
    for stay in life.stays:
        if not stay.start <= life.on <= stay.end:
            continue
        coming = [day for day in _days(life, stay) if day >= life.on and day not in life.away]
        late = life.character.course is Course.LATE or bool(stay.lacks(life.on))
        for day in coming[: 0 if late else 1]:
            session = Supervision(
                id=chance.record_id(life.on),
                training_id=life.training.id,
                placement_id=stay.placement.id,
                supervisor_id=stay.supervisor.id,
                day=day,
            )
            life.add(session)


def _said(talks: _Talks, stay: Stay, number: int, count: int) -> tuple[list[str], str]:
    life, chance = talks.life, talks.chance
    phrases = bank("sessions")
    course = life.character.course
    if number == 0:
        return [*phrases["start"]["topics"]], chance.one(phrases["start"]["texts"])
    if number == count - 1 and count > 3:
        return [*phrases["end"]["topics"]], chance.one(phrases["end"]["texts"])
    if course is Course.STRUGGLING and chance.happens(0.4):
        return [*phrases["struggling"]["topics"]], _other(talks, phrases["struggling"]["texts"])
    if course is Course.LATE and chance.happens(0.15):
        return ["a"], _other(talks, phrases["late"]["texts"])
    general: list[dict[str, Any]] = phrases["general"]
    own: list[dict[str, Any]] = phrases.get(str(stay.placement.section), [])
    chosen = [chance.one(own if own and chance.happens(0.55) else general)]
    if chance.happens(0.35):
        chosen += [one for one in [chance.one(general)] if one not in chosen]
    topics = list(dict.fromkeys(letter for one in chosen for letter in one["topics"]))
    note = " ".join(one["text"] for one in chosen)
    if note == talks.last_note or chance.happens(0.06):
        note = ""  # Some talks are logged without a note.
    talks.last_note = note
    return topics, note


def _other(talks: _Talks, texts: list[str]) -> str:
    fresh = [text for text in texts if text != talks.last_note]
    talks.last_note = talks.chance.one(fresh or texts)
    return talks.last_note


def _goals(life: Life, stay: Stay, chance: Chance, day: date) -> list[str]:
    """Return one to four goals, those that nothing has touched yet before others."""
    section = [goal.id for goal in life.curriculum.goals if goal.section is stay.placement.section]
    shared = [goal.id for goal in life.curriculum.goals if goal.section is SectionCode.ALLMAN]
    fresh = [goal for goal in section if goal not in life.evidence]
    count = chance.weighted({1: 3, 2: 4, 3: 2, 4: 1})
    chosen = chance.some(fresh if fresh and chance.happens(0.75) else section, count)
    if shared and chance.happens(0.5):
        untouched = [goal for goal in shared if goal not in life.evidence]
        chosen.append(chance.one(untouched or shared))
    return list(dict.fromkeys(chosen))


def _settle(talks: _Talks, day: date) -> None:
    """Tick off what was agreed: most is done by the next talk, some is carried, some dropped."""
    life, chance = talks.life, talks.chance
    done = 0.5 if life.character.course is Course.STRUGGLING else 0.8
    for agreement in [*talks.open]:
        if chance.happens(done):
            agreement.done_on = day
        elif day - agreement.agreed_on > timedelta(weeks=6):
            agreement.dropped_on = day
        else:
            continue
        talks.open.remove(agreement)
        life.add(agreement)


def _agree(talks: _Talks, stay: Stay, session: Supervision) -> None:
    chance = talks.chance
    section = str(stay.placement.section)
    fits = [
        one for one in bank("sessions")["agreement"]
        if (not one["sections"] or section in one["sections"])
        and one["text"] not in talks.recent
    ]  # fmt: skip
    for one in chance.some(fits, chance.weighted({1: 4, 2: 1})):
        talks.recent = [*talks.recent, one["text"]][-7:]
        talks.open.append(
            Agreement(
                id=chance.record_id(session.day),
                training_id=session.training_id,
                origin_id=session.id,
                text=one["text"],
                owner=AgreementOwner(one["owner"]),
                agreed_on=session.day,
                due=session.day + timedelta(weeks=chance.one([1, 1, 2, 4])),
            )
        )
