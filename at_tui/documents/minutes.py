"""The minutes of a kollegium: who was there, what was decided about each doctor, who does what."""

from __future__ import annotations

from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.kollegium_parts import P_CELL, P_SMALL, P_STRONG, P
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, fields, grid, heading, ink_lines, notice, opening
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.minutes import AgreedLine, DecidedLine, Minutes
from at_tui.language import text
from schema.words import Outcome

TEMPLATE = "kollegieprotokoll 1"
"""Name and version of the template, in the foot."""
_ORDER = (
    Outcome.SUPPORT_PLAN, Outcome.TALK, Outcome.THIN_EVIDENCE, Outcome.ON_TRACK, Outcome.COME_BACK,
)  # fmt: skip


def minutes_pdf(minutes: Minutes, *, issued_on: date, author: str = "") -> bytes:
    """Return the minutes as PDF. A meeting that is not closed is printed as a draft."""
    open_ = minutes.closed_on is None
    sheet = Sheet(
        imprint=Imprint(
            number=_number(minutes.meeting_id),
            region=minutes.region,
            unit="",
            author=author or minutes.chair,
            issued_on=issued_on,
            evidence_on=minutes.evidence_on,
            history=minutes.history,
        ),
        title=text("kollegium.minutes.title"),
        about=f"{minutes.title} {day_words(minutes.day)}",
        template=TEMPLATE,
        watermark=text("document.draft_mark") if open_ else "",
    )
    story: list[Flowable] = opening(sheet.title, sheet.about)
    if open_:
        story += notice(text("kollegium.minutes.open_title"), [text("kollegium.minutes.open_lead")])
    story.append(fields(_about(minutes)))
    story += _decisions(minutes)
    story += _actions(minutes)
    story += _not_decided(minutes)
    if minutes.note:
        story += [*heading(text("kollegium.minutes.note")), style.paragraph(minutes.note, P)]
    story += _evidence(minutes)
    story += _signed(minutes)
    return render(sheet, story)


def _number(meeting_id: str) -> str:
    from at_tui.documents.gathering import number_of

    return number_of(meeting_id)


def _about(minutes: Minutes) -> list[tuple[str, str]]:
    when = day_words(minutes.day)
    if minutes.starts_at:
        when = text("kollegium.minutes.at", day=when, clock=minutes.starts_at)
    counted = [
        f"{text(f'word.outcome.{outcome}')} {minutes.count(outcome)}"
        for outcome in _ORDER
        if minutes.count(outcome)
    ]
    if minutes.count(None):
        counted.append(text("kollegium.minutes.undecided", count=minutes.count(None)))
    there = [f"{a.name} ({a.role})" if a.role else a.name for a in minutes.attendance] or [
        text("kollegium.minutes.nobody_noted")
    ]
    rows = [("when", when), ("place", minutes.place), ("chair", minutes.chair)]
    rows += [("there", ", ".join(there)), ("counts", ", ".join(counted) or "–")]
    return [(text(f"kollegium.minutes.field.{name}"), value) for name, value in rows if value]


def _decisions(minutes: Minutes) -> list[Flowable]:
    story: list[Flowable] = []
    for outcome in _ORDER:
        lines = [line for line in minutes.lines if line.outcome is outcome]
        if not lines:
            continue
        title = text("kollegium.minutes.outcome", outcome=text(f"word.outcome.{outcome}"),
                     count=len(lines))  # fmt: skip
        story += heading(title[0].upper() + title[1:])
        if outcome is Outcome.ON_TRACK and not any(
            line.text or line.actions or line.correction for line in lines
        ):
            story.append(style.paragraph(", ".join(line.name for line in lines) + ".", P))
            continue
        head = [text(f"kollegium.minutes.column.{name}") for name in ("name", "where", "decision")]
        rows: list[list[Cell | str]] = [
            [
                [style.paragraph(line.name, P_STRONG)],
                [style.paragraph(_where(line), P_CELL)],
                _decided(line),
            ]
            for line in lines
        ]
        story.append(grid(head, rows, [42 * mm, 42 * mm, 86 * mm]))
    return story


