"""Who can sit the exam on one of its days: everyone in groups, with what stops each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.exam.window import Chance, Standing, Stop, Window
from at_tui.judge import phrases
from at_tui.language import text
from at_tui.printing import file_name, write_document
from at_tui.register.csv_list import csv_bytes

if TYPE_CHECKING:
    from at_tui.exam.dates import Occasion
    from at_tui.exam.reading import Row


class Group(StrEnum):
    """Headings of the overview, in order. Screen words: `exam.overview.<value>`."""

    CAN = "can"
    MEND = "mend"
    REGISTERED = "registered"
    NOT_YET = "not_yet"
    WAITING = "waiting"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One trainee against a day of the exam."""

    row: Row
    group: Group
    stops: tuple[Stop, ...]


def open_days(known: Sequence[Occasion], on: date) -> list[Occasion]:
    """Return the coming days that one can still register for, else those that are to come."""
    ahead = [one for one in known if one.day >= on]
    return [one for one in ahead if not one.is_closed(on)] or ahead


def grouped(rows: Sequence[Row], day: date | None) -> dict[Group, list[Candidate]]:
    """Return everyone by group for a day of the exam; without one, as it stands today."""
    found: dict[Group, list[Candidate]] = {group: [] for group in Group}
    for row in rows:
        group, stops = _placed(row.window, day)
        found[group].append(Candidate(row, group, stops))
    return found


def _placed(found: Window, day: date | None) -> tuple[Group, tuple[Stop, ...]]:
    if found.standing is Standing.PASSED:
        return Group.PASSED, ()
    if found.standing is Standing.WAITING:
        return Group.WAITING, found.stops
    if found.standing is Standing.REGISTERED:
        return Group.REGISTERED, found.stops
    chance = _chance(found, day)
    if chance is None:
        stops = tuple(stop for stop in found.stops if stop.kind != "date")
        hard = any(stop.hard for stop in stops)
        return (Group.NOT_YET if hard else Group.MEND if stops else Group.CAN), stops
    if chance.ready:
        return Group.CAN, ()
    return (Group.MEND if chance.open else Group.NOT_YET), chance.stops


def _chance(found: Window, day: date | None) -> Chance | None:
    return next((c for c in found.chances if c.occasion.day == day), None)


CSV = ("name", "standing", "served", "eligible", "sit_ins", "stops")


def groups_csv(found: dict[Group, list[Candidate]]) -> bytes:
    """Return the overview as CSV."""
    rows = []
    for group, members in found.items():
        for one in members:
            window = one.row.window
            complete = sum(form.state == "complete" for form in window.sit_ins)
            rows.append(
                [
                    one.row.name,
                    text(f"exam.overview.{group}").capitalize(),
                    phrases.number(window.served),
                    window.eligible_on,
                    complete,
                    " ".join(stop.sentence for stop in one.stops),
                ]
            )
    return csv_bytes([text(f"exam.csv.{name}") for name in CSV], rows)


def write_groups(found: dict[Group, list[Candidate]], folder: Path, on: date) -> Path:
    """Write the overview and return where it lies.

    Raises:
        Fault: `print.not_written`.
    """
    name = file_name(text("exam.overview.file"), on.isoformat(), ending="csv")
    return write_document(folder, name, groups_csv(found))
