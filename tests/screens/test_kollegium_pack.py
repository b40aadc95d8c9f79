"""The pack's dialog: whom it is about, where it lies, and that nothing is left half-written."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from textual.pilot import Pilot
from textual.widgets import Input

from at_tui import settings
from at_tui.kollegium.pack import Cancelled, PackOptions, Scope
from at_tui.kollegium.whole import Cohort, judged, read_cohort
from screens.kollegium import pack as dialog
from screens.kollegium.pack import PackDialog
from screens.kollegium.pack_work import Printed, Wish, print_pack
from screens.widgets.choice_field import ChoiceField
from tests.at_tui.kollegium.world import TODAY, World, make_world
from tests.screens.directing import BOLD, COMMENT, LONG_NAME, app_of, ready, region
from tests.screens.playing import screen_text
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    region(made)
    yield made
    made.store.close()


@pytest.fixture
def cohort(world: World) -> Cohort:
    return judged(read_cohort(world.store, world.director_id, TODAY))


def words(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def printed(
    world: World, cohort: Cohort, folder: Path, *chosen: tuple[str, str]
) -> tuple[str, list[str]]:
    """Fill in the dialog and print; return what it said, and the pages of the file."""

    async def go() -> str:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(PackDialog(cohort))
            await settle(pilot)
            fill(app.screen, folder, *chosen)
            await settle(pilot)
            await pilot.press("ctrl+s")
            await settle(pilot)
            return screen_text(app)

    said = asyncio.run(go())
    files = list(folder.iterdir()) if folder.exists() else []
    return said, words(files[0].read_bytes()) if files else []


def fill(screen: Any, folder: Path, *chosen: tuple[str, str]) -> None:
    """Choose in the dialog, and name the folder."""
    for name, value in chosen:
        screen.query_one(f"#{name}", ChoiceField).value = value
    screen.query_one("#folder").value = str(folder)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["asked", "done"])
def test_the_dialog_looks_as_drawn(
    snap_compare: Any, world: World, cohort: Cohort, size: tuple[int, int], state: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "documents_folder", lambda: Path("/hem/Dokument"))

    def lies(content_cohort: Cohort, wish: Wish, told: Any) -> Any:
        told("writing", 8, 8)
        return Printed(wish.folder / wish.name, 8)

    monkeypatch.setattr(dialog, "print_pack", lies)

    async def before(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if state == "done":
            await pilot.press("enter")
            await ready(pilot)

    app = app_of(world, PackDialog(cohort))
    assert snap_compare(app, terminal_size=size, run_before=before)


def test_all_in_service_are_in_it_once_and_the_dialog_says_where(
    world: World, cohort: Cohort, tmp_path: Path
) -> None:
    said, pages = printed(world, cohort, tmp_path / "ut")
    assert "Klart: 8 läkare" in said
    assert "Kollegieunderlag 2026-11-24.pdf" in flat(said).replace(" ", "").replace(
        "Kollegieunderlag", "Kollegieunderlag "
    )
    whole = " ".join(pages)
    for name in ("Alva Testsson", "Nils Exempel", "Tom Tomsson", "Lena Ledig", BOLD):
        assert name in whole
    assert "Lisa Lämnat" not in whole


def test_bad_input_is_built_and_what_is_lacking_is_said(
    world: World, cohort: Cohort, tmp_path: Path
) -> None:
    _, pages = printed(world, cohort, tmp_path / "ut")
    whole = " ".join(" ".join(pages).split())
    assert "inga uppgifter inlagda" in whole
    assert "två tjänstgöringar samtidigt" in whole
    assert LONG_NAME.replace(" ", "") in whole.replace(" ", "").replace("\n", "")
    # Ten thousand characters are never cut: they go on over the next pages.
    assert whole.count("hjälp") == COMMENT.count("hjälp")
    assert all(page.strip() for page in pages)


def test_one_unit_only_those_placed_there(world: World, cohort: Cohort, tmp_path: Path) -> None:
    said, pages = printed(
        world, cohort, tmp_path / "ut", ("scope", Scope.UNIT), ("unit", world.ward_id)
    )
    whole = " ".join(pages)
    assert "Klart: 1 läkare" in said
    assert "Wilma Prov" in whole
    assert "Alva Testsson" not in whole


def test_a_unit_must_be_chosen(world: World, cohort: Cohort, tmp_path: Path) -> None:
    said, pages = printed(world, cohort, tmp_path / "ut", ("scope", Scope.UNIT))
    assert "Välj en enhet" in said
    assert pages == []


def test_only_those_to_discuss(world: World, cohort: Cohort, tmp_path: Path) -> None:
    _, pages = printed(world, cohort, tmp_path / "ut", ("scope", Scope.DISCUSS))
    whole = " ".join(pages)
    assert "Nils Exempel" in whole
    assert "Alva Testsson" not in whole


def test_masked_names_nobody(world: World, cohort: Cohort, tmp_path: Path) -> None:
    said, pages = printed(world, cohort, tmp_path / "ut", ("masked", "mask"))
    whole = " ".join(pages)
    assert "avidentifierat" in flat(said)
    for name in ("Alva", "Nils", "Granen", "Berit", "Ludvika"):
        assert name not in whole
    assert "Läkare 1" in whole


def test_a_stodplan_is_never_in_it(world: World, tmp_path: Path) -> None:
    world.worried(world.doctors["Alva Testsson"], shown_to=["studierektor"])
    cohort = judged(read_cohort(world.store, world.director_id, TODAY))
    assert any(case.binder.plans for case in cohort.cases)
    _, pages = printed(world, cohort, tmp_path / "ut")
    page = next(p for p in pages if "Alva Testsson" in p and "PLACERINGAR" in p)
    assert "Stödplan sedan" not in page
    assert "HEMLIG" not in " ".join(pages)


def test_the_next_meeting_names_the_pack(world: World, tmp_path: Path) -> None:
    world.meeting(date(2026, 12, 8))
    cohort = judged(read_cohort(world.store, world.director_id, TODAY))
    _, pages = printed(world, cohort, tmp_path / "ut")
    assert [f.name for f in (tmp_path / "ut").iterdir()] == ["Kollegieunderlag 2026-12-08.pdf"]
    assert "8 dec 2026" in pages[0]


def test_a_name_of_ones_own_is_kept_and_ends_in_pdf(
    world: World, cohort: Cohort, tmp_path: Path
) -> None:
    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(PackDialog(cohort))
            await settle(pilot)
            app.screen.query_one("#file").value = "till mötet"  # type: ignore[attr-defined]
            await settle(pilot)
            fill(app.screen, tmp_path / "ut", ("masked", "mask"))
            await settle(pilot)
            await pilot.press("ctrl+s")
            await settle(pilot)

    asyncio.run(go())
    assert [f.name for f in (tmp_path / "ut").iterdir()] == ["till mötet.pdf"]


def test_a_folder_that_cannot_be_written_is_said_in_the_dialog(
    world: World, cohort: Cohort, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("x")
    said, _ = printed(world, cohort, tmp_path / "fil" / "mapp")
    assert "Inget har skrivits" in flat(said)
    assert "Skriv ut" in said


def stopped_at(step: str) -> Callable[[str, int, int], None]:
    """Return a callback that stops the work at a step."""

    def told(now: str, done: int, count: int) -> None:
        if now == step:
            raise Cancelled

    return told


@pytest.mark.parametrize("step", ["judging", "gathering", "drawing", "writing"])
def test_stopped_at_any_step_nothing_is_written(world: World, tmp_path: Path, step: str) -> None:
    unjudged = read_cohort(world.store, world.director_id, TODAY)
    wish = Wish(PackOptions(), tmp_path / "ut", "underlag.pdf")
    with pytest.raises(Cancelled):
        print_pack(unjudged, wish, stopped_at(step))
    assert not (tmp_path / "ut").exists()


def test_esc_stops_it_and_the_questions_stand_as_they_were(
    world: World, cohort: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(found: Cohort, wish: Wish, told: Any) -> Any:
        told("drawing", 1, 8)
        begun.set()
        go_on.wait(20)
        told("drawing", 2, 8)
        return print_pack(found, wish, told)

    monkeypatch.setattr(dialog, "print_pack", slow)
    seen: list[str] = []

    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(PackDialog(cohort))
            await settle(pilot)
            fill(app.screen, tmp_path / "ut")
            await pilot.press("ctrl+s")
            while not begun.is_set():
                await pilot.pause()
            await pilot.pause()
            seen.append(screen_text(app))
            await pilot.press("escape")
            seen.append(screen_text(app))
            go_on.set()
            await settle(pilot)
            seen.append(screen_text(app))
            assert isinstance(app.screen, PackDialog)
            assert str(tmp_path / "ut") in [field.value for field in app.screen.query(Input)]

    asyncio.run(go())
    assert "Ritar sidor, 1 av 8" in seen[0]
    assert "Avbryter" in seen[1]
    assert "Avbrutet. Ingenting har skrivits." in seen[2]
    assert not (tmp_path / "ut").exists()


def test_nobody_that_fits_writes_nothing(world: World, tmp_path: Path) -> None:
    empty = judged(read_cohort(world.store, world.director_id, date(2019, 1, 1)))
    assert empty.rows == []
    wish = Wish(PackOptions(), tmp_path / "ut", "underlag.pdf")
    found = print_pack(empty, wish, lambda step, done, count: None)
    assert found.path is None
    assert not (tmp_path / "ut").exists()


def test_a_settled_list_is_what_is_printed_also_of_who_has_left_since(
    world: World, tmp_path: Path
) -> None:
    listed = [world.doctors[name].training_id for name in ("Nils Exempel", "Lisa Lämnat")]
    world.meeting(date(2026, 12, 8), training_ids=listed, evidence_on=TODAY)
    cohort = judged(read_cohort(world.store, world.director_id, TODAY))
    said, pages = printed(world, cohort, tmp_path / "ut")
    assert "Klart: 2 läkare" in said
    assert "2 läkare på mötets lista" in pages[0]
    whole = " ".join(pages)
    assert "Nils Exempel" in whole
    assert "Lisa Lämnat" in whole
    assert "Alva Testsson" not in whole
    _, every = printed(world, cohort, tmp_path / "alla", ("scope", Scope.ALL))
    assert "Alva Testsson" in " ".join(every)
    assert "Lisa Lämnat" not in " ".join(every)
