"""The statement of a development account, as its reader sees it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from at_tui.accounts.reading import Purse, purse
from at_tui.documents.account_statement import statement_pdf
from data.store import Store
from schema.tables import Absence, AccountEntry, ExamSitting, Trainee, Training
from schema.words import AbsenceKind, AccountPurpose
from tests.at_tui.clinic import make_clinic

ON = date(2026, 11, 26)


def given(store: Store, programme: str) -> Purse:
    with store.work("test") as work:
        trainee = work.save(Trainee(name="Nils <b>Exempel</b>"))
        training = work.save(
            Training(trainee_id=trainee.id, programme_id=programme, start=date(2026, 1, 12))
        )
        work.save(
            AccountEntry(
                training_id=training.id,
                title="Resa & avgift, <AT-stämman>",
                purpose=AccountPurpose.MEETING,
                amount_ore=236_050,
                applied_on=date(2026, 11, 2),
                approved_on=date(2026, 11, 4),
            )
        )
        work.save(
            Absence(
                training_id=training.id,
                kind=AbsenceKind.KURS,
                start=date(2026, 9, 7),
                end=date(2026, 9, 8),
                applied_on=date(2026, 6, 15),
            )
        )
        work.save(ExamSitting(training_id=training.id, day=date(2027, 2, 19)))
    return purse(store, training.id, ON)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_statement_says_the_sums_the_days_and_that_the_plan_is_old(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path)
    found = given(clinic.store, "varmland")
    said = words(statement_pdf(found))
    clinic.store.close()
    assert "Nils <b>Exempel</b>" in said
    assert "Resa & avgift, <AT-stämman>" in said
    assert "2 360,50 kr" in said
    assert "12 639,50 kr" in said
    assert "84 dagar före" in said
    assert "19 feb 2027" in said
    assert "31 dec 2020" in said
    assert statement_pdf(found) == statement_pdf(found)


def test_a_statement_of_a_plan_without_an_account_says_so(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path)
    said = words(statement_pdf(given(clinic.store, "dalarna")))
    clinic.store.close()
    assert "har inget utvecklingskonto" in said
