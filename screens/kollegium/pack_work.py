"""Make the pack of what the dialog asks for: slow, told as it goes, and stopped at any point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.kollegium.minutes import region_of
from at_tui.kollegium.pack import Cancelled, PackOptions, make_pack
from at_tui.kollegium.whole import Cohort, judged, uncollected
from at_tui.language import text
from at_tui.printing import file_name, write_document

if TYPE_CHECKING:
    from at_tui.kollegium.pack import Pack
    from data.store import Store

Told = Callable[[str, int, int], None]
"""Told which step it is (`judging`, `gathering`, `drawing`, `writing`), how many are done, of how
many; raises `Cancelled` to stop."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed, and where."""

    options: PackOptions
    folder: Path
    name: str
    """Of the file, with its ending."""
    issued_on: date | None = None
    """The day it is printed; None: the day that the cohort is seen on."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Where it lies, and how many are in it; no path when nobody was."""

    path: Path | None
    doctors: int


def usual_name(cohort: Cohort, options: PackOptions) -> str:
    """Return what the file is called unless one calls it something else."""
    meeting = cohort.next_meeting
    parts = [text("kollegium.file.pack")]
    if options.masked:
        parts.append(text("kollegium.pack.masked"))
    parts += sorted(cohort.shelf.unit(id) for id in options.unit_ids)
    return file_name(*parts, (meeting.day if meeting else cohort.on).isoformat())


def of_meeting(store: Store, cohort: Cohort, told: Told) -> Cohort:
    """Return those whom the next meeting has settled to take up, in place of all in service: the
    records are those of the day on which it was settled.

    Raises:
        Cancelled: when `told` does.
        Fault: `store.*`.
    """
    from at_tui.kollegium.holding import prepare

    room = prepare(
        store, cohort.meeting_id, cohort.on, lambda done, count: told("judging", done, count)
    )
    return replace(cohort, shelf=room.shelf, cases=list(room.cases.values()), judged=True)


def print_pack(cohort: Cohort, wish: Wish, told: Told) -> Printed:
    """Make the pack and write it, whole or not at all.

    Raises:
        Cancelled: when `told` does; nothing has been written.
        Fault: `print.not_written`.
    """
    from at_tui.documents.kollegium_pack import kollegium_pack_pdf  # reportlab: 0.2 s

    if not cohort.judged:
        cohort = judged(cohort, lambda done, count: told("judging", done, count))
    with uncollected():
        made = _made(cohort, wish, told)
    if not made.pictures:
        return Printed(None, 0)
    count = len(made.pictures)
    content = kollegium_pack_pdf(made, lambda done, _: told("drawing", done, count))
    told("writing", count, count)
    return Printed(write_document(wish.folder, wish.name, content), count)


def _made(cohort: Cohort, wish: Wish, told: Told) -> Pack:
    from at_tui.documents.gather import number_of

    meeting, on = cohort.next_meeting, cohort.on
    return make_pack(
        cohort.cases,
        cohort.shelf,
        options=wish.options,
        title=text("kollegium.pack.title"),
        number=number_of(meeting.id) if meeting else f"K-{on}",
        day=meeting.day if meeting else on,
        issued_on=wish.issued_on or on,
        region=region_of(cohort.shelf),
        author=cohort.author,
        salt=meeting.id if meeting else on.isoformat(),
        progress=lambda done, count: told("gathering", done, count),
    )


__all__ = ["Cancelled", "Printed", "Wish", "of_meeting", "print_pack", "usual_name"]
