"""An introduction's check-list on paper: what has been gone through, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import fields, heading, ink_lines, opening
from at_tui.judge.phrases import day as day_words
from at_tui.kind_words import of_kind
from at_tui.language import text

TEMPLATE = "introduktion 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionList:
    """A check-list as it is printed: (heading, points), each point with whether it is done."""

    imprint: Imprint
    title: str
    name: str
    kind: str
    """AT or BT, for the words."""
    placement: str
    held_on: date | None
    sections: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    wording: str


def introduction_pdf(introduction: IntroductionList) -> bytes:
    """Return the list as PDF, with lines to sign on paper."""
    sheet = Sheet(
        imprint=introduction.imprint,
        title=introduction.title,
        about=introduction.name,
        template=TEMPLATE,
    )
    points = [done for _, some in introduction.sections for _, done in some]
    held = introduction.held_on
    rows = [
        ("placement", introduction.placement),
        ("held", day_words(held) if held else text("introductions_print.not_held")),
        ("done", text("introductions_print.count", done=sum(points), of=len(points))),
    ]
    story: list[Flowable] = [
        *opening(introduction.title, introduction.name),
        fields([(text(f"introductions_print.field.{n}"), words) for n, words in rows if words]),
    ]
    for title, some in introduction.sections:
        story += heading(title)
        story += [style.paragraph(f"{'☑' if done else '☐'}  {label}") for label, done in some]
    story += [
        Spacer(1, 4 * mm),
        style.paragraph(introduction.wording, style.SMALL),
        *ink_lines(
            [
                of_kind(text(f"introductions_print.ink.{who}"), introduction.kind)
                for who in ("unit", "doctor")
            ]
        ),
    ]
    return render(sheet, story)
