"""A length of service: months or weeks, at least, at most or both."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text
from schema.months import months_between

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.stays import Stay
    from schema.content.requirement_kinds import Duration as Asked


class Duration(Kind["Asked"]):
    """Months by lag (1930:173) times percentage, less absence that does not count; weeks as
    calendar days over seven in the same way."""

    name = "duration"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        if requirement.measure == "calendar":
            return _calendar(requirement, case)
        found = case.matching(requirement)
        unknown = _without_specialty(requirement, case)
        if not found and not unknown:
            return _not_planned(requirement)
        parts = [part for stay in found for part in stay.parts]
        weeks = requirement.unit == "weeks"
        served = case.served(parts)
        have = served.weeks(case.on) if weeks else served.months(case.on)
        planned = served.weeks() if weeks else served.months()
        counted = tuple(part.id for part in parts if part.start <= case.on)
        if requirement.at_most is not None and planned > Fraction(requirement.at_most):
            return _too_long(requirement, have, planned, counted)
        if requirement.at_least is None:
            return _within(requirement, have, counted)
        need = Fraction(requirement.at_least)
        shown = text(
            "judge.have_of",
            have=phrases.number(have),
            need=phrases.amount(need, requirement.unit),
        )
        if have >= need:
            return Verdict(
                Status.MET,
                text("judge.duration.met", have=shown),
                need=need,
                have=have,
                unit=requirement.unit,
                counted=counted,
            )
        if planned >= need:
            day = served.reached(need, weeks=weeks)
            return Verdict(
                Status.ON_WAY,
                text("judge.duration.on_way", have=shown, day=phrases.day(day) if day else "–"),
                need=need,
                have=have,
                unit=requirement.unit,
                next_date=day,
                counted=counted,
            )
        if unknown:
            section = phrases.section_names([unknown[0].section])
            return Verdict(Status.UNKNOWN, text("judge.duration.no_specialty", section=section))
        sentence = text(
            "judge.duration.short",
            have=shown,
            planned=phrases.amount(planned, requirement.unit),
            missing=phrases.amount(phrases.missing(need, planned), requirement.unit),
        )
        return Verdict(
            Status.MISSING, sentence, need=need, have=have, unit=requirement.unit, counted=counted
        )


def _without_specialty(requirement: Asked, case: Case) -> list[Stay]:
    """Return stays that may be what is asked for, were their specialty known."""
    if not requirement.specialties:
        return []
    return [
        stay
        for stay in case.stays
        if not stay.specialty and (not requirement.sections or stay.section in requirement.sections)
    ]


def _not_planned(requirement: Asked) -> Verdict:
    if requirement.elective or requirement.at_least is None:
        return Verdict(Status.NOT_ASKED, text("judge.duration.not_chosen"))
    need = Fraction(requirement.at_least)
    sentence = text("judge.duration.none", need=phrases.amount(need, requirement.unit))
    return Verdict(Status.MISSING, sentence, need=need, have=Fraction(0), unit=requirement.unit)


def _too_long(
    requirement: Asked, have: Fraction, planned: Fraction, counted: tuple[str, ...]
) -> Verdict:
    most = Fraction(requirement.at_most or 0)
    sentence = text(
        "judge.duration.too_long",
        planned=phrases.number(planned),
        most=phrases.amount(most, requirement.unit),
    )
    return Verdict(
        Status.MISSING, sentence, need=most, have=have, unit=requirement.unit, counted=counted
    )


def _within(requirement: Asked, have: Fraction, counted: tuple[str, ...]) -> Verdict:
    most = Fraction(requirement.at_most or 0)
    sentence = text(
        "judge.duration.within",
        have=phrases.number(have),
        most=phrases.amount(most, requirement.unit),
    )
    return Verdict(
        Status.MET, sentence, need=most, have=have, unit=requirement.unit, counted=counted
    )


def _calendar(requirement: Asked, case: Case) -> Verdict:
    """The whole training from its first day to its last, whatever is done in it."""
    start, end = case.training.start, case.end
    have = months_between(start, min(max(case.on, start), end)).exact
    planned = months_between(start, end).exact
    if requirement.at_most is not None and planned > Fraction(requirement.at_most):
        return _too_long(requirement, have, planned, ())
    if requirement.at_most is not None:
        return _within(requirement, have, ())
    need = Fraction(requirement.at_least or 0)
    shown = text("judge.have_of", have=phrases.number(have), need=phrases.amount(need, "months"))
    status = Status.MET if have >= need else Status.ON_WAY
    key = "judge.duration.met" if have >= need else "judge.duration.on_way"
    sentence = text(key, have=shown, day=phrases.day(end))
    return Verdict(status, sentence, need=need, have=have, unit="months", next_date=end)
