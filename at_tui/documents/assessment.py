"""Any instrument's filled-in form, with its status, its signatures and whose words it is.

Generic over instruments: sections of answers, each with the assessor's answer, the trainee's own
and a comment. The form prints in the instrument's order, and an unanswered item stands there as
such: nothing is left out because it is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import (
    Cell,
    SignatureLine,
    grid,
    heading,
    notice,
    opening,
    paired_fields,
    signatures,
)
from at_tui.kind_words import of_kind
from at_tui.language import text
from schema.words import Kind, LockStatus

TEMPLATE = "bedomning 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A level on a scale: its digit and words, and its place (from 1) among how many."""

    digit: int
    label: str
    place: int
    of: int


Given = Mark | str
"""A level, or an answer in words ("ej observerat" too); nothing given is None."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One item and what was answered."""

    label: str
    given: Given | None
    own: Given | None = None
    """The trainee's own answer."""
    comment: str = ""
    prose: bool = False
    """Free text: set over the whole width under its question."""


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """Items under one heading, with the words of the scale they are answered on."""

    title: str
    answers: tuple[Answer, ...]
    intro: str = ""
    scale: tuple[tuple[int, str], ...] = ()
    """Digits and their words, lowest first; printed under the heading."""
    own_rating: bool = False
    """Whether the trainee may answer too: the column then stands even when it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentForm:
    """What stands on a printed assessment. All words Swedish."""

    imprint: Imprint
    instrument: str
    """The instrument's title."""
    instrument_id: str
    instrument_version: str
    official: bool
    """Whether it is an authority's own form."""
    wording: str
    """What the instrument says about whose words it is."""
    name: str
    kind: str = Kind.AT
    """What the training is, for the words."""
    personnummer: str = ""
    """As it is to be printed, for the forms that ask for it."""
    placement: str = ""
    day: date
    assessor: str
    assessor_title: str = ""
    assessor_contact: str = ""
    context: tuple[Answer, ...] = ()
    sections: tuple[AnswerSection, ...]
    goals: tuple[str, ...] = ()
    """Goals it counts towards, as id and short text."""
    status: LockStatus
    confirmed: bool = True
    """Whether the trainee has confirmed it; when not, a signed form says so."""
    void_reason: str = ""
    replaced_by: str = ""
    """Number of the correction that replaces it."""
    corrects: str = ""
    """Number of the form that it corrects."""
    correction_reason: str = ""
    filled_in_version: str = ""
    """The instrument's version that it was filled in with, when another had to do; else empty."""
    unplaced: tuple[tuple[str, str], ...] = ()
    """Answers that the instrument printed with has no question for, by their own names."""
    incomplete: tuple[str, ...] = ()
    """Sentences of what is missing for the form to be complete."""
    signatures: tuple[SignatureLine, ...] = ()


_WATERMARKS = {
    LockStatus.DRAFT: "document.draft_mark",
    LockStatus.CORRECTED: "document.replaced_mark",
    LockStatus.VOIDED: "document.void_mark",
}


def assessment_pdf(form: AssessmentForm) -> bytes:
    """Return the form as PDF; a draft, a replaced and a voided one carry that as watermark."""
    watermark = _WATERMARKS.get(form.status)
    sheet = Sheet(
        imprint=form.imprint,
        title=form.instrument,
        about=form.name,
        template=f"{TEMPLATE} · {form.instrument_id} {form.instrument_version}",
        watermark=text(watermark) if watermark else "",
    )
    story: list[Flowable] = [
        *opening(form.instrument, _stands(form)),
        *_standing(form),
        *paired_fields(_about(form)),
    ]
    story += _prose([answer for answer in form.context if answer.prose], form.kind)
    for section in form.sections:
        story += _section(section, form.kind)
    if form.unplaced:
        story += heading(text("document.assessment.unplaced"))
        story += paired_fields(form.unplaced)
    if form.goals:
        story += heading(text("document.assessment.goals"))
        story += [style.paragraph(goal) for goal in form.goals]
    story += signatures(form.signatures)
    whose = "official" if form.official else "not_official"
    origin = text(
        f"document.assessment.{whose}", id=form.instrument_id, version=form.instrument_version
    )
    story += [Spacer(1, 10), style.paragraph(f"{origin} {form.wording}".strip(), style.SMALL)]
    return render(sheet, story)


def _stands(form: AssessmentForm) -> str:
    return of_kind(text(f"document.assessment.status.{_status(form)}"), form.kind)


def _status(form: AssessmentForm) -> str:
    if form.status is LockStatus.SIGNED and not form.confirmed:
        return "unconfirmed"
    return form.status.value


