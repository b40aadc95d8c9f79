"""What a placement and an absence may be saved as."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.language import has
from at_tui.placing import (
    AbsenceEntry,
    PlacementEntry,
    Span,
    check_absence,
    check_placement,
    over_full_time,
)
from schema.words import AbsenceKind, SectionCode

FIRST = date(2026, 7, 13)
LAST = date(2028, 4, 12)
PLACED = PlacementEntry(
    section=SectionCode.PSYKIATRI, start=date(2026, 9, 1), end=date(2026, 11, 30)
)
AWAY = AbsenceEntry(kind=AbsenceKind.SEMESTER, start=date(2026, 9, 7), end=date(2026, 9, 11))


def placed(entry: PlacementEntry, *others: Span) -> list[tuple[str, str]]:
    found = check_placement(entry, training_start=FIRST, training_end=LAST, others=others)
    assert all(has(problem.code) for problem in found)
    return [(problem.field, problem.code.removeprefix("placement.")) for problem in found]


def away(entry: AbsenceEntry, *others: Span) -> list[tuple[str, str]]:
    found = check_absence(entry, training_start=FIRST, training_end=LAST, others=others)
    assert all(has(problem.code) for problem in found)
    return [(problem.field, problem.code.removeprefix("placement.")) for problem in found]


def test_a_placement_within_the_training_may_be_saved() -> None:
    assert placed(PLACED) == []
    assert placed(replace(PLACED, start=FIRST, end=LAST, percent=50)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"section": None}, [("section", "section_missing")]),
        ({"percent": 49}, [("percent", "percent_outside")]),
        ({"percent": 101}, [("percent", "percent_outside")]),
        ({"percent": None}, [("percent", "percent_missing")]),
        ({"start": None}, [("start", "day_missing")]),
        ({"end": None}, [("end", "day_missing")]),
        ({"end": date(2026, 8, 31)}, [("end", "reversed")]),
        ({"start": FIRST - timedelta(days=1)}, [("start", "before_training")]),
        ({"end": LAST + timedelta(days=1)}, [("end", "after_training")]),
    ],
)
def test_what_will_not_do_for_a_placement_is_answered_at_its_field(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert placed(replace(PLACED, **change)) == expected  # type: ignore[arg-type]


def test_a_placement_of_one_day_may_be_saved() -> None:
    assert placed(replace(PLACED, end=PLACED.start)) == []


def test_placements_that_share_a_single_day_at_full_time_overlap() -> None:
    before = Span(date(2026, 7, 13), date(2026, 9, 1), 100, "Vårdcentral A")
    found = check_placement(PLACED, training_start=FIRST, training_end=LAST, others=[before])
    assert [(p.code, p.values) for p in found] == [
        (
            "placement.overlap",
            {"start": date(2026, 9, 1), "end": date(2026, 9, 1), "name": "Vårdcentral A"},
        )
    ]
    assert placed(PLACED, replace(before, end=date(2026, 8, 31))) == []


def test_two_placements_at_half_time_may_run_side_by_side() -> None:
    half = replace(PLACED, percent=50)
    beside = Span(date(2026, 9, 1), date(2026, 11, 30), 50, "Kliniken")
    assert placed(half, beside) == []
    assert placed(replace(half, percent=51), beside) == [("start", "overlap")]


def test_a_third_placement_at_half_time_is_one_too_many() -> None:
    half = replace(PLACED, percent=50)
    two = (
        Span(date(2026, 9, 1), date(2026, 11, 30), 50, "A"),
        Span(date(2026, 11, 1), date(2026, 12, 31), 50, "B"),
    )
    found = over_full_time(Span(date(2026, 9, 1), date(2026, 11, 30), half.percent or 0), two)
    assert found == (date(2026, 11, 1), date(2026, 11, 30), "B")


def test_the_clash_is_told_from_its_first_day_to_its_last() -> None:
    others = (
        Span(date(2026, 9, 10), date(2026, 9, 19), 100, "A"),
        Span(date(2026, 9, 20), date(2026, 9, 25), 100, "B"),
        Span(date(2026, 10, 1), date(2026, 10, 2), 100, "C"),
    )
    found = over_full_time(Span(date(2026, 9, 1), date(2026, 11, 30), 100), others)
    assert found is not None
    assert found[:2] == (date(2026, 9, 10), date(2026, 9, 25))


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), st.integers(1, 100)), max_size=8),
    st.integers(0, 60),
    st.integers(0, 30),
    st.integers(1, 100),
)
def test_the_clash_found_is_the_first_day_that_exceeds_full_time(
    others: list[tuple[int, int, int]], start: int, length: int, percent: int
) -> None:
    day = timedelta(days=1)
    spans = [Span(FIRST + s * day, FIRST + (s + n) * day, p) for s, n, p in others]
    mine = Span(FIRST + start * day, FIRST + (start + length) * day, percent)
    days = [mine.start + n * day for n in range(length + 1)]
    over = [
        when
        for when in days
        if percent + sum(span.percent for span in spans if span.start <= when <= span.end) > 100
    ]
    clash = over_full_time(mine, spans)
    assert (clash[0] if clash else None) == (over[0] if over else None)
    if clash:
        through = (clash[1] - clash[0]).days
        assert [clash[0] + n * day for n in range(through + 1)] == over[: through + 1]


def test_absence_within_the_training_may_be_saved() -> None:
    assert away(AWAY) == []
    assert away(replace(AWAY, start=FIRST, end=LAST)) == []
    assert away(replace(AWAY, percent=1)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kind": None}, [("kind", "kind_missing")]),
        ({"percent": 0}, [("percent", "absence_percent")]),
        ({"percent": 101}, [("percent", "absence_percent")]),
        ({"percent": None}, [("percent", "percent_missing")]),
        ({"start": None}, [("start", "day_missing")]),
        ({"end": date(2026, 9, 6)}, [("end", "reversed")]),
        ({"start": FIRST - timedelta(days=1)}, [("start", "absence_before")]),
        ({"end": LAST + timedelta(days=1)}, [("end", "absence_after")]),
    ],
)
def test_what_will_not_do_for_an_absence_is_answered_at_its_field(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert away(replace(AWAY, **change)) == expected  # type: ignore[arg-type]


def test_nobody_is_away_twice_on_one_day() -> None:
    sick = Span(date(2026, 9, 11), date(2026, 9, 20), 100, "sjuk")
    assert away(AWAY, sick) == [("start", "absence_twice")]
    half = replace(sick, percent=50)
    assert away(replace(AWAY, percent=50), half) == []
