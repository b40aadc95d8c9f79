"""How a goal is said on screen: its place, its level, how it stands, and whose words it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.goal_map import GoalLine, GoalSection, GoalStatus
from at_tui.language import text
from screens.text import safe

if TYPE_CHECKING:
    from schema.content.curriculum import Goal

_SIGNS = {
    GoalStatus.MARKED: ("✓", "$success"),
    GoalStatus.EVIDENCE: ("○", "$accent"),
    GoalStatus.NONE: ("–", "$text-muted"),
}


def status_words(line: GoalLine) -> Content:
    """Return how the goal stands, as a symbol and a word: "inget underlag" is no fault."""
    sign, style = _SIGNS[line.status]
    muted = "$text-muted" if line.status is GoalStatus.NONE else ""
    return Content.assemble((sign, style), " ", safe(text(f"goals.status.{line.status}"), muted))


def place_words(goal: Goal) -> str:
    """Return the goal's place within its chapter, e.g. `2 § 4`; empty for a working text."""
    if not goal.is_numbered:
        return ""
    return goal.reference.partition(" kap. ")[2] or goal.reference.removeprefix("delmål ")


def level_words(goal: Goal, *, short: bool) -> str:
    """Return the level in words; empty where the målbeskrivning has none or it is not known."""
    if goal.level is None:
        return ""
    return text(f"word.level_short.{goal.level}" if short else f"word.level.{goal.level}")


def trust_words(goal: Goal) -> Content:
    """Return whether the text is the official wording, and where it is taken from."""
    if goal.status == "working":
        return Content.assemble(
            ("! ", "$warning"), safe(text("goals.trust_working", source=goal.source), "$warning")
        )
    words = text(f"goals.trust_{goal.status}", source=goal.source)
    return Content.assemble(("✓ ", "$success"), safe(words, "$text-muted"))


def section_title(section: GoalSection) -> str:
    """Return e.g. `5 kap. Psykiatri`."""
    name = text(f"word.section.{section.section}")
    if section.chapter is None:
        return name[:1].upper() + name[1:]
    return text("goals.chapter_title", number=section.chapter.number, title=section.chapter.title)
