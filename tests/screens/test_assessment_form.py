"""Filling in any instrument at the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from at_tui.filled_form import FilledForm, draft_key
from at_tui.form_start import start_form
from data import find
from schema.tables import Assessment, Draft, Person
from schema.words import LockStatus
from screens.assessment_form import FormScreen
from tests.at_tui.clinic import TODAY, Clinic, instrument
from tests.screens.playing import NOW, SIZES, Act, app_of, play, write

HOSTILE = "[bold red]Ö'Brien[/] \x1b[2J\u202edrow [@click=quit]x[/]"


def form_page(clinic: Clinic, instrument_id: str, **changes: Any) -> FormScreen:
    mall = instrument(instrument_id)
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    form = start_form(mall, folder, on=TODAY, author=clinic.supervisor_id)
    for name, value in changes.items():
        setattr(form, name, value)
    return FormScreen(folder, mall, form)


def saved(clinic: Clinic) -> list[Assessment]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).assessments


def draft(clinic: Clinic, page: FormScreen) -> FilledForm | None:
    with clinic.store.read() as work:
        found = work.get(Draft, draft_key(clinic.training_id, page.form.id))
    return FilledForm.from_draft(found.content) if found else None


def go(item_id: str) -> Act:
    def act(pilot: Pilot[int]) -> None:
        page = pilot.app.screen
        assert isinstance(page, FormScreen)
        assert page.sheet.go_to(item_id)

    return act


def test_a_whole_mini_cex_is_filled_in_from_top_to_bottom(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(
        clinic,
        page,
        write("bröstsmärta, akutmottagning"), "enter", "a", "tab", "right", "tab",
        write("15"), "tab", write("5"), "tab",
        write("Sammanfattade för patienten innan undersökningen."), "tab",
        write("Fråga om läkemedel tidigare."), "tab",
        "4", "3", "4", "3", "4", "-", "4", "ctrl+s",
    )  # fmt: skip
    [record] = saved(clinic)
    assert record.context == {
        "patientmote": "bröstsmärta, akutmottagning",
        "plats": "akut",
        "svarighet": "lag",
        "minuter-observation": 15,
        "minuter-aterkoppling": 5,
    }
    assert record.answers == {
        "behalla": "Sammanfattade för patienten innan undersökningen.",
        "andra": "Fråga om läkemedel tidigare.",
        "anamnes": 4, "status": 3, "kommunikation": 4, "bedomning": 3,
        "professionalitet": 4, "organisation": None, "helhet": 4,
    }  # fmt: skip
    assert record.status is LockStatus.DRAFT
    assert record.assessor_id == clinic.supervisor_id
    assert "sparad 14.02, ej signerad" in seen
    assert "7 av 7" in seen


def test_dalarnas_sixteen_areas_take_one_key_and_then_those_that_differ(clinic: Clinic) -> None:
    page = form_page(clinic, "dalarna-aterkoppling")
    steps = ["f5", "down", "down", "4", "2", "ctrl+s"]
    seen = play(clinic, page, *steps)
    [record] = saved(clinic)
    assert len(steps) <= 6
    assert record.answers.pop("omdome") == 4
    assert record.answers.pop("sjalvstandighet") == 2
    assert set(record.answers.values()) == {3}
    assert len(record.answers) == 14
    assert record.context == {"period-fran": "2026-09-01", "period-till": "2026-11-26"}
    assert "16 av 16" in seen


def test_digits_typed_faster_than_the_focus_moves_land_on_their_own_rows(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")

    def all_at_once(pilot: Pilot[int]) -> None:
        for digit in "34512":
            pilot.app.post_message(events.Key(digit, digit))

    play(clinic, page, go("anamnes"), all_at_once, "ctrl+s")
    (record,) = saved(clinic)
    assert record.answers == {
        "anamnes": 3, "status": 4, "kommunikation": 5, "bedomning": 1, "professionalitet": 2,
    }  # fmt: skip


def test_a_digit_outside_the_scale_is_refused_where_it_is_typed(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, go("anamnes"), "9")
    assert "9 finns inte, välj 1–5" in seen
    assert "anamnes" not in page.form.answers


def test_not_observed_is_refused_where_it_may_not_be_answered(clinic: Clinic) -> None:
    page = form_page(clinic, "medsittning-examination")
    seen = play(clinic, page, go("anamnes"), "-")
    assert "»ej observerat« går inte här" in seen
    assert page.form.answers == {}


def test_a_wrong_number_is_told_under_its_field_and_is_not_saved(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, go("minuter-observation"), write("900"), "ctrl+s")
    assert "Observation: 900 är för mycket, högst 240 min." in seen
    assert saved(clinic) == []
    kept = draft(clinic, page)
    assert kept is None or kept.context["minuter-observation"] == 900


def test_a_day_that_does_not_exist_is_told(clinic: Clinic) -> None:
    page = form_page(clinic, "dalarna-aterkoppling")
    page.form.context.pop("period-fran")
    seen = play(clinic, page, go("period-fran"), write("2026-02-30"))
    assert "Period från: »2026-02-30« är inget datum" in seen


def test_backspace_takes_an_answer_away(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    play(clinic, page, go("anamnes"), "4", "up", "backspace")
    assert "anamnes" not in page.form.answers


def test_arrows_choose_the_level_beside(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    play(clinic, page, go("anamnes"), "right", "right", "right", "left")
    assert page.form.answers["anamnes"] == 2


def test_a_remark_is_written_beside_its_answer(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, go("status"), "3", "up", "enter", write("hjälp i rummet"), "enter")
    assert page.form.answers["status:comment"] == "hjälp i rummet"
    assert "» hjälp i rummet" in seen
    play(clinic, form_page(clinic, "mini-cex"), go("status"), "enter", write("nej"), "escape")


def test_a_long_text_is_seen_whole_while_it_is_written(clinic: Clinic) -> None:
    heights: list[int] = []

    def look(pilot: Pilot[int]) -> None:
        field = pilot.app.screen.focused
        assert field is not None
        heights.append(field.size.height)

    page = form_page(clinic, "fredagsfeedback")
    long = write("Förklarade för patienten vad som händer härnäst. " * 6)
    seen = play(clinic, page, look, long, look)
    assert heights == [2, 4]
    assert seen.count("Förklarade") == 6


def test_escape_takes_back_a_remark(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, go("status"), "enter", write("tvekar"), "escape")
    assert "status:comment" not in page.form.answers
    assert "Status" in seen


def test_what_is_typed_is_a_draft_within_a_second(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FormScreen, "PAUSE", 0.01)
    page = form_page(clinic, "mini-cex")

    async def wait(pilot: Pilot[int]) -> None:
        await pilot.pause(0.1)

    seen = play(clinic, page, write("yrsel"), wait)
    kept = draft(clinic, page)
    assert kept is not None
    assert kept.context == {"patientmote": "yrsel"}
    assert "utkast sparat 14.02" in seen


def test_leaving_keeps_a_draft_and_saving_drops_it(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    play(clinic, page, write("yrsel"), "escape")
    assert draft(clinic, page) == page.form
    assert saved(clinic) == []
    again = FormScreen(page.folder, page.instrument, page.form, NOW.astimezone())
    seen = play(clinic, again, "ctrl+s")
    assert "Utkastet från" in seen
    assert draft(clinic, page) is None
    assert len(saved(clinic)) == 1


def test_the_at_lakare_rates_first_and_the_assessor_begins_with_an_empty_column(
    clinic: Clinic,
) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, "f3", "4", "4", "3")
    assert "Alva Testsson skattar sig själv" in seen
    assert "En sak att behålla" not in seen
    assert page.form.own == {"anamnes": 4, "status": 4, "kommunikation": 3}
    assert page.form.answers == {}
    page = form_page(clinic, "mini-cex", own={"anamnes": 4})
    seen = play(clinic, page, "f3", "f3", go("anamnes"), "3")
    assert page.form.own == {"anamnes": 4}
    assert page.form.answers == {"anamnes": 3}
    assert "≠" in seen


def test_the_at_lakare_does_not_see_the_assessors_answers(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex", answers={"anamnes": 2})
    seen = play(clinic, page, "f3")
    [line] = [line for line in seen.split("\n") if "Anamnes" in line]
    assert "2" not in line


def test_escape_in_the_own_rating_hands_over(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, "f3", "4", "escape")
    assert "Mini-CEX · Alva Testsson" in seen


def test_another_scale_is_chosen_and_the_old_answers_go(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex", answers={"anamnes": 4})
    seen = play(clinic, page, "f4", "down", "enter", go("anamnes"), "9")
    assert page.form.variant == "nio-steg"
    assert page.form.answers == {"anamnes": 9}
    assert "7–9 mycket gott" in seen


def test_the_previous_forms_answer_is_offered_with_one_key(clinic: Clinic) -> None:
    first = form_page(clinic, "dalarna-aterkoppling", answers={"teori": 2, "praktik": None})
    play(clinic, first, "ctrl+s")
    page = form_page(clinic, "dalarna-aterkoppling")
    seen = play(clinic, page, go("teori"))
    assert "= som förra gången: något under" in seen
    page = form_page(clinic, "dalarna-aterkoppling")
    play(clinic, page, go("teori"), "equals_sign", "equals_sign")
    assert page.form.answers == {"teori": 2, "praktik": None}


def test_several_choices_are_toggled(clinic: Clinic) -> None:
    page = form_page(clinic, "dalarna-aterkoppling")
    play(clinic, page, go("underlag"), "3", "1", "2", "1")
    assert page.form.context["underlag"] == ["kollegor", "medarbetare"]


def test_patient_data_is_pointed_out_and_asked_about_before_it_is_saved(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, write("811218-9876 yrsel"))
    assert "811218-9876: ser ut som något om en patient" in seen
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, write("811218-9876 yrsel"), "ctrl+s", "n")
    assert saved(clinic) == []
    page = form_page(clinic, "mini-cex")
    play(clinic, page, write("811218-9876 yrsel"), "ctrl+s", "j")
    assert len(saved(clinic)) == 1


def test_the_assessor_is_changed_and_a_new_one_is_added(clinic: Clinic) -> None:
    page = form_page(clinic, "medsittning-examination")

    def to_assessor(pilot: Pilot[int]) -> None:
        page.query_one("#assessor").focus()

    play(
        clinic,
        page,
        to_assessor, "enter", "end", "enter",
        write("Ylva Ny"), "ctrl+s",
    )  # fmt: skip
    with clinic.store.read() as work:
        [person] = [p for p in work.all(Person) if p.name == "Ylva Ny"]
    assert page.form.assessor_id == person.id
    assert page.folder.people[person.id].name == "Ylva Ny"


def test_goals_are_chosen_among_those_the_form_reaches(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, "f6", "space", "space", "ctrl+s")
    assert len(page.form.goals) == 2
    assert "2 mål" in seen


def test_text_from_outside_is_shown_as_it_stands(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    seen = play(clinic, page, go("behalla"), write(HOSTILE), go("anamnes"), "3", "up", "enter",
                write("[/b] [x]"), "enter", "ctrl+s")  # fmt: skip
    assert "[bold red]Ö'Brien[/]" in seen
    assert "\x1b" not in page.form.answers["behalla"]
    assert saved(clinic)[0].answers["anamnes:comment"] == "[/b] [x]"


def test_the_help_says_what_the_levels_mean_and_whose_words_they_are(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    play(clinic, page, "f1")
    words = page.help_text()
    assert "AT-läkaren hade klarat det utan mig." in words
    assert "ingen officiell blankett" in words


@pytest.mark.parametrize(
    "instrument_id",
    [
        "cbd", "dalarna-aterkoppling", "dops", "fredagsfeedback", "halvtid",
        "medsittning-examination", "medsittning-formativ", "mini-cex", "msf", "samtalschecklista",
    ],
)  # fmt: skip
def test_any_instrument_is_drawn_with_all_its_items(clinic: Clinic, instrument_id: str) -> None:
    page = form_page(clinic, instrument_id)
    drawn: set[str] = set()

    def look(pilot: Pilot[int]) -> None:
        drawn.update(page.sheet.rows, page.sheet.typed, page.sheet.written)

    play(clinic, page, look)
    assert drawn == {item.id for item in page.instrument.items()}


@pytest.fixture
def still_title(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no draft while a picture is taken: when it is kept depends on the machine."""
    monkeypatch.setattr(FormScreen, "PAUSE", 60)


