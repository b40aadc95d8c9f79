"""Värmland's generell handlingsplan: every requirement met, not met, and on the day it turns."""

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
    YEAR,
    Case,
    Whom,
    activities,
    again,
    assessed,
    certificate,
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
    signer,
    supervisor,
    talk,
    told,
    trained_on,
    year,
)
from tests.at_tui.judge.made import (
    Absence,
    Agreement,
    Education,
    Entry,
    Person,
    Sitting,
    Supervision,
    programme,
    verdict,
)

# Four months from 1 January 2026 to 30 April: 31 + 28 + 31 + 30 = 120 days, the middle the 60th:
# 31 + 28 = 59, so 1 March. Two weeks later is 15 March.
FOUR_MONTHS = records(placed("psykiatri", date(2026, 1, 1), date(2026, 4, 30)))


def akutkurs(days: int) -> Education:
    return Education("course", date(2026, 1, 23), days=days, course_id="akutkurs")


def leave(start: date, end: date, applied: date | None) -> dict[str, Any]:
    return {"absences": [Absence("kurs", start, end, applied_on=applied)]}


def spent(ore: int, year: int) -> Entry:
    """Approved, bought and paid in the first days of September (2015) or March (2026)."""
    month = 9 if year == 2015 else 3
    return Entry("Kurs", ore, date(year, month, 1), date(year, month, 2), date(year, month, 3))


def bought(**entry: Any) -> dict[str, Any]:
    """A purchase for 4 000 kr, approved on 1 March, with a receipt of 10 March 2026."""
    values = {
        "approved_on": date(2026, 3, 1),
        "receipt_on": date(2026, 3, 10),
        "paid_on": date(2026, 4, 1),
        **entry,
    }
    return {"account": [Entry("Kurs i EKG", 400_000, **values)]}


