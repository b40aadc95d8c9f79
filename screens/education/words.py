"""Amounts and attendance as words and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.education.occasions import AWAY, Mark, Presence
from at_tui.judge import phrases
from at_tui.language import text
from schema.fault import Fault
from screens.text import safe
from screens.trainee.words import hours
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from at_tui.education.sums import Amount


def length(minutes: int, days: float) -> str:
    """Return e.g. `1 h 30 min`, `2 dagar`, or a dash."""
    if minutes:
        return hours(minutes)
    return phrases.amount(_whole(days), "days") if days else "–"


def amount(found: Amount) -> str:
    """Return e.g. `42 h 30 min`, `4 d`, `3 h + 2 d`, or a dash."""
    parts = [hours(found.minutes)] if found.minutes else []
    if found.days:
        parts.append(f"{phrases.number(_whole(found.days))} {text('program.unit.days')}")
    return " + ".join(parts) or "–"


def brief_amount(found: Amount) -> str:
    """Return the same in few cells, where both are to stand: `6,5 h + 2 d`."""
    if not (found.minutes and found.days):
        return amount(found)
    spent = phrases.number(_whole(round(found.minutes / 60, 1)))
    return f"{spent} h + {phrases.number(_whole(found.days))} {text('program.unit.days')}"


def written(days: float) -> str:
    """Return days as they are typed: `2`, `0,5`; nothing for none."""
    return phrases.number(_whole(days)) if days else ""


def read_days(typed: str) -> float:
    """Return the days that were typed; nothing typed is none.

    Raises:
        Fault: `education.not_days`.
    """
    if not typed:
        return 0
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        raise Fault("education.not_days", exit_code=2) from None
    if found != found or found in (float("inf"), float("-inf")):
        raise Fault("education.not_days", exit_code=2)
    return found


def _whole(days: float) -> int | float:
    return int(days) if float(days).is_integer() else days


_SIGNS = {
    Presence.THERE: Status.MET,
    Presence.PLANNED: Status.DRAFT,
    Presence.NOTIFIED: Status.SOON,
    Presence.AWAY: Status.MISSING,
    Presence.NOT_CALLED: Status.NONE,
}


def presence(mark: Mark, *, has_been: bool = False) -> Content:
    """Return e.g. `✓ närvarade`, `~ anmäld: jourkomp` or `○ planerad`.

    Args:
        has_been: Whether the day has passed: what is planned still waits to be ticked then.
    """
    waits = has_been and mark.presence is Presence.PLANNED
    words = text("education.presence.waits" if waits else f"education.presence.{mark.presence}")
    if mark.reason and mark.presence in AWAY:
        words = f"{words}: {mark.reason}"
    sign = status(Status.UNKNOWN if waits else _SIGNS[mark.presence], " ").truncate(2)
    style = "$text-muted" if mark.presence is Presence.NOT_CALLED else ""
    return Content.assemble(sign, safe(words, style))
