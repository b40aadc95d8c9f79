"""Leave for external courses, 45 days ahead, and for reading and sitting the exam."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import pytest

from at_tui.accounts.leave import (
    LeaveAccount,
    check_course_leave,
    check_exam_leave,
    course_leave,
    exam_leave,
    reading_days,
)
from at_tui.accounts.rules import leave_rule
from at_tui.judge import Records, judge
from at_tui.language import text
from schema.content.requirement_kinds import Leave
from tests.at_tui.judge import made
from tests.at_tui.judge.made import Placement, Training

DAY = timedelta(days=1)
ON = date(2026, 11, 20)
START = date(2027, 1, 11)
"""A Monday."""
SITTING = date(2027, 2, 19)
"""A Friday."""


@dataclass(frozen=True)
class Away:
    start: date
    end: date
    kind: str = "kurs"
    percent: int = 100
    applied_on: date | None = None
    approved_on: date | None = None
    id: str = field(default_factory=made._id)


def rule(of: Literal["course", "exam"]) -> Leave:
    found = leave_rule(made.programme("varmland"), of, date(2026, 1, 12), ON)
    assert found is not None
    return found


def account(*absences: Away) -> LeaveAccount:
    return course_leave(rule("course"), absences)


def codes(applied: date, *absences: Away, days: int = 2, on: date = ON) -> list[str]:
    end = START + (days - 1) * DAY
    found = check_course_leave(START, end, applied, account=account(*absences), on=on)
    return [problem.code for problem in found]


def test_leave_applied_for_45_days_ahead_is_taken() -> None:
    applied = START - 45 * DAY
    assert codes(applied, on=applied) == []


def test_leave_applied_for_44_days_ahead_is_refused_with_the_day_it_should_have_been() -> None:
    applied = START - 44 * DAY
    found = check_course_leave(START, START, applied, account=account(), on=applied)
    assert [(p.field, p.code) for p in found] == [("applied_on", "account.leave_late")]
    said = text(found[0].code, **found[0].values)
    assert "44 dagar före 11 jan 2027" in said
    assert "minst 45" in said
    assert "27 nov 2026" in said, "the last day to apply"
    assert "12 jan 2027" in said, "the first day that can be had"


def test_leave_applied_for_after_it_began_is_refused() -> None:
    assert codes(START + DAY, on=START + 2 * DAY) == ["account.leave_after"]


def test_an_application_from_the_future_is_refused() -> None:
    assert codes(ON + DAY) == ["account.applied_to_come"]


def test_three_working_days_in_all_may_be_had_and_not_four() -> None:
    taken = Away(date(2026, 9, 7), date(2026, 9, 7))
    assert codes(ON, taken, days=2) == []
    assert codes(ON, taken, days=3) == ["account.leave_too_many"]
    assert codes(ON, days=3) == []


def test_a_weekend_in_the_leave_is_no_working_day() -> None:
    found = course_leave(rule("course"), [Away(date(2026, 11, 13), date(2026, 11, 16))])
    assert (found.used, found.left) == (2, 1)


def test_leave_without_a_working_day_or_that_ends_before_it_starts_is_told() -> None:
    saturday = date(2027, 1, 16)
    applied = ON
    for start, end, code in (
        (saturday, saturday + DAY, "account.leave_no_days"),
        (saturday, saturday - DAY, "invalid.end_before_start"),
    ):
        found = check_course_leave(start, end, applied, account=account(), on=ON)
        assert [p.code for p in found] == [code]


def test_leave_just_before_a_sitting_is_not_taken_off_the_course_leave() -> None:
    reading = Away(SITTING - 2 * DAY, SITTING)
    assert course_leave(rule("course"), [reading], [SITTING]).used == 0
    assert course_leave(rule("course"), [reading]).used == 3
    assert exam_leave(rule("exam"), [reading], SITTING).used == 3


def test_the_judge_does_not_take_reading_days_for_course_leave_either() -> None:
    reading = made.Absence("kurs", SITTING - 2 * DAY, SITTING)
    course = made.Absence("kurs", date(2026, 9, 7), date(2026, 9, 8), applied_on=date(2026, 6, 1))
    records = Records(
        Training(date(2026, 1, 12), date(2027, 10, 11), programme_id="varmland"),
        placements=[Placement("invartes", date(2026, 1, 12), date(2027, 10, 11))],
        absences=[reading, course],
        exams=[made.Sitting(SITTING)],
    )
    findings = judge(records, made.programme("varmland"), SITTING + DAY)
    assert next(f for f in findings if f.requirement_id == "V-21").have == 2


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (SITTING - 2 * DAY, SITTING, []),
        (SITTING - 14 * DAY, SITTING - 14 * DAY, []),
        (SITTING - 15 * DAY, SITTING - 15 * DAY, ["account.exam_leave_early"]),
        (SITTING, SITTING + DAY, ["account.exam_leave_after"]),
        (SITTING - 3 * DAY, SITTING, ["account.exam_leave_too_many"]),
    ],
)
def test_exam_leave_is_three_days_in_the_two_weeks_up_to_the_sitting(
    first: date, last: date, codes: list[str]
) -> None:
    free = exam_leave(rule("exam"), [], SITTING)
    found = check_exam_leave(first, last, ON, account=free, sitting=SITTING, on=ON)
    assert [problem.code for problem in found] == codes


def test_reading_days_end_with_the_sitting_and_pass_over_weekends() -> None:
    assert reading_days(SITTING, 3) == date(2027, 2, 17)
    monday = date(2027, 2, 22)
    assert reading_days(monday, 3) == date(2027, 2, 18)
