"""What will not do in the session form is answered at its field."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from schema.words import SupervisionStatus
from screens.session import SessionScreen
from screens.widgets.confirm import Confirm
from screens.widgets.keyline import KeyLine
from tests.at_tui.surgery import Surgery
from tests.screens.session_form import (
    drafts,
    fill,
    planned,
    play,
    problems,
    session,
)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"day": "2026-11-27"}, "day", "har inte varit än"),
        ({"day": "2026-02-30"}, "day", "finns inte"),
        ({"day": "nån gång"}, "day", "Skriv ett datum"),
        ({"day": ""}, "day", "Skriv dagen"),
        ({"day": "2024-11-26"}, "day", "före tjänstgöringen"),
        ({"day": "2026-11-19"}, "day", "finns redan"),
        ({"minutes": "0"}, "minutes", "minst 1 minut"),
        ({"minutes": "900"}, "minutes", "Högst 480"),
        ({"minutes": "en timme"}, "minutes", "hela minuter"),
        ({"next_day": "2026-11-20"}, "next_day", "redan varit"),
        ({"next_day": "32/1"}, "next_day", "finns inte"),
        ({"next_minutes": "0"}, "next_minutes", "minst 1 minut"),
        ({"agreed": "x" * 201}, "agreed", "201 tecken"),
        ({"note": "x" * 20_001}, "note", "20001 tecken"),
    ],
)
def test_what_will_not_do_is_answered_at_its_field_and_nothing_is_saved(
    surgery: Surgery, typed: dict[str, str], field: str, words: str
) -> None:
    found: dict[str, str] = {}
    play(
        surgery,
        fill(**typed),
        "ctrl+s",
        lambda page, _: found.update(problems(page)),
    )
    assert list(found) == [field]
    assert words in found[field]
    assert session(surgery).status is SupervisionStatus.PLANNED
    assert [s.id for s in planned(surgery)] == [surgery.planned_id]


def test_every_fault_is_shown_at_once_and_the_first_has_the_focus(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    focused: list[str | None] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        found.update(problems(page))
        focused.append(page.focused.id if page.focused else None)

    play(surgery, fill(minutes="0", next_day="i våras", agreed="x" * 300), "ctrl+s", look)
    assert sorted(found) == ["agreed", "minutes", "next_day"]
    assert focused == ["minutes"]


def test_a_draft_that_is_kept_meanwhile_does_not_hide_that_nothing_was_saved(
    surgery: Surgery,
) -> None:
    said: list[str] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        page.keep_draft_now()
        said.append(str(page.query_one(KeyLine).render()))

    play(surgery, fill(minutes="0"), "ctrl+s", look)
    assert said[0].rstrip().endswith("inte sparat: 1 att rätta")
    assert drafts(surgery)


def test_a_fault_is_dropped_as_its_field_is_mended(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    play(
        surgery,
        fill(minutes="0"),
        "ctrl+s",
        fill(minutes="45"),
        lambda page, pilot: pilot.pause(),
        lambda page, _: found.update(problems(page)),
        "ctrl+s",
    )
    assert found == {}
    assert session(surgery).minutes == 45


def test_a_cancelled_session_without_a_reason_is_not_saved(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    play(surgery, "i", "ctrl+s", lambda page, _: found.update(problems(page)))
    assert "skäl" in found["cancel_reason"]
    assert session(surgery).status is SupervisionStatus.PLANNED


def test_text_that_looks_like_a_patients_is_pointed_out_before_it_is_saved(
    surgery: Surgery,
) -> None:
    asked: list[bool] = []
    selected: list[str] = []
    play(
        surgery,
        fill(note="Första raden.\nRingde 640823-3234 om svaret."),
        "ctrl+s",
        lambda page, _: asked.append(isinstance(page.app.screen, Confirm)),
        "n",
        lambda page, pilot: pilot.pause(),
        lambda page, _: selected.append(page.form.words.selected_text),
    )
    assert asked == [True]
    assert selected == ["640823-3234"]
    assert session(surgery).status is SupervisionStatus.PLANNED


def test_the_user_may_say_that_it_is_no_patients(surgery: Surgery) -> None:
    play(surgery, fill(note="Mitt eget nummer är 070-174 06 05."), "ctrl+s", "j")
    assert session(surgery).note == "Mitt eget nummer är 070-174 06 05."
