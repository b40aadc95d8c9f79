"""The gap list: what lacks among units and supervisors, with the day that matters.

- a placement, now or ahead, without a supervisor, or with one who has left;
- a supervisor who lacks what the plan of someone they supervise asks, or of whom the register does
  not say;
- a refresher that is overdue by the plans in use (Dalarna at least every seventh year, Sörmland
  more than five years; the number is data of the plan), or due within half a year;
- a unit without an approved supervisor; with an approval older than a year, or none where its plan
  asks for one; with more people placed at once than it can take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from at_tui.judge import phrases
from at_tui.judge.qualities import Subject
from at_tui.language import text
from at_tui.register.occupancy import overfull, spells
from at_tui.register.qualified import (
    SOON,
    Lacking,
    approved,
    asked,
    lacking,
    of_stay,
    refresher_due,
)
from schema.months import add_months
from schema.text import sort_key

if TYPE_CHECKING:
    from at_tui.register.records import Register, Stay
    from schema.content.programme import Programme

YEAR = 12
"""Months that an approval as a teaching unit lasts (Hudiksvall: applied for every year)."""


class Kind(StrEnum):
    """What lacks. Screen words: `register.gap.<value>`; in the order they are listed."""

    ALONE = "alone"
    LEFT = "left"
    NO_SUPERVISOR = "no_supervisor"
    LACKS = "lacks"
    REFRESHER = "refresher"
    APPROVAL = "approval"
    CAPACITY = "capacity"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that lacks: about whom or what, in a sentence, and the day that matters."""

    kind: Kind
    subject: str
    """`person:<id>`, `unit:<id>` or `placement:<training id>/<placement id>`."""
    name: str
    sentence: str
    day: date | None = None
    late: bool = True
    """Whether it is so now; else it is soon, or nobody has said."""
    source: str = ""
    """The plan that asks for it; empty for the register's own yardsticks."""


def gaps(register: Register) -> list[Gap]:
    """Return everything that lacks, by kind, then by day, then by name."""
    found = [
        *_placements(register),
        *_supervisors(register),
        *_units(register),
    ]
    order = list(Kind)
    unique = {(g.kind, g.subject, g.sentence): g for g in found}
    return sorted(
        unique.values(),
        key=lambda g: (order.index(g.kind), g.day or date.max, sort_key(g.name), g.sentence),
    )


def counts(found: list[Gap]) -> tuple[int, int, int]:
    """Return how many there are now, how many soon, and of how many nobody has said."""
    late = sum(gap.late for gap in found)
    unknown = sum(gap.kind is Kind.UNKNOWN for gap in found)
    return late, len(found) - late - unknown, unknown


def _placements(register: Register) -> Iterator[Gap]:
    for stay in register.stays:
        person = register.people.get(stay.supervisor_id or "")
        if person is not None and person.active:
            continue
        unit = register.units.get(stay.unit_id or "")
        values = {
            "place": unit.name if unit else text("register.no_unit"),
            "section": phrases.section_names([stay.section]),
            "start": phrases.day(stay.start),
            "name": person.name if person else "",
        }
        begun = stay.start <= register.on
        kind = Kind.LEFT if person is not None else Kind.ALONE
        key = f"{kind}_{'now' if begun else 'ahead'}"
        subject = f"placement:{stay.training_id}/{stay.id}"
        sentence = text(f"register.says.{key}", **values)
        yield Gap(kind, subject, stay.name, sentence, stay.start, late=begun)


def _supervisors(register: Register) -> Iterator[Gap]:
    for person in register.supervisors:
        if not person.active:
            continue
        stays = register.by_supervisor.get(person.id, [])
        requirements = {
            (requirement.id, stay.plan.id): (requirement, stay.plan)
            for stay in stays
            if stay.plan is not None
            for requirement in of_stay(stay, register.on, "supervisor")
        }
        subject = Subject(person.name, person, person.id)
        found = lacking(requirements.values(), subject, register.on)
        yield from _lacks(found, f"person:{person.id}", person.name)
        yield from _refresher(register, person, stays)


def _lacks(found: list[Lacking], subject: str, name: str) -> Iterator[Gap]:
    """Yield what lacks and what nobody has said, each as one gap with all the plans that ask."""
    for kind, known in ((Kind.LACKS, True), (Kind.UNKNOWN, False)):
        # An old course is told once, with its day, as a refresher.
        mine = [x for x in found if x.known is known and x.qualities != ("recent_course",)]
        if not mine:
            continue
        qualities = dict.fromkeys(q for one in mine for q in one.qualities if q != "recent_course")
        what = phrases.listing([_quality(quality) for quality in qualities])
        sources = dict.fromkeys(_source(one.requirement, one.plan) for one in mine)
        sentence = text(f"register.says.{kind}", what=what)
        yield Gap(kind, subject, name, sentence, late=known, source="; ".join(sources))


