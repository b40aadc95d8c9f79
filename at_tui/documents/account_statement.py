"""Statement of one trainee's development account and paid leave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.accounts.balance import Line
from at_tui.accounts.money import kronor
from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, fields, grid, heading, notice, opening
from at_tui.judge import phrases
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.accounts.leave import LeaveAccount
    from at_tui.accounts.reading import Purse

TEMPLATE = "kontoutdrag 1"
"""Name and version of the template, in the foot."""


def statement_pdf(found: Purse) -> bytes:
    """Return the statement as PDF."""
    on = found.on
    sheet = Sheet(
        imprint=Imprint(
            number=f"KU-{on:%Y%m%d}-{found.training.id[-6:].upper()}",
            region=found.plan.region,
            unit="",
            author="",
            issued_on=on,
            evidence_on=on,
        ),
        title=text("account.statement.title"),
        about=found.trainee.name,
        template=TEMPLATE,
    )
    story: list[Flowable] = opening(sheet.title, found.trainee.name)
    if not found.in_force and found.plan.valid_to is not None:
        words = text("account.expired", day=phrases.day(found.plan.valid_to))
        story += notice(text("account.statement.old_plan"), [words])
    story += _account(found)
    if found.course is not None:
        story += _leave(text("account.statement.course"), found.course)
    for day, leave in found.exam:
        title = text("account.statement.exam", day=phrases.day(day))
        story += _leave(title, leave)
    if found.source:
        words = text("account.rules_of", source=found.source)
        story += [Spacer(1, 4 * mm), style.paragraph(words, style.SMALL)]
    return render(sheet, story)


def _account(found: Purse) -> list[Flowable]:
    balance = found.balance
    if balance is None:
        return [style.paragraph(text("account.no.account", programme=found.plan.title))]
    rows = [
        (text("account.sum.whole"), kronor(balance.whole)),
        (text("account.sum.used"), kronor(balance.used)),
        (text("account.sum.waiting"), kronor(balance.waiting)),
        (text("account.sum.left"), kronor(balance.left)),
    ]
    story: list[Flowable] = [fields(rows), *heading(text("account.statement.purchases"))]
    if not balance.lines:
        return [*story, style.paragraph(text("account.statement.none"))]
    head = [text(f"account.statement.column.{name}") for name in ("what", "days", "state", "sum")]
    lines: list[list[Cell | str]] = [
        [_what(line), _days(line), _state(line), kronor(line.entry.amount_ore)]
        for line in reversed(balance.lines)
    ]
    widths = [68 * mm, 44 * mm, 34 * mm, 24 * mm]
    return [*story, grid(head, lines, widths, right=(3,))]


def _what(line: Line) -> list[Flowable]:
    use = text(f"word.purpose.{line.entry.purpose}")
    return [
        style.paragraph(line.entry.title, style.CELL_STRONG),
        style.paragraph(use, style.SMALL),
    ]


def _days(line: Line) -> list[Flowable]:
    days = ("applied_on", "approved_on", "receipt_on", "paid_on")
    told: list[tuple[str, date]] = [
        (text(f"account.statement.day.{name}"), day)
        for name in days
        if (day := getattr(line.entry, name)) is not None
    ]
    return [style.paragraph(f"{name} {day}", style.SMALL) for name, day in told]


def _state(line: Line) -> list[Flowable]:
    found = [style.paragraph(text(f"account.statement.state.{line.state}"), style.CELL)]
    reason = getattr(line.entry, "refused_reason", "")
    if reason and line.entry.refused_on is not None:
        found.append(style.paragraph(reason, style.SMALL))
    return list(found)


def _leave(title: str, leave: LeaveAccount) -> list[Flowable]:
    left = text(
        "account.heading.days_left",
        left=phrases.amount(leave.left, "days"),
        most=phrases.amount(leave.most, "days"),
    )
    story = [*heading(title), style.paragraph(left)]
    if not leave.lines:
        return story
    head = [text(f"account.statement.column.{name}") for name in ("from_to", "length", "applied")]
    rows: list[list[Cell | str]] = [
        [
            f"{line.absence.start} – {line.absence.end}",
            phrases.amount(line.days, "days"),
            _applied(line.absence.applied_on, line.notice),
        ]
        for line in leave.lines
    ]
    return [*story, grid(head, rows, [56 * mm, 30 * mm, 84 * mm])]


def _applied(day: date | None, notice: int | None) -> str:
    if day is None:
        return text("account.leave.no_day")
    return text("account.leave.notice", day=phrases.day(day), notice=notice)
