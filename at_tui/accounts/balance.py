"""How an account stands: what is granted, used, asked for and left, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from at_tui.accounts.money import ORE
from at_tui.judge.records import AccountEntryLike
from schema.months import add_months

if TYPE_CHECKING:
    from schema.content.requirement_kinds import Account

SOON = timedelta(days=14)
"""How long before its last day a receipt is called urgent."""


class EntryLike(AccountEntryLike, Protocol):
    """What is read of a purchase: also when it was applied for."""

    @property
    def applied_on(self) -> date | None: ...


class State(StrEnum):
    """Where a purchase stands. Screen words: `account.state.<value>`."""

    WAITING = "waiting"
    """Applied for; nobody has answered."""
    APPROVED = "approved"
    """May be bought; no receipt yet."""
    RECEIPT = "receipt"
    """Bought; the receipt is to be handed in."""
    URGENT = "urgent"
    """The receipt is too old within two weeks."""
    TOO_OLD = "too_old"
    """The receipt was not handed in in time."""
    PAID = "paid"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One purchase, with where it stands and the last day of its receipt."""

    entry: EntryLike
    state: State
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """An account in öre. `left` is what may still be approved; `waiting` is not taken off it."""

    whole: int
    used: int
    waiting: int
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        """What is left when all that is approved or paid is taken off."""
        return self.whole - self.used


def last_receipt_day(receipt_on: date | None, months: int | None) -> date | None:
    """Return the last day on which a receipt is young enough: a receipt of 20 August that may be
    three months old can be handed in on 20 November, and not on the 21st."""
    if receipt_on is None or months is None:
        return None
    return add_months(receipt_on, months)


def balance(rule: Account, entries: Iterable[EntryLike], on: date) -> Balance:
    """Return how the account stands on the day `on`, the latest purchase first."""
    lines = [_line(rule, entry, on) for entry in entries]
    lines.sort(key=lambda line: (_day(line.entry), line.entry.id), reverse=True)
    not_used = (State.WAITING, State.REFUSED)
    return Balance(
        whole=rule.amount_kr * ORE,
        used=sum(x.entry.amount_ore for x in lines if x.state not in not_used),
        waiting=sum(x.entry.amount_ore for x in lines if x.state is State.WAITING),
        lines=tuple(lines),
    )


def _day(entry: EntryLike) -> date:
    days = (entry.applied_on, entry.approved_on, entry.receipt_on, entry.paid_on)
    return min((day for day in days if day), default=date.min)


def _line(rule: Account, entry: EntryLike, on: date) -> Line:
    last = last_receipt_day(entry.receipt_on, rule.receipt_months)
    if entry.refused_on is not None:
        return Line(entry, State.REFUSED)
    if entry.paid_on is not None:
        return Line(entry, State.PAID, last)
    if entry.receipt_on is not None:
        if last is None or on < last - SOON:
            return Line(entry, State.RECEIPT, last)
        return Line(entry, State.URGENT if on <= last else State.TOO_OLD, last)
    if entry.approved_on is None:
        return Line(entry, State.WAITING)
    return Line(entry, State.APPROVED)
