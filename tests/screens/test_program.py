"""The plan of a programme on screen: its tab, one requirement, a region's own file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from data import places
from data.content.loading import SHIPPED
from schema.tables import Education, Placement, Supervision, Training
from schema.words import SectionCode
from screens.app import ATApp
from screens.compare import ComparePage
from screens.finding import FindingPage
from screens.placements import PlacementForm
from screens.session import SessionScreen
from screens.switch_programme import SwitchProgramme
from screens.trainee.page import TraineePage
from screens.what_if import WhatIfPage
from screens.widgets.picker import Picker
from screens.yardsticks import YardsticksPage
from tests.at_tui.surgery import Surgery
from tests.screens.program_pages import Step, app_of, play, program, row_with, settle, typed

pytestmark = pytest.mark.usefixtures("own_home")

SIZES = [(80, 24), (120, 40)]


def on_requirement(row_id: str) -> Callable[[ATApp], None]:
    def act(app: ATApp) -> None:
        assert app.screen.query_one("#program Picker", Picker).select(row_id), row_id

    return act


def rows_of(surgery: Surgery) -> list[str]:
    """Return the rows of the tab, also those below the window."""
    found: list[str] = []

    def read(app: ATApp) -> None:
        for row in app.screen.query_one("#program Picker", Picker).rows.rows:
            cells = [str(c) for c in row.cells]
            found.append(" | ".join([*cells, str(row.detail)]))

    play(surgery, program(surgery), read)
    return found


def own_plan(**changed: str) -> Path:
    """Copy the shipped plan of VGR to the configuration folder, with words replaced."""
    folder = places.content_folder() / "programmes"
    folder.mkdir(parents=True, exist_ok=True)
    words = (SHIPPED / "programmes" / "vgr-primarvard.toml").read_text(encoding="utf-8")
    for before, after in changed.items():
        assert before in words, before
        words = words.replace(before, after, 1)
    path = folder / "vgr-primarvard.toml"
    path.write_text(words, encoding="utf-8")
    return path


# The tab


def test_the_plan_is_shown_with_what_needs_someone_first(surgery: Surgery) -> None:
    shown = play(surgery, program(surgery))
    assert "VGR: primärvård  version 1  gäller" in row_with(shown, "VGR: primärvård")
    headings = [line.split()[0] for line in shown if line.rstrip().endswith("krav")]
    order = ["Försenat", "Snart", "Saknas", "Kan", "På", "Uppfyllt", "Ej"]
    assert headings == sorted(headings, key=order.index)
    assert headings[0] == "Försenat"


def test_time_stands_against_law_region_and_own_plan(surgery: Surgery) -> None:
    shown = play(surgery, program(surgery))
    law = row_with(shown, "Lagen  ")
    assert "18 månader" in law
    assert "tjänstgjorda" in law
    assert "Egen plan" in row_with(shown, "Egen plan")


def test_enter_shows_the_finding_and_a_record_that_counted_is_one_key_away(
    surgery: Surgery,
) -> None:
    seen: list[Any] = []
    shown = play(surgery, program(surgery), on_requirement("VG-03"), "enter")
    assert "Regler runt handledningen" in row_with(shown, "Källa")
    assert "Handledning minst 1 h per vecka" in "\n".join(shown)
    assert "Det som räknats" in "\n".join(shown)
    play(
        surgery,
        program(surgery),
        on_requirement("VG-03"),
        "enter",
        lambda app: seen.append(type(app.screen)),
        "enter",
        lambda app: seen.append(type(app.screen)),
    )
    assert seen == [FindingPage, SessionScreen]


def test_a_course_that_is_missing_is_entered_from_its_requirement(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        training = work.need(Training, surgery.training_id)
        training.programme_id, training.programme_version = "jonkoping", ""
        work.save(training)
    there: list[Step] = [on_requirement("J-12a"), "enter"]
    shown = play(surgery, program(surgery), *there, "g")
    assert "Trauma- och akutmedicin" in row_with(shown, "Rubrik")
    assert "2  " in row_with(shown, "Eller i dagar")
    assert "ja" in row_with(shown, "Obligatorisk")
    shown = play(surgery, program(surgery), *there, "g", "ctrl+s", *there, "enter")
    with surgery.store.read() as work:
        (course,) = work.all(Education)
    assert (course.kind, course.course_id, course.days) == ("course", "trauma-akut", 2)
    assert "· utbildning" in "\n".join(shown[:3]), "what counted opens in its own form"


def test_a_placement_that_counted_opens(surgery: Surgery) -> None:
    seen: list[Any] = []
    play(
        surgery,
        program(surgery),
        on_requirement("N-01"),
        "enter",
        "enter",
        lambda app: seen.append(type(app.screen)),
    )
    assert seen == [PlacementForm]


def test_working_text_is_marked_and_told_in_full(surgery: Surgery) -> None:
    shown = play(surgery, program(surgery))
    assert "° vår läsning (arbetstext)" in "\n".join(shown)
    shown = play(surgery, program(surgery), on_requirement("VG-08a"), "enter")
    assert "Regelbundet läses som" in row_with(shown, "Arbetstext")


def test_an_ended_plan_says_so(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        training = work.need(Training, surgery.training_id)
        training.programme_id, training.programme_version = "varmland", ""
        work.save(training)
    shown = play(surgery, program(surgery))
    assert "! planen gällde till och med tors 31 dec 2020" in row_with(shown, "Värmland:")


def test_overlapping_placements_cannot_be_judged_and_say_why(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        work.save(
            Placement(
                training_id=surgery.training_id,
                section=SectionCode.PSYKIATRI,
                start=date(2026, 8, 1),
                end=date(2026, 9, 1),
            )
        )
    shown = play(surgery, program(surgery))
    assert any(line.startswith("   Kan inte bedömas") for line in shown)
    assert "Placeringar överlappar 1 aug 2026 till 1 sept 2026" in "\n".join(shown)
    shown = play(surgery, YardsticksPage(surgery.training_id))
    assert "Placeringar överlappar" in "\n".join(shown)


def test_a_training_without_placements_cannot_be_judged_and_says_why(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        training = work.need(Training, surgery.training_id)
        bare = work.save(
            Training(
                trainee_id=training.trainee_id,
                programme_id="vgr-primarvard",
                start=date(2026, 9, 1),
            )
        )
    shown = play(surgery, TraineePage(bare.id, tab="program"))
    assert "Inga placeringar är inlagda" in "\n".join(shown)


def test_a_plan_that_is_not_here_is_answered_in_words(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        training = work.need(Training, surgery.training_id)
        training.programme_id = "atlantis"
        work.save(training)
    shown = "\n".join(play(surgery, program(surgery)))
    assert "Det finns inget program som heter ”atlantis”" in shown
    assert "Tryck p för att välja ett annat program." in shown


# A region's own file


def test_a_number_changed_in_ones_own_copy_takes_effect(surgery: Surgery) -> None:
    assert "av 26 v" in row_with(rows_of(surgery), "Primärvård 6 månader")
    own_plan(**{"at_least = 26": "at_least = 30"})
    assert "av 30 v" in row_with(rows_of(surgery), "Primärvård 6 månader")


def test_a_broken_own_file_is_set_aside_with_its_line(surgery: Surgery) -> None:
    path = own_plan(**{'kind = "cadence"': 'kind = "kadens"'})
    line = path.read_text(encoding="utf-8").split('kind = "kadens"')[0].count("\n") + 1
    shown = "\n".join(play(surgery, program(surgery)))
    assert f"vgr-primarvard.toml, rad {line}" in shown
    assert "den medföljande planen gäller" in shown
    assert "Handledning minst 1 h per vecka" in shown
    shown = "\n".join(play(surgery, ComparePage(None, "nationell", "vgr-primarvard")))
    assert f"vgr-primarvard.toml, rad {line}" in shown


def test_what_is_logged_turns_the_requirement(surgery: Surgery) -> None:
    before = row_with(rows_of(surgery), "Handledning minst 1 h per vecka")
    with surgery.store.work("test") as work:
        session = work.need(Supervision, surgery.planned_id)
        session.status, session.topics = "held", ["j"]  # type: ignore[assignment]
        work.save(session)
    after = row_with(rows_of(surgery), "Handledning minst 1 h per vecka")
    assert (before.split(" | ")[1], after.split(" | ")[1]) == ("17 av 18 v", "18 av 19 v")


# How they look


async def _look(pilot: Pilot[Any]) -> None:
    await settle(pilot)


def _first_finding(surgery: Surgery) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def go(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        on_requirement("VG-03")(pilot.app)  # type: ignore[arg-type]
        await pilot.press("enter")
        await settle(pilot)

    return go


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["finding", "yardsticks", "what_if", "compare", "switch"])
def test_the_pages_look_as_they_should(
    surgery: Surgery, snap_compare: Any, name: str, size: tuple[int, int]
) -> None:
    id = surgery.training_id

    async def proposed(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        typed(start="2026-12-01", end="2026-12-31")(pilot.app)  # type: ignore[arg-type]
        await settle(pilot)

    pages: dict[str, tuple[Screen[Any], Any]] = {
        "finding": (program(surgery), _first_finding(surgery)),
        "yardsticks": (YardsticksPage(id), _look),
        "what_if": (WhatIfPage(id), proposed),
        "compare": (ComparePage(id, right="dalarna"), _look),
        "switch": (SwitchProgramme(id, "dalarna"), _look),
    }
    page, ready = pages[name]
    assert snap_compare(app_of(surgery, page), run_before=ready, terminal_size=size)


def test_the_words_above_a_finding_are_whole(surgery: Surgery) -> None:
    seen: list[str] = []

    def read(app: ATApp) -> None:
        seen.append(str(app.screen.query_one("#about", Static).content))

    play(surgery, program(surgery), on_requirement("VG-08a"), "enter", read)
    assert "I korthet" in seen[0]
