"""What the records say before a talk: the page opens with it, and a signature freezes it.

Plain values that go into JSON and come back: what both saw when they signed stays readable,
whatever is recorded later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.kind_words import of_kind
from at_tui.kollegium.voices import quotes
from at_tui.language import text

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.find import Folder
    from data.store import Store
    from schema.tables import Placement, Talk

QUOTES = 4
AREAS = 8
GOALS = 6
"""Goals that are left, named one by one."""


@dataclass(frozen=True, slots=True)
class GoalsOf:
    """Goals of one section: reached, of how many, and the first that are left."""

    section: str
    reached: int
    goals: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Levels:
    """One area over time: the levels in order of their days, on a scale up to `most`."""

    label: str
    instrument: str
    values: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Said:
    """What one assessor wrote: to keep and to change."""

    keep: str
    change: str
    instrument: str
    day: str


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something agreed that is neither done nor dropped."""

    text: str
    owner: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything a talk opens with, as of the day `on`. Days are ISO 8601, words are Swedish."""

    on: str
    placement: str
    """Unit and section; empty when the talk is about the whole training."""
    week: tuple[int, int] | None
    held: int
    minutes: int
    cancelled: int
    planned: int
    weeks_met: int
    weeks_begun: int
    absences: tuple[tuple[str, int], ...]
    """(kind, days of the calendar), the most days first."""
    forms: tuple[tuple[str, int], ...]
    """(instrument, how many that count), in the order of their number."""
    goals: tuple[GoalsOf, ...]
    levels: tuple[Levels, ...]
    said: tuple[Said, ...]
    actions: tuple[OpenAction, ...]
    working_goals: bool = False


def goals_left(one: GoalsOf) -> str:
    """Return the goals that are left, the first by name and the rest by number."""
    words = "; ".join(goal.rstrip(".") for goal in one.left)
    more = one.goals - one.reached - len(one.left)
    rest = text("talks.basis.more", count=more) if more > 0 else ""
    return text("talks.basis.left", goals=" ".join(filter(None, (words, rest))))


def to_json(basis: Basis) -> dict[str, Any]:
    """Return the basis as JSON values."""
    return asdict(basis)


def from_json(values: Mapping[str, Any]) -> Basis | None:
    """Return the basis that `to_json` made; None for what is none."""
    if not values:
        return None
    try:
        known = {f.name for f in fields(Basis)}
        found = {name: value for name, value in values.items() if name in known}
        week = found["week"]
        return Basis(
            **{
                **found,
                "week": (week[0], week[1]) if week else None,
                "absences": tuple((k, n) for k, n in found["absences"]),
                "forms": tuple((k, n) for k, n in found["forms"]),
                "goals": tuple(GoalsOf(**{**g, "left": tuple(g["left"])}) for g in found["goals"]),
                "levels": tuple(
                    Levels(**{**one, "values": tuple(one["values"])}) for one in found["levels"]
                ),
                "said": tuple(Said(**one) for one in found["said"]),
                "actions": tuple(OpenAction(**one) for one in found["actions"]),
            }
        )
    except (KeyError, TypeError, ValueError):
        return None


def read_basis(
    store: Store, folder: Folder, placement: Placement | None, on: date, *, besides: str = ""
) -> Basis:
    """Return what the records say on the day `on`: about 50 ms, so in a worker.

    Args:
        placement: The placement that the talk is about; None for the whole training.
        besides: A talk whose own agreements are left out.

    Raises:
        Fault: `store.*`.
    """
    from at_tui.kollegium.cohort import cases_of
    from at_tui.kollegium.sources import Sources
    from data.kollegium import read_shelf

    with store.read() as work:
        shelf = read_shelf(work, on=on, training_ids=[folder.training.id])
    cases = cases_of(shelf, Sources())
    return basis_of(folder, cases[0] if cases else None, placement, on, besides=besides)


def basis_of(
    folder: Folder, case: Case | None, placement: Placement | None, on: date, *, besides: str = ""
) -> Basis:
    """Return what the records say of a placement, or of the whole training."""
    from at_tui.overview import supervised

    first = placement.start if placement else folder.training.start
    last = min(on, placement.end) if placement else on
    met = supervised(folder, placement, on)
    weeks_met, weeks = met.weeks_met, met.weeks
    return Basis(
        on=on.isoformat(),
        placement=_where(folder, placement),
        week=_week(placement, on),
        held=met.held,
        minutes=met.minutes,
        cancelled=met.cancelled,
        planned=met.planned,
        weeks_met=weeks_met,
        weeks_begun=weeks,
        absences=_absences(folder, first, last),
        forms=_forms(case, first),
        goals=_goals(case, placement),
        levels=_levels(case, first),
        said=_said(case, first),
        actions=_actions(folder, on, besides),
        working_goals=bool(
            case
            and case.curriculum
            and any(goal.status == "working" for goal in case.curriculum.goals)
        ),
    )


def placement_of_talk(folder: Folder, talk: Talk, on: date) -> Placement | None:
    """Return the placement that a talk names."""
    return next((p for p in folder.placements if p.id == talk.placement_id), None)


def _where(folder: Folder, placement: Placement | None) -> str:
    if placement is None:
        return ""
    section = text(f"word.section.{placement.section}")
    unit = folder.unit_of(placement)
    return f"{unit}, {section}" if unit else section


def _week(placement: Placement | None, on: date) -> tuple[int, int] | None:
    if placement is None:
        return None
    weeks = (placement.end - placement.start).days // 7 + 1
    week = (on - placement.start).days // 7 + 1
    return min(max(week, 1), weeks), weeks


def _absences(folder: Folder, first: date, last: date) -> tuple[tuple[str, int], ...]:
    days: dict[str, int] = {}
    for absence in folder.absences:
        start, end = max(absence.start, first), min(absence.end, last)
        if start <= end:
            kind = str(absence.kind)
            days[kind] = days.get(kind, 0) + (end - start).days + 1
    return tuple(sorted(days.items(), key=lambda pair: (-pair[1], pair[0])))


def _forms(case: Case | None, first: date) -> tuple[tuple[str, int], ...]:
    count: dict[str, int] = {}
    for form in case.evidence if case else ():
        if form.day >= first:
            name = form.instrument.short_title
            count[name] = count.get(name, 0) + 1
    return tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


def _goals(case: Case | None, placement: Placement | None) -> tuple[GoalsOf, ...]:
    if case is None or case.curriculum is None:
        return ()
    marked = {mark.goal_id for mark in case.binder.marks
              if mark.withdrawn_on is None and mark.day <= case.on}  # fmt: skip
    here = {str(placement.section), "allman"} if placement else None
    sections: dict[str, list[Any]] = {}
    for goal in case.curriculum.goals:
        if here is None or str(goal.section) in here:
            sections.setdefault(str(goal.section), []).append(goal)
    found = []
    for section, goals in sections.items():
        left = [goal for goal in goals if goal.id not in marked]
        # By name only those of the placement's own section: there one can still act on them.
        own = placement is not None and section == str(placement.section)
        named = tuple(goal.text for goal in left[:GOALS]) if own else ()
        found.append(GoalsOf(section, len(goals) - len(left), len(goals), named))
    # The placement's own goals first, those that reach over all of it after.
    return tuple(sorted(found, key=lambda one: one.section == "allman"))


def _levels(case: Case | None, first: date) -> tuple[Levels, ...]:
    found = []
    for area in case.areas if case else ():
        points = area.points[-6:]
        if points and points[-1][0] >= first:
            values = tuple(value for _, value in points)
            found.append(Levels(area.label, area.instrument, values, area.steps[-1]))
    return tuple(sorted(found, key=lambda one: -len(one.values))[:AREAS])


def _said(case: Case | None, first: date) -> tuple[Said, ...]:
    found = []
    for quote in quotes(case, QUOTES) if case else ():
        if quote.day >= first:
            words = dict(quote.said)
            found.append(
                Said(
                    words.get("keep", ""), words.get("change", ""), quote.instrument,
                    quote.day.isoformat(),
                )
            )  # fmt: skip
    return tuple(found)


def _actions(folder: Folder, on: date, besides: str) -> tuple[OpenAction, ...]:
    from at_tui.overview import open_agreements

    return tuple(
        OpenAction(
            agreed.text,
            folder.name_of(agreed.owner_id)
            or of_kind(text(f"word.owner.{agreed.owner}"), folder.training.kind),
            agreed.due.isoformat() if agreed.due else "",
            bool(agreed.due and agreed.due < on),
        )
        for agreed in open_agreements(folder)
        if agreed.agreed_on <= on and (not besides or agreed.origin_id != besides)
    )
