"""The gap list on paper: what lacks among units and supervisors, to tick off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, grid, heading, opening
from at_tui.judge import phrases
from at_tui.language import text
from at_tui.register.gaps import Gap, Kind, counts

TEMPLATE = "bristlista 1"
"""Name and version of the template, in the foot."""


def gap_list_pdf(
    found: Sequence[Gap], *, on: date, region: str = "", author: str = "", number: str = ""
) -> bytes:
    """Return the list as PDF, by what lacks."""
    sheet = Sheet(
        imprint=Imprint(
            number=number or f"BL-{on:%Y%m%d}",
            region=region,
            unit="",
            author=author,
            issued_on=on,
            evidence_on=on,
        ),
        title=text("register.paper.title"),
        about=phrases.day(on),
        template=TEMPLATE,
    )
    story: list[Flowable] = opening(sheet.title, phrases.day(on))
    if not found:
        story.append(style.paragraph(text("register.paper.nothing")))
        return render(sheet, story)
    late, soon, unknown = counts(list(found))
    said = text("register.paper.count", late=late, soon=soon, unknown=unknown)
    story.append(style.paragraph(said))
    for kind in Kind:
        mine = [gap for gap in found if gap.kind is kind]
        if mine:
            story += heading(f"{text(f'register.gap.{kind}').capitalize()} ({len(mine)})")
            story.append(_table(mine))
    story += [Spacer(1, 5 * mm), style.paragraph(text("register.paper.about"), style.SMALL)]
    return render(sheet, story)


def _table(found: Sequence[Gap]) -> Flowable:
    head = [text(f"register.paper.column.{name}") for name in ("done", "who", "what", "day")]
    rows: list[list[Cell | str]] = [
        [
            "☐",
            [style.paragraph(gap.name, style.CELL_STRONG)],
            _what(gap),
            _day(gap),
        ]
        for gap in found
    ]
    return grid(head, rows, [9 * mm, 46 * mm, 87 * mm, 28 * mm])


def _what(gap: Gap) -> list[Flowable]:
    found: list[Flowable] = [style.paragraph(gap.sentence, style.CELL)]
    if gap.source:
        found.append(style.paragraph(gap.source, style.SMALL))
    return found


def _day(gap: Gap) -> list[Flowable]:
    if gap.day is None:
        return [style.paragraph("–", style.CELL)]
    found: list[Flowable] = [style.paragraph(phrases.day(gap.day), style.CELL)]
    if not gap.late and gap.kind is not Kind.UNKNOWN:
        found.append(style.paragraph(text("register.paper.soon"), style.SMALL))
    return found
