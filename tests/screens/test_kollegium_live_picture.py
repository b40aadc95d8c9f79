"""The lines of one doctor's page in the meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from at_tui.judge import Status
from at_tui.kollegium.holding import prepare
from at_tui.kollegium.picture import ActionLine, FindingLine, Picture
from screens.kollegium.live_picture import MOST_FINDINGS, page_content
from tests.at_tui.kollegium.world import TODAY, World
from tests.screens.kollegium_meeting import set_up


@pytest.fixture
def picture(world: World) -> Picture:
    meeting = set_up(world)
    found = prepare(world.store, meeting.id, TODAY).picture(meeting.training("Alva Testsson"))
    assert found is not None
    return found


def lines(picture: Picture, *, airy: bool = True) -> list[str]:
    return page_content(picture, 100, airy=airy).plain.splitlines()


@pytest.mark.parametrize("airy", [True, False])
def test_what_is_left_of_earlier_meetings_is_set_in_under_the_last(
    picture: Picture, airy: bool
) -> None:
    assert picture.last is not None
    left = ActionLine("1", "Ordna jourpass", "handledaren", None, None, None, late=False)
    found = lines(replace(picture, last=replace(picture.last, older=(left,))), airy=airy)
    head = next(place for place, line in enumerate(found) if line.startswith("FÖRRA GÅNGEN"))
    under = found[head + 1 : next(n for n, line in enumerate(found) if line.startswith("NU"))]
    assert any("Öppet sedan tidigare" in line for line in under)
    assert all(line.startswith("  ") for line in under if line)


def test_how_many_more_requirements_there_are_is_set_in_under_their_heading(
    picture: Picture,
) -> None:
    one = FindingLine("Introduktion", Status.LATE, "Ingen introduktion.", "ska", verified=True)
    found = lines(replace(picture, findings=(one,) * (MOST_FINDINGS + 2)))
    head = next(place for place, line in enumerate(found) if line.startswith("KRAV ATT SE PÅ"))
    told = found[head + 1 : head + 2 + MOST_FINDINGS]
    assert "2 till" in told[-1]
    assert all(line.startswith("  ") for line in told)