def _where(line: DecidedLine) -> str:
    section = text(f"word.section_short.{line.section}") if line.section else ""
    return ", ".join(filter(None, [section, line.unit])) or "–"


def _decided(line: DecidedLine) -> list[Flowable]:
    found: list[Flowable] = [style.paragraph(line.text, P)] if line.text else []
    found += [style.paragraph(agreed_words(action), P) for action in line.actions]
    if line.correction:
        said = text("kollegium.minutes.corrected", reason=line.correction)
        found.append(style.paragraph(said, P_SMALL))
    if line.proposal is not None and line.proposal is not line.outcome:
        group = text(f"kollegium.group.{line.proposal}")
        found.append(style.paragraph(text("kollegium.minutes.proposed", group=group), P_SMALL))
    return found or [style.paragraph("–", P)]


def agreed_words(action: AgreedLine) -> str:
    """Return an action on a line: done or not, what, who, by when."""
    box = "☑" if action.done_on else "☒" if action.dropped_on else "☐"
    tail = [action.owner]
    if action.done_on:
        tail.append(text("kollegium.page.done", day=day_words(action.done_on)))
    elif action.dropped_on:
        tail.append(text("kollegium.action.dropped"))
    elif action.due:
        tail.append(text("kollegium.page.due", day=day_words(action.due)))
    return f"{box} {action.text} ({', '.join(filter(None, tail))})"


def _actions(minutes: Minutes) -> list[Flowable]:
    agreed = [(line, action) for line in minutes.lines for action in line.actions]
    if not agreed:
        return []
    agreed.sort(key=lambda pair: (pair[1].due or date.max, pair[0].name))
    head = [text(f"kollegium.minutes.column.{name}") for name in ("due", "owner", "what", "about")]
    rows: list[list[Cell | str]] = [
        [day_words(a.due) if a.due else "–", a.owner, a.text, line.name] for line, a in agreed
    ]
    widths = [26 * mm, 42 * mm, 62 * mm, 40 * mm]
    return [*heading(text("kollegium.minutes.actions")), grid(head, rows, widths)]


def _not_decided(minutes: Minutes) -> list[Flowable]:
    lines = [line for line in minutes.lines if line.outcome is None]
    if not lines:
        return []
    shown = [line.name for line in lines if line.taken_up]
    never = [line.name for line in lines if not line.taken_up]
    story = heading(text("kollegium.minutes.not_decided"))
    for names, key in ((shown, "taken_up"), (never, "not_taken_up")):
        if names:
            said = text(f"kollegium.minutes.{key}", names=", ".join(names))
            story.append(style.paragraph(said, P))
    return story


def _evidence(minutes: Minutes) -> list[Flowable]:
    said = [text("kollegium.minutes.evidence", day=day_words(minutes.evidence_on))]
    if minutes.versions:
        said.append(text("kollegium.minutes.frozen", count=minutes.versions, rules=minutes.rules))
    said.append(text("kollegium.minutes.no_plans"))
    if minutes.next_day is not None:
        said.append(text("kollegium.minutes.next", day=day_words(minutes.next_day)))
    return [Spacer(1, 5 * mm), style.paragraph(" ".join(said), P_SMALL)]


def _signed(minutes: Minutes) -> list[Flowable]:
    if minutes.signed_by and minutes.closed_on is not None:
        said = text(
            "kollegium.minutes.signed", name=minutes.signed_by, day=day_words(minutes.closed_on)
        )
        return [Spacer(1, 2 * mm), style.paragraph(said, P)]
    labels = [text("kollegium.minutes.ink_chair"), text("kollegium.minutes.ink_secretary")]
    return ink_lines(labels)
