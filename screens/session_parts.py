"""The small parts of the session form: letters, labels, and which topics are offered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, Static

from at_tui.language import text
from at_tui.session_records import SessionStart, placement_week
from schema.words import CancelReason, SupervisionStatus
from screens.dates import short, with_weekday
from screens.text import beside, fitted, safe

if TYPE_CHECKING:
    from schema.content.prompts import PromptSet

STATUS_LETTER = {
    "h": SupervisionStatus.HELD,
    "i": SupervisionStatus.CANCELLED,
    "p": SupervisionStatus.PLANNED,
}
_BESIDE = 13
"""Cells beside a day for its words."""
BEGINNING, ENDING = 2, 3
"""Weeks of a placement in which the topics of its start, and of its end, are offered."""


def topics_offered(start: SessionStart, prompts: PromptSet | None) -> list[tuple[str, str]]:
    """Return the topics offered: those of a placement's start and end only near them."""
    week, weeks = placement_week(start, start.entry.day) or (1, 1)
    chosen = start.entry.topics
    found = [
        (prompt.letter, prompt.label)
        for prompt in (prompts.prompts if prompts else ())
        if prompt.when == "always"
        or (prompt.when == "start" and week <= BEGINNING)
        or (prompt.when == "end" and week > weeks - ENDING)
        or prompt.letter in chosen
    ]
    # A letter from another set of topics stays chosen, and is shown as it is.
    known = {letter for letter, _ in found}
    return found + [(letter, letter) for letter in chosen if letter not in known]


def letters_of(status: SupervisionStatus) -> list[str]:
    """Return the letter of a status, as the choice of letters takes it."""
    return [letter for letter, found in STATUS_LETTER.items() if found is status]


def reason_of(letter: str) -> CancelReason | None:
    """Return the reason that a letter picks, or None."""
    for reason in CancelReason:
        if text(f"session.reason_letter.{reason}") == letter:
            return reason
    return None


def number_field(value: int | None, id: str) -> Input:
    """Return an input for minutes."""
    return Input("" if value is None else str(value), compact=True, id=id, classes="number")


def label(key: str) -> Static:
    """Return the name of a field, before it."""
    return Static(text(f"session.{key}"), classes="label", markup=False)


def heading(key: str, id: str) -> Static:
    """Return the heading of a part."""
    return Static(text(f"session.{key}"), classes="heading", id=id, markup=False)


def between() -> Static:
    """Return the words between the length and the form, in one widget: each costs its time."""
    words = beside(text("session.minutes"), text("session.form"), gap=3)
    return Static(words, classes="between", markup=False)


def day_words(day: date, on: date) -> str:
    """Return a day for the room beside its field; of another year the weekday has to go."""
    words = with_weekday(day, on)
    return words if len(words) <= _BESIDE else short(day, on)


def booked_words(day: date, on: date) -> str:
    """Return that a session is booked already, so that its day is never what is cut."""
    words = text("session.next_is", day=short(day, on))
    return words if len(words) <= _BESIDE else short(day, on)


def day_beside(words: str) -> Content:
    """Return a day in words, and the label of the length after it."""
    label = safe(text("session.length"), "$text-muted")
    return Content.assemble(fitted(safe(words, "$text-muted"), _BESIDE), " ", label)
