"""The account of a plan: what may be applied for, approved and paid, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from at_tui.accounts.balance import State, balance
from at_tui.accounts.checks import (
    Around,
    Purchase,
    check_application,
    check_approval,
    check_receipt,
)
from at_tui.accounts.rules import account_rule, leave_rule
from at_tui.language import text
from at_tui.problem import Problem
from schema.content.requirement_kinds import Account
from tests.at_tui.judge import made

START, END = date(2026, 1, 12), date(2027, 10, 11)
ON = date(2026, 11, 20)
DAY = timedelta(days=1)


def rule() -> Account:
    found = account_rule(made.programme("varmland"), START, ON)
    assert found is not None
    return found


def around(*, left: int = 1_500_000, on: date = ON) -> Around:
    return Around(rule(), left, START, END, on)


def bought(receipt: date, **changes: object) -> Purchase:
    typed = Purchase(
        purpose="book",
        amount_ore=89_900,
        applied_on=receipt - 20 * DAY,
        approved_on=receipt - 10 * DAY,
        receipt_on=receipt,
    )
    return replace(typed, **changes)  # type: ignore[arg-type]


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


def test_a_receipt_of_three_months_is_taken_and_one_a_day_older_is_not() -> None:
    receipt = date(2026, 8, 20)
    assert codes(check_receipt(bought(receipt, paid_on=ON), around())) == []
    late = check_receipt(bought(receipt - DAY, paid_on=ON), around())
    assert codes(late) == ["account.receipt_too_old"]
    said = text(late[0].code, **late[0].values)
    assert "19 aug 2026" in said
    assert "19 nov 2026" in said
    assert "3 månader" in said


def test_the_last_day_of_a_receipt_from_the_end_of_a_month_is_the_end_of_a_month() -> None:
    receipt = date(2026, 11, 30)
    due = date(2027, 2, 28)
    assert codes(check_receipt(bought(receipt, paid_on=due), around(on=due))) == []
    after = check_receipt(bought(receipt, paid_on=due + DAY), around(on=due + DAY))
    assert codes(after) == ["account.receipt_too_old"]


def test_a_receipt_that_is_not_handed_in_yet_is_measured_on_the_day_it_is_entered() -> None:
    receipt = date(2026, 8, 20)
    assert codes(check_receipt(bought(receipt), around())) == []
    found = check_receipt(bought(receipt), around(on=ON + DAY))
    assert [(p.field, p.code) for p in found] == [("receipt_on", "account.receipt_too_old")]


def test_a_receipt_from_the_future_is_refused_in_words() -> None:
    assert codes(check_receipt(bought(ON), around())) == []
    found = check_receipt(bought(ON + DAY), around())
    assert codes(found) == ["account.receipt_to_come"]
    said = text(found[0].code, **found[0].values)
    assert "21 nov 2026" in said
    assert "framtiden" in said


def test_a_receipt_handed_in_before_its_own_day_or_after_today_is_told() -> None:
    receipt = ON - 30 * DAY
    assert codes(check_receipt(bought(receipt, paid_on=receipt - DAY), around())) == [
        "account.paid_before_receipt"
    ]
    assert codes(check_receipt(bought(receipt, paid_on=ON + DAY), around())) == [
        "account.paid_to_come"
    ]


def test_approval_comes_before_the_purchase_or_on_its_day() -> None:
    receipt = ON - 5 * DAY
    assert codes(check_receipt(bought(receipt, approved_on=receipt), around())) == []
    assert codes(check_receipt(bought(receipt, approved_on=receipt + DAY), around())) == [
        "account.bought_before"
    ]
    assert codes(check_receipt(bought(receipt, approved_on=None), around())) == [
        "account.not_approved"
    ]


@pytest.mark.parametrize("purpose", ["capital", "cash"])
def test_what_the_plan_forbids_is_refused_when_it_is_applied_for(purpose: str) -> None:
    found = check_application(Purchase(purpose=purpose, amount_ore=100), around())
    assert codes(found) == ["account.use_refused"]
    assert "medicinsk litteratur" in text(found[0].code, **found[0].values)


@pytest.mark.parametrize("purpose", ["meeting", "course", "book", "journal", "other"])
def test_what_the_plan_does_not_forbid_may_be_applied_for(purpose: str) -> None:
    assert check_application(Purchase(purpose=purpose, amount_ore=100), around()) == []


def test_the_last_krona_may_be_used_and_not_one_more() -> None:
    typed = Purchase(purpose="book", amount_ore=50_000)
    assert codes(check_application(typed, around(left=50_000))) == []
    assert codes(check_application(typed, around(left=49_999))) == ["account.not_enough"]
    assert codes(check_approval(typed, around(left=49_999))) == ["account.not_enough"]


def test_days_that_contradict_each_other_are_told() -> None:
    typed = Purchase(purpose="book", amount_ore=100, applied_on=ON, approved_on=ON - DAY)
    assert codes(check_approval(typed, around())) == ["account.approved_before_applied"]
    assert codes(check_approval(replace(typed, approved_on=ON + DAY), around())) == [
        "account.approved_to_come"
    ]
    assert codes(check_application(replace(typed, applied_on=ON + DAY), around())) == [
        "account.applied_to_come"
    ]
    outside = check_receipt(bought(START - DAY), around())
    assert "account.receipt_outside" in codes(outside)
    assert codes(check_application(replace(typed, applied_on=END + DAY), around(on=END + 2 * DAY)))


def test_the_balance_takes_off_what_is_approved_and_not_what_waits_or_is_refused() -> None:
    entries = [
        made.Entry("Väntar", 100_000),
        made.Entry("Godkänt", 200_000, approved_on=ON - DAY),
        made.Entry("Avslaget", 400_000, approved_on=ON - 9 * DAY, refused_on=ON - DAY),
        made.Entry("Betalt", 300_000, ON - 9 * DAY, ON - 8 * DAY, ON - 7 * DAY),
        made.Entry("Brådskar", 50_000, date(2026, 8, 20), date(2026, 8, 20)),
        made.Entry("För sent", 25_000, date(2026, 8, 19), date(2026, 8, 19)),
    ]
    found = balance(rule(), [Applied(e) for e in entries], ON)
    assert {line.entry.title: line.state for line in found.lines} == {
        "Väntar": State.WAITING,
        "Godkänt": State.APPROVED,
        "Avslaget": State.REFUSED,
        "Betalt": State.PAID,
        "Brådskar": State.URGENT,
        "För sent": State.TOO_OLD,
    }
    assert (found.whole, found.used, found.waiting) == (1_500_000, 575_000, 100_000)
    assert found.left == 925_000


class Applied:
    """A made-up purchase that has the day of its application too."""

    def __init__(self, entry: made.Entry) -> None:
        self.id, self.title, self.purpose = entry.id, entry.title, entry.purpose
        self.amount_ore, self.applied_on = entry.amount_ore, ON - 10 * DAY
        self.approved_on, self.refused_on = entry.approved_on, entry.refused_on
        self.receipt_on, self.paid_on = entry.receipt_on, entry.paid_on
        self.capital_good = entry.capital_good


def test_the_sum_is_that_of_the_day_the_training_began() -> None:
    plan = made.programme("varmland")
    old, new = date(2015, 6, 30), date(2015, 7, 1)
    sums = [account_rule(plan, day, ON) for day in (old, new)]
    assert [one and one.amount_kr for one in sums] == [12_000, 15_000]


def test_a_plan_without_an_account_has_none() -> None:
    plan = made.programme("dalarna")
    assert account_rule(plan, START, ON) is None
    assert leave_rule(plan, "course", START, ON) is None
    assert leave_rule(plan, "exam", START, ON) is None
