"""Importing a start group on screen: which file, what it would add, what is wrong, and then all."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from at_tui.interchange.preview import Preview, preview
from data.opening import open_store
from schema.tables import Placement, Trainee
from screens.import_group import ImportGroup, ImportPreview, candidates, usual_folders
from screens.today import Today
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
HEAD = "Namn;Startgrupp;Avsnitt;Enhet;Från;Till;Handledare;Handledarens titel\n"
GOOD = HEAD + (
    "Åsa Öberg-Testsson;VT 2027;medicin;Medicinkliniken;2027-01-11;2027-07-10;Bo Exempel;läkare\n"
    "Élise D'Exempel;VT 2027;psykiatri;Psykiatriska kliniken;2027-01-11;2027-04-10;Siv Prövare;\n"
)
BAD = HEAD + (
    "Åsa [b]Öberg[/x];VT 2027;medicin;Medicinkliniken;2027-02-30;2027-07-10;Bo Exempel;överläkare\n"
    "Zlatan Prov;VT 2027;krirurgi;Kirurgkliniken;2027-01-11;2027-07-10;Eva Fiktiv;\n"
)


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def previewed(records: Records, path: Path) -> Preview:
    with records.store.read() as work:
        return preview(path, work, on=TODAY)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", [GOOD, BAD], ids=["good", "bad"])
def test_the_preview_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, tmp_path: Path, size: tuple[int, int],
    content: str,
) -> None:  # fmt: skip
    page = ImportPreview(previewed(records, write(tmp_path, "vt27.csv", content)))
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_choice_of_file_looks_as_drawn(
    snap_compare: Any, show: Show, home: Path, monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:  # fmt: skip
    (home / "Hämtningar").mkdir()
    monkeypatch.chdir(home)
    for number, name in enumerate(("startgrupp vt27.xlsx", "startgrupp ht26.csv")):
        path = write(home / "Hämtningar", name, "x")
        os.utime(path, (1_700_000_000 - number, 1_700_000_000 - number))
    assert snap_compare(show(ImportGroup()), terminal_size=size, run_before=settle)


def play(app: Any, *keys: str) -> list[str]:
    async def go() -> list[str]:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                if len(key) > 1:
                    await settle(pilot)
                    await settle(pilot)
            return lines(app)

    return asyncio.run(go())


def test_a_group_is_typed_looked_at_and_saved(
    records: Records, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "vt27.csv", GOOD)
    monkeypatch.chdir(tmp_path)
    app = show(Today())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("v")
            await settle(pilot)
            await pilot.press(*"vt27.csv", "enter")
            await settle(pilot)
            await settle(pilot)
            shown = "\n".join(lines(app))
            assert "2 läkare, 2 placeringar" in shown
            assert "Élise D'Exempel" in shown
            assert "27-01-11–27-04-10" in shown
            with records.store.read() as work:
                assert len(work.all(Trainee)) == 2
            await pilot.press("f2")
            await settle(pilot)
            await settle(pilot)
            assert isinstance(app.screen, Today)

    asyncio.run(go())
    store = open_store(records.path, None)
    with store.read() as work:
        assert {t.name for t in work.all(Trainee)} >= {"Åsa Öberg-Testsson", "Élise D'Exempel"}
        assert len(work.all(Placement)) == 4
    store.close()


def test_what_is_wrong_is_said_row_by_row_and_cannot_be_saved(
    records: Records, show: Show, tmp_path: Path
) -> None:
    page = ImportPreview(previewed(records, write(tmp_path, "vt27.csv", BAD)))
    shown = "\n".join(play(show(page), "f2"))
    assert "rad 2" in shown
    assert "2027-02-30" in shown
    assert "krirurgi" in shown
    assert "Inget är sparat" in shown
    assert "F2" not in shown
    store = open_store(records.path, None)
    with store.read() as work:
        assert len(work.all(Trainee)) == 2
    store.close()


def test_a_mended_file_is_read_again(records: Records, show: Show, tmp_path: Path) -> None:
    path = write(tmp_path, "vt27.csv", BAD)
    app = show(ImportPreview(previewed(records, path)))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            write(tmp_path, "vt27.csv", GOOD)
            await pilot.press("f5")
            await settle(pilot)
            await settle(pilot)
            assert "F2 sparar allt" in "\n".join(lines(app))

    asyncio.run(go())


@pytest.mark.parametrize("typed", ["finns-inte.csv", "/", "tom.csv"])
def test_a_file_that_cannot_be_read_is_said_so_where_it_was_typed(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tom.csv").touch()
    shown = "\n".join(play(show(ImportGroup()), *typed, "enter"))
    assert "✗" in shown


def test_a_file_that_was_found_is_chosen_with_the_arrows(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "vt27.csv", GOOD)
    monkeypatch.chdir(tmp_path)
    shown = play(show(ImportGroup()), "down", "enter")
    assert any("2 läkare" in line for line in shown)


def test_only_files_that_can_be_imported_are_offered_latest_first(tmp_path: Path) -> None:
    for number, name in enumerate(["a.csv", "b.txt", "c.XLSX", "d.json"]):
        path = write(tmp_path, name, "x")
        os.utime(path, (1000 + number, 1000 + number))
    (tmp_path / "mapp.csv").mkdir()
    assert [p.name for p in candidates(tmp_path, tmp_path / "saknas")] == [
        "d.json", "c.XLSX", "a.csv",
    ]  # fmt: skip
    assert Path.cwd() in usual_folders()
