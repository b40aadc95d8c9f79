"""What the plan lets one do with the account: applied for, approved, then bought. Pure.

Source of the rules: the plan's `account` requirement (Värmland: S001, Utvecklingskonto). Each
check returns every problem at once; a sentence says what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.accounts.balance import last_receipt_day
from at_tui.accounts.money import kronor
from at_tui.judge.phrases import day as day_words
from at_tui.language import text
from at_tui.problem import Problem
from schema.words import AccountPurpose

if TYPE_CHECKING:
    from schema.content.requirement_kinds import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is typed of a purchase; None where nothing, or nothing readable, is typed."""

    purpose: str | None = None
    amount_ore: int | None = None
    applied_on: date | None = None
    approved_on: date | None = None
    receipt_on: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a purchase is held against: the rule, what is left without it, and the training."""

    rule: Account
    left: int
    """Öre left when this purchase itself is not counted."""
    start: date
    end: date | None
    on: date


def check_application(typed: Purchase, around: Around) -> list[Problem]:
    """Return what stops an application."""
    return [*_use(typed, around.rule), *_amount(typed, around), *_applied(typed, around)]


def check_approval(typed: Purchase, around: Around) -> list[Problem]:
    """Return what stops an approval: it is given before the money is used, and within it."""
    found = [*_use(typed, around.rule), *_amount(typed, around)]
    given = typed.approved_on
    if given is None:
        return found
    if given > around.on:
        found.append(Problem("approved_on", "account.approved_to_come"))
    elif typed.applied_on and given < typed.applied_on:
        values = {"day": day_words(typed.applied_on)}
        found.append(Problem("approved_on", "account.approved_before_applied", values))
    return found


def check_receipt(typed: Purchase, around: Around) -> list[Problem]:
    """Return what stops a receipt: from the future, too old, or of what was not approved then."""
    return [*_use(typed, around.rule), *_amount(typed, around), *_receipt(typed, around)]


def _use(typed: Purchase, rule: Account) -> Iterator[Problem]:
    if typed.purpose is None:
        return
    capital = typed.purpose == AccountPurpose.CAPITAL and not rule.capital_goods
    if capital or typed.purpose in rule.refuses:
        uses = ", ".join(text(f"word.purpose.{use}") for use in rule.buys)
        values = {"what": text(f"word.purpose.{typed.purpose}"), "uses": uses}
        yield Problem("purpose", "account.use_refused" if uses else "account.use_no", values)


def _amount(typed: Purchase, around: Around) -> Iterator[Problem]:
    if typed.amount_ore is not None and typed.amount_ore > around.left:
        values = {
            "left": kronor(max(0, around.left)),
            "over": kronor(typed.amount_ore - around.left),
        }
        yield Problem("amount", "account.not_enough", values)


def _applied(typed: Purchase, around: Around) -> Iterator[Problem]:
    day = typed.applied_on
    if day is None:
        return
    if day > around.on:
        yield Problem("applied_on", "account.applied_to_come")
    elif around.end is not None and day > around.end:
        values = {"day": day_words(around.end)}
        yield Problem("applied_on", "account.after_training", values)


def _receipt(typed: Purchase, around: Around) -> Iterator[Problem]:
    receipt, paid = typed.receipt_on, typed.paid_on
    if receipt is None:
        return
    if receipt > around.on:
        values = {"day": day_words(receipt), "today": day_words(around.on)}
        yield Problem("receipt_on", "account.receipt_to_come", values)
        return
    if receipt < around.start or (around.end is not None and receipt > around.end):
        values = {"start": day_words(around.start)}
        values["end"] = day_words(around.end) if around.end else "–"
        yield Problem("receipt_on", "account.receipt_outside", values)
    if around.rule.approved_first and (typed.approved_on is None or typed.approved_on > receipt):
        key = "account.not_approved" if typed.approved_on is None else "account.bought_before"
        values = {"receipt": day_words(receipt)}
        values["approved"] = day_words(typed.approved_on) if typed.approved_on else ""
        yield Problem("receipt_on", key, values)
    yield from _handed_in(receipt, paid, around)


def _handed_in(receipt: date, paid: date | None, around: Around) -> Iterator[Problem]:
    if paid is not None and paid > around.on:
        yield Problem("paid_on", "account.paid_to_come")
        return
    if paid is not None and paid < receipt:
        yield Problem("paid_on", "account.paid_before_receipt", {"day": day_words(receipt)})
        return
    last = last_receipt_day(receipt, around.rule.receipt_months)
    handed = paid or around.on
    if last is not None and handed > last:
        values = {
            "day": day_words(receipt),
            "months": around.rule.receipt_months,
            "last": day_words(last),
        }
        yield Problem("paid_on" if paid else "receipt_on", "account.receipt_too_old", values)
