"""Gävle and Hudiksvall: every requirement met, not met, and on the day it turns."""

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
    Whom,
    activities,
    again,
    assessed,
    check,
    evaluation,
    lacking,
    length,
    meetings,
    milestone,
    named,
    placed,
    records,
    sessions,
    supervisor,
    talk,
    talks,
    trained_on,
    within,
    year,
)
from tests.at_tui.judge.made import Person, Placement, Unit, programme, verdict

# 1 January 2026 is before the first month's end on the 31st; 4.5 months of surgery, medicine,
# psychiatry, and the last five in primary care.
FIRST = placed("allmanmedicin", date(2026, 1, 1), date(2026, 1, 31), unit_id="u1")
LAST = placed("allmanmedicin", date(2027, 2, 1), date(2027, 6, 30), unit_id="u1")
SHORT_FIRST = replace(FIRST, end=date(2026, 1, 30))
SHORT_LAST = replace(LAST, end=date(2027, 6, 29))
FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
HOSPITAL = placed("opererande", date(2026, 2, 1), date(2027, 1, 31))
# Week 10 of 2026 is 2 to 8 March.
WARD = records(placed("opererande", date(2026, 3, 2), date(2026, 8, 30)))
GP = records(placed("allmanmedicin", date(2026, 3, 2), date(2026, 8, 30)))


def block(*placements: Placement) -> Any:
    return records(*placements)


def main_supervisor(person: Person) -> Any:
    work = placed("allmanmedicin", date(2026, 1, 1), date(2026, 12, 31), unit_id="u1")
    return records(work, main=person.id, people={person.id: person})


GOOD = Person("Vera Exempel", specialty="allmänmedicin", unit_id="u1")