def _quality(quality: str) -> str:
    return text("judge.or").join(text(f"judge.quality.{one}") for one in quality.split("|"))


def _source(requirement: Any, plan: Programme) -> str:
    strength = text(f"register.strength.{requirement.strength}")
    return text("register.by_plan", plan=plan.title, strength=strength)


def _refresher(register: Register, person: Any, stays: list[Stay]) -> Iterator[Gap]:
    """Yield the refresher that the plans of those supervised ask; of one who supervises nobody
    now, the strictest of the plans in use."""
    rules = _refresher_rules(register, stays or list(register.stays))
    if not rules:
        return
    requirement, plan = min(rules, key=lambda rule: (rule[0].within_years, rule[1].id))
    due = refresher_due(person, requirement.within_years, register.on)
    subject = f"person:{person.id}"
    source = _source(requirement, plan)
    if due is None:
        sentence = text("register.says.no_course", years=requirement.within_years)
        yield Gap(Kind.UNKNOWN, subject, person.name, sentence, late=False, source=source)
    elif due < register.on:
        values = {"day": phrases.day(due), "years": requirement.within_years}
        sentence = text("register.says.refresher_late", **values)
        yield Gap(Kind.REFRESHER, subject, person.name, sentence, due, source=source)
    elif due <= register.on + SOON:
        values = {"day": phrases.day(due), "years": requirement.within_years}
        sentence = text("register.says.refresher_soon", **values)
        yield Gap(Kind.REFRESHER, subject, person.name, sentence, due, late=False, source=source)


def _refresher_rules(register: Register, stays: list[Stay]) -> list[tuple[Any, Programme]]:
    found = {}
    for stay in stays:
        if stay.plan is None:
            continue
        for requirement in asked(stay.plan, stay.training_start, register.on, "supervisor"):
            if "recent_course" in requirement.all_of:
                found[(requirement.id, stay.plan.id)] = (requirement, stay.plan)
    return list(found.values())


def _units(register: Register) -> Iterator[Gap]:
    for unit in register.units.values():
        stays = register.by_unit.get(unit.id, [])
        if not unit.active and not stays:
            continue
        if stays:
            yield from _approved_there(register, unit, stays)
        yield from _approval(register, unit, stays)
        for spell in overfull(spells(stays, unit.capacity, register.on)):
            values = {
                "most": spell.count,
                "capacity": spell.capacity,
                "first": phrases.day(max(spell.start, register.on)),
                "last": phrases.day(spell.end),
                "names": phrases.some(list(spell.names)),
            }
            sentence = text("register.says.capacity", **values)
            day, late = max(spell.start, register.on), spell.start <= register.on
            yield Gap(Kind.CAPACITY, f"unit:{unit.id}", unit.name, sentence, day, late=late)


def _approved_there(register: Register, unit: Any, stays: list[Stay]) -> Iterator[Gap]:
    there = register.at(unit.id)
    answers = [approved(person, register.on) for person in there]
    if True in answers:
        return
    first = min(stay.start for stay in stays)
    key = "nobody" if not there else "unknown" if None in answers else "none_approved"
    names = phrases.listing([person.name for person in there])
    sentence = text(f"register.says.unit_{key}", names=names)
    kind = Kind.UNKNOWN if key == "unknown" else Kind.NO_SUPERVISOR
    late = first <= register.on and kind is Kind.NO_SUPERVISOR
    yield Gap(kind, f"unit:{unit.id}", unit.name, sentence, first, late=late)


def _approval(register: Register, unit: Any, stays: list[Stay]) -> Iterator[Gap]:
    """Yield an approval that is old, soon old, or missing where a plan asks for it."""
    rules = [
        (requirement, stay.plan)
        for stay in stays
        if stay.plan is not None
        for requirement in of_stay(stay, register.on, "unit")
        if "approved_unit" in requirement.all_of
    ]
    source = _source(*rules[0]) if rules else ""
    months = min((r.within_years * YEAR for r, _ in rules), default=YEAR)
    subject, day = f"unit:{unit.id}", unit.approved_on
    if day is None or day > register.on:
        if rules:
            sentence = text("register.says.not_approved")
            yield Gap(Kind.APPROVAL, subject, unit.name, sentence, source=source)
        return
    last = add_months(day, months)
    values = {"day": phrases.day(day), "last": phrases.day(last)}
    if last < register.on:
        sentence = text("register.says.approval_old", **values)
        yield Gap(Kind.APPROVAL, subject, unit.name, sentence, last, source=source)
    elif rules and last <= register.on + SOON / 2:
        sentence = text("register.says.approval_soon", **values)
        yield Gap(Kind.APPROVAL, subject, unit.name, sentence, last, late=False, source=source)
