"""What may be entered about a sitting, and about a day of the exam. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge.phrases import day as day_words
from at_tui.problem import Problem

if TYPE_CHECKING:
    from schema.content.exam import ExamRules


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingEntry:
    """A filled-in form of one sitting; None where nothing readable is typed."""

    day: date | None
    registered_on: date | None = None
    oral: bool = False
    points: int | None = None
    passed: bool | None = None


def check_sitting(
    entry: SittingEntry,
    rules: ExamRules,
    *,
    start: date,
    on: date,
    others: Iterable[date] = (),
) -> list[Problem]:
    """Return what is wrong with a sitting.

    Args:
        start: First day of the training.
        others: Days of the training's other sittings of the same sort.
    """
    found = []
    if entry.registered_on is not None and entry.registered_on > on:
        found.append(Problem("registered_on", "exam.registered_to_come"))
    if entry.day is None:
        return found
    if entry.day <= start:
        found.append(Problem("day", "exam.before_training", {"day": day_words(start)}))
    if entry.day in others:
        found.append(Problem("day", "exam.sitting_known"))
    if entry.registered_on is not None and entry.registered_on > entry.day:
        found.append(Problem("registered_on", "exam.registered_after"))
    if entry.day > on and (entry.points is not None or entry.passed is not None):
        field = "passed" if entry.passed is not None else "points"
        found.append(Problem(field, "exam.result_to_come", {"day": day_words(entry.day)}))
    if entry.points is None or entry.oral:
        return found
    if entry.points > rules.most_points:
        found.append(Problem("points", "exam.too_many_points", {"most": rules.most_points}))
    elif entry.passed is not None and entry.passed != (entry.points >= rules.pass_points):
        values = {
            "points": entry.points,
            "most": rules.most_points,
            "percent": rules.pass_percent,
            "needed": rules.pass_points,
        }
        key = "exam.not_passed" if entry.passed else "exam.passed_by_points"
        found.append(Problem("passed", key, values))
    return found


def check_day(
    day: date | None,
    opens_on: date | None,
    apply_by: date | None,
    *,
    others: Iterable[date] = (),
) -> list[Problem]:
    """Return what is wrong with a day of the exam and its registration."""
    found = []
    if day is not None and day in others:
        found.append(Problem("day", "exam.day_known"))
    if day is not None and apply_by is not None and apply_by > day:
        found.append(Problem("apply_by", "invalid.apply_after_day"))
    last = min((d for d in (apply_by, day) if d is not None), default=None)
    if opens_on is not None and last is not None and opens_on > last:
        found.append(Problem("opens_on", "exam.opens_after"))
    return found
