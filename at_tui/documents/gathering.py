"""What the gatherers of all documents share: numbers, places, signatures, words for goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.page import Imprint
from at_tui.documents.parts import SignatureLine
from at_tui.language import text

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.tables import Placement


@dataclass(frozen=True, slots=True)
class Region:
    """What stands in the head of a document when the unit does not say."""

    name: str = ""
    history: str = ""
    """Hash of the change history's head that the document rests on."""


NOWHERE = Region()


def number_of(record_id: str) -> str:
    """Return the document number of a record: the same on every laptop, e.g. `3F9A-11C2`."""
    tail = record_id.replace("-", "")[-8:].upper()
    return f"{tail[:4]}-{tail[4:]}"


def goal_words(goal_id: str, curriculum: Curriculum | None) -> str:
    """Return a goal as it is referred to in print: its place and its short text."""
    goal = curriculum.goal(goal_id) if curriculum else None
    if goal is not None:
        return f"{goal.reference}: {goal.text}"
    gone = curriculum.retired_goal(goal_id) if curriculum else None
    return gone.text if gone else goal_id


def imprint(
    folder: Folder,
    placement: Placement | None,
    *,
    number: str,
    author: str,
    issued_on: date,
    evidence_on: date,
    region: Region,
) -> Imprint:
    """Return head, foot and metadata of a document about a placement, or about none."""
    unit = folder.units.get(placement.unit_id or "") if placement else None
    return Imprint(
        number=number,
        region=(unit.region if unit else "") or region.name,
        unit=workplace(folder, placement) if placement else "",
        author=author,
        issued_on=issued_on,
        evidence_on=evidence_on,
        history=region.history,
    )


def workplace(folder: Folder, placement: Placement) -> str:
    """Return the unit and its town, e.g. "Vårdcentralen Granen, Exempelstad"."""
    unit = folder.units.get(placement.unit_id or "")
    if unit is None:
        return ""
    return f"{unit.name}, {unit.site}" if unit.site else unit.name


def placement_words(folder: Folder, placement: Placement | None) -> str:
    """Return the workplace and its section on a line; empty for no placement."""
    if placement is None:
        return ""
    section = text(f"word.section.{placement.section}")
    where = workplace(folder, placement)
    return f"{where} · {section}" if where else section


def signatures(folder: Folder, record_id: str) -> tuple[SignatureLine, ...]:
    """Return the signatures on a record as they are printed, oldest first."""
    return tuple(
        SignatureLine(
            name=s.signer_name,
            title=s.signer_title,
            meaning=text(f"word.meaning.{s.meaning}"),
            at=s.at,
            version=s.version_id,
            delegated_by=s.delegated_by,
        )
        for s in folder.signatures_of(record_id)
    )