CASES = [
    *named("V-02a", "psykiatri"),
    Case(
        "V-02b",
        year(main="h1", people={"h1": Person(id="h1")}),
        {date(2025, 12, 31): MET, date(2026, 1, 1): MET, date(2026, 1, 2): MET},
    ),
    Case("V-02b", year(), {date(2026, 1, 1): MISSING}),
    # Thirty days after 1 January is the 31st.
    *milestone("V-03", year(), date(2026, 1, 1), date(2026, 1, 31), talk("planering")),
    # January asks 120 minutes: an hour on the 9th and one on the 30th.
    *again(
        "V-04", year(), date(2026, 1, 31), [date(2026, 1, 9), date(2026, 1, 30)],
        [date(2026, 2, 6), date(2026, 2, 20)], sessions,
    ),
    *milestone("V-05", FOUR_MONTHS, date(2026, 3, 1), date(2026, 3, 15), talk("halvtid")),
    # January 2026 has 20 working days (22 weekdays less New Year's Day and Epiphany): 4 h a week
    # is 4 × 20 / 5 = 16 h = 960 min. 15 h of study and 1 h of supervision make it.
    Case(
        "V-06a",
        replace(
            year(),
            educations=[Education("self_study", date(2026, 1, 9), 900)],
            **sessions([date(2026, 1, 30)]),
        ),
        {date(2026, 1, 29): SOON_, date(2026, 1, 30): MET, date(2026, 1, 31): MET},
    ),
    Case(
        "V-06a",
        replace(year(), educations=[Education("self_study", date(2026, 1, 9), 959)]),
        {date(2026, 1, 31): SOON_, date(2026, 2, 1): LATE},
    ),
    # Spring 2026 has 122 working days: January 20, February 20, March 22, April 22 less Good
    # Friday and Easter Monday, May 21 less the 1st and Ascension Day, June 22 less Midsummer Eve:
    # 20 + 20 + 22 + 20 + 19 + 21. 1.5 h a week is 1.5 × 122 / 5 = 36.6 h = 2 196 min.
    Case(
        "V-06b",
        replace(
            year(),
            educations=[
                Education("lecture", date(2026, 2, 4), 2000),
                Education("lecture", date(2026, 6, 10), 196),
            ],
        ),
        {date(2026, 6, 9): ON_WAY, date(2026, 6, 10): MET, date(2026, 6, 11): MET},
    ),
    Case(
        "V-06b",
        replace(year(), educations=[Education("lecture", date(2026, 2, 4), 2195)]),
        {date(2026, 6, 30): SOON_, date(2026, 7, 1): LATE},
    ),
    # A compulsory lecture on 4 March that was missed: silent, or notified with a reason.
    Case(
        "V-06c",
        replace(
            year(),
            educations=[
                Education("lecture", date(2026, 2, 25), 90, compulsory=True),
                Education("lecture", date(2026, 3, 4), 90, attended=False, compulsory=True),
            ],
        ),
        {date(2026, 3, 3): MET, date(2026, 3, 4): LATE, date(2026, 3, 5): LATE},
    ),
    Case(
        "V-06c",
        replace(
            year(),
            educations=[
                Education(
                    "lecture", date(2026, 3, 4), 90, attended=False, compulsory=True,
                    absence_notified=True, absence_reason="jour",
                )
            ],
        ),
        {date(2026, 3, 4): MET},
    ),
    # A lecture that was planned and never ticked is neither there nor missed.
    Case(
        "V-06c",
        replace(
            year(),
            educations=[
                Education("lecture", date(2026, 2, 25), 90, compulsory=True),
                Education(
                    "lecture", date(2026, 3, 4), 90, planned=True, attended=False, compulsory=True
                ),
            ],
        ),
        {date(2026, 3, 3): MET, date(2026, 3, 5): MET},
    ),
    *milestone("V-07a", year(), date(2026, 1, 1), date(2026, 1, 8), introduction("klinik")),
    # Thirty days after 31 December is 30 January.
    *milestone("V-07b", year(), date(2026, 12, 31), date(2027, 1, 30), certificate),
    *milestone(
        "V-08", year("opererande"), date(2026, 1, 1), date(2026, 1, 15),
        introduction("akutmottagning"),
    ),
    *milestone("V-09a", year(), date(2026, 1, 1), date(2026, 1, 15), introduction("gemensam")),
    # The first month from 1 January is served on the 31st.
    Case(
        "V-09b",
        replace(
            year(), educations=[akutkurs(5)]
        ),
        {date(2026, 1, 22): SOON_, date(2026, 1, 23): MET, date(2026, 1, 24): MET},
    ),
    Case(
        "V-09b",
        replace(
            year(), educations=[akutkurs(4)]
        ),
        {date(2026, 1, 16): ON_WAY, date(2026, 1, 17): SOON_, date(2026, 1, 31): SOON_,
         date(2026, 2, 1): LATE, date(2026, 12, 31): LATE, date(2027, 1, 1): MISSING},
    ),
    *told("V-10", ["verksamhetschef", "studierektor", "at_chef"]),
    # 1 January and 3 months is 1 April; 2 months 1 March; 1 month 1 February; 6 months 1 July;
    # 21 months 1 October 2027.
    *length("V-13a", "opererande", date(2026, 1, 1), date(2026, 3, 31), "kirurgi"),
    *length("V-13b", "opererande", date(2026, 1, 1), date(2026, 2, 28), "ortopedi"),
    *length("V-13c", "opererande", date(2026, 1, 1), date(2026, 1, 31), "ANIVA"),
    *length("V-13d", "invartes", date(2026, 1, 1), date(2026, 6, 30)),
    *length("V-13e", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("V-13f", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *length("V-13g", "invartes", date(2026, 1, 1), date(2027, 9, 30)),
    *supervisor("V-14a", "invartes", Whom(Person(late_st=True), Person(licensed=False))),
    *trained_on("V-14b", "invartes", "supervisor_course_on"),
    *supervisor("V-14b", "invartes", Whom(Person(supervisor_course_on=date(2020, 1, 1)))),
    *supervisor("V-14c", "invartes", Whom(Person(title="ST-läkare"), Person(licensed=False))),
    *trained_on("V-14d", "invartes", "supervisor_course_on"),
    *supervisor("V-14d", "invartes", Whom(Person(supervisor_course_on=date(2020, 1, 1)))),
    *offered(
        again(
            "V-15", year(), date(2026, 6, 30), [date(2026, 2, 4), date(2026, 5, 6)],
            [date(2026, 9, 2), date(2026, 11, 4)], lambda days: sessions(days, "mentor"),
        )
    ),
    *course("V-16a", "ledarskap", 2),
    *course("V-16b", "forsakringsmedicin"),
    *course("V-16c", "lakemedelsforum"),
    *assessed(
        "V-17", "medsittning-examination",
        ("opererande", "invartes", "psykiatri", "allmanmedicin"), answers={"slutbetyg": "godkand"},
    ),
    # The exam is on Friday 13 November; leave from Wednesday the 11th is 2 + 1 days.
    Case(
        "V-18",
        replace(
            year(),
            exams=[Sitting(date(2026, 11, 13))],
            absences=[Absence("tjanstledig", date(2026, 11, 11), date(2026, 11, 13))],
        ),
        {date(2026, 11, 12): MET, date(2026, 11, 13): MET, date(2026, 11, 14): MET},
        have=3,
    ),
    Case(
        "V-18",
        replace(
            year(),
            exams=[Sitting(date(2026, 11, 13))],
            absences=[Absence("tjanstledig", date(2026, 11, 12), date(2026, 11, 13))],
        ),
        {date(2026, 11, 12): ON_WAY, date(2026, 11, 13): ON_WAY, date(2026, 11, 14): UNKNOWN},
        have=2,
    ),
    Case("V-18", year(), {date(2026, 6, 1): NOT_ASKED}),
    *signer("V-19", {"licensed": True}, {"licensed": False}),
    *evaluation("V-20"),
    # 18 days before 18 May is 30 April, and 27 more is 3 April: 45 in all. Monday 18 to
    # Wednesday 20 May are three working days.
    *[
        Case(
            "V-21",
            replace(year(), **leave(date(2026, 5, 18), date(2026, 5, 20), applied)),
            {date(2026, 5, 18): status},
        )
        for applied, status in (
            (date(2026, 4, 2), MET),
            (date(2026, 4, 3), MET),
            (date(2026, 4, 4), MISSING),
            (None, UNKNOWN),
        )
    ],
    # Monday 18 to Thursday 21 May would be a fourth day. The 14th is Ascension Day, so Monday
    # 11 to Thursday 14 is three.
    Case(
        "V-21",
        replace(year(), **leave(date(2026, 5, 18), date(2026, 5, 21), date(2026, 1, 7))),
        {date(2026, 5, 17): MISSING, date(2026, 5, 18): MISSING, date(2026, 5, 19): MISSING},
    ),
    Case(
        "V-21",
        replace(year(), **leave(date(2026, 5, 11), date(2026, 5, 14), date(2026, 1, 7))),
        {date(2026, 5, 11): MET},
        have=3,
    ),
    Case("V-21", year(), {date(2026, 5, 18): NOT_ASKED}),
    # A receipt of 10 March is three months old on 10 June.
    *[
        Case("V-22a", replace(year(), **bought(paid_on=paid)), {date(2026, 7, 1): status})
        for paid, status in (
            (date(2026, 6, 9), MET), (date(2026, 6, 10), MET), (date(2026, 6, 11), MISSING),
        )
    ],
    # Not yet paid: soon two weeks before 10 June, late the day after it.
    Case(
        "V-22a",
        replace(year(), **bought(paid_on=None)),
        {date(2026, 5, 26): MET, date(2026, 5, 27): SOON_, date(2026, 6, 9): SOON_,
         date(2026, 6, 10): SOON_, date(2026, 6, 11): LATE},
    ),
    Case("V-22a", replace(year(), **bought(approved_on=None)), {date(2026, 4, 2): MISSING}),
    Case(
        "V-22a",
        replace(year(), **bought(approved_on=date(2026, 4, 2))),
        {date(2026, 4, 2): MISSING},
    ),
    Case("V-22a", replace(year(), **bought(capital_good=True)), {date(2026, 4, 2): MISSING}),
    Case(
        "V-22a",
        replace(year(), account=[spent(1_500_100, 2026)]),
        {date(2026, 4, 2): MISSING},
    ),
    Case("V-22a", year(), {date(2026, 4, 2): NOT_ASKED}),
    # Autumn 2015 begins on 1 July: who began the day before has 12 000 kr.
    *[
        Case(
            id,
            replace(
                records(placed("invartes", start, date(2016, 12, 31))),
                account=[spent(1_200_000, 2015)],
            ),
            {date(2015, 12, 1): status},
        )
        for id, start, status in (
            ("V-22b", date(2015, 6, 29), MET), ("V-22b", date(2015, 6, 30), MET),
            ("V-22b", date(2015, 7, 1), NOT_ASKED), ("V-22a", date(2015, 6, 30), NOT_ASKED),
            ("V-22a", date(2015, 7, 1), MET),
        )
    ],
    Case(
        "V-22b",
        replace(
            records(placed("invartes", date(2015, 1, 1), date(2016, 9, 30))),
            account=[spent(1_200_100, 2015)],
        ),
        {date(2015, 9, 1): MISSING, date(2015, 9, 2): MISSING, date(2015, 9, 3): MISSING},
    ),
    *again(
        "V-23", year(), date(2026, 6, 30), [date(2026, 3, 4)], [date(2026, 9, 2)], activities("apt")
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_varmland_is_judged_as_the_table_says(case: Case) -> None:
    check("varmland", case)


@pytest.mark.parametrize(
    ("last", "asked"),
    [(date(2026, 2, 27), False), (date(2026, 2, 28), True), (date(2026, 3, 1), True)],
)
def test_a_halfway_talk_is_asked_from_two_months(last: date, asked: bool) -> None:
    """1 January to 28 February is two months, to the 27th one day less."""
    base = records(placed("psykiatri", date(2026, 1, 1), last))
    status = verdict(base, programme("varmland"), "V-05", date(2026, 1, 2)).status
    assert (status != NOT_ASKED) is asked


@pytest.mark.parametrize(
    ("last", "asked"),
    [(date(2026, 6, 29), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_a_halfway_talk_is_asked_to_six_months(last: date, asked: bool) -> None:
    """1 January to 30 June is six months."""
    base = records(placed("psykiatri", date(2026, 1, 1), last))
    status = verdict(base, programme("varmland"), "V-05", date(2026, 1, 2)).status
    assert (status != NOT_ASKED) is asked


def test_only_written_individual_sessions_count() -> None:
    plan, on = programme("varmland"), date(2026, 1, 31)
    silent = Supervision(date(2026, 1, 9), 120, note="")
    for session, counted in (
        (silent, False),
        (replace(silent, note="Gick igenom EKG."), True),
        (replace(silent, topics=("m",)), True),
        (replace(silent, goals=("5:2:4",)), True),
        (replace(silent, note="Mentorsgrupp.", form="mentor"), False),
        (replace(silent, note="Gick igenom EKG.", status="cancelled"), False),
    ):
        found = verdict(replace(year(), supervisions=[session]), plan, "V-04", on)
        assert (found.status == MET) is counted
    agreed = replace(year(), supervisions=[silent], agreements=[Agreement(silent.id)])
    assert verdict(agreed, plan, "V-04", on).status == MET


def test_the_two_strengths_of_supervisor_training_stay_two_requirements() -> None:
    plan = programme("varmland")
    both = [plan.requirement("V-14b"), plan.requirement("V-14d")]
    assert [found.strength for found in both if found] == ["ska", "bör"]


def test_an_expired_plan_says_so_and_the_law_does_not() -> None:
    """The plan's last day was 31 December 2020."""
    plan = programme("varmland")
    base = records(placed("invartes", date(2020, 6, 1), date(2021, 11, 30)))
    for on, in_force in (
        (date(2020, 12, 30), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
    ):
        finding = verdict(base, plan, "V-04", on)
        assert finding.in_force is in_force
        assert ("gällde till och med 31 dec 2020" in finding.sentence) is not in_force
    assert verdict(base, plan, "N-01", date(2021, 1, 1)).in_force


def test_a_placement_of_half_a_month_asks_its_part_of_the_two_hours() -> None:
    """16 to 31 January 2026 has 11 of the month's 20 working days (5 weekdays of the weeks of the
    19th and 26th and Friday the 16th): 120 × 11 / 20 = 66 minutes."""
    base = records(placed("invartes", date(2026, 1, 16), date(2026, 1, 31)))
    for minutes, status in ((65, MISSING), (66, MET)):
        done = replace(base, **sessions([date(2026, 1, 20)], minutes=minutes))
        assert verdict(done, programme("varmland"), "V-04", YEAR[1]).status == status


def test_half_time_asks_half_the_hours() -> None:
    base = records(placed("invartes", *YEAR, percent=50))
    done = replace(base, **sessions([date(2026, 1, 9)]))
    assert verdict(done, programme("varmland"), "V-04", date(2026, 1, 31) + DAY).status == ON_WAY


def test_every_requirement_of_varmland_is_in_the_table() -> None:
    assert lacking("varmland", CASES) == []