GAVLE = [
    # 1 January 2026 and 18 months is 1 July 2027.
    *length("G-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    # Who began on 31 December 2022 is not asked for 18 months; on 1 January 2023 they are.
    *[
        Case("G-01", records(placed("invartes", start, date(2024, 12, 31))), {start: status})
        for start, status in (
            (date(2022, 12, 31), NOT_ASKED), (date(2023, 1, 1), ON_WAY), (date(2023, 1, 2), ON_WAY),
        )
    ],
    # The month from 1 January ends on the 31st; the last five months begin on 1 February 2027.
    Case(
        "G-02",
        block(FIRST, HOSPITAL, LAST),
        {date(2027, 1, 31): ON_WAY, date(2027, 2, 1): MET, date(2027, 2, 2): MET},
    ),
    # The first month a day short; the last five a day short; another unit; no unit; wrong order.
    Case("G-02", block(SHORT_FIRST, HOSPITAL, LAST), {date(2026, 2, 1): MISSING}),
    Case("G-02", block(FIRST, HOSPITAL, SHORT_LAST), {date(2026, 2, 1): MISSING}),
    Case("G-02", block(FIRST, HOSPITAL, replace(LAST, unit_id="u2")), {date(2026, 2, 1): MISSING}),
    Case("G-02", block(FIRST, HOSPITAL, replace(LAST, unit_id=None)), {date(2026, 2, 1): UNKNOWN}),
    Case("G-02", block(HOSPITAL, LAST), {date(2026, 2, 1): MISSING}),
    Case("G-02", block(FIRST, HOSPITAL), {date(2026, 2, 1): ON_WAY}),
    # 1 January and 4.5 months: 1 May and half of May's 31 days, 15.5, so 16 days: 16 May.
    *length("G-03a", "opererande", date(2026, 1, 1), date(2026, 5, 16)),
    # 5 weeks from 5 January is 35 days: 8 February. 1.5 weeks is 10.5 days, so 11: 15 January.
    *length("G-03b", "opererande", date(2026, 1, 5), date(2026, 2, 8), "ortopedi"),
    *length("G-03c", "opererande", date(2026, 1, 5), date(2026, 1, 15), "ANIVA"),
    *length("G-04", "invartes", date(2026, 1, 1), date(2026, 5, 16)),
    *length("G-05", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("G-06", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    Case(
        "G-07", main_supervisor(GOOD),
        {date(2025, 12, 31): MET, date(2026, 1, 1): MET, date(2026, 1, 2): MET},
    ),
    Case("G-07", main_supervisor(replace(GOOD, unit_id="u2")), {date(2026, 1, 1): MISSING}),
    Case("G-07", main_supervisor(replace(GOOD, specialty="kirurgi")), {date(2026, 1, 1): MISSING}),
    Case("G-07", main_supervisor(replace(GOOD, specialty="")), {date(2026, 1, 1): UNKNOWN}),
    Case("G-07", year("allmanmedicin"), {date(2026, 1, 1): MISSING}),
    *named("G-08a", "invartes"),
    *supervisor("G-08b", "invartes", Whom(Person(title="ST-läkare"), Person(licensed=False))),
    *trained_on("G-08c", "invartes", "supervisor_course_on"),
    *within(
        "G-09", year("opererande"), date(2026, 12, 31),
        [date(2026, 2, 4), date(2026, 6, 3), date(2026, 12, 9)], sessions,
    ),
    *again(
        "G-10", WARD, date(2026, 3, 8), [date(2026, 3, 4)], [date(2026, 3, 11)],
        lambda days: sessions(days, "group"),
    ),
    *again("G-11", GP, date(2026, 3, 8), [date(2026, 3, 4)], [date(2026, 3, 11)], sessions),
    *again(
        "G-12", year("psykiatri"), date(2026, 6, 30), [date(2026, 2, 4), date(2026, 5, 6)],
        [date(2026, 9, 2), date(2026, 11, 4)], meetings,
    ),
    *evaluation("G-13"),
    *within(
        "G-14a", year(), date(2026, 12, 31), [date(2026, 2, 4), date(2026, 12, 9)], talks("at_chef")
    ),
    # Three months are served on 31 March.
    *milestone("G-14b", year(), date(2026, 3, 31), date(2026, 3, 31), talk("at_chef")),
    *milestone("G-14c", year(), date(2026, 12, 31), date(2026, 12, 31), talk("at_chef")),
    *again(
        "G-15", year(), date(2026, 6, 30), [date(2026, 3, 4)], [date(2026, 9, 2)],
        activities("at-rad-stormote"),
    ),
]  # fmt: skip


def centre(approved: date | None) -> Any:
    work = placed("allmanmedicin", date(2026, 1, 1), date(2027, 12, 31), unit_id="u1")
    return records(work, units={"u1": Unit("Hälsocentral A", approved_on=approved, id="u1")})


HUDIKSVALL = [
    *length("H-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    *[
        Case("H-01", records(placed("invartes", start, date(2024, 12, 31))), {start: status})
        for start, status in ((date(2022, 12, 31), NOT_ASKED), (date(2023, 1, 1), ON_WAY))
    ],
    Case(
        "H-02", block(FIRST, HOSPITAL),
        {date(2025, 12, 31): ON_WAY, date(2026, 1, 1): MET, date(2026, 1, 2): MET},
    ),
    Case("H-02", block(SHORT_FIRST, HOSPITAL), {date(2026, 1, 1): MISSING}),
    Case("H-02", block(HOSPITAL), {date(2026, 2, 1): MISSING}),
    # From Monday 5 January: 12 weeks are 84 days, to 29 March; 15 are 105, to 19 April; 5 to
    # 8 February; 2 to the 18th; 3 to the 25th; 18 are 126, to 10 May; 21 are 147, to 31 May.
    *length(
        "H-03a", "opererande", date(2026, 1, 5), date(2026, 3, 29), "kirurgi", date(2026, 4, 19)
    ),
    *length("H-03b", "opererande", date(2026, 1, 5), date(2026, 2, 8), "ortopedi"),
    *length("H-03c", "opererande", date(2026, 1, 5), date(2026, 1, 18), "anestesi"),
    *length("H-03d", "opererande", date(2026, 1, 5), date(2026, 1, 25), "ÖNH"),
    Case("H-03d", year("opererande"), {date(2026, 2, 1): UNKNOWN}),
    Case("H-03d", block(placed("opererande", *(date(2026, 1, 5), date(2026, 3, 29)), "kirurgi")),
         {date(2026, 2, 1): NOT_ASKED}),
    *length(
        "H-04a", "invartes", date(2026, 1, 5), date(2026, 5, 10), "internmedicin", date(2026, 5, 31)
    ),
    *length("H-04b", "invartes", date(2026, 1, 5), date(2026, 1, 25), "barnmedicin"),
    *length("H-05", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("H-06", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    Case(
        "H-07a", main_supervisor(GOOD),
        {date(2025, 12, 31): MET, date(2026, 1, 1): MET, date(2026, 1, 2): MET},
    ),
    Case("H-07a", main_supervisor(replace(GOOD, specialty="kirurgi")), {date(2026, 1, 1): MISSING}),
    # The first month is served on 31 January.
    *milestone("H-07b", year(), date(2026, 1, 31), date(2026, 1, 31), talk("planering")),
    *named("H-08", "invartes"),
    *trained_on("H-08b", "invartes", "supervisor_course_on"),
    *again(
        "H-09", year(), date(2026, 6, 30), [date(2026, 2, 4), date(2026, 5, 6)],
        [date(2026, 9, 2), date(2026, 11, 4)], lambda days: sessions(days, "group"),
    ),
    *again(
        "H-10", year(), date(2026, 6, 30), [date(2026, 2, 4), date(2026, 5, 6)],
        [date(2026, 9, 2), date(2026, 11, 4)], meetings,
    ),
    *evaluation("H-11"),
    # An approval of 10 March 2026 holds to 10 March 2027.
    Case(
        "H-13", centre(date(2026, 3, 10)),
        {date(2026, 3, 10): MET, date(2027, 3, 9): MET, date(2027, 3, 10): MET,
         date(2027, 3, 11): MISSING},
    ),
    Case("H-13", centre(None), {date(2026, 3, 10): UNKNOWN}),
    *assessed("H-14", "medsittning-formativ", FOUR),
]  # fmt: skip


@pytest.mark.parametrize("case", GAVLE, ids=lambda case: case.id)
def test_gavle_is_judged_as_the_table_says(case: Case) -> None:
    check("gavle", case)


@pytest.mark.parametrize("case", HUDIKSVALL, ids=lambda case: case.id)
def test_hudiksvall_is_judged_as_the_table_says(case: Case) -> None:
    check("hudiksvall", case)


def test_a_first_talk_is_not_also_the_last() -> None:
    """A talk in February lies more than three months before 31 December."""
    early = replace(year(), **talk("at_chef")(date(2026, 2, 4)))
    plan = programme("gavle")
    assert verdict(early, plan, "G-14b", date(2026, 6, 1)).status == MET
    assert verdict(early, plan, "G-14c", date(2026, 6, 1)).status == ON_WAY
    assert verdict(early, plan, "G-14c", date(2026, 12, 31) + DAY).status == LATE


def test_three_talks_with_the_supervisor_are_asked_of_each_part() -> None:
    """Surgery to 31 March has its three, medicine after it one: two lack two weeks before."""
    base = block(
        placed("opererande", date(2026, 1, 1), date(2026, 3, 31)),
        placed("invartes", date(2026, 4, 1), date(2026, 6, 30)),
    )
    days = [date(2026, 1, 14), date(2026, 2, 11), date(2026, 3, 11), date(2026, 4, 15)]
    finding = verdict(
        replace(base, **sessions(days)), programme("gavle"), "G-09", date(2026, 6, 16)
    )
    assert (finding.have, finding.need, finding.status) == (4, 6, SOON_)


def test_every_requirement_of_gavle_is_in_the_table() -> None:
    assert lacking("gavle", GAVLE) == []


def test_every_requirement_of_hudiksvall_is_in_the_table() -> None:
    assert lacking("hudiksvall", HUDIKSVALL) == []
