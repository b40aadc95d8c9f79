"""Leave: what asks nothing while someone is away, and what comes after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from at_tui.judge import Status, judge
from tests.at_tui.judge.cases import placed, records, sessions
from tests.at_tui.judge.made import Absence, programme, verdict

# Psychiatry from January to March is all parental leave; medicine follows.
BLOCK = records(
    placed("psykiatri", date(2026, 1, 1), date(2026, 3, 31), "psykiatri", unit_id="u1"),
    placed("invartes", date(2026, 4, 1), date(2026, 9, 30), "internmedicin", unit_id="u2"),
)
AWAY = replace(BLOCK, absences=[Absence("foraldraledig", date(2026, 1, 1), date(2026, 3, 31))])
PER_PLACEMENT = {"cadence", "milestone", "assessment", "qualification", "kollegium", "absence"}


@pytest.mark.parametrize(
    "plan", ["varmland", "jonkoping", "blekinge", "gavle", "sormland", "dalarna", "orebro-uso"]
)
def test_a_placement_that_is_all_leave_asks_nothing(plan: str) -> None:
    found = programme(plan)
    asked = tuple(
        r
        for r in found.requirements
        if r.kind in PER_PLACEMENT
        and getattr(r, "of", "") not in ("training", "teaching")
        and getattr(r, "per", "") != "training"
        and getattr(r, "who", "supervisor") == "supervisor"
    )
    alone = found.model_copy(update={"requirements": asked})
    only = replace(AWAY, placements=AWAY.placements[:1])
    for finding in judge(only, alone, date(2026, 3, 20)):
        assert finding.status in (Status.NOT_ASKED, Status.ON_WAY), finding.requirement_id
        assert not finding.need or finding.kind == "assessment"


def test_without_the_leave_the_same_placement_asks() -> None:
    only = replace(BLOCK, placements=BLOCK.placements[:1])
    late = {
        f.requirement_id
        for f in judge(only, programme("varmland"), date(2026, 3, 20))
        if f.status is Status.LATE
    }
    assert {"V-03", "V-04", "V-07a"} <= late


def test_what_is_asked_after_the_leave_begins_with_the_next_placement() -> None:
    plan = programme("varmland")
    april = replace(AWAY, **sessions([date(2026, 4, 9), date(2026, 4, 23)]))
    finding = verdict(april, plan, "V-04", date(2026, 5, 1))
    assert (finding.have, finding.need) == (1, 1)


def test_leave_does_not_serve_time_and_says_what_lacks() -> None:
    found = {f.requirement_id: f for f in judge(AWAY, programme("nationell"), date(2026, 9, 30))}
    assert (found["N-05"].status, found["N-05"].have) == (Status.MISSING, 0)
    assert "3 månader fattas" in found["N-05"].sentence
    assert found["N-04"].status is Status.MET


def test_half_leave_counts_half_and_asks_half_as_often() -> None:
    """Half leave from January to March leaves 1.5 months. Of week 1's three working days one lies
    in the placement, of week 14's four two: weeks 2 to 14 are thirteen, and their half fills six
    windows."""
    half = Absence("foraldraledig", date(2026, 1, 1), date(2026, 3, 31), 50)
    base = replace(BLOCK, placements=BLOCK.placements[:1], absences=[half])
    assert verdict(base, programme("nationell"), "N-05", date(2026, 4, 1)).have == 1.5
    assert verdict(base, programme("gavle"), "G-10", date(2026, 4, 1)).need == 6
    whole = replace(base, absences=[])
    assert verdict(whole, programme("gavle"), "G-10", date(2026, 4, 1)).need == 13
