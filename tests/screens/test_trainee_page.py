"""The AT-läkare's page at the keyboard: tabs, rows, what is added and taken away, and prints."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from at_tui.around import around_of
from at_tui.content_in_use import curriculum_for, instrument_for
from at_tui.correcting import Signer, confirm, new_form, save_draft, sign_form
from at_tui.goal_map import goal_map, mark_goals
from data import find
from schema.tables import Absence, Agreement, Placement, Supervision
from schema.words import SectionCode
from screens.app import ATApp
from screens.placements import PlacementForm
from screens.placements_absence import AbsenceForm
from screens.placements_training import TrainingForm
from screens.session import SessionScreen
from screens.trainee.page import TABS, TraineePage
from screens.trainee.placements import PlacementsTab
from screens.trainee.print_dialog import PrintDialog
from screens.widgets.confirm import Confirm
from screens.widgets.picker import Picker
from screens.widgets.timeline import Timeline
from tests.at_tui.surgery import TODAY, Surgery, make_surgery
from tests.screens import settling

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
HOSTILE = "[bold red]Ö'Brien[/] \x1b[2J\u202edrow [@click=quit]x[/]"

Step = str | Callable[[TraineePage, Pilot[int]], Awaitable[None] | None]


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    made = make_surgery(tmp_path)
    yield made
    made.store.close()


def app_of(surgery: Surgery, page: Screen[Any]) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page,
    )


def play(surgery: Surgery, *steps: Step, tab: str = "overview") -> None:
    """Open the page over an empty one, wait until it is read, and do the steps."""
    page = TraineePage(surgery.training_id, tab=tab)

    async def go() -> None:
        app = app_of(surgery, Screen())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await settle(page, pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                    await settle(page, pilot)
                else:
                    waiting = step(page, pilot)
                    if waiting is not None:
                        await waiting

    asyncio.run(go())


async def settle(page: TraineePage, pilot: Pilot[int]) -> None:
    """Wait for what is read or printed in threads."""
    await settling.settle(pilot, "trainee", "program", "print")


class Seen(list[Any]):
    """What steps have looked at."""

    def screen(self, page: TraineePage, pilot: Pilot[int]) -> None:
        self.append(type(page.app.screen))

    def rows(self, page: TraineePage, pilot: Pilot[int]) -> None:
        for row in page.tab.query_one(Picker).rows.rows:
            cells = [c if isinstance(c, str) else c.plain for c in row.cells]
            self.append(" | ".join(cells))

    def toasts(self, page: TraineePage, pilot: Pilot[int]) -> None:
        self.extend(note.message for note in page.app._notifications)


def lines(page: TraineePage) -> list[str]:
    return [strip.text for strip in page.app.screen._compositor.render_strips()]


def assessed(surgery: Surgery) -> None:
    """A draft DOPS, and a mini-CEX that both have signed; four goals marked, one with evidence."""
    mini_cex, dops = instrument_for("mini-cex", ""), instrument_for("dops", "")
    curriculum = curriculum_for("at-sosfs-1999-5", "1", "AT")
    assert mini_cex is not None
    assert dops is not None
    assert curriculum is not None
    form = replace(
        new_form(mini_cex, surgery.training_id, surgery.placement_id, date(2026, 11, 17)),
        assessor_id=surgery.supervisor_id,
        context={"patientmote": "bröstsmärta"},
        answers={"behalla": "Lugn.", "anamnes": 4},
        goals=["6:2:7"],
    )
    draft = replace(
        new_form(dops, surgery.training_id, surgery.placement_id, date(2026, 11, 24)),
        assessor_id=surgery.supervisor_id,
    )
    with surgery.store.work(surgery.supervisor_id) as work:
        record = save_draft(work, form)
        save_draft(work, draft)
        folder = find.folder(work, surgery.training_id)
        around = around_of(folder, record, on=TODAY)
    with surgery.store.work(surgery.supervisor_id) as work:
        sign_form(
            work,
            mini_cex,
            replace(form, rev=1),
            around,
            Signer(surgery.supervisor_id, "Berit Handledarsson"),
        )
    with surgery.store.work(surgery.supervisor_id) as work:
        confirm(work, form.id, Signer(surgery.trainee_id, "Alva Testsson"))
        folder = find.folder(work, surgery.training_id)
        section = next(
            s for s in goal_map(folder, curriculum) if s.section is SectionCode.PSYKIATRI
        )
        mark_goals(
            work,
            training_id=surgery.training_id,
            curriculum_id=curriculum.id,
            lines=section.lines[:4],
            by_id=surgery.supervisor_id,
            on=TODAY,
            note="på kliniken",
        )


def test_the_page_opens_on_what_is_next(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, seen.rows)
    assert seen[1] == "i dag | handledning 60 min, planerad | ↵ hölls"
    assert "17 av 20 veckor med samtal · 17 hållna, 17 h · 1 inställt" in seen
    assert "till 26 nov | Boka två rektoskopier i min tidbok | handledaren" in seen


def test_enter_on_todays_session_opens_its_form(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, "enter", seen.screen)
    assert seen == [SessionScreen]


def test_the_session_logged_from_the_page_is_shown_when_it_comes_back(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, "enter", "1", "2", "ctrl+s", seen.rows)
    assert "Inga öppna överenskommelser." in seen
    assert "18 av 20 veckor med samtal · 18 hållna, 18 h · 1 inställt" in seen


def test_each_digit_opens_its_tab_and_the_arrows_the_one_beside(surgery: Surgery) -> None:
    names: list[str] = []

    def name(page: TraineePage, _: Pilot[int]) -> None:
        names.append(page.tab.NAME)

    play(surgery, "2", name, "8", name, "right", name, "left", name, "left", name)
    assert names == ["placements", "more", "overview", "more", "program"]


@pytest.mark.parametrize("name", [kind.NAME for kind in TABS])
def test_every_tab_can_be_opened_at_once_by_its_name(surgery: Surgery, name: str) -> None:
    names: list[str] = []
    play(surgery, lambda page, _: names.append(page.tab.NAME), tab=name)
    assert names == [name]


def test_keys_that_do_nothing_on_a_tab_are_left_out(surgery: Surgery) -> None:
    offered: dict[str, bool] = {}

    def look(page: TraineePage, _: Pilot[int]) -> None:
        keys = {b.binding.action for b in page.active_bindings.values() if b.enabled}
        offered[page.tab.NAME] = "new_absence" in keys

    play(surgery, look, "2", look, "3", look)
    assert offered == {"overview": False, "placements": True, "supervision": False}


def test_sessions_are_listed_with_why_one_was_cancelled_and_found_by_typing(
    surgery: Surgery,
) -> None:
    seen = Seen()
    play(surgery, "3", seen.rows, "slash", *"sjuk", lambda p, _: seen.clear(), seen.rows)
    assert seen == ["tors 5 nov | ✗ sjuk läkare |  | Berit Handledarsson"]


def test_a_session_is_removed_only_after_a_question(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, "3", "delete", seen.screen, "n", seen.screen)
    assert seen == [Confirm, TraineePage]
    with surgery.store.read() as work:
        assert work.get(Supervision, surgery.planned_id) is not None

    play(surgery, "3", "delete", "j")
    with surgery.store.read() as work:
        assert work.get(Supervision, surgery.planned_id) is None


def test_n_on_supervision_begins_a_session_of_its_own(surgery: Surgery) -> None:
    ids: list[str | None] = []

    def look(page: TraineePage, _: Pilot[int]) -> None:
        screen = page.app.screen
        assert isinstance(screen, SessionScreen)
        ids.append(screen.start.supervision_id)

    play(surgery, "3", "n", look)
    assert ids == [None]


def test_placements_are_listed_under_the_timeline_with_months_against_the_law(
    surgery: Surgery,
) -> None:
    seen = Seen()
    shown: list[bool] = []
    play(
        surgery,
        "2",
        seen.rows,
        lambda page, _: shown.append("▲ i dag" in page.query_one(Timeline).render().plain
                                     or "i dag ▲" in page.query_one(Timeline).render().plain),
    )  # fmt: skip
    assert shown == [True]
    assert any(line.startswith("10 aug 2025 – 9 feb 2026 | kirurgi") for line in seen)
    assert "kirurgi | 4,8 av 3 | 4,8 med planen | ✓ uppfyllt" in seen
    assert any("allmänmedicin" in line and "saknas" in line for line in seen)
    assert "10 juni – 12 juli | föräldraledig | 33 dagar |  | räknas inte" in seen


def test_the_cursor_stands_on_the_placement_of_today(surgery: Surgery) -> None:
    selected: list[str | None] = []
    play(surgery, "2", lambda page, _: selected.append(page.tab.picker.selected))
    assert selected == [f"placement:{surgery.placement_id}"]


def test_enter_on_a_placement_an_absence_and_the_months_open_each_their_own(
    surgery: Surgery,
) -> None:
    seen = Seen()
    play(surgery, "2", "enter", seen.screen, "escape", "end", "enter", seen.screen)
    assert seen == [PlacementForm, AbsenceForm]
    play(surgery, "2", "f", seen.screen, "escape", "n", seen.screen, "escape", "t", seen.screen)
    assert seen[2:] == [AbsenceForm, PlacementForm, TrainingForm]


def test_a_placement_with_sessions_is_not_removed_and_says_why(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, "2", "delete", seen.screen, seen.toasts)
    assert seen[0] is TraineePage
    assert "19 samtal" in seen[1]
    with surgery.store.read() as work:
        assert work.get(Placement, surgery.placement_id) is not None


def test_a_placement_that_nothing_names_is_removed_after_a_question(surgery: Surgery) -> None:
    def on_first(page: TraineePage, _: Pilot[int]) -> None:
        tab = page.query_one(PlacementsTab)
        first = tab.file.folder.placements[0]
        assert tab.picker.select(f"placement:{first.id}")

    play(surgery, "2", on_first, "delete", "j")
    with surgery.store.read() as work:
        assert len(work.all(Placement)) == 3


def test_an_absence_is_removed_after_a_question(surgery: Surgery) -> None:
    play(surgery, "2", "end", "delete", "j")
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 2


def test_forms_are_listed_with_what_they_wait_for(surgery: Surgery) -> None:
    assessed(surgery)
    seen = Seen()
    play(surgery, "4", seen.rows)
    assert seen == [
        "24 nov | DOPS | Berit Handledarsson | allmänmedicin | ○ ej signerad",
        "17 nov | mini-CEX | Berit Handledarsson | allmänmedicin | ● signerad av båda",
    ]


def test_goals_are_counted_by_section_and_a_working_text_says_so(surgery: Surgery) -> None:
    assessed(surgery)
    seen = Seen()
    play(surgery, "5", seen.rows)
    psychiatry = next(line for line in seen if line.startswith("Psykiatri"))
    assert "4 av 16" in psychiatry
    primary = next(line for line in seen if line.startswith("Allmänmedicin"))
    assert primary.split(" | ")[3] == "1"
    assert any("arbetstext" in line for line in seen)


def test_the_log_is_printed_into_the_folder_that_is_chosen(
    surgery: Surgery, tmp_path: Path
) -> None:
    folder = tmp_path / "utskrifter"
    seen = Seen()

    def choose(page: TraineePage, _: Pilot[int]) -> None:
        page.app.screen.query_one("#folder", Input).value = str(folder)

    def on_log(page: TraineePage, _: Pilot[int]) -> None:
        assert page.tab.picker.select(f"log:{surgery.placement_id}")

    play(surgery, "6", on_log, "enter", seen.screen, choose, "ctrl+s", seen.toasts)
    (printed,) = folder.iterdir()
    assert printed.name == "Handledningslogg allmänmedicin Alva Testsson 2026-11-26.pdf"
    words = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    assert "Gick igenom två journaler" in words
    assert seen[0] is PrintDialog
    assert str(folder) in seen[1]


def test_a_folder_that_is_a_file_is_answered_in_the_dialog(
    surgery: Surgery, tmp_path: Path
) -> None:
    taken = tmp_path / "fil.txt"
    taken.write_text("x", encoding="utf-8")
    seen = Seen()

    def choose(page: TraineePage, _: Pilot[int]) -> None:
        page.app.screen.query_one("#folder", Input).value = str(taken)

    def on_log(page: TraineePage, _: Pilot[int]) -> None:
        page.tab.picker.select("log:")

    play(surgery, "6", on_log, "enter", choose, "ctrl+s", seen.screen)
    assert seen == [PrintDialog]


def test_a_form_is_printed(surgery: Surgery, tmp_path: Path) -> None:
    assessed(surgery)

    def choose(page: TraineePage, _: Pilot[int]) -> None:
        page.app.screen.query_one("#folder", Input).value = str(tmp_path / "ut")

    play(surgery, "6", "end", "enter", choose, "ctrl+s")
    (printed,) = (tmp_path / "ut").iterdir()
    assert printed.name == "mini-CEX, 17 nov Alva Testsson 2026-11-26.pdf"
    words = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    assert "bröstsmärta" in words


def test_a_training_that_is_gone_closes_the_page(surgery: Surgery) -> None:
    page = TraineePage("0193b2c0-0000-7000-8000-000000000000")

    async def go() -> bool:
        app = app_of(surgery, Screen())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await settle(page, pilot)
            return page in app.screen_stack

    assert not asyncio.run(go())


def test_hostile_names_are_shown_as_text_on_every_tab(tmp_path: Path) -> None:
    surgery = make_surgery(tmp_path, name=HOSTILE)
    with surgery.store.work("test") as work:
        work.save(
            Agreement(training_id=surgery.training_id, text=HOSTILE, agreed_on=date(2026, 11, 1))
        )
        session = work.need(Supervision, surgery.planned_id)
        session.note = HOSTILE
        work.save(session)
    shown: list[str] = []

    def look(page: TraineePage, _: Pilot[int]) -> None:
        found = lines(page)
        shown.extend(found)
        assert found[0].strip().startswith("[bold red]Ö'Brien[/]")

    play(surgery, look, "2", look, "3", look, "4", look, "5", look, "6", look)
    surgery.store.close()
    text = "\n".join(shown)
    assert "\x1b" not in text
    assert "\u202e" not in text


SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tab", [kind.NAME for kind in TABS])
def test_how_each_tab_looks(
    surgery: Surgery, snap_compare: Any, tab: str, size: tuple[int, int]
) -> None:
    assessed(surgery)
    page = TraineePage(surgery.training_id, tab=tab)

    async def ready(pilot: Pilot[int]) -> None:
        await settle(page, pilot)

    assert snap_compare(app_of(surgery, page), run_before=ready, terminal_size=size)
