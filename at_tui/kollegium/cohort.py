"""The cohort: one short row for each doctor in service, to filter and to sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.judge import Status
from at_tui.kollegium.case import Case
from at_tui.kollegium.triage import GROUPS, Reason, triage
from at_tui.language import text
from schema.text import sort_key
from schema.words import Outcome

if TYPE_CHECKING:
    from at_tui.judge import Finding
    from at_tui.kollegium.judging import Findings
    from at_tui.kollegium.sources import Sources
    from data.kollegium_shelf import Shelf

QUIET = 3
"""Whole weeks without supervision that are worth a flag."""
UNSEEN = 9
"""Whole weeks without an observation that are worth a flag."""
_NEXT = (Status.LATE, Status.SOON, Status.ON_WAY)


class FlagCode(StrEnum):
    """What is worth seeing beside a name. Screen words: `kollegium.flag.<value>`."""

    LEFT = "left"
    DOUBLE = "double"
    EMPTY = "empty"
    NO_PROGRAMME = "no_programme"
    NO_PLACEMENT = "no_placement"
    UNNAMED = "unnamed"
    AWAY = "away"
    PAST_END = "past_end"
    QUIET = "quiet"
    UNSEEN = "unseen"
    LATE = "late"
    MISSING = "missing"
    DRAFTS = "drafts"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing worth seeing."""

    code: FlagCode
    values: tuple[tuple[str, object], ...] = ()

    @property
    def sentence(self) -> str:
        """What it says, in a few Swedish words."""
        return text(f"kollegium.flag.{self.code}", **dict(self.values))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next day that matters, and why."""

    day: date
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One doctor in the cohort."""

    training_id: str
    trainee_id: str
    name: str
    kind: str
    start_group: str
    programme_id: str
    section: str
    """Section code of the placement of the day; empty when there is none."""
    unit_id: str
    unit: str
    supervisor_id: str
    supervisor: str
    week: tuple[int, int] | None
    """Which week of the placement, of how many."""
    held: int
    due: int
    """Sessions of the placement that were held, and that should have been by now."""
    weeks_met: int
    weeks_begun: int
    latest_day: date | None
    latest: str
    """Short name of the latest form in which somebody watched."""
    goals_marked: int
    goals: int
    """Of the placement's section and the general ones."""
    deadline: Deadline | None
    group: Outcome
    reasons: tuple[Reason, ...]
    """Every rule that was not kept, those of the group first."""
    flags: tuple[Flag, ...]
    judged: bool
    """Whether the programme's requirements are in it."""
    risk: int
    """Higher is more; only for sorting."""


class SortBy(StrEnum):
    """Orders of the cohort. Screen words: `kollegium.sort.<value>`."""

    RISK = "risk"
    NAME = "name"
    SECTION = "section"
    UNIT = "unit"
    SUPERVISOR = "supervisor"
    WEEK = "week"
    HELD = "held"
    LATEST = "latest"
    GOALS = "goals"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the cohort is narrowed to; empty fields narrow nothing."""

    text: str = ""
    start_group: str = ""
    section: str = ""
    unit_id: str = ""
    supervisor_id: str = ""
    programme_id: str = ""
    group: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by, as (value, words), each in its order."""

    start_groups: list[tuple[str, str]] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    units: list[tuple[str, str]] = field(default_factory=list)
    supervisors: list[tuple[str, str]] = field(default_factory=list)
    programmes: list[tuple[str, str]] = field(default_factory=list)


def cases_of(
    shelf: Shelf, sources: Sources, findings: Findings | None = None, meeting_id: str = ""
) -> list[Case]:
    """Return a case for every binder on the shelf."""
    known = findings or {}
    return [
        Case(binder, shelf, sources, findings=known.get(binder.id), meeting_id=meeting_id)
        for binder in shelf.binders
    ]


def rows_of(cases: Iterable[Case]) -> list[Row]:
    """Return the cohort's rows, most at risk first."""
    return sort([row_of(case) for case in cases], SortBy.RISK)


