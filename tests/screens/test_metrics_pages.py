"""Mätetal on screen: four keys away, the list behind each figure, and what is entered for them."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from schema.tables import Metric, Recruitment, Trainee, Training
from screens.metrics.behind import BehindPage
from screens.metrics.forms import GroupForm, HandForm
from screens.metrics.page import MetricsPage, year_to_begin_with
from screens.metrics.round import RoundPage
from screens.metrics.rounds import RoundsPage
from screens.today import Today
from screens.widgets.picker import Picker
from tests.screens.conftest import Records, Show
from tests.screens.settling import flat, settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
YEAR = 2026


def group(sex: str, place: str, applicants: int, filled: int) -> dict[str, Any]:
    return {
        "sex": sex, "place": place, "applicants": applicants, "interviewed": applicants // 2,
        "filled": filled,
    }  # fmt: skip


def recruit(records: Records) -> str:
    """Add two rounds of 2026 and three who finished; return the first round's id."""
    first = Recruitment(
        year=YEAR,
        title="Start mars 2026",
        blocks=12,
        groups=[
            group("woman", "Lund", 24, 6),
            group("man", "Linköping", 13, 3),
            group("man", "Umeå", 2, 1),
        ],
    )
    second = Recruitment(
        year=YEAR,
        title="Start september 2026",
        blocks=10,
        groups=[group("woman", "Linköping", 18, 7), group("man", "Lund", 11, 3)],
    )
    records.add(first, second)
    for name, ended, completed in (
        ("Maja Påhittad", date(2025, 5, 4), True),
        ("Ture Testman", date(2025, 9, 7), True),
        ("Berit Exempel", date(2026, 4, 5), None),
    ):
        trainee = Trainee(name=name)
        records.add(trainee)
        records.add(
            Training(
                trainee_id=trainee.id,
                programme_id="jonkoping",
                start=date(2023, 8, 28),
                end=ended,
                ended_on=ended,
                completed=completed,
            )
        )
    return first.id


def picker(app: Any) -> Picker:
    found: Picker = app.screen.query_one(Picker)
    return found


def words(app: Any) -> str:
    return flat(" ".join(row.words for row in picker(app)._all))


def details(app: Any) -> str:
    return flat(" ".join(str(row.detail) for row in picker(app)._all if row.detail))


def test_until_summer_the_year_that_has_ended_is_shown() -> None:
    assert year_to_begin_with(2027, 6) == 2026
    assert year_to_begin_with(2027, 7) == 2027


def test_the_years_figures_are_four_keys_from_the_first_page(records: Records, show: Show) -> None:
    recruit(records)
    app = show(Today())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("f3", "m", "ä", "enter")
            await settle(pilot)
            assert isinstance(app.screen, MetricsPage)
            assert "Tillsatta AT-block 90,9 % 100 % ✗ inte nått" in words(app)

    asyncio.run(go())


def test_one_key_shows_the_list_behind_and_one_answers(records: Records, show: Show) -> None:
    recruit(records)
    app = show(MetricsPage(YEAR))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            picker(app).select("kvar-efter-ett-ar")
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, BehindPage)
            assert "Maja Påhittad slutade 2025-05-04, inte tillfrågad" in words(app)
            await pilot.press("j")
            await settle(pilot)
            assert "kvar ett år efter" in words(app)
            await pilot.press("escape")
            await settle(pilot)
            assert "1 kvar ett år efter av 1 tillfrågade" in flat(
                " ".join(str(row.detail) for row in picker(app)._all if row.detail)
            )

    asyncio.run(go())
    with records.store.read() as work:
        assert [t.stayed for t in work.all(Training) if t.stayed is not None] == [True]


def test_a_broken_off_training_is_asked_for_its_reason(records: Records, show: Show) -> None:
    recruit(records)
    app = show(BehindPage(YEAR, "jonkoping", "ej-fullfoljda-block"))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("n")
            await settle(pilot)
            await pilot.press(*"flyttade", "enter")
            await settle(pilot)
            assert "ej fullföljd 2026-04-05: flyttade" in words(app)

    asyncio.run(go())
    with records.store.read() as work:
        [kept] = [t for t in work.all(Training) if t.completed is False]
        assert kept.ended_reason == "flyttade"


