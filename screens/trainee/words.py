"""Words and signs that several tabs use."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.kind_words import of_kind
from at_tui.language import text
from schema.words import LockStatus, Meaning
from screens.dates import short
from screens.widgets.status import Status, status

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.overview import Supervised
    from schema.tables import Assessment
    from screens.trainee.reading import TraineeFile

_LOCK = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.CORRECTED: Status.CORRECTED,
    LockStatus.VOIDED: Status.VOIDED,
}


def lock_status(form: Assessment, file: TraineeFile) -> Content:
    """Return where a form stands, in sign and words, with what still is lacking."""
    found = LockStatus(form.status)
    if found is LockStatus.DRAFT and form.instrument_id in file.unsigned:
        return status(Status.SIGNED, text("trainee.form.saved"))
    if found is LockStatus.DRAFT:
        return status(Status.DRAFT, text("trainee.form.unsigned"))
    if found is LockStatus.SIGNED and form.instrument_id in file.confirmed:
        meanings = {s.meaning for s in file.folder.signatures_of(form.id)}
        if Meaning.TAKES_PART not in meanings:
            return status(
                Status.SIGNED, of_kind(text("trainee.form.unconfirmed"), file.folder.training.kind)
            )
        return status(Status.SIGNED, text("trainee.form.both"))
    return status(_LOCK[found])


def months(value: Fraction, *, up: bool = False) -> str:
    """Return months with one decimal, rounded down: never more than was served.

    With `up` rounded up: what is missing is never said to be nothing.
    """
    whole, tenth = divmod(ceil(value * 10) if up else floor(value * 10), 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def hours(minutes: int) -> str:
    """Return minutes as `17 h`, `1 h 30 min` or `45 min`."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] if whole else []
    if rest or not whole:
        parts.append(f"{rest} min")
    return " ".join(parts)


def period(start: date, end: date, on: date) -> str:
    """Return e.g. `10 feb – 9 aug 2025`, years only where they are needed."""
    if start == end:
        return short(start, on)
    first = short(start) if start.year == end.year else short(start, date.min)
    last = short(end, on if start.year == end.year else date.min)
    return f"{first} – {last}"


def supervised_words(found: Supervised, *, placed: bool) -> str:
    """Return what the sessions come to; with the weeks of the placement when there is one."""
    cancelled = (
        ""
        if not found.cancelled
        else (
            text("trainee.cancelled_one")
            if found.cancelled == 1
            else text("trainee.cancelled", count=found.cancelled)
        )
    )
    held = text("trainee.held", count=found.held, time=hours(found.minutes))
    weeks = text("trainee.weeks_met", met=found.weeks_met, weeks=found.weeks) if placed else ""
    return " · ".join(filter(None, (weeks, held, cancelled)))
