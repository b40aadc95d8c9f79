"""Lectures and courses, introductions, the longer talks, the exam and the development account."""

from __future__ import annotations

from datetime import date, timedelta

from at_tui.demo.block import Stay
from at_tui.demo.calendar import last_tuesday, weekly, working
from at_tui.demo.cast import Course
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from at_tui.demo.phrases import bank
from schema.months import add_months
from schema.tables import AccountEntry, Education, ExamSitting, Introduction, Person, Talk
from schema.words import (
    EducationKind,
    IntroductionKind,
    LockStatus,
    Meaning,
    SectionCode,
    TalkKind,
)

THURSDAY = 3
_NO_TEACHING = (1, 6, 7, 8)
"""Months with little or no lecturing."""
_EXAM_MONTHS = (2, 5, 8, 11)
_MONTHLY = {
    3: TalkKind.MONTH_3, 12: TalkKind.MONTH_12, 15: TalkKind.MONTH_15, 17: TalkKind.MONTH_17
}  # fmt: skip
"""Dalarna's talks at 3, 12, 15 and 17 months (Mellansverige 2022, 6.7)."""


def add_teaching(life: Life) -> None:
    """Add what was taught and learned beside the clinic."""
    chance = life.chance("teaching")
    lectures: list[str] = chance.some(bank("teaching")["lectures"], 40)
    turn = 0
    for stay in life.begun():
        for day in weekly(stay.start, life.last_day(stay), THURSDAY):
            if day.month in _NO_TEACHING or day == life.on:
                continue
            title = lectures[turn % len(lectures)]
            turn += 1
            _educate(life, chance, stay, day, EducationKind.LECTURE, title, minutes=90)
        for day in weekly(stay.start, life.last_day(stay), (stay.start.month) % 5):
            if day < life.on and day not in life.away and chance.happens(0.28):
                kind = chance.weighted(
                    {EducationKind.CLINIC_TEACHING: 0.7, EducationKind.SKILLS_TRAINING: 0.1,
                     EducationKind.SELF_STUDY: 0.2}
                )  # fmt: skip
                bank_key = "self_study" if kind is EducationKind.SELF_STUDY else "clinic"
                title = chance.one(bank("teaching")[bank_key])
                minutes = 240 if kind is EducationKind.SELF_STUDY else 60
                _educate(life, chance, stay, day, kind, title, minutes=minutes)
    conference = {**bank("teaching")["conference"], "kind": EducationKind.CONFERENCE}
    for course in [*bank("teaching")["courses"], conference]:
        day = working(add_months(life.training.start, course["month"]))
        at = _stay_on(life, day)
        if at is not None and day < life.on and day not in life.away:
            kind = course.get("kind", EducationKind.COURSE)
            _educate(life, chance, at, day, kind, course["title"], days=course["days"])


def _educate(
    life: Life, chance: Chance, stay: Stay, day: date, kind: EducationKind, title: str,
    *, minutes: int = 0, days: float = 0,
) -> None:  # fmt: skip
    lecture = kind is EducationKind.LECTURE
    attended = day not in life.away and (not lecture or chance.happens(0.9))
    told = not attended and chance.happens(0.7)
    education = Education(
        id=chance.record_id(day),
        training_id=life.training.id,
        placement_id=stay.placement.id,
        kind=kind,
        title=title,
        day=day,
        minutes=minutes,
        days=days,
        attended=attended,
        absence_notified=told,
        absence_reason=("ledig" if day in life.away else "kliniskt arbete") if told else "",
        compulsory=lecture or kind is EducationKind.COURSE,
    )
    life.add(education)


def _stay_on(life: Life, day: date) -> Stay | None:
    return next((stay for stay in life.stays if stay.start <= day <= stay.end), None)


def add_introductions(life: Life) -> None:
    """Add the shared introduction, one at each placement, and the emergency department's."""
    chance = life.chance("introductions")
    points = bank("teaching")["introduction"]
    emergency = False
    for number, stay in enumerate(life.begun()):
        day = working(stay.start)
        if day > life.on:
            continue
        if number == 0:
            _introduce(life, chance, stay, IntroductionKind.GEMENSAM, day, points["shared"])
        if chance.happens(0.93):
            _introduce(life, chance, stay, IntroductionKind.KLINIK, day, points["clinic"])
        hospital = stay.placement.section in (SectionCode.INVARTES, SectionCode.OPERERANDE)
        later = working(stay.start + timedelta(days=2))
        if hospital and not emergency and later <= life.on:
            emergency = True
            _introduce(
                life, chance, stay, IntroductionKind.AKUTMOTTAGNING, later, points["emergency"]
            )