def row_of(case: Case) -> Row:
    """Return one doctor's row."""
    binder, stay, shelf = case.binder, case.placement, case.shelf
    sorted_ = triage(case)
    marked, goals = case.goals_here
    flags = tuple(flags_of(case))
    return Row(
        training_id=binder.id,
        trainee_id=binder.trainee.id,
        name=binder.name,
        kind=binder.training.kind,
        start_group=binder.trainee.start_group,
        programme_id=binder.training.programme_id,
        section=stay.section if stay else "",
        unit_id=(stay.unit_id or "") if stay else "",
        unit=shelf.unit(stay.unit_id) if stay else "",
        supervisor_id=(stay.supervisor_id or "") if stay else "",
        supervisor=shelf.person(stay.supervisor_id) if stay else "",
        week=case.week,
        held=case.tally.held,
        due=case.tally.due,
        weeks_met=case.tally.weeks_met,
        weeks_begun=case.tally.weeks_begun,
        latest_day=case.latest.day if case.latest else None,
        latest=case.latest.instrument.short_title if case.latest else "",
        goals_marked=marked,
        goals=goals,
        deadline=deadline_of(case),
        group=sorted_.group,
        reasons=sorted_.reasons,
        flags=flags,
        judged=case.findings is not None,
        risk=_risk(case, sorted_.group, len(sorted_.why), flags),
    )


def _risk(case: Case, group: Outcome, why: int, flags: Sequence[Flag]) -> int:
    late = _count(case, Status.LATE) + _count(case, Status.MISSING)
    base = 1000 * (len(GROUPS) - 1 - GROUPS.index(group))
    return base + 50 * why + 5 * late + 2 * case.quiet_weeks + len(flags)


def flags_of(case: Case) -> list[Flag]:
    """Return what is worth seeing beside the name, the gravest first."""
    found: list[Flag] = []

    def add(code: FlagCode, **values: object) -> None:
        found.append(Flag(code, tuple(values.items())))

    training = case.binder.training
    if case.has_left:
        add(FlagCode.LEFT, day=training.ended_on)
        return found
    for other in case.binder.others:
        add(FlagCode.DOUBLE, start=other.start, end=other.ended_on or other.end or "–")
    if case.is_empty:
        add(FlagCode.EMPTY)
    if case.sources.programme(training) is None:
        add(FlagCode.NO_PROGRAMME, programme=training.programme_id)
    if case.has_plan:
        add(FlagCode.PLAN)
    if case.away_until is not None:
        kind = text(f"word.absence.{case.away_kind}")
        add(FlagCode.AWAY, kind=kind, until=case.away_until)
    if training.end is not None and training.end < case.on:
        add(FlagCode.PAST_END, day=training.end)
    elif case.placement is None:
        add(FlagCode.NO_PLACEMENT)
    elif case.placement.supervisor_id is None:
        add(FlagCode.UNNAMED)
    elif case.quiet_weeks >= QUIET and case.away_until is None:
        add(FlagCode.QUIET, weeks=case.quiet_weeks)
    _about_forms(case, add)
    for status, code in ((Status.LATE, FlagCode.LATE), (Status.MISSING, FlagCode.MISSING)):
        count = _count(case, status)
        if count:
            add(code, count=count)
    return found


def _about_forms(case: Case, add: Callable[..., None]) -> None:
    stay = case.placement
    if stay is not None and case.away_until is None:
        since = max(case.latest.day if case.latest else stay.start, case.binder.training.start)
        unseen = (case.on - since).days // 7
        if unseen >= UNSEEN and case.back(UNSEEN) > since:
            add(FlagCode.UNSEEN, weeks=unseen)
    drafts = sum(not form.counts for form in case.forms)
    if drafts:
        add(FlagCode.DRAFTS, count=drafts)


def _count(case: Case, status: Status) -> int:
    return sum(f.status is status for f in binding(case))


def binding(case: Case) -> list[Finding]:
    """Return the findings about what must be ("ska") by a plan that is in force."""
    return [f for f in case.findings or () if f.in_force and f.strength == "ska"]


