"""What the menu and the last tab of a trainee's page lead to.

A new page is one line here, its way in `screens/ways.py`, and its words in the catalogue:
`menu.<name>` and `menu.<name>_more`, or `more.<name>` and `more.<name>_more`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from screens import ways


@dataclass(frozen=True)
class Entry:
    """One page of the whole file: its name in code, and how it is made."""

    name: str
    make: Callable[[], Screen[Any]]


@dataclass(frozen=True)
class TraineeEntry:
    """One page about one training: its name in code, and how it is made of the training's id."""

    name: str
    make: Callable[[str], Screen[Any]]


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "people",
        (
            Entry("trainees", ways.trainees),
            Entry("new_trainee", ways.new_trainee),
            Entry("import_group", ways.import_group),
            Entry("supervisors", ways.supervisors),
            Entry("units", ways.units),
            Entry("gaps", ways.gaps),
            Entry("new_person", ways.new_person),
            Entry("new_unit", ways.new_unit),
        ),
    ),
    (
        "kollegium",
        (
            Entry("cohort", ways.cohort),
            Entry("coverage", ways.coverage),
            Entry("meetings", ways.meetings),
            Entry("chase", ways.chase),
            Entry("triage_rules", ways.triage_rules),
        ),
    ),
    (
        "year",
        (
            Entry("metrics", ways.metrics),
            Entry("recruitment", ways.recruitment),
            Entry("exams", ways.exams),
            Entry("accounts", ways.accounts),
            Entry("occasions", ways.occasions),
            Entry("evaluations", ways.evaluations),
        ),
    ),
    ("programme", (Entry("compare", ways.compare),)),
    (
        "keeping",
        (
            Entry("settings", ways.settings),
            Entry("backups", ways.backups),
            Entry("imports", ways.imports),
            Entry("export_lists", ways.export_lists),
            Entry("calendar_file", ways.calendar_file),
            Entry("retention", ways.retention),
        ),
    ),
)
"""Groups (`menu.group.<name>`) with their pages, in order."""

MORE: tuple[TraineeEntry, ...] = (
    TraineeEntry("education", ways.education),
    TraineeEntry("talks", ways.talks),
    TraineeEntry("introductions", ways.introductions),
    TraineeEntry("evaluate", ways.evaluate),
    TraineeEntry("yardsticks", ways.yardsticks),
    TraineeEntry("what_if", ways.what_if),
    TraineeEntry("support_plans", ways.support_plans),
    TraineeEntry("account", ways.account),
    TraineeEntry("exam", ways.exam),
    TraineeEntry("final_certificate", ways.final_certificate),
    TraineeEntry("archive", ways.archive),
    TraineeEntry("disclose", ways.disclose),
    TraineeEntry("erase", ways.erase),
    TraineeEntry("calendar_file", ways.calendar_file),
)
"""Pages about one training that have no tab of their own, in order."""
