"""The meeting is begun: who is proposed, who is there, and on which day."""

from __future__ import annotations

from schema.tables import FrozenEvidence
from screens.kollegium.live import LivePage
from screens.kollegium.live_start import KollegiumStart
from screens.widgets.confirm import Confirm
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, WEEK
from tests.screens.kollegium_meeting import (
    Meeting,
    Shown,
    play,
)

# Before


def test_everyone_is_proposed_those_to_talk_about_first_with_the_reason(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        assert isinstance(shown.page, KollegiumStart)
        words = shown.words
        assert words.index("Alva Testsson") < words.index("Nils Exempel")
        assert words.index("Nils Exempel") < words.index("Åsa Provdahl")
        assert "TUNT UNDERLAG" in words
        assert "0 av 4 obs." in words
        assert "3 av 3 · 20.00 min var" in words

    play(meeting, None, act)


def test_the_meeting_takes_up_those_marked_and_freezes_what_it_has(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        shown.page.query_one(Picker).select(meeting.training("Nils Exempel"))
        await shown.press("space")
        assert "2 av 3" in shown.words
        await shown.press("f2")
        assert isinstance(shown.page, LivePage)
        assert "1 av 2" in shown.words

    play(meeting, None, act)
    listed = [meeting.training("Alva Testsson"), meeting.training("Åsa Provdahl")]
    assert meeting.meeting().training_ids == listed
    with meeting.world.store.read() as work:
        frozen = work.all(FrozenEvidence, FrozenEvidence.kollegium_id == meeting.id)
    assert {each.training_id for each in frozen} == set(listed)
    assert all(each.versions for each in frozen)


def test_those_to_discuss_are_chosen_with_one_word(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        await shown.press("v")
        shown.page.query_one(Picker).select("discuss")
        await shown.press("enter")
        assert "2 av 3" in shown.words

    play(meeting, None, act)


def test_who_is_there_is_noted_from_the_register_and_by_hand(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        await shown.press("a")
        shown.page.query_one(Picker).select(meeting.world.berit_id)
        await shown.press("space", "ctrl+n")
        await shown.write("Gunnel Gästsson, HR")
        await shown.press("enter", "f2")
        assert "Berit Handledarsson, Gunnel Gästsson" in shown.words

    play(meeting, None, act)
    noted = {each["name"]: each["role"] for each in meeting.meeting().attendance}
    assert noted == {"Berit Handledarsson": "", "Gunnel Gästsson": "HR"}


def test_another_day_than_the_meetings_is_asked_about(meeting: Meeting) -> None:
    with meeting.world.store.work("test") as work:
        now = work.need(type(meeting.meeting()), meeting.id)
        now.day = TODAY + WEEK

    async def act(shown: Shown) -> None:
        await shown.press("f2")
        assert isinstance(shown.page, Confirm)
        await shown.press("n")
        assert isinstance(shown.page, KollegiumStart)
        await shown.press("f2", "j")
        assert isinstance(shown.page, LivePage)

    play(meeting, None, act)
