"""Everyone in service as one value: read, judged and sorted, for the screens of the kollegium.

It comes in two steps, so that a page has its rows before the programmes' requirements have been
asked: `read_cohort`, then `judged`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.kollegium.case import Case
from at_tui.kollegium.cohort import Choices, Row, cases_of, choices_of, rows_of
from at_tui.kollegium.judging import Progress, judge_all
from at_tui.kollegium.meetings import MeetingLine, meetings
from at_tui.kollegium.sources import Sources
from at_tui.kollegium.support import seen_by, viewer_of

if TYPE_CHECKING:
    from data.kollegium_shelf import Shelf
    from data.store import Store
    from schema.content.triage import TriageRules


@dataclass(frozen=True)
class Cohort:
    """Everyone in service on a day, as one person may see them."""

    shelf: Shelf
    sources: Sources
    cases: list[Case]
    rows: list[Row]
    """Most at risk first."""
    meetings: list[MeetingLine]
    """Latest first."""
    meeting_id: str
    """The next meeting, whose own decisions are no earlier ones; empty when none is set up."""
    author: str
    """Name of the one who looks."""
    judged: bool = False
    programmes: dict[str, str] = field(default_factory=dict)
    """Titles by id."""

    @property
    def on(self) -> date:
        """The day it is seen on."""
        return self.shelf.on

    @property
    def next_meeting(self) -> MeetingLine | None:
        """The next meeting that is set up and not closed."""
        return next((m for m in self.meetings if m.id == self.meeting_id), None)

    def case(self, training_id: str) -> Case | None:
        """Return one doctor's case, or None."""
        return next((c for c in self.cases if c.binder.id == training_id), None)

    def choices(self) -> Choices:
        """Return what the rows can be filtered by, programmes by their titles."""
        found = choices_of(self.rows)
        named = [(id, self.programmes.get(id) or words) for id, words in found.programmes]
        return replace(found, programmes=named)


def read_cohort(store: Store, person_id: str, on: date) -> Cohort:
    """Return everyone in service, sorted by what the records say without the programmes.

    Stödplaner are read as far as the person may see them.

    Raises:
        Fault: `store.*`, `content.not_found`.
    """
    from data.kollegium import read_shelf
    from schema.tables import Person

    with uncollected():
        with store.read() as work:
            shelf = read_shelf(work, on=on, may_see=seen_by(viewer_of(work, person_id, on)))
            lines = meetings(work)
            author = work.get(Person, person_id) if person_id else None
        ahead = [line.id for line in lines if line.closed_on is None and line.day >= on]
        sources, meeting_id = Sources(), ahead[-1] if ahead else ""
        cases = cases_of(shelf, sources, None, meeting_id)
        return Cohort(
            shelf=shelf,
            sources=sources,
            cases=cases,
            rows=rows_of(cases),
            meetings=lines,
            meeting_id=meeting_id,
            author=author.name if author else "",
            programmes=_titles(shelf, sources),
        )


def judged(cohort: Cohort, progress: Progress | None = None) -> Cohort:
    """Return the cohort with the programmes' requirements in it.

    Raises:
        What `progress` raises, to stop.
    """
    with uncollected():
        findings = judge_all(cohort.shelf, cohort.sources, progress)
        cases = [case.with_findings(findings.get(case.binder.id)) for case in cohort.cases]
        return replace(cohort, cases=cases, rows=rows_of(cases), judged=True)


def unchanged(store: Store, cohort: Cohort, on: date) -> bool:
    """Return whether a cohort is still what `read_cohort` would read: the same day, nothing
    recorded in this file since, and the same rules.

    Raises:
        Fault: `store.*`, `content.not_found`.
    """
    from data.history import last_of

    with store.read() as work:
        _, head = last_of(work.session, work.fact("node"))
    return (
        head == cohort.shelf.history and on == cohort.on and Sources().rules == cohort.sources.rules
    )


def resorted(cohort: Cohort, rules: TriageRules) -> Cohort:
    """Return the same cohort as other rules sort it."""
    with uncollected():
        sources = cohort.sources.with_rules(rules)
        cases = [case.with_sources(sources) for case in cohort.cases]
        return replace(cohort, sources=sources, cases=cases, rows=rows_of(cases))


def _titles(shelf: Shelf, sources: Sources) -> dict[str, str]:
    trainings = {b.training.programme_id: b.training for b in shelf.binders}
    found = {id: sources.programme(training) for id, training in trainings.items()}
    return {id: programme.title if programme else "" for id, programme in found.items()}


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away from work that makes a hundred thousand values at once and
    keeps them: it would walk them again and again (a third of the time)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
