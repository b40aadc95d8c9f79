"""The timeline: bars stand under their months, and can be told apart without colour."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from schema.months import add_months
from screens.widgets.timeline import AWAY, FULL, HALF, LABEL, Bar, Lane, Timeline

FIRST = date(2026, 1, 1)
TODAY = date(2026, 7, 1)


def drawn(lanes: Sequence[Lane], *, on: date = TODAY, width: int = 77) -> list[str]:
    """Return the timeline's lines; 77 cells leave 60 for the axis: five a month of a year."""

    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield Timeline()

    async def go() -> list[str]:
        app = Shown()
        async with app.run_test(size=(width, 12)) as pilot:
            timeline = app.query_one(Timeline)
            timeline.show(lanes, on=on)
            await pilot.pause()
            return timeline.render().plain.split("\n")

    return asyncio.run(go())


def year(*bars: Bar) -> list[Lane]:
    """A lane of its own that makes the axis January to December."""
    return [Lane("år", (Bar(FIRST, date(2026, 12, 31)),)), Lane("medicin", bars)]


def test_a_bar_stands_under_its_months() -> None:
    """1 May is day 120 and 31 July day 211 of 365 days in 60 cells: 19.7 and 34.7, 19 to 34."""
    lines = drawn(year(Bar(date(2026, 5, 1), date(2026, 7, 31))))
    axis, _, lane = lines[:3]
    assert lane.index(FULL) == axis.index("maj")
    assert lane[:LABEL].strip() == "medicin"
    assert lane.count(FULL) == 34 - 19 + 1


def test_the_axis_begins_with_its_year_and_names_the_months_there_is_room_for() -> None:
    axis = drawn(year())[0]
    assert axis.split() == ["2026", "mars", "maj", "juli", "sept", "nov"]


def test_part_time_is_drawn_in_another_sign_with_its_percentage() -> None:
    lane = drawn(year(Bar(date(2026, 4, 1), date(2026, 6, 30), HALF, "50 %")))[2]
    assert " 50 % " in lane
    assert HALF in lane
    assert FULL not in lane


def test_a_percentage_that_has_no_room_is_left_out() -> None:
    lane = drawn(year(Bar(date(2026, 4, 1), date(2026, 4, 30), HALF, "50 %")))[2]
    assert "%" not in lane
    assert lane.removeprefix("medicin").split() == [HALF * 6, "│"]


def test_a_single_day_is_never_invisible() -> None:
    lane = drawn(year(Bar(date(2026, 4, 10), date(2026, 4, 10), AWAY)))[2]
    assert lane.count(AWAY) == 1


def test_adjoining_bars_are_two() -> None:
    lane = drawn(
        year(
            Bar(date(2026, 2, 1), date(2026, 3, 31)),
            Bar(date(2026, 4, 1), date(2026, 5, 31)),
        )
    )[2]
    assert lane.strip().count("▐") == 1


def test_the_day_is_marked_under_the_lanes() -> None:
    lines = drawn(year(Bar(FIRST, date(2026, 2, 1))))
    assert lines[-1].strip() == "▲ i dag"
    assert lines[-1].index("▲") == lines[2].index("│")


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_the_axis_is_not_marked(on: date) -> None:
    lines = drawn(year(Bar(FIRST, date(2026, 2, 1))), on=on)
    assert "▲" not in "".join(lines)
    assert "│" not in "".join(lines)


def test_a_day_near_the_end_has_its_word_before_it() -> None:
    lines = drawn(year(), on=date(2026, 12, 30))
    assert lines[-1].strip() == "i dag ▲"


def test_lanes_without_bars_are_left_out_and_nothing_takes_no_room() -> None:
    assert len(drawn([Lane("tom", ()), *year(Bar(FIRST, TODAY))])) == 4
    assert drawn([]) == [""]


def test_a_hostile_name_is_shown_as_text_and_cut() -> None:
    lane = Lane("[bold]\x1b[2J" + "x" * 40, (Bar(FIRST, TODAY),))
    line = drawn([lane])[1]
    assert line.startswith("[bold][2Jxxx")
    assert "\x1b" not in line


@given(
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 200)), min_size=1, max_size=6),
    st.integers(60, 140),
)
def test_every_line_fits_whatever_the_periods(periods: list[tuple[int, int]], width: int) -> None:
    day = timedelta(days=1)
    bars = tuple(
        Bar(FIRST + start * day, FIRST + (start + length) * day, words="80 %")
        for start, length in periods
    )
    timeline = Timeline()
    timeline._lanes = [Lane("avsnitt", bars)]
    timeline._start = min(bar.start for bar in bars).replace(day=1)
    last = max(bar.end for bar in bars).replace(day=1)
    timeline._end = add_months(last, 1) - day
    timeline._on = TODAY
    room = width - LABEL
    lane = timeline._lane(timeline._lanes[0], room)
    assert lane.cell_length == width
    assert len(timeline._axis(room)) == room
    assert timeline._today(room).cell_length <= width
