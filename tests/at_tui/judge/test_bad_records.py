"""Records that contradict themselves: one clear sentence, and never a silent guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from at_tui.judge import Records, Status, judge
from tests.at_tui.judge.cases import placed, records, sessions
from tests.at_tui.judge.made import (
    Absence,
    Education,
    Entry,
    Kollegium,
    Placement,
    Training,
    programme,
)

START, END = date(2026, 1, 1), date(2026, 12, 31)
TIME = {"duration", "order", "cadence", "hours", "milestone", "assessment", "kollegium", "exam"}


def of(*placements: Placement, **more: Any) -> Records:
    return Records(Training(START, END), placements=placements, **more)


WHOLE = placed("invartes", START, END)
FAULTS = {
    "no placements": (of(), "Inga placeringar är inlagda"),
    "overlap": (
        of(WHOLE, placed("psykiatri", date(2026, 6, 1), date(2026, 6, 30))),
        "överlappar 1 juni 2026 till 30 juni 2026",
    ),
    "reversed": (
        of(placed("invartes", date(2026, 3, 1), date(2026, 2, 28))),
        "börjar 1 mars 2026 slutar 28 feb 2026",
    ),
    "early": (
        of(placed("invartes", date(2025, 12, 31), END)),
        "börjar 31 dec 2025, före tjänstgöringens start 1 jan 2026",
    ),
    "49 per cent": (of(placed("invartes", START, END, percent=49)), "tjänstgöringsgraden 49 %"),
    "101 per cent": (of(placed("invartes", START, END, percent=101)), "tjänstgöringsgraden 101 %"),
    "absence reversed": (
        of(WHOLE, absences=[Absence("sjuk", date(2026, 3, 2), date(2026, 3, 1))]),
        "En frånvaro som börjar 2 mars 2026 slutar 1 mars 2026",
    ),
    "absence before": (
        of(WHOLE, absences=[Absence("sjuk", date(2025, 12, 1), date(2025, 12, 31))]),
        "Frånvaron 1 dec 2025 till 31 dec 2025 ligger utanför",
    ),
    "absence after": (
        of(WHOLE, absences=[Absence("sjuk", date(2027, 1, 1), date(2027, 1, 2))]),
        "Frånvaron 1 jan 2027 till 2 jan 2027 ligger utanför",
    ),
    "training reversed": (
        Records(Training(START, date(2025, 1, 1)), placements=[WHOLE]),
        "slutar 1 jan 2025, före starten 1 jan 2026",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_contradiction_makes_time_impossible_to_judge_and_says_why(name: str) -> None:
    base, said = FAULTS[name]
    findings = judge(base, programme("varmland"), date(2026, 7, 1))
    timed = [f for f in findings if f.kind in TIME]
    assert timed
    for finding in timed:
        assert finding.status is Status.UNKNOWN, finding.requirement_id
        assert said in finding.sentence


def test_what_does_not_rest_on_time_is_judged_all_the_same() -> None:
    base = of(
        account=[Entry("Kurs", 100_000, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))],
        educations=[Education("course", date(2026, 3, 2), days=2, course_id="ledarskap")],
    )
    found = {f.requirement_id: f for f in judge(base, programme("varmland"), date(2026, 7, 1))}
    assert found["V-22a"].status is Status.MET
    assert found["V-16a"].status is Status.MET


@pytest.mark.parametrize("percent", [50, 100])
def test_the_limits_of_the_percentage_are_within(percent: int) -> None:
    base = of(placed("invartes", START, END, percent=percent))
    findings = judge(base, programme("nationell"), date(2026, 7, 1))
    assert findings[0].status is not Status.UNKNOWN


def test_two_halves_side_by_side_are_no_overlap() -> None:
    halves = of(
        placed("invartes", START, date(2026, 6, 30), percent=50),
        placed("annan", START, date(2026, 6, 30), percent=50),
    )
    finding = {f.requirement_id: f for f in judge(halves, programme("nationell"), END)}["N-04"]
    assert (finding.status, finding.have) == (Status.MET, 3)


def test_a_placement_the_day_after_another_is_no_overlap() -> None:
    one = placed("invartes", START, date(2026, 6, 30))
    for start, fault in ((date(2026, 6, 30), True), (date(2026, 7, 1), False)):
        findings = judge(
            of(one, placed("psykiatri", start, END)), programme("nationell"), date(2026, 3, 1)
        )
        assert (findings[0].status is Status.UNKNOWN) is fault


def test_a_section_that_no_catalogue_knows_is_shown_as_it_stands() -> None:
    base = records(placed("okänd", START, END))
    order = {f.requirement_id: f for f in judge(base, programme("jonkoping"), END)}["J-15"]
    assert order.status is Status.ON_WAY


def test_before_the_training_begins_nothing_is_late() -> None:
    base = replace(records(placed("allmanmedicin", START, END)), **sessions([]))
    for plan in ("vgr-primarvard", "varmland", "dalarna", "blekinge"):
        findings = judge(base, programme(plan), date(2025, 10, 1))
        assert not [f.requirement_id for f in findings if f.status is Status.LATE]


def test_a_training_older_than_its_plan_is_asked_only_from_the_plans_first_day() -> None:
    """The plan holds from 1 June 2026: of the year's months June to September are asked."""
    plan = programme("varmland").model_copy(
        update={"valid_from": date(2026, 6, 1), "valid_to": None}
    )
    base = records(placed("invartes", START, END))
    found = {f.requirement_id: f for f in judge(base, plan, date(2026, 10, 1))}
    assert found["V-04"].need == 4
    assert found["V-09a"].status is Status.NOT_ASKED  # the shared introduction was before
    assert found["N-04"].status is Status.MET  # time is time


def test_a_training_that_was_ended_early_has_served_nothing_after_its_end() -> None:
    """Ended on 31 March, with placements entered to the end of the year: three months."""
    base = Records(Training(START, END, ended_on=date(2026, 3, 31)), placements=[WHOLE])
    found = {f.requirement_id: f for f in judge(base, programme("jonkoping"), END)}
    assert (found["N-04"].status, found["N-04"].have) == (Status.MET, 3)
    assert (found["J-16a"].status, found["J-16a"].have) == (Status.MISSING, 3)
    assert found["J-11"].status is not Status.LATE


def test_a_kollegium_of_another_programme_is_not_told_as_booked() -> None:
    on, day = date(2026, 2, 2), date(2026, 3, 11)
    for own, told in (("", True), ("sormland", True), ("dalarna", False)):
        base = Records(
            Training(START, END, programme_id="sormland"),
            placements=[WHOLE],
            kollegier={"k1": Kollegium(day, own)},
        )
        found = {f.requirement_id: f for f in judge(base, programme("sormland"), on)}
        assert ("Bokat 11 mars 2026" in found["S-06a"].sentence) is told
