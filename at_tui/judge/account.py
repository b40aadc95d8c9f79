"""The development account: its balance, and what may not be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text
from schema.months import add_months

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.records import AccountEntryLike
    from schema.content.requirement_kinds import Account as Asked

ORE = 100


class Account(Kind["Asked"]):
    """Entries up to the day: used is what is paid, approved or bought by then. What has only been
    applied for, or was refused, is not."""

    name = "account"
    blocked_by = frozenset()

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        entries = sorted(
            (
                e
                for e in case.records.account
                if e.refused_on is None and (day := _day(e)) and day <= case.on
            ),
            key=lambda e: (_day(e) or date.max, e.id),
        )
        used = Fraction(sum(e.amount_ore for e in entries), ORE)
        whole = requirement.amount_kr
        counted = tuple(e.id for e in entries)
        shown = text(
            "judge.account.balance",
            used=phrases.number(used),
            whole=phrases.amount(whole, "kr"),
            left=phrases.amount(whole - used, "kr"),
        )
        if not entries:
            sentence = text("judge.account.unused", whole=phrases.amount(whole, "kr"))
            return Verdict(Status.NOT_ASKED, sentence, whole, 0, "kr")
        faults = _faults(requirement, entries)
        if used > whole:
            over = phrases.amount(used - whole, "kr")
            faults.insert(0, text("judge.account.overdrawn", over=over))
        if faults:
            sentence = " ".join([shown, *faults])
            return Verdict(Status.MISSING, sentence, whole, used, "kr", counted=counted)
        status, last = _receipts(requirement, entries, case.on)
        if last is not None:
            key = "receipt_late" if status is Status.LATE else "receipt_due"
            shown += " " + text(f"judge.account.{key}", day=phrases.day(last))
        return Verdict(status, shown, whole, used, "kr", next_date=last, counted=counted)


def _day(entry: AccountEntryLike) -> date | None:
    """Return the first day on which an entry is known."""
    days = [d for d in (entry.approved_on, entry.receipt_on, entry.paid_on) if d]
    return min(days, default=None)


def _last_day(requirement: Asked, entry: AccountEntryLike) -> date | None:
    """Return the last day on which the receipt is young enough."""
    if requirement.receipt_months is None or entry.receipt_on is None:
        return None
    return add_months(entry.receipt_on, requirement.receipt_months)


def _faults(requirement: Asked, entries: Sequence[AccountEntryLike]) -> list[str]:
    faults = []
    for entry in entries:
        last = _last_day(requirement, entry)
        used_on = entry.paid_on or entry.receipt_on
        if not requirement.capital_goods and entry.capital_good:
            faults.append(text("judge.account.capital_good", title=entry.title))
        elif entry.purpose in requirement.refuses:
            what = text(f"word.purpose.{entry.purpose}")
            faults.append(text("judge.account.refused_use", title=entry.title, what=what))
        if last and entry.paid_on and entry.paid_on > last:
            faults.append(text("judge.account.receipt_old", title=entry.title))
        if (
            requirement.approved_first
            and used_on
            and (entry.approved_on is None or entry.approved_on > used_on)
        ):
            faults.append(text("judge.account.not_approved", title=entry.title))
    return faults


def _receipts(
    requirement: Asked, entries: Sequence[AccountEntryLike], on: date
) -> tuple[Status, date | None]:
    """Return how it stands with receipts that are not yet paid, and their last day."""
    waiting = [_last_day(requirement, e) for e in entries if e.paid_on is None]
    last = min((day for day in waiting if day), default=None)
    if last is None:
        return Status.MET, None
    if on > last:
        return Status.LATE, last
    return (Status.SOON if on >= last - timedelta(days=SOON.days) else Status.MET), last
