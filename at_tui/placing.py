"""The rules of placements and absence: what may be saved. Pure: values in, problems out.

Sources: SOSFS 1999:5 1 kap. 2 § (part-time counts in proportion, never below half-time).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from at_tui.problem import Problem
from schema.words import AbsenceKind, SectionCode

DAY = timedelta(days=1)
LEAST, MOST = 50, 100
"""Service percentage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEntry:
    """A filled-in form. Dates and percentage are None when what was typed cannot be read."""

    section: SectionCode | None
    start: date | None
    end: date | None
    percent: int | None = MOST
    unit_id: str | None = None
    specialty: str = ""
    supervisor_id: str | None = None
    clinical_supervisor_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntry:
    """A filled-in form. `percent` is how much of the service the absence takes."""

    kind: AbsenceKind | None
    start: date | None
    end: date | None
    percent: int | None = MOST


@dataclass(frozen=True, slots=True)
class Span:
    """Another placement or absence of the same training; `end` is its last day, inclusive."""

    start: date
    end: date
    percent: int
    name: str = ""
    """What the user knows it by, e.g. its unit."""
    kind: str = ""


def check_placement(
    entry: PlacementEntry,
    *,
    training_start: date,
    training_end: date | None,
    others: Sequence[Span],
) -> list[Problem]:
    """Return everything that stops a placement from being saved, each by its field.

    Args:
        training_start: First day of the training.
        training_end: Its last day by the person's own plan, inclusive, when there is one.
        others: The training's other placements.
    """
    found: list[Problem] = []
    if entry.section is None:
        found.append(Problem("section", "placement.section_missing"))
    found += _about_the_percent(entry.percent)
    found += _about_the_days(entry.start, entry.end)
    if entry.start is None or entry.end is None or entry.end < entry.start:
        return found
    if entry.start < training_start:
        found.append(Problem("start", "placement.before_training", {"start": training_start}))
    if training_end is not None and entry.end > training_end:
        found.append(Problem("end", "placement.after_training", {"end": training_end}))
    # A percentage that will not do has its own answer; the days are then held to half-time.
    good = entry.percent is not None and LEAST <= entry.percent <= MOST
    percent = entry.percent if good and entry.percent is not None else LEAST
    clash = over_full_time(Span(entry.start, entry.end, percent), others)
    if clash is not None:
        first, last, name = clash
        values = {"start": first, "end": last, "name": name}
        found.append(Problem("start", "placement.overlap", values))
    return found


def check_absence(
    entry: AbsenceEntry,
    *,
    training_start: date,
    training_end: date | None,
    others: Sequence[Span],
) -> list[Problem]:
    """Return everything that stops an absence from being saved, each by its field.

    Args:
        training_start: First day of the training.
        training_end: Its last day, inclusive, when there is one.
        others: The training's other absences.
    """
    found: list[Problem] = []
    if entry.kind is None:
        found.append(Problem("kind", "placement.kind_missing"))
    if entry.percent is None:
        found.append(Problem("percent", "placement.percent_missing"))
    elif not 1 <= entry.percent <= MOST:
        found.append(Problem("percent", "placement.absence_percent", {"percent": entry.percent}))
    found += _about_the_days(entry.start, entry.end)
    if entry.start is None or entry.end is None or entry.end < entry.start:
        return found
    if entry.start < training_start:
        found.append(Problem("start", "placement.absence_before", {"start": training_start}))
    if training_end is not None and entry.end > training_end:
        found.append(Problem("end", "placement.absence_after", {"end": training_end}))
    percent = min(max(entry.percent or 1, 1), MOST)
    clash = over_full_time(Span(entry.start, entry.end, percent), others)
    if clash is not None:
        values = {"start": clash[0], "end": clash[1], "name": clash[2]}
        found.append(Problem("start", "placement.absence_twice", values))
    return found


def over_full_time(span: Span, others: Iterable[Span]) -> tuple[date, date, str] | None:
    """Return the first stretch of days on which `span` and the others exceed full time.

    The days are inclusive; the name is that of the other that began last. None when there is
    none: two placements at half-time may run side by side.
    """
    near = [other for other in others if other.start <= span.end and span.start <= other.end]
    edges = {span.start, span.end + DAY}
    for other in near:
        edges |= {max(other.start, span.start), min(other.end, span.end) + DAY}
    clash: tuple[date, date, str] | None = None
    for first, after in pairwise(sorted(edges)):
        there = [other for other in near if other.start <= first <= other.end]
        if span.percent + sum(other.percent for other in there) <= MOST:
            if clash is not None:
                return clash
            continue
        name = max(there, key=lambda other: other.start).name if there else ""
        clash = (clash[0], after - DAY, clash[2]) if clash else (first, after - DAY, name)
    return clash


def _about_the_days(start: date | None, end: date | None) -> list[Problem]:
    found: list[Problem] = []
    if start is None:
        found.append(Problem("start", "placement.day_missing"))
    if end is None:
        found.append(Problem("end", "placement.day_missing"))
    if start is not None and end is not None and end < start:
        found.append(Problem("end", "placement.reversed", {"start": start}))
    return found


def _about_the_percent(percent: int | None) -> list[Problem]:
    if percent is None:
        return [Problem("percent", "placement.percent_missing")]
    if not LEAST <= percent <= MOST:
        return [Problem("percent", "placement.percent_outside", {"percent": percent})]
    return []
