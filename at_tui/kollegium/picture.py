"""The picture of one doctor that the meeting sees, on paper and on screen alike.

Plain values, names and Swedish words, no ids but the training's: what a picture does not hold
cannot be printed by accident. A stödplan is in it only when it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge import URGENCY, Status
from at_tui.kind_words import of_kind
from at_tui.kollegium import weeks
from at_tui.kollegium.cohort import Flag, binding, flags_of
from at_tui.kollegium.levels import Profile
from at_tui.kollegium.triage import Triage, triage
from at_tui.kollegium.voices import Quote, Unheard, quotes, unheard
from at_tui.kollegium.weeks import Mark, Tally
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case, Earlier
    from at_tui.kollegium.levels import Area
    from data.kollegium_rows import AgreementLine, PlacementLine

PLOTS = 8
"""Areas drawn over time."""
_SHOWN = (Status.LATE, Status.MISSING, Status.SOON, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What was agreed at a kollegium, and whether it is done."""

    agreement_id: str
    text: str
    owner: str
    due: date | None
    done_on: date | None
    dropped_on: date | None
    late: bool

    @property
    def state(self) -> str:
        """`done`, `dropped`, `late` or `open`. Screen words: `kollegium.action.<state>`."""
        if self.done_on is not None:
            return "done"
        if self.dropped_on is not None:
            return "dropped"
        return "late" if self.late else "open"


@dataclass(frozen=True, slots=True)
class LastTime:
    """The latest kollegium before this one."""

    title: str
    day: date
    outcome: str
    """A value of `Outcome`."""
    text: str
    actions: tuple[ActionLine, ...]
    older: tuple[ActionLine, ...] = ()
    """Actions of still earlier meetings that are open."""


@dataclass(frozen=True, slots=True)
class StayLine:
    """One placement on the timeline."""

    section: str
    unit: str
    supervisor: str
    start: date
    end: date
    percent: int
    held: int
    weeks_met: int
    weeks_begun: int
    now: bool


@dataclass(frozen=True, slots=True)
class AwayLine:
    """One longer absence on the timeline."""

    kind: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area's levels over time."""

    label: str
    instrument: str
    steps: tuple[int, ...]
    points: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """Goals of one section."""

    section: str
    marked: int
    goals: int
    here: bool
    """Whether the placement of the day is in the section."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A requirement that is not kept, or cannot be judged."""

    title: str
    status: Status
    sentence: str
    strength: str
    verified: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """That there is a stödplan, and when it is followed up; never what it says."""

    opened_on: date
    follow_up: date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything on one doctor's page."""

    training_id: str
    name: str
    kind: str
    start_group: str
    programme: str
    start: date
    end: date | None
    norm_months: int
    on: date
    since: date
    """First day of the period looked back on."""
    triage: Triage
    flags: tuple[Flag, ...]
    """What is lacking to make a whole picture is among them."""
    last: LastTime | None
    section: str
    unit: str
    supervisor: str
    week: tuple[int, int] | None
    stays: tuple[StayLine, ...]
    absences: tuple[AwayLine, ...]
    strip: tuple[weeks.Week, ...]
    """Supervision in the placement of the day, week by week to its end."""
    tally: Tally
    seen_on: date | None
    """Day of the latest form that counts in which somebody watched the work."""
    areas: tuple[AreaLine, ...]
    profile: Profile | None
    quotes: tuple[Quote, ...]
    goals: tuple[GoalLine, ...]
    working_goals: bool
    """Whether any goal's text is a working text, not the official wording."""
    findings: tuple[FindingLine, ...]
    judged: bool
    expired: bool
    """Whether the programme's validity has ended: its findings are what once held."""
    unheard: tuple[Unheard, ...]
    plan: PlanLine | None
    records: int
    """How many records it rests on."""
    masked: bool = False
    """Whether names, places and days have been taken away (`at_tui/kollegium/masking.py`)."""


def picture_of(case: Case, *, with_plan: bool = False) -> Picture:
    """Return the picture of one doctor.

    Args:
        with_plan: Whether it may say that there is a stödplan. The case must have been read with
            the right to see it, or there is none to say.
    """
    if not with_plan and case.binder.plans:
        case = without_plans(case)
    training, stay, shelf = case.binder.training, case.placement, case.shelf
    return Picture(
        training_id=training.id,
        name=case.binder.name,
        kind=training.kind,
        start_group=case.binder.trainee.start_group,
        programme=_programme(case),
        start=training.start,
        end=training.end,
        norm_months=training.norm_months,
        on=case.on,
        since=case.since,
        triage=triage(case),
        flags=tuple(flags_of(case)),
        last=_last_time(case),
        section=stay.section if stay else "",
        unit=shelf.unit(stay.unit_id) if stay else "",
        supervisor=shelf.person(stay.supervisor_id) if stay else "",
        week=case.week,
        stays=tuple(_stay(case, each) for each in case.binder.placements),
        absences=_absences(case),
        strip=_strip(case),
        tally=case.tally,
        seen_on=case.latest.day if case.latest else None,
        areas=_areas(case),
        profile=case.profile,
        quotes=tuple(quotes(case)),
        goals=_goals(case),
        working_goals=bool(
            case.curriculum and any(g.status == "working" for g in case.curriculum.goals)
        ),
        findings=_findings(case),
        judged=case.findings is not None,
        expired=any(not f.in_force for f in case.findings or ()),
        unheard=tuple(unheard(case)),
        plan=_plan(case),
        records=sum(1 for _ in case.binder.record_ids()),
    )


