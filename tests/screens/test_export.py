"""Lists and dates for other programs, written from the screens."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from textual.widgets import Input

from at_tui.interchange.lists import NAMES
from schema.tables import Supervision, Talk
from schema.words import TalkKind
from screens.app import ATApp
from screens.calendar_file import CalendarFile
from screens.export_lists import ExportLists
from screens.widgets.choice_field import ChoiceField
from tests.screens.conftest import Records, Show
from tests.screens.settling import flat, settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]


def plan(records: Records) -> None:
    """Book a session for each and a talk for one."""
    for training, day in (
        (records.alva_training, date(2026, 11, 26)),
        (records.nils_training, date(2026, 12, 1)),
    ):
        records.add(Supervision(training_id=training.id, day=day, supervisor_id=records.owner.id))
    records.add(
        Talk(
            training_id=records.alva_training.id, kind=TalkKind.MITTSAMTAL,
            booked_on=date(2026, 12, 10),
        )
    )  # fmt: skip


async def at_home(pilot: Any) -> None:
    """Show a folder whose name is the same in every run."""
    await settle(pilot)
    pilot.app.screen.query_one("#folder", Input).value = "~/Dokument"
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
def test_the_lists_look_as_drawn(snap_compare: Any, show: Show, size: tuple[int, int]) -> None:
    assert snap_compare(show(ExportLists()), terminal_size=size, run_before=at_home)


@pytest.mark.parametrize("size", SIZES)
def test_the_dates_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    plan(records)
    page = CalendarFile(records.alva_training.id)
    assert snap_compare(show(page), terminal_size=size, run_before=at_home)


def written(app: ATApp, folder: Path, *keys: str, form: str = "") -> str:
    """Point the page at `folder`, press the keys and return what is on screen."""

    async def go() -> str:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            app.screen.query_one("#folder", Input).value = str(folder)
            if form:
                app.screen.query_one("#form", ChoiceField).value = form
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return flat("\n".join(lines(app)))

    return asyncio.run(go())


def test_all_lists_are_written_as_one_workbook(show: Show, tmp_path: Path) -> None:
    shown = written(show(ExportLists()), tmp_path, "f2")
    (path,) = tmp_path.glob("Listor*")
    assert path.name == "Listor 2026-11-24.xlsx"
    assert path.stat().st_mode & 0o077 == 0
    assert len(openpyxl.load_workbook(path).worksheets) == len(NAMES)
    assert "inte krypterade" in shown


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_marked_lists_alone_are_written(show: Show, tmp_path: Path, form: str) -> None:
    # All off, then the first and the second.
    written(show(ExportLists()), tmp_path, "a", "home", "space", "space", "f2", form=form)
    if form == "csv":
        folder = tmp_path / "Listor 2026-11-24"
        assert {path.name for path in folder.iterdir()} == {"Läkare.csv", "Placeringar.csv"}
    else:
        content = (tmp_path / "Listor 2026-11-24.json").read_text(encoding="utf-8")
        document = json.loads(content)
        assert set(document["lists"]) == {"trainees", "placements"}
        names = {one["name"] for one in document["lists"]["trainees"]}
        assert names == {"Alva Testsson", "Nils Exempel"}


def test_nothing_is_written_when_nothing_is_marked(show: Show, tmp_path: Path) -> None:
    shown = written(show(ExportLists()), tmp_path, "a", "f2")
    assert "Välj en lista" in shown
    assert list(tmp_path.glob("Listor*")) == []


def test_a_folder_that_cannot_be_written_is_said_so(show: Show, tmp_path: Path) -> None:
    blocked = tmp_path / "fil"
    blocked.write_text("x", encoding="utf-8")
    shown = written(show(ExportLists()), blocked, "f2")
    assert "går inte att skriva i mappen" in shown
    assert blocked.read_text(encoding="utf-8") == "x"


def test_a_folder_that_is_copied_elsewhere_is_warned_of(show: Show, tmp_path: Path) -> None:
    shown = written(show(ExportLists()), tmp_path / "OneDrive - Region Prov")
    assert "kopieras till andra datorer av OneDrive" in shown


def test_one_trainings_dates_are_written(records: Records, show: Show, tmp_path: Path) -> None:
    plan(records)
    shown = written(show(CalendarFile(records.alva_training.id)), tmp_path, "f2")
    (path,) = tmp_path.glob("*.ics")
    assert path.name == "Kalender Alva Testsson 2026-11-24.ics"
    assert path.stat().st_mode & 0o077 == 0
    titles = {str(e["summary"]) for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
    assert {"Handledning Alva Testsson", "Mittsamtal Alva Testsson"} <= titles
    assert not any("Nils" in title for title in titles)
    assert f"{len(titles)} datum skrivna" in shown


def test_only_the_marked_kinds_of_dates_are_written(
    records: Records, show: Show, tmp_path: Path
) -> None:
    plan(records)
    # The first row is the sessions: everything but them.
    written(show(CalendarFile()), tmp_path, "home", "space", "f2")
    (path,) = tmp_path.glob("*.ics")
    titles = {str(e["summary"]) for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
    assert "Mittsamtal Alva Testsson" in titles
    assert not any(title.startswith("Handledning") for title in titles)


def test_without_dates_the_page_says_so(records: Records, show: Show, tmp_path: Path) -> None:
    from schema.tables import Placement, Training

    with records.store.work("test") as work:
        for placement in work.all(Placement):
            work.remove(placement)
        for training in work.all(Training):
            training.ended_on = date(2026, 10, 1)
    shown = written(show(CalendarFile()), tmp_path, "f2")
    assert "Det finns inga datum" in shown
    assert list(tmp_path.glob("*.ics")) == []
