"""The judge's findings for a whole cohort: the one place where binders meet the judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from at_tui.judge import Finding, Records, judge

if TYPE_CHECKING:
    from at_tui.kollegium.sources import Sources
    from data.kollegium_shelf import Binder, Shelf

Findings = Mapping[str, Sequence[Finding]]
"""By training id. A training that is not there has not been judged: its programme is gone."""

Progress = Callable[[int, int], None]
"""Told how many are done, of how many; stops the work by raising."""


def records_of(binder: Binder, shelf: Shelf) -> Records:
    """Return a binder as the judge reads it."""
    return Records(
        training=binder.training,
        trainee=binder.trainee,
        placements=binder.placements,
        absences=binder.absences,
        supervisions=binder.sessions,
        agreements=binder.agreements,
        assessments=binder.assessments,
        educations=binder.educations,
        talks=binder.talks,
        introductions=binder.introductions,
        decisions=binder.decisions,
        kollegier=shelf.kollegier,
        account=binder.accounts,
        exams=binder.exams,
        certificates=binder.certificates,
        support_plans=binder.plans,
        people=shelf.people,
        units=shelf.units,
        evaluations=shelf.evaluations,
    )


def judge_all(
    shelf: Shelf, sources: Sources, progress: Progress | None = None
) -> dict[str, list[Finding]]:
    """Return the findings of every training on the shelf, as of its day."""
    found: dict[str, list[Finding]] = {}
    for done, binder in enumerate(shelf.binders):
        if progress is not None:
            progress(done, len(shelf.binders))
        programme = sources.programme(binder.training)
        if programme is not None:
            found[binder.id] = judge(records_of(binder, shelf), programme, shelf.on)
    return found
