"""Blekinge: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.at_tui.judge.cases import (
    DAY,
    LATE,
    MET,
    MISSING,
    NOT_ASKED,
    ON_WAY,
    SOON_,
    UNKNOWN,
    Case,
    activities,
    again,
    assessed,
    certificate,
    check,
    introduction,
    lacking,
    meetings,
    milestone,
    named,
    placed,
    records,
    sessions,
    signer,
    talk,
    told,
    trained_on,
    within,
    year,
)
from tests.at_tui.judge.made import (
    Assessment,
    Certificate,
    Education,
    Introduction,
    Person,
    Supervision,
    Talk,
    programme,
    verdict,
)

FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
# Two weeks from Monday 2 March end on Sunday 15 March, the next two on the 29th.
WARD = records(placed("invartes", date(2026, 3, 2), date(2026, 8, 30)))
# 120 days from 1 January to 30 April: the 60th is 1 March; two weeks later 15 March.
FOUR_MONTHS = records(placed("psykiatri", date(2026, 1, 1), date(2026, 4, 30)))


def letter(day: date) -> dict[str, Any]:
    return {"introductions": [Introduction("klinik", letter_on=day)]}


def about_goals(days: Any) -> dict[str, Any]:
    return {"supervisions": [Supervision(d, topics=("m",)) for d in days]}


def certified(consulted: str | None) -> Any:
    paper = Certificate(date(2026, 7, 1), signer_id="v1", consulted_id=consulted)
    return year(people={"v1": Person(id="v1")}, certificates=[paper])


CASES = [
    *again("B-01a", WARD, date(2026, 3, 15), [date(2026, 3, 4)], [date(2026, 3, 18)], sessions),
    *within("B-01b", year(), date(2026, 12, 31), [date(2026, 3, 4)], about_goals),
    # Two weeks before 1 January is 18 December 2025.
    *milestone("B-02a", year(), date(2025, 12, 18), date(2025, 12, 18), letter),
    *milestone("B-02b", year(), date(2026, 1, 1), date(2026, 1, 8), introduction("klinik")),
    *named("B-03a", "invartes"),
    *trained_on("B-03b", "invartes", "supervisor_course_on"),
    *assessed("B-04", "medsittning-formativ", FOUR),
    # January, all of it there: 4 h = 240 min.
    Case(
        "B-05",
        replace(
            year(),
            educations=[
                Education("self_study", date(2026, 1, 14), 180),
                Education("self_study", date(2026, 1, 28), 60),
                Education("lecture", date(2026, 1, 21), 600),
            ],
        ),
        {date(2026, 1, 27): SOON_, date(2026, 1, 28): MET, date(2026, 1, 29): MET},
    ),
    Case(
        "B-05",
        replace(year(), educations=[Education("self_study", date(2026, 1, 14), 239)]),
        {date(2026, 1, 31): SOON_, date(2026, 2, 1): LATE},
    ),
    *milestone("B-07", FOUR_MONTHS, date(2026, 3, 1), date(2026, 3, 15), talk("halvtid")),
    *told("B-07b", ["studierektor"]),
    # Thirty days after 31 December is 30 January.
    *milestone("B-08a", year(), date(2026, 12, 31), date(2027, 1, 30), certificate),
    *milestone("B-08b", year(), date(2026, 12, 31), date(2026, 12, 31), talk("medarbetarsamtal")),
    *signer("B-09", {"licensed": True, "permanent": True}, {"licensed": True, "permanent": False}),
    *signer("B-09", {"licensed": True, "permanent": True}, {"licensed": False, "permanent": True}),
    *again(
        "B-10", year(), date(2026, 6, 30), [date(2026, 5, 6)], [date(2026, 11, 4)], meetings
    ),
    *milestone("B-11a", year(), date(2026, 1, 1), date(2026, 1, 15), introduction("gemensam")),
    *again(
        "B-11b", year(), date(2026, 6, 30), [date(2026, 5, 6)], [date(2026, 11, 4)],
        activities("utbildningseftermiddag"),
    ),
    Case(
        "B-13", certified("h1"),
        {date(2026, 6, 30): NOT_ASKED, date(2026, 7, 1): MET, date(2026, 7, 2): MET},
    ),
    Case("B-13", certified(None), {date(2026, 7, 1): MISSING}),
    # Thirty days after 1 January is the 31st.
    *milestone("B-16", year(), date(2026, 1, 1), date(2026, 1, 31), talk("planering")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_blekinge_is_judged_as_the_table_says(case: Case) -> None:
    check("blekinge", case)


@pytest.mark.parametrize("id", ["B-07", "B-08b", "B-16"])
def test_a_placement_under_two_months_is_not_followed_up(id: str) -> None:
    """1 January to 27 February is a day short of two months."""
    short = records(placed("psykiatri", date(2026, 1, 1), date(2026, 2, 27)))
    check("blekinge", Case(id, short, {date(2026, 2, 1): NOT_ASKED}))


def test_a_halfway_talk_is_gone_when_the_placement_is_over() -> None:
    later = records(
        placed("psykiatri", date(2026, 1, 1), date(2026, 4, 30)),
        placed("invartes", date(2026, 5, 1), date(2026, 10, 31)),
    )
    check("blekinge", Case("B-07", later, {date(2026, 4, 30): LATE, date(2026, 5, 1): ON_WAY}))
    check("blekinge", Case("B-07", FOUR_MONTHS, {date(2026, 5, 1): MISSING}))


def test_a_booked_talk_is_on_its_way_until_its_day() -> None:
    booked = replace(FOUR_MONTHS, talks=[Talk("halvtid", booked_on=date(2026, 3, 20))])
    on_time = {date(2026, 3, 16): ON_WAY, date(2026, 3, 20): ON_WAY, date(2026, 3, 21): LATE}
    check("blekinge", Case("B-07", booked, on_time))


def test_a_certificate_signed_by_the_head_needs_no_delegate() -> None:
    paper = Certificate(date(2026, 7, 1), signer_id="v1", delegated=False)
    base = year(people={"v1": Person(id="v1")}, certificates=[paper])
    check("blekinge", Case("B-09", base, {date(2026, 7, 1): NOT_ASKED}))


def test_an_assessor_who_is_not_known_as_a_specialist_is_told() -> None:
    someone = Person("Bo Påhitt")
    mark = Assessment("mini-cex", date(2026, 4, 8), someone.id)
    base = replace(WARD, people={someone.id: someone}, assessments=[mark])
    finding = verdict(base, programme("blekinge"), "B-04", date(2026, 4, 9))
    assert finding.have == 0
    assert "inte inlagd som specialist" in finding.sentence


def test_what_nobody_enters_about_study_time_cannot_be_judged() -> None:
    check("blekinge", Case("B-05", year(), {date(2026, 1, 31) + DAY: UNKNOWN}))


def test_a_letter_belongs_to_the_placement_that_begins_next() -> None:
    """Letters of 10 December and 15 March, for placements from 1 January and 1 April."""
    two = records(
        placed("psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
        placed("invartes", date(2026, 4, 1), date(2026, 9, 30)),
    )
    letters = [
        Introduction("klinik", letter_on=date(2025, 12, 10)),
        Introduction("klinik", letter_on=date(2026, 3, 15)),
    ]
    finding = verdict(
        replace(two, introductions=letters), programme("blekinge"), "B-02a", date(2026, 4, 1)
    )
    assert (finding.status, finding.have, finding.need) == (MET, 2, 2)
    one = verdict(
        replace(two, introductions=letters[:1]), programme("blekinge"), "B-02a", date(2026, 4, 1)
    )
    assert (one.status, one.have) == (LATE, 1)
    assert MISSING not in {part.status for part in one.parts}


def test_every_requirement_of_blekinge_is_in_the_table() -> None:
    assert lacking("blekinge", CASES) == []
