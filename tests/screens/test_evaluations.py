"""Evaluations on screen: sealed without a name, shown from five, answered by the unit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot

from at_tui.evaluations.results import Subject, subjects
from data import ballot_box, places
from data.ballot_box import Ballot, cast
from schema.tables import Education, Evaluation, Training, Unit, UnitResponse
from schema.words import EducationKind
from screens.evaluations.choose import EvaluatePage
from screens.evaluations.form import EvaluationForm
from screens.evaluations.overview import EvaluationsPage
from screens.evaluations.results import ResultsPage
from tests.at_tui.clinic import Clinic, instrument, make_clinic
from tests.screens.playing import SIZES, Step, app_of, play, settle, write
from tests.screens.settling import flat

KEEP = ["Handledningen blev av varje vecka.", "Egna patienter och någon nära.",
        "Introduktionen var bra.", "Alla hälsade på morgonen."]  # fmt: skip
CHANGE = ["Schemat kom för sent.", "Fler moment att göra själv.", "För många jourer i början."]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    monkeypatch.setattr(places, "documents_folder", lambda: tmp_path / "Dokument")
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        for title, day in (("Sepsis", date(2026, 11, 12)), ("Gammal", date(2026, 3, 1))):
            work.save(
                Education(training_id=made.training_id, kind=EducationKind.LECTURE, title=title,
                          day=day, minutes=90)
            )  # fmt: skip
    yield made
    made.store.close()


def unit_of(clinic: Clinic) -> str:
    from schema.tables import Placement

    with clinic.store.read() as work:
        return work.need(Placement, clinic.primary_care_id).unit_id or ""


def answer(clinic: Clinic, count: int, *, period: str = "2026-2", by: int = 0) -> None:
    """Let `count` AT-läkare answer about the vårdcentral, better each year."""
    mall = instrument("placeringsutvardering")
    rated = [i.id for s in mall.sections for i in s.items if i.type == "scale"]
    for who in range(count):
        answers: dict[str, Any] = {
            id: min(5, 2 + by + (who + place) % 3) for place, id in enumerate(rated)
        }
        answers |= {"behalla": KEEP[who % 4], "andra": CHANGE[who % 3]}
        cast(
            clinic.store,
            Ballot(unit_of(clinic), "allmanmedicin", period, mall.id, mall.version, "", answers),
        )


def subject(clinic: Clinic) -> Subject:
    with clinic.store.read() as work:
        return next(s for s in subjects(work) if s.unit_id == unit_of(clinic))


def sealed(clinic: Clinic) -> list[Evaluation]:
    with clinic.store.read() as work:
        return work.all(Evaluation)


def test_a_placement_is_evaluated_without_name_draft_or_history(clinic: Clinic) -> None:
    with clinic.store.read() as work:
        before = work.versions_of(clinic.training_id)
    seen = play(
        clinic, EvaluatePage(clinic.training_id), "enter", write("Bra handledning."), "tab",
        write("Mer tid."), "tab", *"45345", "f2",
    )  # fmt: skip
    assert "Det är det första svaret" in seen
    with clinic.store.read() as work:
        assert work.drafts() == []
        assert work.versions_of(clinic.training_id) == before
        (kind,) = ballot_box.waiting(work)
    assert kind[1] == "psykiatri"
    assert sealed(clinic) == []


def test_what_is_offered_follows_the_plan(clinic: Clinic) -> None:
    assert "EFTER VARJE PLACERING" in play(clinic, EvaluatePage(clinic.training_id))
    for programme, words in (("gavle", "EFTER VARJE BLOCK"), ("sormland", "VARJE KVARTAL")):
        with clinic.store.work("test") as work:
            work.need(Training, clinic.training_id).programme_id = programme
        assert words in play(clinic, EvaluatePage(clinic.training_id))


def test_a_lecture_of_late_is_evaluated_without_unit_or_day(clinic: Clinic) -> None:
    seen = play(clinic, EvaluatePage(clinic.training_id), *["down"] * 1)
    assert "Sepsis" in seen
    assert "Gammal" not in seen
    for _ in range(5):
        play(clinic, EvaluatePage(clinic.training_id), "end", "enter", "tab", "tab", *"4", "f2")
    rows = sealed(clinic)
    assert {(row.unit_id, row.about, row.period) for row in rows} == {(None, "Sepsis", "2026-2")}
    assert all(set(row.answers) <= {"nytta"} for row in rows)


def test_leaving_asks_and_keeps_nothing(clinic: Clinic) -> None:
    page = EvaluatePage(clinic.training_id)
    seen = play(clinic, page, "enter", write("Något"), "escape")
    assert "Gå utan att lämna in?" in seen
    seen = play(clinic, EvaluatePage(clinic.training_id), "enter", write("Något"), "escape", "j")
    assert "Vad vill du utvärdera?" in seen
    with clinic.store.read() as work:
        assert work.drafts() == []
        assert ballot_box.waiting(work) == {}


def test_an_empty_form_is_not_taken(clinic: Clinic) -> None:
    seen = play(clinic, EvaluatePage(clinic.training_id), "enter", "f2")
    assert "svara på minst en fråga först" in seen


@pytest.mark.parametrize("words", ["Berit var bra.", "Ring 0240-123 45.", "Frågan från Alva."])
def test_words_that_may_tell_are_pointed_out_before_they_are_sealed(
    clinic: Clinic, words: str
) -> None:
    steps = ["enter", write(words), "tab", "tab", *"4", "f2"]
    seen = play(clinic, EvaluatePage(clinic.training_id), *steps)
    assert "Kan det här avslöja någon?" in seen
    with clinic.store.read() as work:
        assert ballot_box.waiting(work) == {}
    assert "Inlämnat" in play(clinic, EvaluatePage(clinic.training_id), *steps, "j")


def test_a_word_that_is_no_name_is_let_through(clinic: Clinic) -> None:
    steps = ["enter", write("handledaren var bra"), "tab", "tab", *"4", "f2"]
    assert "Inlämnat" in play(clinic, EvaluatePage(clinic.training_id), *steps)


def test_four_answers_are_not_shown_and_five_are(clinic: Clinic) -> None:
    answer(clinic, 4)
    seen = play(clinic, EvaluationsPage())
    assert "4 av 5 väntar" in seen
    seen = flat(play(clinic, EvaluationsPage(), "enter"))
    assert "4 svar väntar i lådan" in seen
    assert not any(words in seen for words in (*KEEP, *CHANGE))
    answer(clinic, 1)
    assert "visas, 2026" in play(clinic, EvaluationsPage())
    seen = play(clinic, EvaluationsPage(), "enter", "end", size=(120, 40))
    assert KEEP[0] in seen
    assert "Jag rekommenderar placeringen" in seen


def test_the_unit_says_what_it_did_and_that_stands_beside_the_result(clinic: Clinic) -> None:
    answer(clinic, 5)
    page = ResultsPage(subject(clinic))
    play(clinic, page, "r", "tab", write("Schemat läggs fyra veckor i förväg."), "ctrl+s")
    with clinic.store.read() as work:
        (response,) = work.all(UnitResponse)
        assert work.versions_of(response.id)
    assert (response.year, response.by_id) == (2026, clinic.supervisor_id)
    seen = play(clinic, ResultsPage(subject(clinic)), "end", size=(120, 40))
    assert "Schemat läggs fyra veckor i förväg." in seen
    assert "svarat 2026" in play(clinic, EvaluationsPage())


def test_an_empty_answer_says_in_full_why_it_is_worth_writing(clinic: Clinic) -> None:
    answer(clinic, 5)
    seen = flat(play(clinic, ResultsPage(subject(clinic)), "end"))
    assert "då ser nästa läkare att det lönar sig att svara." in seen


def test_the_year_and_the_name_stand_apart_from_what_was_done(clinic: Clinic) -> None:
    answer(clinic, 5)
    with clinic.store.work("test") as work:
        work.save(
            UnitResponse(unit_id=unit_of(clinic), year=2026, text="Nytt schema.",
                         day=date(2026, 11, 20), by_id=clinic.supervisor_id)
        )  # fmt: skip
    seen = play(clinic, ResultsPage(subject(clinic)), "end", size=(120, 40))
    assert "2026  Nytt schema.  " in seen


def test_two_clinics_of_one_name_are_told_apart_by_their_place(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        twin = work.save(Unit(name="Vårdcentral A", site="Borlänge")).id
    answer(clinic, 1)
    assert "Ludvika" not in play(clinic, EvaluationsPage())
    mall = instrument("placeringsutvardering")
    answers = {"behalla": KEEP[0]}
    cast(
        clinic.store,
        Ballot(twin, "allmanmedicin", "2026-2", mall.id, mall.version, "", answers),
    )
    seen = play(clinic, EvaluationsPage())
    assert seen.index("Vårdcentral A Borlänge") < seen.index("Vårdcentral A Ludvika")
    assert "1 av 5 väntar" in seen, "whole at 80 columns"


def test_a_response_to_a_year_that_has_not_begun_is_refused(clinic: Clinic) -> None:
    answer(clinic, 5)
    year = ["backspace"] * 4
    steps: list[Step] = ["r", *year, write("2027"), "tab", write("Något."), "ctrl+s"]
    seen = play(clinic, ResultsPage(subject(clinic)), *steps)
    assert "2027 har inte börjat" in flat(seen)
    with clinic.store.read() as work:
        assert work.all(UnitResponse) == []


def test_the_yearly_report_is_printed_with_trend_and_response(
    clinic: Clinic, tmp_path: Path
) -> None:
    for by, year in enumerate((2024, 2025, 2026)):
        answer(clinic, 5 * (by + 1), period=f"{year}-1", by=by)
    with clinic.store.work("test") as work:
        work.save(
            UnitResponse(unit_id=unit_of(clinic), year=2025, text="Nytt schema.",
                         day=date(2026, 1, 8))
        )  # fmt: skip
    play(clinic, ResultsPage(subject(clinic)), "p")
    (path,) = (tmp_path / "Dokument").iterdir()
    said = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert flat("Vårdcentral A") in flat(said)
    for words in ("2024", "2025", "2026", "Nytt schema.", "15", KEEP[1]):
        assert words in said


async def _results(clinic: Clinic, pilot: Pilot[Any]) -> None:
    pilot.app.push_screen(ResultsPage(subject(clinic)))
    await settle(pilot)


def many_years(clinic: Clinic) -> None:
    for by, year in enumerate((2024, 2025, 2026)):
        answer(clinic, 5, period=f"{year}-1", by=by)
    answer(clinic, 2)
    with clinic.store.work("test") as work:
        work.save(
            UnitResponse(unit_id=unit_of(clinic), year=2025, by_id=clinic.examiner_id,
                         text="Schemat läggs nu fyra veckor i förväg.", day=date(2026, 2, 10))
        )  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_results(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    many_years(clinic)

    async def before(pilot: Pilot[Any]) -> None:
        await _results(clinic, pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_list(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    many_years(clinic)
    cast(clinic.store, Ballot(None, "allman", "2026-2", "forelasningsutvardering", "1", "Sepsis"))

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(EvaluationsPage())
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_form(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(EvaluatePage(clinic.training_id))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


def test_the_form_keeps_what_is_typed_when_the_box_cannot_be_written(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    async def go() -> None:
        app = app_of(clinic)
        async with app.run_test(size=(80, 24)) as pilot:
            pilot.app.push_screen(EvaluatePage(clinic.training_id))
            await settle(pilot)
            for key in ("enter", "tab", "tab", "4"):
                await pilot.press(key)
            await settle(pilot)
            monkeypatch.setattr(ballot_box, "write_atomic", full)
            await pilot.press("f2")
            await settle(pilot)
            assert isinstance(app.screen, EvaluationForm)
            assert any("Svaren står kvar" in words for words in app.heard)

    asyncio.run(go())
