"""The slip that a supervisor or a doctor gets back from a kollegium: one page each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from at_tui.documents import style
from at_tui.documents.kollegium_parts import P_SMALL
from at_tui.documents.minutes import agreed_words
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import heading, opening
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.minutes import DecidedLine, Slip
from at_tui.language import text
from schema.words import Outcome

TEMPLATE = "kollegieåterkoppling 1"
"""Name and version of the template, in the foot."""


def slips_pdf(
    slips: Sequence[Slip], *, number: str, issued_on: date, author: str = "", history: str = ""
) -> bytes:
    """Return slips as PDF, each on a page of its own: to hand out, never to send as one file."""
    first = slips[0] if slips else None
    many = len(slips) != 1
    sheet = Sheet(
        imprint=Imprint(
            number=number,
            region=first.region if first else "",
            unit="",
            author=author,
            issued_on=issued_on,
            evidence_on=first.day if first else issued_on,
            history=history,
        ),
        title=text("kollegium.slip.title"),
        # One recipient's name must not stand in the head of another's page.
        about=day_words(first.day) if first and many else (first.to if first else ""),
        template=TEMPLATE,
    )
    story: list[Flowable] = []
    for slip in slips:
        story += [*([PageBreak()] if story else []), *_slip(slip)]
    return render(sheet, story or [style.paragraph(text("kollegium.slip.none"))])


def _slip(slip: Slip) -> list[Flowable]:
    about = text("kollegium.slip.about", title=slip.title, day=day_words(slip.day))
    story: list[Flowable] = opening(text("kollegium.slip.to", name=slip.to), about)
    lead = "lead_doctor" if slip.for_doctor else "lead_supervisor"
    story += [style.paragraph(text(f"kollegium.slip.{lead}")), Spacer(1, 2 * mm)]
    for line in slip.lines:
        story += _line(slip, line)
    if slip.next_day is not None:
        said = text("kollegium.slip.next", day=day_words(slip.next_day))
        story += [Spacer(1, 4 * mm), style.paragraph(said)]
    return [*story, Spacer(1, 3 * mm), style.paragraph(text("kollegium.slip.talk"), P_SMALL)]


def _line(slip: Slip, line: DecidedLine) -> list[Flowable]:
    story: list[Flowable] = []
    if not slip.for_doctor:
        section = text(f"word.section_short.{line.section}") if line.section else ""
        story += heading(", ".join(filter(None, [line.name, section])))
    if line.outcome is not None:
        outcome = text(f"word.outcome.{line.outcome}")
        said = style.bold(text("kollegium.slip.outcome", outcome=outcome))
        story.append(style.raw(said))
        if slip.for_doctor:
            meaning = text(f"kollegium.slip.means.{line.outcome}")
            story.append(style.paragraph(meaning, P_SMALL))
        elif line.outcome is Outcome.THIN_EVIDENCE:
            story.append(style.paragraph(text("kollegium.slip.thin_supervisor"), P_SMALL))
    if line.text:
        story += [Spacer(1, 1.5 * mm), style.paragraph(line.text)]
    mine = [action for action in line.actions if action.owner_id == slip.to_id]
    others = [action for action in line.actions if action.owner_id != slip.to_id]
    for actions, key in ((mine, "yours"), (others, "others")):
        if actions:
            title = style.bold(text(f"kollegium.slip.{key}"))
            story += [Spacer(1, 2 * mm), style.raw(title)]
            story += [style.paragraph(agreed_words(action)) for action in actions]
    return story
