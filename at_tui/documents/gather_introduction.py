"""From an introduction's record to its letter and its check-list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.gathering import (
    NOWHERE,
    Region,
    imprint,
    number_of,
    placement_words,
    workplace,
)
from at_tui.documents.introduction import IntroductionList
from at_tui.documents.letter import IntroductionLetter
from at_tui.introductions.lists import points_of
from at_tui.introductions.records import supervisor_words
from at_tui.judge.phrases import day as day_words
from at_tui.language import text

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.introduction import IntroductionGuide
    from schema.tables import Introduction, Placement


def letter_of(
    folder: Folder,
    placement: Placement,
    record: Introduction,
    guide: IntroductionGuide,
    *,
    on: date,
    region: Region = NOWHERE,
) -> IntroductionLetter:
    """Return the letter about a placement as it is printed."""
    unit = folder.units.get(placement.unit_id or "")
    head = folder.people.get(unit.head_id or "") if unit else None
    sender = folder.name_of(placement.supervisor_id) or (head.name if head else "")
    return IntroductionLetter(
        imprint=imprint(
            folder, placement, number=number_of(record.id), author=sender,
            issued_on=record.letter_on or on, evidence_on=on, region=region,
        ),
        name=folder.trainee.name,
        unit=workplace(folder, placement) or text(f"word.section.{placement.section}"),
        section=text(f"word.section.{placement.section}"),
        dates=text(
            "introductions_print.dates",
            start=day_words(placement.start), end=day_words(placement.end),
        ),
        percent=placement.percent,
        supervisor=supervisor_words(folder, placement),
        head=", ".join(filter(None, (head.name, head.title))) if head else "",
        phone=unit.phone if unit else "",
        parts=tuple((part.label, str(record.letter.get(part.id, ""))) for part in guide.letter),
        sender=sender or (unit.name if unit else ""),
    )  # fmt: skip


def list_of(
    folder: Folder,
    record: Introduction,
    guide: IntroductionGuide | None,
    *,
    on: date,
    region: Region = NOWHERE,
) -> IntroductionList:
    """Return a check-list as it is printed."""
    placement = next((p for p in folder.placements if p.id == record.placement_id), None)
    points, others = points_of(guide, record.points)
    sections: dict[str, list[tuple[str, bool]]] = {}
    for point in points:
        sections.setdefault(point.section, []).append((point.label, point.id in record.points))
    if others:
        sections[text("introductions.others")] = [(id, True) for id in others]
    kind = text(f"word.introduction.{record.kind}")
    return IntroductionList(
        imprint=imprint(
            folder, placement, number=number_of(record.id), author=folder.trainee.name,
            issued_on=on, evidence_on=on, region=region,
        ),
        title=guide.title if guide else kind,
        name=folder.trainee.name,
        kind=str(folder.training.kind),
        placement=placement_words(folder, placement),
        held_on=record.held_on,
        sections=tuple((title, tuple(some)) for title, some in sections.items()),
        wording=guide.wording if guide else "",
    )  # fmt: skip
