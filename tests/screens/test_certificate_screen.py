"""Issuing a certificate at the keyboard: green, red, and answered for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot

from at_tui import issuing
from at_tui.certifying import first_entry, issue, placement_of, preflight_of
from at_tui.goal_map import goal_map, mark_goals
from data import find, places
from data.signing import set_pin
from schema.tables import Certificate, Person, Placement, Trainee, Unit
from schema.words import LockStatus, SectionCode
from screens.certificate import CertificateScreen
from tests.at_tui.clinic import TODAY, Clinic, curriculum, make_clinic
from tests.screens.playing import SIZES, Step, app_of, at_two, play, settle, write

PIN: list[Step] = [write("2468"), "enter"]


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
        set_pin(work, made.supervisor_id, "2468")
    yield made
    made.store.close()


def mark_psychiatry(clinic: Clinic, most: int = 100) -> None:
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    sections = goal_map(folder, curriculum())
    section = next(s for s in sections if s.section is SectionCode.PSYKIATRI)
    with clinic.store.work("test") as work:
        mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id="at-sosfs-1999-5",
            lines=section.lines[:most],
            by_id=clinic.supervisor_id,
            on=date(2026, 8, 31),
            note="bedömt på kliniken",
        )


def page(clinic: Clinic, placement_id: str | None = "psychiatry") -> CertificateScreen:
    if placement_id == "psychiatry":
        placement_id = clinic.psychiatry_id
    return CertificateScreen(clinic.training_id, placement_id=placement_id)


async def loaded(pilot: Pilot[int]) -> None:
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)


async def printed(pilot: Pilot[int]) -> None:
    """Wait for the PDF, which is made in a thread."""
    for _ in range(200):
        await pilot.pause(0.05)
        if any("Utskrivet" in words for words in pilot.app.heard):  # type: ignore[attr-defined]
            return


async def asked(pilot: Pilot[int]) -> None:
    """Wait until the records have been read again and the folder is asked for."""
    for _ in range(200):
        await pilot.pause(0.02)
        if type(pilot.app.screen).__name__ == "PrintDialog":
            return


def certificates(clinic: Clinic) -> list[Certificate]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).certificates


def text_of(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def test_a_green_certificate_takes_at_most_twelve_keys(clinic: Clinic, documents: Path) -> None:
    mark_psychiatry(clinic)
    seen = play(clinic, page(clinic), loaded, "n", "f2", settle, *PIN, asked, "enter", printed)
    keys = len("n") + 1 + len("2468") + 1 + 1
    assert keys <= 12
    [record] = certificates(clinic)
    assert record.status is LockStatus.SIGNED
    assert f"utfärdat 26 nov · nr {record.number}" in seen
    [path] = documents.iterdir()
    assert path.name == f"Intyg Alva Testsson psykiatri {record.number}.pdf"
    words = text_of(path)
    assert "Alva Testsson" in words
    assert record.number in words
    assert "UTKAST" not in words


def test_a_red_certificate_says_what_to_mend_and_is_not_issued(clinic: Clinic) -> None:
    mark_psychiatry(clinic, 9)
    seen = play(clinic, page(clinic), loaded, "f2", settle)
    assert "✗ 2 att åtgärda" in seen
    assert "✗ åtgärda" in seen
    assert "9 av 16 mål är markerade" in seen
    assert "12 kontroller utan anmärkning" in seen
    assert "Inget är utfärdat: 2 saker behöver åtgärdas" in seen
    assert certificates(clinic) == []


def test_a_red_certificate_is_issued_with_a_reason_that_is_printed(
    clinic: Clinic, documents: Path
) -> None:
    mark_psychiatry(clinic, 9)
    seen = play(
        clinic, page(clinic), loaded, "n", "o", write("Bedömt i AT-boken."), "enter",
        "f2", settle, *PIN, asked, "enter", printed,
    )  # fmt: skip
    [record] = certificates(clinic)
    assert record.override_reason == "Bedömt i AT-boken."
    assert "Utfärdas trots anmärkning. Skäl: Bedömt i AT-boken." in seen
    [path] = documents.iterdir()
    assert "Bedömt i AT-boken." in text_of(path)


def test_a_draft_is_printed_and_says_so_however_green(clinic: Clinic, documents: Path) -> None:
    mark_psychiatry(clinic)
    play(clinic, page(clinic), loaded, "n", "p", asked, "enter", printed)
    assert certificates(clinic) == []
    [path] = documents.iterdir()
    assert path.name == "Utkast till intyg Alva Testsson psykiatri 2026-11-26.pdf"
    assert "UTKAST" in text_of(path)
    assert "Intyget är inte utfärdat." in text_of(path)


def test_a_certificate_in_force_is_read_printed_again_and_voided(
    clinic: Clinic, documents: Path
) -> None:
    mark_psychiatry(clinic)
    play(clinic, page(clinic), loaded, "n", "f2", settle, *PIN, asked, "escape", settle)
    [record] = certificates(clinic)
    assert not documents.exists()
    seen = play(clinic, page(clinic), loaded, "p", asked, "enter", printed)
    assert "Undertecknat av Berit Handledarsson, 26 nov" in seen
    assert "utfärda" not in seen.split("\n")[23]
    assert len(list(documents.iterdir())) == 1
    seen = play(clinic, page(clinic), loaded, "v", write("fel datum"), "enter", loaded)
    assert certificates(clinic)[0].void_reason == "fel datum"
    assert "att åtgärda" in seen
    assert record.number


def test_a_folder_that_cannot_be_written_loses_no_certificate(
    clinic: Clinic, documents: Path
) -> None:
    mark_psychiatry(clinic)
    documents.write_text("ingen mapp")
    blocked = documents / "intyg"

    def name_folder(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#folder").value = str(blocked)  # type: ignore[attr-defined]

    async def told(pilot: Pilot[int]) -> None:
        for _ in range(200):
            await pilot.pause(0.05)
            if any("gick inte att skriva" in w for w in pilot.app.heard):  # type: ignore[attr-defined]
                return

    seen = play(
        clinic, page(clinic), loaded, "n", "f2", settle, *PIN, asked, name_folder, "enter", told
    )
    [record] = certificates(clinic)
    assert f"Intyg {record.number} är utfärdat och sparat, men filen gick inte att skriva" in seen


def test_the_placement_is_asked_for_with_the_one_that_waits_first(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic, None), loaded)
    lines = [line for line in seen.split("\n") if "psykiatri" in line or "allmänmedicin" in line]
    assert "psykiatri, 1 juni – 31 aug" in lines[0]
    assert "väntar på intyg" in lines[0]
    assert "pågår" in lines[1]
    seen = play(clinic, page(clinic, None), loaded, "enter", settle)
    assert "Intyg · Alva Testsson · psykiatri" in seen


def test_enter_leads_to_where_a_check_is_mended(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic), loaded, "down", "enter", loaded)
    assert "Vad fattas? · Alva Testsson" in seen
    seen = play(clinic, page(clinic), loaded, "down", "enter", loaded, "escape", loaded)
    assert "Intyg · Alva Testsson" in seen


def test_what_is_mended_elsewhere_is_seen_on_the_way_back(clinic: Clinic) -> None:
    def mend(pilot: Pilot[int]) -> None:
        mark_psychiatry(clinic)

    seen = play(clinic, page(clinic), loaded, "down", "enter", loaded, mend, "escape", loaded)
    assert "16 av 16 mål markerade som uppnådda" in seen


def test_a_missing_personnummer_is_explained(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        trainee = work.need(Trainee, clinic.trainee_id)
        trainee.personnummer = None
    seen = play(clinic, page(clinic), loaded, "s", write("utländsk examen"), "enter", settle)
    assert "Personnummer saknas: utländsk examen" in seen


def test_a_signer_who_is_not_head_names_who_delegated(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CertificateScreen, "PAUSE", 60)
    mark_psychiatry(clinic)
    with clinic.store.work("test") as work:
        head = work.save(Person(name="Maj Chefsson", licensed=False))
        unit = work.need(Unit, work.need(Placement, clinic.psychiatry_id).unit_id or "")
        unit.head_id = head.id

    def choose_berit(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#signer").value = clinic.supervisor_id  # type: ignore[attr-defined]

    def delegated(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#delegated").value = "Maj Chefsson"  # type: ignore[attr-defined]

    seen = play(clinic, page(clinic), loaded, "n", choose_berit, settle)
    assert "Berit Handledarsson är inte verksamhetschef." in seen
    assert "På delegation av" in seen
    steps: list[Step] = [loaded, "n", choose_berit, settle, delegated, settle, "f2", settle]
    seen = play(clinic, page(clinic), *steps)
    assert "På delegation av verksamhetschef Maj" in seen
    assert "Underteckna intyget" in seen


def test_what_was_filled_in_waits_as_a_draft_and_the_day_is_today(clinic: Clinic) -> None:
    play(clinic, page(clinic), loaded, "n", "escape", settle)
    seen = play(clinic, page(clinic), loaded)
    assert "Frånvaro utöver semester: ingen" in seen
    assert "Utkastet från" in seen


def test_a_training_without_placements_has_nothing_to_certify(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        for id in (clinic.psychiatry_id, clinic.primary_care_id):
            work.remove(work.need(Placement, id))
    seen = play(clinic, page(clinic, None), loaded)
    assert "Det finns ingen placering att intyga." in seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("green", [True, False])
def test_the_certificate_looks_as_it_should(
    clinic: Clinic,
    snap_compare: Any,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    green: bool,
) -> None:
    monkeypatch.setattr(CertificateScreen, "PAUSE", 60)
    mark_psychiatry(clinic, 100 if green else 9)

    async def ready(pilot: Pilot[int]) -> None:
        await loaded(pilot)
        if green:
            await pilot.press("n")

    assert snap_compare(app_of(clinic, page(clinic)), run_before=ready, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_an_issued_certificate_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(issuing, "number_of", lambda record_id, on: "2026-0000-0000-0001")
    mark_psychiatry(clinic)
    with clinic.store.work("test") as work:
        folder = find.folder(work, clinic.training_id)
        placement = placement_of(folder, clinic.psychiatry_id)
        entry = first_entry(folder, placement, owner_id=clinic.supervisor_id, on=TODAY)
        flight = preflight_of(folder, replace(entry, no_absence=True), curriculum=curriculum())
        issue(work, folder, flight)
    shown = page(clinic)
    assert snap_compare(app_of(clinic, shown), run_before=loaded, terminal_size=size)
