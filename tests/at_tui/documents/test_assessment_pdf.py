"""A printed assessment: every item in the form's order, and its standing for all to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from at_tui.documents.assessment import (
    Answer,
    AnswerSection,
    AssessmentForm,
    Mark,
    assessment_pdf,
)
from at_tui.documents.page import Imprint
from at_tui.documents.parts import SignatureLine
from schema.words import LockStatus

Read = Callable[[bytes], str]
Pages = Callable[[bytes], list[str]]

LEVELS = ((1, "jag gjorde"), (2, "jag visade"), (3, "jag fanns i rummet"))
NEAR, SHOWED = Mark(3, "jag fanns i rummet", 3, 3), Mark(2, "jag visade", 2, 3)


@pytest.fixture
def form(imprint: Imprint) -> AssessmentForm:
    return AssessmentForm(
        imprint=imprint,
        instrument="mini-CEX",
        instrument_id="mini-cex",
        instrument_version="1.2",
        official=False,
        wording="Områdena är i egna ord.",
        name="Alva Testsson",
        placement="Allmänmedicin, Vårdcentralen Provby",
        day=date(2026, 3, 4),
        assessor="Berit Exempel",
        assessor_title="specialist i allmänmedicin",
        context=(Answer("Patientmöte", "bröstsmärta"), Answer("Svårighet", None)),
        sections=(
            AnswerSection(
                "Återkoppling",
                (
                    Answer("En sak att behålla", "Sammanfattade innan.", prose=True),
                    Answer("En sak att göra annorlunda", None, prose=True),
                ),
            ),
            AnswerSection(
                "Hur mycket stöd behövdes?",
                (
                    Answer("Anamnes", NEAR, SHOWED, comment="lugnt & tydligt"),
                    Answer("Status", "ej observerat"),
                    Answer("Organisation", None, NEAR),
                ),
                scale=LEVELS,
                own_rating=True,
            ),
        ),
        goals=("5:2:1 professionellt bemötande",),
        status=LockStatus.SIGNED,
        signatures=(
            SignatureLine(
                "Berit Exempel",
                "",
                "bedömer",
                datetime(2026, 3, 4, 9, 0, tzinfo=UTC),
                "ab12cd34ef567",
            ),
        ),
    )


@pytest.fixture
def printed(form: AssessmentForm, read: Read) -> Callable[..., str]:
    """Return the text of the form with some fields changed."""

    def text(**changes: Any) -> str:
        return read(assessment_pdf(replace(form, **changes)))

    return text


@pytest.mark.parametrize(
    "words",
    [
        "mini-CEX Bedömning · signerad",
        "AT-läkare Alva Testsson Datum 2026-03-04",
        "Placering Allmänmedicin, Vårdcentralen Provby",
        "Bedömare Berit Exempel, specialist i allmänmedicin",
        "Patientmöte bröstsmärta Svårighet ej besvarad",
        "En sak att behålla Sammanfattade innan.",
        "En sak att göra annorlunda ej besvarad",
        "1 jag gjorde · 2 jag visade · 3 jag fanns i rummet",
        "Område AT-läkaren Bedömaren",
        "Anamnes »lugnt & tydligt« 2 ●●○ jag visade 3 ●●● jag fanns i rummet",
        "Status ej besvarad ej observerat",
        "Organisation 3 ●●● jag fanns i rummet ej besvarad",
        "Räknas mot mål 5:2:1 professionellt bemötande",
        "Berit Exempel bedömer 2026-03-04 10.00 ab12cd34ef56",
        "Mall mini-cex, version 1.2. Det här är inte en myndighets eget formulär. Områdena är i",
    ],
)
def test_everything_on_the_form_is_printed(printed: Callable[..., str], words: str) -> None:
    # Dots and digits may stand close in extracted text.
    assert words.replace(" ", "") in printed().replace(" ", "")


def test_items_stand_in_the_order_of_the_form(printed: Callable[..., str]) -> None:
    mixed = AnswerSection(
        "Blandat",
        (Answer("Först", NEAR), Answer("Sedan", "prosa", prose=True), Answer("Sist", SHOWED)),
    )
    found = printed(sections=(mixed,))
    assert found.index("Först") < found.index("Sedan") < found.index("Sist")


def test_a_form_without_own_ratings_has_no_column_for_them(printed: Callable[..., str]) -> None:
    plain = AnswerSection("Omdöme", (Answer("Anamnes", NEAR),), scale=LEVELS)
    assert "Område Bedömaren" in printed(sections=(plain,))


def test_a_forms_own_rating_of_free_text_is_printed_too(printed: Callable[..., str]) -> None:
    plain = AnswerSection("Text", (Answer("Hur gick det?", "Bra.", "Sådär.", prose=True),))
    assert "Hur gick det? Bra. AT-läkaren Sådär." in printed(sections=(plain,))


@pytest.mark.parametrize(
    ("changes", "words", "mark"),
    [
        ({"status": LockStatus.DRAFT}, "UTKAST – inte signerad", "UTKAST"),
        (
            {"status": LockStatus.VOIDED, "void_reason": "Fel AT-läkare."},
            "MAKULERAD – gäller inte Skäl: Fel AT-läkare.",
            "MAKULERAD",
        ),
        (
            {"status": LockStatus.CORRECTED, "replaced_by": "BED-2026-0114"},
            "ERSATT av rättelse BED-2026-0114 – gäller inte längre",
            "ERSATT",
        ),
    ],
)
def test_a_form_that_does_not_hold_says_so_in_words_and_as_watermark(
    printed: Callable[..., str], changes: dict[str, Any], words: str, mark: str
) -> None:
    found = printed(**changes)
    assert words in found
    assert found.replace(words, "").count(mark) >= 1


def test_a_signed_form_carries_no_warning(printed: Callable[..., str]) -> None:
    found = printed()
    assert not any(mark in found for mark in ("UTKAST", "MAKULERAD", "ERSATT", "Rättelse"))


def test_a_correction_names_what_it_corrects_and_why(printed: Callable[..., str]) -> None:
    found = printed(corrects="BED-2026-0100", correction_reason="fel datum")
    assert "Rättelse av BED-2026-0100 Skäl: fel datum" in found


def test_a_form_the_trainee_has_not_confirmed_says_so(printed: Callable[..., str]) -> None:
    assert "signerad, ej bekräftad av AT-läkaren" in printed(confirmed=False)


def test_an_incomplete_form_says_what_is_missing(printed: Callable[..., str]) -> None:
    found = printed(incomplete=("Ämne saknas.", "Examinatorn är handledaren."))
    assert "Inte fullständig Ämne saknas. Examinatorn är handledaren." in found


def test_a_personnummer_is_printed_only_where_the_form_asks_for_it(
    printed: Callable[..., str],
) -> None:
    assert "Personnummer" not in printed()
    assert "Personnummer 19640823-3234" in printed(personnummer="19640823-3234")


def test_an_authoritys_own_form_is_not_denied(printed: Callable[..., str]) -> None:
    assert "inte en myndighets" not in printed(official=True)


def test_the_foot_names_the_instrument_and_its_version(printed: Callable[..., str]) -> None:
    assert "mall bedomning 1 · mini-cex 1.2" in printed()


def test_a_form_with_markup_and_long_texts_is_printed_whole(
    form: AssessmentForm, read: Read
) -> None:
    words = " ".join(f"ord{n}" for n in range(2500))
    section = AnswerSection(
        "<b>Rubrik & annat",
        (
            Answer("<i>Fråga", words, prose=True),
            Answer("Å" * 200, NEAR, comment=words),
            Answer("Sist", "x"),
        ),
    )
    found = read(assessment_pdf(replace(form, sections=(section,), context=(Answer("K", words),))))
    assert found.count("ord0 ") == 3
    assert found.count("ord2499") == 3
    assert "<b>Rubrik & annat" in found
    assert "Sist" in found


def test_an_empty_form_is_printed_too(form: AssessmentForm, pages: Pages) -> None:
    empty = replace(form, context=(), goals=(), signatures=(), assessor="", assessor_title="",
                    sections=(AnswerSection("Tom", (Answer("Fråga", None),)),))  # fmt: skip
    found = pages(assessment_pdf(empty))
    assert len(found) == 1
    assert "Bedömare ej besvarad" in found[0]
    assert "Fråga ej besvarad" in found[0]


def test_the_same_form_gives_the_same_bytes(form: AssessmentForm) -> None:
    assert assessment_pdf(form) == assessment_pdf(replace(form))
