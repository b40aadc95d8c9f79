"""The rows of an account: the sums, each purchase, and the leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.judge import phrases
from at_tui.language import text
from screens.dates import short
from screens.text import safe
from screens.trainee.words import period
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from at_tui.accounts.balance import Line
    from at_tui.accounts.leave import LeaveAccount, LeaveLine
    from at_tui.accounts.reading import Purse

_ENTRY = (
    Column(width=28, grow=1, most=48),
    Column(width=11, wide=14, right=True),
    Column(width=27, wide=30),
    Column(width=26, grow=1, wide_only=True),
)
_LEAVE = (
    Column(width=16, wide=26),
    Column(width=7, right=True),
    Column(width=27, wide=34),
    Column(width=16, grow=1),
)
_SIGNS = {
    "waiting": Status.SOON,
    "approved": Status.ON_TRACK,
    "receipt": Status.SOON,
    "urgent": Status.SOON,
    "too_old": Status.LATE,
    "paid": Status.MET,
    "refused": Status.VOIDED,
}


def rows_of(found: Purse) -> Iterator[Row]:
    """Yield the rows of the page."""
    plan = found.plan.title
    if found.grants_nothing:
        yield heading(text("account.heading.account"))
        words = text("account.no.anything", programme=plan)
        yield Row("", (safe(words, "$text-muted"),), wraps=True)
        yield from _stray(found)
        return
    yield from _account(found)
    yield from _course(found)
    yield from _exam(found)


def _account(found: Purse) -> Iterator[Row]:
    from at_tui.accounts.money import kronor

    if found.balance is None:
        yield heading(text("account.heading.account"))
        yield remark(text("account.no.account", programme=found.plan.title))
        yield from _stray(found)
        return
    left, whole = kronor(found.balance.left), kronor(found.balance.whole)
    right = text("account.heading.left", left=left, whole=whole)
    if found.balance.left < 0:
        right = f"{text('account.sum.over')} {kronor(-found.balance.left)}"
    yield heading(text("account.heading.account"), right)
    for line in found.balance.lines:
        yield _entry(line, found.on)
    if not found.balance.lines:
        yield remark(text("account.empty.account"))
    if found.balance.waiting:
        words = f"{text('account.sum.waiting')}: {kronor(found.balance.waiting)}"
        yield remark(words)


def _stray(found: Purse) -> Iterator[Row]:
    """Yield what was entered though the plan has no account: nothing that is kept is hidden."""
    from at_tui.accounts.money import kronor

    if found.stray:
        yield heading(text("account.heading.stray"), str(len(found.stray)))
    for entry in found.stray:
        day = entry.paid_on or entry.receipt_on or entry.approved_on or entry.applied_on
        words = safe(short(day, found.on) if day else "", "$text-muted")
        what = safe(text(f"word.purpose.{entry.purpose}"), "$text-muted")
        cells = (safe(entry.title), kronor(entry.amount_ore), words, what)
        yield Row(f"stray:{entry.id}", cells, columns=_ENTRY)


def _entry(line: Line, on: date) -> Row:
    from at_tui.accounts.money import kronor

    entry, struck = line.entry, line.state.value == "refused"
    what = safe(text(f"word.purpose.{entry.purpose}"), "$text-muted")
    style = "$text-muted" if struck else ""
    return Row(
        f"entry:{entry.id}",
        (
            safe(entry.title, style),
            safe(kronor(entry.amount_ore), style),
            status(_SIGNS[line.state.value], state_words(line, on)),
            what,
        ),
        columns=_ENTRY,
    )


def state_words(line: Line, on: date) -> str:
    """Return where a purchase stands, with its day."""
    entry = line.entry
    day = {"paid": entry.paid_on, "refused": entry.refused_on}.get(line.state.value, line.last_day)
    key = line.state.value
    if key == "receipt" and day is None:
        key = "receipt_open"
    return text(f"account.state.{key}", day=short(day, on) if day else "")


def _course(found: Purse) -> Iterator[Row]:
    if found.course is None:
        yield heading(text("account.heading.course"))
        yield remark(text("account.no.course", programme=found.plan.title))
        return
    yield heading(text("account.heading.course"), _days_left(found.course))
    for line in found.course.lines:
        yield _leave(f"course:{line.absence.id}", line, found.on)
    if not found.course.lines:
        yield remark(text("account.empty.course"))


def _exam(found: Purse) -> Iterator[Row]:
    if found.exam_rule is None:
        yield heading(text("account.heading.exam"))
        yield remark(text("account.no.exam", programme=found.plan.title))
        return
    if not found.exam:
        yield heading(text("account.heading.exam"))
        yield remark(text("account.empty.exam"))
        return
    coming = [one for one in found.exam if one[0] >= found.on]
    yield heading(text("account.heading.exam"), _days_left(coming[0][1]) if coming else "")
    for day, leave in found.exam:
        for line in leave.lines:
            yield _leave(f"exam:{day.isoformat()}/{line.absence.id}", line, found.on, sitting=day)
        if not leave.lines and day >= found.on:
            words = text("account.empty.exam_leave", day=short(day, found.on))
            yield Row(f"exam:{day.isoformat()}/", (safe(words, "$text-muted"),), wraps=True)


def _days_left(leave: LeaveAccount) -> str:
    left = phrases.amount(leave.left, "days")
    return text("account.heading.days_left", left=left, most=phrases.amount(leave.most, "days"))


def _leave(id: str, line: LeaveLine, on: date, sitting: date | None = None) -> Row:
    absence = line.absence
    if sitting is not None:
        applied = text("account.leave.for_exam", day=short(sitting, on))
    elif absence.applied_on is None:
        applied = text("account.leave.no_day")
    else:
        applied = text(
            "account.leave.notice", day=short(absence.applied_on, on), notice=line.notice
        )
    return Row(
        id,
        (
            period(absence.start, absence.end, on),
            phrases.amount(line.days, "days"),
            safe(applied, "$text-muted"),
            _leave_state(line, on),
        ),
        columns=_LEAVE,
    )


def _leave_state(line: LeaveLine, on: date) -> Content:
    if line.late:
        return status(Status.LATE, text("account.leave.late"))
    if line.absence.approved_on is not None:
        words = text("account.leave.approved", day=short(line.absence.approved_on, on))
        return status(Status.MET, words)
    if line.waiting:
        return status(Status.SOON, text("account.leave.waiting"))
    return status(Status.MET, text("account.leave.entered"))


def rules_of(found: Purse, *, all_of_them: bool) -> Iterator[Content]:
    """Yield the plan's own rules, a line each, and whether they still hold; in a low window only
    the last, for the rest stands in the help."""
    if found.grants_nothing:
        return
    if all_of_them:
        for words in rule_sentences(found):
            yield safe(words, "$text-muted")
    if not found.in_force and found.plan.valid_to is not None:
        day = short(found.plan.valid_to, date.min)
        yield safe("! " + text("account.expired", day=day), "$warning")


def rule_sentences(found: Purse) -> Iterator[str]:
    """Yield the plan's rules with their source."""
    from at_tui.accounts.leave import earliest_start

    rule = found.account
    if rule is not None:
        first = []
        if rule.buys:
            uses = phrases.listing([text(f"word.purpose.{use}") for use in rule.buys])
            first.append(text("account.rule.uses", uses=uses))
        refused = [*rule.refuses]
        if refused:
            uses = phrases.listing([text(f"word.purpose.{use}") for use in refused])
            first.append(text("account.rule.refuses", uses=uses))
        if first:
            yield " ".join(first)
        second = [text("account.rule.approved")] if rule.approved_first else []
        if rule.receipt_months is not None:
            second.append(text("account.rule.receipt", months=rule.receipt_months))
        if second:
            yield " ".join(second)
    if found.course is not None:
        leave = found.course.rule
        days = phrases.amount(leave.max_days, "days")
        if leave.notice_days:
            words = text("account.rule.course", days=days, notice=leave.notice_days)
            day = short(earliest_start(found.on, leave), found.on)
            yield f"{words} {text('account.rule.next', day=day)}"
        else:
            yield text("account.rule.course_plain", days=days)
    if found.exam_rule is not None:
        days = phrases.amount(found.exam_rule.max_days, "days")
        yield text("account.rule.exam", days=days)
    if found.source:
        yield text("account.rules_of", source=found.source)
