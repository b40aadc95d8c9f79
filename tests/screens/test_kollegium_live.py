"""The meeting held at the keyboard: decisions, actions, half-typed words, and the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from schema.tables import Agreement, Person
from schema.words import AgreementOwner, Outcome
from screens import ways
from screens.kollegium.live import LivePage
from screens.widgets.confirm import Confirm
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY
from tests.screens.kollegium_meeting import (
    NOW,
    Meeting,
    Shown,
    actions,
    app_of,
    begin,
    decision,
    moment,
    play,
)
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40)]


# Held


def test_the_last_decision_and_its_actions_stand_first(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        words = shown.words
        order = ["FÖRRA GÅNGEN", "26 maj 2026", "samtal", "Mår bra, vill operera mer.",
                 "Ordna operationsdagar", "försenat", "Boka två sit-in", "NU",
                 "allmänmedicin", "BEHÖVER SAMTAL", "NIVÅER", "MED DERAS EGNA ORD"]  # fmt: skip
        places = [words.index(part) for part in order]
        assert places == sorted(places)

    play(meeting, None, act)


def test_a_digit_decides_at_once_and_again_takes_it_back(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("3")
        saved = decision(meeting, "Alva Testsson")
        assert saved is not None
        assert saved.outcome is Outcome.SUPPORT_PLAN
        assert "sparat 14.02" in shown.words
        await shown.press("3")
        saved = decision(meeting, "Alva Testsson")
        assert saved is not None
        assert saved.outcome is None

    play(meeting, None, act)


def test_half_typed_words_are_there_when_the_meeting_is_opened_after_a_kill(
    meeting: Meeting,
) -> None:
    begin(meeting)

    async def killed(shown: Shown) -> None:
        await shown.press("right", "4", "enter", *"tva DOPS")
        await shown.press("tab", *"ring T", "tab", "tab", *"18 d")
        # Nothing is closed or settled: the programme goes as it is.

    async def opened(shown: Shown) -> None:
        assert isinstance(shown.page, LivePage)
        assert "2 av 3" in shown.words
        assert "Nils Exempel" in shown.words
        assert shown.page.panel.decision.value == "tva DOPS"
        assert shown.page.panel.what.value == "ring T"
        assert shown.page.panel.when.value == "18 d"
        assert shown.live.state.here.outcome is Outcome.THIN_EVIDENCE

    play(meeting, None, killed)
    play(meeting, None, opened)


def test_every_letter_is_in_the_file_when_its_key_has_been_answered(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("enter")
        for typed in ("o", "p", "e"):
            await shown.press(typed)
            assert moment(meeting)["typed"].endswith(typed)
        # One version for the whole line, not one a letter.
        await shown.press("escape")
        with meeting.world.store.read() as work:
            saved = decision(meeting, "Alva Testsson")
            assert saved is not None
            assert saved.text == "ope"
            assert len(work.versions_of(saved.id)) == 2

    play(meeting, None, act)


def test_an_action_has_an_owner_and_a_day(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("n")
        await shown.write("Boka sit-in")
        await shown.press("enter")
        await shown.write("Läs på om EKG")
        await shown.press("tab", "a", "tab")
        await shown.write("18 dec")
        await shown.press("enter")
        assert "Läs på om EKG AT-läkaren till 18 dec 2026" in shown.words
        # An empty line and Enter lead back to the page.
        await shown.press("enter", "1")
        assert shown.live.state.here.outcome is Outcome.ON_TRACK

    play(meeting, None, act)
    book, read = sorted(actions(meeting), key=lambda each: each.text)
    assert book.owner is AgreementOwner.SUPERVISOR
    assert book.owner_id == meeting.world.berit_id
    assert read.owner is AgreementOwner.TRAINEE
    assert read.due is not None
    assert read.due.isoformat() == "2026-12-18"


def test_an_action_before_the_meeting_is_refused_and_its_words_stay(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("n")
        await shown.write("Boka sit-in")
        await shown.press("tab", "tab")
        await shown.write("2026-11-01")
        await shown.press("enter")
        assert any("före mötet" in said for said in shown.app.heard)
        assert shown.page.panel.what.value == "Boka sit-in"

    play(meeting, None, act)
    assert actions(meeting) == []


def test_one_to_come_back_to_and_one_skipped_come_up_again_at_the_end(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("å", "right")
        assert "Nils Exempel" in shown.words
        await shown.press("s", "1", "right")
        assert "Alva Testsson" in shown.words
        await shown.press("2", "right")
        assert "Nils Exempel" in shown.words
        await shown.press("4", "right")
        assert "Alla har ett beslut. F2 avslutar mötet." in shown.app.heard
        await shown.press("left")
        assert "1 av 3" in shown.words

    play(meeting, None, act)


def test_undo_takes_back_the_latest_and_shows_whose_it_was(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("2", "right", "4", "u")
        assert shown.live.state.here.outcome is None
        await shown.press("u")
        assert "1 av 3" in shown.words
        assert shown.live.state.here.outcome is None
        await shown.press("u")
        assert any("inget att ångra" in said for said in shown.app.heard)

    play(meeting, None, act)


def test_many_are_put_on_track_only_when_their_page_has_been_shown(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("p")
        assert any("Ingen att sätta på spår" in said for said in shown.app.heard)
        await shown.press("right", "right", "left", "p")
        assert isinstance(shown.page, Confirm)
        assert "Sätta på spår för 1?" in shown.words
        await shown.press("j")

    play(meeting, None, act)
    found = decision(meeting, "Åsa Provdahl")
    assert found is not None
    assert found.outcome is Outcome.ON_TRACK
    other = decision(meeting, "Nils Exempel")
    assert other is None or other.outcome is None


def test_the_last_meetings_actions_are_ticked_where_they_stand(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("f", "enter", "escape")
        assert "klart 24 nov 2026" in shown.words

    play(meeting, None, act)
    with meeting.world.store.read() as work:
        done = [a for a in work.all(Agreement) if a.done_on == TODAY]
    assert len(done) == 1


def test_an_action_added_by_mistake_is_taken_away(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("n")
        await shown.write("Fel")
        await shown.press("enter", "enter", "x", "enter")
        assert shown.live.state.here.actions == ()

    play(meeting, None, act)
    assert actions(meeting) == []


def test_the_list_says_who_is_left_and_leads_there(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("1", "l")
        assert "2 av 3 utan beslut" in shown.words
        shown.page.query_one(Picker).select(meeting.training("Åsa Provdahl"))
        await shown.press("enter")
        assert "3 av 3" in shown.words

    play(meeting, None, act)


def test_the_clock_counts_for_each_and_for_the_rest_and_is_there_after_a_kill(
    meeting: Meeting,
) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        meeting.clock.append(NOW + timedelta(seconds=80))
        shown.page._tick()
        await shown.rest()
        assert "01.20 / 58.40 kvar" in shown.words
        await shown.press("right")
        assert "00.00 / 58.40 kvar" in shown.words
        meeting.clock.append(NOW + timedelta(seconds=80 + 3000))
        shown.page._tick()
        await shown.rest()
        # The laptop slept: no meeting of fifty minutes about one doctor.
        assert "00.00 / 58.40 kvar" in shown.words

    async def opened(shown: Shown) -> None:
        assert "00.00 / 58.40 kvar" in shown.words
        await shown.press("left")
        assert "01.20 / 58.40 kvar" in shown.words

    play(meeting, None, act)
    play(meeting, None, opened)


# How it looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["start", "live", "typed", "end", "sources"])
def test_the_meeting_looks_as_drawn(
    snap_compare: Any, meeting: Meeting, size: tuple[int, int], what: str
) -> None:
    with meeting.world.store.work("test") as work:
        person = work.need(Person, meeting.world.berit_id)
        now = work.need(type(meeting.meeting()), meeting.id)
        now.attendance = [{"name": person.name, "role": "handledare", "person_id": person.id}]
    if what != "start":
        begin(meeting)
    keys = {
        "start": [], "live": [], "typed": ["right", "4", "enter", *"Komplettera med två DOPS",
        "enter", *"Boka tid med Ture", "enter"], "end": ["2", "f2"], "sources": ["k"],
    }[what]  # fmt: skip

    async def until(pilot: Any) -> None:
        pilot.app.push_screen(ways.kollegium_live(meeting.id))
        await settle(pilot, "kollegium", "pictures", "evidence")
        for key in keys:
            await pilot.press("space" if key == " " else key)
        await settle(pilot, "kollegium", "pictures", "evidence")

    assert snap_compare(app_of(meeting, Page()), terminal_size=size, run_before=until)
