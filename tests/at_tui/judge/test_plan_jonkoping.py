"""Jönköping's AT-koncept: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.at_tui.judge.cases import (
    DAY,
    LATE,
    MET,
    MISSING,
    ON_WAY,
    SOON_,
    UNKNOWN,
    Case,
    Whom,
    activities,
    again,
    assessed,
    check,
    course,
    evaluation,
    introduction,
    lacking,
    length,
    milestone,
    named,
    offered,
    placed,
    records,
    sessions,
    supervisor,
    talk,
    talks,
    told,
    within,
    year,
)  # fmt: skip
from tests.at_tui.judge.made import Education, Person

FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
# A block of 21 months from 1 January 2026 ends on 30 September 2027.
BLOCK = records(placed("invartes", date(2026, 1, 1), date(2027, 9, 30), "medicin"), norm=21)

CASES = [
    # The training ends on 31 December 2026, and the closing talk is due on that day.
    *milestone("J-02", year(), date(2026, 12, 31), date(2026, 12, 31), talk("slutsamtal")),
    *named("J-04", "invartes"),
    *within("J-05a", year(), date(2026, 12, 31), [date(2026, 6, 1)], talks("medarbetarsamtal")),
    # Half of 21 months is 10.5. Ten months from 1 January is 1 November 2026; half of November's
    # 30 days is 15, so the 15th. Thirty days later is 15 December.
    *milestone("J-05b", BLOCK, date(2026, 11, 15), date(2026, 12, 15), talk("mittsamtal")),
    # The spring term ends on 30 June.
    *again(
        "J-06", year(), date(2026, 6, 30), [date(2026, 3, 4)], [date(2026, 9, 2)],
        activities("arbetstraff"),
    ),
    *within(
        "J-07", year(), date(2026, 12, 31), [date(2026, 3, 4), date(2026, 9, 2)], activities("apt")
    ),
    # One session in the placement, which ends on 31 December.
    *within("J-08", year(), date(2026, 12, 31), [date(2026, 3, 4)], sessions),
    *assessed("J-09a", "medsittning-formativ", FOUR),
    *assessed("J-09b", "mini-cex", ["invartes"], times=2),
    *assessed(
        "J-10", "medsittning-examination", FOUR, answers={"slutbetyg": "godkand"}
    ),
    # January, all of it there: 4 h = 240 min. 180 are too few, 60 more on the 30th are enough.
    Case(
        "J-11",
        replace(
            year(),
            educations=[
                Education("lecture", date(2026, 1, 14), 180),
                Education("skills_training", date(2026, 1, 30), 60),
            ],
        ),
        {date(2026, 1, 29): SOON_, date(2026, 1, 30): MET, date(2026, 1, 31): MET,
         date(2026, 2, 1): ON_WAY},
    ),
    Case(
        "J-11",
        replace(year(), educations=[Education("lecture", date(2026, 1, 14), 239)]),
        {date(2026, 1, 31): SOON_, date(2026, 2, 1): LATE},
    ),
    *course("J-12a", "trauma-akut", 2),
    *course("J-12b", "at-leka", 4),
    *course("J-12c", "forsakringsmedicin", 2),
    *course("J-12d", "hot-och-vald", 1),
    *offered(course("J-13a", "distriktslakardagar", section="allmanmedicin")),
    *offered(course("J-13b", "at-stamma")),
    *offered(course("J-13c", "lansgemensam-uppfoljning")),
    # Two weeks after 1 January is the 15th; a week after it the 8th.
    *milestone("J-14a", year(), date(2026, 1, 1), date(2026, 1, 15), introduction("gemensam")),
    *milestone("J-14b", year(), date(2026, 1, 1), date(2026, 1, 8), introduction("klinik")),
    # Primary care begins on 1 July and is last; with psychiatry after it, it is not.
    Case(
        "J-15",
        records(
            placed("invartes", date(2026, 1, 1), date(2026, 6, 30)),
            placed("allmanmedicin", date(2026, 7, 1), date(2026, 12, 31)),
        ),
        {date(2026, 6, 30): ON_WAY, date(2026, 7, 1): MET, date(2026, 7, 2): MET},
    ),
    Case(
        "J-15",
        records(
            placed("allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
            placed("psykiatri", date(2026, 7, 1), date(2026, 9, 30)),
        ),
        {date(2026, 1, 1): MISSING},
    ),
    Case(
        "J-15",
        records(
            placed("allmanmedicin", date(2026, 1, 1), date(2026, 1, 31)),
            placed("psykiatri", date(2026, 2, 1), date(2026, 4, 30)),
            placed("allmanmedicin", date(2026, 5, 1), date(2026, 9, 30)),
        ),
        {date(2026, 6, 1): MISSING},
    ),
    # 1 January and 6 months is 1 July; and 3 months 1 April; and 21 months 1 October 2027.
    *length("J-16a", "invartes", date(2026, 1, 1), date(2026, 6, 30)),
    *length("J-16b", "opererande", date(2026, 1, 1), date(2026, 6, 30)),
    *length("J-16c", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("J-16d", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *length("J-16e", "invartes", date(2026, 1, 1), date(2027, 9, 30)),
    *told("J-17", ["studierektor"]),
    *offered(course("J-18", "forbattringsarbete")),
    *evaluation("J-19"),
    *again(
        "J-21", year(), date(2026, 6, 30), [date(2026, 3, 4)], [date(2026, 9, 2)],
        lambda days: sessions(days, "reflection"),
    ),
    *supervisor(
        "J-22", "invartes", Whom(Person(specialty="internmedicin"), Person(late_st=True))
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_jonkoping_is_judged_as_the_table_says(case: Case) -> None:
    check("jonkoping", case)


def test_teaching_that_nobody_enters_cannot_be_judged() -> None:
    check("jonkoping", Case("J-11", year(), {date(2026, 2, 1): UNKNOWN}))


def test_each_placement_has_an_introduction_of_its_own() -> None:
    """Surgery from 1 January, orthopaedics from 1 April: its introduction is late after 8 April."""
    base = records(
        placed("opererande", date(2026, 1, 1), date(2026, 3, 31), "kirurgi"),
        placed("opererande", date(2026, 4, 1), date(2026, 6, 30), "ortopedi"),
    )
    first = replace(base, **introduction("klinik")(date(2026, 1, 2)))
    check(
        "jonkoping",
        Case(
            "J-14b",
            first,
            {date(2026, 3, 17): MET, date(2026, 4, 8): SOON_, date(2026, 4, 9): LATE},
        ),
    )


def test_an_examination_sit_in_that_was_missed_is_late_and_one_for_learning_is_gone() -> None:
    """Medicine ended on 31 March; the training goes on."""
    base = records(
        placed("invartes", date(2026, 1, 1), date(2026, 3, 31)),
        placed("psykiatri", date(2026, 4, 1), date(2026, 6, 30)),
    )
    on = date(2026, 3, 31) + DAY
    check("jonkoping", Case("J-10", base, {on: LATE}))
    check("jonkoping", Case("J-09a", base, {on: ON_WAY}))


def test_every_requirement_of_jonkoping_is_in_the_table() -> None:
    assert lacking("jonkoping", CASES) == []