def _standing(form: AssessmentForm) -> list[Flowable]:
    """Return what must be read before the form: draft, void, replaced, correcting, incomplete."""
    found: list[Flowable] = []
    if form.status is LockStatus.DRAFT:
        found += notice(text("document.assessment.draft"), [])
    if form.status is LockStatus.VOIDED:
        reason = text("document.assessment.reason", reason=form.void_reason)
        found += notice(text("document.assessment.voided"), [reason])
    if form.status is LockStatus.CORRECTED:
        found += notice(text("document.assessment.replaced", number=form.replaced_by or "–"), [])
    if form.corrects:
        reason = text("document.assessment.reason", reason=form.correction_reason)
        title = text("document.assessment.corrects", number=form.corrects)
        found += notice(title, [reason] if form.correction_reason else [])
    if form.filled_in_version:
        words = text(
            "document.assessment.other_version_more",
            old=form.filled_in_version,
            new=form.instrument_version,
        )
        found += notice(text("document.assessment.other_version"), [words])
    if form.incomplete:
        found += notice(text("document.assessment.incomplete"), form.incomplete)
    return found


def _about(form: AssessmentForm) -> list[tuple[str, str]]:
    assessor = ", ".join(
        part for part in (form.assessor, form.assessor_title, form.assessor_contact) if part
    )
    rows = [("name", form.name), ("day", str(form.day))]
    if form.personnummer:
        rows.append(("personnummer", form.personnummer))
    if form.placement:
        rows.append(("placement", form.placement))
    rows.append(("assessor", assessor or text("document.unanswered")))
    return [
        *(
            (of_kind(text(f"document.assessment.field.{name}"), form.kind), value)
            for name, value in rows
        ),
        *((answer.label, _words(answer.given)) for answer in form.context if not answer.prose),
    ]


def _section(section: AnswerSection, kind: str) -> list[Flowable]:
    found: list[Flowable] = heading(section.title)
    if section.intro:
        found.append(style.paragraph(section.intro, style.SMALL))
    if section.scale:
        words = " · ".join(
            f"{style.bold(str(digit))}\u00a0{style.safe(label)}" for digit, label in section.scale
        )
        found.append(style.raw(words, style.SMALL))
    # Runs of rated items become one table each, so that the form's own order is kept.
    rated: list[Answer] = []
    for answer in section.answers:
        if answer.prose:
            found += _rated(rated, kind, own=section.own_rating)
            found += _prose([answer], kind)
            rated = []
        else:
            rated.append(answer)
    return [*found, *_rated(rated, kind, own=section.own_rating)]


def _rated(answers: Sequence[Answer], kind: str, *, own: bool) -> list[Flowable]:
    """Return a table of answers, with the trainee's own beside the assessor's."""
    if not answers:
        return []
    own = own or any(answer.own is not None for answer in answers)
    head = [text("document.assessment.item")]
    widths = [94 * mm, 76 * mm]
    if own:
        head.append(of_kind(text("document.assessment.own"), kind))
        widths = [72 * mm, 49 * mm, 49 * mm]
    head.append(text("document.assessment.assessor"))
    rows: list[list[Cell | str]] = []
    for answer in answers:
        label: list[Flowable] = [style.paragraph(answer.label, style.CELL)]
        if answer.comment:
            label.append(style.paragraph(f"»{answer.comment}«", style.SMALL))
        row: list[Cell | str] = [label]
        if own:
            row.append(_cell(answer.own))
        row.append(_cell(answer.given))
        rows.append(row)
    return [grid(head, rows, widths), Spacer(1, 2 * mm)]


def _prose(answers: Sequence[Answer], kind: str) -> list[Flowable]:
    """Return free texts, each under its question; the trainee's own after the assessor's."""
    found: list[Flowable] = []
    for answer in answers:
        question = style.paragraph(answer.label, style.CELL_STRONG)
        found += [CondPageBreak(18 * mm), Spacer(1, 1.5 * mm), question]
        found.append(style.paragraph(_words(answer.given)))
        if answer.own is not None:
            found.append(
                style.paragraph(of_kind(text("document.assessment.own"), kind), style.LABEL)
            )
            found.append(style.paragraph(_words(answer.own)))
        if answer.comment:
            found.append(style.paragraph(f"»{answer.comment}«", style.SMALL))
    return found


def _cell(given: Given | None) -> Flowable:
    """Return an answer as a cell: a level as digit, dots and words."""
    if not isinstance(given, Mark):
        return style.paragraph(_words(given), style.CELL)
    dots = "●" * given.place + "○" * (given.of - given.place)
    colour = style.ACCENT.hexval().replace("0x", "#")
    markup = f'{style.bold(str(given.digit))}  <font color="{colour}">{dots}</font>'
    return style.raw(f"{markup}<br/>{style.safe(given.label)}", style.CELL)


def _words(given: Given | None) -> str:
    if given is None or given == "":
        return text("document.unanswered")
    if isinstance(given, Mark):
        return f"{given.digit} {given.label}"
    return given
