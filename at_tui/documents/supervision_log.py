"""The supervision log: every session of a period, and what each month came to against its target.

The sums are made here from the sessions printed, so that a reader can check them by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import Cell, fields, grid, heading, hours, opening
from at_tui.kind_words import of_kind
from at_tui.language import text
from schema.months import add_months
from schema.words import Kind, SupervisionStatus

TEMPLATE = "handledningslogg 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """What was agreed at a session, and what has become of it."""

    text: str
    owner: str
    due: date | None = None
    done_on: date | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session as it is printed. Topics, goals, form and reason are Swedish words."""

    day: date
    minutes: int
    status: SupervisionStatus
    form: str = ""
    supervisor: str = ""
    cancel_reason: str = ""
    topics: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    agreements: tuple[AgreementLine, ...] = ()
    note: str = ""
    """Printed as it stands; leave it out where the log is for other eyes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionLog:
    """The log of one trainee over a period, both days included."""

    imprint: Imprint
    name: str
    kind: str = Kind.AT
    """What the training is, for the words."""
    placement: str = ""
    supervisor: str = ""
    start: date
    end: date
    target_minutes: int | None = None
    """What the programme asks for each whole month; None when it asks for nothing monthly."""
    target_source: str = ""
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What one calendar month came to."""

    first: date
    """The first day of the month."""
    whole: bool
    """Whether the log covers all of the month; only then is it held against the target."""
    held: int
    cancelled: int
    planned: int
    minutes: int
    """Time of the sessions that were held."""


def month_sums(log: SupervisionLog) -> list[MonthSum]:
    """Return every month of the log to the day of the evidence, also those without sessions."""
    found: list[MonthSum] = []
    last = min(log.end, log.imprint.evidence_on)
    for first in _months(log):
        following = add_months(first, 1)
        mine = [session for session in log.sessions if first <= session.day < following]
        count = {
            status: sum(session.status is status for session in mine)
            for status in SupervisionStatus
        }
        held = [item for item in mine if item.status is SupervisionStatus.HELD]
        found.append(
            MonthSum(
                first,
                whole=log.start <= first and following - timedelta(days=1) <= last,
                held=len(held),
                cancelled=count[SupervisionStatus.CANCELLED],
                planned=count[SupervisionStatus.PLANNED],
                minutes=sum(item.minutes for item in held),
            )
        )
    return found


def supervision_log_pdf(log: SupervisionLog) -> bytes:
    """Return the log as PDF: who, sums by month, then every session in the order of days."""
    sheet = Sheet(
        imprint=log.imprint,
        title=text("document.log.title"),
        about=log.name,
        template=TEMPLATE,
    )
    story: list[Flowable] = [
        *opening(sheet.title, text("document.log.period", start=log.start, end=log.end)),
        fields(_about(log)),
    ]
    sums = month_sums(log)
    if sums:
        story += [*heading(text("document.log.months")), _month_table(log, sums)]
        if log.target_minutes is not None and log.target_source:
            source = text("document.log.target_source", source=log.target_source)
            story += [Spacer(1, 3), style.paragraph(source, style.SMALL)]
    if log.sessions:
        table = _session_table(log)
        story += [*heading(text("document.log.sessions"), table), table]
    else:
        story += heading(text("document.log.sessions"))
        story.append(style.paragraph(text("document.log.empty")))
    return render(sheet, story)


def _months(log: SupervisionLog) -> Iterator[date]:
    """Yield the first day of each month of the log, widened to hold every session in it."""
    days = [session.day for session in log.sessions]
    first = min([log.start, *days]).replace(day=1)
    last = max([min(log.end, log.imprint.evidence_on), *days], default=first)
    while first <= last:
        yield first
        first = add_months(first, 1)


