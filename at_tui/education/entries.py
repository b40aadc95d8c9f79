"""The rules of an education record: what may be saved. Pure: values in, problems out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from at_tui.problem import Problem
from schema.words import EducationKind

IN_DAYS = frozenset({EducationKind.COURSE, EducationKind.CONFERENCE})
"""Counted in days; all other kinds in minutes."""
MOST_MINUTES = 14_400
MOST_DAYS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationEntry:
    """A filled-in form. What could not be read is None."""

    kind: EducationKind | None
    title: str
    day: date | None
    minutes: int | None = 0
    days: float | None = 0
    planned: bool = False
    """Nobody has said yet who was there: the only thing that what is to come can be, unless its
    absence has been notified."""
    attended: bool = True
    absence_notified: bool = False
    absence_reason: str = ""


def check_education(
    entry: EducationEntry,
    *,
    on: date,
    training_start: date | None = None,
    training_end: date | None = None,
) -> list[Problem]:
    """Return everything that stops an entry from being saved, each by its field.

    Args:
        on: Today: what has not been cannot have been attended, nor missed without a word; what
            has been is no longer planned.
        training_start, training_end: First and last day of the training; None for an occasion
            of many, which is held to each training by itself.
    """
    found: list[Problem] = []
    if entry.kind is None:
        found.append(Problem("kind", "education.kind_missing"))
    if not entry.title:
        found.append(Problem("title", "education.title_missing"))
    if entry.day is None:
        found.append(Problem("day", "education.day_missing"))
    else:
        found += _about_the_day(entry.day, training_start, training_end)
    found += _about_the_length(entry)
    return found + _about_the_attendance(entry, on)


def _about_the_day(
    day: date, training_start: date | None, training_end: date | None
) -> list[Problem]:
    if training_start is not None and day < training_start:
        return [Problem("day", "education.before_training", {"start": training_start})]
    if training_end is not None and day > training_end:
        return [Problem("day", "education.after_training", {"end": training_end})]
    return []


def _about_the_attendance(entry: EducationEntry, on: date) -> list[Problem]:
    if (entry.attended or entry.planned) and (entry.absence_notified or entry.absence_reason):
        return [Problem("attended", "education.there_and_away")]
    if entry.day is None:
        return []
    if entry.day > on and not entry.planned and not entry.absence_notified:
        return [Problem("attended", "education.not_yet", {"day": entry.day})]
    if entry.day < on and entry.planned:
        return [Problem("attended", "education.has_been", {"day": entry.day})]
    return []


def _about_the_length(entry: EducationEntry) -> list[Problem]:
    minutes, days = entry.minutes or 0, entry.days or 0
    if minutes < 0 or minutes > MOST_MINUTES:
        return [Problem("minutes", "education.minutes_outside", {"most": MOST_MINUTES})]
    if days < 0 or days > MOST_DAYS:
        return [Problem("days", "education.days_outside", {"most": int(MOST_DAYS)})]
    if entry.kind is EducationKind.COURSE and not days:
        return [Problem("days", "education.no_days")]
    if entry.kind in IN_DAYS and not days and not minutes:
        return [Problem("days", "education.no_length_days")]
    if entry.kind is not None and entry.kind not in IN_DAYS and not minutes and not days:
        return [Problem("minutes", "education.no_minutes")]
    return []
