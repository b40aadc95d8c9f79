"""Sort cases before the meeting by the written rules of `data/triage/`.

Nobody is put anywhere without a reason that can be read: each reason names its rule, what there
is and where the line goes. What cannot be counted is said, and counts neither way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge import Status
from at_tui.judge.phrases import day as day_words
from at_tui.judge.phrases import listing
from at_tui.kollegium import levels, weeks
from at_tui.kollegium.forms import assessors
from at_tui.language import text
from schema.words import Outcome

if TYPE_CHECKING:
    from at_tui.judge import Finding
    from at_tui.kollegium.case import Case
    from schema.content.triage import TriageRule

GROUPS = (Outcome.TALK, Outcome.THIN_EVIDENCE, Outcome.ON_TRACK)
"""The groups in the order in which a meeting needs them."""
_NAMED = 3
"""So many things (areas, requirements) are named in a reason; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was not kept, and why."""

    rule_id: str
    label: str
    """The rule as it is written."""
    group: Outcome
    sentence: str
    """What there is and where the line goes, e.g. "2 av 4 observationer på 26 veckor"."""
    short: str
    """The same in a few words, for a list."""


@dataclass(frozen=True, slots=True)
class Triage:
    """Where a case belongs, and every reason for it, those of its own group first."""

    group: Outcome
    reasons: tuple[Reason, ...] = ()
    unjudged: tuple[str, ...] = ()
    """Ids of the rules that could not be asked, e.g. because the programme is not known here."""

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons of its own group."""
        return tuple(reason for reason in self.reasons if reason.group is self.group)


def triage(case: Case) -> Triage:
    """Return where a case belongs by the rules in use. A talk goes before thin evidence."""
    reasons: list[Reason] = []
    unjudged: list[str] = []
    for rule in case.sources.rules.rules:
        if not rule.active or case.has_left or case.training_week < rule.from_week:
            continue
        said = _MEASURES[rule.measure](case, rule)
        if said is None:
            unjudged.append(rule.id)
        elif said is not KEPT:
            key, values = said
            sentence, short = (text(f"kollegium.{each}.{key}", **values) for each in _BOTH)
            reasons.append(Reason(rule.id, rule.label, Outcome(rule.group), sentence, short))
    group = next((g for g in GROUPS if any(r.group is g for r in reasons)), Outcome.ON_TRACK)
    reasons.sort(key=lambda reason: GROUPS.index(reason.group))
    return Triage(group, tuple(reasons), tuple(unjudged))


_BOTH = ("reason", "short")
Said = tuple[str, dict[str, object]]
"""Key of the sentence under `kollegium.reason` and `kollegium.short`, and its values."""

KEPT: Said = ("", {})

# Each measure returns what is said of a rule that is not kept, KEPT when it is, and None when it
# cannot be said.


def _since(case: Case, rule: TriageRule) -> date | None:
    return case.back(rule.weeks) if rule.weeks else None


def _few(name: str, have: int, rule: TriageRule) -> Said:
    need = rule.at_least or 0
    if have >= need:
        return KEPT
    if rule.weeks is None:
        return f"{name}_ever", {"have": have, "need": need}
    return name, {"have": have, "need": need, "weeks": rule.weeks}


def _observations(case: Case, rule: TriageRule) -> Said:
    return _few("observations", len(case.counted(rule.categories, _since(case, rule))), rule)


def _assessors(case: Case, rule: TriageRule) -> Said:
    seen = case.counted(rule.categories, _since(case, rule))
    return _few("assessors", len(assessors(seen)), rule)


def _settings(case: Case, rule: TriageRule) -> Said:
    seen = case.counted(rule.categories, _since(case, rule))
    found = set()
    for form in seen:
        stay = case.binder.placement_of(form.record)
        found.add(form.setting(stay.unit_id if stay else None))
    return _few("settings", len(found - {""}), rule)


