"""Västmanland: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from datetime import date

import pytest

from tests.at_tui.judge.cases import (
    NOT_ASKED,
    ON_WAY,
    Case,
    again,
    assessed,
    at_most,
    check,
    lacking,
    length,
    meetings,
    named,
    placed,
    records,
    sessions,
    talks,
    trained_on,
    within,
    year,
)

FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
MONDAY = date(2026, 1, 5)
# Week 10 of 2026 is 2 to 8 March.
GP = records(placed("allmanmedicin", date(2026, 3, 2), date(2026, 8, 30)))

# From Monday 5 January: 1 week ends on the 11th, 2 on the 18th, 4 on 1 February, 8 on 1 March,
# 12 are 84 days and end on 29 March, 26 are 182 and end on 5 July.
CASES = [
    *length("VM-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    *[
        Case("VM-01", records(placed("invartes", start, date(2022, 12, 31))), {start: status})
        for start, status in ((date(2020, 12, 31), NOT_ASKED), (date(2021, 1, 1), ON_WAY))
    ],
    # 4.5 months from 1 January end on 16 May: 15.5 of May's 31 days, rounded up.
    *length("VM-02a", "opererande", date(2026, 1, 1), date(2026, 5, 16)),
    *length("VM-02b", "invartes", date(2026, 1, 1), date(2026, 5, 16)),
    *length("VM-02c", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("VM-02d", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *length("VM-03a", "opererande", MONDAY, date(2026, 3, 1), "kirurgi"),
    *length("VM-03b", "opererande", MONDAY, date(2026, 2, 1), "ortopedi"),
    *length("VM-03c", "opererande", MONDAY, date(2026, 1, 11), "urologi"),
    *length("VM-03d", "opererande", MONDAY, date(2026, 1, 11), "ANIVA"),
    *at_most("VM-03e", "opererande", MONDAY, date(2026, 1, 18), "gynekologi"),
    *at_most("VM-03f", "opererande", MONDAY, date(2026, 1, 18), "kärlkirurgi"),
    *length("VM-04a", "invartes", MONDAY, date(2026, 1, 18), "infektion"),
    *length("VM-04b", "invartes", MONDAY, date(2026, 1, 18), "geriatrik"),
    *length("VM-04c", "invartes", MONDAY, date(2026, 1, 18), "barnmedicin"),
    *[
        Case(
            id,
            records(placed("invartes", MONDAY, date(2026, 3, 29), "internmedicin")),
            {MONDAY: NOT_ASKED},
        )
        for id in ("VM-03e", "VM-03f", "VM-04a", "VM-04b", "VM-04c", "VM-05b")
    ],
    *length("VM-05a", "psykiatri", MONDAY, date(2026, 3, 29), "slutenvård"),
    *length("VM-05b", "psykiatri", MONDAY, date(2026, 1, 11), "BUP", date(2026, 2, 1)),
    *length("VM-06", "allmanmedicin", MONDAY, date(2026, 7, 5)),
    *named("VM-07a", "invartes"),
    *again("VM-07b", GP, date(2026, 3, 8), [date(2026, 3, 4)], [date(2026, 3, 11)], sessions),
    *within(
        "VM-08", year(), date(2026, 12, 31), [date(2026, 2, 4), date(2026, 11, 4)],
        talks("medarbetarsamtal"),
    ),
    *within("VM-09", year(), date(2026, 12, 31), [date(2026, 5, 6)], meetings),
    *assessed("VM-10", "medsittning-formativ", FOUR),
    *trained_on("VM-11", "invartes", "supervisor_course_on"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_vastmanland_is_judged_as_the_table_says(case: Case) -> None:
    check("vastmanland", case)


def test_every_requirement_of_vastmanland_is_in_the_table() -> None:
    assert lacking("vastmanland", CASES) == []
