"""A stödplan on paper, for the few who may see it: marked so on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import style
from at_tui.documents.page import Imprint, Sheet, render
from at_tui.documents.parts import fields, grid, heading, ink_lines, notice, opening
from at_tui.judge.phrases import day as day_words
from at_tui.judge.phrases import number
from at_tui.kind_words import of_kind
from at_tui.language import text

TEMPLATE = "stödplan 1"
"""Name and version of the template, in the foot."""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up: planned, done, or both."""

    day: date
    found: str = ""
    """What was found; empty while it lies ahead or was never written about."""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A role, and when it was told; None when it has not been."""

    role: str
    told: bool
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPlanPage:
    """A stödplan as it is printed. Goals and roles are Swedish words."""

    imprint: Imprint
    name: str
    kind: str
    """AT or BT, for the words."""
    placement: str
    opened_on: date
    closed_on: date | None
    shown_to: tuple[str, ...]
    concern: str
    unmet_goals: tuple[str, ...]
    measures: str
    responsible: str
    follow_ups: tuple[FollowUpLine, ...]
    told: tuple[ToldLine, ...]
    extension_months: float | None
    extension_decided_on: date | None
    extension_decided_by: str
    outcome: str


def support_plan_pdf(plan: SupportPlanPage) -> bytes:
    """Return the plan as PDF."""
    sheet = Sheet(
        imprint=plan.imprint,
        title=text("kollegium.plan.title"),
        about=plan.name,
        template=TEMPLATE,
        watermark=text("kollegium.plan.mark"),
    )
    shown_to = text("kollegium.plan.shown_to", roles=", ".join(plan.shown_to) or "–")
    story: list[Flowable] = [
        *opening(sheet.title, plan.name),
        *notice(text("kollegium.plan.restricted"), [shown_to]),
        fields(_about(plan)),
        *_words("concern", plan.concern),
        *_goals(plan),
        *_words("measures", plan.measures),
        *_follow_ups(plan),
        *_told(plan),
        *_words("outcome", plan.outcome),
        Spacer(1, 4 * mm),
        style.paragraph(text("kollegium.plan.source"), style.SMALL),
        *ink_lines(
            [
                of_kind(text(f"kollegium.plan.ink.{who}"), plan.kind)
                for who in ("responsible", "doctor")
            ]
        ),
    ]
    return render(sheet, story)


def _about(plan: SupportPlanPage) -> list[tuple[str, str]]:
    rows = [
        ("placement", plan.placement or "–"),
        ("opened", day_words(plan.opened_on)),
        ("closed", day_words(plan.closed_on) if plan.closed_on else text("kollegium.plan.open")),
        ("responsible", plan.responsible or text("kollegium.plan.nobody")),
        ("extension", _extension(plan)),
    ]
    return [(text(f"kollegium.plan.field.{name}"), value) for name, value in rows]


def _extension(plan: SupportPlanPage) -> str:
    if plan.extension_months is None:
        return text("kollegium.plan.not_decided")
    said = (
        text("kollegium.plan.extended", months=number(plan.extension_months))
        if plan.extension_months
        else text("kollegium.plan.not_extended")
    )
    day = day_words(plan.extension_decided_on) if plan.extension_decided_on else ""
    tail = ", ".join(filter(None, [plan.extension_decided_by, day]))
    return f"{said} ({tail})" if tail else said


def _words(name: str, words: str) -> list[Flowable]:
    if not words:
        return []
    return [*heading(text(f"kollegium.plan.{name}")), style.paragraph(words)]


def _goals(plan: SupportPlanPage) -> list[Flowable]:
    if not plan.unmet_goals:
        return []
    listed = [style.paragraph(f"• {goal}") for goal in plan.unmet_goals]
    return [*heading(text("kollegium.plan.goals")), *listed]


def _follow_ups(plan: SupportPlanPage) -> list[Flowable]:
    if not plan.follow_ups:
        return []
    head = [text(f"kollegium.plan.column.{name}") for name in ("day", "found")]
    rows = [
        [day_words(each.day), each.found or text("kollegium.plan.not_yet")]
        for each in plan.follow_ups
    ]
    return [*heading(text("kollegium.plan.follow_ups")), grid(head, rows, [34 * mm, 136 * mm])]


def _told(plan: SupportPlanPage) -> list[Flowable]:
    head = [text(f"kollegium.plan.column.{name}") for name in ("role", "told")]
    rows = [
        [
            each.role,
            (day_words(each.day) if each.day else text("kollegium.plan.yes"))
            if each.told
            else text("kollegium.plan.no"),
        ]
        for each in plan.told
    ]
    return [*heading(text("kollegium.plan.told")), grid(head, rows, [60 * mm, 110 * mm])]
