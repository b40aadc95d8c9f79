"""What may be entered about a sitting and about a day of the exam, and what the file says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from at_tui.exam.checks import SittingEntry, check_day, check_sitting
from at_tui.exam.reading import exam_rules
from at_tui.language import text
from data import content
from data.content.loading import SHIPPED

DAY = timedelta(days=1)
ON = date(2026, 11, 20)
START = date(2025, 9, 1)
SAT = date(2026, 10, 20)


def codes(others: tuple[date, ...] = (), **values: object) -> list[str]:
    entry = SittingEntry(**{"day": SAT, **values})  # type: ignore[arg-type]
    found = check_sitting(entry, exam_rules(), start=START, on=ON, others=others)
    for problem in found:
        assert text(problem.code, **problem.values)
    return [problem.code for problem in found]


def test_a_sitting_with_its_result_is_taken() -> None:
    assert codes(registered_on=SAT - 30 * DAY, points=52, passed=True) == []
    assert codes(points=51, passed=False) == []
    assert codes(day=ON + DAY, registered_on=ON) == []


@pytest.mark.parametrize(("points", "passed"), [(52, False), (51, True)])
def test_points_and_result_agree_at_the_limit_of_65_per_cent(points: int, passed: bool) -> None:
    key = "exam.not_passed" if passed else "exam.passed_by_points"
    assert codes(points=points, passed=passed) == [key]


def test_an_oral_exam_has_no_limit_in_points() -> None:
    assert codes(oral=True, passed=True) == []


def test_a_result_from_the_future_or_points_beyond_the_most_are_told() -> None:
    assert codes(day=ON + DAY, passed=True) == ["exam.result_to_come"]
    assert codes(day=ON + DAY, points=60) == ["exam.result_to_come"]
    assert codes(points=81) == ["exam.too_many_points"]


def test_days_out_of_order_are_told() -> None:
    assert codes(registered_on=ON + DAY, day=ON + 9 * DAY) == ["exam.registered_to_come"]
    assert codes(registered_on=SAT + DAY) == ["exam.registered_after"]
    assert codes(day=START) == ["exam.before_training"]
    assert codes(others=(SAT,)) == ["exam.sitting_known"]


def test_a_day_of_the_exam_closes_before_it_is_given() -> None:
    day = date(2027, 2, 19)
    assert check_day(day, date(2027, 1, 14), date(2027, 1, 21)) == []
    assert check_day(day, None, day) == []
    found = check_day(day, date(2027, 1, 22), date(2027, 1, 21), others=[day])
    assert [p.code for p in found] == ["exam.day_known", "exam.opens_after"]
    assert [p.code for p in check_day(day, None, day + DAY)] == ["invalid.apply_after_day"]
    assert [p.code for p in check_day(day, day + DAY, None)] == ["exam.opens_after"]


def test_the_file_says_65_per_cent_of_80_points_and_six_documents() -> None:
    rules = exam_rules()
    assert rules.pass_points == 52
    documents = [step for step in rules.steps if step.first_time]
    assert len(documents) == 6
    assert {step.section for step in documents if step.section} == {
        "opererande", "invartes", "psykiatri", "allmanmedicin",
    }  # fmt: skip


def test_a_faulty_file_of_ones_own_is_told_with_its_line(tmp_path: Path) -> None:
    shipped = (SHIPPED / "exams" / "eat.toml").read_text(encoding="utf-8")
    wrong = shipped.replace("apply_by = 2025-10-23", "apply_by = 2025-11-22")
    path = tmp_path / "exams" / "eat.toml"
    path.parent.mkdir()
    path.write_text(wrong, encoding="utf-8")
    (fault,) = content.own_faults(tmp_path)
    assert fault.line is not None
    assert wrong.splitlines()[fault.line - 1].startswith("apply_by")
    assert exam_rules(tmp_path) == exam_rules()
