"""The meeting on screen: begun, held at the keyboard, killed, opened again, and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from at_tui.kollegium.live import Live
from at_tui.kollegium.stands import decision_id, draft_key
from schema.tables import Agreement, Decision, FrozenEvidence, Person
from schema.words import AgreementOwner, LockStatus, Outcome
from screens import ways
from screens.kollegium.live import LivePage
from screens.kollegium.live_end import EndPage
from screens.kollegium.live_start import KollegiumStart
from screens.widgets.confirm import Confirm
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, WEEK, World, make_world
from tests.screens.kollegium_meeting import (
    NOW,
    PIN,
    Meeting,
    Shown,
    app_of,
    begin,
    play,
    set_up,
)
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def meeting(world: World) -> Meeting:
    return set_up(world)


def decision(meeting: Meeting, name: str) -> Decision | None:
    with meeting.world.store.read() as work:
        return work.get(Decision, decision_id(meeting.id, meeting.training(name)))


def actions(meeting: Meeting) -> list[Agreement]:
    with meeting.world.store.read() as work:
        every = work.all(Agreement, Agreement.origin_kind == "Decision")
        return [each for each in every if each.agreed_on == TODAY]


def moment(meeting: Meeting) -> dict[str, Any]:
    with meeting.world.store.read() as work:
        return work.draft(draft_key(meeting.id)) or {}


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


# The end


def test_the_end_says_who_is_left_and_leads_back_there(meeting: Meeting) -> None:
    begin(meeting)

    async def act(shown: Shown) -> None:
        await shown.press("1", "f2")
        assert isinstance(shown.page, EndPage)
        assert "UTAN BESLUT" in shown.words
        assert "har inte visats" in shown.words
        shown.page.query_one(Picker).select(meeting.training("Åsa Provdahl"))
        await shown.press("enter")
        assert isinstance(shown.page, LivePage)
        assert "3 av 3" in shown.words

    play(meeting, None, act)


def test_the_chair_signs_and_every_decision_is_locked(meeting: Meeting) -> None:
    begin(meeting)
    world = meeting.world

    async def act(shown: Shown) -> None:
        await shown.press("2", "f2", "n")
        await shown.write("Två enheter saknar handledare.")
        await shown.press("ctrl+s", "f2")
        assert "2 står som ej beslutade" in shown.words
        await shown.write(PIN)
        await shown.press("enter")
        assert "signerat av Disa Studierektorsson" in shown.words

    play(meeting, None, act)
    saved = decision(meeting, "Alva Testsson")
    assert saved is not None
    assert saved.status is LockStatus.SIGNED
    now = meeting.meeting()
    assert now.closed_on == TODAY
    assert now.chair_id == world.director_id
    assert now.note == "Två enheter saknar handledare."
    assert moment(meeting) == {}


def test_a_closed_meeting_opens_on_what_it_decided(meeting: Meeting) -> None:
    begin(meeting)
    world = meeting.world
    live = Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
    live.decide(Outcome.TALK)
    live.close(signer_id=world.director_id, signer_name="Disa Studierektorsson")

    async def act(shown: Shown) -> None:
        assert not isinstance(shown.page, LivePage | KollegiumStart)
        assert "! SAMTAL" in shown.words

    play(meeting, None, act)


# The frozen evidence


def test_what_was_seen_is_told_with_what_became_of_it(meeting: Meeting) -> None:
    world = meeting.world
    nils = world.doctors["Nils Exempel"]
    begin(meeting)
    with world.store.work("test") as work:
        session = next(iter(work.all(_sessions(), _sessions().training_id == nils.training_id)))
        session.minutes = 15
    world.met(nils, [TODAY])

    async def act(shown: Shown) -> None:
        await shown.press("right", "k")
        assert "REGLERNA FÖRESLOG" in shown.words
        assert "? tunt underlag" in shown.words
        await shown.press("pagedown")
        picker = shown.page.query_one(Picker)
        changed = [s for s in shown.page._seen.values() if s.since == "changed"]
        assert [each.record_id for each in changed] == [session.id]
        assert len(shown.page._found.added) == 1
        picker.select(changed[0].version_id)
        await shown.press("enter")
        assert "ÄNDRAT SEDAN DESS" in shown.words
        assert "60 → 15" in shown.words

    play(meeting, None, act, size=(120, 40))


def _sessions() -> Any:
    from schema.tables import Supervision

    return Supervision


def test_a_meeting_about_someone_whose_evidence_was_never_frozen_says_so(
    meeting: Meeting,
) -> None:
    from screens.kollegium.evidence import EvidencePage

    page = EvidencePage(meeting.before.id, meeting.training("Alva Testsson"), "Alva Testsson")

    async def act(shown: Shown) -> None:
        assert "Inget underlag är fryst" in shown.words

    play(meeting, page, act)


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
