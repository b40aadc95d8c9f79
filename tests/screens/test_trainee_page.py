"""The AT-läkare's page at the keyboard: tabs, rows, what is added and taken away, and prints."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from at_tui.around import around_of
from at_tui.content_in_use import curriculum_for, instrument_for
from at_tui.correcting import confirm, new_form, save_draft, sign_form
from at_tui.goal_map import goal_map, mark_goals
from at_tui.language import text
from at_tui.signer import Signer
from data import find
from schema.tables import Agreement, Supervision
from schema.words import SectionCode
from screens.session import SessionScreen
from screens.trainee.page import TABS, TraineePage
from screens.trainee.print_dialog import PrintDialog
from screens.widgets.confirm import Confirm
from tests.at_tui.surgery import TODAY, Surgery, make_surgery
from tests.screens.trainee_page import Seen, app_of, play, settle

HOSTILE = "[bold red]Ö'Brien[/] \x1b[2J\u202edrow [@click=quit]x[/]"


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


def test_part_time_stands_before_the_unit_and_full_time_goes_without_saying(
    surgery: Surgery,
) -> None:
    seen = Seen()
    play(surgery, seen.rows, tab="placements")
    units = [row for row in seen if "kliniken" in row]
    assert [row for row in units if "| 80 %  Medicinkliniken" in row]
    assert not [row for row in units if "100 %" in row]


@pytest.mark.parametrize("key", ["certificate", "certificate_ahead"])
@pytest.mark.parametrize("section", list(SectionCode))
def test_a_certificate_to_write_is_told_whole(key: str, section: SectionCode) -> None:
    words = text(f"trainee.step.{key}", section=text(f"word.section_short.{section}"))
    assert len(words) <= 41, words


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
