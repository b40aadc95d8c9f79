"""The placement certificate: its fields, its words, and when it is a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from at_tui.certificate import TEMPLATE, Override
from at_tui.documents.certificate import (
    AbsenceLine,
    PlacementCertificate,
    certificate_pdf,
)
from at_tui.documents.certificate_parts import months_of_full_time
from at_tui.documents.page import Imprint
from at_tui.documents.parts import SignatureLine

Read = Callable[[bytes], str]
Pages = Callable[[bytes], list[str]]

DRAFT = "UTKAST – inte giltigt som intyg"


@pytest.fixture
def certificate(imprint: Imprint) -> PlacementCertificate:
    return PlacementCertificate(
        imprint=imprint,
        training="Allmäntjänstgöring (AT)",
        name="Alva Testsson",
        personnummer="19640823-3234",
        workplace="Vårdcentralen Provby, Provby",
        section="Allmänmedicin",
        start=date(2026, 1, 12),
        end=date(2026, 7, 11),
        percent=100,
        months=Fraction(6),
        absences=(),
        goals=23,
        goals_marked=23,
        curriculum="Målbeskrivning AT, version 1",
        curriculum_verified=True,
        supervisor="Berit Exempel",
        supervisor_title="specialist i allmänmedicin",
        consulted=True,
        signer="Nils Exempel",
        signer_title="överläkare",
        signer_licensed=True,
        place="Provby",
    )


@pytest.fixture
def printed(certificate: PlacementCertificate, read: Read) -> Callable[..., str]:
    """Return the text of the certificate with some fields changed."""

    def text(**changes: Any) -> str:
        return read(certificate_pdf(replace(certificate, **changes)))

    return text


@pytest.mark.parametrize(
    "words",
    [
        "Namn Alva Testsson",
        "Personnummer 19640823-3234",
        "Tjänstgöringsställe Vårdcentralen Provby, Provby",
        "Tjänstgöringsavsnitt Allmänmedicin",
        "Tid från och med 2026-01-12 till och med 2026-07-11",
        "Tjänstgöringsgrad 100 %",
        "Tjänstgjord tid 6 månader på heltid",
        "Frånvaro utöver semester Ingen",
        "Härmed intygas att Alva Testsson har fullgjort tjänstgöringen ovan och uppnått målen för "
        "tjänstgöringsavsnittet Allmänmedicin i målbeskrivningen för allmäntjänstgöring "
        "(SOSFS 1999:5).",
        "i samråd med handledaren Berit Exempel, specialist i allmänmedicin",
        "Ort och datum Provby 2026-07-20",
        "Namnförtydligande Nils Exempel",
        "Titel överläkare",
        "Legitimation Legitimerad läkare",
        "Underskrift",
        "inte Socialstyrelsens formulär",
        "23 av 23 mål är markerade som uppnådda (Målbeskrivning AT, version 1)",
        f"mall {TEMPLATE}",
    ],
)  # fmt: skip
def test_every_field_of_the_form_is_printed(printed: Callable[..., str], words: str) -> None:
    assert words in printed()


def test_a_complete_certificate_is_one_page_and_no_draft(
    certificate: PlacementCertificate, pages: Pages
) -> None:
    found = pages(certificate_pdf(certificate))
    assert len(found) == 1
    assert "UTKAST" not in found[0]
    assert "delegation" not in found[0]


def test_the_same_certificate_gives_the_same_bytes(certificate: PlacementCertificate) -> None:
    assert certificate_pdf(certificate) == certificate_pdf(replace(certificate))


def test_any_change_gives_other_bytes(certificate: PlacementCertificate) -> None:
    changed = replace(certificate, end=date(2026, 7, 12))
    assert certificate_pdf(certificate) != certificate_pdf(changed)


def test_what_is_missing_makes_it_a_draft_and_stands_on_it(printed: Callable[..., str]) -> None:
    found = printed(missing=("Placeringen pågår till och med 2026-07-31.",))
    assert DRAFT in found
    assert "Placeringen pågår till och med 2026-07-31." in found


def test_an_override_makes_it_final_and_prints_its_reason_and_what_was_missing(
    printed: Callable[..., str],
) -> None:
    found = printed(
        missing=("Placeringen har inget slutdatum.",), override=Override("Beslut av AT-chef.")
    )
    assert "UTKAST" not in found
    assert "Utfärdat trots anmärkning" in found
    assert "Placeringen har inget slutdatum. Skäl: Beslut av AT-chef." in found


def test_an_override_of_nothing_is_not_printed(printed: Callable[..., str]) -> None:
    assert "Utfärdat trots" not in printed(override=Override("för säkerhets skull"))


def test_a_delegated_signer_says_so(printed: Callable[..., str]) -> None:
    assert "På delegation av verksamhetschef Åsa Provsson" in printed(delegated_by="Åsa Provsson")


def test_absence_is_printed_with_kind_days_and_whether_it_counts(
    printed: Callable[..., str],
) -> None:
    found = printed(absences=(AbsenceLine("Sjuk", 4, False), AbsenceLine("Jourkomp", 1, True)))
    assert "Sjuk, 4 dagar (räknas inte som tjänstgjord tid)" in found
    assert "Jourkomp, 1 dag (räknas som tjänstgjord tid)" in found


def test_absence_nobody_has_stated_is_not_printed_as_none(printed: Callable[..., str]) -> None:
    assert "Frånvaro utöver semester Inte angiven" in printed(absences=None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"personnummer": ""}, "Personnummer Saknas"),
        (
            {"personnummer": "", "personnummer_missing": "utländsk utbildning"},
            "Personnummer Saknas: utländsk utbildning",
        ),
        ({"end": None}, "från och med 2026-01-12, slutdatum saknas"),
        ({"specialty": "ortopedi"}, "Allmänmedicin (ortopedi)"),
        ({"consulted": False}, "Samråd med handledare är inte angivet."),
        ({"supervisor": ""}, "Samråd med handledare är inte angivet."),
        ({"signer_licensed": None}, "Legitimation Inte angiven"),
        ({"signer_licensed": False}, "Legitimation Inte legitimerad läkare"),
        ({"curriculum_verified": False}, "måltexter är arbetstext"),
        ({"goals": 0, "goals_marked": 0}, "programmet har inga mål för avsnittet"),
        ({"remarks": ("Bedömningar som inte är signerade: 2.",)}, "inte är signerade: 2."),
        ({"goals_of": "BT:s delmål"}, "tjänstgöringsavsnittet Allmänmedicin i BT:s delmål."),
        ({"official": "Socialstyrelsen har ett eget formulär för BT."}, "formulär för BT."),
    ],
)
def test_what_is_unknown_or_different_is_said_as_it_is(
    printed: Callable[..., str], changes: dict[str, Any], words: str
) -> None:
    assert words in printed(**changes)


def test_time_that_cannot_be_counted_is_left_out(printed: Callable[..., str]) -> None:
    assert "Tjänstgjord tid" not in printed(months=None)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (Fraction(6), "6 månader på heltid"),
        (Fraction(1), "1 månad på heltid"),
        (Fraction(11, 2), "5,5 månader på heltid"),
        (Fraction(599999, 100000), "5,99 månader på heltid"),
        (Fraction(10), "10 månader på heltid"),
        (Fraction(0), "0 månader på heltid"),
        (Fraction(1, 31), "0,03 månader på heltid"),
    ],
)
def test_months_are_rounded_down_and_never_up(months: Fraction, words: str) -> None:
    assert months_of_full_time(months) == words


def test_a_signature_is_printed_with_time_and_version(printed: Callable[..., str]) -> None:
    line = SignatureLine(
        "Nils Exempel", "överläkare", "intygar", datetime(2026, 7, 20, 9, 15, tzinfo=UTC),
        "ab12cd34ef56ab12cd34ef56", "Åsa Provsson",
    )  # fmt: skip
    found = printed(signatures=(line,))
    assert "Signerat i programmet" in found
    assert "2026-07-20 11.15 ab12cd34ef56" in found
    assert "På delegation av verksamhetschef Åsa Provsson" in found


@pytest.mark.parametrize("name", ["<b>Alva", "Alva {0} {name}", "Å" * 200, "O'Néill & Öst"])
def test_odd_names_are_printed_as_they_stand(
    certificate: PlacementCertificate, read: Read, name: str
) -> None:
    changed = replace(
        certificate, name=name, supervisor=name, signer=name, workplace=name, delegated_by=name
    )
    found = read(certificate_pdf(changed))
    assert found.replace(" ", "").count(name.replace(" ", "")) >= 5


def test_a_reason_of_many_pages_is_printed_whole(printed: Callable[..., str]) -> None:
    reason = " ".join(f"ord{n}" for n in range(2500))
    found = printed(missing=("Något.",), override=Override(reason))
    assert "ord0 " in found
    assert "ord2499" in found
    assert "Underskrift" in found
