"""The screens of the programme: the plan, one requirement, the yardsticks, what-if, comparing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from data import content, places
from data.content.loading import SHIPPED
from schema.tables import Absence, Education, Placement, Supervision, Training
from schema.words import AbsenceKind, SectionCode
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
from tests.at_tui.surgery import TODAY, Surgery, make_surgery
from tests.screens import settling

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
SIZES = [(80, 24), (120, 40)]

Step = str | Callable[[ATApp], Any]


@pytest.fixture(autouse=True)
def own_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own files in a folder of the test's; `home` has forgotten the one before."""
    monkeypatch.setenv("AT_TUI_HOME", str(tmp_path / "hem"))
    content.forget()
    return tmp_path / "hem"


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    made = make_surgery(tmp_path)
    yield made
    made.store.close()


def app_of(surgery: Surgery, page: Screen[Any] | None = None) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page or Screen(),
    )


async def settle(pilot: Pilot[Any]) -> None:
    """Wait for timers and for what is judged in threads."""
    await pilot.pause(0.2)
    await settling.settle(pilot)
    await pilot.pause(0.2)
    await settling.settle(pilot)


def play(surgery: Surgery, page: Screen[Any], *steps: Step) -> list[str]:
    """Show a page over an empty one, do the steps, and return the screen's lines."""

    async def go() -> list[str]:
        app = app_of(surgery)
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    step(app)
                await settle(pilot)
            return lines(app)

    return asyncio.run(go())


def lines(app: ATApp) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def on_row(row_id: str) -> Callable[[ATApp], None]:
    """Put the cursor on a row."""

    def act(app: ATApp) -> None:
        assert app.screen.query_one(Picker).select(row_id), row_id

    return act


def on_requirement(row_id: str) -> Callable[[ATApp], None]:
    def act(app: ATApp) -> None:
        assert app.screen.query_one("#program Picker", Picker).select(row_id), row_id

    return act


def typed(**values: str) -> Callable[[ATApp], None]:
    """Fill in fields of the form."""

    def act(app: ATApp) -> None:
        for name, value in values.items():
            app.screen.query_one("#form").query_one(f"#row-{name}").query_one(Input).value = value

    return act


def program(surgery: Surgery) -> TraineePage:
    return TraineePage(surgery.training_id, tab="program")


def rows_of(surgery: Surgery) -> list[str]:
    """Return the rows of the tab, also those below the window."""
    found: list[str] = []

    def read(app: ATApp) -> None:
        for row in app.screen.query_one("#program Picker", Picker).rows.rows:
            cells = [str(c) for c in row.cells]
            found.append(" | ".join([*cells, str(row.detail)]))

    play(surgery, program(surgery), read)
    return found


def row_with(shown: list[str], words: str) -> str:
    return next(line for line in shown if words in line)


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


# What-if

LEAVE = typed(start="2027-03-01", end="2027-08-31")


def test_a_leave_shows_what_it_moves_and_saves_nothing(surgery: Surgery) -> None:
    steps = (typed(start="2026-12-01", end="2026-12-31"), "escape")
    shown = play(surgery, WhatIfPage(surgery.training_id), steps[0])
    assert "10 jan 2027 → 10 feb 2027  31 dagar senare" in row_with(shown, "Tjänstgöringens slut")
    assert "13 juli 2026 – 10 jan 2027 → 13 juli 2026 – 10 feb 2027" in "\n".join(shown)
    play(surgery, WhatIfPage(surgery.training_id), *steps)
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 3
        assert work.need(Placement, surgery.placement_id).end == date(2027, 1, 10)


