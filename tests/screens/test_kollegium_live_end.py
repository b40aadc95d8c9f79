"""The meeting is closed: who is left, the signature, and the evidence it rested on."""

from __future__ import annotations

from typing import Any

from at_tui.kollegium.live import Live
from schema.words import LockStatus, Outcome
from screens.kollegium.live import LivePage
from screens.kollegium.live_end import EndPage
from screens.kollegium.live_start import KollegiumStart
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY
from tests.screens.kollegium_meeting import (
    PIN,
    Meeting,
    Shown,
    begin,
    decision,
    moment,
    play,
)

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