def _begun(instrument_id: str) -> dict[str, Any]:
    if instrument_id == "mini-cex":
        return {
            "context": {"patientmote": "bröstsmärta, akutmottagning", "svarighet": "medel"},
            "answers": {
                "behalla": "Sammanfattade för patienten innan undersökningen och frågade vad hon "
                "trodde.",
                "andra": "Fråga om läkemedel tidigare.",
                "anamnes": 4, "status": 3, "kommunikation": 4,
                "status:comment": "kompletterade i rummet",
            },
            "own": {"anamnes": 4, "status": 4, "kommunikation": 3, "bedomning": 3},
        }  # fmt: skip
    if instrument_id == "dalarna-aterkoppling":
        return {"answers": {"teori": 3, "praktik": 4}}
    return {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "instrument_id",
    ["mini-cex", "dalarna-aterkoppling", "medsittning-examination", "halvtid", "fredagsfeedback"],
)
def test_a_form_looks_as_it_should(
    clinic: Clinic,
    snap_compare: Any,
    still_title: None,
    size: tuple[int, int],
    instrument_id: str,
) -> None:
    page = form_page(clinic, instrument_id, **_begun(instrument_id))
    assert snap_compare(app_of(clinic, page), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_own_rating_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, still_title: None, size: tuple[int, int]
) -> None:
    page = form_page(clinic, "mini-cex")
    app = app_of(clinic, page)
    assert snap_compare(app, press=["f3", "4", "4", "3"], terminal_size=size)


def test_the_hint_tells_what_one_stands_on(clinic: Clinic) -> None:
    page = form_page(clinic, "mini-cex")
    assert "Prioriterade, höll tiden" in play(clinic, page, go("organisation"))
