"""The rules that sort: read, changed, counted anew, and put back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from at_tui.kollegium.rules import own_file
from at_tui.kollegium.sources import STANDARD
from data.content import one
from screens.kollegium.cohort import CohortPage
from screens.kollegium.rules import RulesPage
from screens.kollegium.rules_form import RuleForm
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import World, make_world
from tests.screens.directing import app_of, play, ready, region
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    region(made)
    yield made
    made.store.close()


def rule(id: str) -> Any:
    """Return the rule as it is in use."""
    rules: Any = one("triage", STANDARD)
    return rules.rule(id)


def press(world: World, rule_id: str, *keys: str, fill: dict[str, str] | None = None) -> str:
    """Stand on a rule, press keys, fill in a form that comes, and return what was said."""

    async def go() -> str:
        app = app_of(world)
        page = RulesPage()
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            assert page.query_one(Picker).select(rule_id)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            if fill and isinstance(app.screen, RuleForm):
                for name, value in fill.items():
                    app.screen.form.set(name, value)
                await pilot.press("ctrl+s")
                await settle(pilot)
            from tests.screens.playing import screen_text

            return "\n".join([screen_text(app), *app.heard])

    return asyncio.run(go())


@pytest.mark.parametrize("size", SIZES)
def test_the_rules_look_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(world, RulesPage()), terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", SIZES)
def test_a_rule_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    rules: Any = one("triage", STANDARD)
    app = app_of(world, RuleForm(rules, "observationer"))
    assert snap_compare(app, terminal_size=size, run_before=ready)


def test_the_page_says_that_the_rules_are_a_working_text_and_where_each_comes_from(
    world: World,
) -> None:
    seen = " ".join(play(world, RulesPage(), size=(120, 40)).split())
    assert "Arbetstext." in seen
    assert "inga krav i någon föreskrift" in seen
    assert "Källa: Läkartidningen 2021/04" in seen
    assert "standard, version 1" in seen


def test_each_rule_says_how_many_it_catches(world: World) -> None:
    seen = play(world, RulesPage(), size=(120, 40))
    line = next(x for x in seen.splitlines() if "Minst 4 observationer" in x)
    assert line.split()[-1].isdigit()
    assert int(line.split()[-1]) >= 5


def test_a_step_changes_the_number_the_words_and_the_count(world: World) -> None:
    before = press(world, "observationer")
    after = press(world, "observationer", "plus")
    assert rule("observationer").at_least == 5
    assert rule("observationer").label == "Minst 5 observationer på 26 veckor"
    assert own_file(STANDARD) is not None
    assert "egna regler, version 1.1" in after
    assert "✓ 1 på spår" in before
    assert "✓ 0 på spår" in after


def test_the_cohort_is_sorted_by_the_changed_rules(world: World) -> None:
    assert "Alva Testsson" in play(world, CohortPage(), "3")
    press(world, "observationer", "plus")
    assert "Alva Testsson" not in play(world, CohortPage(), "3")


def test_minus_lowers_the_limit_and_stops_at_the_least(world: World) -> None:
    said = press(world, "bedomare", "minus", "minus", "minus")
    assert rule("bedomare").at_least == 1
    assert "passar inte" in said


def test_a_rule_is_turned_off_and_on_again(world: World) -> None:
    press(world, "observationer", "space")
    assert not rule("observationer").active
    seen = press(world, "observationer", "space")
    assert rule("observationer").active
    assert rule("observationer").label == "Minst 4 observationer på ett halvår"
    assert "avstängd" in next(x for x in seen.splitlines() if "hälften av placeringens" in x)


def test_a_rule_without_a_number_says_so(world: World) -> None:
    assert "inget tal" in press(world, "oro", "plus")
    assert own_file(STANDARD) is None


def test_the_form_changes_number_time_and_words(world: World) -> None:
    press(world, "observationer", "enter", fill={"at_least": "3", "weeks": "13"})
    assert rule("observationer").at_least == 3
    assert rule("observationer").weeks == 13
    assert rule("observationer").label == "Minst 3 observationer på 13 veckor"
    press(world, "observationer", "enter", fill={"label": "Tre på ett kvartal"})
    assert rule("observationer").label == "Tre på ett kvartal"


def test_an_empty_time_means_the_whole_training(world: World) -> None:
    press(world, "observationer", "enter", fill={"weeks": ""})
    assert rule("observationer").weeks is None
    assert rule("observationer").label == "Minst 4 observationer"


def test_a_number_that_does_not_fit_is_said_under_its_field(world: World) -> None:
    seen = press(world, "observationer", "enter", fill={"at_least": "0"})
    assert "Minst 1" in seen
    assert own_file(STANDARD) is None


def test_the_standard_is_put_back_after_a_question(world: World) -> None:
    press(world, "observationer", "plus")
    assert "Ta tillbaka standardreglerna?" in press(world, "observationer", "z")
    assert own_file(STANDARD) is not None
    said = press(world, "observationer", "z", "j")
    assert own_file(STANDARD) is None
    assert rule("observationer").at_least == 4
    assert "Standardreglerna gäller igen" in said
    assert "gäller redan" in press(world, "observationer", "z")


def test_a_folder_that_cannot_be_written_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/skrivskyddad/triage")

    monkeypatch.setattr("data.atomic.write_atomic", refuse)
    said = press(world, "observationer", "plus")
    assert "gick inte att skriva" in said
    assert rule("observationer").at_least == 4
