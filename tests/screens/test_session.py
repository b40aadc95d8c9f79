"""The session form at the keyboard: six keys for a week, and how it looks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea

from schema.tables import Agreement, Supervision
from schema.text import clean
from schema.words import AgreementOwner, CancelReason, SupervisionForm, SupervisionStatus
from screens.session import SessionScreen
from screens.session_parts import booked_words, day_beside
from screens.session_topics import Topics
from screens.widgets.goals_field import GoalsDialog
from tests.at_tui.surgery import TODAY, Surgery, make_surgery
from tests.screens.session_form import (
    NEXT_WEEK,
    agreements,
    app_of,
    fill,
    planned,
    play,
    session,
    stand_on,
)

HOSTILE = "[bold red]Ö'Brien[/] \x1b[2J\u202edrow [@click=quit]x[/]"


def test_a_week_as_planned_with_two_agreements_ticked_off_takes_three_keys_on_the_form(
    surgery: Surgery,
) -> None:
    """With Enter on the first page that is four; six is the target."""
    play(surgery, "1", "2", "ctrl+s")
    held = session(surgery)
    assert (held.status, held.day, held.minutes) == (SupervisionStatus.HELD, TODAY, 60)
    assert [a.done_on for a in agreements(surgery)] == [TODAY, TODAY]
    assert [(s.day, s.minutes) for s in planned(surgery)] == [(NEXT_WEEK, 60)]


def test_a_cancelled_session_takes_its_reason_by_one_letter_and_proposes_a_new_time(
    surgery: Surgery,
) -> None:
    play(surgery, "i", "b", "ctrl+s")
    cancelled = session(surgery)
    assert (cancelled.status, cancelled.cancel_reason) == (
        SupervisionStatus.CANCELLED,
        CancelReason.WORKLOAD,
    )
    assert [(s.day, s.replaces_id) for s in planned(surgery)] == [(NEXT_WEEK, cancelled.id)]


def test_the_new_time_of_a_cancelled_session_is_moved_by_one_key(surgery: Surgery) -> None:
    play(surgery, "i", "s", "up", "ctrl+s")
    assert [s.day for s in planned(surgery)] == [NEXT_WEEK + timedelta(days=1)]


def test_a_session_planned_for_thursday_is_held_on_tuesday_but_cancelled_for_thursday(
    surgery: Surgery,
) -> None:
    tuesday = TODAY - timedelta(days=2)
    days: list[date | None] = []
    play(
        surgery,
        lambda page, _: days.append(page.form.day.day),
        "i",
        lambda page, _: days.append(page.form.day.day),
        "shift+tab",
        "h",
        lambda page, _: days.append(page.form.day.day),
        on=tuesday,
    )
    assert days == [tuesday, TODAY, tuesday]


def test_a_planned_session_is_moved_without_being_held(surgery: Surgery) -> None:
    later = TODAY + timedelta(days=1)
    play(surgery, "p", fill(day=later.isoformat()), "ctrl+s")
    assert [(s.id, s.day) for s in planned(surgery)] == [(surgery.planned_id, later)]
    assert [a.done_on for a in agreements(surgery)] == [None, None]


def test_topics_are_chosen_by_letter_and_taken_back_by_the_same(surgery: Surgery) -> None:
    play(
        surgery,
        stand_on("topics"),
        "k",
        "j",
        "u",
        "j",
        "ctrl+s",
    )
    assert session(surgery).topics == ["k", "u"]


def test_a_question_mark_among_the_topics_shows_the_questions_behind_them(
    surgery: Surgery,
) -> None:
    shown: list[type[Screen[Any]]] = []
    play(
        surgery,
        stand_on("topics"),
        "question_mark",
        lambda page, _: shown.append(type(page.app.screen)),
    )
    assert shown == [Topics]


def test_goals_are_found_by_typing_and_kept_in_the_regulations_order(surgery: Surgery) -> None:
    shown: list[type[Screen[Any]]] = []
    play(
        surgery,
        "g",
        "enter",
        lambda page, _: shown.append(type(page.app.screen)),
        *"otit",
        "enter",
        "ctrl+s",
    )
    assert shown == [GoalsDialog]
    assert session(surgery).goals == ["6:2:7"]


def test_a_note_and_new_agreements_are_saved_with_who_and_when(surgery: Surgery) -> None:
    play(
        surgery,
        "n",
        *"Gick bra.",
        "o",
        lambda page, _: page.form.agreed.focus_new(),
        *"Ring FK",
        "tab",
        "h",
        "ctrl+s",
    )
    assert session(surgery).note == "Gick bra.o"
    new = agreements(surgery)[2]
    assert (new.text, new.owner, new.due, new.origin_id) == (
        "Ring FK",
        AgreementOwner.SUPERVISOR,
        NEXT_WEEK,
        surgery.planned_id,
    )


@pytest.mark.parametrize(("steps", "form"), [(2, "reflection"), (3, "mentor")])
def test_a_reflection_group_and_a_mentors_talk_are_sessions_of_their_own_form(
    surgery: Surgery, steps: int, form: str
) -> None:
    play(surgery, stand_on("form"), *["right"] * steps, "ctrl+s")
    assert session(surgery).form == form


def test_an_empty_line_waits_below_the_last_agreement(surgery: Surgery) -> None:
    counts: list[int] = []
    play(
        surgery,
        lambda page, _: page.form.agreed.focus_new(),
        *"Ett",
        "enter",
        *"Två",
        lambda page, _: counts.append(len(page.form.agreed.rows)),
        "ctrl+s",
    )
    assert counts == [3]
    assert [a.text for a in agreements(surgery)[2:]] == ["Ett", "Två"]


def test_an_agreement_is_dropped_or_put_off_where_one_stands(surgery: Surgery) -> None:
    play(
        surgery,
        stand_on("carried"),
        "minus",
        "down",
        "plus",
        "ctrl+s",
    )
    first, second = agreements(surgery)
    assert first.dropped_on == TODAY
    assert (second.done_on, second.dropped_on, second.due) == (None, None, NEXT_WEEK)


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-19", "tors 19 nov  "), ("2025-09-24", "24 sept 2025 ")]
)
def test_the_day_in_words_is_whole_beside_its_field(surgery: Surgery, day: str, words: str) -> None:
    seen: list[str] = []
    play(
        surgery,
        fill(day=day),
        lambda page, pilot: pilot.pause(),
        lambda page, _: seen.append(str(page.form._day_words.render())),
    )
    assert seen[0].startswith(words)


def test_a_blank_form_is_a_session_of_its_own(surgery: Surgery) -> None:
    page = SessionScreen(surgery.training_id, blank=True)
    play(
        surgery,
        lambda page, _: setattr(page.form.form, "value", SupervisionForm.GROUP),
        "ctrl+s",
        page=page,
    )
    with surgery.store.read() as work:
        today = [s for s in work.all(Supervision) if s.day == TODAY]
    assert {(s.form, s.status) for s in today} == {
        (SupervisionForm.INDIVIDUAL, SupervisionStatus.PLANNED),
        (SupervisionForm.GROUP, SupervisionStatus.HELD),
    }


def test_an_old_session_opens_as_it_was_and_is_corrected(surgery: Surgery) -> None:
    with surgery.store.read() as work:
        old = next(s for s in work.all(Supervision) if s.day == date(2026, 11, 19))
    page = SessionScreen(surgery.training_id, old.id)
    play(surgery, fill(minutes="30"), "ctrl+s", page=page)
    assert session(surgery, old.id).minutes == 30
    assert session(surgery, old.id).topics == ["j", "k"]
    assert [s.id for s in planned(surgery)] == [surgery.planned_id]


def test_a_session_that_is_gone_is_told_and_the_page_closes(surgery: Surgery) -> None:
    page = SessionScreen(surgery.training_id, "0193b2c0-0000-7000-8000-000000000000")
    play(surgery, lambda page, pilot: pilot.pause(0.1), page=page)
    assert not page.is_attached


def test_hostile_names_and_texts_are_shown_as_text(tmp_path: Path) -> None:
    surgery = make_surgery(tmp_path, name=HOSTILE)
    with surgery.store.work("test") as work:
        work.save(
            Agreement(
                training_id=surgery.training_id,
                text=HOSTILE,
                agreed_on=TODAY - timedelta(days=7),
            )
        )
    lines: list[str] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        lines.extend(strip.text for strip in page._compositor.render_strips())

    play(surgery, "3", fill(note=clean(HOSTILE)), look, "ctrl+s")
    surgery.store.close()
    shown = "\n".join(lines)
    assert "[bold red]Ö'Brien[/]" in lines[0]
    assert "[x] 3 [bold red]Ö'Brien[/]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks_when_it_opens(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = SessionScreen(surgery.training_id)
    assert snap_compare(app_of(surgery, page), press=["1"], terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks_filled_in(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SessionScreen, "PAUSE", 1000)
    page = SessionScreen(surgery.training_id)

    async def fill_in(pilot: Pilot[int]) -> None:
        await pilot.pause()
        form = page.form
        form.carried.tick(1)
        form.topics.chosen = ["k", "j"]
        form.goals.chosen = ["6:2:7"]
        form.words.text = "Gick igenom två inspelade konsultationer. Bra öppningar."
        form.agreed.rows[0].words.value = "Auskultera hos astmasköterskan"
        await pilot.pause()
        form.query_one(TextArea).focus()
        await pilot.pause()

    assert snap_compare(app_of(surgery, page), run_before=fill_in, terminal_size=size)


def test_how_a_cancelled_session_looks(surgery: Surgery, snap_compare: Any) -> None:
    page = SessionScreen(surgery.training_id)
    assert snap_compare(app_of(surgery, page), press=["i"], terminal_size=(80, 24))


def test_how_faults_look(surgery: Surgery, snap_compare: Any) -> None:
    page = SessionScreen(surgery.training_id)

    async def wrong(pilot: Pilot[int]) -> None:
        await pilot.pause()
        page.form.day.value = "2026-02-30"
        page.form.minutes.value = "900"
        await pilot.pause()
        await pilot.press("ctrl+s")

    assert snap_compare(app_of(surgery, page), run_before=wrong, terminal_size=(80, 24))


def test_the_day_of_a_session_that_is_booked_already_is_never_cut() -> None:
    on = date(2026, 11, 22)
    assert booked_words(date(2026, 11, 30), on) == "bokat 30 nov"
    for n in range(800):
        day = on + timedelta(days=n)
        words = booked_words(day, on)
        assert words in day_beside(words).plain
        assert "…" not in day_beside(words).plain
