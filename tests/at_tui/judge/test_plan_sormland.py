"""Sörmland: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.at_tui.judge.cases import (
    LATE,
    MET,
    MISSING,
    NOT_ASKED,
    ON_WAY,
    SOON_,
    Case,
    activities,
    again,
    assessed,
    at_most,
    check,
    lacking,
    length,
    meetings,
    placed,
    records,
    trained_on,
    within,
    year,
)
from tests.at_tui.judge.made import Person, programme, verdict

MONDAY = date(2026, 1, 5)

# From Monday 5 January: 2 weeks are 14 days, to 18 January; 3 to the 25th; 4 to 1 February; 6 to
# 15 February; 8 to 1 March; 13 are 91 days, to 5 April; 15 to 19 April; 19 are 133, to 17 May;
# 20 are 140, to 24 May.
CASES = [
    # 1 January 2026 and 21 months is 1 October 2027; and 1 month is 1 February.
    *length("S-01", "invartes", date(2026, 1, 1), date(2027, 9, 30)),
    *length("S-02a", "opererande", MONDAY, date(2026, 4, 5), "allmänkirurgi", date(2026, 4, 19)),
    *length("S-02b", "opererande", MONDAY, date(2026, 2, 15), "ortopedi"),
    *length("S-02c", "opererande", MONDAY, date(2026, 1, 18), "anestesi"),
    *length("S-02d", "opererande", MONDAY, date(2026, 1, 18), "kärlkirurgi"),
    *length("S-03a", "invartes", MONDAY, date(2026, 4, 5), "internmedicin", date(2026, 5, 17)),
    *length("S-03b", "invartes", date(2026, 1, 1), date(2026, 1, 31), "infektion"),
    *length("S-03c", "invartes", MONDAY, date(2026, 1, 25), "geriatrik"),
    *length("S-03d", "invartes", MONDAY, date(2026, 1, 18), "barn", date(2026, 3, 1)),
    *at_most("S-03e", "invartes", MONDAY, date(2026, 1, 18), "njurmedicin"),
    Case(
        "S-03e",
        records(placed("invartes", MONDAY, date(2026, 4, 5), "infektion")),
        {MONDAY: NOT_ASKED},
    ),
    *length("S-04a", "psykiatri", MONDAY, date(2026, 2, 1), "avdelning"),
    *length("S-04b", "psykiatri", MONDAY, date(2026, 2, 1), "mottagning"),
    *length("S-04c", "psykiatri", MONDAY, date(2026, 2, 1), "akutmottagning"),
    *length("S-05a", "allmanmedicin", MONDAY, date(2026, 5, 24), "vårdcentral"),
    *length("S-05b", "allmanmedicin", MONDAY, date(2026, 2, 1), "jourcentral"),
    # The first quarter ends on 31 March.
    *again(
        "S-06a", year(), date(2026, 3, 31), [date(2026, 3, 11)], [date(2026, 6, 10)], meetings
    ),
    *within(
        "S-06b", year("opererande"), date(2026, 12, 31), [date(2026, 3, 11), date(2026, 6, 10)],
        meetings,
    ),
    *within("S-06c", year("psykiatri"), date(2026, 12, 31), [date(2026, 3, 11)], meetings),
    *again(
        "S-07", year(), date(2026, 3, 31), [date(2026, 3, 11)], [date(2026, 6, 10)],
        activities("utvarderingsmote"),
    ),
    *assessed(
        "S-08", "medsittning-examination", ("opererande", "invartes", "psykiatri", "allmanmedicin")
    ),
    *trained_on("S-09a", "invartes", "supervisor_course_on"),
    # A course of 10 March 2021 is five years old on 10 March 2026.
    Case(
        "S-09b",
        records(
            placed("invartes", date(2026, 1, 1), date(2026, 12, 31), supervisor_id="h1"),
            people={"h1": Person(id="h1", supervisor_course_on=date(2021, 3, 10))},
        ),
        {date(2026, 3, 9): MET, date(2026, 3, 10): MET, date(2026, 3, 11): MISSING},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_sormland_is_judged_as_the_table_says(case: Case) -> None:
    check("sormland", case)


@pytest.mark.parametrize(
    ("start", "asked"),
    [(date(2026, 2, 12), True), (date(2026, 2, 16), True), (date(2026, 2, 18), False)],
)
def test_half_a_quarter_asks_for_its_kollegium_and_less_does_not(start: date, asked: bool) -> None:
    """The first quarter of 2026 has 20 + 20 + 22 = 62 working days; half is 31. From Monday
    16 February there are 10 + 22 = 32 left, from Wednesday the 18th 30."""
    base = records(placed("invartes", start, date(2026, 3, 31)))
    status = verdict(base, programme("sormland"), "S-06a", date(2026, 3, 31)).status
    assert status == (SOON_ if asked else NOT_ASKED)


def test_part_time_is_taken_up_as_often_as_full_time() -> None:
    half = records(placed("invartes", date(2026, 1, 1), date(2026, 12, 31), percent=50))
    check("sormland", Case("S-06a", half, {date(2026, 3, 31): SOON_, date(2026, 4, 1): LATE}))


def test_psychiatry_in_three_parts_is_one_section_for_the_kollegium() -> None:
    parts = records(
        placed("psykiatri", date(2026, 1, 5), date(2026, 2, 1), "avdelning"),
        placed("psykiatri", date(2026, 2, 2), date(2026, 3, 1), "mottagning"),
        placed("psykiatri", date(2026, 3, 2), date(2026, 3, 29), "akutmottagning"),
    )
    once = replace(parts, **meetings([date(2026, 2, 11)]))
    check("sormland", Case("S-06c", once, {date(2026, 2, 10): ON_WAY, date(2026, 2, 11): MET}))
    check("sormland", Case("S-06c", parts, {date(2026, 3, 30): MISSING}))


def test_every_requirement_of_sormland_is_in_the_table() -> None:
    assert lacking("sormland", CASES) == []
