"""The gap list on paper."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from at_tui.documents.gap_list import gap_list_pdf
from at_tui.register.gaps import Gap, Kind

ON = date(2026, 11, 24)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_list_says_what_lacks_by_kind_with_the_plan_that_asks() -> None:
    found = [
        Gap(Kind.ALONE, "placement:t/p", "Alva <b>Testsson</b>", "Ingen handledare.", ON),
        Gap(Kind.REFRESHER, "person:p", "Siv Prövare", "Friskas upp.", date(2027, 3, 1),
            late=False, source="Dalarna (bör)"),
        Gap(Kind.UNKNOWN, "person:q", "Ture Testman", "Inte ifyllt: kurs.", late=False),
    ]  # fmt: skip
    pdf = gap_list_pdf(found, on=ON, region="Region Exempel")
    said = words(pdf)
    assert "1 brister nu, 1 som kommer snart och 1 där det inte är ifyllt" in said
    assert "Placeringar utan handledare (1)" in said
    assert "Alva <b>Testsson</b>" in said
    assert "Dalarna (bör)" in said
    assert said.index("Siv Prövare") < said.index("Ture Testman")
    assert pdf == gap_list_pdf(found, on=ON, region="Region Exempel")


def test_a_list_without_gaps_says_that_all_is_in_order() -> None:
    assert "Inga brister" in words(gap_list_pdf([], on=ON))


def test_a_long_list_is_printed_whole() -> None:
    found = [Gap(Kind.LACKS, f"person:{n}", f"Person {n}", "Saknar kurs. " * 20) for n in range(90)]
    said = words(gap_list_pdf(found, on=ON))
    assert "Person 0 " in said
    assert "Person 89" in said