def without_plans(case: Case) -> Case:
    """Return the same case as it is for those who may not see a stödplan.

    What the judge says of stödplaner goes too: "ingen har informerats" would tell that there is
    one.
    """
    from at_tui.kollegium.case import Case

    programme = case.sources.programme(case.binder.training)
    telling = {
        requirement.id
        for requirement in (programme.requirements if programme else ())
        if getattr(requirement, "record", "") == "support_plan"
    }
    found = case.findings
    return Case(
        replace(case.binder, plans=[]),
        case.shelf,
        case.sources,
        findings=None if found is None else [f for f in found if f.requirement_id not in telling],
        meeting_id=case.meeting_id,
    )


def _programme(case: Case) -> str:
    found = case.sources.programme(case.binder.training)
    return found.title if found else case.binder.training.programme_id


def _last_time(case: Case) -> LastTime | None:
    last = case.last
    if last is None:
        return None
    older = [_action(case, a, e) for e in case.earlier[1:] for a in e.actions
             if a.done_on is None and a.dropped_on is None]  # fmt: skip
    return LastTime(
        title=last.meeting.title,
        day=last.meeting.day,
        outcome=last.decision.outcome or "",
        text=last.decision.text,
        actions=tuple(sorted((_action(case, a, last) for a in last.actions), key=_pressing)),
        older=tuple(older),
    )


def _pressing(action: ActionLine) -> tuple[bool, date, str]:
    """Return what actions are sorted by: those that are open first, by their day."""
    settled = action.done_on is not None or action.dropped_on is not None
    return (settled, action.due or date.max, action.text)


def _action(case: Case, agreed: AgreementLine, earlier: Earlier) -> ActionLine:
    named = case.shelf.person(agreed.owner_id)
    still = agreed.done_on is None and agreed.dropped_on is None
    return ActionLine(
        agreement_id=agreed.id,
        text=agreed.text,
        owner=named or of_kind(text(f"word.owner.{agreed.owner}"), case.binder.training.kind),
        due=agreed.due,
        done_on=agreed.done_on,
        dropped_on=agreed.dropped_on,
        late=still and agreed.due is not None and agreed.due < case.on,
    )


def _stay(case: Case, stay: PlacementLine) -> StayLine:
    found = weeks.tally(case.binder.sessions, case.away, stay.start, stay.end, case.on)
    return StayLine(
        section=stay.section,
        unit=case.shelf.unit(stay.unit_id),
        supervisor=case.shelf.person(stay.supervisor_id),
        start=stay.start,
        end=stay.end,
        percent=stay.percent,
        held=found.held,
        weeks_met=found.weeks_met,
        weeks_begun=found.weeks_begun,
        now=stay is case.placement,
    )


def _absences(case: Case) -> tuple[AwayLine, ...]:
    """Return absences of two weeks or more: shorter ones cannot be seen on the timeline."""
    return tuple(
        AwayLine(a.kind, a.start, a.end)
        for a in case.binder.absences
        if a.percent == 100 and (a.end - a.start).days >= 13
    )


def _strip(case: Case) -> tuple[weeks.Week, ...]:
    stay = case.placement
    if stay is None:
        return ()
    # A placement that was given a wrong year must not make a strip of a thousand weeks.
    span = weeks.mondays(stay.start, stay.end)[:60]
    found = weeks.weeks_of(case.binder.sessions, case.away, [(stay.start, stay.end)], span, case.on)
    return tuple(week for week in found if week.mark is not Mark.OUTSIDE)


def _areas(case: Case) -> tuple[AreaLine, ...]:
    """Return the areas with most levels, those of one instrument together."""
    by_instrument: dict[str, list[Area]] = {}
    for area in case.areas:
        by_instrument.setdefault(area.instrument_id, []).append(area)
    ranked = sorted(by_instrument.values(), key=lambda a: -max(len(each.points) for each in a))
    chosen = [area for group in ranked for area in group][:PLOTS]
    return tuple(AreaLine(a.label, a.instrument, a.steps, a.points) for a in chosen)


def _goals(case: Case) -> tuple[GoalLine, ...]:
    here = case.placement.section if case.placement else ""
    return tuple(GoalLine(g.section, g.marked, g.goals, g.section == here) for g in case.goals)


def _findings(case: Case) -> tuple[FindingLine, ...]:
    if case.has_left:
        return ()
    must = {id(f) for f in binding(case)}
    shown = [f for f in case.findings or () if f.status in _SHOWN and f.in_force]
    shown.sort(key=lambda f: (id(f) not in must, URGENCY.index(f.status)))
    return tuple(
        FindingLine(f.title, f.status, f.sentence, f.strength, f.source.verified) for f in shown
    )


def _plan(case: Case) -> PlanLine | None:
    if not case.has_plan:
        return None
    plan = next(p for p in case.binder.plans if p.closed_on is None or p.closed_on > case.on)
    ahead = [day for day in plan.follow_ups if day >= case.on]
    return PlanLine(plan.opened_on, min(ahead, default=None))
