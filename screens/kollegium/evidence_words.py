"""A frozen record in a line, and what became of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from textual.content import Content

from at_tui.instrument_names import short_name
from at_tui.language import has, text
from screens.dates import short

_DAYS = ("day", "held_on", "start", "issued_on", "agreed_on", "opened_on", "on")
_WORDS = ("title", "text", "name", "place", "what")
SINCE = {
    "same": ("=", "$text-muted"), "changed": ("~", "$warning"), "removed": ("✗", "$warning"),
    "erased": ("✗", "$error"),
}  # fmt: skip
"""Sign and colour of what became of a record."""


def content_of(payload: str | None) -> dict[str, Any]:
    """Return a version's content; empty when it has been erased."""
    found = json.loads(payload) if payload else {}
    return found if isinstance(found, dict) else {}


def kind_words(kind: str) -> str:
    """Return what kind of record it is, e.g. `bedömning`."""
    key = f"life.kind.{kind}"
    return text(key) if has(key) else kind


def day_of(content: dict[str, Any]) -> date | None:
    """Return the day that the record is about."""
    for name in _DAYS:
        try:
            return date.fromisoformat(str(content.get(name) or ""))
        except ValueError:
            continue
    return None


def summary(kind: str, content: dict[str, Any]) -> str:
    """Return the record in a few words."""
    if not content:
        return text("kollegium_live.erased")
    parts = [_what(kind, content)]
    if kind in ("Placement", "Absence"):
        parts.append(_until(content))
    if kind == "Supervision" and content.get("minutes"):
        parts.append(text("kollegium_live.minutes_planned", minutes=content["minutes"]))
    if kind == "Assessment" and content.get("assessor_name"):
        parts.append(str(content["assessor_name"]))
    return ", ".join(filter(None, parts))


def _what(kind: str, content: dict[str, Any]) -> str:
    named = {
        "Placement": ("word.section_short", "section"), "Absence": ("word.absence", "kind"),
        "Supervision": ("word.supervision", "status"), "Education": ("word.education", "kind"),
        "Talk": ("word.talk", "kind"), "Introduction": ("word.introduction", "kind"),
        "Certificate": ("word.certificate", "kind"),
    }  # fmt: skip
    if kind == "Assessment":
        return short_name(str(content.get("instrument_id", "")))
    if kind == "GoalMark":
        return str(content.get("goal_id", ""))
    if kind == "Training":
        return str(content.get("programme_id", ""))
    area, field = named.get(kind, ("", ""))
    key = f"{area}.{content.get(field)}"
    if area and has(key):
        return text(key)
    return next((str(content[name]) for name in _WORDS if content.get(name)), "")


def _until(content: dict[str, Any]) -> str:
    try:
        end = date.fromisoformat(str(content.get("end")))
    except ValueError:
        return ""
    return text("kollegium_live.until", day=short(end, date.min))


def since_words(since: str) -> Content:
    """Return what became of a record since the meeting."""
    mark, style = SINCE[since]
    return Content.assemble((mark, f"bold {style}"), " ", (text(f"kollegium.since.{since}"), style))
