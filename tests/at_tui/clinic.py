"""A small clinic for the tests of forms, goals and certificates: two doctors, three colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from at_tui.completeness import Around
from at_tui.correcting import new_form
from at_tui.filled_form import FilledForm
from data import opening
from data.content.loading import one
from data.node import NodeMemory
from data.store import Store
from schema.content.curriculum import Curriculum
from schema.content.instrument import Instrument
from schema.tables import Person, Placement, Trainee, Training, Unit
from schema.words import SectionCode

TODAY = date(2026, 11, 26)


@dataclass
class Clinic:
    """Ids of what `make_clinic` has written."""

    store: Store
    trainee_id: str
    training_id: str
    psychiatry_id: str
    """A placement that ended 2026-08-31."""
    primary_care_id: str
    """The placement of today."""
    supervisor_id: str
    """Berit Handledarsson: specialist, head of the psychiatric unit, owner of the file."""
    examiner_id: str
    """Nils Exempel: specialist, not the supervisor."""
    colleague_id: str
    """Ture Testman: nothing is known of him."""


def make_clinic(folder: Path) -> Clinic:
    """Write the clinic to a new unencrypted file in `folder`."""
    path = folder / "at.db"
    opening.create(path, passphrase=None)
    store = opening.open_store(path, None, memory=NodeMemory(folder / "state" / "nodes.json"))
    with store.work("test") as work:
        supervisor = work.save(
            Person(
                name="Berit Handledarsson",
                title="överläkare",
                specialty="psykiatri",
                licensed=True,
                email="berit@example.se",
            )
        )
        examiner = work.save(
            Person(
                name="Nils Exempel",
                title="specialistläkare",
                specialty="allmänmedicin",
                licensed=True,
                phone="0240-123 45",
            )
        )
        colleague = work.save(Person(name="Ture Testman"))
        ward = work.save(Unit(name="Psykiatriska kliniken", site="Falun", head_id=supervisor.id))
        centre = work.save(Unit(name="Vårdcentral A", site="Ludvika", head_id=examiner.id))
        trainee = work.save(
            Trainee(
                name="Alva Testsson", personnummer="196408233234", email="alva.testsson@example.se"
            )
        )
        training = work.save(
            Training(
                trainee_id=trainee.id,
                start=date(2026, 1, 12),
                end=date(2027, 10, 11),
                norm_months=21,
                curriculum_id="at-sosfs-1999-5",
                curriculum_version="1",
                main_supervisor_id=supervisor.id,
            )
        )
        psychiatry = work.save(
            Placement(
                training_id=training.id,
                section=SectionCode.PSYKIATRI,
                unit_id=ward.id,
                start=date(2026, 6, 1),
                end=date(2026, 8, 31),
                supervisor_id=supervisor.id,
            )
        )
        primary_care = work.save(
            Placement(
                training_id=training.id,
                section=SectionCode.ALLMANMEDICIN,
                unit_id=centre.id,
                start=date(2026, 9, 1),
                end=date(2027, 2, 28),
                supervisor_id=supervisor.id,
            )
        )
        work.set_fact("owner_id", supervisor.id)
    return Clinic(
        store=store,
        trainee_id=trainee.id,
        training_id=training.id,
        psychiatry_id=psychiatry.id,
        primary_care_id=primary_care.id,
        supervisor_id=supervisor.id,
        examiner_id=examiner.id,
        colleague_id=colleague.id,
    )


def instrument(id: str) -> Instrument:
    return cast(Instrument, one("instrument", id))


def curriculum() -> Curriculum:
    return cast(Curriculum, one("curriculum", "at-sosfs-1999-5"))


def around(**changes: object) -> Around:
    """What the records know when all is as it should be."""
    values: dict[str, object] = {
        "on": TODAY,
        "training_start": date(2026, 1, 12),
        "trainee_name": "Alva Testsson",
        "trainee_personnummer": "196408233234",
        "trainee_email": "alva.testsson@example.se",
        "assessor_name": "Nils Exempel",
        "assessor_contact": "0240-123 45",
        "assessor_specialty": "allmänmedicin",
        "assessor_licensed": True,
        "assessor_is_supervisor": False,
    }
    return Around(**{**values, **changes})  # type: ignore[arg-type]


def mini_cex(training_id: str = "t", **changes: object) -> FilledForm:
    """A mini-CEX with all that signing needs."""
    form = new_form(instrument("mini-cex"), training_id, None, TODAY)
    form.context = {"patientmote": "bröstsmärta, akutmottagning", "svarighet": "medel"}
    form.answers = {
        "behalla": "Sammanfattade för patienten innan undersökningen.",
        "andra": "Fråga om läkemedel tidigare.",
        "anamnes": 4,
        "status": 3,
    }
    for name, value in changes.items():
        setattr(form, name, value)
    return form


def exam(training_id: str = "t") -> FilledForm:
    """An exam medsittning in which nothing is missing."""
    mall = instrument("medsittning-examination")
    form = new_form(mall, training_id, None, TODAY)
    form.context = {
        "amne": "allmanmedicin",
        "manader": 2.5,
        "plats": "Vårdcentral A",
        "patientmote": "yrsel, mottagning",
    }
    form.answers = {
        "behalla": "Lät patienten tala till punkt.",
        "andra": "Sammanfatta planen innan ni skiljs.",
        **{item.id: 1 for item in mall.sections[1].items},
        "slutbetyg": "godkand",
        **{item.id: "ja" for item in mall.sections[3].items},
    }
    return form
