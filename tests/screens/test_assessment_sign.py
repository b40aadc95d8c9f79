"""Signing a form on the spot, and what can be done with it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from at_tui.correcting import confirm, save_draft, sign_form
from at_tui.filled_form import FilledForm
from at_tui.signer import Signer
from data import find
from data.signing import set_pin
from schema.tables import Assessment, Signature
from schema.words import LockStatus, Meaning
from screens.assessment import FormWay
from screens.assessment_choose import ChooseInstrument
from screens.assessment_form import FormScreen
from screens.assessment_rows import RatedRow
from screens.assessment_view import AssessmentView
from tests.at_tui.clinic import TODAY, Clinic, around, exam, instrument, make_clinic, mini_cex
from tests.screens.playing import SIZES, Step, app_of, at_two, play, settle, write

PIN: list[Step] = [write("2468"), "enter"]
NEW_PIN: list[Step] = [*PIN, *PIN]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    at_two(monkeypatch)
    made = make_clinic(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def pins(clinic: Clinic) -> None:
    """Both have chosen their PIN before."""
    with clinic.store.work("test") as work:
        set_pin(work, clinic.supervisor_id, "2468")
        set_pin(work, clinic.trainee_id, "2468")


def ready(clinic: Clinic) -> FilledForm:
    """Save a mini-CEX in which nothing is missing but the signature."""
    form = mini_cex(clinic.training_id, assessor_id=clinic.supervisor_id)
    form.placement_id = clinic.primary_care_id
    with clinic.store.work("test") as work:
        save_draft(work, form)
    return form


def signed(clinic: Clinic, *, confirmed: bool = True) -> str:
    form = ready(clinic)
    signer = Signer(clinic.supervisor_id, "Berit Handledarsson", "överläkare")
    with clinic.store.work("test") as work:
        sign_form(work, instrument("mini-cex"), form, around(), signer)
        if confirmed:
            confirm(work, form.id, Signer(clinic.trainee_id, "Alva Testsson", "AT-läkare"))
    return form.id


def forms(clinic: Clinic) -> list[Assessment]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).assessments


def signatures(clinic: Clinic) -> list[tuple[Meaning, str]]:
    with clinic.store.read() as work:
        return [(s.meaning, s.signer_id) for s in work.all(Signature)]


def opened(clinic: Clinic, form_id: str) -> FormWay:
    return FormWay(clinic.training_id, assessment_id=form_id)


def test_both_sign_with_their_own_pin_and_the_form_is_locked(clinic: Clinic, pins: None) -> None:
    form = ready(clinic)
    seen = play(clinic, opened(clinic, form.id), "f2", *PIN, *PIN, settle)
    [record] = forms(clinic)
    assert record.status is LockStatus.SIGNED
    assert signatures(clinic) == [
        (Meaning.ASSESSES, clinic.supervisor_id),
        (Meaning.TAKES_PART, clinic.trainee_id),
    ]
    assert "● signerad" in seen
    assert "Berit Handledarsson, överläkare  bedömer 26 nov 14.02" in seen
    assert "Alva Testsson, AT-läkare  tar del av 26 nov 14.02" in seen


def test_a_first_signature_chooses_a_pin_twice(clinic: Clinic) -> None:
    form = ready(clinic)
    seen = play(clinic, opened(clinic, form.id), "f2", *NEW_PIN, *NEW_PIN, settle)
    assert "● signerad" in seen
    assert len(signatures(clinic)) == 2


def test_the_at_lakare_may_confirm_later(clinic: Clinic, pins: None) -> None:
    form = ready(clinic)
    seen = play(clinic, opened(clinic, form.id), "f2", *PIN, "escape", settle)
    assert "ej bekräftad av AT-läkaren" in seen
    seen = play(clinic, opened(clinic, form.id), "b", *PIN, settle)
    assert "ej bekräftad" not in seen
    assert len(signatures(clinic)) == 2


def test_a_wrong_pin_signs_nothing_and_says_so(clinic: Clinic, pins: None) -> None:
    form = ready(clinic)
    seen = play(clinic, opened(clinic, form.id), "f2", write("1111"), "enter")
    assert "Fel PIN-kod. Inget är signerat." in seen
    assert forms(clinic)[0].status is LockStatus.DRAFT


def test_leaving_the_pin_signs_nothing(clinic: Clinic, pins: None) -> None:
    form = ready(clinic)
    play(clinic, opened(clinic, form.id), "f2", "escape")
    assert (forms(clinic)[0].status, signatures(clinic)) == (LockStatus.DRAFT, [])


def test_what_is_missing_is_named_and_enter_goes_there(clinic: Clinic) -> None:
    page = FormWay(clinic.training_id, instrument_id="mini-cex")
    seen = play(clinic, page, "f2", settle)
    assert "3 saker. Enter går dit." in seen
    assert "Patientmöte: inte ifyllt." in seen
    assert "Återkoppling: fyll i minst ett fält." in seen
    page = FormWay(clinic.training_id, instrument_id="mini-cex")
    landed: list[str] = []

    def look(pilot: Pilot[int]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert isinstance(screen.focused, RatedRow)
        landed.append(screen.focused.item.id)

    play(clinic, page, "f2", settle, "down", "down", "enter", settle, look)
    assert landed == ["anamnes"]


def test_an_exam_form_is_never_called_complete_while_something_is_missing(
    clinic: Clinic,
) -> None:
    page = FormWay(clinic.training_id, instrument_id="medsittning-examination")
    seen = play(clinic, page, "f2", settle)
    assert "Bedömare är inte vald." in seen
    assert "Slutbetyg: inte ifyllt." in seen
    assert signatures(clinic) == []


def test_what_the_examiner_lacks_is_mended_in_the_register(clinic: Clinic) -> None:
    form = exam(clinic.training_id)
    form.assessor_id = clinic.colleague_id
    with clinic.store.work("test") as work:
        save_draft(work, form)
    seen = play(clinic, opened(clinic, form.id), "f2", settle)
    assert "Ture Testman står inte som specialist." in seen
    assert "Telefon eller e-post till Ture Testman saknas." in seen

    def specialist(pilot: Pilot[int]) -> None:
        pilot.app.screen.query_one("#row-specialty Input", Input).value = "kirurgi"
        pilot.app.screen.query_one("#row-phone Input", Input).value = "0240-555 55"

    seen = play(
        clinic, opened(clinic, form.id), "f2", settle, "enter", settle, specialist, "ctrl+s",
        settle, "f2", settle,
    )  # fmt: skip
    assert "Signera medsittning" in seen


def test_a_rattelse_is_filled_in_as_the_old_one_and_replaces_it(clinic: Clinic, pins: None) -> None:
    old_id = signed(clinic)

    def change(pilot: Pilot[int]) -> None:
        page = pilot.app.screen
        assert isinstance(page, FormScreen)
        assert page.form.answers["status"] == 3
        page.sheet.go_to("status")

    seen = play(
        clinic,
        opened(clinic, old_id),
        "r", write("fel nivå"), "enter", settle, change, "4", "f2", *PIN, *PIN, settle,
    )  # fmt: skip
    old, new = forms(clinic)
    assert (old.status, new.status) == (LockStatus.CORRECTED, LockStatus.SIGNED)
    assert (old.answers["status"], new.answers["status"]) == (3, 4)
    assert "Rättar bedömningen från 26 nov: fel nivå" in seen
    seen = play(clinic, opened(clinic, old_id))
    assert "◐ rättad" in seen
    assert "Rättad: fel nivå" in seen
    assert "● signerad" in play(clinic, opened(clinic, old_id), "g")


def test_a_rattelse_that_is_begun_is_gone_on_with(clinic: Clinic, pins: None) -> None:
    old_id = signed(clinic)
    play(clinic, opened(clinic, old_id), "r", write("fel nivå"), "enter", settle, "ctrl+s", settle)
    seen = play(clinic, opened(clinic, old_id))
    assert "En rättelse är påbörjad: fel nivå" in seen
    seen = play(clinic, opened(clinic, old_id), "g", settle)
    assert "Rättelse: mini-CEX · Alva Testsson" in seen


def test_a_voided_form_is_read_with_its_reason(clinic: Clinic) -> None:
    form_id = signed(clinic)
    seen = play(clinic, opened(clinic, form_id), "v", "enter")
    assert "Skriv ett skäl." in seen
    seen = play(clinic, opened(clinic, form_id), "v", write("fel AT-läkare"), "enter", settle)
    assert "✗ makulerad" in seen
    assert "Makulerad: fel AT-läkare" in seen
    assert "Sammanfattade för patienten" in seen
    assert forms(clinic)[0].status is LockStatus.VOIDED


def test_a_form_without_signature_is_saved_and_can_be_gone_on_with(clinic: Clinic) -> None:
    page = FormWay(clinic.training_id, instrument_id="samtalschecklista")
    seen = play(clinic, page, write("gå hem i tid"), "tab", "1", "ctrl+s", settle)
    assert "sparad 14.02" in seen
    assert "ej signerad" not in seen
    assert "signera" not in seen.split("\n")[23]
    [record] = forms(clinic)
    assert "Gå" not in record.answers
    assert record.answers["arbetsborda"] == "ja"


def test_an_instrument_version_that_is_not_known_here_is_said_and_the_answers_shown(
    clinic: Clinic,
) -> None:
    form_id = signed(clinic)
    for status in (LockStatus.SIGNED, LockStatus.DRAFT):
        with clinic.store.work("test") as work:
            record = work.save(
                Assessment(
                    training_id=clinic.training_id,
                    instrument_id="mini-cex",
                    instrument_version="0.9",
                    day=TODAY,
                    answers={"gammal-fråga": 7},
                    status=status,
                )
            )
        seen = play(clinic, opened(clinic, record.id), settle)
        assert "mini-cex version 0.9, som inte finns här" in seen
        assert "gammal-fråga: 7" in seen
    assert "version" not in play(clinic, opened(clinic, form_id), settle)


def test_an_old_form_shows_its_own_scale(clinic: Clinic) -> None:
    form = ready(clinic)
    form.variant, form.answers["anamnes"] = "nio-steg", 9
    with clinic.store.work("test") as work:
        record = save_draft(work, form)
    form.rev = record.rev
    signer = Signer(clinic.supervisor_id, "Berit Handledarsson")
    with clinic.store.work("test") as work:
        sign_form(work, instrument("mini-cex"), form, around(), signer)
    assert "mycket gott, högst" in play(clinic, opened(clinic, form.id), settle)


def test_the_goals_a_form_counts_towards_are_marked_from_it(clinic: Clinic) -> None:
    form = mini_cex(clinic.training_id, assessor_id=clinic.supervisor_id, goals=["5:2:3", "5:2:4"])
    with clinic.store.work("test") as work:
        signer = Signer(clinic.supervisor_id, "Berit Handledarsson")
        sign_form(work, instrument("mini-cex"), form, around(), signer)
    seen = play(clinic, opened(clinic, form.id), settle, "end")
    assert "5 kap. 2 § 4  Bedöma självmordsrisk." in seen
    seen = play(clinic, opened(clinic, form.id), settle, "m", settle, "enter", settle)
    with clinic.store.read() as work:
        marks = find.folder(work, clinic.training_id).goal_marks
    assert sorted((m.goal_id, m.evidence) for m in marks) == [
        ("5:2:3", [form.id]),
        ("5:2:4", [form.id]),
    ]
    assert "målen uppnådda" not in seen


def test_what_is_begun_can_be_taken_away_from_the_list(clinic: Clinic) -> None:
    ready(clinic)
    page = FormWay(clinic.training_id)
    seen = play(clinic, page, settle, "delete", settle, "n")
    assert len(forms(clinic)) == 1
    seen = play(clinic, FormWay(clinic.training_id), settle, "delete", settle, "j", settle)
    assert forms(clinic) == []
    assert "Påbörjade" not in seen
    seen = play(clinic, FormWay(clinic.training_id), settle, "delete")
    assert "Ta bort" not in seen


def test_choosing_shows_what_waits_first_and_the_quickest_forms(clinic: Clinic) -> None:
    ready(clinic)
    seen = play(clinic, FormWay(clinic.training_id))
    lines = [line.strip() for line in seen.split("\n") if line.strip()]
    assert lines[2].startswith("Påbörjade")
    assert "mini-CEX" in lines[3]
    assert "Utvärdering av en placering" not in seen
    seen = play(clinic, FormWay(clinic.training_id), "down", *"dops", "enter", settle)
    assert "DOPS · Alva Testsson" in seen


def test_every_way_in_leads_back_to_the_page_before(clinic: Clinic, pins: None) -> None:
    stacks: list[int] = []

    def look(pilot: Pilot[int]) -> None:
        stacks.append(len(pilot.app.screen_stack))

    form_id = signed(clinic)
    play(clinic, opened(clinic, form_id), settle, "escape", settle, look)
    play(clinic, FormWay(clinic.training_id), settle, "escape", settle, look)
    new = FormWay(clinic.training_id, instrument_id="dops")
    play(clinic, new, settle, "escape", settle, look)
    begun = ready(clinic)
    steps: list[Step] = [settle, "f2", settle, *PIN, *PIN, settle, "escape", settle, look]
    play(clinic, opened(clinic, begun.id), *steps)
    assert stacks == [1, 1, 1, 1]


def test_nothing_stands_between_a_form_and_the_page_it_was_opened_from(clinic: Clinic) -> None:
    stacks: list[list[str]] = []

    def look(pilot: Pilot[int]) -> None:
        stacks.append([type(one).__name__ for one in pilot.app.screen_stack])

    play(clinic, FormWay(clinic.training_id, instrument_id="dops"), settle, look)
    play(clinic, opened(clinic, signed(clinic)), settle, look)
    assert stacks == [["Page", "FormScreen"], ["Page", "AssessmentView"]]


def test_a_form_that_is_no_more_is_said(clinic: Clinic) -> None:
    seen = play(clinic, opened(clinic, "no-such"), settle)
    assert "finns inte längre" in seen


def test_the_form_is_printed_into_the_documents_folder(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data import places

    monkeypatch.setattr(places, "documents_folder", lambda: tmp_path / "Dokument")
    form_id = signed(clinic)

    async def wait(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()

    seen = play(clinic, opened(clinic, form_id), "p", wait)
    [path] = (tmp_path / "Dokument").iterdir()
    assert path.name == "mini-CEX Alva Testsson 2026-11-26.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert "Utskriven" in seen


@pytest.mark.parametrize("size", SIZES)
def test_a_signed_form_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = AssessmentView(clinic.training_id, signed(clinic, confirmed=False))
    assert snap_compare(app_of(clinic, page), terminal_size=size)


def test_the_day_of_a_begun_form_is_whole(clinic: Clinic) -> None:
    ready(clinic)
    with clinic.store.work("test") as work:
        for form in find.folder(work, clinic.training_id).assessments:
            form.day = date(2025, 9, 24)
            work.save(form)
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    assert "ej signerad, 24 sept 2025" in play(clinic, ChooseInstrument(folder))


@pytest.mark.parametrize("size", SIZES)
def test_the_list_of_instruments_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    ready(clinic)
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    assert snap_compare(app_of(clinic, ChooseInstrument(folder)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_completeness_list_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = FormWay(clinic.training_id, instrument_id="medsittning-examination")

    async def open_list(pilot: Pilot[int]) -> None:
        page.open(pilot.app)
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=open_list, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_sign_dialog_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    form = ready(clinic)

    async def open_dialog(pilot: Pilot[int]) -> None:
        opened(clinic, form.id).open(pilot.app)
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=open_dialog, terminal_size=size)
