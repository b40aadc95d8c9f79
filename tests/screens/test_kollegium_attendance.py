"""Who is at a meeting: those who were invited are nearest at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.tables import Kollegium, MeetingSeries
from schema.words import MeetingRhythm
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, World, make_world
from tests.screens.kollegium_meeting import Meeting, Shown, begin, play, set_up


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A meeting to which a supervisor and a guest have been invited."""
    series = MeetingSeries(
        title="AT-kollegium", rhythm=MeetingRhythm.HALF_YEARLY, first_on=TODAY,
        invited=[
            {"name": "Ture Testman", "email": "ture@example.se", "person_id": world.ture_id},
            {"name": "Gösta Gäst", "email": "gosta@example.se"},
        ],
    )  # fmt: skip
    world.save(series)
    found = set_up(world)
    with world.store.work("test") as work:
        work.need(Kollegium, found.id).series_id = series.id
    begin(found)
    return found


def names(shown: Shown) -> list[str]:
    return [str(row.cells[0]) for row in shown.page.query_one(Picker).rows.rows]


def test_the_invited_stand_first_and_are_noted_with_a_key_each(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        await shown.press("a")
        assert names(shown)[:2] == ["Gösta Gäst", "Ture Testman"]
        assert "Gösta Gäst kallad" in shown.words
        await shown.press("space", "space", "f2")
        # Once noted they stand there once.
        await shown.press("a")
        assert names(shown).count("Gösta Gäst") == names(shown).count("Ture Testman") == 1

    play(meeting, None, act)
    noted = meeting.meeting().attendance
    assert [each["name"] for each in noted] == ["Gösta Gäst", "Ture Testman"]
    assert [each.get("person_id", "") for each in noted] == ["", meeting.world.ture_id]