def _introduce(
    life: Life, chance: Chance, stay: Stay, kind: IntroductionKind, day: date, points: list[str]
) -> None:
    life.add(
        Introduction(
            id=chance.record_id(day),
            training_id=life.training.id,
            placement_id=stay.placement.id,
            kind=kind,
            held_on=day,
            letter_on=min(stay.start, day) - timedelta(days=chance.whole(14, 40)),
            points=points if chance.happens(0.7) else points[:-1],
        )
    )


def add_talks(life: Life) -> None:
    """Add the talks of a whole AT, signed by both, and those that are booked."""
    chance = life.chance("talks")
    director, chief = life.organisation.director, life.organisation.chief
    start, end = life.training.start, life.training.end or life.on
    _talk(life, chance, TalkKind.PLANERING, start + timedelta(days=10), director)
    for months, kind in _MONTHLY.items():
        _talk(life, chance, kind, add_months(start, months) + timedelta(days=3), director)
    _talk(life, chance, TalkKind.MEDARBETARSAMTAL, add_months(start, 10), chief)
    for stay in life.stays:
        middle = stay.start + (stay.end - stay.start) / 2
        # The half-way talk is what the one who is late with supervision has missed.
        missed = life.character.course is Course.LATE and stay.end >= life.on
        if stay.weeks >= 8 and not missed:
            _talk(life, chance, TalkKind.HALVTID, middle, stay.supervisor, stay)
    _talk(life, chance, TalkKind.SLUTSAMTAL, end - timedelta(days=4), chief)


def _talk(
    life: Life, chance: Chance, kind: TalkKind, day: date, other: Person, stay: Stay | None = None
) -> None:
    day = working(day)
    if day > life.on + timedelta(days=21):
        return
    held = day < life.on
    talk = Talk(
        id=chance.record_id(min(day, life.on)),
        training_id=life.training.id,
        placement_id=stay.placement.id if stay else None,
        kind=kind,
        booked_on=day,
        held_on=day if held else None,
        with_id=other.id,
        note=chance.one(bank("talks")[str(kind)]) if held else "",
    )
    life.add(talk)
    if held and chance.happens(0.95):
        talk.status = LockStatus.SIGNED
        life.sign(chance, talk, other, Meaning.ASSESSES, day)
        life.sign(chance, talk, life.trainee, Meaning.TAKES_PART, day)


def add_exam(life: Life) -> None:
    """Add the eAT sittings, from fourteen months on, four dates a year."""
    chance = life.chance("exam")
    ready = add_months(life.training.start, 14 * 100 // life.character.percent)
    last = life.training.end or life.on
    fails = 1 if life.character.course is Course.STRUGGLING else int(chance.happens(0.05))
    year = ready.year
    for day in (last_tuesday(y, m) for y in (year, year + 1, year + 2) for m in _EXAM_MONTHS):
        registered = day - timedelta(days=chance.whole(30, 50))
        if not ready <= day <= last or registered > life.on:
            continue
        known = day + timedelta(days=21) <= life.on
        passed = fails == 0
        points = chance.whole(53, 72) if passed else chance.whole(40, 51)
        sitting = ExamSitting(
            id=chance.record_id(registered),
            training_id=life.training.id,
            day=day,
            registered_on=registered,
            points=points if known else None,
            passed=passed if known else None,
        )
        life.add(sitting)
        fails -= 1
        if passed or not known:
            return


def add_account(life: Life) -> None:
    """Add what has been bought on the development account: books, travel, a course fee."""
    chance = life.chance("account")
    wares = [("Lärobok i medicin", 89_900), ("Lärobok i allmänmedicin", 74_500),
             ("Resa till AT-stämman", 236_000), ("Kursavgift, EKG", 350_000)]  # fmt: skip
    for title, ore in chance.some(wares, chance.whole(1, 3)):
        bought = life.training.start + timedelta(days=chance.whole(60, 560))
        if bought + timedelta(days=30) > life.on:
            continue
        entry = AccountEntry(
            id=chance.record_id(bought),
            training_id=life.training.id,
            title=title,
            amount_ore=ore,
            approved_on=bought - timedelta(days=14),
            receipt_on=bought,
            paid_on=bought + timedelta(days=25),
        )
        life.add(entry)
