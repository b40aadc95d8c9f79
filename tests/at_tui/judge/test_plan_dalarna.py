"""Dalarna: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.at_tui.judge.cases import (
    LATE,
    MET,
    MISSING,
    ON_WAY,
    Case,
    Whom,
    again,
    assessed,
    check,
    course,
    forms,
    lacking,
    length,
    meetings,
    milestone,
    placed,
    records,
    supervisor,
    talk,
    year,
)
from tests.at_tui.judge.made import Absence, Person, programme, verdict

FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
# 21 months from 1 January 2026.
BLOCK = records(placed("invartes", date(2026, 1, 1), date(2027, 9, 30), "medicin"), norm=21)
# Week 10 of 2026 is 2 to 8 March.
SPRING = records(placed("invartes", date(2026, 3, 2), date(2026, 8, 30)))

CASES = [
    # 1 January 2026 and 21 months is 1 October 2027.
    *length("D-01", "invartes", date(2026, 1, 1), date(2027, 9, 30)),
    # 3 months are served on 31 March, 12 on 31 December, 15 on 31 March and 17 on 31 May 2027;
    # thirty days later is 30 April, 30 January, 30 April and 30 June.
    *milestone("D-02a", BLOCK, date(2026, 3, 31), date(2026, 4, 30), talk("month_3")),
    *milestone("D-02b", BLOCK, date(2026, 12, 31), date(2027, 1, 30), talk("month_12")),
    *milestone("D-02c", BLOCK, date(2027, 3, 31), date(2027, 4, 30), talk("month_15")),
    *milestone("D-02d", BLOCK, date(2027, 5, 31), date(2027, 6, 30), talk("month_17")),
    *again(
        "D-03", year(), date(2026, 6, 30), [date(2026, 5, 20)], [date(2026, 11, 18)], meetings
    ),
    # A week: Monday 2 to Sunday 8 March, then to Sunday the 15th.
    *again(
        "D-04a", SPRING, date(2026, 3, 8), [date(2026, 3, 6)], [date(2026, 3, 13)],
        forms("dalarna-aterkoppling"),
    ),
    # Six weeks from 2 March end on Sunday 12 April; then to 24 May.
    *again(
        "D-04b", SPRING, date(2026, 4, 12), [date(2026, 4, 10)], [date(2026, 5, 22)],
        forms("dalarna-aterkoppling"),
    ),
    *again(
        "D-05", SPRING, date(2026, 3, 8), [date(2026, 3, 6)], [date(2026, 3, 13)],
        forms("fredagsfeedback"),
    ),
    *milestone("D-06", year(), date(2026, 12, 31), date(2026, 12, 31), talk("slutsamtal")),
    *assessed("D-07", "mini-cex", FOUR),
    *course("D-08", "introduktionsjour"),
    *supervisor("D-09", "invartes", Whom(Person(title="ST-läkare"), Person(licensed=False))),
    # A course of 10 March 2019 is seven years old on 10 March 2026.
    *[
        Case(
            "D-10",
            records(
                placed("invartes", date(2026, 1, 1), date(2026, 12, 31), supervisor_id="h1"),
                people={"h1": Person(id="h1", supervisor_course_on=date(2010, 1, 1),
                                     supervisor_refresher_on=date(2019, 3, 10))},
            ),
            {date(2026, 3, 9): MET, date(2026, 3, 10): MET, date(2026, 3, 11): MISSING},
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_dalarna_is_judged_as_the_table_says(case: Case) -> None:
    check("dalarna", case)


def test_leave_moves_the_talk_by_as_much() -> None:
    """One month of parental leave in February: the third month is served on 30 April."""
    away = replace(BLOCK, absences=[Absence("foraldraledig", date(2026, 2, 1), date(2026, 2, 28))])
    finding = verdict(away, programme("dalarna"), "D-02a", date(2026, 1, 7))
    assert finding.next_date == date(2026, 4, 30)


def test_part_time_moves_the_talk_by_as_much() -> None:
    """At half time three months are served after six: on 30 June."""
    half = records(placed("invartes", date(2026, 1, 1), date(2029, 6, 30), percent=50), norm=21)
    finding = verdict(half, programme("dalarna"), "D-02a", date(2026, 1, 7))
    assert finding.next_date == date(2026, 6, 30)


def test_a_feedback_document_may_come_later_in_practice_than_is_asked() -> None:
    """One on 6 March answers six weeks of practice, and only the first of the weeks asked for."""
    once = replace(SPRING, **forms("dalarna-aterkoppling")([date(2026, 3, 6)]))
    check("dalarna", Case("D-04a", once, {date(2026, 3, 30): LATE}))
    check("dalarna", Case("D-04b", once, {date(2026, 3, 30): MET, date(2026, 4, 13): ON_WAY}))


@pytest.mark.parametrize("percent", [50, 100])
def test_a_draft_or_a_voided_form_is_no_form(percent: int) -> None:
    base = records(placed("invartes", date(2026, 3, 2), date(2026, 8, 30), percent=percent))
    for status in ("draft", "voided", "corrected"):
        marks = forms("fredagsfeedback")([date(2026, 3, 6)])["assessments"]
        spoilt = replace(base, assessments=[replace(mark, status=status) for mark in marks])
        assert verdict(spoilt, programme("dalarna"), "D-05", date(2026, 3, 8)).counted == ()


def test_every_requirement_of_dalarna_is_in_the_table() -> None:
    assert lacking("dalarna", CASES) == []
