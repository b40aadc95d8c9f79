"""The records behind a reason: what was counted, and what was not, so that it can be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.judge import Status
from at_tui.judge.phrases import day as day_words
from at_tui.kind_words import of_kind
from at_tui.kollegium import levels, weeks
from at_tui.kollegium.forms import counts
from at_tui.language import text
from schema.words import SupervisionStatus

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from at_tui.kollegium.forms import Form
    from at_tui.kollegium.triage import Reason
    from schema.content.triage import TriageRule

MOST = 40
"""So many records of one reason are listed at most: the latest."""


class GroundKind(StrEnum):
    """What is opened."""

    ASSESSMENT = "assessment"
    SESSION = "session"
    REQUIREMENT = "requirement"
    LEVELS = "levels"
    PLAN = "plan"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that a reason rests on."""

    kind: GroundKind
    record_id: str
    """Of the assessment, the session, the plan or the meeting; a requirement's id."""
    day: date | None
    words: str
    more: str = ""
    counted: bool = True
    """False for what lies there and does not count, e.g. a form that nobody has signed."""


def grounds(case: Case, reason: Reason) -> list[Ground]:
    """Return what a reason rests on, the latest first; empty when there is nothing at all."""
    rule = case.sources.rules.rule(reason.rule_id)
    return _OF[rule.measure](case, rule)[:MOST] if rule is not None else []


def _forms(case: Case, rule: TriageRule) -> list[Ground]:
    since = case.back(rule.weeks) if rule.weeks else None
    seen = [
        form
        for form in case.forms
        if form.instrument.category in rule.categories and (since is None or form.day >= since)
    ]
    return [_form(case, form) for form in reversed(seen)]


def _form(case: Case, form: Form) -> Ground:
    record = form.record
    assessor = case.shelf.person(record.assessor_id) or record.assessor_name
    stay = case.binder.placement_of(record)
    unit = case.shelf.unit(stay.unit_id) if stay else ""
    told = [assessor or text("kollegium.ground.nobody"), unit]
    if form.said("keep", "change"):
        told.insert(0, text("kollegium.ground.with_text"))
    if not counts(record, form.instrument):
        told.insert(0, text("kollegium.ground.unsigned"))
    return Ground(
        GroundKind.ASSESSMENT, record.id, record.day, form.instrument.short_title,
        " · ".join(filter(None, told)), form.counts,
    )  # fmt: skip


def _sessions(case: Case, rule: TriageRule) -> list[Ground]:
    stay = case.placement
    first = stay.start if stay else case.binder.training.start
    if rule.weeks:
        first = max(first, case.back(rule.weeks))
    mine = [s for s in case.binder.sessions
            if s.form in weeks.FORMS and first <= s.day <= case.on]  # fmt: skip
    if not mine and case.last_held is not None:
        mine = [s for s in case.binder.sessions if s.day == case.last_held]
    found = []
    for session in reversed(mine):
        reason = session.cancel_reason
        why = text(f"word.cancel.{reason}") if reason else ""
        state = text(f"word.supervision.{session.status}")
        held = session.status == SupervisionStatus.HELD
        found.append(Ground(GroundKind.SESSION, session.id, session.day, state, why, held))
    return found


def _of_status(status: Status) -> Callable[[Case, TriageRule], list[Ground]]:
    def found(case: Case, rule: TriageRule) -> list[Ground]:
        return [
            Ground(
                GroundKind.REQUIREMENT, finding.requirement_id, finding.next_date, finding.title,
                finding.sentence,
            )
            for finding in case.findings or ()
            if finding.in_force
            and finding.status is status
            and finding.strength in rule.strengths
            and (not rule.kinds or finding.kind in rule.kinds)
        ]  # fmt: skip

    return found


def _levels(case: Case, rule: TriageRule) -> list[Ground]:
    since = case.back(rule.weeks) if rule.weeks else None
    areas = levels.areas(case.counted(("observation", "feedback"), since))
    wanted = [a for a in areas if a.fell(rule.drop)] if rule.measure == "falling" else [
        a for a in areas if a.is_low(rule.level)
    ]  # fmt: skip
    return [
        Ground(
            GroundKind.LEVELS,
            "",
            area.points[-1][0],
            area.label,
            text(
                "kollegium.ground.levels",
                instrument=area.instrument,
                levels=" ".join(str(value) for _, value in area.points[-8:]),
                highest=area.steps[-1],
            ),
        )
        for area in wanted
    ]


def _plans(case: Case, rule: TriageRule) -> list[Ground]:
    return [
        Ground(GroundKind.PLAN, plan.id, plan.opened_on, text("kollegium.ground.plan"))
        for plan in case.binder.plans
        if plan.closed_on is None or plan.closed_on > case.on
    ]


def _actions(case: Case, rule: TriageRule) -> list[Ground]:
    found = []
    for each in case.earlier:
        for action in each.actions:
            late = action.due is not None and action.due < case.on
            if action.done_on is None and action.dropped_on is None and late and action.due:
                owner = case.shelf.person(action.owner_id) or of_kind(
                    text(f"word.owner.{action.owner}"), case.binder.training.kind
                )
                agreed = day_words(each.meeting.day)
                told = text("kollegium.ground.action", owner=owner, day=agreed)
                ground = Ground(GroundKind.MEETING, each.meeting.id, action.due, action.text, told)
                found.append(ground)
    return found


def _last(case: Case, rule: TriageRule) -> list[Ground]:
    if case.last is None:
        return []
    meeting, decision = case.last.meeting, case.last.decision
    outcome = text(f"word.outcome.{decision.outcome}")
    return [Ground(GroundKind.MEETING, meeting.id, meeting.day, outcome, decision.text)]


_OF: dict[str, Callable[[Case, TriageRule], list[Ground]]] = {
    "observations": _forms,
    "assessors": _forms,
    "settings": _forms,
    "narratives": _forms,
    "supervision_share": _sessions,
    "quiet_weeks": _sessions,
    "late": _of_status(Status.LATE),
    "missing": _of_status(Status.MISSING),
    "falling": _levels,
    "low": _levels,
    "concern": _plans,
    "open_actions": _actions,
    "last_outcome": _last,
}
"""Every measure that a rule can name (`schema/content/triage.py`)."""
