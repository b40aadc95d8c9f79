"""The introduktionsbrev: what the trainee needs to know before a placement, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import fields, heading, opening
from at_tui.language import text

TEMPLATE = "introduktionsbrev 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionLetter:
    """A letter as it is printed: facts of the placement, and what the unit has written."""

    imprint: Imprint
    name: str
    unit: str
    section: str
    dates: str
    percent: int
    supervisor: str
    head: str
    """The verksamhetschef."""
    phone: str
    parts: tuple[tuple[str, str], ...]
    """(heading, words), in the order of the guide; empty ones are left out."""
    sender: str


def letter_pdf(letter: IntroductionLetter) -> bytes:
    """Return the letter as PDF."""
    sheet = Sheet(
        imprint=letter.imprint,
        title=text("introductions_print.letter_title"),
        about=letter.name,
        template=TEMPLATE,
    )
    greeting = text("introductions_print.greeting", name=letter.name.split(" ")[0])
    story: list[Flowable] = [
        *opening(text("introductions_print.welcome", unit=letter.unit), letter.name),
        style.paragraph(greeting),
        Spacer(1, 3 * mm),
        fields(_facts(letter)),
    ]
    for title, words in letter.parts:
        if words:
            story += [*heading(title), style.paragraph(words)]
    story += [
        Spacer(1, 8 * mm),
        style.paragraph(text("introductions_print.regards")),
        style.paragraph(letter.sender, style.STRONG),
    ]
    return render(sheet, story)


def _facts(letter: IntroductionLetter) -> list[tuple[str, str]]:
    rows = [
        ("dates", letter.dates),
        ("section", letter.section),
        ("percent", f"{letter.percent} %" if letter.percent != 100 else ""),
        ("supervisor", letter.supervisor or text("introductions_print.no_supervisor")),
        ("head", letter.head),
        ("phone", letter.phone),
    ]
    return [(text(f"introductions_print.field.{name}"), words) for name, words in rows if words]
