"""Time served: by hand at the edges, and by property where splits and part-time must not matter."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.time_served import (
    AbsenceSpan,
    PlacementSpan,
    Problem,
    ProblemKind,
    TimeServed,
    absence_days,
    count_time,
    national_minimum,
)
from schema.months import add_months, last_day_of

DAY = timedelta(days=1)
MADE_UP = ("sjuk", "foraldraledig", "tjanstledig")
START = date(2026, 1, 15)

starts = st.dates(date(2020, 1, 1), date(2030, 12, 31))
lengths = st.integers(1, 700)
percents = st.sampled_from([50, 60, 75, 80, 100])


def placed(section: str, start: date, end: date | None, percent: int = 100) -> PlacementSpan:
    return PlacementSpan(section, start, end, percent)


def served(
    *placements: PlacementSpan, away: tuple[AbsenceSpan, ...] = (), through: date | None = None
) -> TimeServed:
    return count_time(placements, away, not_counted=MADE_UP, through=through)


@pytest.mark.parametrize(
    ("start", "end", "percent", "months"),
    [
        (date(2026, 6, 13), date(2026, 7, 12), 100, Fraction(1)),
        (date(2026, 2, 1), date(2026, 2, 28), 100, Fraction(1)),
        (date(2026, 1, 12), date(2026, 7, 11), 100, Fraction(6)),
        (date(2026, 1, 12), date(2026, 7, 11), 50, Fraction(3)),
        (date(2026, 2, 1), date(2026, 2, 14), 80, Fraction(2, 5)),
    ],
)
def test_a_placement_is_worth_its_months_times_its_percentage(
    start: date, end: date, percent: int, months: Fraction
) -> None:
    assert served(placed("psykiatri", start, end, percent)).of("psykiatri") == months


def test_leave_of_three_months_costs_three_months_wherever_it_lies() -> None:
    leave = AbsenceSpan("foraldraledig", date(2026, 3, 1), date(2026, 5, 31))
    found = served(placed("invartes", START, last_day_of(START, 9)), away=(leave,))
    assert found.of("invartes") == 6
    assert found.lost["invartes"] == 3


def test_absence_that_counts_as_served_takes_nothing() -> None:
    holiday = AbsenceSpan("semester", date(2026, 3, 1), date(2026, 3, 31))
    found = served(placed("invartes", START, last_day_of(START, 6)), away=(holiday,))
    assert found.of("invartes") == 6


def test_half_an_absence_of_a_full_timer_leaves_half() -> None:
    leave = AbsenceSpan("foraldraledig", date(2026, 2, 15), date(2026, 4, 14), 50)
    found = served(placed("invartes", START, last_day_of(START, 6)), away=(leave,))
    assert found.of("invartes") == 5
    assert found.problems == ()


def test_absence_in_a_part_time_placement_costs_its_part_only() -> None:
    leave = AbsenceSpan("sjuk", date(2026, 2, 15), date(2026, 4, 14))
    found = served(placed("invartes", START, last_day_of(START, 6), 50), away=(leave,))
    assert found.of("invartes") == 2


def test_absence_outside_the_placements_costs_nothing() -> None:
    before = AbsenceSpan("sjuk", date(2025, 1, 1), date(2026, 1, 14))
    after = AbsenceSpan("sjuk", date(2026, 7, 15), date(2027, 1, 1))
    found = served(placed("invartes", START, last_day_of(START, 6)), away=(before, after))
    assert found.of("invartes") == 6


def test_absence_over_the_whole_placement_leaves_nothing() -> None:
    away = AbsenceSpan("tjanstledig", date(2025, 12, 1), date(2026, 12, 1))
    assert served(placed("invartes", START, date(2026, 4, 30)), away=(away,)).total == 0


def test_two_absences_on_the_same_day_are_one() -> None:
    ill = AbsenceSpan("sjuk", date(2026, 2, 15), date(2026, 3, 14))
    leave = AbsenceSpan("foraldraledig", date(2026, 3, 1), date(2026, 3, 14))
    found = served(placed("invartes", START, last_day_of(START, 6)), away=(ill, leave))
    assert found.of("invartes") == 5


def test_time_below_half_is_told_and_not_counted() -> None:
    span = placed("psykiatri", START, date(2026, 4, 14), 40)
    found = served(span)
    assert found.total == 0
    assert found.problems == (
        Problem(ProblemKind.BELOW_HALF, START, date(2026, 4, 14), ("psykiatri",)),
    )


def test_half_time_is_counted_and_one_per_cent_less_is_not() -> None:
    end = last_day_of(START, 4)
    assert served(placed("psykiatri", START, end, 50)).total == 2
    assert served(placed("psykiatri", START, end, 49)).total == 0


def test_partial_leave_that_leaves_less_than_half_is_told_and_not_counted() -> None:
    leave = AbsenceSpan("foraldraledig", date(2026, 2, 15), date(2026, 3, 14), 60)
    found = served(placed("invartes", START, last_day_of(START, 3)), away=(leave,))
    assert found.of("invartes") == 2
    assert [(p.kind, p.start, p.end) for p in found.problems] == [
        (ProblemKind.BELOW_HALF, date(2026, 2, 15), date(2026, 3, 14))
    ]


def test_overlapping_placements_are_told_and_never_counted_twice() -> None:
    first = placed("opererande", date(2026, 1, 1), date(2026, 3, 31))
    second = placed("invartes", date(2026, 3, 1), date(2026, 5, 31))
    found = served(first, second)
    assert found.of("opererande") == 2
    assert found.of("invartes") == 2
    assert found.problems == (
        Problem(
            ProblemKind.OVERLAP, date(2026, 3, 1), date(2026, 3, 31), ("invartes", "opererande")
        ),
    )


def test_the_same_placement_twice_counts_as_nothing_rather_than_double() -> None:
    span = placed("psykiatri", START, last_day_of(START, 3))
    assert served(span, span).total == 0


def test_two_half_time_placements_side_by_side_both_count() -> None:
    end = last_day_of(START, 6)
    found = served(placed("psykiatri", START, end, 50), placed("allmanmedicin", START, end, 50))
    assert found.sections == {"psykiatri": 3, "allmanmedicin": 3}
    assert found.problems == ()


def test_an_open_placement_is_counted_to_the_day_asked_for() -> None:
    span = placed("psykiatri", START, None)
    assert served(span, through=date(2026, 3, 14)).total == 2
    assert [p.kind for p in served(span).problems] == [ProblemKind.NO_END]


def test_time_to_come_is_not_served() -> None:
    span = placed("psykiatri", START, last_day_of(START, 3))
    assert served(span, through=date(2026, 2, 14)).total == 1
    assert served(span, through=date(2026, 1, 14)).total == 0


def test_a_placement_that_ends_before_it_starts_is_told() -> None:
    found = served(placed("psykiatri", START, date(2026, 1, 13)))
    assert [p.kind for p in found.problems] == [ProblemKind.REVERSED]
    assert found.total == 0


def test_nothing_recorded_is_nothing_served() -> None:
    assert served() == TimeServed({}, {}, ())


def test_a_common_block_of_eighteen_months_meets_the_law_exactly() -> None:
    spans: list[PlacementSpan] = []
    start = date(2026, 9, 1)
    for section, months in (
        ("invartes", 5), ("opererande", 4), ("psykiatri", 3), ("allmanmedicin", 6)
    ):  # fmt: skip
        spans.append(placed(section, start, last_day_of(start, months)))
        start = add_months(start, months)
    measures = national_minimum(served(*spans))
    assert all(measure.met for measure in measures)
    assert [measure.served for measure in measures] == [18, 9, 4, 5, 3, 6]


@pytest.mark.parametrize(
    ("months", "missing"),
    [
        ({"invartes": 7, "opererande": 2}, ["total", "opererande", "psykiatri", "allmanmedicin"]),
        (
            {"invartes": 3, "opererande": 3, "psykiatri": 3, "allmanmedicin": 9},
            ["medicine_and_surgery"],
        ),
        (
            {"invartes": 6, "opererande": 3, "psykiatri": 3, "allmanmedicin": 5, "akut": 1},
            ["total", "allmanmedicin"],
        ),
        ({"invartes": 20}, ["opererande", "psykiatri", "allmanmedicin"]),
    ],
)
def test_the_law_asks_for_each_part_and_one_part_does_not_replace_another(
    months: dict[str, int], missing: list[str]
) -> None:
    found = TimeServed({name: Fraction(count) for name, count in months.items()}, {})
    assert [measure.code for measure in national_minimum(found) if not measure.met] == missing


def test_what_is_missing_is_never_below_nothing() -> None:
    more = TimeServed({"psykiatri": Fraction(4)}, {})
    measure = next(m for m in national_minimum(more) if m.code == "psykiatri")
    assert measure.missing == 0
    total = national_minimum(more)[0]
    assert total.missing == 14


def test_days_of_absence_are_calendar_days_inside_the_period() -> None:
    away = [
        AbsenceSpan("sjuk", date(2026, 1, 10), date(2026, 1, 16)),
        AbsenceSpan("sjuk", date(2026, 1, 16), date(2026, 1, 17), 50),
        AbsenceSpan("kurs", date(2026, 2, 2), date(2026, 2, 3)),
        AbsenceSpan("semester", date(2027, 1, 1), date(2027, 1, 5)),
    ]
    assert absence_days(away, START, date(2026, 12, 31)) == {"sjuk": 3, "kurs": 2}


@given(starts, lengths, percents, st.data())
def test_a_placement_split_at_any_day_is_worth_the_same(
    start: date, length: int, percent: int, data: st.DataObject
) -> None:
    end = start + timedelta(days=length)
    middle = start + timedelta(days=data.draw(st.integers(1, length)))
    first = data.draw(st.integers(0, length))
    away = (
        AbsenceSpan("sjuk", start + timedelta(days=first), start + timedelta(days=first + 40)),
        AbsenceSpan("foraldraledig", start, start + timedelta(days=20), 50),
    )
    whole = served(placed("invartes", start, end, percent), away=away)
    parts = served(
        placed("invartes", middle, end, percent),
        placed("invartes", start, middle - DAY, percent),
        away=away,
    )
    assert parts.sections == whole.sections
    assert parts.lost == whole.lost


@given(starts, st.integers(1, 24))
def test_half_time_for_twice_the_months_equals_full_time(start: date, months: int) -> None:
    full = served(placed("invartes", start, last_day_of(start, months)))
    half = served(placed("invartes", start, last_day_of(start, 2 * months), 50))
    assert full.total == half.total == months


@given(starts, lengths, percents)
def test_half_the_percentage_is_half_the_time(start: date, length: int, percent: int) -> None:
    end = start + timedelta(days=length)
    full = served(placed("invartes", start, end)).total
    assert served(placed("invartes", start, end, percent)).total == full * percent / 100


@given(
    starts,
    lengths,
    percents,
    st.lists(
        st.tuples(st.integers(-30, 700), st.integers(0, 200), st.integers(1, 100)), max_size=6
    ),
)
def test_absence_never_leaves_less_than_nothing_nor_more_than_was_placed(
    start: date, length: int, percent: int, leaves: list[tuple[int, int, int]]
) -> None:
    span = placed("invartes", start, start + timedelta(days=length), percent)
    away = tuple(
        AbsenceSpan("sjuk", start + timedelta(days=at), start + timedelta(days=at + days), share)
        for at, days, share in leaves
    )
    assert 0 <= served(span, away=away).total <= served(span).total


@given(starts, lengths, st.integers(0, 700))
def test_one_more_day_counted_is_never_less(start: date, length: int, at: int) -> None:
    span = placed("invartes", start, start + timedelta(days=length))
    day = start + timedelta(days=at)
    assert served(span, through=day).total <= served(span, through=day + DAY).total
