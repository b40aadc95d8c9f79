"""Which record answers which milestone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.finding import Status, Verdict
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.milestone import Stretch
    from schema.content.requirement_kinds import Milestone as Asked

AFTERWARDS = timedelta(days=60)
"""How long after a placement a record without a placement is still taken to be about it."""
AHEAD = timedelta(days=30)
"""How long before, for what belongs to its beginning."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the records hold for one stretch."""

    id: str | None = None
    done_on: date | None = None
    booked_on: date | None = None
    unknown: bool = False
    """It leaves no trace of who did it."""


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    id: str
    placement_id: str | None


def events(requirement: Asked, case: Case, stretches: Sequence[Stretch]) -> list[Event]:
    """Return for each stretch what answers it by `case.on`; each record answers one of them."""
    if requirement.record == "evaluation":
        return [_evaluation(case, stretch) for stretch in stretches]
    done = _assigned(_done(requirement, case), stretches, requirement)
    booked = _assigned(_booked(requirement, case), stretches, requirement)
    return [
        Event(
            done[place].id if place in done else None,
            done[place].day if place in done else None,
            booked[place].day if place in booked else None,
        )
        for place in range(len(stretches))
    ]


def _done(requirement: Asked, case: Case) -> list[_Found]:
    records = case.records
    if requirement.record == "talk":
        return [
            _Found(t.held_on, t.id, t.placement_id)
            for t in case.talks
            if t.kind in requirement.talks and t.held_on
        ]
    if requirement.record == "certificate":
        kind = "training" if requirement.of == "training" else "placement"
        return [
            _Found(c.issued_on, c.id, c.placement_id)
            for c in records.certificates
            if c.status == "signed" and c.kind == kind and c.issued_on <= case.on
        ]
    letter = requirement.record == "letter"
    return [
        _Found(day, i.id, i.placement_id)
        for i in records.introductions
        if letter or i.kind == requirement.introduction
        if (day := i.letter_on if letter else i.held_on) and day <= case.on
    ]


def _booked(requirement: Asked, case: Case) -> list[_Found]:
    if requirement.record != "talk":
        return []
    return [
        _Found(t.booked_on, t.id, t.placement_id)
        for t in case.records.talks
        if t.kind in requirement.talks and t.booked_on and t.booked_on >= case.on
        if t.held_on is None or t.held_on > case.on
    ]


def _assigned(
    found: list[_Found], stretches: Sequence[Stretch], requirement: Asked
) -> dict[int, _Found]:
    """Return the first record of each stretch, by the stretch's place.

    A record belongs to the placement that it names; without one, to the stretch around it whose
    due day is nearest.
    """
    ahead = {"start": AHEAD}.get(str(requirement.at), timedelta(0))
    if requirement.record == "letter":
        ahead = 4 * AHEAD
    days = requirement.opens_days
    opens = None if days is None else timedelta(days=days)
    first: dict[int, _Found] = {}
    for record in sorted(found, key=lambda f: (f.day, f.id)):
        places = [
            place
            for place, stretch in enumerate(stretches)
            if _belongs(record, stretch, ahead)
            and (opens is None or record.day >= stretch.due - opens)
        ]
        if places:
            nearest = min(places, key=lambda place: abs(stretches[place].due - record.day))
            first.setdefault(nearest, record)
    return first


def _belongs(record: _Found, stretch: Stretch, ahead: timedelta) -> bool:
    if record.placement_id is not None and stretch.stays:
        return any(record.placement_id in stay.ids for stay in stretch.stays)
    return stretch.start - ahead <= record.day <= stretch.end + AFTERWARDS


def _evaluation(case: Case, stretch: Stretch) -> Event:
    """An evaluation holds no trainee: that there is none for the unit can be told, never whose
    there is."""
    nobody = not case.records.evaluations
    if nobody or not stretch.stays or any(stay.unit_id is None for stay in stretch.stays):
        return Event(unknown=True)
    unit = stretch.stays[-1].unit_id or ""
    for day in (stretch.end, stretch.end + AFTERWARDS):
        period = f"{day.year}-{1 if day.month <= 6 else 2}"
        if case.records.evaluations.get((unit, period), 0):
            return Event(unknown=True)
    return Event()


def support_plans(requirement: Asked, case: Case) -> Verdict:
    """Return whether those who shall know of a support plan have been told."""
    plans = [p for p in case.records.support_plans if p.opened_on <= case.on]
    if not plans:
        return Verdict(Status.NOT_ASKED, text("judge.milestone.no_plan"))
    lacking: list[str] = []
    for plan in plans:
        lacking += [role for role in requirement.told if role not in plan.told]
    told = [p for p in plans if not set(requirement.told) - set(p.told)]
    counted = tuple(p.id for p in plans)
    if not lacking:
        names = phrases.listing([text(f"word.role.{role}") for role in requirement.told])
        sentence = text("judge.milestone.told", roles=names)
        return Verdict(Status.MET, sentence, len(plans), len(told), "times", counted=counted)
    names = phrases.listing([text(f"word.role.{role}") for role in dict.fromkeys(lacking)])
    sentence = text("judge.milestone.not_told", roles=names)
    opened = max(p.opened_on for p in plans)
    return Verdict(
        Status.LATE, sentence, len(plans), len(told), "times", next_date=opened, counted=counted
    )
