"""The chase list on paper: who still owes the meeting something, and what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from at_tui.documents import style
from at_tui.documents.kollegium_parts import P_CELL, P_SMALL, P_STRONG, P
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, grid, opening
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.chase import Debtor
from at_tui.language import text

TEMPLATE = "påminnelselista 1"
"""Name and version of the template, in the foot."""


def chase_pdf(
    debtors: Sequence[Debtor],
    *,
    meeting_day: date | None,
    evidence_on: date,
    issued_on: date,
    number: str,
    region: str = "",
    author: str = "",
    history: str = "",
) -> bytes:
    """Return the list as PDF, by person.

    Args:
        meeting_day: None when no meeting is set up.
    """
    sheet = Sheet(
        imprint=Imprint(
            number=number,
            region=region,
            unit="",
            author=author,
            issued_on=issued_on,
            evidence_on=evidence_on,
            history=history,
        ),
        title=text("kollegium.chase.title"),
        about=day_words(meeting_day or issued_on),
        template=TEMPLATE,
    )
    subtitle = (
        text("kollegium.chase.subtitle", day=day_words(meeting_day))
        if meeting_day
        else text("kollegium.chase.subtitle_no_meeting")
    )
    story: list[Flowable] = opening(sheet.title, subtitle)
    if not debtors:
        story.append(style.paragraph(text("kollegium.chase.nothing")))
        return render(sheet, story)
    count = sum(len(debtor.debts) for debtor in debtors)
    said = text("kollegium.chase.count", people=len(debtors), count=count)
    story += [style.paragraph(said, P)]
    head = [text(f"kollegium.chase.column.{name}") for name in ("done", "who", "what")]
    rows: list[list[Cell | str]] = [["☐", _who(debtor), _what(debtor)] for debtor in debtors]
    story.append(grid(head, rows, [9 * mm, 52 * mm, 109 * mm]))
    return render(sheet, story)


def _who(debtor: Debtor) -> list[Flowable]:
    name = debtor.name or text("kollegium.chase.nobody")
    found: list[Flowable] = [style.paragraph(name, P_STRONG)]
    found += [style.paragraph(each, P_SMALL) for each in (debtor.unit, debtor.email) if each]
    if debtor.reminded is not None:
        said = text("kollegium.chase.reminded", day=day_words(debtor.reminded))
        found.append(style.paragraph(said, P_SMALL))
    return found


def _what(debtor: Debtor) -> list[Flowable]:
    found: list[Flowable] = []
    before = ""
    for debt in debtor.debts:
        if debt.training_id != before:
            section = text(f"word.section_short.{debt.section}") if debt.section else ""
            found.append(style.raw(style.bold(debt.name) + style.safe(
                f", {section}" if section else ""), P_CELL))  # fmt: skip
            before = debt.training_id
        found.append(style.paragraph(f"– {debt.sentence}", P_CELL))
    return found
