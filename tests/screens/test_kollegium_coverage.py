"""The map of supervision: units and weeks, letters for what was cancelled, pages for heads."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from at_tui.kollegium.coverage import coverage
from at_tui.kollegium.whole import read_cohort
from screens.kollegium.coverage import CoveragePage
from screens.kollegium.coverage_unit import UnitPage
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, World, make_world
from tests.screens.directing import app_of, play, ready, region
from tests.screens.playing import write
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    region(made)
    yield made
    made.store.close()


def unit_page(world: World, unit_id: str) -> UnitPage:
    cohort = read_cohort(world.store, world.director_id, TODAY)
    found = coverage(cohort.cases, cohort.shelf)
    return UnitPage(next(u for u in found.units if u.unit_id == unit_id), found, cohort)


@pytest.mark.parametrize("size", SIZES)
def test_the_map_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    app = app_of(world, CoveragePage())
    assert snap_compare(app, terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", SIZES)
def test_a_unit_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    app = app_of(world, unit_page(world, world.centre_id))
    assert snap_compare(app, terminal_size=size, run_before=ready)


def test_nobody_named_is_told_apart_from_named_but_not_meeting(world: World) -> None:
    seen = play(world, CoveragePage())
    ward = next(line for line in seen.splitlines() if "Psykiatriska" in line)
    centre = next(line for line in seen.splitlines() if "Vårdcentral" in line)
    assert "? ingen handledare utsedd" in ward
    assert "! utsedd men träffas inte" in centre
    assert "? 1 utan handledare" in seen


def test_a_cancelled_week_is_the_letter_of_its_reason(world: World) -> None:
    page = unit_page(world, world.centre_id)
    seen = play(world, page)
    alva = next(line for line in seen.splitlines() if "Alva Testsson" in line)
    nils = next(line for line in seen.splitlines() if "Nils Exempel" in line)
    assert "b" in alva.split("Testsson")[1]
    assert "█" in alva
    assert "ls" in nils.split("Exempel")[1]
    assert "b belastning" in seen


def test_the_weeks_can_be_scrolled_and_the_standing_stays(world: World) -> None:
    before = play(world, CoveragePage())
    after = play(world, CoveragePage(), "left", "left")
    numbers = [next(x for x in s.splitlines() if "Enhet" in x).split() for s in (before, after)]
    assert numbers[0] != numbers[1]
    assert "ingen handledare utsedd" in after
    assert play(world, CoveragePage(), "left", "t") == before


@pytest.mark.parametrize("size", [(80, 24), (99, 30), (100, 40), (120, 40), (160, 45)])
def test_every_week_of_the_window_is_whole(world: World, size: tuple[int, int]) -> None:
    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=size) as pilot:
            app.push_screen(CoveragePage())
            await settle(pilot)
            page = app.screen
            assert isinstance(page, CoveragePage)
            assert page.count >= 12
            given = page.widths()
            assert given[1] == page.count
            assert sum(given) + 2 * (len([each for each in given if each]) - 1) <= page.room

    asyncio.run(go())


def test_far_back_there_is_nothing_and_it_is_said(world: World) -> None:
    seen = play(world, CoveragePage(), *["left"] * 26)
    assert "Ingen är placerad någonstans" in seen


def test_enter_shows_the_unit_and_then_the_doctor(world: World) -> None:
    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(CoveragePage())
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, UnitPage)
            assert app.screen.query_one(Picker).rows.rows
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, TraineePage)

    asyncio.run(go())


def printed(world: World, folder: Path, *keys: str) -> tuple[str, list[str]]:
    """Print to a folder; return what was said, and the text of each page of the one file."""

    async def go() -> str:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(CoveragePage())
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            field = app.screen.query_one("#folder")
            field.value = str(folder)  # type: ignore[attr-defined]
            await pilot.press("ctrl+s")
            await settle(pilot)
        return "\n".join(app.heard)

    said = asyncio.run(go())
    (file,) = folder.iterdir()
    reader = PdfReader(io.BytesIO(file.read_bytes()))
    return said, [page.extract_text() for page in reader.pages]


def test_a_unit_is_printed_on_a_page_of_its_own_for_its_head(world: World, tmp_path: Path) -> None:
    said, pages = printed(world, tmp_path / "ut", "p")
    assert "ut" in flat(said)
    assert len(pages) == 1
    assert "Psykiatriska kliniken" in pages[0]
    assert "Berit Handledarsson" in pages[0]
    assert "Vårdcentral Granen" not in pages[0]


def test_marked_units_have_a_page_each_and_all_have_an_overview(
    world: World, tmp_path: Path
) -> None:
    _, marked = printed(world, tmp_path / "två", "space", "space", "p")
    assert len(marked) == 2
    _, every = printed(world, tmp_path / "alla", "a")
    assert len(every) == 3
    assert "Vårdcentral Granen" in every[0]
    assert "Psykiatriska kliniken" in every[0]


def test_a_folder_that_cannot_be_written_is_told(world: World, tmp_path: Path) -> None:
    blocked = tmp_path / "fil"
    blocked.write_text("x")

    async def go() -> str:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(CoveragePage())
            await settle(pilot)
            await pilot.press("p")
            await settle(pilot)
            app.screen.query_one("#folder").value = str(blocked / "mapp")  # type: ignore[attr-defined]
            await pilot.press("ctrl+s")
            await settle(pilot)
        return "\n".join(app.heard)

    assert "Inget har skrivits" in asyncio.run(go())


def test_search_finds_a_unit(world: World) -> None:
    seen = play(world, CoveragePage(), "slash", write("granen"))
    assert "Vårdcentral Granen" in seen
    assert "Psykiatriska" not in seen
