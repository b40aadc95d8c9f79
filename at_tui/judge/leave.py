"""Paid leave for a course or for the exam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.calendar import working_days
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.records import AbsenceLike
    from schema.content.requirement_kinds import Leave as Asked

READING = timedelta(days=14)
"""How long before the exam leave is taken to be for reading."""


class Leave(Kind["Asked"]):
    """Working days of the absence that such leave is entered as."""

    name = "leave"
    blocked_by = frozenset({"absence_reversed"})

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        if requirement.of == "exam":
            return _exam(requirement, case)
        absences = _for_courses(requirement, case)
        taken = [a for a in absences if a.start <= case.on]
        coming = [a for a in absences if a.start > case.on]
        days = _days(taken) + _days(coming)
        counted = tuple(a.id for a in taken)
        need, have = requirement.max_days, _days(taken)
        if not taken and not coming:
            sentence = text("judge.leave.unused", days=phrases.amount(need, "days"))
            return Verdict(Status.NOT_ASKED, sentence, need, 0, "days")
        if days > need:
            sentence = text("judge.leave.too_many", days=days, most=phrases.amount(need, "days"))
            return Verdict(Status.MISSING, sentence, need, have, "days", counted=counted)
        shown = text("judge.leave.used", days=days, most=phrases.amount(need, "days"))
        late = _late(requirement, taken, coming)
        if late is not None:
            day = phrases.day(late.start - timedelta(days=requirement.notice_days))
            if late.applied_on is None:
                sentence = f"{shown} {text('judge.leave.no_day', start=phrases.day(late.start))}"
                return Verdict(Status.UNKNOWN, sentence, need, have, "days", counted=counted)
            sentence = text(
                "judge.leave.late",
                applied=phrases.day(late.applied_on),
                day=day,
                start=phrases.day(late.start),
            )
            return Verdict(
                Status.MISSING, f"{shown} {sentence}", need, have, "days", counted=counted
            )
        next_date = coming[0].start if coming else None
        return Verdict(Status.MET, shown, need, have, "days", next_date=next_date, counted=counted)


def is_for_exam(absence: AbsenceLike, sittings: Sequence[date]) -> bool:
    """Return whether an absence lies in the two weeks up to a sitting, its day included."""
    return any(day - READING <= absence.start and absence.end <= day for day in sittings)


def _for_courses(requirement: Asked, case: Case) -> list[AbsenceLike]:
    """Return the leave that is for courses; where a plan gives leave for the exam, what lies just
    before a sitting is for that."""
    sittings: list[date] = []
    if any(r.kind == "leave" and r.of == "exam" for r in case.programme.requirements):
        sittings = [e.day for e in case.records.exams if not e.oral]
    found = [a for a in case.absences if a.kind in requirement.kinds]
    return [a for a in found if not is_for_exam(a, sittings)]


def _days(absences: Sequence[AbsenceLike]) -> int:
    return sum(working_days(a.start, a.end) for a in absences)


def _late(
    requirement: Asked, taken: Sequence[AbsenceLike], coming: Sequence[AbsenceLike]
) -> AbsenceLike | None:
    """Return the first leave that was applied for too late, or of which nobody knows when."""
    if not requirement.notice_days:
        return None
    notice = timedelta(days=requirement.notice_days)
    known = [a for a in (*taken, *coming) if a.applied_on is not None]
    wrong = [a for a in known if a.applied_on and a.start - a.applied_on < notice]
    unknown = [a for a in (*taken, *coming) if a.applied_on is None]
    return next(iter([*wrong, *unknown]), None)


def _exam(requirement: Asked, case: Case) -> Verdict:
    """Leave in the two weeks up to each sitting, the day itself included."""
    sittings = sorted(e.day for e in case.records.exams if not e.oral)
    if not sittings:
        sentence = text("judge.leave.no_sitting", days=phrases.amount(requirement.max_days, "days"))
        return Verdict(Status.NOT_ASKED, sentence, requirement.max_days, 0, "days")
    day = next((d for d in sittings if d >= case.on), sittings[-1])
    taken = [
        a
        for a in case.absences
        if a.kind in requirement.kinds and a.end >= day - READING and a.start <= day
    ]
    have = sum(working_days(max(a.start, day - READING), min(a.end, day)) for a in taken)
    seen = [a for a in taken if a.start <= case.on]
    shown = text("judge.have_of", have=have, need=phrases.amount(requirement.max_days, "days"))
    met = have >= requirement.max_days
    key = "judge.leave.exam" if met else "judge.leave.exam_unknown"
    status = Status.MET if met else Status.UNKNOWN if day < case.on else Status.ON_WAY
    return Verdict(
        status,
        text(key, have=shown, day=phrases.day(day)),
        requirement.max_days,
        have,
        "days",
        next_date=day if day >= case.on else None,
        counted=tuple(a.id for a in seen),
    )
