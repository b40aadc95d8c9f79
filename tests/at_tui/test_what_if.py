"""Leave and part-time tried out before anything is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.judge.served import Served, not_served
from at_tui.what_if import Leave, PartTime, WhatIf, what_if
from schema.fault import Fault
from tests.at_tui.judge.cases import placed, records
from tests.at_tui.judge.made import Absence, programme

DAY = timedelta(days=1)
# 6 + 3 + 3 + 6 months from 1 January 2026.
BLOCK = records(
    placed("invartes", date(2026, 1, 1), date(2026, 6, 30), "internmedicin", unit_id="u1"),
    placed("opererande", date(2026, 7, 1), date(2026, 9, 30), "kirurgi", unit_id="u2"),
    placed("psykiatri", date(2026, 10, 1), date(2026, 12, 31), "psykiatri", unit_id="u3"),
    placed("allmanmedicin", date(2027, 1, 1), date(2027, 6, 30), "allmänmedicin", unit_id="u4"),
)
ON = date(2026, 2, 2)


def tried(*leave: Leave, part: tuple[PartTime, ...] = (), plan: str = "sormland") -> WhatIf:
    return what_if(BLOCK, programme(plan), ON, leave=leave, part_time=part)


def spans(found: WhatIf) -> list[tuple[str, date, date, int]]:
    return [(p.section, p.start, p.end, p.percent) for p in found.placements]


def test_nothing_proposed_changes_nothing() -> None:
    found = tried()
    assert (found.days_later, found.moved, found.worse) == (0, (), ())
    assert found.kollegier_before == found.kollegier_after
    assert [s[1:3] for s in spans(found)] == [(p.start, p.end) for p in BLOCK.placements]


def test_parental_leave_prolongs_its_placement_and_moves_those_after() -> None:
    """August and September away: surgery has served July, one month of three. From 1 October two
    months are left, to 30 November; psychiatry then has December to February, and primary care
    March to August."""
    found = tried(Leave("foraldraledig", date(2026, 8, 1), date(2026, 9, 30)))
    assert spans(found) == [
        ("invartes", date(2026, 1, 1), date(2026, 6, 30), 100),
        ("opererande", date(2026, 7, 1), date(2026, 11, 30), 100),
        ("psykiatri", date(2026, 12, 1), date(2027, 2, 28), 100),
        ("allmanmedicin", date(2027, 3, 1), date(2027, 8, 31), 100),
    ]
    assert (found.end_before, found.end_after) == (date(2027, 6, 30), date(2027, 8, 31))
    assert found.days_later == 62


def test_part_time_makes_what_is_left_longer() -> None:
    """Half time from 1 January 2027: six months of primary care take twelve."""
    found = tried(part=(PartTime(date(2027, 1, 1), 50),))
    assert spans(found)[-1] == ("allmanmedicin", date(2027, 1, 1), date(2027, 12, 31), 50)
    assert found.end_after == date(2027, 12, 31)


def test_part_time_in_the_midst_of_a_placement_makes_two_pieces_of_it() -> None:
    """Half time from 1 April 2027: January to March are served, three months left take six."""
    found = tried(part=(PartTime(date(2027, 4, 1), 50),))
    assert spans(found)[-2:] == [
        ("allmanmedicin", date(2027, 1, 1), date(2027, 3, 31), 100),
        ("allmanmedicin", date(2027, 4, 1), date(2027, 9, 30), 50),
    ]


def test_part_time_for_a_while_ends_when_it_says() -> None:
    """Half time in April and May 2027 is one month lost: June, and July for it."""
    found = tried(part=(PartTime(date(2027, 4, 1), 50, date(2027, 5, 31)),))
    assert found.end_after == date(2027, 7, 31)


def test_holidays_move_nothing() -> None:
    found = tried(Leave("semester", date(2026, 7, 6), date(2026, 8, 2)))
    assert found.days_later == 0


def test_deadlines_move_with_the_time() -> None:
    """13 months were served on 31 January 2027, and are two months later on 31 March."""
    found = tried(Leave("foraldraledig", date(2026, 8, 1), date(2026, 9, 30)))
    exam = next(m for m in found.moved if m.requirement_id == "N-13")
    assert (exam.before, exam.after) == (date(2027, 1, 31), date(2027, 3, 31))
    papers = {m.label: (m.before, m.after) for m in found.moved if m.requirement_id == "N-14a"}
    assert papers["psykiatri"] == (date(2026, 12, 31), date(2027, 2, 28))
    assert "medicin" not in papers


def test_kollegier_change_with_the_quarters_that_are_there() -> None:
    """Away from July to September: the third quarter of 2026 is not asked for, the third of 2027
    is."""
    found = tried(Leave("foraldraledig", date(2026, 7, 1), date(2026, 9, 30)))
    gone = set(found.kollegier_before) - set(found.kollegier_after)
    new = set(found.kollegier_after) - set(found.kollegier_before)
    assert "kvartal 3 2026" in gone
    assert "kvartal 3 2027" in new


def test_what_gets_worse_is_told() -> None:
    """A year away makes the training longer than two years."""
    found = tried(Leave("foraldraledig", date(2026, 8, 1), date(2027, 7, 31)))
    assert "N-08" in {f.requirement_id for f in found.worse}


def test_what_is_entered_already_stays() -> None:
    """A month of parental leave in psychiatry is entered; another is tried in surgery. Surgery
    then ends on 31 October, psychiatry runs from 1 November, and its own leave in October lies
    in surgery, which takes November too."""
    entered = Absence("foraldraledig", date(2026, 10, 1), date(2026, 10, 31))
    with_leave = replace(BLOCK, absences=[entered])
    found = what_if(
        with_leave,
        programme("nationell"),
        ON,
        leave=[Leave("foraldraledig", date(2026, 8, 1), date(2026, 8, 31))],
    )
    assert spans(found)[1][2] == date(2026, 11, 30)
    assert with_leave.absences[0].start == date(2026, 10, 1)
    assert len(with_leave.placements) == 4


@pytest.mark.parametrize(
    ("leave", "part", "code"),
    [
        ([Leave("sjuk", date(2026, 3, 2), date(2026, 3, 1))], [], "reversed"),
        ([Leave("sjuk", date(2027, 7, 1), date(2027, 7, 2))], [], "outside"),
        ([Leave("sjuk", date(2025, 12, 1), date(2025, 12, 31))], [], "outside"),
        ([Leave("sjuk", date(2026, 3, 2), date(2026, 3, 3), 0)], [], "leave_percent"),
        ([], [PartTime(date(2026, 3, 2), 49)], "percent"),
        ([], [PartTime(date(2026, 3, 2), 101)], "percent"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(
    leave: list[Leave], part: list[PartTime], code: str
) -> None:
    with pytest.raises(Fault) as raised:
        what_if(BLOCK, programme("nationell"), ON, leave=leave, part_time=part)
    assert raised.value.code == f"what_if.{code}"


def test_without_placements_there_is_nothing_to_try() -> None:
    empty = records(placed("invartes", date(2026, 1, 1), date(2026, 6, 30)))
    with pytest.raises(Fault) as raised:
        what_if(type(empty)(empty.training), programme("nationell"), ON)
    assert raised.value.code == "what_if.no_placements"


@given(
    start=st.integers(0, 500),
    length=st.integers(1, 200),
    percent=st.sampled_from([50, 75, 100]),
    share=st.sampled_from([50, 60, 80, 100]),
)
def test_every_placement_keeps_what_was_to_be_served_in_it(
    start: int, length: int, percent: int, share: int
) -> None:
    first = date(2026, 1, 1) + start * DAY
    away = Leave("foraldraledig", first, first + length * DAY, percent)
    found = what_if(
        BLOCK,
        programme("nationell"),
        ON,
        leave=[away],
        part_time=[PartTime(date(2026, 9, 1), share)],
    )
    lost = not_served([Absence(away.kind, away.start, away.end, away.percent)], None)
    for placement in BLOCK.placements:
        pieces = [p for p in found.placements if p.id == placement.id]
        served = Served(pieces, lost).months()
        wanted = Served([placement], []).months()
        last = max(p.end for p in pieces)
        assert served >= wanted
        assert Served(pieces, lost).months(last - DAY) < wanted
    assert found.end_after >= found.end_before
