"""What was tried out is saved as a whole, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.judged import records_of
from at_tui.programmes import programme
from at_tui.proposal import Proposal, changes, save
from at_tui.what_if import Leave, WhatIf, what_if
from schema.fault import Fault
from schema.tables import Absence, Certificate, Placement
from schema.words import CertificateKind, LockStatus
from tests.at_tui.surgery import TODAY, Surgery

PROPOSAL = Proposal(leave=(Leave("foraldraledig", date(2026, 12, 1), date(2026, 12, 31)),))


def tried(surgery: Surgery) -> tuple[object, WhatIf]:
    with surgery.store.read() as work:
        records = records_of(work, surgery.training_id)
    found = what_if(records, programme("vgr-primarvard"), TODAY, leave=PROPOSAL.leave)
    return records, found


def test_only_the_placements_that_change_are_told(surgery: Surgery) -> None:
    records, found = tried(surgery)
    (change,) = changes(records, found)  # type: ignore[arg-type]
    assert change.before.id == surgery.placement_id
    assert [piece.end for piece in change.after] == [date(2027, 2, 10)]


def test_a_placement_with_its_certificate_is_not_moved_and_nothing_is_saved(
    surgery: Surgery,
) -> None:
    with surgery.store.work("test") as work:
        work.save(
            Certificate(
                training_id=surgery.training_id,
                placement_id=surgery.placement_id,
                kind=CertificateKind.PLACEMENT,
                issued_on=date(2026, 11, 20),
                status=LockStatus.SIGNED,
            )
        )
    records, found = tried(surgery)
    with pytest.raises(Fault) as raised, surgery.store.work("test") as work:
        save(work, records, PROPOSAL, found)  # type: ignore[arg-type]
    assert raised.value.code == "what_if.certified"
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 3


def test_a_placement_that_was_changed_meanwhile_is_not_overwritten(surgery: Surgery) -> None:
    records, found = tried(surgery)
    with surgery.store.work("test") as work:
        placement = work.need(Placement, surgery.placement_id)
        placement.end = date(2027, 1, 3)
        work.save(placement)
    with pytest.raises(Fault) as raised, surgery.store.work("test") as work:
        save(work, records, PROPOSAL, found)  # type: ignore[arg-type]
    assert raised.value.code == "store.stale"
    with surgery.store.read() as work:
        assert work.need(Placement, surgery.placement_id).end == date(2027, 1, 3)
        assert len(work.all(Absence)) == 3