def test_a_confirmed_leave_is_saved_with_the_placements_it_moves(surgery: Surgery) -> None:
    fill = typed(start="2026-12-01", end="2026-12-31")
    play(surgery, WhatIfPage(surgery.training_id), fill, "ctrl+s", "j")
    with surgery.store.read() as work:
        (absence,) = [a for a in work.all(Absence) if a.start == date(2026, 12, 1)]
        assert (absence.kind, absence.end) == (AbsenceKind.FORALDRALEDIG, date(2026, 12, 31))
        assert work.need(Placement, surgery.placement_id).end == date(2027, 2, 10)
        assert work.need(Training, surgery.training_id).end == date(2027, 2, 10)


def test_a_leave_is_entered_and_saved_in_few_keys(surgery: Surgery) -> None:
    keys = ["tab", *"1/12", "tab", *"31/12", "ctrl+s", "j"]
    assert len(keys) <= 25
    play(surgery, WhatIfPage(surgery.training_id), *keys[:-2], "ctrl+s", "j")
    with surgery.store.read() as work:
        assert [a.end for a in work.all(Absence) if a.start == date(2026, 12, 1)] == [
            date(2026, 12, 31)
        ]


def test_part_time_splits_the_placement_that_goes_on(surgery: Surgery) -> None:
    fill = typed(start="2026-12-01", percent="50")

    def part_time(app: ATApp) -> None:
        page = app.screen
        assert isinstance(page, WhatIfPage)
        page.form.set("kind", "deltid")

    shown = play(surgery, WhatIfPage(surgery.training_id), part_time, fill, "ctrl+s", "j")
    assert shown
    with surgery.store.read() as work:
        later = [p for p in work.all(Placement) if p.start == date(2026, 12, 1)]
        first = work.need(Placement, surgery.placement_id)
    assert [(p.percent, p.section, p.supervisor_id) for p in later] == [
        (50, SectionCode.ALLMANMEDICIN, surgery.supervisor_id)
    ]
    assert (first.percent, first.end) == (100, date(2026, 11, 30))
    # 41 days are left of the placement (1 Dec – 10 Jan): at half time they take twice as long.
    assert 80 <= (later[0].end - later[0].start).days + 1 <= 83


def test_an_impossible_proposal_is_answered_and_cannot_be_saved(surgery: Surgery) -> None:
    fill = typed(start="2026-12-31", end="2026-12-01")
    shown = play(surgery, WhatIfPage(surgery.training_id), fill, "ctrl+s")
    assert "före starten" in "\n".join(shown)
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 3


# Comparing and changing


def test_two_plans_stand_side_by_side(surgery: Surgery) -> None:
    shown = play(surgery, ComparePage(None, "dalarna", "vgr-primarvard"))
    assert "krävs inte" in row_with(shown, "+ Handledning minst 1 h per vecka")
    assert row_with(shown, "− Allmäntjänstgöringen 21 månader").rstrip().endswith("krävs inte")


def test_what_is_alike_is_shown_on_demand(surgery: Surgery) -> None:
    page = ComparePage(None, "dalarna", "vgr-primarvard")
    assert "= Minst 18 månader" not in "\n".join(play(surgery, page))
    page = ComparePage(None, "dalarna", "vgr-primarvard")
    assert "= Minst 18 månader" in "\n".join(play(surgery, page, "a"))


def test_another_programme_shows_first_what_changes_and_is_saved_when_confirmed(
    surgery: Surgery,
) -> None:
    page = ComparePage(surgery.training_id, right="dalarna")
    shown = "\n".join(play(surgery, page, "b"))
    assert "Alva Testsson · byt till Dalarna" in shown
    assert "Nya krav" in shown
    page = ComparePage(surgery.training_id, right="dalarna")
    play(surgery, page, "b", "ctrl+s", "escape")
    with surgery.store.read() as work:
        assert work.need(Training, surgery.training_id).programme_id == "vgr-primarvard"
    page = ComparePage(surgery.training_id, right="dalarna")
    play(surgery, page, "b", "ctrl+s", "j")
    with surgery.store.read() as work:
        training = work.need(Training, surgery.training_id)
    assert (training.programme_id, training.programme_version) == ("dalarna", "1")


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
