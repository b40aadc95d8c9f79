"""A BT-läkare's pages say BT-läkare: nothing about that person is in the name of an AT."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual.screen import Screen

from at_tui.beginnings import versions
from schema.tables import Supervision
from schema.words import CancelReason, Kind, SupervisionStatus
from screens.app import ATApp
from screens.menu_entries import MORE
from screens.today import Today
from screens.trainee.page import TABS, TraineePage
from screens.trainees import Trainees
from screens.widgets.picker import Picker
from tests.screens.conftest import Records, Show
from tests.screens.settling import flat, settle


@pytest.fixture
def bt(records: Records) -> Records:
    """Turn the one training into a BT by Dalarna's plan."""
    training = records.alva_training
    training.kind = Kind.BT
    training.programme_id = "bt-dalarna"
    training.programme_version, training.curriculum_id, training.curriculum_version = versions(
        "bt-dalarna", Kind.BT
    )
    with records.store.work(records.owner.id) as work:
        work.save(training)
    return records


def words(app: ATApp) -> str:
    """Return everything that stands on the screen, without the frames."""
    strips = app.screen._compositor.render_strips()
    return flat("\n".join(strip.text for strip in strips))


@pytest.mark.parametrize("name", [entry.name for entry in MORE])
def test_no_page_of_a_bt_speaks_of_an_at_lakare(bt: Records, show: Show, name: str) -> None:
    app = show(TraineePage(bt.alva_training.id, tab="more"))
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 100)) as pilot:
            await settle(pilot)
            app.screen.query_one(Picker).select(name)
            await pilot.press("enter")
            await settle(pilot)
            seen.append(words(app))
            await pilot.press("f1")
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    assert len(seen) == 2
    assert seen[0]
    assert "Hjälp" in seen[1]
    assert not [page for page in seen if "AT-läkar" in page]


@pytest.mark.parametrize("name", [tab.NAME for tab in TABS])
def test_no_tab_of_a_bt_speaks_of_an_at_lakare(bt: Records, show: Show, name: str) -> None:
    bt.add(
        Supervision(
            training_id=bt.alva_training.id, supervisor_id=bt.owner.id, day=date(2026, 11, 5),
            minutes=60, status=SupervisionStatus.CANCELLED, cancel_reason=CancelReason.TRAINEE_ILL,
        )
    )  # fmt: skip
    app = show(TraineePage(bt.alva_training.id, tab=name))
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 100)) as pilot:
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    assert "Alva Testsson" in seen[0]
    assert "AT-läkar" not in seen[0]
    if name == "supervision":
        assert "sjuk läkare" in seen[0]


@pytest.mark.parametrize(
    ("page", "said"), [(Today, "MINA AT- OCH BT-LÄKARE"), (Trainees, "AT- och BT-läkare")]
)
def test_the_pages_of_all_name_the_kinds_of_those_in_service(
    bt: Records, show: Show, page: Callable[[], Screen[Any]], said: str
) -> None:
    app = show(page())
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    assert said in seen[0]
