"""Three yardsticks: the law, the region's plan and the own plan, each by its own name."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from at_tui.judge import Records
from at_tui.yardsticks import Mover, Yardstick, movers, yardsticks
from tests.at_tui.judge.cases import placed, records
from tests.at_tui.judge.made import Absence, programme


def block(*absences: Absence, percent: int = 100, norm: int = 21) -> Records:
    """6 + 6 + 3 + 6 months from 1 January 2026: to 30 September 2027."""
    return records(
        placed("invartes", date(2026, 1, 1), date(2026, 6, 30), percent=percent),
        placed("opererande", date(2026, 7, 1), date(2026, 12, 31)),
        placed("psykiatri", date(2027, 1, 1), date(2027, 3, 31)),
        placed("allmanmedicin", date(2027, 4, 1), date(2027, 9, 30)),
        norm=norm,
        absences=absences,
    )


def measured(base: Records, on: date, plan: str = "jonkoping") -> dict[str, Yardstick]:
    found = yardsticks(base, programme(plan), programme("nationell"), on)
    return {y.name: y for y in found}


def test_each_yardstick_has_its_own_length() -> None:
    found = measured(block(norm=20), date(2026, 12, 31))
    assert [found[name].rows[-1 if name == "region" else 0].need for name in found] == [18, 21, 20]
    assert {row.requirement_id[0] for row in found["law"].rows} == {"N"}
    assert {row.requirement_id[0] for row in found["region"].rows} == {"J"}


def test_served_and_remaining_are_told_by_section() -> None:
    """On 31 March 2027 medicine and surgery have 6 each, psychiatry 3, primary care none."""
    rows = {row.requirement_id: row for row in measured(block(), date(2027, 3, 31))["law"].rows}
    assert {id: (float(row.served), float(row.remaining)) for id, row in rows.items()} == {
        "N-01": (15, 3), "N-02": (12, 0), "N-03": (6, 0), "N-04": (6, 0), "N-05": (3, 0),
        "N-06": (0, 6),
    }  # fmt: skip


def test_the_law_is_met_before_the_plan_ends_only_when_every_part_is() -> None:
    """18 months are served on 30 June 2027, but primary care's six first on 30 September."""
    found = measured(block(), date(2026, 12, 31))
    assert found["law"].earliest_end == date(2027, 9, 30)
    assert found["region"].earliest_end == date(2027, 9, 30)
    assert found["own"].earliest_end == date(2027, 9, 30)


def test_what_the_plan_lacks_is_made_up_after_it_once() -> None:
    """Three months of parental leave in psychiatry: the plan has 18 of 21, none of psychiatry's
    three, and needs October to December."""
    away = Absence("foraldraledig", date(2027, 1, 1), date(2027, 3, 31))
    found = measured(block(away), date(2026, 12, 31))
    for name in ("law", "region", "own"):
        assert found[name].earliest_end == date(2027, 12, 31), name
    short = {row.requirement_id: row.short for row in found["region"].rows}
    assert (float(short["J-16c"]), float(short["J-16e"])) == (3, 3)


def test_lacks_of_two_sections_follow_on_each_other() -> None:
    """A month away in psychiatry and one in primary care: October and November."""
    away = (
        Absence("foraldraledig", date(2027, 1, 1), date(2027, 1, 31)),
        Absence("tjanstledig", date(2027, 4, 1), date(2027, 4, 30)),
    )
    assert measured(block(*away), date(2026, 12, 31))["law"].earliest_end == date(2027, 11, 30)


def test_what_moves_the_end_is_told_the_largest_first() -> None:
    """Medicine at half time loses three months; a month of parental leave in psychiatry one; and
    holidays nothing."""
    away = (
        Absence("foraldraledig", date(2027, 1, 1), date(2027, 1, 31)),
        Absence("semester", date(2026, 7, 1), date(2026, 7, 31)),
    )
    assert movers(block(*away, percent=50), programme("jonkoping")) == [
        Mover("deltid", Fraction(3)),
        Mover("foraldraledig", Fraction(1)),
    ]


@pytest.mark.parametrize(
    ("start", "asked"), [(date(2022, 12, 31), False), (date(2023, 1, 1), True)]
)
def test_a_length_for_later_starts_is_no_yardstick(start: date, asked: bool) -> None:
    base = records(placed("invartes", start, date(2024, 12, 31)))
    rows = measured(base, start, "gavle")["region"].rows
    assert ("G-01" in {row.requirement_id for row in rows}) is asked


def test_without_placements_there_is_no_end() -> None:
    empty = Records(block().training)
    assert {y.earliest_end for y in measured(empty, date(2026, 1, 1)).values()} == {None}
