"""From the records to what stands on a final certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from at_tui.certifying_final import (
    final_flight_of,
    final_in_force,
    first_final_entry,
    last_placement,
    lengths_of,
)
from at_tui.documents.final_certificate import FinalCertificate, LengthLine, PlacementLine
from at_tui.documents.gather_certificate import in_force, months_in
from at_tui.documents.gather_certificate_parts import common_of, first_upper, issued_entry
from at_tui.documents.gathering import NOWHERE, Region, workplace
from at_tui.issuing import CertificateEntry
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import count_time
from schema.words import Kind

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.programme import ServedRules
    from schema.tables import Placement

_REMARKS = frozenset({"absence", "right"})
"""Amber checks that a reader of the certificate needs."""


def final_certificate_of(
    folder: Folder,
    *,
    on: date,
    entry: CertificateEntry | None = None,
    owner_id: str = "",
    curriculum: Curriculum | None = None,
    served: ServedRules | None = None,
    unsigned: Sequence[str] = (),
    region: Region = NOWHERE,
) -> FinalCertificate:
    """Return what stands on a training's final certificate; arguments as `certificate_of`.

    A certificate in force is printed as it was issued, on any later day.

    Raises:
        Fault: `certify.no_placement`.
    """
    last = last_placement(folder)
    issued = final_in_force(folder)
    if issued is not None:
        entry = issued_entry(folder, last.id, issued)
    elif entry is None:
        entry = first_final_entry(folder, owner_id=owner_id, on=on)
    flight = final_flight_of(folder, entry, curriculum=curriculum, served=served, unsigned=unsigned)
    facts = flight.facts
    lost = not_served(folder.absences, served)
    time = count_time(folder.placements, lost, not_counted={a.kind for a in lost}, through=entry.on)
    return FinalCertificate(
        **common_of(
            folder,
            flight,
            issued,
            placement=last,
            of=folder.training.id,
            supervisor_id=folder.training.main_supervisor_id,
            goals="all_goals",
            remarks=_REMARKS,
            curriculum=curriculum,
            on=on,
            region=region,
        ),
        start=folder.placements[0].start,
        end=last.end,
        months=None if facts.overlaps else time.total,
        asks_degree=facts.asks_degree,
        degree_on=facts.degree_on,
        asks_exam=facts.asks_exam,
        exam_passed_on=facts.exam_passed_on,
        placements=tuple(_placement(folder, one, served, entry.on) for one in folder.placements),
        lengths=tuple(
            LengthLine(one.name, one.needed, one.served)
            for one in lengths_of(folder, served, through=entry.on)
        ),
        is_bt=folder.training.kind != Kind.AT,
    )


def _placement(
    folder: Folder, one: Placement, served: ServedRules | None, on: date
) -> PlacementLine:
    issued = in_force(folder, one.id)
    return PlacementLine(
        section=first_upper(text(f"word.section_short.{one.section}")),
        workplace=workplace(folder, one),
        start=one.start,
        end=one.end,
        percent=one.percent,
        months=months_in(folder, one, served, through=on),
        certificate=issued.number if issued else "",
    )
