"""The printed talk, letter, check-list and yearly report: whole, marked, and never markup."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from at_tui.documents.evaluation import EvaluationReport, evaluation_report_pdf
from at_tui.documents.gather_introduction import letter_of, list_of
from at_tui.documents.gather_talk import talk_of
from at_tui.documents.introduction import introduction_pdf
from at_tui.documents.letter import letter_pdf
from at_tui.documents.page import Imprint
from at_tui.documents.talk import TalkDocument, talk_pdf
from at_tui.evaluations.results import Response, Subject, results_of
from at_tui.introductions.lists import guide_for as introduction_guide
from at_tui.introductions.records import introduction_of, save_letter
from at_tui.signer import Signer
from at_tui.supervising import Agreed
from at_tui.talks.guides import guide_for
from at_tui.talks.records import new_talk, save_talk, sign_talk
from data import find
from data.find import Folder
from schema.tables import Evaluation, Introduction
from schema.words import IntroductionKind, LockStatus, SectionCode, TalkKind
from tests.at_tui.clinic import TODAY, Clinic, instrument

HOSTILE = "<b>fet</b> & <para> <font color='red'>röd"


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def talk(clinic: Clinic, words: str, *, signed: bool = True) -> TalkDocument:
    form = new_talk(
        folder_of(clinic), TalkKind.HALVTID, on=TODAY, placement_id=clinic.primary_care_id,
        author=clinic.supervisor_id,
    )  # fmt: skip
    form.answers = {"behalla": words, "mal": 2, "mal:comment": words, "klimat": 3}
    form.agreed = [Agreed(words[:100].replace("\n", " "))]
    with clinic.store.work("test") as work:
        if signed:
            sign_talk(work, form, {}, Signer(clinic.supervisor_id, "Berit"), on=TODAY)
        else:
            save_talk(work, form, on=TODAY)
    folder = folder_of(clinic)
    return talk_of(folder, folder.talks[0], guide_for(TalkKind.HALVTID), on=TODAY)


def test_words_from_outside_are_printed_as_they_stand(clinic: Clinic) -> None:
    said = text_of(talk_pdf(talk(clinic, HOSTILE)))
    assert said.count(HOSTILE) >= 2


def test_a_long_text_fills_pages_and_none_of_it_is_lost(clinic: Clinic) -> None:
    long = " ".join(f"ord{number}" for number in range(500))
    content = talk_pdf(talk(clinic, long))
    said = text_of(content)
    assert all(f"ord{number} " in f"{said} " for number in (0, 250, 499))


def test_the_same_talk_gives_the_same_bytes(clinic: Clinic) -> None:
    document = talk(clinic, "Lugn.")
    assert talk_pdf(document) == talk_pdf(document)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (LockStatus.DRAFT, "Utkast: samtalet är inte signerat."),
        (LockStatus.VOIDED, "Makulerat"),
        (LockStatus.CORRECTED, "Rättat: gäller inte längre."),
        (LockStatus.SIGNED, "Ej bekräftad av AT-läkaren."),
    ],
)
def test_how_it_stands_is_said_first(clinic: Clinic, status: LockStatus, words: str) -> None:
    document = replace(talk(clinic, "Lugn."), status=status, reason="skälet")
    assert words in text_of(talk_pdf(document))


def test_an_unsigned_talk_prints_as_a_draft(clinic: Clinic) -> None:
    document = talk(clinic, "Lugn.", signed=False)
    assert document.status is LockStatus.DRAFT
    assert "UTKAST" in text_of(talk_pdf(document)).replace(" ", "")


def introduction(clinic: Clinic, words: str) -> Introduction:
    with clinic.store.work("test") as work:
        record = introduction_of(
            work, clinic.training_id, IntroductionKind.KLINIK, clinic.primary_care_id
        )
        record.points = ["rundvandring", "<i>egen</i>"]
        return save_letter(work, record, {"kontakt": words, "schema": " "}, letter_on=TODAY)


def test_the_letter_holds_what_was_written_and_leaves_out_what_was_not(clinic: Clinic) -> None:
    record = introduction(clinic, HOSTILE)
    folder, guide = folder_of(clinic), introduction_guide(IntroductionKind.KLINIK)
    assert guide is not None
    said = text_of(letter_pdf(letter_of(folder, folder.placements[-1], record, guide, on=TODAY)))
    assert HOSTILE in said
    assert "Preliminärt schema" not in said
    assert "Berit Handledarsson, överläkare" in said


def test_a_letter_without_supervisor_says_that_one_is_coming(clinic: Clinic) -> None:
    record = introduction(clinic, "Hej.")
    folder, guide = folder_of(clinic), introduction_guide(IntroductionKind.KLINIK)
    assert guide is not None
    stay = folder.placements[-1]
    stay.supervisor_id = None
    said = text_of(letter_pdf(letter_of(folder, stay, record, guide, on=TODAY)))
    assert "utses före start" in said


def test_a_list_is_printed_with_and_without_its_guide(clinic: Clinic) -> None:
    record = introduction(clinic, "Hej.")
    folder, guide = folder_of(clinic), introduction_guide(IntroductionKind.KLINIK)
    said = text_of(introduction_pdf(list_of(folder, record, guide, on=TODAY)))
    assert "☑ Rundvandring" in said
    assert "☑ <i>egen</i>" in said
    said = text_of(introduction_pdf(list_of(folder, record, None, on=TODAY)))
    assert "☑ rundvandring" in said


def report(count: int, words: str = "Bra.") -> EvaluationReport:
    rows = [
        Evaluation(
            unit_id="u", section=SectionCode.PSYKIATRI, period="2026-1",
            instrument_id="placeringsutvardering", instrument_version="1",
            answers={"handledning": 4, "behalla": words},
        )
        for _ in range(count)
    ]  # fmt: skip
    subject = Subject("u", "", "Kliniken <Påhitt>", "", count, 0, 2026, 2026)
    found = results_of(subject, instrument("placeringsutvardering"), rows, [], {})
    done = Response("r", words, "Siv Prövare", date(2026, 9, 1))
    found = replace(found, years=tuple(replace(y, responses=(done,)) for y in found.years))
    imprint = Imprint(
        number="1", region="", unit="Kliniken", author="Siv Prövare", issued_on=TODAY,
        evidence_on=TODAY,
    )  # fmt: skip
    return EvaluationReport(imprint=imprint, results=found, year=2026)


def test_the_report_says_nothing_of_four_and_all_of_five() -> None:
    said = text_of(evaluation_report_pdf(report(4, "Hemligt")))
    assert "Färre än fem svar. Inget visas." in said
    assert said.count("Hemligt") == 1  # the unit's own answer, which is no secret
    said = text_of(evaluation_report_pdf(report(5, HOSTILE)))
    assert "4,0" in said
    assert said.count(HOSTILE) == 6
    assert "Så fördelar sig" not in said
    assert "Så fördelar sig svaren 2026" in text_of(evaluation_report_pdf(report(10)))
