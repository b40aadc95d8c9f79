"""A record's life on one page: who did what and when, with what stood there before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui.language import has, say, text
from at_tui.life import Change, Life, Step, life
from schema.fault import Fault
from screens.dates import clock, full
from screens.text import safe, safe_note
from screens.widgets.page import Page

_LONG = 60
"""Letters from which a value stands on lines of its own."""
_STYLES = {
    "signed": "$success", "signature": "$success", "corrected": "$warning",
    "voided": "$warning", "removed": "$warning", "erased": "$warning",
}  # fmt: skip


class LifePage(Page[None]):
    """The life of one record, latest first, and after it that of the one it corrects.

    Args:
        record_id: Which record.
    """

    AREA = "life"
    DEFAULT_CSS = """
    LifePage VerticalScroll { padding: 0 2; }
    LifePage Static { height: auto; }
    """

    def __init__(self, record_id: str) -> None:
        super().__init__()
        self._record_id = record_id

    def body(self) -> ComposeResult:
        """Lay out one text that scrolls."""
        with VerticalScroll():
            yield Static(id="life", markup=False)

    def on_mount(self) -> None:
        """Read the history."""
        self.set_title(text("life.title"))
        self.query_one(VerticalScroll).focus()
        try:
            with self.store.read() as work:
                found = life(work, self._record_id)
        except Fault as fault:
            self.query_one("#life", Static).update(safe_note(say(fault), "$error"))
            return
        self.set_title(text("life.title_of", kind=_kind(found)), _count(found))
        lines = list(_lines(found))
        self.query_one("#life", Static).update(Content("\n").join(lines))


def _kind(found: Life) -> str:
    key = f"life.kind.{found.kind}"
    return text(key) if has(key) else found.kind


def _count(found: Life) -> str:
    steps = len(found.steps)
    return text("life.one" if steps == 1 else "life.count", count=steps)


def _lines(found: Life) -> Iterator[Content]:
    for step in found.steps:
        yield from _step(step)
        yield Content("")
    if found.before is not None:
        yield safe(text("life.before"), "bold $accent")
        yield Content("")
        yield from _lines(found.before)


def _step(step: Step) -> Iterator[Content]:
    at = step.at.astimezone()
    words = text(f"life.act.{step.act}", meaning=step.words)
    yield Content.assemble(
        safe(f"{full(at.date())} {clock(at)}", "bold"),
        "  ",
        safe(step.author),
        "  ",
        safe(words, _STYLES.get(step.act, "$text-muted")),
    )
    for change in step.changes:
        yield from _change(change, new=step.act == "added")


def _change(change: Change, *, new: bool) -> Iterator[Content]:
    label = change.label[:1].upper() + change.label[1:]
    before, after = words_of(change.before), words_of(change.after)
    if len(before) + len(after) <= _LONG and "\n" not in before + after:
        old = "" if new else Content.assemble(safe(before, "$text-muted"), " → ")
        yield Content.assemble("  ", safe(label, "$text-muted"), "  ", old, safe(after))
        return
    yield Content.assemble("  ", safe(label, "$text-muted"))
    if not new:
        yield Content.assemble("    ", (text("life.was") + " ", "$text-muted"), _note(before))
        yield Content.assemble("    ", (text("life.is") + " ", "$text-muted"), _note(after))
    else:
        yield Content.assemble("    ", _note(after))


def _note(words: str) -> Content:
    return safe_note(words.replace("\n", "\n    "))


def words_of(value: Any) -> str:
    """Return a value as one reads it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return text("app.yes" if value else "app.no").lower()
    if isinstance(value, list):
        return "; ".join(words_of(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {words_of(one)}" for name, one in value.items())
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return full(date.fromisoformat(value))
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        local = datetime.fromisoformat(value).astimezone()
        return f"{full(local.date())} {clock(local)}"
    return str(value)
