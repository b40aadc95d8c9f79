"""A BT-läkare's pages say BT-läkare: nothing about that person is in the name of an AT."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from at_tui.beginnings import versions
from at_tui.talks.guides import guide_for
from data import content
from schema.tables import Agreement, Assessment, Placement, Supervision, Talk, Trainee
from schema.words import (
    AgreementOwner,
    CancelReason,
    Kind,
    LockStatus,
    SupervisionStatus,
    TalkKind,
)
from screens import ways
from screens.app import ATApp
from screens.desk import Leads
from screens.life import LifePage
from screens.menu_entries import MENU, MORE
from screens.retention import RetentionPage
from screens.session import SessionScreen
from screens.today import Today
from screens.trainee.page import TABS, TraineePage
from screens.trainee_forms import TraineeForm
from screens.trainees import Trainees
from screens.widgets.page import Page
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
        ),
        Assessment(
            training_id=bt.alva_training.id, instrument_id="mini-cex", instrument_version="1",
            day=date(2026, 11, 10), assessor_id=bt.owner.id, status=LockStatus.SIGNED,
        ),
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
    if name == "overview":
        assert "mini-CEX, ej bekräftad av BT-läkaren" in seen[0]


def page_words(app: ATApp) -> str:
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    return seen[0]


def test_the_history_of_a_bts_record_is_in_its_own_name(bt: Records, show: Show) -> None:
    guide = guide_for(TalkKind.PLANERING)
    assert guide is not None
    agreed = Agreement(
        training_id=bt.alva_training.id, text="Läsa på", agreed_on=date(2026, 11, 5),
        owner=AgreementOwner.TRAINEE,
    )  # fmt: skip
    talk = Talk(
        training_id=bt.alva_training.id, kind=TalkKind.PLANERING, held_on=date(2026, 11, 5),
        guide_version=guide.version, answers={"erfarenhet": "Ett år på medicin."},
    )  # fmt: skip
    bt.add(agreed, talk)
    assert "BT-läkaren" in page_words(show(LifePage(agreed.id)))
    said = page_words(show(LifePage(talk.id)))
    assert "Det som BT-läkaren har med sig" in said
    assert "AT-läkar" not in said


def test_the_questions_behind_the_topics_of_a_bt_are_about_the_bt_lakare(
    bt: Records, show: Show
) -> None:
    app = show(SessionScreen(bt.alva_training.id))
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            page = app.screen
            assert isinstance(page, SessionScreen)
            page.form.topics.focus()
            await pilot.press("question_mark")
            await settle(pilot)
            seen.extend(str(one.content) for one in app.screen.query(Static))

    asyncio.run(go())
    assert "som BT-läkaren just frågade om" in "".join(seen)
    assert "AT-läkar" not in "".join(seen)


def test_the_list_of_people_says_what_each_one_is(bt: Records, show: Show) -> None:
    bt.add(Trainee(name="Siv Provdahl"))
    said = page_words(show(RetentionPage()))
    assert "Alva Testsson BT-läkare" in said
    assert "Nils Exempel AT-läkare" in said
    assert "Siv Provdahl läkare" in said


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


NAMES_AT = {
    "retention": "the list of people says what each of them is",
    "compare": "a region's plan is called what the region calls it",
}


@pytest.mark.parametrize(
    "name", [one.name for _, entries in MENU for one in entries if one.name not in NAMES_AT]
)
def test_no_page_of_all_speaks_of_at_lakare_alone(bt: Records, show: Show, name: str) -> None:
    make = next(one.make for _, entries in MENU for one in entries if one.name == name)
    app = show(make())
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 100)) as pilot:
            await settle(pilot)
            seen.append(words(app))
            await pilot.press("f1")
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    assert len(seen) == 2
    assert "Hjälp" in seen[1]
    assert not [page for page in seen if "AT-läkar" in page]


FORMS = [
    one.id for one in content.load_instruments().values()
    if one.training in (None, Kind.BT) and one.category != "evaluation"
]  # fmt: skip


def placement_of(records: Records) -> str:
    with records.store.read() as work:
        return work.all(Placement, Placement.training_id == records.alva_training.id)[0].id


PAGES: dict[str, Callable[[Records], Screen[Any]]] = {
    "session": lambda r: ways.session(r.alva_training.id, None),
    "certificate": lambda r: ways.certificate(r.alva_training.id, placement_of(r)),
    "account": lambda r: ways.account(r.alva_training.id),
    "person": lambda r: TraineeForm(r.alva.id),
}


@pytest.mark.parametrize("name", [*PAGES, *TalkKind, *FORMS])
def test_no_form_about_a_bt_speaks_of_an_at_lakare(bt: Records, show: Show, name: str) -> None:
    training_id = bt.alva_training.id
    page: Screen[Any] | Leads
    if name in PAGES:
        page = PAGES[name](bt)
    elif name in FORMS:
        page = ways.assessment(training_id, name, None)
    else:
        page = ways.talk(training_id, name)
    app = show(Page())
    seen: list[str] = []

    async def go() -> None:
        async with app.run_test(size=(120, 250)) as pilot:
            app.go(lambda: page)
            await settle(pilot)
            seen.append(words(app))
            await pilot.press("f1")
            await settle(pilot)
            seen.append(words(app))

    asyncio.run(go())
    assert "Alva Testsson" in seen[0]
    assert not [found for found in seen if "AT-läkar" in found]
