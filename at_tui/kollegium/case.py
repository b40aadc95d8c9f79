"""One doctor as the kollegium sees them: a binder, held against the day and the content files."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from at_tui.judge.calendar import monday
from at_tui.kollegium import levels, weeks
from at_tui.kollegium.forms import OBSERVED, Form, counts, in_force
from schema.words import Outcome, SectionCode

if TYPE_CHECKING:
    from at_tui.judge import Finding
    from at_tui.kollegium.sources import Sources
    from data.kollegium_rows import AgreementLine, DecisionLine, KollegiumLine, PlacementLine
    from data.kollegium_shelf import Binder, Shelf
    from schema.content.curriculum import Curriculum

PERIOD = timedelta(weeks=26)
"""How far back the meeting looks when there has been none before."""
_SANE = timedelta(days=20_000)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier kollegium decided, and what it agreed."""

    meeting: KollegiumLine
    decision: DecisionLine
    actions: tuple[AgreementLine, ...]


@dataclass(frozen=True, slots=True)
class GoalCount:
    """Goals of one section: how many are marked, of how many."""

    section: str
    marked: int
    goals: int

    @property
    def left(self) -> int:
        return self.goals - self.marked


class Case:
    """Everything that is asked about one doctor, worked out once and only when it is asked.

    Args:
        findings: What the judge says; None when it has not been asked, or cannot be.
        meeting_id: The meeting that is being prepared or held: its own decisions are not earlier
            ones.
    """

    def __init__(
        self,
        binder: Binder,
        shelf: Shelf,
        sources: Sources,
        *,
        findings: Sequence[Finding] | None = None,
        meeting_id: str = "",
    ) -> None:
        self.binder = binder
        self.shelf = shelf
        self.sources = sources
        self.findings = findings
        self.meeting_id = meeting_id
        self.on = shelf.on

    def with_findings(self, findings: Sequence[Finding] | None) -> Case:
        """Return the same case judged; what has been worked out of the records is kept."""
        found = copy(self)
        found.findings = findings
        return found

    def with_sources(self, sources: Sources) -> Case:
        """Return the same case under other rules; what has been worked out is kept."""
        found = copy(self)
        found.sources = sources
        return found

    # Where they are

    @cached_property
    def placement(self) -> PlacementLine | None:
        """The placement of the day."""
        return self.binder.placement_on(self.on)

    @cached_property
    def week(self) -> tuple[int, int] | None:
        """Which week of the placement it is, of how many."""
        stay = self.placement
        if stay is None:
            return None
        return (self.on - stay.start).days // 7 + 1, (stay.end - stay.start).days // 7 + 1

    @cached_property
    def training_week(self) -> int:
        """Which week of the training it is; 0 before it has begun."""
        return max(0, (self.on - self.binder.training.start).days // 7 + 1)

    @cached_property
    def has_left(self) -> bool:
        """Whether the training was finished or broken off by the day."""
        ended = self.binder.training.ended_on
        return ended is not None and ended < self.on

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing but the training itself is recorded."""
        ids = list(self.binder.record_ids())
        return len(ids) == 2

    @cached_property
    def away(self) -> set[date]:
        """Days of full-time absence."""
        return weeks.away_days(self.binder.absences)

    @cached_property
    def away_until(self) -> date | None:
        """The last day of the absence that covers the day, when it covers all working time."""
        ends = [a.end for a in self.binder.absences
                if a.percent == 100 and a.start <= self.on <= a.end]  # fmt: skip
        return max(ends, default=None)

    @cached_property
    def away_kind(self) -> str:
        """Kind of the absence that covers the day; empty when there is none."""
        covering = [a for a in self.binder.absences
                    if a.percent == 100 and a.start <= self.on <= a.end]  # fmt: skip
        return max(covering, key=lambda a: a.end).kind if covering else ""

    def back(self, wanted: int) -> date:
        """Return the first day of the last `wanted` weeks in which they were there.

        Weeks of full-time absence are passed over: nobody can be seen at work while on leave.
        """
        if wanted not in self._back:
            self._back[wanted] = self._counted_back(wanted)
        return self._back[wanted]

    @cached_property
    def _back(self) -> dict[int, date]:
        return {}

    def _counted_back(self, wanted: int) -> date:
        start = self.binder.training.start
        week = monday(self.on)
        left = wanted
        while week > start and self.on - week < _SANE:
            if not weeks.is_away(week, self.away):
                left -= 1
            if left <= 0:
                break
            week -= weeks.WEEK
        # The same weekday so many weeks ago: eight weeks are 56 days, not to the Monday.
        first = week + timedelta(days=self.on.weekday() + 1) - weeks.WEEK
        return max(first, start)

    # Earlier meetings

    @cached_property
    def earlier(self) -> list[Earlier]:
        """Decisions of earlier kollegier, latest first."""
        found = []
        for decision in self.binder.decisions:
            meeting = self.shelf.kollegier.get(decision.kollegium_id)
            if meeting is None or meeting.id == self.meeting_id or meeting.day > self.on:
                continue
            if decision.outcome is None or not in_force(decision.status):
                continue
            actions = tuple(
                a
                for a in self.binder.agreements
                if a.origin_id == decision.id and a.origin_kind == "Decision"
            )
            found.append(Earlier(meeting, decision, actions))
        return sorted(found, key=lambda e: (e.meeting.day, e.meeting.id), reverse=True)

    @cached_property
    def last(self) -> Earlier | None:
        """The latest of them."""
        return self.earlier[0] if self.earlier else None

    @cached_property
    def open_actions(self) -> list[AgreementLine]:
        """What kollegier have agreed that is neither done nor dropped, most urgent first."""
        every = [a for each in self.earlier for a in each.actions]
        found = [a for a in every if a.done_on is None and a.dropped_on is None]
        return sorted(found, key=lambda a: (a.due or date.max, a.id))

    @cached_property
    def since(self) -> date:
        """First day of the period that this meeting looks back on: the day after the last one."""
        start = self.binder.training.start
        if self.last is not None:
            return max(start, self.last.meeting.day + timedelta(days=1))
        return max(start, self.on - PERIOD)

    # What has been seen

    @cached_property
    def forms(self) -> list[Form]:
        """Every form of the training up to the day, by day, drafts too."""
        found = []
        for record in self.binder.assessments:
            if record.day > self.on or not in_force(record.status):
                continue
            instrument = self.sources.instrument(record.instrument_id, record.instrument_version)
            if instrument is not None and instrument.category not in ("evaluation", "checklist"):
                scaled = self.sources.scaled(instrument, record.variant)
                found.append(Form(record, instrument, counts(record, instrument), scaled))
        return found

    @cached_property
    def evidence(self) -> list[Form]:
        """The forms that count."""
        return [form for form in self.forms if form.counts]

    def counted(
        self, categories: Sequence[str] = OBSERVED, since: date | None = None
    ) -> list[Form]:
        """Return the forms that count, of some categories, from a day on."""
        return [
            form
            for form in self.evidence
            if form.instrument.category in categories and (since is None or form.day >= since)
        ]

    @cached_property
    def latest(self) -> Form | None:
        """The latest form that counts in which somebody watched the work."""
        seen = self.counted()
        return seen[-1] if seen else None

    @cached_property
    def areas(self) -> list[levels.Area]:
        """Levels by area, of observations."""
        return levels.areas(self.counted(("observation",)))

    @cached_property
    def profile(self) -> levels.Profile | None:
        """The spread of the feedback document since the last kollegium, or over the last period."""
        since = min(self.since, self.on - PERIOD)
        return levels.profile(self.counted(("feedback",), since))

    # Supervision

    @cached_property
    def tally(self) -> weeks.Tally:
        """Supervision in the placement of the day; in the whole training when there is none."""
        stay = self.placement
        first = stay.start if stay else self.binder.training.start
        last = stay.end if stay else self.on
        return weeks.tally(self.binder.sessions, self.away, first, last, self.on)

    @cached_property
    def last_held(self) -> date | None:
        """Day of the latest session held."""
        held = [s.day for s in self.binder.sessions
                if s.status == "held" and s.form in weeks.FORMS and s.day <= self.on]  # fmt: skip
        return max(held, default=None)

    @cached_property
    def next_planned(self) -> date | None:
        """Day of the next session that is planned."""
        ahead = [s.day for s in self.binder.sessions if s.status == "planned" and s.day >= self.on]
        return min(ahead, default=None)

    @cached_property
    def quiet_weeks(self) -> int:
        """Whole weeks there since the last session held in the placement, or since it began."""
        stay = self.placement
        if stay is None:
            return 0
        since = max(self.last_held or stay.start, stay.start)
        gone = [w for w in weeks.mondays(since, self.on) if not weeks.is_away(w, self.away)]
        return max(0, min((self.on - since).days // 7, len(gone) - 1))

    # Goals

    @cached_property
    def curriculum(self) -> Curriculum | None:
        return self.sources.curriculum(self.binder.training)

    @cached_property
    def goals(self) -> list[GoalCount]:
        """Goals by section in the målbeskrivning's order; empty when there is none to count by."""
        if self.curriculum is None:
            return []
        marked = {m.goal_id for m in self.binder.marks
                  if m.withdrawn_on is None and m.day <= self.on}  # fmt: skip
        count: dict[str, list[int]] = {}
        for goal in self.curriculum.goals:
            both = count.setdefault(goal.section, [0, 0])
            both[0] += goal.id in marked
            both[1] += 1
        return [GoalCount(section, *both) for section, both in count.items()]

    @cached_property
    def goals_here(self) -> tuple[int, int]:
        """Goals marked and in all: of the placement's section and the general ones, else of all."""
        stay = self.placement
        here = {stay.section, SectionCode.ALLMAN} if stay else set()
        mine = [g for g in self.goals if g.section in here] or self.goals
        return sum(g.marked for g in mine), sum(g.goals for g in mine)

    # Support

    @cached_property
    def has_plan(self) -> bool:
        """Whether an open stödplan lies before the one who looks."""
        return any(
            p.opened_on <= self.on and (p.closed_on is None or p.closed_on > self.on)
            for p in self.binder.plans
        )

    @cached_property
    def last_outcome(self) -> Outcome | None:
        return (
            Outcome(self.last.decision.outcome)
            if self.last and self.last.decision.outcome
            else None
        )
