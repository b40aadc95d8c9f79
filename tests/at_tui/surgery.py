"""A vårdcentral with one AT-läkare in week 20 of 26: the records that session forms open on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data import opening
from data.node import NodeMemory
from data.store import Store
from schema.tables import Absence, Agreement, Person, Placement, Supervision, Trainee, Training
from schema.tables import Unit as Vardcentral
from schema.words import (
    AbsenceKind,
    AgreementOwner,
    CancelReason,
    SectionCode,
    SupervisionStatus,
)

TODAY = date(2026, 11, 26)
"""A Thursday."""
TRAINING_START = date(2025, 2, 10)
HERE_SINCE = date(2026, 7, 13)
"""A Monday: 26 November lies in the placement's 20th week."""
HERE_UNTIL = date(2027, 1, 10)
WEEK = timedelta(days=7)


@dataclass
class Surgery:
    """Ids of what `make_surgery` has written."""

    store: Store
    supervisor_id: str
    """Berit Handledarsson, at the keyboard."""
    trainee_id: str
    training_id: str
    placement_id: str
    planned_id: str
    """Today's planned session of an hour."""
    open_ids: list[str]
    """Two agreements from last week."""


def make_surgery(folder: Path, *, name: str = "Alva Testsson") -> Surgery:
    """Write the vårdcentral to a new unencrypted file in `folder`."""
    path = folder / "at.db"
    opening.create(path, passphrase=None)
    store = opening.open_store(path, None, memory=NodeMemory(folder / "state" / "nodes.json"))
    with store.work("test") as work:
        unit = work.save(Vardcentral(name="Vårdcentralen Granen", site="Exempelstad"))
        medicine = work.save(Vardcentral(name="Medicinkliniken", site="Exempelstad"))
        supervisor = work.save(
            Person(
                name="Berit Handledarsson",
                title="distriktsläkare",
                specialty="allmänmedicin",
                licensed=True,
                unit_id=unit.id,
                supervisor_course_on=date(2020, 3, 2),
            )
        )
        work.set_fact("owner_id", supervisor.id)
        trainee = work.save(Trainee(name=name, start_group="VT 2025"))
        training = work.save(
            Training(
                trainee_id=trainee.id,
                programme_id="vgr-primarvard",
                curriculum_id="at-sosfs-1999-5",
                curriculum_version="1",
                start=TRAINING_START,
                end=HERE_UNTIL,
                norm_months=23,
            )
        )
        earlier = (
            (SectionCode.INVARTES, date(2025, 2, 10), date(2025, 8, 9), 100, "medicin"),
            (SectionCode.OPERERANDE, date(2025, 8, 10), date(2026, 2, 9), 80, "kirurgi"),
            (SectionCode.PSYKIATRI, date(2026, 2, 10), date(2026, 6, 9), 100, "psykiatri"),
        )
        for section, start, end, percent, specialty in earlier:
            work.save(
                Placement(
                    training_id=training.id,
                    section=section,
                    unit_id=medicine.id,
                    specialty=specialty,
                    start=start,
                    end=end,
                    percent=percent,
                )
            )
        placement = work.save(
            Placement(
                training_id=training.id,
                section=SectionCode.ALLMANMEDICIN,
                unit_id=unit.id,
                start=HERE_SINCE,
                end=HERE_UNTIL,
                supervisor_id=supervisor.id,
            )
        )
        for kind, start, end in (
            (AbsenceKind.FORALDRALEDIG, date(2026, 6, 10), date(2026, 7, 12)),
            (AbsenceKind.SEMESTER, date(2026, 10, 26), date(2026, 11, 1)),
            (AbsenceKind.SJUK, date(2026, 11, 5), date(2026, 11, 6)),
        ):
            work.save(Absence(training_id=training.id, kind=kind, start=start, end=end))
        day = date(2026, 7, 16)
        last = None
        while day < TODAY:
            away = day == date(2026, 10, 29)
            ill = day == date(2026, 11, 5)
            last = (
                None
                if away
                else work.save(
                    Supervision(
                        training_id=training.id,
                        placement_id=placement.id,
                        supervisor_id=supervisor.id,
                        day=day,
                        status=SupervisionStatus.CANCELLED if ill else SupervisionStatus.HELD,
                        cancel_reason=CancelReason.TRAINEE_ILL if ill else None,
                        topics=["j", "k"] if not ill else [],
                        note="" if ill else "Gick igenom två journaler och en remiss.",
                    )
                )
            )
            day += WEEK
        assert last is not None
        texts = (
            ("Boka två rektoskopier i min tidbok", AgreementOwner.SUPERVISOR),
            ("Läsa på om försäkringsmedicinsk bedömning", AgreementOwner.TRAINEE),
        )
        open_ids = [
            work.save(
                Agreement(
                    training_id=training.id,
                    origin_id=last.id,
                    text=text,
                    owner=owner,
                    agreed_on=last.day,
                    due=TODAY,
                )
            ).id
            for text, owner in texts
        ]
        planned = work.save(
            Supervision(
                training_id=training.id,
                placement_id=placement.id,
                supervisor_id=supervisor.id,
                day=TODAY,
                minutes=60,
            )
        )
    return Surgery(
        store=store,
        supervisor_id=supervisor.id,
        trainee_id=trainee.id,
        training_id=training.id,
        placement_id=placement.id,
        planned_id=planned.id,
        open_ids=open_ids,
    )
