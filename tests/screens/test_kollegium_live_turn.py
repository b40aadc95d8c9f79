"""To the next doctor: painted before it is saved, and taken back when it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from at_tui.kollegium.live import Live
from schema.fault import Fault
from tests.at_tui.kollegium.world import World, make_world
from tests.screens.kollegium_meeting import Meeting, Shown, begin, play, set_up


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def meeting(world: World) -> Meeting:
    found = set_up(world)
    begin(found)
    return found


def test_the_next_doctor_is_painted_before_the_step_is_saved(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    step = Live.next

    async def act(shown: Shown) -> None:
        def saved(live: Live) -> bool:
            seen.append(shown.words)
            return step(live)

        monkeypatch.setattr(Live, "next", saved)
        assert "1 av 3 · Alva Testsson" in shown.words
        await shown.press("right")
        assert "2 av 3 · Nils Exempel" in shown.words

    play(meeting, None, act)
    (painted,) = seen
    assert "2 av 3 · Nils Exempel" in painted
    assert "Mår bra, vill operera mer." not in painted


def test_a_step_that_cannot_be_saved_is_taken_back_on_the_screen(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(live: Live) -> bool:
        raise Fault("store.stale")

    async def act(shown: Shown) -> None:
        monkeypatch.setattr(Live, "next", refuse)
        before = shown.words
        await shown.press("right")
        assert "1 av 3 · Alva Testsson" in shown.words
        assert "Mår bra, vill operera mer." in before
        assert "Mår bra, vill operera mer." in shown.words
        assert shown.app.heard

    play(meeting, None, act)


def test_a_key_that_follows_at_once_decides_about_the_doctor_on_the_screen(
    meeting: Meeting,
) -> None:
    async def act(shown: Shown) -> None:
        await shown.pilot.press("right", "1", "right", "2")
        await shown.rest()
        stands = shown.live.state.stands
        outcomes = {shown.page.room.name(id): stand.outcome for id, stand in stands.items()}
        assert outcomes == {
            "Alva Testsson": None, "Nils Exempel": "on_track", "Åsa Provdahl": "talk",
        }  # fmt: skip

    play(meeting, None, act)
