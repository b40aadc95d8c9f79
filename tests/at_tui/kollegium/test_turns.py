"""Whose turn it is, for any order and any way through it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium import turns
from at_tui.kollegium.turns import Stand, State
from schema.words import Outcome

IDS = [f"t{number}" for number in range(8)]
orders = st.lists(st.sampled_from(IDS), min_size=1, max_size=8)


def show(state: State) -> State:
    return turns.change(state, state.at, shown=True)


@given(orders)
def test_everyone_comes_up_exactly_once_in_the_first_round(order: list[str]) -> None:
    state = show(turns.begin(order))
    seen = [state.at]
    while len(seen) < len(state.order):
        state = show(turns.go(state, turns.after(state)))
        seen.append(state.at)
    assert seen == list(dict.fromkeys(order))


@given(orders, st.data())
def test_the_meeting_ends_when_everyone_is_settled_and_not_before(
    order: list[str], data: st.DataObject
) -> None:
    state = show(turns.begin(order))
    for _ in range(200):
        outcome = data.draw(st.sampled_from([Outcome.ON_TRACK, Outcome.COME_BACK, None]))
        # Whoever has been left twice is decided, so that the meeting comes to its end.
        if state.here.seconds > 1:
            outcome = Outcome.TALK
        state = turns.change(state, state.at, outcome=outcome, seconds=state.here.seconds + 1)
        following = turns.after(state)
        if not following:
            break
        state = show(turns.go(state, following))
    others = [id for id in state.left if id != state.at]
    assert others == []
    assert all(state.stand(id).shown for id in state.order)


def test_whoever_is_to_come_back_is_left() -> None:
    state = turns.begin(["a", "b"])
    state = turns.change(state, "a", outcome=Outcome.COME_BACK, shown=True)
    state = turns.change(state, "b", outcome=Outcome.ON_TRACK, shown=True)
    assert state.left == ("a",)


@given(orders, st.lists(st.sampled_from(IDS)), st.lists(st.sampled_from(IDS)))
def test_a_bulk_takes_only_the_shown_undecided_and_proposed(
    order: list[str], shown: list[str], among: list[str]
) -> None:
    state = turns.begin(order)
    for id in shown:
        state = turns.change(state, id, shown=True)
    if state.order:
        state = turns.change(state, state.order[0], outcome=Outcome.TALK)
    for id in turns.may_be_bulked(state, among):
        assert id in among
        assert id in shown
        assert id != state.order[0]


@given(orders, st.lists(st.floats(-100, 5000, allow_nan=False)))
def test_time_is_shared_and_never_runs_backwards(order: list[str], steps: list[float]) -> None:
    state = turns.begin(order, minutes=60)
    for step in steps:
        later = turns.tick(state, step)
        assert later.elapsed >= state.elapsed
        assert later.here.seconds - state.here.seconds == later.elapsed - state.elapsed
        state = later
    assert state.seconds_each >= 0


def test_a_laptop_that_slept_held_no_meeting() -> None:
    state = turns.tick(turns.begin(["a"]), 3600)
    assert state.elapsed == 0
    assert turns.tick(state, 30).seconds_left == 120 * 60 - 30


def test_a_meeting_about_nobody_stands_still() -> None:
    state = turns.begin([])
    assert (state.position, state.at, turns.after(state), turns.before(state)) == (0, "", "", "")
    assert turns.tick(state, 10).here == Stand()
    assert state.seconds_each == 0


def test_a_meeting_goes_on_with_the_doctor_it_stood_at_if_still_listed() -> None:
    assert turns.begin(["a", "b"], at="b").at == "b"
    assert turns.begin(["a", "b"], at="x").at == "a"
    assert replace(turns.begin(["a", "b"]), at="b").position == 2
