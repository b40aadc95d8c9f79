"""Kronor and öre as they are written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.accounts.money import MOST_ORE, kronor, read_kronor
from schema.fault import Fault


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("1 249,50", 124_950),
        ("1249.5", 124_950),
        ("1249:50", 124_950),
        ("15 000 kr", 1_500_000),
        ("15 000:-", 1_500_000),
        ("0,01", 1),
        ("1000000", MOST_ORE),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed: str, ore: int) -> None:
    assert read_kronor(typed) == ore


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "account.amount_unclear"),
        ("många", "account.amount_unclear"),
        ("-200", "account.amount_unclear"),
        ("1,234", "account.amount_unclear"),
        ("1e6", "account.amount_unclear"),
        ("٣٤", "account.amount_unclear"),
        ("0", "account.amount_range"),
        ("1000000,01", "account.amount_range"),
    ],
)
def test_what_is_no_amount_is_told(typed: str, code: str) -> None:
    with pytest.raises(Fault) as told:
        read_kronor(typed)
    assert told.value.code == code


@given(st.integers(1, MOST_ORE))
def test_every_amount_is_read_back_as_it_is_shown(ore: int) -> None:
    assert read_kronor(kronor(ore)) == ore


def test_a_debt_is_shown_with_a_minus() -> None:
    assert kronor(-150) == "−1,50 kr"
