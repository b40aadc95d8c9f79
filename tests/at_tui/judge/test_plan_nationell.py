"""The law: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from at_tui.judge import Records
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
    check,
    lacking,
    length,
    milestone,
    named,
    placed,
    records,
    supervisor,
    year,
)  # fmt: skip
from tests.at_tui.judge.made import (
    Absence,
    Assessment,
    Certificate,
    Person,
    Sitting,
    Trainee,
    verdict,
)  # fmt: skip
from tests.at_tui.judge.made import programme as plan

SUBJECTS = ("opererande", "invartes", "psykiatri", "allmanmedicin")
EXAMINER = Person("Vera Examinator", specialty="internmedicin", licensed=True)


def sit_in(section: str, day: date, **more: Any) -> Assessment:
    """An approved medsittning by a specialist who is not the supervisor."""
    values: dict[str, Any] = {
        "assessor_id": EXAMINER.id,
        "context": {"amne": section},
        "answers": {"slutbetyg": "godkand"},
        **more,
    }
    return Assessment("medsittning-examination", day, **values)


def block() -> Records:
    """6 + 3 + 3 + 6 months from 1 January 2026, each begun on the first of a month."""
    return records(
        placed("invartes", date(2026, 1, 1), date(2026, 6, 30)),
        placed("opererande", date(2026, 7, 1), date(2026, 9, 30)),
        placed("psykiatri", date(2026, 10, 1), date(2026, 12, 31)),
        placed("allmanmedicin", date(2027, 1, 1), date(2027, 6, 30)),
        people={EXAMINER.id: EXAMINER},
    )


def sat(*sittings: Sitting) -> Records:
    return replace(block(), exams=sittings)


def forms(count: int = 4) -> list[Assessment]:
    return [sit_in(section, date(2026, 3, 2)) for section in SUBJECTS[:count]]


CASES = [
    # 1 January 2026 and 18 months is 1 July 2027: the last day is 30 June.
    *length("N-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    # 15 January and 9 months is 15 October.
    *length("N-02", "opererande", date(2026, 1, 15), date(2026, 10, 14)),
    # 1 February and 3 months is 1 May.
    *length("N-03", "opererande", date(2026, 2, 1), date(2026, 4, 30)),
    # 13 June and 3 months is 13 September.
    *length("N-04", "invartes", date(2026, 6, 13), date(2026, 9, 12)),
    # 30 November and 3 months is 28 February, there being no 30 February: last day the 27th.
    *length("N-05", "psykiatri", date(2026, 11, 30), date(2027, 2, 27)),
    # 1 January and 6 months is 1 July.
    *length("N-06", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    # The training begins on 1 January 2026. A degree on that day is in time, one a day later not.
    Case("N-07", year(trainee=Trainee(date(2025, 12, 31))), {date(2026, 1, 1): MET}),
    Case("N-07", year(trainee=Trainee(date(2026, 1, 1))), {date(2026, 1, 1): MET}),
    Case("N-07", year(trainee=Trainee(date(2026, 1, 2))), {date(2026, 1, 1): MISSING}),
    Case(
        "N-07",
        year(trainee=Trainee(None)),
        {date(2025, 12, 31): UNKNOWN, date(2026, 1, 1): UNKNOWN, date(2026, 1, 2): UNKNOWN},
    ),
    # 1 January 2026 and 24 months is 1 January 2028: the last day of two years is 31 December.
    Case(
        "N-08",
        records(placed("invartes", date(2026, 1, 1), date(2027, 12, 31))),
        {date(2027, 12, 30): MET, date(2027, 12, 31): MET, date(2028, 1, 1): MET},
    ),
    Case(
        "N-08",
        records(placed("invartes", date(2026, 1, 1), date(2028, 1, 1))),
        {date(2026, 6, 1): MISSING},
    ),
    # Named or not is the same on every day.
    Case(
        "N-09",
        year(main="h1", people={"h1": Person(id="h1")}),
        {date(2025, 12, 31): MET, date(2026, 1, 1): MET, date(2026, 1, 2): MET},
    ),
    Case("N-09", year(), {date(2026, 1, 1): MISSING}),
    *named("N-10", "opererande"),
    *supervisor(
        "N-11",
        "psykiatri",
        Whom(Person(title="ST-läkare", licensed=True), Person(licensed=False)),
    ),
    # One subject of four is not enough; all four are, on the day of the last.
    Case(
        "N-12",
        replace(block(), assessments=[*forms(3), sit_in("allmanmedicin", date(2027, 2, 10))]),
        {date(2027, 2, 9): ON_WAY, date(2027, 2, 10): MET, date(2027, 2, 11): MET},
        have=4,
    ),
    # Surgery ended on 30 September without one: late from 1 October, soon the two weeks before.
    Case(
        "N-12",
        replace(block(), assessments=[sit_in("invartes", date(2026, 3, 2))]),
        {
            date(2026, 9, 15): ON_WAY,
            date(2026, 9, 16): SOON_,
            date(2026, 9, 30): SOON_,
            date(2026, 10, 1): LATE,
        },
        have=1,
    ),
    # 13 months from 1 January 2026 is 1 February 2027, so they are served on 31 January; primary
    # care began on 1 January 2027 and has its month on the same day.
    Case(
        "N-13",
        replace(block(), assessments=forms()),
        {date(2027, 1, 30): ON_WAY, date(2027, 1, 31): SOON_, date(2027, 2, 1): SOON_},
    ),
    Case(
        "N-13",
        sat(Sitting(date(2027, 5, 7), passed=True)),
        {date(2027, 5, 6): ON_WAY, date(2027, 5, 7): MET, date(2027, 5, 8): MET},
    ),
    Case("N-13", sat(), {date(2027, 6, 30): SOON_, date(2027, 7, 1): MISSING}),
    # Surgery ends on 30 September; with 30 days it is late after 30 October.
    *milestone(
        "N-14a",
        records(placed("opererande", date(2026, 7, 1), date(2026, 9, 30))),
        date(2026, 9, 30),
        date(2026, 10, 30),
        lambda day: {"certificates": [Certificate(day)]},
    ),
    # A certificate of 1 July is looked at from that day.
    *[
        Case(
            "N-14b",
            year(
                people={"v1": Person(licensed=licensed, id="v1")},
                certificates=[Certificate(date(2026, 7, 1), signer_id="v1")],
            ),
            {date(2026, 6, 30): NOT_ASKED, date(2026, 7, 1): status, date(2026, 7, 2): status},
        )
        for licensed, status in ((True, MET), (False, MISSING), (None, UNKNOWN))
    ],
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_law_is_judged_as_the_table_says(case: Case) -> None:
    check("nationell", case)


def test_the_exam_names_the_subjects_that_lack_a_form() -> None:
    finding = verdict(
        replace(block(), assessments=forms(2)), plan("nationell"), "N-13", date(2027, 3, 1)
    )
    assert "psykiatri och allmänmedicin" in finding.sentence
    assert [part.status for part in finding.parts] == [MET, MET, ON_WAY, ON_WAY]


def test_forms_are_good_for_two_sittings_and_an_oral_exam_follows() -> None:
    law = plan("nationell")
    once = sat(Sitting(date(2027, 2, 12), passed=False))
    assert "gäller 1 gång till" in verdict(once, law, "N-13", date(2027, 3, 1)).sentence
    twice = sat(Sitting(date(2027, 2, 12), passed=False), Sitting(date(2027, 5, 7), passed=False))
    assert "muntlig examination" in verdict(twice, law, "N-13", date(2027, 5, 8)).sentence


def test_a_booked_sitting_is_the_next_date() -> None:
    booked = sat(Sitting(date(2027, 5, 7)))
    finding = verdict(booked, plan("nationell"), "N-13", date(2027, 3, 1))
    assert (finding.status, finding.next_date) == (ON_WAY, date(2027, 5, 7))


def test_the_supervisor_cannot_be_the_examiner() -> None:
    own = replace(
        records(
            placed("psykiatri", date(2026, 1, 1), date(2026, 3, 31), supervisor_id=EXAMINER.id),
            people={EXAMINER.id: EXAMINER},
        ),
        assessments=[sit_in("psykiatri", date(2026, 3, 2))],
    )
    finding = verdict(own, plan("nationell"), "N-12", date(2026, 3, 10))
    assert finding.have == 0
    assert "bedömaren är handledaren" in finding.sentence


def test_a_form_by_someone_unknown_or_not_approved_does_not_count() -> None:
    law = plan("nationell")
    base = block()
    failed = sit_in("invartes", date(2026, 3, 2), answers={"slutbetyg": "underkand"})
    unknown = sit_in("invartes", date(2026, 3, 2), assessor_id=None)
    draft = sit_in("invartes", date(2026, 3, 2), status="draft")
    for assessment in (failed, unknown, draft):
        found = verdict(replace(base, assessments=[assessment]), law, "N-12", date(2026, 4, 1))
        assert found.have == 0
    said = verdict(replace(base, assessments=[unknown]), law, "N-12", date(2026, 4, 1)).sentence
    assert "inte inlagd som specialist" in said


def test_leave_moves_the_day_that_the_law_is_met() -> None:
    """Three months of parental leave from 1 March to 31 May move 30 June by three months."""
    base = records(
        placed("invartes", date(2026, 1, 1), date(2027, 9, 30)),
        absences=[Absence("foraldraledig", date(2026, 3, 1), date(2026, 5, 31))],
    )
    finding = verdict(base, plan("nationell"), "N-01", date(2026, 2, 1))
    assert finding.next_date == date(2027, 9, 30)
    assert verdict(base, plan("nationell"), "N-01", date(2027, 9, 30) - DAY).status == ON_WAY


@pytest.mark.parametrize(
    ("last", "counts"), [(date(2026, 3, 14), True), (date(2026, 3, 15), False)]
)
def test_illness_of_two_weeks_counts_and_a_day_more_does_not(last: date, counts: bool) -> None:
    """1 to 14 March is 14 days, to the 15th 15."""
    base = records(
        placed("opererande", date(2026, 2, 1), date(2026, 4, 30)),
        absences=[Absence("sjuk", date(2026, 3, 1), last)],
    )
    status = verdict(base, plan("nationell"), "N-03", date(2026, 5, 1)).status
    assert status == (MET if counts else MISSING)


def test_every_requirement_of_the_law_is_in_the_table() -> None:
    assert lacking("nationell", CASES) == []