def deadline_of(case: Case) -> Deadline | None:
    """Return the next day that matters; the plan's days are among them once it is judged."""
    if case.has_left:
        return None
    asked = ((f.next_date, f.title) for f in binding(case) if f.status in _NEXT)
    agreed = ((action.due, action.text) for action in case.open_actions)
    found = [Deadline(day, said) for day, said in (*asked, *agreed) if day and day >= case.on]
    for plan in case.binder.plans:
        days = [day for day in plan.follow_ups if day >= case.on and plan.closed_on is None]
        if days:
            found.append(Deadline(min(days), text("kollegium.deadline.follow_up")))
    if case.placement is not None:
        section = text(f"word.section_short.{case.placement.section}")
        ends = text("kollegium.deadline.placement_ends", section=section)
        found.append(Deadline(case.placement.end, ends))
    if case.next_planned and case.next_planned <= case.on + timedelta(days=7):
        found.append(Deadline(case.next_planned, text("kollegium.deadline.session")))
    return min(found, key=lambda d: d.day, default=None)


def narrow(rows: Iterable[Row], wanted: Filter) -> list[Row]:
    """Return the rows that a filter lets through, in their order."""
    words = sort_key(wanted.text).split()
    return [row for row in rows if _passes(row, wanted, words)]


def _passes(row: Row, wanted: Filter, words: list[str]) -> bool:
    equal = (
        (wanted.start_group, row.start_group),
        (wanted.section, row.section),
        (wanted.unit_id, row.unit_id),
        (wanted.supervisor_id, row.supervisor_id),
        (wanted.programme_id, row.programme_id),
    )
    if any(asked and asked != there for asked, there in equal):
        return False
    if wanted.group is not None and row.group is not wanted.group:
        return False
    if not words:
        return True
    searched = sort_key(f"{row.name} {row.unit} {row.supervisor} {row.start_group}")
    return all(word in searched for word in words)


def sort(rows: Iterable[Row], by: SortBy) -> list[Row]:
    """Return the rows in an order; those that are alike stand by name, empty values last."""
    named = sorted(rows, key=lambda row: sort_key(row.name))
    if by is SortBy.RISK:
        return sorted(named, key=lambda row: -row.risk)
    if by is SortBy.LATEST:
        # The longest ago first: that is where something lacks.
        return sorted(named, key=lambda row: row.latest_day or date.min)
    if by is SortBy.DEADLINE:
        return sorted(named, key=lambda row: row.deadline.day if row.deadline else date.max)
    if by is SortBy.NAME:
        return named
    if by in _SHARES:
        # Where most is lacking first.
        return sorted(named, key=_SHARES[by])
    values = {SortBy.SECTION: "section", SortBy.UNIT: "unit", SortBy.SUPERVISOR: "supervisor"}
    name = values[by]
    return sorted(named, key=lambda row: (not getattr(row, name), sort_key(getattr(row, name))))


def _share(have: int, of: int) -> float:
    return have / of if of else 2.0


_SHARES: dict[SortBy, Callable[[Row], float]] = {
    SortBy.WEEK: lambda row: -_share(*row.week) if row.week else 0.0,
    SortBy.HELD: lambda row: _share(row.held, row.due),
    SortBy.GOALS: lambda row: _share(row.goals_marked, row.goals),
}
"""Orders by how much there is of how much: least first, and those nearest their end first."""


def choices_of(rows: Iterable[Row]) -> Choices:
    """Return what the rows can be filtered by."""
    seen = list(rows)
    sections = {row.section for row in seen} - {""}
    return Choices(
        start_groups=_pairs((row.start_group, row.start_group) for row in seen),
        sections=[(s, text(f"word.section.{s}")) for s in sorted(sections)],
        units=_pairs((row.unit_id, row.unit) for row in seen),
        supervisors=_pairs((row.supervisor_id, row.supervisor) for row in seen),
        programmes=_pairs((row.programme_id, row.programme_id) for row in seen),
    )


def _pairs(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    unique = {value: words for value, words in found if value}
    return sorted(unique.items(), key=lambda pair: sort_key(pair[1]))


def count_groups(rows: Iterable[Row]) -> dict[Outcome, int]:
    """Return how many there are in each group, all groups present."""
    found = dict.fromkeys(GROUPS, 0)
    for row in rows:
        found[row.group] += 1
    return found