def _about(log: SupervisionLog) -> list[tuple[str, str]]:
    held = [item for item in log.sessions if item.status is SupervisionStatus.HELD]
    cancelled = sum(item.status is SupervisionStatus.CANCELLED for item in log.sessions)
    planned = sum(item.status is SupervisionStatus.PLANNED for item in log.sessions)
    total = text(
        "document.log.total",
        held=len(held),
        time=hours(sum(item.minutes for item in held)),
        cancelled=cancelled,
        planned=planned,
    )
    rows = [("name", log.name)]
    if log.placement:
        rows.append(("placement", log.placement))
    if log.supervisor:
        rows.append(("supervisor", log.supervisor))
    rows.append(("total", total))
    return [(of_kind(text(f"document.log.field.{name}"), log.kind), value) for name, value in rows]


def _month_table(log: SupervisionLog, sums: list[MonthSum]) -> Flowable:
    names = ["month", "held", "cancelled", "planned", "time"]
    widths = [44 * mm, 22 * mm, 25 * mm, 25 * mm, 54 * mm]
    target = log.target_minutes
    if target is not None:
        names += ["target", "outcome"]
        widths = [38 * mm, 18 * mm, 22 * mm, 22 * mm, 24 * mm, 20 * mm, 26 * mm]
    rows: list[list[Cell | str]] = []
    for month in sums:
        row: list[Cell | str] = [
            text(f"document.month.{month.first.month}", year=month.first.year),
            str(month.held),
            str(month.cancelled),
            str(month.planned),
            hours(month.minutes),
        ]
        if target is not None:
            row += [hours(target), _outcome(month, target)]
        rows.append(row)
    head = [text(f"document.log.column.{name}") for name in names]
    return grid(head, rows, widths, right=(1, 2, 3, 4, 5) if target is not None else (1, 2, 3, 4))


def _outcome(month: MonthSum, target: int) -> str:
    if month.minutes >= target:
        return text("document.log.reached")
    if not month.whole:
        return text("document.log.part_of_month")
    return text("document.log.short", time=hours(target - month.minutes))


def _session_table(log: SupervisionLog) -> Flowable:
    rows: list[list[Cell | str]] = [
        [
            [style.paragraph(str(item.day), style.CELL_STRONG)],
            _standing(item),
            _content(item, log.supervisor),
        ]
        for item in sorted(log.sessions, key=lambda item: item.day)
    ]
    head = [text(f"document.log.column.{name}") for name in ("day", "status", "content")]
    return grid(head, rows, [24 * mm, 36 * mm, 110 * mm])


def _standing(item: SessionLine) -> list[Flowable]:
    """Return whether a session was held and how long, or why it was not."""
    words = text(f"document.log.status.{item.status.value}")
    if item.status is SupervisionStatus.CANCELLED:
        below = item.cancel_reason
    else:
        words, below = f"{words}, {hours(item.minutes)}", item.form
    found = [style.paragraph(words, style.CELL)]
    return [*found, style.paragraph(below, style.SMALL)] if below else found


def _content(item: SessionLine, supervisor: str) -> list[Flowable]:
    found: list[Flowable] = []
    if item.topics:
        found.append(style.paragraph(", ".join(item.topics), style.CELL))
    if item.note:
        found.append(style.paragraph(item.note, style.CELL))
    if item.goals:
        goals = text("document.log.goals", goals=", ".join(item.goals))
        found.append(style.paragraph(goals, style.SMALL))
    found += [style.paragraph(_agreed(line), style.CELL) for line in item.agreements]
    if item.supervisor and item.supervisor != supervisor:
        other = text("document.log.with", name=item.supervisor)
        found.append(style.paragraph(other, style.SMALL))
    return found or [style.paragraph("–", style.CELL)]


def _agreed(line: AgreementLine) -> str:
    """Return an agreement on a line: done or not, what, who, by when."""
    box = "☑" if line.done_on else "☒" if line.dropped else "☐"
    tail = [line.owner] if line.owner else []
    if line.done_on:
        tail.append(text("document.log.done", day=line.done_on))
    elif line.dropped:
        tail.append(text("document.log.dropped"))
    elif line.due:
        tail.append(text("document.log.due", day=line.due))
    return f"{box} {line.text}" + (f" ({', '.join(tail)})" if tail else "")
