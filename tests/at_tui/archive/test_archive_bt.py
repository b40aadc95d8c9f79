"""What is printed of a BT says BT-läkare: no document of that training is in the name of an AT."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from at_tui.archive.gather import files_of, read_parts
from at_tui.beginnings import versions
from at_tui.correcting import sign_form
from at_tui.documents.certificate import certificate_pdf
from at_tui.documents.final_certificate import final_certificate_pdf
from at_tui.documents.gather import certificate_of
from at_tui.documents.gather_final import final_certificate_of
from at_tui.documents.gather_support_plan import support_plan_of
from at_tui.documents.support_plan import support_plan_pdf
from at_tui.kollegium.support import Viewer
from at_tui.signer import Signer
from data import find
from data.find import Folder
from data.signing import sign
from schema.tables import Agreement, Introduction, Supervision, SupportPlan, Talk, Training
from schema.words import (
    AgreementOwner,
    CancelReason,
    IntroductionKind,
    Kind,
    Meaning,
    RoleKind,
    SupervisionStatus,
    TalkKind,
)
from tests.at_tui.clinic import TODAY, Clinic, around, instrument, make_clinic, mini_cex


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """A BT with a session that was cancelled for illness, an agreement, a talk, a form and a
    list, each signed by one of two."""
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        training = work.need(Training, made.training_id)
        training.kind, training.programme_id = Kind.BT, "bt-dalarna"
        training.programme_version, training.curriculum_id, training.curriculum_version = versions(
            "bt-dalarna", Kind.BT
        )
        work.save(training)
        session = work.save(
            Supervision(
                training_id=made.training_id, placement_id=made.psychiatry_id,
                supervisor_id=made.supervisor_id, day=date(2026, 6, 11), minutes=60,
                status=SupervisionStatus.CANCELLED, cancel_reason=CancelReason.TRAINEE_ILL,
            )
        )  # fmt: skip
        talk = work.save(
            Talk(
                training_id=made.training_id, kind=TalkKind.PLANERING, held_on=date(2026, 7, 15),
                with_id=made.supervisor_id, note="Går som planerat.",
                answers={"erfarenhet": "Ett år på medicin."},
            )
        )  # fmt: skip
        for origin, id in (("supervision", session.id), ("talk", talk.id)):
            work.save(
                Agreement(
                    training_id=made.training_id, origin_kind=origin, origin_id=id,
                    owner=AgreementOwner.TRAINEE, text="Läsa på", agreed_on=date(2026, 7, 15),
                )
            )  # fmt: skip
        sign(
            work, talk, signer_id=made.supervisor_id, signer_name="Berit Handledarsson",
            meaning=Meaning.ASSESSES,
        )  # fmt: skip
        work.save(
            Introduction(
                training_id=made.training_id, placement_id=made.psychiatry_id,
                kind=IntroductionKind.KLINIK, held_on=date(2026, 6, 2), points=["rundvandring"],
            )
        )  # fmt: skip
        form = mini_cex(made.training_id)
        form.assessor_id = made.examiner_id
        signer = Signer(made.examiner_id, "Nils Exempel")
        sign_form(work, instrument("mini-cex"), form, around(), signer)
    yield made
    made.store.close()


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def test_no_document_in_the_archive_of_a_bt_speaks_of_an_at_lakare(clinic: Clinic) -> None:
    files = files_of(read_parts(clinic.store, clinic.training_id, TODAY))
    said = {name: words(pdf) for name, pdf in files.items() if name.endswith(".pdf")}
    assert len(said) == 5
    assert not [name for name, found in said.items() if "AT-läkar" in found]
    log = next(found for name, found in said.items() if "logg" in name)
    assert "sjuk läkare" in log
    assert "Läsa på (BT-läkaren" in log
    [form] = [found for name, found in said.items() if "mini-CEX" in name]
    assert "ej bekräftad av BT-läkaren" in form
    [talk] = [found for found in said.values() if "Går som planerat." in found]
    assert "Ej bekräftad av BT-läkaren." in talk
    assert "Det som BT-läkaren har med sig" in talk
    pages = [files[name].decode() for name in files if name.endswith(".html")]
    assert not [page for page in pages if "AT-läkar" in page]


def test_the_certificates_of_a_bt_are_not_about_the_at_bok(clinic: Clinic) -> None:
    folder = folder_of(clinic)
    placement = words(certificate_pdf(certificate_of(folder, clinic.psychiatry_id, on=TODAY)))
    whole = words(final_certificate_pdf(final_certificate_of(folder, on=TODAY)))
    for said in (placement, whole):
        assert "Intyg om godkänd bastjänstgöring" in said
        assert "AT-bok" not in said
        assert "AT-läkar" not in said


def test_the_support_plan_of_a_bt_is_signed_by_the_bt_lakare(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        plan = work.save(
            SupportPlan(
                training_id=clinic.training_id, opened_on=TODAY, concern="Tidsbrist.",
                measures="Färre patienter.", responsible_id=clinic.supervisor_id,
                shown_to=[RoleKind.STUDIEREKTOR],
            )
        )  # fmt: skip
    viewer = Viewer(clinic.supervisor_id, frozenset({RoleKind.STUDIEREKTOR}))
    said = words(support_plan_pdf(support_plan_of(folder_of(clinic), plan, viewer, on=TODAY)))
    assert "BT-läkaren har tagit del av planen" in said
    assert "AT-läkar" not in said