def test_a_round_is_entered_with_its_groups(records: Records, show: Show) -> None:
    app = show(RoundsPage(YEAR))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("n")
            await settle(pilot)
            await pilot.press(*"Start", "enter", "enter", *"4", "ctrl+s")
            await settle(pilot)
            assert isinstance(app.screen, RoundPage)
            await pilot.press("n")
            await settle(pilot)
            assert isinstance(app.screen, GroupForm)
            await pilot.press(*"Lund", "enter", "k", "tab", *"9", "enter", *"5", "enter", *"3")
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert isinstance(app.screen, RoundPage)
            assert "Lund kvinna 9 5 3" in words(app)

    asyncio.run(go())
    with records.store.read() as work:
        [kept] = work.all(Recruitment)
        assert (kept.title, kept.year, kept.blocks) == ("Start", YEAR, 4)
        assert kept.groups == [
            {"sex": "woman", "place": "Lund", "applicants": 9, "interviewed": 5, "filled": 3}
        ]


def test_more_filled_than_applied_is_told_and_not_saved(records: Records, show: Show) -> None:
    one = recruit(records)
    app = show(GroupForm(one))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            form = app.screen.query_one("Form")
            form.set("place", "Örebro")  # type: ignore[attr-defined]
            form.set("applicants", 2)  # type: ignore[attr-defined]
            form.set("filled", 3)  # type: ignore[attr-defined]
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert isinstance(app.screen, GroupForm)
            shown = flat(" ".join(str(s.render()) for s in app.screen.query("Static")))
            assert "fler intervjuade eller tillsatta än sökande" in shown

    asyncio.run(go())
    with records.store.read() as work:
        assert len(work.need(Recruitment, one).groups) == 3


def test_a_figure_no_record_holds_is_typed_in_with_its_source(records: Records, show: Show) -> None:
    app = show(MetricsPage(YEAR, "blekinge"))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert "med skriftligt ST-kontrakt / ST-läkare · skrivs in för hand" in details(app)
            picker(app).select("st-kontrakt")
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, HandForm)
            await pilot.press(*"38", "enter", *"40", "enter", *"HR", "ctrl+s")
            await settle(pilot)
            assert isinstance(app.screen, MetricsPage)
            assert "ST-läkare med skriftligt kontrakt 95 % 100 % ✗ inte nått" in words(app)
            assert "40 ST-läkare · inskrivet för hand" in details(app)
            await pilot.press("r")
            await settle(pilot)
            assert "7 tal, 7 med mål" in "\n".join(lines(app))

    asyncio.run(go())
    with records.store.read() as work:
        [kept] = work.all(Metric)
        assert (kept.year, kept.code, kept.source) == (YEAR, "st-kontrakt", "HR")


def test_the_figures_are_printed_as_a_workbook_without_names(
    records: Records, show: Show, tmp_path: Path
) -> None:
    import openpyxl

    recruit(records)
    app = show(MetricsPage(YEAR))
    folder = tmp_path / "utskrift"

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("p")
            await settle(pilot)
            app.screen.query_one("#form").value = "xlsx"  # type: ignore[attr-defined]
            app.screen.query_one("#folder").value = str(folder)  # type: ignore[attr-defined]
            await pilot.press("f2")
            await settle(pilot)

    asyncio.run(go())
    [path] = folder.iterdir()
    assert path.name == "Mätetal 2026 Region Jönköpings län.xlsx"
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "Start mars 2026" in cells
    assert not [cell for cell in cells if "Maja" in cell]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["metrics", "behind", "round"])
def test_the_pages_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int], name: str
) -> None:
    one = recruit(records)
    page: Screen[Any] = MetricsPage(YEAR)
    if name == "behind":
        page = BehindPage(YEAR, "jonkoping", "kvar-efter-ett-ar")
    elif name == "round":
        page = RoundPage(one)

    async def ready(pilot: Pilot[int]) -> None:
        await settle(pilot)

    assert snap_compare(show(page), terminal_size=size, run_before=ready)
