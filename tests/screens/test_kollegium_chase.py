"""Who owes what: mails to paste, a file, a page to print, and who has been reminded."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from at_tui.kollegium.chase import chase_list
from at_tui.kollegium.whole import judged, read_cohort
from screens.kollegium.chase import ChasePage
from tests.at_tui.kollegium.world import TODAY, World, make_world
from tests.screens.directing import app_of, play, ready, region
from tests.screens.playing import write
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    region(made)
    made.meeting(date(2026, 12, 8))
    yield made
    made.store.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_list_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(world, ChasePage()), terminal_size=size, run_before=ready)


def test_the_mail_to_the_one_it_stands_on_is_shown(world: World) -> None:
    seen = play(world, ChasePage(), size=(120, 90))
    assert "Till: Berit Handledarsson <berit@example.se>" in seen
    assert "AT-kollegiet är 8 dec 2026" in seen
    assert "senast 1 dec 2026" in flat(seen)
    assert "ingen handledare är utsedd" in seen
    assert "Disa Studierektorsson" in seen


def test_the_list_says_nothing_of_stodplaner(world: World) -> None:
    doctor = world.add("Viola Värmland", programme_id="varmland")
    world.worried(doctor, shown_to=["studierektor"])
    cohort = judged(read_cohort(world.store, world.director_id, TODAY))
    case = cohort.case(doctor.training_id)
    assert case is not None
    assert case.binder.plans
    sentences = [d.sentence for each in chase_list(cohort.cases, cohort.shelf) for d in each.debts]
    without = judged(read_cohort(world.store, "", TODAY))
    assert sentences == [
        d.sentence for each in chase_list(without.cases, without.shelf) for d in each.debts
    ]
    assert not any("stödplan" in sentence.casefold() for sentence in sentences)


def test_the_text_is_copied(world: World) -> None:
    async def go() -> str:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(ChasePage())
            await settle(pilot)
            await pilot.press("c")
            await settle(pilot)
            return app.clipboard

    copied = asyncio.run(go())
    assert copied.startswith("Till: Berit Handledarsson <berit@example.se>")
    assert "Wilma Prov" in copied


def written(world: World, folder: Path, *keys: str) -> list[Path]:
    """Press keys, answer the question of the folder, and return the files there."""

    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(ChasePage())
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            app.screen.query_one("#folder").value = str(folder)  # type: ignore[attr-defined]
            await pilot.press("ctrl+s")
            await settle(pilot)

    asyncio.run(go())
    return list(folder.iterdir())


def test_marked_mails_or_all_are_saved_in_one_file(world: World, tmp_path: Path) -> None:
    (one,) = written(world, tmp_path / "en", "s")
    assert one.name == "Påminnelser 2026-11-24.txt"
    assert one.read_text(encoding="utf-8").count("Till: ") == 1
    (all_of_them,) = written(world, tmp_path / "alla", "a", "s")
    text = all_of_them.read_text(encoding="utf-8")
    assert text.count("Till: ") >= 2
    assert "Ture Testman" in text


def test_the_list_is_printed(world: World, tmp_path: Path) -> None:
    (file,) = written(world, tmp_path / "ut", "p")
    assert file.name == "Underlag som saknas 2026-11-24.pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages]
    assert "Berit Handledarsson" in pages[0]
    assert "Wilma Prov" in " ".join(pages)


def test_whom_one_has_reminded_is_noted_on_the_meeting(world: World) -> None:
    seen = play(world, ChasePage(), "n", size=(120, 40))
    line = next(x for x in seen.splitlines() if "Berit Handledarsson" in x)
    assert "24 nov" in line
    cohort = read_cohort(world.store, world.director_id, TODAY)
    assert cohort.shelf.kollegier[cohort.meeting_id].reminded[world.berit_id] == date(2026, 11, 24)


def test_without_a_meeting_nothing_is_noted_and_it_is_said(tmp_path: Path) -> None:
    made = make_world(tmp_path)
    region(made)
    assert "Lägg först in mötet" in flat(play(made, ChasePage(), "n"))
    made.store.close()


def test_the_day_by_which_it_is_needed_can_be_changed(world: World) -> None:
    seen = play(world, ChasePage(), "d", write("4 dec"), "enter", size=(120, 60))
    assert "senast 4 dec 2026" in flat(seen)
    assert "Skriv ett datum" in play(world, ChasePage(), "d", write("någon gång"), "enter")


def test_when_nothing_is_lacking_the_page_says_so(tmp_path: Path) -> None:
    made = make_world(tmp_path)
    assert "Inget saknas" in play(made, ChasePage())
    made.store.close()


def test_search_finds_a_person(world: World) -> None:
    seen = play(world, ChasePage(), "slash", write("ture"))
    assert "Ture Testman" in seen
