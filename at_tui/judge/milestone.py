"""Something that shall happen once at a certain point of the training, a section or a placement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.judge.milestone_records import Event, events, support_plans
from at_tui.language import text
from schema.months import last_day_of

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.stays import Stay
    from schema.content.requirement_kinds import Milestone as Asked


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a milestone belongs to, and the day on which it is due."""

    start: date
    end: date
    due: date
    label: str
    stays: tuple[Stay, ...] = ()


class Milestone(Kind["Asked"]):
    """Points of the training are counted in time served, so that leave moves them; the middle of
    a placement is where half of what counts in it is served."""

    name = "milestone"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        if requirement.record == "support_plan":
            return support_plans(requirement, case)
        found = stretches(requirement, case)
        if not found:
            return _nothing(requirement, case)
        done = events(requirement, case, found)
        parts = [_part(requirement, case, s, done[place]) for place, s in enumerate(found)]
        return _joined(parts, case)


def stretches(requirement: Asked, case: Case) -> list[Stretch]:
    """Return what the milestone is asked for, by the day it is due."""
    before = timedelta(days=requirement.before_days)
    first, last = case.period(requirement)
    found: list[Stretch] = []
    for start, end, label, stays in _wholes(requirement, case):
        point = _point(requirement, case, start, end)
        if point is not None and first <= point <= last:
            found.append(Stretch(start, end, point - before, label, stays))
    return sorted(found, key=lambda s: (s.due, s.start))


def _wholes(requirement: Asked, case: Case) -> list[tuple[date, date, str, tuple[Stay, ...]]]:
    if requirement.of == "training":
        return [(case.training.start, case.end, "", ())]
    there = case.there(requirement)
    if requirement.of == "placement":
        return [(s.start, s.end, _place(s, case), (s,)) for s in there]
    sections = dict.fromkeys(s.section for s in there)
    wholes = []
    for section in sections:
        stays = tuple(s for s in there if s.section == section)
        start, end = min(s.start for s in stays), max(s.end for s in stays)
        wholes.append((start, end, phrases.section_names([section]), stays))
    return wholes


def _place(stay: Stay, case: Case) -> str:
    """Return what a placement is called: its specialty, else its unit, else its section."""
    if stay.specialty:
        return stay.specialty
    unit = case.records.units.get(stay.unit_id or "")
    return unit.name if unit else phrases.section_names([stay.section])


def _point(requirement: Asked, case: Case, start: date, end: date) -> date | None:
    if requirement.at == "start":
        return start
    if requirement.at == "end":
        return end
    if requirement.of == "training":
        half = requirement.at == "half"
        months = Fraction(case.training.norm_months, 2) if half else Fraction(requirement.at)
        return case.reached(months)
    if requirement.at == "half":
        return case.timeline.middle(start, end)
    day = last_day_of(start, Fraction(requirement.at))
    return day if day <= end else None


def _part(requirement: Asked, case: Case, stretch: Stretch, event: Event) -> Part:
    status = _status(requirement, case, stretch, event)
    return Part(
        stretch.label,
        status,
        need=1,
        have=int(event.done_on is not None),
        window=(stretch.start, stretch.end),
        due=event.done_on if status is Status.MET else event.booked_on or stretch.due,
        counted=(event.id,) if event.done_on and event.id else (),
        placement_id=stretch.stays[-1].id if stretch.stays else None,
    )


def _status(requirement: Asked, case: Case, stretch: Stretch, event: Event) -> Status:
    if event.done_on is not None:
        return Status.MET
    if event.unknown:
        return Status.UNKNOWN if case.on > stretch.due else Status.ON_WAY
    if event.booked_on is not None:
        return Status.ON_WAY
    if case.on < stretch.due - SOON:
        return Status.ON_WAY
    if case.on <= stretch.due + timedelta(days=requirement.grace_days):
        return Status.SOON
    # A certificate or a closing talk can be put right afterwards; a halfway talk cannot.
    over = case.on > stretch.end and requirement.at != "end"
    return Status.MISSING if over else Status.LATE


def _joined(parts: Sequence[Part], case: Case) -> Verdict:
    """Return one verdict of all the parts: the most urgent decides and is told."""
    met = [p for p in parts if p.status is Status.MET]
    due = [p for p in parts if p.status is Status.MET or (p.due and p.due <= case.on)]
    counted = tuple(id for p in parts for id in p.counted)
    need, have = len(due), len(met)
    ahead = [p for p in parts if p.status is Status.ON_WAY]
    for status in (Status.LATE, Status.SOON, Status.UNKNOWN):
        urgent = [p for p in parts if p.status is status]
        if urgent:
            key = f"judge.milestone.{status.name.lower()}"
            sentence = _sentence(key, urgent[0], have, need)
            nearest = urgent[0].due
            return Verdict(
                status, sentence, max(need, 1), have, "times", urgent[0].window, nearest,
                counted, tuple(parts),
            )  # fmt: skip
    missing = [p for p in parts if p.status is Status.MISSING]
    nearest = ahead[0].due if ahead else None
    if missing:
        status = Status.ON_WAY if ahead else Status.MISSING
        labels = phrases.some([_named(p) for p in missing])
        sentence = text("judge.milestone.missing", have=_have(have, need), places=labels)
    elif met:
        status = Status.MET
        sentence = _done(met, have, need)
    else:
        status = Status.ON_WAY
        sentence = _sentence("judge.milestone.on_way", ahead[0], have, need)
    return Verdict(
        status, sentence, max(need, 1), have, "times", None, nearest, counted, tuple(parts)
    )


def _sentence(key: str, part: Part, have: int, need: int) -> str:
    day = phrases.day(part.due) if part.due else "–"
    where = text("judge.milestone.where", place=part.label) if part.label else ""
    return text(key, where=where, day=day, have=_have(have, need))


def _done(met: Sequence[Part], have: int, need: int) -> str:
    if len(met) == 1 and met[0].due:
        where = text("judge.milestone.where", place=met[0].label) if met[0].label else ""
        return text("judge.milestone.done", where=where, day=phrases.day(met[0].due))
    return text("judge.milestone.all_done", have=_have(have, need))


def _have(have: int, need: int) -> str:
    return text("judge.have_of", have=have, need=max(need, have, 1))


def _named(part: Part) -> str:
    return part.label or text("judge.window.training")


def _nothing(requirement: Asked, case: Case) -> Verdict:
    if requirement.of != "training":
        return Verdict(Status.NOT_ASKED, text("judge.no_such_placement"))
    first = case.period(requirement)[0]
    if isinstance(requirement.at, float) or requirement.at == "half":
        months = requirement.at if isinstance(requirement.at, float) else None
        needed = Fraction(months) if months else Fraction(case.training.norm_months, 2)
        if case.reached(needed) is None:
            shown = phrases.amount(needed, "months")
            return Verdict(Status.ON_WAY, text("judge.milestone.beyond", months=shown))
    return Verdict(Status.NOT_ASKED, text("judge.milestone.outside", day=phrases.day(first)))
