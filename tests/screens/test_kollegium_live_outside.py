"""The meeting in two windows, and with anything in its records."""

from __future__ import annotations

from at_tui.kollegium.live import Live
from schema.words import Outcome
from screens.kollegium.live import LivePage
from screens.widgets.confirm import Confirm
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, WEEK
from tests.screens.kollegium_meeting import (
    Meeting,
    Shown,
    begin,
    decision,
    play,
)

# Two windows


def test_a_window_that_another_has_taken_over_is_told_before_it_writes(meeting: Meeting) -> None:
    begin(meeting)
    world = meeting.world

    async def act(shown: Shown) -> None:
        other = Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
        other.decide(Outcome.ON_TRACK)
        await shown.press("3")
        assert isinstance(shown.page, Confirm)
        assert "öppet i ett annat fönster" in shown.words
        saved = decision(meeting, "Alva Testsson")
        assert saved is not None
        assert saved.outcome is Outcome.ON_TRACK
        await shown.press("j")
        assert shown.live.state.here.outcome is Outcome.ON_TRACK
        await shown.press("2")
        saved = decision(meeting, "Alva Testsson")
        assert saved is not None
        assert saved.outcome is Outcome.TALK

    play(meeting, None, act)


def test_whoever_goes_on_in_the_other_window_leaves_this_one(meeting: Meeting) -> None:
    begin(meeting)
    world = meeting.world

    async def act(shown: Shown) -> None:
        Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
        await shown.press("right", "n")
        assert not any(isinstance(page, LivePage) for page in shown.app.screen_stack)

    play(meeting, None, act)


# What may stand in the records


def test_names_and_words_from_outside_are_shown_as_they_are(meeting: Meeting) -> None:
    world = meeting.world
    name = "[bold]" + "Ö" * 114
    odd = world.add(name)
    world.observed(odd, TODAY - WEEK, 3, 3, said=("[red]" + "lång text " * 1000, "x"))
    world.add("Tom Testman", placed=False)
    left = world.add("Gunnar Gårsson", ended_on=TODAY - WEEK)
    begin(meeting)
    with world.store.work("test") as work:
        now = work.need(type(meeting.meeting()), meeting.id)
        now.training_ids = [*now.training_ids, left.training_id]

    async def act(shown: Shown) -> None:
        tom = world.doctors["Tom Testman"]
        for wanted, said in (
            (odd.training_id, "[bold]ÖÖÖ"),
            (left.training_id, "slutade"),
            (tom.training_id, "inga uppgifter"),
        ):
            await shown.press("l")
            shown.page.query_one(Picker).select(wanted)
            await shown.press("enter")
            assert said in shown.words
            await shown.press("1")
        await shown.press("f2")
        assert "[bold]" in shown.words

    play(meeting, None, act)


def test_no_word_of_a_plan_is_on_the_page_that_a_meeting_sees(meeting: Meeting) -> None:
    world = meeting.world
    world.worried(world.doctors["Alva Testsson"])
    begin(meeting)

    async def act(shown: Shown) -> None:
        assert "HEMLIG" not in shown.words
        assert "Stödplan sedan" not in shown.words
        await shown.press("y")
        assert "HEMLIG ORO" in shown.words

    async def guest(shown: Shown) -> None:
        await shown.press("y")
        assert "Ingen stödplan att visa" in shown.words
        assert "HEMLIG" not in shown.words

    play(meeting, None, act, size=(120, 40))
    play(meeting, None, guest, author=world.ture_id)
