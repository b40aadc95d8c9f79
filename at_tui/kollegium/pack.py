"""The pack: which doctors are in it, in which order, and what it was built from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.kollegium.masking import Mask, too_few
from at_tui.kollegium.picture import Picture, picture_of
from at_tui.kollegium.triage import GROUPS
from schema.text import sort_key
from schema.words import Outcome

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.kollegium_shelf import Shelf

Progress = Callable[[int, int], None]
"""Told how many are done, of how many; stops the work by raising `Cancelled`."""


class Cancelled(Exception):
    """Raised by a progress callback to stop a long piece of work; nothing has been written."""


class Scope(StrEnum):
    """Whom a pack is about. Screen words: `kollegium.scope.<value>`."""

    ALL = "all"
    UNIT = "unit"
    DISCUSS = "discuss"
    """Only those who are to be discussed: all but those on track."""
    MEETING = "meeting"
    """Those whom a meeting has settled to take up, also who has left since."""


@dataclass(frozen=True, slots=True)
class PackOptions:
    """What a pack shall hold."""

    scope: Scope = Scope.ALL
    unit_ids: frozenset[str] = frozenset()
    """With `Scope.UNIT`: those placed there today."""
    masked: bool = False
    """For a training occasion: nobody can be looked up in it."""
    with_plans: bool = False
    """Whether it may say who has a stödplan. Never with `masked`."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of the triage, as it is printed."""

    label: str
    group: Outcome


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that stands in a pack."""

    number: str
    title: str
    day: date
    """The meeting's, else the day it is printed."""
    evidence_on: date
    issued_on: date
    region: str
    author: str
    history: str
    options: PackOptions
    units: tuple[str, ...]
    """Names of the units it is narrowed to."""
    pictures: tuple[Picture, ...]
    """Those to talk about first, then by name."""
    cohort: int
    """How many were in service; those of them who are not in the pack were left out by the
    options."""
    counts: tuple[tuple[Outcome, int], ...]
    """How many of those in the pack are in each group."""
    rules_title: str
    rules_version: str
    rules: tuple[RuleLine, ...]
    programmes: tuple[str, ...]
    unjudged: int
    """How many could not be judged, because their programme is not known here."""
    records: int
    left_out: int = 0
    """How many a masked pack leaves out, because their kind of training would tell who they are."""


def make_pack(
    cases: Sequence[Case],
    shelf: Shelf,
    *,
    options: PackOptions,
    title: str,
    number: str,
    day: date,
    issued_on: date,
    region: str = "",
    author: str = "",
    salt: str = "",
    progress: Progress | None = None,
) -> Pack:
    """Return a pack of those whom the options let in.

    Args:
        cases: Everyone in service, or the order of a meeting.
        number: The document's number.
        salt: See `Mask`.

    Raises:
        Cancelled: when `progress` raises it.
    """
    with_plans = options.with_plans and not options.masked
    kinds = [case.binder.training.kind for case in cases]
    telling = too_few(kinds) if options.masked else frozenset()
    found: list[Picture] = []
    for done, case in enumerate(cases):
        if progress is not None:
            progress(done, len(cases))
        if options.scope is Scope.UNIT and not _placed_at(case, options.unit_ids):
            continue
        picture = picture_of(case, with_plan=with_plans)
        if options.scope is Scope.DISCUSS and picture.triage.group is Outcome.ON_TRACK:
            continue
        found.append(picture)
    left_out = sum(p.kind in telling for p in found)
    found = [p for p in found if p.kind not in telling]
    records, unjudged = sum(p.records for p in found), sum(not p.judged for p in found)
    programmes = sorted({p.programme for p in found}, key=sort_key)
    if options.masked:
        mask = Mask(shelf, salt)
        found = [mask.picture(picture) for picture in found]
        programmes = []
    found.sort(key=lambda p: (GROUPS.index(p.triage.group), _number_or_name(p)))
    rules = cases[0].sources.rules if cases else None
    return Pack(
        number=number,
        title=title,
        day=day,
        evidence_on=shelf.on,
        issued_on=issued_on,
        region="" if options.masked else region,
        author="" if options.masked else author,
        history=shelf.history,
        options=options,
        units=()
        if options.masked
        else tuple(sorted((shelf.unit(id) for id in options.unit_ids), key=sort_key)),
        pictures=tuple(found),
        cohort=len(cases),
        counts=tuple((g, sum(p.triage.group is g for p in found)) for g in GROUPS),
        rules_title=rules.title if rules else "",
        rules_version=f"{rules.id} {rules.version}" if rules else "",
        rules=tuple(RuleLine(r.label, Outcome(r.group)) for r in rules.rules if r.active)
        if rules
        else (),
        programmes=tuple(programmes),
        unjudged=unjudged,
        records=records,
        left_out=left_out,
    )


def _placed_at(case: Case, unit_ids: frozenset[str]) -> bool:
    return case.placement is not None and case.placement.unit_id in unit_ids


def _number_or_name(picture: Picture) -> tuple[int, str]:
    """Return what a pack is sorted by: masked ones by their number, which is no order of names."""
    number = int(picture.training_id.partition("-")[2]) if picture.masked else 0
    return number, sort_key(picture.name)
