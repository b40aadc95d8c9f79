"""The kunskapsprov: when one may sit it, with what, and that it is passed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.assessment import approved, section_of
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from schema.content.requirement_kinds import Exam as Asked


class Exam(Kind["Asked"]):
    """Eligible after so many months in all and in each section, with an approved medsittning in
    each; the medsittningar are good for so many sittings."""

    name = "exam"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        exams = sorted(case.records.exams, key=lambda e: (e.day, e.id))
        sat = [e for e in exams if e.day <= case.on]
        forms = _forms(requirement, case)
        counted = tuple(e.id for e in sat) + tuple(id for part in forms for id in part.counted)
        passed = [e for e in sat if e.passed]
        if passed:
            day = phrases.day(passed[-1].day)
            sentence = text("judge.exam.passed", day=day)
            return Verdict(Status.MET, sentence, 1, 1, "times", counted=counted)
        waiting = [e for e in sat if e.passed is None]
        if waiting:
            sentence = text("judge.exam.waiting", day=phrases.day(waiting[-1].day))
            return Verdict(Status.ON_WAY, sentence, 1, 0, "times", counted=counted)
        need = Fraction(requirement.months_served)
        have = case.served().months(case.on)
        eligible = eligible_on(requirement, case)
        told = []
        if eligible is None:
            told.append(text("judge.exam.never", months=phrases.amount(need, "months")))
        elif eligible > case.on:
            told.append(text("judge.exam.from", day=phrases.day(eligible)))
        else:
            told.append(text("judge.exam.eligible", day=phrases.day(eligible)))
        told += _told(requirement, case, forms, len([e for e in sat if not e.oral]))
        booked = min((e.day for e in case.records.exams if e.day > case.on), default=None)
        if booked:
            told.append(text("judge.exam.booked", day=phrases.day(booked)))
        return Verdict(
            _status(case, eligible, booked),
            " ".join(told),
            need=need,
            have=min(have, need),
            unit="months",
            next_date=booked or eligible,
            counted=counted,
            parts=tuple(forms),
        )


def eligible_on(requirement: Asked, case: Case) -> date | None:
    """Return the first day at whose end all the time is served; None when the plan never comes so
    far."""
    days = [case.reached(Fraction(requirement.months_served))]
    for section in requirement.sections:
        served = case.served(case.placed_in(section))
        days.append(served.reached(Fraction(requirement.months_each)))
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _forms(requirement: Asked, case: Case) -> list[Part]:
    good = approved(requirement, case)
    parts = []
    for section in requirement.sections:
        ids = tuple(a.id for a in good if section_of(requirement, case, a) == section)
        status = Status.MET if ids else Status.ON_WAY
        label = phrases.section_names([section])
        parts.append(Part(label, status, need=1, have=min(1, len(ids)), counted=ids))
    return parts


def _told(requirement: Asked, case: Case, forms: list[Part], sittings: int) -> list[str]:
    if sittings >= requirement.valid_sittings:
        return [text("judge.exam.oral", sittings=sittings)]
    told = []
    if sittings:
        left = requirement.valid_sittings - sittings
        told.append(text("judge.exam.failed", left=phrases.amount(left, "times")))
    lacking = [part.label for part in forms if part.status is not Status.MET]
    if lacking:
        told.append(text("judge.exam.lacks_forms", places=phrases.listing(lacking)))
    return told


def _status(case: Case, eligible: date | None, booked: date | None) -> Status:
    if case.is_over and booked is None:
        return Status.MISSING
    if eligible is None or booked is not None or eligible > case.on:
        return Status.ON_WAY
    return Status.SOON
