"""Small groups are not told, and cannot be worked out from what is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from at_tui.metrics.suppression import LEAST, hidden


def test_a_group_of_four_is_hidden_and_one_of_five_is_told() -> None:
    assert hidden({"Lund": 5, "Uppsala": 9}) == frozenset()
    assert "Lund" in (hidden({"Lund": 4, "Uppsala": 9, "Umeå": 7}) or ())


def test_a_single_small_group_takes_the_smallest_other_with_it() -> None:
    assert hidden({"Lund": 4, "Uppsala": 9, "Umeå": 7}) == frozenset({"Lund", "Umeå"})


def test_two_small_groups_of_five_together_are_enough() -> None:
    assert hidden({"Lund": 4, "Umeå": 1, "Uppsala": 9}) == frozenset({"Lund", "Umeå"})


def test_two_small_groups_of_four_together_take_another_with_them() -> None:
    assert hidden({"Lund": 3, "Umeå": 1, "Uppsala": 9, "Linköping": 6}) == frozenset(
        {"Lund", "Umeå", "Linköping"}
    )


def test_of_two_groups_where_one_is_small_neither_is_told() -> None:
    assert hidden({"woman": 12, "man": 1}) == frozenset({"woman", "man"})


def test_a_whole_of_four_is_not_broken_down_and_one_of_five_is() -> None:
    assert hidden({"woman": 4}) is None
    assert hidden({}) is None
    assert hidden({"woman": 5}) == frozenset()


def test_groups_of_nobody_are_not_something_to_hide_behind() -> None:
    assert hidden({"Lund": 4, "Uppsala": 9, "Malmö": 0}) == frozenset({"Lund", "Uppsala"})


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 40), max_size=8))
def test_what_is_told_and_the_total_never_give_a_small_group_away(counts: dict[str, int]) -> None:
    found = hidden(counts)
    total = sum(counts.values())
    if found is None:
        assert total < LEAST
        return
    told = {name: count for name, count in counts.items() if count and name not in found}
    assert all(count >= LEAST for count in told.values())
    rest = total - sum(told.values())
    assert rest == 0 or (rest >= LEAST and len(found) >= 2)
