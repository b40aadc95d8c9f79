"""What a new form begins with."""

from __future__ import annotations

from datetime import date

from at_tui.correcting import save_draft
from at_tui.form_start import form_before, start_form
from data import find
from data.find import Folder
from tests.at_tui.clinic import TODAY, Clinic, instrument

DALARNA = instrument("dalarna-aterkoppling")


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def test_the_person_at_the_keyboard_assesses_at_the_placement_of_the_day(clinic: Clinic) -> None:
    form = start_form(
        instrument("mini-cex"), folder_of(clinic), on=TODAY, author=clinic.supervisor_id
    )
    assert form.assessor_id == clinic.supervisor_id
    assert form.placement_id == clinic.primary_care_id
    assert form.answers == {}


def test_an_exam_form_does_not_begin_with_the_supervisor_as_examiner(clinic: Clinic) -> None:
    mall = instrument("medsittning-examination")
    form = start_form(mall, folder_of(clinic), on=TODAY, author=clinic.supervisor_id)
    assert form.assessor_id is None
    assert form.context == {"amne": "allmanmedicin", "plats": "Vårdcentral A"}
    form = start_form(mall, folder_of(clinic), on=TODAY, author=clinic.examiner_id)
    assert form.assessor_id == clinic.examiner_id


def test_a_command_is_no_assessor(clinic: Clinic) -> None:
    form = start_form(instrument("mini-cex"), folder_of(clinic), on=TODAY, author="import")
    assert form.assessor_id is None


def test_a_period_begins_after_the_form_before_within_the_placement(clinic: Clinic) -> None:
    first = start_form(DALARNA, folder_of(clinic), on=date(2026, 10, 9))
    assert first.context == {"period-fran": "2026-09-01", "period-till": "2026-10-09"}
    with clinic.store.work("test") as work:
        save_draft(work, first)
    second = start_form(DALARNA, folder_of(clinic), on=TODAY)
    assert second.context == {"period-fran": "2026-10-10", "period-till": "2026-11-26"}
    before = form_before(DALARNA, folder_of(clinic).assessments, second)
    assert before is not None
    assert before.id == first.id


def test_outside_every_placement_only_the_day_is_known(clinic: Clinic) -> None:
    form = start_form(DALARNA, folder_of(clinic), on=date(2026, 3, 1))
    assert (form.placement_id, form.context) == (None, {"period-till": "2026-03-01"})
