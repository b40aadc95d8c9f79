"""Documents made from records: what is gathered, and that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from at_tui.around import around_of
from at_tui.certifying import first_entry, issue, placement_of, preflight_of
from at_tui.correcting import confirm, correction_of, new_form, save_draft, sign_form, void
from at_tui.documents.assessment import Mark, assessment_pdf
from at_tui.documents.certificate import certificate_pdf
from at_tui.documents.gather import (
    Region,
    assessment_of,
    certificate_of,
    goal_words,
    in_force,
    log_of,
    number_of,
    topic_words,
)
from at_tui.documents.supervision_log import month_sums, supervision_log_pdf
from at_tui.filled_form import FilledForm
from at_tui.goal_map import goal_map, mark_goals, withdraw
from at_tui.signer import Signer
from data import content, find
from data.find import Folder
from data.store import Store
from schema.fault import Fault
from schema.tables import Absence, Assessment, Placement
from schema.words import AbsenceKind, LockStatus, SectionCode, SupervisionStatus
from tests.at_tui.clinic import TODAY, Clinic, curriculum, instrument
from tests.at_tui.surgery import TODAY as THURSDAY
from tests.at_tui.surgery import Surgery, make_surgery

CURRICULUM = curriculum()
ISSUED = date(2026, 9, 2)


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    made = make_surgery(tmp_path)
    yield made
    made.store.close()


def folder_of(store: Store, training_id: str) -> Folder:
    with store.read() as work:
        return find.folder(work, training_id)


def certified(clinic: Clinic) -> Folder:
    """Issue the certificate of the psychiatric placement on 2 September."""
    folder = folder_of(clinic.store, clinic.training_id)
    section = next(s for s in goal_map(folder, CURRICULUM) if s.section is SectionCode.PSYKIATRI)
    with clinic.store.work("test") as work:
        mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id=CURRICULUM.id,
            lines=section.lines,
            by_id=clinic.supervisor_id,
            on=date(2026, 8, 31),
            note="bedömt på kliniken",
        )
    folder = folder_of(clinic.store, clinic.training_id)
    placement = placement_of(folder, clinic.psychiatry_id)
    entry = replace(
        first_entry(folder, placement, owner_id=clinic.supervisor_id, on=ISSUED), no_absence=True
    )
    with clinic.store.work("test") as work:
        issue(work, folder, preflight_of(folder, entry, curriculum=CURRICULUM))
    return folder_of(clinic.store, clinic.training_id)


def filled(clinic: Clinic) -> FilledForm:
    form = new_form(instrument("mini-cex"), clinic.training_id, clinic.primary_care_id, TODAY)
    return replace(
        form,
        assessor_id=clinic.examiner_id,
        context={
            "patientmote": "bröstsmärta",
            "plats": "akut",
            "minuter-observation": 15,
        },
        answers={
            "behalla": "Sammanfattade.",
            "anamnes": 4,
            "anamnes:comment": "lugn öppning",
            "status": None,
        },
        own={"anamnes": 3},
        goals=["5:2:1"],
    )


def signed(clinic: Clinic, form: FilledForm) -> None:
    folder = folder_of(clinic.store, clinic.training_id)
    with clinic.store.work("test") as work:
        record = save_draft(work, form)
        around = around_of(folder, record, on=TODAY)
    with clinic.store.work("test") as work:
        saved = work.need(Assessment, form.id)
        sign_form(
            work,
            instrument("mini-cex"),
            replace(form, rev=saved.rev),
            around,
            Signer(clinic.examiner_id, "Nils Exempel", "specialistläkare"),
        )


def test_the_number_of_a_document_is_the_same_wherever_it_is_printed() -> None:
    assert number_of("0193b2c0-0000-7000-8000-00ab12cd34ef") == "12CD-34EF"


def test_a_placement_without_marks_gives_a_draft_that_says_what_is_missing(
    clinic: Clinic, read: Callable[[bytes], str]
) -> None:
    folder = folder_of(clinic.store, clinic.training_id)
    found = certificate_of(
        folder,
        clinic.psychiatry_id,
        on=TODAY,
        owner_id=clinic.supervisor_id,
        curriculum=CURRICULUM,
        region=Region("Region Exempel"),
    )
    assert found.draft
    assert found.absences is None
    assert (found.name, found.personnummer) == ("Alva Testsson", "19640823-3234")
    assert found.workplace == "Psykiatriska kliniken, Falun"
    assert found.months == Fraction(3)
    assert found.supervisor == "Berit Handledarsson"
    words = read(certificate_pdf(found))
    assert "UTKAST" in words
    assert "Region Exempel" in words
    assert all(" ".join(line.split()) in words for line in found.missing)


@pytest.mark.parametrize(
    ("on", "months", "words"),
    [
        (date(2026, 7, 31), Fraction(2), "2 månader på heltid till och med 2026-07-31"),
        (date(2026, 8, 31), Fraction(3), "3 månader på heltid"),
        (date(2026, 5, 1), Fraction(0), "0 månader på heltid till och med 2026-05-01"),
    ],
)
def test_time_that_lies_ahead_is_not_certified(
    clinic: Clinic, read: Callable[[bytes], str], on: date, months: Fraction, words: str
) -> None:
    folder = folder_of(clinic.store, clinic.training_id)
    found = certificate_of(folder, clinic.psychiatry_id, on=on)
    assert found.months == months
    printed = read(certificate_pdf(found))
    assert words in printed
    assert printed.count("på heltid till och med") == words.count("till och med")


def test_what_was_issued_prints_as_it_was_issued_on_any_later_day(clinic: Clinic) -> None:
    folder = certified(clinic)
    first = certificate_of(folder, clinic.psychiatry_id, on=ISSUED, curriculum=CURRICULUM)
    assert not first.draft
    assert first.missing == ()
    assert first.absences == ()
    assert [s.meaning for s in first.signatures] == ["intygar"]
    issued = in_force(folder, clinic.psychiatry_id)
    assert issued is not None
    assert first.imprint.number == issued.number

    with clinic.store.work("test") as work:
        withdraw(work, folder.goal_marks[0].id, on=TODAY, reason="fel person")
    later = certificate_of(
        folder_of(clinic.store, clinic.training_id),
        clinic.psychiatry_id,
        on=TODAY,
        curriculum=CURRICULUM,
    )
    assert later == first
    assert certificate_pdf(later) == certificate_pdf(first)


def test_absence_is_printed_by_kind_and_by_whether_it_counts_but_never_semester(
    clinic: Clinic,
) -> None:
    with clinic.store.work("test") as work:
        for kind, start, end in (
            (AbsenceKind.SEMESTER, date(2026, 7, 6), date(2026, 7, 19)),
            (AbsenceKind.SJUK, date(2026, 8, 3), date(2026, 8, 4)),
            (AbsenceKind.JOURKOMP, date(2026, 8, 10), date(2026, 8, 10)),
            # Begins before the placement: only its days in it are the placement's.
            (AbsenceKind.FORALDRALEDIG, date(2026, 5, 25), date(2026, 6, 7)),
        ):
            work.save(Absence(training_id=clinic.training_id, kind=kind, start=start, end=end))
    folder = folder_of(clinic.store, clinic.training_id)
    found = certificate_of(folder, clinic.psychiatry_id, on=TODAY)
    assert found.absences is not None
    assert [(line.kind, line.days, line.counted) for line in found.absences] == [
        ("Föräldraledig", 7, False),
        ("Sjuk", 2, False),
        ("Jourkomp", 1, True),
    ]


@pytest.mark.parametrize(("specialty", "printed"), [("Psykiatri", ""), ("BUP", "BUP")])
def test_a_specialty_that_only_says_the_section_again_is_left_out(
    clinic: Clinic, specialty: str, printed: str
) -> None:
    with clinic.store.work("test") as work:
        placement = work.need(Placement, clinic.psychiatry_id)
        placement.specialty = specialty
        work.save(placement)
    folder = folder_of(clinic.store, clinic.training_id)
    assert certificate_of(folder, clinic.psychiatry_id, on=TODAY).specialty == printed


def test_a_placement_of_another_training_is_refused(clinic: Clinic) -> None:
    folder = folder_of(clinic.store, clinic.training_id)
    with pytest.raises(Fault, match=r"store\.no_record"):
        certificate_of(folder, "nonsense", on=TODAY)
    with pytest.raises(Fault, match=r"store\.no_record"):
        log_of(folder, on=TODAY, placement_id="nonsense")
    with pytest.raises(Fault, match=r"store\.no_record"):
        assessment_of(folder, "nonsense", instrument("mini-cex"), on=TODAY)


def test_a_form_is_printed_in_its_instruments_words(
    clinic: Clinic, read: Callable[[bytes], str]
) -> None:
    form = filled(clinic)
    signed(clinic, form)
    folder = folder_of(clinic.store, clinic.training_id)
    found = assessment_of(folder, form.id, instrument("mini-cex"), on=TODAY, curriculum=CURRICULUM)
    areas = {answer.label: answer for answer in found.sections[1].answers}
    assert areas["Anamnes"].given == Mark(4, "jag fanns nära", 4, 5)
    assert areas["Anamnes"].own == Mark(3, "jag fanns i rummet", 3, 5)
    assert areas["Anamnes"].comment == "lugn öppning"
    assert areas["Status"].given == "ej observerat"
    assert areas["Organisation"].given is None
    assert [a.given for a in found.context] == [
        "bröstsmärta",
        "akutmottagning",
        None,
        "15 min",
        None,
    ]
    assert found.placement == "Vårdcentral A, Ludvika · allmänmedicin"
    assert found.goals[0].startswith("5 kap. 2 § 1: ")
    assert (found.status, found.confirmed, found.incomplete) == (LockStatus.SIGNED, False, ())
    assert found.personnummer == ""
    words = read(assessment_pdf(found))
    assert "ej bekräftad av AT-läkaren" in words

    with clinic.store.work("test") as work:
        confirm(work, form.id, Signer(clinic.trainee_id, "Alva Testsson"))
    again = assessment_of(
        folder_of(clinic.store, clinic.training_id), form.id, instrument("mini-cex"), on=TODAY
    )
    assert again.confirmed
    assert [s.meaning for s in again.signatures] == ["bedömer", "tar del av"]


def test_an_unsigned_form_says_what_it_lacks(clinic: Clinic) -> None:
    form = replace(filled(clinic), context={})
    with clinic.store.work("test") as work:
        save_draft(work, form)
    folder = folder_of(clinic.store, clinic.training_id)
    found = assessment_of(folder, form.id, instrument("mini-cex"), on=TODAY)
    assert found.status is LockStatus.DRAFT
    assert any("Patientmöte" in line for line in found.incomplete)


def test_a_corrected_form_names_its_correction_and_a_voided_one_its_reason(
    clinic: Clinic,
) -> None:
    form = filled(clinic)
    signed(clinic, form)
    folder = folder_of(clinic.store, clinic.training_id)
    newer = correction_of(folder.assessments[0], "fel dag")
    with clinic.store.work("test") as work:
        save_draft(work, newer)
    found = folder_of(clinic.store, clinic.training_id)
    correction = assessment_of(found, newer.id, instrument("mini-cex"), on=TODAY)
    assert (correction.corrects, correction.correction_reason) == (number_of(form.id), "fel dag")
    assert assessment_of(found, form.id, instrument("mini-cex"), on=TODAY).replaced_by == number_of(
        newer.id
    )

    with clinic.store.work("test") as work:
        void(work, newer.id, "dubblett")
    found = folder_of(clinic.store, clinic.training_id)
    voided = assessment_of(found, newer.id, instrument("mini-cex"), on=TODAY)
    assert (voided.status, voided.void_reason, voided.incomplete) == (
        LockStatus.VOIDED,
        "dubblett",
        (),
    )


def test_the_log_holds_every_session_of_the_placement_with_its_words(
    surgery: Surgery, read: Callable[[bytes], str]
) -> None:
    folder = folder_of(surgery.store, surgery.training_id)
    prompts = content.prompts("vgr-handledning")
    found = log_of(folder, on=THURSDAY, placement_id=surgery.placement_id, prompts=prompts)
    by_status = {
        status: sum(line.status is status for line in found.sessions)
        for status in SupervisionStatus
    }
    assert by_status == {
        SupervisionStatus.HELD: 17,
        SupervisionStatus.CANCELLED: 1,
        SupervisionStatus.PLANNED: 1,
    }
    assert found.sessions[0].topics == ("journaler", "konsultation")
    last = found.sessions[-2]
    assert [line.owner for line in last.agreements] == ["handledaren", "AT-läkaren"]
    assert (found.start, found.end) == (date(2026, 7, 13), THURSDAY)
    assert month_sums(found)[0].held == 3
    words = read(supervision_log_pdf(found))
    assert "Boka två rektoskopier" in words


def test_the_log_for_other_eyes_leaves_out_the_notes(
    surgery: Surgery, read: Callable[[bytes], str]
) -> None:
    folder = folder_of(surgery.store, surgery.training_id)
    whole = read(supervision_log_pdf(log_of(folder, on=THURSDAY)))
    bare = read(supervision_log_pdf(log_of(folder, on=THURSDAY, notes=False)))
    assert "Gick igenom två journaler" in whole
    assert "Gick igenom två journaler" not in bare


@pytest.mark.parametrize(
    ("goal_id", "known"), [("5:2:1", True), ("9:9:9", False), ("3:w:999", False)]
)
def test_a_goal_that_is_not_known_stands_as_its_id(goal_id: str, known: bool) -> None:
    assert (goal_words(goal_id, CURRICULUM) != goal_id) is known
    assert goal_words(goal_id, None) == goal_id


def test_a_letter_that_no_topic_has_stands_as_itself() -> None:
    prompts: Any = content.prompts("vgr-handledning")
    assert topic_words("k", prompts) == "konsultation"
    assert topic_words("ö", prompts) == "ö"
