"""Progress report: every requirement of the programme, how it stands, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, grid, heading, notice, opening, paired_fields
from at_tui.kind_words import of_kind
from at_tui.language import text

TEMPLATE = "laget 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One requirement as it is printed. All words Swedish."""

    title: str
    status: str
    numbers: str
    """What there is of what is needed, e.g. "9 av 12 veckor"; empty without numbers."""
    sentence: str
    next_date: str
    strength: str
    source: str
    working: bool
    """Whether it is a reading of ours, and not what the source says in so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """How a training stands against its programme on a day."""

    imprint: Imprint
    name: str
    kind: str
    """AT or BT, for the words."""
    training: str
    programme: str
    placement: str
    expired: str
    """The last day of a plan whose validity has ended; empty when it is in force."""
    counts: tuple[tuple[str, int], ...]
    """How many requirements have each status, what needs someone first."""
    groups: tuple[tuple[str, tuple[RequirementLine, ...]], ...]
    """The requirements by status, what needs someone first."""


def progress_pdf(report: ProgressReport) -> bytes:
    """Return the report as PDF."""
    sheet = Sheet(
        imprint=report.imprint,
        title=text("progress_print.title"),
        about=report.name,
        template=TEMPLATE,
    )
    rows = [
        (of_kind(text("progress_print.name"), report.kind), report.name),
        (text("progress_print.day"), str(report.imprint.evidence_on)),
        (text("progress_print.programme"), report.programme),
        (text("progress_print.training"), report.training),
    ]
    if report.placement:
        rows.append((text("progress_print.placement"), report.placement))
    story: list[Flowable] = opening(sheet.title, report.programme)
    if report.expired:
        story += notice(text("progress_print.expired", day=report.expired), [])
    story += paired_fields(rows)
    counts = " · ".join(f"{count} {name}" for name, count in report.counts)
    story += [Spacer(1, 3 * mm), style.paragraph(counts, style.STRONG)]
    for name, lines in report.groups:
        story += heading(f"{name[:1].upper()}{name[1:]} ({len(lines)})")
        story.append(_table(lines))
    if not report.groups:
        story.append(style.paragraph(text("progress_print.nothing")))
    story += [Spacer(1, 4 * mm), style.paragraph(text("progress_print.foot"), style.SMALL)]
    return render(sheet, story)


def _table(lines: tuple[RequirementLine, ...]) -> Flowable:
    head = [text(f"progress_print.column.{name}") for name in ("requirement", "numbers", "next")]
    rows: list[list[Cell | str]] = []
    for one in lines:
        source = text("progress_print.source", source=one.source, strength=one.strength)
        if one.working:
            source += text("progress_print.working")
        cell: list[Flowable] = [
            style.paragraph(one.title, style.CELL_STRONG),
            style.paragraph(one.sentence, style.CELL),
            style.paragraph(source, style.SMALL),
        ]
        rows.append([cell, one.numbers or "–", one.next_date or "–"])
    return grid(head, rows, [112 * mm, 34 * mm, 24 * mm])
