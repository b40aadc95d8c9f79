"""Vem behöver mig?: everyone in service, why they are where they are, and what it rests on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from at_tui.kollegium.cohort import SortBy
from at_tui.kollegium.whole import judged, read_cohort
from at_tui.language import text
from schema.tables import Trainee
from screens import ways
from screens.assessment_form import FormScreen
from screens.kollegium.cohort import CohortPage
from screens.kollegium.cohort_why import WhyPage
from screens.today import Today
from screens.trainee.page import TraineePage
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, World, make_world
from tests.screens.directing import BOLD, LONG_NAME, app_of, play, ready, region
from tests.screens.playing import screen_text, write
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40), (160, 48)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    region(made)
    yield made
    made.store.close()


def names(page: CohortPage) -> list[str]:
    """Return the names in the list, in its order."""
    rows = page.query_one(Picker).rows.rows
    return [str(r.cells[0])[2:] for r in rows if not r.heading]


def shown(world: World, *steps: str) -> list[str]:
    """Return the names that are left after the keys."""
    found: list[str] = []

    async def go() -> None:
        page = CohortPage()
        app = app_of(world)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                await pilot.press(step)
                await settle(pilot)
            found.extend(names(page))

    asyncio.run(go())
    return found


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(world, CohortPage()), terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", SIZES[:2])
def test_the_reasons_look_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    cohort = judged(read_cohort(world.store, world.director_id, TODAY))
    row = next(r for r in cohort.rows if r.name == "Nils Exempel")
    case = cohort.case(row.training_id)
    assert case is not None
    app = app_of(world, WhyPage(case, row))
    assert snap_compare(app, terminal_size=size, run_before=ready)


def test_everyone_in_service_is_there_and_the_one_who_left_is_not(world: World) -> None:
    found = shown(world)
    assert len(found) == 8
    assert "Lisa Lämnat" not in found
    assert BOLD in found
    assert LONG_NAME in found


def test_those_who_need_a_talk_come_first_and_the_rule_is_said(world: World) -> None:
    seen = play(world, CohortPage(), size=(120, 40))
    assert seen.index("BEHÖVER SAMTAL") < seen.index("TUNT UNDERLAG")
    assert "Inget från tidigare kollegier är försenat: försenat från tidigare kollegium: Boka" in (
        seen
    )
    assert "Förra kollegiet beslutade samtal" in seen


def test_what_is_lacking_is_said_beside_the_name(world: World) -> None:
    seen = play(world, CohortPage(), size=(220, 48))
    assert "inget inlagt" in next(line for line in seen.splitlines() if "Tom Tomsson" in line)
    assert "dubbel" in next(line for line in seen.splitlines() if "Dubbel Dubbelsson" in line)
    assert "utan handledare" in next(line for line in seen.splitlines() if "Wilma Prov" in line)
    assert "ledig" in next(line for line in seen.splitlines() if "Lena Ledig" in line)


def test_a_name_with_markup_is_shown_as_it_is_written(world: World) -> None:
    assert BOLD in play(world, CohortPage(), size=(220, 48))


def test_a_digit_shows_one_group_and_zero_all_again(world: World) -> None:
    talk = shown(world, "1")
    assert talk == ["Nils Exempel"]
    assert "Nils Exempel" not in shown(world, "2")
    assert len(shown(world, "1", "0")) == 8


def test_a_filter_is_said_over_the_list_and_taken_away_by_x(world: World) -> None:
    # Avsnitt is the second field; the first section after all of them is allmänmedicin.
    keys = ("f", "down", "escape", "tab", "right", "ctrl+s")
    seen = play(world, CohortPage(), *keys, size=(120, 40))
    assert "Visar" in seen
    assert "allmänmedicin" in seen
    assert len(shown(world, *keys)) < 8
    assert len(shown(world, *keys, "x")) == 8


@pytest.mark.parametrize(
    ("field", "value", "only"),
    [
        ("start_group", "HT 2025", {"Wilma Prov", "Lena Ledig"}),
        ("section", "psykiatri", {"Wilma Prov"}),
        ("unit_id", "ward_id", {"Wilma Prov"}),
    ],
)
def test_each_filter_leaves_only_those_who_match(
    world: World, field: str, value: str, only: set[str]
) -> None:
    from screens.kollegium.cohort_filter import FilterDialog
    from screens.widgets.choice_field import ChoiceField

    found: list[str] = []

    async def go() -> None:
        page, app = CohortPage(), app_of(world)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            await pilot.press("f")
            await settle(pilot)
            dialog = app.screen
            assert isinstance(dialog, FilterDialog)
            chosen = getattr(world, value) if value.endswith("_id") else value
            dialog.query_one(f"#f-{field}", ChoiceField).value = chosen
            await pilot.press("ctrl+s")
            await settle(pilot)
            found.extend(names(page))

    asyncio.run(go())
    assert set(found) == only


def test_another_order_is_chosen_from_a_list(world: World) -> None:
    found = shown(world, "o", "down", "enter")
    assert found[0] == "Alva Testsson"
    assert list(SortBy)[1] is SortBy.NAME


def test_typing_finds_someone(world: World) -> None:
    seen = play(world, CohortPage(), "slash", write("wilma"))
    assert "Wilma Prov" in seen
    assert "Tom Tomsson" not in seen


def test_enter_tells_every_reason_with_what_it_counted(world: World) -> None:
    seen = play(world, CohortPage(), "enter", size=(120, 48))
    assert "Nils Exempel · varför" in seen
    assert "Boka två sit-in" in seen
    assert "mini-CEX" in seen
    assert "ej signerad, räknas inte" in seen


def test_a_reason_leads_to_the_records_and_the_ways_to_the_pages(world: World) -> None:
    async def go() -> None:
        page, app = CohortPage(), app_of(world)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
            why = app.screen
            assert isinstance(why, WhyPage)
            rows = why.query_one(Picker).rows.rows
            form = next(r for r in rows if "mini-CEX" in " ".join(map(str, r.cells)))
            assert why.query_one(Picker).select(form.id)
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, FormScreen)
            await pilot.press("escape")
            await settle(pilot)
            why.query_one(Picker).select("page")
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, TraineePage)

    asyncio.run(go())


def test_what_is_recorded_meanwhile_is_there_when_one_comes_back(world: World) -> None:
    found: list[str] = []

    async def go() -> None:
        page, app = CohortPage(), app_of(world)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
            with world.store.work(world.director_id) as work:
                trainee = work.need(Trainee, world.doctors["Tom Tomsson"].trainee_id)
                trainee.name = "Tom Nyman"
            await pilot.press("escape")
            await settle(pilot)
            found.extend(names(page))

    asyncio.run(go())
    assert "Tom Nyman" in found


def test_a_stodplan_is_told_only_to_those_who_may_see_it(world: World) -> None:
    world.worried(world.doctors["Alva Testsson"], shown_to=["studierektor"])
    seen = play(world, CohortPage(), size=(160, 48))
    assert "stödplan" in next(line for line in seen.splitlines() if "Alva Testsson" in line)
    with world.store.read() as work:
        from schema.tables import SupportPlan

        (plan,) = work.all(SupportPlan)
    plan.shown_to = ["at_chef"]
    world.save(plan)
    seen = play(world, CohortPage(), size=(160, 48))
    assert "stödplan" not in next(line for line in seen.splitlines() if "Alva Testsson" in line)


def test_without_anyone_in_service_the_page_says_what_to_do(tmp_path: Path) -> None:
    made = make_world(tmp_path)
    seen = play(made, CohortPage())
    assert "Ingen är i tjänst" in seen


def test_the_first_page_leads_a_study_director_there(world: World) -> None:
    seen: list[str] = []

    async def go() -> None:
        app = app_of(world, Today())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            seen.append(screen_text(app))
            await pilot.press("f4")
            await settle(pilot)
            assert isinstance(app.screen, CohortPage)

    asyncio.run(go())
    assert "F4 kollegium" in seen[0]


def test_the_first_page_of_a_supervisor_has_no_such_key(world: World) -> None:
    async def go() -> None:
        app = app_of(world, Today(), author=world.berit_id)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert "F4" not in screen_text(app)
            await pilot.press("f4")
            await settle(pilot)
            assert isinstance(app.screen, Today)

    asyncio.run(go())


@pytest.mark.parametrize("name", ["cohort", "coverage", "chase", "triage_rules", "meetings"])
def test_every_page_closes_its_keys_with_the_help_and_has_one(world: World, name: str) -> None:
    lines = play(world, getattr(ways, name)()).splitlines()
    keys = next(line for line in reversed(lines[:24]) if line.strip())
    assert keys.rstrip().endswith("? hjälp")
    assert len(keys.rstrip()) <= 80
    seen = play(world, getattr(ways, name)(), "question_mark", size=(120, 40))
    first = text(f"{'triage' if name == 'triage_rules' else name}.help").split()[:6]
    assert " ".join(first) in " ".join(seen.split())


@pytest.mark.parametrize("name", ["cohort", "coverage", "chase", "triage_rules", "meetings"])
def test_whoever_leaves_before_it_is_read_leaves_nothing_behind(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, go_on = threading.Event(), threading.Event()

    def slow(*args: Any) -> Any:
        going.set()
        go_on.wait(20)
        return read_cohort(*args)

    monkeypatch.setattr("at_tui.kollegium.whole.read_cohort", slow)

    async def go() -> None:
        app = app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(getattr(ways, name)())
            for _ in range(20):
                await pilot.pause()
            assert going.is_set() or name == "meetings"
            await pilot.press("escape")
            for _ in range(5):
                await pilot.pause()
            go_on.set()
            await settle(pilot)
            assert len(app.screen_stack) == 1
            assert app.heard == []

    asyncio.run(go())