def _narratives(case: Case, rule: TriageRule) -> Said:
    seen = case.counted(rule.categories, _since(case, rule))
    return _few("narratives", sum(bool(form.said("keep", "change")) for form in seen), rule)


def _supervision_share(case: Case, rule: TriageRule) -> Said:
    stay = case.placement
    if stay is None:
        return KEPT
    first = max(stay.start, _since(case, rule) or stay.start)
    found = weeks.tally(case.binder.sessions, case.away, first, stay.end, case.on)
    # In a placement of three weeks one cancelled session is no pattern.
    if found.weeks_begun < 4 or 100 * found.weeks_met >= (rule.at_least or 0) * found.weeks_begun:
        return KEPT
    return "supervision_share", {"met": found.weeks_met, "begun": found.weeks_begun}


def _quiet_weeks(case: Case, rule: TriageRule) -> Said:
    if case.away_until is not None or case.quiet_weeks <= _most(rule):
        return KEPT
    return "quiet_weeks", {"weeks": case.quiet_weeks}


def _of_status(status: Status, name: str) -> Callable[[Case, TriageRule], Said | None]:
    def measure(case: Case, rule: TriageRule) -> Said | None:
        if case.findings is None:
            return None
        found = [f for f in case.findings if _concerns(f, rule) and f.status is status]
        if len(found) <= _most(rule):
            return KEPT
        named = _some([f.title for f in found])
        return name, {"count": len(found), "named": named}

    return measure


def _concerns(finding: Finding, rule: TriageRule) -> bool:
    return (
        finding.in_force
        and finding.strength in rule.strengths
        and (not rule.kinds or finding.kind in rule.kinds)
    )


def _falling(case: Case, rule: TriageRule) -> Said:
    fell = [a for a in _recent(case, rule) if a.fell(rule.drop)]
    if len(fell) <= _most(rule):
        return KEPT
    named = _some([a.label for a in fell])
    return "falling", {"count": len(fell), "named": named}


def _low(case: Case, rule: TriageRule) -> Said:
    low = [a for a in _recent(case, rule) if a.is_low(rule.level)]
    if len(low) <= _most(rule):
        return KEPT
    return "low", {"count": len(low), "named": _some([a.label for a in low])}


def _recent(case: Case, rule: TriageRule) -> list[levels.Area]:
    forms = case.counted(("observation", "feedback"), _since(case, rule))
    return levels.areas(forms)


def _concern(case: Case, rule: TriageRule) -> Said:
    return ("concern", {}) if case.has_plan > _most(rule) else KEPT


def _open_actions(case: Case, rule: TriageRule) -> Said:
    late = [a for a in case.open_actions if a.due is not None and a.due < case.on]
    if len(late) <= _most(rule):
        return KEPT
    return "open_actions", {"count": len(late), "named": _some([a.text for a in late])}


def _last_outcome(case: Case, rule: TriageRule) -> Said:
    if case.last is None or case.last_outcome not in rule.outcomes:
        return KEPT
    outcome = text(f"word.outcome.{case.last_outcome}")
    return "last_outcome", {"outcome": outcome, "day": day_words(case.last.meeting.day)}


def _most(rule: TriageRule) -> int:
    return rule.at_most if rule.at_most is not None else 0


def _some(names: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    if len(names) <= _NAMED:
        return listing(names)
    rest = len(names) - _NAMED
    return text("kollegium.and_more", named=", ".join(names[:_NAMED]), rest=rest)


_MEASURES: dict[str, Callable[[Case, TriageRule], Said | None]] = {
    "observations": _observations,
    "assessors": _assessors,
    "settings": _settings,
    "narratives": _narratives,
    "supervision_share": _supervision_share,
    "quiet_weeks": _quiet_weeks,
    "late": _of_status(Status.LATE, "late"),
    "missing": _of_status(Status.MISSING, "missing"),
    "falling": _falling,
    "low": _low,
    "concern": _concern,
    "open_actions": _open_actions,
    "last_outcome": _last_outcome,
}
"""Every measure that a rule can name (`schema/content/triage.py`)."""
