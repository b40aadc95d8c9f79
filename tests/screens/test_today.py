"""Idag: the first page, its rows, its keys."""

from __future__ import annotations

from datetime import date, timedelta

from schema.tables import Agreement, Assessment, Supervision
from schema.words import AgreementOwner, CancelReason, LockStatus, SupervisionStatus
from tests.screens.conftest import TODAY, Records

SIZES = [(80, 24), (120, 40)]


def _session(training_id: str, day: date, status: SupervisionStatus) -> Supervision:
    cancelled = status is SupervisionStatus.CANCELLED
    return Supervision(
        training_id=training_id,
        day=day,
        status=status,
        cancel_reason=CancelReason.WORKLOAD if cancelled else None,
    )


def fill(records: Records) -> None:
    """Write a believable autumn for both."""
    alva, nils = records.alva_training.id, records.nils_training.id
    held, cancelled = SupervisionStatus.HELD, SupervisionStatus.CANCELLED
    for weeks in range(1, 20):
        day = TODAY - timedelta(days=5) - timedelta(weeks=weeks - 1)
        records.add(_session(alva, day, cancelled if weeks == 7 else held))
    for weeks in (3, 4, 5, 6, 8, 9, 11, 12):
        records.add(_session(nils, TODAY - timedelta(weeks=weeks), held))
    records.add(_session(alva, date(2026, 11, 26), SupervisionStatus.PLANNED))
    records.add(
        Assessment(
            training_id=alva,
            instrument_id="mini-cex",
            instrument_version="1",
            day=date(2026, 11, 17),
            status=LockStatus.SIGNED,
        ),
        Assessment(
            training_id=nils,
            instrument_id="fredagsfeedback",
            instrument_version="1",
            day=date(2026, 11, 20),
        ),
        Agreement(
            training_id=alva,
            text="Boka två rektoskopier i min tidbok",
            owner=AgreementOwner.SUPERVISOR,
            agreed_on=date(2026, 11, 12),
            due=date(2026, 11, 19),
        ),
    )
