"""Which section comes first or last."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text
from schema.months import months_between

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from at_tui.judge.stays import Stay
    from schema.content.requirement_kinds import Order as Asked

_OUTSIDE = ("allman", "annan")
"""Sections that no order speaks of."""


class Order(Kind["Asked"]):
    """By the plan as it is entered, also the days to come."""

    name = "order"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        found = [stay for stay in case.stays if stay.section not in _OUTSIDE]
        if not found:
            return Verdict(Status.UNKNOWN, text("judge.fault.no_placements"))
        counted = tuple(stay.id for stay in found if stay.start <= case.on)
        if requirement.first is not None:
            wrong = _first(requirement, found)
            if wrong:
                return Verdict(Status.MISSING, wrong, counted=counted)
        if requirement.last is None:
            begun = found[0].start <= case.on
            return Verdict(
                Status.MET if begun else Status.ON_WAY,
                text("judge.order.right"),
                next_date=None if begun else found[0].start,
                counted=counted,
            )
        return _last(requirement, found, case.on, counted)


def _first(requirement: Asked, found: Sequence[Stay]) -> str:
    """Return what is wrong with the beginning, or nothing."""
    wanted = phrases.section_names([requirement.first or ""])
    if found[0].section != requirement.first:
        actual = phrases.section_names([found[0].section])
        return text("judge.order.wrong_first", wanted=wanted, actual=actual)
    months = _unbroken(found, requirement.first)
    if requirement.first_months and months < Fraction(requirement.first_months):
        return text(
            "judge.order.first_short",
            section=wanted,
            have=phrases.number(months),
            need=phrases.amount(Fraction(requirement.first_months), "months"),
        )
    return ""


def _last(requirement: Asked, found: Sequence[Stay], on: date, counted: tuple[str, ...]) -> Verdict:
    section = requirement.last or ""
    wanted = phrases.section_names([section])
    # One that also begins there (first and last) has its final stay left to come.
    final = [stay for stay in found if stay.section == section]
    if requirement.first == section and found[0].section == section:
        final = [
            stay for stay in final if stay.start > found[0].start and _others_before(found, stay)
        ]
    if not final:
        sentence = text("judge.order.not_planned", section=wanted)
        return Verdict(Status.ON_WAY, sentence, counted=counted)
    if found[-1].section != section:
        actual = phrases.section_names([found[-1].section])
        sentence = text("judge.order.wrong_last", wanted=wanted, actual=actual)
        return Verdict(Status.MISSING, sentence, counted=counted)
    if requirement.first != section and any(
        stay.section != section and stay.start > final[0].start for stay in found
    ):
        sentence = text("judge.order.early", section=wanted, day=phrases.day(final[0].start))
        return Verdict(Status.MISSING, sentence, counted=counted)
    months = _unbroken(list(reversed(found)), section)
    if requirement.last_months and months < Fraction(requirement.last_months):
        sentence = text(
            "judge.order.last_short",
            section=wanted,
            have=phrases.number(months),
            need=phrases.amount(Fraction(requirement.last_months), "months"),
        )
        return Verdict(Status.MISSING, sentence, counted=counted)
    if requirement.same_unit:
        units = {found[0].unit_id, found[-1].unit_id}
        if None in units:
            return Verdict(Status.UNKNOWN, text("judge.order.unit_unknown"), counted=counted)
        if len(units) > 1:
            return Verdict(Status.MISSING, text("judge.order.other_unit"), counted=counted)
    begun = final[0].start <= on
    return Verdict(
        Status.MET if begun else Status.ON_WAY,
        text("judge.order.right"),
        next_date=None if begun else final[0].start,
        counted=counted,
    )


def _others_before(found: Sequence[Stay], stay: Stay) -> bool:
    return any(other.section != stay.section and other.start < stay.start for other in found)


def _unbroken(found: Sequence[Stay], section: str) -> Fraction:
    """Return the months in one section from the first of `found`, until another comes."""
    run: list[Stay] = []
    for stay in found:
        if stay.section != section:
            break
        run.append(stay)
    start, end = min(s.start for s in run), max(s.end for s in run)
    return months_between(start, end).exact
