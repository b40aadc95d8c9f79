"""Idag: the first page, its rows, its keys."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
import textual.screen
from textual.screen import Screen

import at_tui.ahead
from at_tui.ahead import Ahead
from data import glance
from data.opening import create, open_store
from schema.tables import Agreement, Assessment, Supervision
from schema.words import AgreementOwner, CancelReason, LockStatus, SupervisionStatus
from screens import ways
from screens.app import ATApp
from screens.today import Today
from screens.widgets.page import Page
from tests.screens.conftest import NOW, TODAY, Records, Show
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40)]


def _session(training_id: str, day: date, status: SupervisionStatus) -> Supervision:
    cancelled = status is SupervisionStatus.CANCELLED
    return Supervision(
        training_id=training_id,
        day=day,
        status=status,
        cancel_reason=CancelReason.WORKLOAD if cancelled else None,
    )


def fill(records: Records) -> None:
    """Write a believable autumn for both."""
    alva, nils = records.alva_training.id, records.nils_training.id
    held, cancelled = SupervisionStatus.HELD, SupervisionStatus.CANCELLED
    for weeks in range(1, 20):
        day = TODAY - timedelta(days=5) - timedelta(weeks=weeks - 1)
        records.add(_session(alva, day, cancelled if weeks == 7 else held))
    for weeks in (3, 4, 5, 6, 8, 9, 11, 12):
        records.add(_session(nils, TODAY - timedelta(weeks=weeks), held))
    records.add(_session(alva, date(2026, 11, 26), SupervisionStatus.PLANNED))
    records.add(
        Assessment(
            training_id=alva,
            instrument_id="mini-cex",
            instrument_version="1",
            day=date(2026, 11, 17),
            status=LockStatus.SIGNED,
        ),
        Assessment(
            training_id=nils,
            instrument_id="fredagsfeedback",
            instrument_version="1",
            day=date(2026, 11, 20),
        ),
        Agreement(
            training_id=alva,
            text="Boka två rektoskopier i min tidbok",
            owner=AgreementOwner.SUPERVISOR,
            agreed_on=date(2026, 11, 12),
            due=date(2026, 11, 19),
        ),
    )


class Elsewhere(Page[None]):
    """Stands for a page of another file, with what it was asked to show."""

    def __init__(self, *what: Any, **more: Any) -> None:
        super().__init__()
        self.what = (*what, *more.values())


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple[Any, ...]]]:
    """Let every way lead to an empty page, and note where it would have led."""
    asked: dict[str, list[tuple[Any, ...]]] = {}

    def way(name: str) -> Any:
        def make(*what: Any) -> Screen[None]:
            asked.setdefault(name, []).append(what)
            return Elsewhere(*what)

        return make

    for name in ("page", "session", "assessment", "goals", "certificate", "trainees"):
        monkeypatch.setattr(ways, name, way(name))
    for name in ("new_trainee", "import_group"):
        monkeypatch.setattr(ways, name, way(name))
    return asked


def lines(app: ATApp) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def play(app: ATApp, *keys: str) -> list[str]:
    """Press the keys and return the screen."""

    async def go() -> list[str]:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return lines(app)

    return asyncio.run(go())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["at-dark", "at-light"])
def test_the_first_page_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int], theme: str
) -> None:
    fill(records)
    app = show(Today())
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_file_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    empty = records.path.with_name("tom.db")
    create(empty, passphrase=None)
    store = open_store(empty, None)
    app = ATApp(empty, on=TODAY, clock=lambda: NOW, store=store, author="x", first=Today())
    assert snap_compare(app, terminal_size=size, run_before=settle)


def test_the_first_row_is_this_weeks_session_and_enter_opens_it_as_held(
    records: Records, show: Show, elsewhere: dict[str, list[tuple[Any, ...]]]
) -> None:
    fill(records)
    shown = play(show(Today()))
    first = shown[shown.index(next(line for line in shown if "ATT GÖRA NU" in line)) + 1]
    assert "Alva Testsson" in first
    assert "tors 26 nov" in first
    assert first.endswith("↵ hölls")
    records_planned = _planned(records)
    play(show_again(records), "enter")
    assert elsewhere["session"] == [(records.alva_training.id, records_planned)]


def _planned(records: Records) -> str:
    with open_store(records.path, None).read() as work:
        planned = SupervisionStatus.PLANNED
        return work.all(Supervision, Supervision.status == planned)[0].id


def show_again(records: Records) -> ATApp:
    """Return the programme on the same file, opened anew (a programme closes its file)."""
    store = open_store(records.path, None)
    return ATApp(
        records.path,
        on=TODAY,
        clock=lambda: NOW,
        store=store,
        author=records.owner.id,
        first=Today(),
    )


@pytest.mark.parametrize(
    ("key", "way"),
    [("s", "session"), ("b", "assessment"), ("d", "assessment"), ("m", "goals"),
     ("i", "certificate"), ("p", "page"), ("l", "trainees"), ("n", "new_trainee"),
     ("v", "import_group")],
)  # fmt: skip
def test_each_letter_leads_to_its_page_for_the_doctor_of_the_row(
    records: Records,
    show: Show,
    elsewhere: dict[str, list[tuple[Any, ...]]],
    key: str,
    way: str,
) -> None:
    fill(records)
    play(show(Today()), key)
    assert list(elsewhere) == [way]
    what = elsewhere[way][0]
    assert not what or what[0] == records.alva_training.id
    if key == "d":
        assert what[1] == "dops"


def test_a_row_of_a_doctor_opens_the_page_and_an_event_opens_what_it_is(
    records: Records, show: Show, elsewhere: dict[str, list[tuple[Any, ...]]]
) -> None:
    fill(records)
    play(show(Today()), *["down"] * 4, "enter", "escape", "down", "down", "enter")
    assert elsewhere["page"] == [(records.alva_training.id,)]
    assert elsewhere["assessment"][0][0] == records.nils_training.id


def test_what_was_done_on_another_page_shows_when_one_comes_back(
    records: Records, show: Show, elsewhere: dict[str, list[tuple[Any, ...]]]
) -> None:
    fill(records)
    app = show(Today())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert any("inget samtal på 3 veckor" in line for line in lines(app))
            await pilot.press("l")
            await settle(pilot)
            records.add(_session(records.nils_training.id, TODAY, SupervisionStatus.HELD))
            await pilot.press("escape")
            await settle(pilot)
            assert not any("inget samtal på 3 veckor" in line for line in lines(app))

    asyncio.run(go())


def test_the_filter_finds_a_doctor_by_name(records: Records, show: Show) -> None:
    fill(records)
    shown = play(show(Today()), "slash", *"nils")
    assert any("Nils Exempel" in line for line in shown)
    assert not any("Alva Testsson" in line for line in shown)


def test_every_line_of_the_page_fits_eighty_columns(records: Records, show: Show) -> None:
    records.alva.name = "Åsa-Märta [b]Öberg-Testsson[/b] " + "x" * 160
    with records.store.work(records.owner.id) as work:
        work.save(records.alva)
    fill(records)
    shown = play(show(Today()))
    assert max(map(len, shown)) <= 80
    assert any("Åsa-Märta [b]" in line for line in shown)


def test_an_unencrypted_file_is_told_on_every_visit(records: Records, show: Show) -> None:
    assert "okrypterad fil" in play(show(Today()))[0]


def test_rows_read_ahead_are_in_the_first_frame_and_the_records_open_behind_them(
    records: Records,
) -> None:
    fill(records)
    ahead = Ahead(records.path, None, TODAY)
    ahead.result()
    app = ATApp(records.path, on=TODAY, clock=lambda: NOW, ahead=ahead)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert any("Alva Testsson" in line for line in lines(app))
            for _ in range(50):
                await settle(pilot)
                if app.is_open:
                    break
                await pilot.pause(0.1)
            assert app.is_open
            assert app.author == records.owner.id

    asyncio.run(go())


def test_the_first_page_is_painted_without_waiting_for_a_tick(
    records: Records, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textual.screen, "UPDATE_PERIOD", 3600)
    page, painted = Today(), []
    display = ATApp._display

    def noted(self: ATApp, screen: Screen[Any], update: Any) -> None:
        # In a batch the application throws away what is painted.
        painted.append(screen is page and not self._batch_count and update is not None)
        display(self, screen, update)

    monkeypatch.setattr(ATApp, "_display", noted)
    app = show(page)

    async def go() -> None:
        async with app.run_test(size=(80, 24)):
            await asyncio.sleep(0.3)  # a pause of the pilot's is a tick
            assert True in painted

    asyncio.run(go())


def test_what_the_page_is_read_with_is_loaded_while_the_key_is_on_its_way(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Event()
    loaded: list[bool] = []
    read = glance.read

    def late(*args: Any) -> Any:
        key.wait(10)
        return read(*args)

    def load() -> None:
        loaded.append(key.is_set())
        key.set()

    monkeypatch.setattr(glance, "read", late)
    monkeypatch.setattr(at_tui.ahead, "_load", load)
    ahead = Ahead(records.path, None, TODAY)
    app = ATApp(records.path, on=TODAY, clock=lambda: NOW, ahead=ahead)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.1)
            await settle(pilot)
            assert loaded == [False]
            assert ahead.done

    asyncio.run(go())


def test_a_damaged_file_ends_the_programme_with_a_sentence(records: Records) -> None:
    path = records.path.with_name("trasig.db")
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    app = ATApp(path, on=TODAY, ahead=Ahead(path, None, TODAY))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)

    asyncio.run(go())
    assert app.fault is not None
    assert app.fault.code == "store.damaged"
    assert app.return_value == 3


def test_a_file_without_an_owner_asks_who_sits_there(records: Records) -> None:
    with records.store.work("x") as work:
        work.set_fact("owner_id", "")
    ahead = Ahead(records.path, None, TODAY)
    ahead.result()
    app = ATApp(records.path, on=TODAY, clock=lambda: NOW, ahead=ahead)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(50):
                await settle(pilot)
                if app.is_open:
                    break
                await pilot.pause(0.1)
            await settle(pilot)
            assert "Vem är du?" in lines(app)[0]
            await pilot.press("right", "f2")
            await settle(pilot)
            assert isinstance(app.screen, Today)
            assert app.author == records.owner.id

    asyncio.run(go())
