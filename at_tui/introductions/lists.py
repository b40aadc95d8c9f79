"""Which introductions a training has: the shared one, one at each placement, the emergency ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from schema.words import IntroductionKind, SectionCode

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.introduction import IntroductionGuide, Point
    from schema.tables import Introduction, Placement

AHEAD = timedelta(days=120)
"""How long before a placement its letter and its list are offered."""
_EMERGENCY = (SectionCode.INVARTES, SectionCode.OPERERANDE, SectionCode.AKUT)
"""Sections whose placements usually take part in an emergency department."""


@dataclass(frozen=True, slots=True)
class Line:
    """One introduction: the record, or the one that is to be made."""

    key: str
    kind: IntroductionKind
    placement: Placement | None
    record: Introduction | None
    done: int
    of: int

    @property
    def held_on(self) -> date | None:
        """The day it was held."""
        return self.record.held_on if self.record else None

    @property
    def letter_on(self) -> date | None:
        """The day the letter was sent."""
        return self.record.letter_on if self.record else None


def guide_for(kind: str) -> IntroductionGuide | None:
    """Return the check-list in use for a kind of introduction; None when no file has it."""
    from data import content

    found = cast("dict[str, IntroductionGuide]", content.load("introduction"))
    return next((g for _, g in sorted(found.items()) if g.introduction == kind), None)


def points_of(
    guide: IntroductionGuide | None, done: Sequence[str]
) -> tuple[list[Point], list[str]]:
    """Return the points of a list, and those done that the list does not know any more."""
    points = list(guide.points) if guide else []
    known = {point.id for point in points}
    return points, [id for id in done if id not in known]


def lines(folder: Folder, on: date) -> list[Line]:
    """Return the introductions of a training in the order of its days, those to come included."""
    found = [_line(folder, IntroductionKind.GEMENSAM, None)]
    for stay in folder.placements:
        if stay.start > on + AHEAD:
            continue
        found.append(_line(folder, IntroductionKind.KLINIK, stay))
        emergency = _line(folder, IntroductionKind.AKUTMOTTAGNING, stay)
        if emergency.record is not None or stay.section in _EMERGENCY:
            found.append(emergency)
    # Records that name no placement, beside the shared one.
    used = {line.record.id for line in found if line.record}
    for record in folder.introductions:
        if record.id not in used:
            kind = IntroductionKind(record.kind)
            found.append(_of_record(kind, None, record))
    return found


def _line(folder: Folder, kind: IntroductionKind, stay: Placement | None) -> Line:
    record = next(
        (
            i
            for i in folder.introductions
            if i.kind == kind and (stay is None or i.placement_id == stay.id)
        ),
        None,
    )
    return _of_record(kind, stay, record)


def _of_record(kind: IntroductionKind, stay: Placement | None, record: Introduction | None) -> Line:
    done = record.points if record else []
    points, others = points_of(guide_for(kind), done)
    key = record.id if record else f"{kind}:{stay.id if stay else ''}"
    return Line(key, kind, stay, record, len(done), len(points) + len(others))
