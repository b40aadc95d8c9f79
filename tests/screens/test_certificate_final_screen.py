"""Slutintyg and arkiv at the keyboard: what stops it, where that is mended, and what is printed."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from at_tui.archive.folder import check_archive
from data import find, places
from data.signing import set_pin
from schema.tables import Assessment, Certificate
from schema.words import CertificateKind, LockStatus
from screens.archive import ArchivePage
from screens.certificate import CertificateScreen
from screens.certificate_final import FinalCertificateScreen
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.at_tui.clinic import Clinic, make_clinic
from tests.screens.playing import SIZES, app_of, at_two, play, settle, write


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Dokument"
    monkeypatch.setattr(places, "documents_folder", lambda: folder)
    return folder


@pytest.fixture
def clinic(tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    at_two(monkeypatch)
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        set_pin(work, made.examiner_id, "2468")
    yield made
    made.store.close()


def certificates(clinic: Clinic) -> list[Certificate]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).certificates


def text_of(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def test_what_is_red_stops_it_and_says_so(clinic: Clinic) -> None:
    seen = play(clinic, FinalCertificateScreen(clinic.training_id), settle, "f2", settle)
    assert "✗ 6 att åtgärda" in seen
    assert "Inget är utfärdat: 6 saker behöver åtgärdas" in seen
    assert certificates(clinic) == []


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("degree", "TraineeForm"), ("whole", "TraineePage"), ("time", "YardsticksPage"),
        ("certificates", "CertificateScreen"), ("all_goals", "GoalsScreen"),
        ("exam", "ExamPage"), ("closing_talk", "TalksPage"),
    ],
)  # fmt: skip
def test_every_red_has_its_fix_beside_it(clinic: Clinic, code: str, page: str) -> None:
    opened: list[Screen[Any]] = []

    async def go() -> None:
        app = app_of(clinic)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(FinalCertificateScreen(clinic.training_id))
            await settle(pilot)
            assert app.screen.query_one("#checks", Picker).select(code)
            await pilot.press("enter")
            await settle(pilot)
            opened.append(app.screen)
            if isinstance(app.screen, CertificateScreen):
                assert app.screen.placement_id == clinic.psychiatry_id

    asyncio.run(go())
    assert type(opened[0]).__name__ == page


def test_someone_answers_for_it_signs_and_gets_the_print(clinic: Clinic, documents: Path) -> None:
    async def printed(pilot: Pilot[int]) -> None:
        for _ in range(200):
            await pilot.pause(0.05)
            if documents.exists() and any(documents.iterdir()):
                return

    seen = play(
        clinic,
        FinalCertificateScreen(clinic.training_id),
        settle,
        "o",
        settle,
        write("beslut av Socialstyrelsen"),
        "enter",
        settle,
        "f2",
        settle,
        write("2468"),
        "enter",
        settle,
        "enter",
        printed,
    )
    [record] = certificates(clinic)
    assert (record.kind, record.status) == (CertificateKind.TRAINING, LockStatus.SIGNED)
    [path] = documents.iterdir()
    assert path.name == f"Slutintyg Alva Testsson {record.number}.pdf"
    assert "beslut av Socialstyrelsen" in text_of(path)
    assert record.number in seen


def play_page(clinic: Clinic, documents: Path, row: str) -> str:
    """Print a row of the Dokument tab, and return what the programme has said."""

    async def go() -> str:
        app = app_of(clinic)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(TraineePage(clinic.training_id, tab="documents"))
            await settle(pilot)
            picker = app.screen.query_one("#documents").query_one(Picker)
            assert picker.select(row)
            await pilot.press("enter")
            await settle(pilot)
            await pilot.press("ctrl+s")
            for _ in range(200):
                await pilot.pause(0.05)
                if documents.exists() and any(documents.iterdir()) and app.heard:
                    break
            await settle(pilot)
            return "\n".join(app.heard)

    return asyncio.run(go())


def test_the_progress_report_is_printed_from_the_documents(clinic: Clinic, documents: Path) -> None:
    play_page(clinic, documents, "progress")
    [path] = documents.iterdir()
    assert path.name.startswith("Läget mot programmet Alva Testsson")
    assert "Läget mot programmet" in text_of(path)


def test_a_form_whose_version_is_gone_says_so_in_print_and_on_screen(
    clinic: Clinic, documents: Path
) -> None:
    with clinic.store.work("test") as work:
        form = work.save(
            Assessment(
                training_id=clinic.training_id,
                instrument_id="mini-cex",
                instrument_version="0.9",
                day=date(2026, 9, 3),
                assessor_id=clinic.examiner_id,
                answers={"behalla": "Lugn och tydlig.", "gammal_fraga": "ett svar från förr"},
            )
        )
    heard = play_page(clinic, documents, f"assessment:{form.id}")
    assert "fylldes i med version 0.9" in heard
    [path] = documents.iterdir()
    words = text_of(path)
    assert "Visas med en annan version av mallen" in words
    assert "version 0.9" in words
    assert "ett svar från förr" in words
    assert "Lugn och tydlig." in words


def test_the_archive_is_written_and_whole(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "usb" / "Arkiv Alva"

    async def choose(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#folder", Input).value = str(target)

    async def written(pilot: Pilot[int]) -> None:
        for _ in range(400):
            await pilot.pause(0.05)
            if target.exists():
                return

    page = ArchivePage(clinic.training_id)
    seen = play(clinic, page, settle, choose, "f2", written, settle)
    assert check_archive(target) == []
    assert "Arkivet är skrivet" in seen
    assert "Det är inte krypterat" in seen or "Arkivet är inte krypterat" in seen


def test_a_folder_that_is_taken_is_left_alone(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "taget"
    target.mkdir()
    (target / "mitt.txt").write_text("x", encoding="utf-8")

    async def choose(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#folder", Input).value = str(target)

    seen = play(clinic, ArchivePage(clinic.training_id), settle, choose, "f2", settle, settle)
    assert "Det finns redan något i" in seen
    assert [path.name for path in target.iterdir()] == ["mitt.txt"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["final", "archive"])
def test_the_pages_look_as_drawn(
    snap_compare: Any, clinic: Clinic, size: tuple[int, int], name: str
) -> None:
    first: Screen[Any] = FinalCertificateScreen(clinic.training_id)
    if name == "archive":
        first = ArchivePage(clinic.training_id)

    async def ready(pilot: Pilot[int]) -> None:
        await settle(pilot)
        if name == "archive":
            pilot.app.screen.query_one("#folder", Input).value = "/media/usb/Arkiv Alva Testsson"
        await settle(pilot)

    assert snap_compare(app_of(clinic, first), terminal_size=size, run_before=ready)
