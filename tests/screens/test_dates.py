"""Days as they are written and read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.language import say
from schema.fault import Fault
from screens.dates import clock, full, near, read_day, short, week, with_weekday

ON = date(2026, 11, 24)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-26", date(2026, 11, 26)),
        ("20261126", date(2026, 11, 26)),
        ("26/11", date(2026, 11, 26)),
        ("26.11.", date(2026, 11, 26)),
        ("26 nov", date(2026, 11, 26)),
        ("26 november 2025", date(2025, 11, 26)),
        ("26/11 2025", date(2025, 11, 26)),
        ("idag", ON),
        ("i dag", ON),
        ("IGÅR", date(2026, 11, 23)),
        ("imorgon", date(2026, 11, 25)),
        ("to", date(2026, 11, 26)),
        ("tors", date(2026, 11, 26)),
        ("torsdag", date(2026, 11, 26)),
        ("ti", ON),
        ("må", date(2026, 11, 30)),
        ("+7", date(2026, 12, 1)),
        ("-3", date(2026, 11, 21)),
        ("+2v", date(2026, 12, 8)),
        ("+1m", date(2026, 12, 24)),
        ("26", date(2026, 11, 26)),
        ("3", date(2026, 12, 3)),
        ("  26/11  ", date(2026, 11, 26)),
    ],
)
def test_a_day_may_be_typed_as_one_likes(typed: str, day: date) -> None:
    assert read_day(typed, ON) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [("3/1", date(2027, 1, 3)), ("28/12", date(2026, 12, 28)), ("30/6", date(2026, 6, 30))],
)
def test_a_day_without_a_year_is_the_nearest_one(typed: str, day: date) -> None:
    assert read_day(typed, ON) == day


def test_what_is_to_come_is_nearest_to_a_day_ahead_and_words_still_mean_today() -> None:
    ahead = date(2027, 5, 25)
    assert read_day("17/9", ON, ahead) == date(2027, 9, 17)
    assert read_day("17/9", ON) == date(2026, 9, 17)
    assert read_day("idag", ON, ahead) == ON
    assert read_day("+7", ON, ahead) == read_day("+7", ON)


@pytest.mark.parametrize("typed", ["2026-02-30", "31/4", "2026-13-01", "29/2 2026", "32", "0"])
def test_a_day_that_does_not_exist_is_said_so(typed: str) -> None:
    with pytest.raises(Fault) as fault:
        read_day(typed, ON)
    assert typed in say(fault.value)
    assert "finns inte" in say(fault.value)


@pytest.mark.parametrize("typed", ["snart", "", "26//11", "nov", "t", "1/2/3/4", "+x", "\x1b[2J"])
def test_what_is_no_day_is_answered_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(Fault) as fault:
        read_day(typed, ON)
    assert "2026-11-26" in say(fault.value)


@given(st.text(max_size=20))
def test_anything_typed_gives_a_day_or_a_fault(typed: str) -> None:
    try:
        found = read_day(typed, ON)
    except Fault as fault:
        answer = say(fault)
    else:
        answer = full(found)
    assert answer


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_a_day_written_out_in_full_reads_back(day: date) -> None:
    assert read_day(full(day).partition(" ")[2], ON) == day


def test_days_are_written_short_near_the_day_it_is_and_longer_away() -> None:
    assert full(ON) == "tis 24 nov 2026"
    assert with_weekday(ON) == "tis 24 nov"
    assert short(date(2025, 9, 1), ON) == "1 sept 2025"
    assert week(ON) == "v 48"
    assert [near(date(2026, 11, day), ON) for day in (23, 24, 25, 26, 10)] == [
        "i går", "i dag", "i morgon", "tors 26 nov", "10 nov",
    ]  # fmt: skip


def test_times_are_local() -> None:
    assert clock(datetime(2026, 11, 24, 13, 2, tzinfo=UTC)) == "14.02"
    assert clock(datetime(2026, 11, 24, 9, 5)) == "9.05"  # noqa: DTZ001 - local time
