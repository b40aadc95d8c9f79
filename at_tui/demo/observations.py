"""Filled-in instruments: feedback of the week and the period, observed visits and procedures."""

from __future__ import annotations

from datetime import date, timedelta

from at_tui.demo.block import Stay
from at_tui.demo.calendar import weekly, working
from at_tui.demo.cast import Course
from at_tui.demo.chance import Chance
from at_tui.demo.forms import Situation, fill
from at_tui.demo.life import Life
from at_tui.demo.organisation import Organisation
from at_tui.demo.phrases import bank, both
from schema.identity import random_id
from schema.months import months_between
from schema.periods import half_year
from schema.tables import Assessment, Evaluation, Person, UnitResponse
from schema.words import LockStatus, Meaning, SectionCode

FRIDAY = 4
PERIOD = 5
"""Weeks between feedback documents: in practice every fourth to sixth (Mellansverige 2022, 6.7)."""

_VARIANTS = {"mini-cex": {"": 0.8, "nio-steg": 0.1, "sex-steg": 0.1}}


def add_observations(life: Life) -> None:
    """Add the instruments of every placement that has begun."""
    chance = life.chance("observations")
    for stay in life.begun():
        last = life.last_day(stay)
        for day in weekly(stay.start + timedelta(days=3), last, FRIDAY):
            if day not in life.away and chance.happens(0.93):
                _add(life, chance, stay, "fredagsfeedback", day)
        for weeks in range(PERIOD, stay.weeks + 1, PERIOD):
            day = working(stay.start + timedelta(weeks=weeks, days=-1))
            _add(
                life, chance, stay, "dalarna-aterkoppling", day, since=day - timedelta(weeks=PERIOD)
            )
        _add_some(life, chance, stay, "mini-cex", every=9)
        _add_some(life, chance, stay, "dops", every=13)
        _add_some(life, chance, stay, "cbd", every=18)
        _add_some(life, chance, stay, "medsittning-formativ", every=22)
        if stay.weeks >= 8:
            _add(life, chance, stay, "halvtid", working(stay.start + (stay.end - stay.start) / 2))
        if stay.placement.section is SectionCode.ALLMANMEDICIN and stay.weeks >= 8:
            for weeks in (1, stay.weeks // 2):
                day = working(stay.start + timedelta(weeks=weeks))
                _add(life, chance, stay, "samtalschecklista", day)
        if stay.end < life.on:
            _evaluate(life, chance, stay)
    _add_exams(life, chance)
    _add_raters(life, chance)
    _mend(life, chance)


def _add_some(life: Life, chance: Chance, stay: Stay, id: str, *, every: int) -> None:
    """Add a form about every so many weeks, on days when someone was there to see."""
    day = stay.start + timedelta(weeks=chance.whole(2, max(3, every - 2)))
    while day <= life.last_day(stay):
        day = working(day)
        if day not in life.away and day <= life.last_day(stay):
            _add(life, chance, stay, id, day)
        day += timedelta(weeks=max(3, every + chance.whole(-2, 2)), days=chance.whole(-2, 2))


def _add(
    life: Life, chance: Chance, stay: Stay, id: str, day: date, *, since: date | None = None
) -> Assessment | None:
    if id not in life.instruments or day > life.last_day(stay) or day < stay.start:
        return None
    instrument = life.instruments[id]
    variant = chance.weighted(_VARIANTS[id]) if id in _VARIANTS else ""
    if variant not in {"", *(one.id for one in instrument.variants)}:
        variant = ""
    about = _situation(life, chance, stay, day, since or day - timedelta(weeks=1))
    filled = fill(instrument, about, variant=variant, own=chance.happens(0.7))
    assessor = _assessor(stay, chance, id)
    form = Assessment(
        id=chance.record_id(day),
        training_id=life.training.id,
        placement_id=stay.placement.id,
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        variant=variant,
        day=day,
        assessor_id=assessor.id,
        context=filled.context,
        answers=filled.answers,
        own_answers=filled.own,
        goals=_goals(life, chance, stay, id),
    )
    life.add(form)
    _sign(life, chance, form, assessor, instrument.signatures)
    return form


def _assessor(stay: Stay, chance: Chance, id: str) -> Person:
    """Return who fills it in: the supervisor for talks, else anyone of the unit."""
    if id in ("halvtid", "samtalschecklista"):
        return stay.supervisor
    return chance.one(stay.place.staff)


def _sign(life: Life, chance: Chance, form: Assessment, assessor: Person, how: str) -> None:
    """Sign as the instrument asks; what is a few days old may still wait for its signatures."""
    if how == "none":
        return
    age = (life.on - form.day).days
    if chance.happens(0.45 if age < 4 else 0.12 if age < 21 else 0.004):
        return
    # Half of all forms are finished days or weeks after the visit (PMID 33452154).
    signed = form.day + timedelta(days=chance.weighted({0: 5, 1: 2, 4: 1, 9: 1, 16: 0.5}))
    if signed > life.on:
        return
    form.status = LockStatus.SIGNED
    life.touch(form.goals, form.day, form.id)
    life.sign(chance, form, assessor, Meaning.ASSESSES, signed)
    if how == "both" and chance.happens(0.9):
        seen = signed + timedelta(days=chance.weighted({0: 5, 2: 2, 6: 1}))
        if seen <= life.on:
            life.sign(chance, form, life.trainee, Meaning.TAKES_PART, seen)


def _situation(life: Life, chance: Chance, stay: Stay, day: date, since: date) -> Situation:
    section = str(stay.placement.section)
    cases = bank("cases")[section]
    struggling = life.character.course is Course.STRUGGLING and chance.happens(0.5)
    keep = (
        bank("feedback")["struggling"]["keep"] if struggling else both("feedback", section, "keep")
    )
    change = (
        bank("feedback")["struggling"]["change"]
        if struggling
        else both("feedback", section, "change")
    )
    return Situation(
        chance=chance,
        ability=life.ability(day),
        talent=life.character.talent,
        day=day,
        since=since,
        section=section,
        said={
            "keep": chance.one(keep),
            "change": chance.one(change) if chance.happens(0.92) else "",
            "case": chance.one(cases["visits"]),
            "procedure": chance.one(cases["procedures"]),
            "setting": cases["setting"],
            "agreement": chance.one(bank("sessions")["agreement"])["text"],
            "comment": chance.one(change),
            "summary": chance.one(keep),
        },
    )


def _goals(life: Life, chance: Chance, stay: Stay, id: str) -> list[str]:
    """Return the goals that the form counts towards: none for the short weekly ones."""
    if id in ("fredagsfeedback", "halvtid", "samtalschecklista"):
        return []
    counts = life.instruments[id].counts_towards
    fits = [
        goal.id
        for goal in life.curriculum.goals
        if goal.section in (stay.placement.section, SectionCode.ALLMAN)
        and counts.reaches(goal.id, goal.section)
    ]
    fresh = [goal for goal in fits if goal not in life.evidence]
    return chance.some(fresh if fresh and chance.happens(0.6) else fits, chance.whole(1, 4))


def _add_exams(life: Life, chance: Chance) -> None:
    """Add the four exam sit-ins, near the end of the last placement of each subject."""
    last = {stay.placement.section: stay for stay in life.begun()}
    final = {stay.placement.section: stay for stay in life.stays}
    for section, stay in last.items():
        late = stay.end - timedelta(weeks=chance.whole(2, 5))
        day = working(max(late, stay.start + timedelta(days=9)))
        if stay is not final[section] or not stay.start < day < life.on:
            continue
        about = _situation(life, chance, stay, day, day)
        about.months = float(months_between(stay.start, day).exact)
        about.said["setting"] = stay.place.unit.name
        about.said["change"] = chance.one(both("feedback", str(section), "change"))
        about.approved = life.character.course is not Course.STRUGGLING or chance.happens(0.7)
        instrument = life.instruments["medsittning-examination"]
        examiner = chance.one([one for one in stay.place.staff if one is not stay.supervisor])
        filled = fill(instrument, about)
        # An approved sit-in is sent in with KI's own form, gone through point by point.
        for check in instrument.checks:
            if check.item and check.answer:
                filled.answers[check.item] = check.answer
        form = Assessment(
            id=chance.record_id(day), training_id=life.training.id,
            placement_id=stay.placement.id, instrument_id=instrument.id,
            instrument_version=instrument.version, day=day, assessor_id=examiner.id,
            context=filled.context, answers=filled.answers, own_answers=filled.own,
            status=LockStatus.SIGNED,
        )  # fmt: skip
        life.add(form)
        life.sign(chance, form, examiner, Meaning.ASSESSES, day)
        life.sign(chance, form, life.trainee, Meaning.TAKES_PART, day)


def _add_raters(life: Life, chance: Chance) -> None:
    """Add one round of answers from many, at the end of the first year. They are anonymous."""
    instrument = life.instruments["msf"]
    for stay in life.begun():
        middle = working(stay.start + (stay.end - stay.start) / 2)
        if life.progress(stay.start) > 0.5 or life.progress(stay.end) < 0.5 or middle > life.on:
            continue
        for _ in range(instrument.raters_minimum + chance.whole(0, 3)):
            filled = fill(instrument, _situation(life, chance, stay, middle, middle), own=False)
            form = Assessment(
                id=chance.record_id(middle), training_id=life.training.id,
                placement_id=stay.placement.id, instrument_id=instrument.id,
                instrument_version=instrument.version, day=middle,
                context=filled.context, answers=filled.answers,
            )  # fmt: skip
            life.add(form)
        return


def _evaluate(life: Life, chance: Chance, stay: Stay) -> None:
    """Add the trainee's sealed view of a placement, and of a lecture now and then."""
    for id, share in (("placeringsutvardering", 0.85), ("forelasningsutvardering", 0.3)):
        if not chance.happens(share):
            continue
        instrument = life.instruments[id]
        phrases = bank("feedback")["evaluation"]
        about = _situation(life, chance, stay, stay.end, stay.start)
        about.ability = chance.near(0.75, 0.15)
        about.said = {key: chance.one(phrases[key]) for key in ("keep", "change")}
        filled = fill(instrument, about, own=False)
        lecture = id == "forelasningsutvardering"
        life.evaluations.append(
            Evaluation(
                # No time in the id either: it would tell who wrote it.
                id=random_id(chance.random_bytes),
                unit_id=None if lecture else stay.place.unit.id,
                section=SectionCode.ALLMAN if lecture else stay.placement.section,
                period=half_year(stay.end),
                about=chance.one(bank("teaching")["lectures"][:4]) if lecture else "",
                instrument_id=instrument.id,
                instrument_version=instrument.version,
                answers=filled.answers,
            )
        )


def unit_responses(places: Organisation, seed: int, on: date) -> list[UnitResponse]:
    """Return what the units did about last year's evaluations."""
    chance = Chance("responses", seed)
    answers = bank("feedback")["evaluation"]["response"]
    day = working(date(on.year, 2, 10)) if on.month > 2 else working(date(on.year - 1, 10, 6))
    return [
        UnitResponse(
            id=chance.record_id(day), unit_id=place.unit.id, year=on.year - 1,
            text=answers[number % len(answers)], by_id=place.unit.head_id, day=day,
        )
        for number, place in enumerate(places.centres[:2])
    ]  # fmt: skip


def _mend(life: Life, chance: Chance) -> None:
    """Let one in five have a form that was corrected, and some one that was voided."""
    signed = [
        one for one in life.records
        if isinstance(one, Assessment) and one.status == LockStatus.SIGNED
        and one.instrument_id in ("mini-cex", "dops") and (life.on - one.day).days > 20
    ]  # fmt: skip
    if len(signed) < 3 or not (chance.happens(0.2) or life.character.number == 0):
        return
    wrong, old = chance.some(signed, 2)
    talks = bank("talks")
    life.afterwards.append((wrong, LockStatus.VOIDED, talks["void"]))
    later = working(old.day + timedelta(days=3))
    new = old.model_copy(update={"id": chance.record_id(later), "status": LockStatus.SIGNED})
    assessor = next(s.signer for s in life.signings if s.record is old)
    corrected = Assessment(
        **{name: getattr(new, name) for name in Assessment.model_fields if name != "rev"}
    )
    corrected.day = old.day + timedelta(days=1)
    corrected.corrects_id, corrected.correction_reason = old.id, talks["correction"]
    life.add(corrected)
    life.touch(corrected.goals, corrected.day, corrected.id)
    life.sign(chance, corrected, assessor, Meaning.ASSESSES, later)
    life.afterwards.append((old, LockStatus.CORRECTED, ""))
