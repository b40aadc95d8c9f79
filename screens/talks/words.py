"""What the records say before a talk, as lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.language import text
from at_tui.talks.basis import goals_left
from screens.dates import short
from screens.text import safe
from screens.widgets.rows import WIDE

if TYPE_CHECKING:
    from at_tui.talks.basis import Basis, GoalsOf, Levels

LABEL = 16
_STEPS = "▁▂▃▄▅▆▇█"


def room_for(window: int) -> int:
    """Return the cells that lines have in a window: beside its padding and the scroll bar, wider
    windows having more air at the sides."""
    return window - (9 if window >= WIDE else 6)


def basis_lines(basis: Basis, width: int) -> list[Content]:
    """Return the lines that a talk opens with, in `width` cells."""
    lines: list[Content] = []
    for label, found in (
        ("where", _where(basis)),
        ("supervision", _supervision(basis)),
        ("absence", _absence(basis)),
        ("forms", _forms(basis)),
    ):
        lines += _labelled(text(f"talks.basis.{label}"), found, width)
    lines += _goals(basis, width)
    lines += _levels(basis, width)
    lines += _said(basis, width)
    lines += _actions(basis, width)
    return lines


def _labelled(label: str, words: Content, width: int) -> list[Content]:
    """Return words after a label of fixed width, folded under themselves."""
    if not words.plain:
        return []
    room = max(20, width - LABEL)
    folded = words.wrap(room)
    first = Content.assemble(safe(label, "$text-muted").pad_right(LABEL - len(label)), folded[0])
    return [first, *(Content.assemble(" " * LABEL, line) for line in folded[1:])]


def _where(basis: Basis) -> Content:
    words = basis.placement or text("talks.basis.whole")
    if basis.week:
        words += text("talks.basis.week", week=basis.week[0], weeks=basis.week[1])
    return safe(words)


def _supervision(basis: Basis) -> Content:
    words = text("talks.basis.held", held=basis.held, hours=_hours(basis.minutes))
    if basis.weeks_begun:
        words += text("talks.basis.weeks", met=basis.weeks_met, begun=basis.weeks_begun)
    if basis.cancelled:
        key = "cancelled_one" if basis.cancelled == 1 else "cancelled"
        words += text(f"talks.basis.{key}", count=basis.cancelled)
    return safe(words)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".replace(".", ",").removesuffix(",0")


def _absence(basis: Basis) -> Content:
    if not basis.absences:
        return safe(text("talks.basis.no_absence"), "$text-muted")
    parts = [
        text("talks.basis.days", kind=text(f"word.absence.{kind}"), days=days)
        for kind, days in basis.absences
    ]
    return safe(", ".join(parts))


def _forms(basis: Basis) -> Content:
    if not basis.forms:
        return safe(text("talks.basis.no_forms"), "$warning")
    return safe(", ".join(f"{count} {name}" for name, count in basis.forms))


def _goals(basis: Basis, width: int) -> Iterator[Content]:
    for place, one in enumerate(basis.goals):
        label = text("talks.basis.goals") if place == 0 else ""
        yield from _labelled(label, _goal(one), width)
        if one.left:
            yield from _labelled("", safe(goals_left(one), "$text-muted"), width)
    if basis.goals and basis.working_goals:
        yield from _labelled("", safe(text("talks.basis.working"), "$text-muted"), width)


def _goal(one: GoalsOf) -> Content:
    section = text(f"word.section_short.{one.section}")
    words = text("talks.basis.reached", reached=one.reached, goals=one.goals)
    return Content.assemble(safe(section), "  ", safe(words, "bold"))


def _levels(basis: Basis, width: int) -> Iterator[Content]:
    for place, one in enumerate(basis.levels):
        label = text("talks.basis.levels") if place == 0 else ""
        name = one.label if len(one.label) <= 26 else f"{one.label[:25]}…"
        # `safe` folds spaces in a run: the columns are set here.
        words = Content.assemble(
            Content(name.ljust(28)), safe(_plot(one), "$accent"),
            Content(" " * (8 - len(one.values))), safe(f"{one.values[-1]} av {one.most}", "bold"),
            Content("  "), safe(one.instrument, "$text-muted"),
        )  # fmt: skip
        yield from _labelled(label, words, width)


def _plot(one: Levels) -> str:
    top = max(one.most, 1)
    return "".join(_STEPS[min(7, max(0, round(value / top * 7)))] for value in one.values)


def _said(basis: Basis, width: int) -> Iterator[Content]:
    on = date.fromisoformat(basis.on)
    first = True
    for said in basis.said:
        when = short(date.fromisoformat(said.day), on)
        for role, words in (("keep", said.keep), ("change", said.change)):
            if words:
                label = text("talks.basis.said") if first else ""
                first = False
                content = Content.assemble(
                    safe(text(f"talks.basis.{role}"), "$text-muted"), " ",
                    safe(f"»{words}«"), "  ", safe(f"{said.instrument}, {when}", "$text-muted"),
                )  # fmt: skip
                yield from _labelled(label, content, width)


def _actions(basis: Basis, width: int) -> Iterator[Content]:
    on = date.fromisoformat(basis.on)
    for place, one in enumerate(basis.actions):
        due = short(date.fromisoformat(one.due), on) if one.due else ""
        tail = f"{one.owner}, {text('talks.basis.due', day=due)}" if due else one.owner
        words = Content.assemble(
            "☐ ", safe(one.text), "  ", safe(tail, "$warning" if one.late else "$text-muted")
        )
        yield from _labelled(text("talks.basis.actions") if place == 0 else "", words, width)
    if not basis.actions:
        none = safe(text("talks.basis.no_actions"), "$text-muted")
        yield from _labelled(text("talks.basis.actions"), none, width)
