"""Imports on screen: choosing columns, a list of education, and undoing a whole import."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from at_tui.interchange.preview import apply, preview
from schema.tables import Education, Placement, Trainee
from screens.app import ATApp
from screens.import_columns import ColumnsPage
from screens.import_group import ImportPreview
from screens.imports import Hindered, Imports
from screens.today import Today
from screens.widgets.picker import Picker
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "startgrupp.csv"
ATTENDANCE = (
    "Namn;Datum;Slag;Rubrik;Minuter;Dagar;Närvarande;Anmäld;Skäl\n"
    "Alva Testsson;2026-11-19;föreläsning;Akut buk;90;;ja;;\n"
    "Nils Exempel;2026-11-19;föreläsning;Akut buk;90;;nej;ja;jour\n"
    "Alva Testsson;2026-10-05;kurs;AT-LEKA;;2;ja;;\n"
)
OTHER = ATTENDANCE.replace("Namn;Datum;Slag;Rubrik;Minuter", "Doktor;Tillfälle;Slag;Prat;Långt")


def imported(records: Records, path: Path) -> str:
    with records.store.read() as work:
        found = preview(path, work, on=TODAY)
    return apply(records.store, found, records.owner.id, on=TODAY).batch


def previewed(records: Records, folder: Path, content: str) -> ImportPreview:
    path = folder / "närvaro ht26.csv"
    path.write_text(content, encoding="utf-8")
    with records.store.read() as work:
        return ImportPreview(preview(path, work, on=TODAY))


def still(records: Records) -> None:
    """Give every import the same moment, so that the picture is the same in every run."""
    from data import imports
    from data.imports import Batch

    with records.store.work("test") as work:
        for one in imports.imports(work):
            kept = {**one.__dict__, "at": "2026-11-24T13:02:00+00:00"}
            imports._keep(work, Batch(**kept))


async def go_through(app: ATApp, pilot: Any, *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    return "\n".join(lines(app))


@pytest.mark.parametrize("size", SIZES)
def test_the_imports_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "närvaro ht26.csv"
    path.write_text(ATTENDANCE, encoding="utf-8")
    imported(records, path)
    imported(records, EXAMPLE)
    still(records)
    assert snap_compare(show(Imports()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_a_list_of_education_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = previewed(records, tmp_path, ATTENDANCE)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_columns_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = previewed(records, tmp_path, OTHER)
    assert snap_compare(show(ColumnsPage(page._preview)), terminal_size=size, run_before=settle)


def test_other_headings_are_chosen_and_the_file_is_read_so(
    records: Records, show: Show, tmp_path: Path
) -> None:
    app = show(Today())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.push_screen(previewed(records, tmp_path, OTHER))
            await settle(pilot)
            shown = await go_through(app, pilot, "f6")
            assert "Doktor" in shown
            assert "Saknas" in shown
            page = app.screen
            assert isinstance(page, ColumnsPage)
            for place, word in ((0, "namn"), (1, "datum"), (3, "rubrik"), (4, "minuter")):
                page.query_one(Picker).select(str(place))
                await go_through(app, pilot, "enter", *word, "enter")
            shown = "\n".join(lines(app))
            assert "Alla kolumner som behövs finns" in shown
            shown = await go_through(app, pilot, "f2")
            assert "3 utbildningar" in shown
            await go_through(app, pilot, "f2")

    asyncio.run(go())
    with records.store.read() as work:
        assert len(work.all(Education)) == 3


def test_a_whole_import_is_undone_after_a_question(
    records: Records, show: Show, tmp_path: Path
) -> None:
    imported(records, EXAMPLE)
    app = show(Imports())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            shown = await go_through(app, pilot, "u")
            assert "Ångra inläsningen av startgrupp.csv?" in shown
            with records.store.read() as work:
                assert len(work.all(Trainee)) == 5
            await go_through(app, pilot, "n", "u", "j")
            assert "ångrad" in "\n".join(lines(app))
            # What is undone cannot be undone again.
            assert "u ångra" not in "\n".join(lines(app))

    asyncio.run(go())
    with records.store.read() as work:
        assert {one.name for one in work.all(Trainee)} == {"Alva Testsson", "Nils Exempel"}
        assert len(work.all(Placement)) == 2


def test_what_stands_in_the_way_of_undoing_is_named(records: Records, show: Show) -> None:
    imported(records, EXAMPLE)
    with records.store.work("test") as work:
        someone = next(t for t in work.all(Trainee) if t.name == "Élise Påhitt")
        someone.phone = "000"
        work.save(someone)
    app = show(Imports())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await go_through(app, pilot, "u")
            assert isinstance(app.screen, Hindered)
            shown = "\n".join(lines(app))
            assert "Élise Påhitt har ändrats efter inläsningen" in shown

    asyncio.run(go())
    with records.store.read() as work:
        assert len(work.all(Trainee)) == 5


SIXTEEN = (
    "Alva Nyström-Test", "Bo Exempelsson", "Cilla Prov", "David Påhitt", "Eva Fiktiv",
    "Fatima Testberg", "Gustav Låtsas", "Hanna Demo", "Ivar Uppdiktad", "Julia Skenbar",
    "Karim Mönster", "Lina Förebild", "Måns Attrapp", "Nora Modell", "Olle Skiss", "Åsa Utkast",
)  # fmt: skip


def test_a_start_group_of_sixteen_from_a_coordinators_spreadsheet_takes_a_handful_of_keys(
    records: Records, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target is about twenty keys. The file is as coordinators have it: a merged title over
    headings of their own, real dates, one supervisor for several."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["AT-läkare VT 2027"])
    sheet.merge_cells("A1:G1")
    sheet.append(
        ["AT-läkare", "Start grupp", "Tjänstgöringsavsnitt", "Klinik", "Fr.o.m.", "T.o.m.",
         "Handledarens namn", "Titel"]
    )  # fmt: skip
    for name in SIXTEEN:
        sheet.append(
            [name, "VT 2027", "Medicin", "Medicinkliniken", date(2027, 1, 11), date(2027, 7, 10),
             "Berit Handledarsson", "överläkare"]
        )  # fmt: skip
    book.save(tmp_path / "AT vt27.xlsx")
    monkeypatch.chdir(tmp_path)
    app = show(Today())
    pressed: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for key in ("v", "down", "enter"):
                pressed.append(key)
                await go_through(app, pilot, key)
            assert "16 läkare, 16 placeringar, 1 person i registret" in "\n".join(lines(app))
            pressed.append("f2")
            await go_through(app, pilot, "f2")
            assert isinstance(app.screen, Today)

    asyncio.run(go())
    with records.store.read() as work:
        group = [one for one in work.all(Trainee) if one.start_group == "VT 2027"]
        assert {one.name for one in group} == set(SIXTEEN)
        assert len(work.all(Placement)) == 18
    assert len(pressed) <= 20
