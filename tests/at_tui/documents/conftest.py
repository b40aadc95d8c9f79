"""Documents read back: their text by page, and which fonts they carry."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pypdf
import pytest

from at_tui.documents.page import Imprint


def _pages(pdf: bytes) -> list[str]:
    """Return each page's text with every run of white space as one space."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    return _pages


@pytest.fixture
def read() -> Callable[[bytes], str]:
    return lambda pdf: " ".join(_pages(pdf))


@pytest.fixture
def imprint() -> Imprint:
    return Imprint(
        number="INTYG-2026-0007",
        region="Region Exempel",
        unit="Vårdcentralen Provby",
        author="Nils Exempel",
        issued_on=date(2026, 7, 20),
        evidence_on=date(2026, 7, 19),
        history="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
