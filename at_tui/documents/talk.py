"""A longer talk on paper: what was said and agreed, and what the records said when it was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import (
    Cell,
    SignatureLine,
    fields,
    grid,
    heading,
    notice,
    opening,
    signatures,
)
from at_tui.judge.phrases import day as day_words
from at_tui.kind_words import of_kind
from at_tui.language import text
from at_tui.talks.basis import goals_left
from schema.words import LockStatus

if TYPE_CHECKING:
    from at_tui.talks.basis import Basis

TEMPLATE = "samtal 1"
"""Name and version of the template, in the foot."""
_MARKS = {
    LockStatus.DRAFT: "talks_print.mark.draft",
    LockStatus.CORRECTED: "talks_print.mark.corrected",
    LockStatus.VOIDED: "talks_print.mark.voided",
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question, its answer in words, and the remark beside it."""

    label: str
    answer: str
    remark: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """Questions under one heading."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """What was agreed: who, until when, and whether it is done."""

    text: str
    owner: str
    due: date | None
    done_on: date | None
    dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDocument:
    """A talk as it is printed. All words are Swedish."""

    imprint: Imprint
    title: str
    name: str
    kind: str
    """AT or BT, for the words."""
    placement: str
    held_on: date | None
    held_by: str
    status: LockStatus
    confirmed: bool
    revised: bool
    """Whether new versions of it are revisions, as of a plan."""
    corrects: str
    """Number of the document that this version replaces; empty for none."""
    replaced_by: str
    reason: str
    """Why it replaces, or why it is void."""
    parts: tuple[AnswerPart, ...]
    note: str
    agreed: tuple[AgreedLine, ...]
    basis: Basis | None
    signatures: tuple[SignatureLine, ...]
    wording: str


def talk_pdf(talk: TalkDocument) -> bytes:
    """Return the talk as PDF; a draft, a replaced and a voided one carry that as watermark."""
    mark = _MARKS.get(talk.status, "")
    if talk.revised and talk.status is LockStatus.CORRECTED:
        mark = "talks_print.mark.revised"
    sheet = Sheet(
        imprint=talk.imprint,
        title=talk.title,
        about=talk.name,
        template=TEMPLATE,
        watermark=text(mark) if mark else "",
    )
    story: list[Flowable] = [
        *opening(talk.title, talk.name),
        *_standing(talk),
        fields(_about(talk)),
    ]
    for part in talk.parts:
        story += _part(part)
    if talk.note:
        story += [*heading(text("talks_view.note")), style.paragraph(talk.note)]
    story += _agreed(talk)
    if talk.basis is not None:
        story += _basis(talk.basis)
    story += signatures(talk.signatures)
    story += [Spacer(1, 4 * mm), style.paragraph(talk.wording, style.SMALL)]
    return render(sheet, story)


def _standing(talk: TalkDocument) -> list[Flowable]:
    kind = "revised" if talk.revised else "corrected"
    found: list[Flowable] = []
    if talk.status is LockStatus.DRAFT:
        found += notice(text("talks_print.draft"), [])
    elif talk.status is LockStatus.VOIDED:
        found += notice(text("talks_print.voided"), [talk.reason])
    elif talk.status is LockStatus.CORRECTED:
        found += notice(text(f"talks_print.{kind}_by", number=talk.replaced_by or "–"), [])
    elif not talk.confirmed:
        found += notice(of_kind(text("talks_print.unconfirmed"), talk.kind), [])
    if talk.corrects:
        found += notice(text(f"talks_print.{kind}_from", number=talk.corrects), [talk.reason])
    return found


def _about(talk: TalkDocument) -> list[tuple[str, str]]:
    rows = [
        ("day", day_words(talk.held_on) if talk.held_on else "–"),
        ("placement", talk.placement or text("talks.basis.whole")),
        ("held_by", talk.held_by or "–"),
    ]
    return [(text(f"talks_print.field.{name}"), value) for name, value in rows]


def _part(part: AnswerPart) -> list[Flowable]:
    found = heading(part.title)
    rated = [line for line in part.lines if not line.prose]
    for line in part.lines:
        if line.prose:
            found.append(style.paragraph(line.label, style.LABEL))
            found.append(style.paragraph(line.answer))
            found.append(Spacer(1, 1.5 * mm))
    if rated:
        rows: list[list[Cell | str]] = [
            [
                line.label,
                [
                    style.paragraph(line.answer, style.CELL_STRONG),
                    *([style.paragraph(line.remark, style.CELL)] if line.remark else []),
                ],
            ]
            for line in rated
        ]
        head = [text("talks_print.question"), text("talks_print.answer")]
        found.append(grid(head, rows, [76 * mm, 94 * mm]))
    return found


def _agreed(talk: TalkDocument) -> list[Flowable]:
    found = heading(text("talks_print.agreed"))
    if not talk.agreed:
        return [*found, style.paragraph(text("talks_view.nothing_agreed"))]
    rows: list[list[Cell | str]] = []
    for one in talk.agreed:
        box = "☑" if one.done_on else "☒" if one.dropped else "☐"
        due = day_words(one.due) if one.due else "–"
        rows.append([f"{box}  {one.text}", one.owner, due])
    head = [text(f"talks_print.column.{name}") for name in ("what", "who", "due")]
    return [*found, grid(head, rows, [100 * mm, 36 * mm, 34 * mm])]


def _basis(basis: Basis) -> list[Flowable]:
    """Return what the records said, shortly: the numbers, the levels, and what was written."""
    day = day_words(date.fromisoformat(basis.on))
    rows = [
        ("supervision", _supervision(basis)),
        ("absence", _absence(basis)),
        ("forms", ", ".join(f"{n} {name}" for name, n in basis.forms) or "–"),
        ("goals", _goals(basis)),
        ("levels", _levels(basis)),
    ]
    found = [
        *heading(text("talks_print.basis", day=day)),
        fields([(text(f"talks.basis.{name}"), words) for name, words in rows if words]),
    ]
    found.append(Spacer(1, 2 * mm))
    for said in basis.said:
        when = f"{said.instrument}, {day_words(date.fromisoformat(said.day))}"
        for role, words in (("keep", said.keep), ("change", said.change)):
            if words:
                line = f"{text(f'talks.basis.{role}')}: »{words}« ({when})"
                found.append(style.paragraph(line, style.CELL))
    if basis.working_goals and basis.goals:
        found.append(style.paragraph(text("talks.basis.working"), style.SMALL))
    return found


def _supervision(basis: Basis) -> str:
    hours = f"{basis.minutes / 60:.1f}".replace(".", ",").removesuffix(",0")
    words = text("talks.basis.held", held=basis.held, hours=hours)
    if basis.weeks_begun:
        words += text("talks.basis.weeks", met=basis.weeks_met, begun=basis.weeks_begun)
    return words + (text("talks.basis.cancelled", count=basis.cancelled) if basis.cancelled else "")


def _absence(basis: Basis) -> str:
    parts = [
        text("talks.basis.days", kind=text(f"word.absence.{kind}"), days=days)
        for kind, days in basis.absences
    ]
    return ", ".join(parts) or text("talks.basis.no_absence")


def _goals(basis: Basis) -> str:
    lines = []
    for one in basis.goals:
        section = text(f"word.section_short.{one.section}")
        lines.append(
            f"{section} {text('talks.basis.reached', reached=one.reached, goals=one.goals)}"
        )
        if one.left:
            lines.append(goals_left(one))
    return "\n".join(lines)


def _levels(basis: Basis) -> str:
    return "\n".join(
        f"{one.label}: {' → '.join(str(value) for value in one.values)} av {one.most}"
        f" ({one.instrument})"
        for one in basis.levels
    )
