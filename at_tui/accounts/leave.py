"""Paid leave for external courses and for the exam: how much, and applied for how long ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from at_tui.judge.calendar import working_days
from at_tui.judge.leave import READING, is_for_exam
from at_tui.judge.phrases import day as day_words
from at_tui.judge.records import AbsenceLike
from at_tui.problem import Problem

if TYPE_CHECKING:
    from schema.content.requirement_kinds import Leave


class LeaveLike(AbsenceLike, Protocol):
    """What is read of an absence: also when it was granted."""

    @property
    def approved_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """One leave in working days; `notice` is how many days ahead it was applied for."""

    absence: LeaveLike
    days: int
    notice: int | None
    late: bool
    waiting: bool
    """Applied for; nobody has answered."""


@dataclass(frozen=True, slots=True)
class LeaveAccount:
    """Leave of one sort: how many working days there are, and what is entered of them."""

    rule: Leave
    most: int
    used: int
    lines: tuple[LeaveLine, ...]

    @property
    def left(self) -> int:
        """Working days left; none when more is entered than there is."""
        return max(0, self.most - self.used)


def last_application(start: date, rule: Leave) -> date:
    """Return the last day to apply for leave that begins on `start`."""
    return start - timedelta(days=rule.notice_days)


def earliest_start(applied_on: date, rule: Leave) -> date:
    """Return the first day that leave applied for on `applied_on` can begin."""
    return applied_on + timedelta(days=rule.notice_days)


def course_leave(
    rule: Leave, absences: Iterable[LeaveLike], sittings: Sequence[date] = ()
) -> LeaveAccount:
    """Return the leave for external courses, over the whole training.

    Args:
        sittings: Days of the exam, where the plan gives leave for it: what lies in the two weeks
            up to one of them is for that.
    """
    lines = [_line(rule, a) for a in _of_kind(rule, absences) if not is_for_exam(a, sittings)]
    return LeaveAccount(rule, rule.max_days, sum(x.days for x in lines), tuple(lines))


def exam_leave(rule: Leave, absences: Iterable[LeaveLike], sitting: date) -> LeaveAccount:
    """Return the leave in the two weeks up to a sitting, its day included."""
    lines = [
        LeaveLine(
            a,
            working_days(max(a.start, sitting - READING), min(a.end, sitting)),
            (a.start - a.applied_on).days if a.applied_on else None,
            late=False,
            waiting=a.applied_on is not None and a.approved_on is None,
        )
        for a in _of_kind(rule, absences)
        if a.end >= sitting - READING and a.start <= sitting
    ]
    return LeaveAccount(rule, rule.max_days, sum(x.days for x in lines), tuple(lines))


def check_course_leave(
    start: date | None,
    end: date | None,
    applied_on: date | None,
    *,
    account: LeaveAccount,
    on: date,
) -> list[Problem]:
    """Return what stops an application for course leave.

    The notice is counted in calendar days from the application to the first day of leave: 45 days
    before 26 November is 12 October.
    """
    rule, found = account.rule, list(_days(start, end))
    if applied_on is not None and applied_on > on:
        found.append(Problem("applied_on", "account.applied_to_come"))
    elif applied_on is not None and start is not None:
        notice = (start - applied_on).days
        if notice < rule.notice_days:
            values = {
                "notice": notice,
                "needed": rule.notice_days,
                "start": day_words(start),
                "last": day_words(last_application(start, rule)),
                "applied": day_words(applied_on),
                "earliest": day_words(earliest_start(applied_on, rule)),
            }
            key = "account.leave_after" if notice < 0 else "account.leave_late"
            found.append(Problem("applied_on", key, values))
    return [*found, *_too_many(start, end, account, "account.leave_too_many")]


def check_exam_leave(
    start: date | None,
    end: date | None,
    applied_on: date | None,
    *,
    account: LeaveAccount,
    sitting: date,
    on: date,
) -> list[Problem]:
    """Return what stops leave for reading and sitting the exam: so many working days, in the two
    weeks up to the sitting."""
    found = list(_days(start, end))
    if applied_on is not None and applied_on > on:
        found.append(Problem("applied_on", "account.applied_to_come"))
    values = {"day": day_words(sitting), "first": day_words(sitting - READING)}
    if start is not None and start < sitting - READING:
        found.append(Problem("start", "account.exam_leave_early", values))
    if end is not None and end > sitting:
        found.append(Problem("end", "account.exam_leave_after", values))
    return [*found, *_too_many(start, end, account, "account.exam_leave_too_many")]


def _days(start: date | None, end: date | None) -> list[Problem]:
    if start is None or end is None:
        return []
    if end < start:
        return [Problem("end", "invalid.end_before_start")]
    if working_days(start, end) == 0:
        return [Problem("end", "account.leave_no_days")]
    return []


def _too_many(
    start: date | None, end: date | None, account: LeaveAccount, key: str
) -> list[Problem]:
    if start is None or end is None or end < start:
        return []
    days = working_days(start, end)
    if days <= account.left:
        return []
    values = {"days": days, "most": account.most, "used": account.used, "left": account.left}
    return [Problem("end", key, values)]


def _of_kind(rule: Leave, absences: Iterable[LeaveLike]) -> Sequence[LeaveLike]:
    found = (a for a in absences if a.kind in rule.kinds and a.end >= a.start)
    return sorted(found, key=lambda a: (a.start, a.id))


def _line(rule: Leave, absence: LeaveLike) -> LeaveLine:
    notice = (absence.start - absence.applied_on).days if absence.applied_on else None
    return LeaveLine(
        absence,
        working_days(absence.start, absence.end),
        notice,
        late=notice is not None and notice < rule.notice_days,
        waiting=absence.applied_on is not None and absence.approved_on is None,
    )


def reading_days(sitting: date, days: int) -> date:
    """Return the first day of leave of so many working days that ends with the sitting."""
    first = sitting
    while working_days(first, sitting) < days and first > sitting - READING:
        first -= timedelta(days=1)
    return first
