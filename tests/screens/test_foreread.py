"""What one stands on is read before it is opened, and never shown when it has changed since."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from data.opening import open_store
from schema.tables import Supervision
from schema.words import SupervisionStatus
from screens import today
from screens.foreread import Foreread
from screens.goals import GoalsScreen
from screens.today import Today
from screens.trainee import reading
from screens.trainee.page import TraineePage
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import settle


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the id of each training that is read."""
    found: list[str] = []
    read_file = reading.read_file

    def noted(store: Any, training_id: str, on: date) -> Any:
        found.append(training_id)
        return read_file(store, training_id, on)

    monkeypatch.setattr(reading, "read_file", noted)
    return found


def _session(records: Records, day: date) -> Supervision:
    return Supervision(
        training_id=records.alva_training.id,
        day=day,
        minutes=45,
        status=SupervisionStatus.HELD,
        supervisor_id=records.owner.id,
    )


def test_what_is_kept_is_handed_out_once(records: Records, reads: list[str]) -> None:
    kept, training = Foreread(), records.alva_training.id
    kept.read(records.store, training, TODAY)
    kept.read(records.store, training, TODAY)
    assert reads == [training]
    assert kept.take(records.store, training, TODAY).folder.trainee.name == "Alva Testsson"
    assert reads == [training]
    kept.take(records.store, training, TODAY)
    assert reads == [training, training]


def test_another_training_or_another_day_is_read(records: Records, reads: list[str]) -> None:
    kept = Foreread()
    kept.read(records.store, records.alva_training.id, TODAY)
    assert kept.take(records.store, records.nils_training.id, TODAY).folder.trainee.name == (
        "Nils Exempel"
    )
    later = kept.take(records.store, records.alva_training.id, date(2026, 11, 25))
    assert later.on == date(2026, 11, 25)
    assert len(reads) == 3


@pytest.mark.parametrize("other_window", [False, True])
def test_what_was_saved_since_is_seen(
    records: Records, reads: list[str], other_window: bool
) -> None:
    kept, training = Foreread(), records.alva_training.id
    kept.read(records.store, training, TODAY)
    if other_window:
        store = open_store(records.path, None)
        with store.work(records.owner.id) as work:
            work.save(_session(records, date(2026, 11, 23)))
        store.close()
    else:
        records.add(_session(records, date(2026, 11, 23)))
    assert len(kept.take(records.store, training, TODAY).folder.supervisions) == 1
    assert len(reads) == 2


@pytest.mark.parametrize("first", ["alva", "nils"])
def test_what_is_read_at_the_same_moment_is_not_handed_out_for_another(
    records: Records, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    kept = Foreread()
    alva, nils = records.alva_training.id, records.nils_training.id
    kept.read(records.store, alva if first == "alva" else nils, TODAY)
    state, other = type(records.store).state, [nils if first == "alva" else alva]

    def meanwhile(store: Any) -> int | None:
        if other:
            kept.read(records.store, other.pop(), TODAY)
        return state(store)

    monkeypatch.setattr(type(records.store), "state", meanwhile)
    assert kept.take(records.store, alva, TODAY).folder.training.id == alva
    assert kept.take(records.store, nils, TODAY).folder.training.id == nils


def test_nothing_is_kept_of_records_that_are_closed(records: Records) -> None:
    kept = Foreread()
    kept.read(records.store, records.alva_training.id, TODAY)
    assert kept._kept is not None
    kept.forget()
    assert kept._kept is None


def test_records_that_are_closed_while_they_are_read_are_not_kept(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, read_file = Foreread(), reading.read_file

    def closed_meanwhile(store: Any, training_id: str, on: date) -> Any:
        file = read_file(store, training_id, on)
        store.close()
        kept.forget()
        return file

    monkeypatch.setattr(reading, "read_file", closed_meanwhile)
    kept.read(records.store, records.alva_training.id, TODAY)
    assert kept._kept is None


def test_records_whose_state_cannot_be_told_are_read_each_time(
    records: Records, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(records.store), "state", lambda self: None)
    kept = Foreread()
    kept.read(records.store, records.alva_training.id, TODAY)
    assert reads == []
    kept.take(records.store, records.alva_training.id, TODAY)
    kept.take(records.store, records.alva_training.id, TODAY)
    assert len(reads) == 2


def _play(show: Show, work: Callable[[Any, Pilot[Any]], Any]) -> None:
    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await work(app, pilot)

    asyncio.run(play())


@pytest.mark.parametrize(("key", "page"), [("o", TraineePage), ("m", GoalsScreen)])
def test_the_page_of_the_row_is_read_before_it_is_opened(
    show: Show, reads: list[str], monkeypatch: pytest.MonkeyPatch, key: str, page: type
) -> None:
    monkeypatch.setattr(today, "RESTS", 0.01)

    async def work(app: Any, pilot: Pilot[Any]) -> None:
        await pilot.press("down")
        while not reads:
            await pilot.pause(0.02)
        await settle(pilot)
        before = len(reads)
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(app.screen, page)
        assert len(reads) == before

    _play(show, work)


def test_the_first_page_is_read_again_only_when_something_was_saved(
    show: Show, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(app: Any, pilot: Pilot[Any]) -> None:
        read: list[int] = []
        glance = app.glance

        def noted() -> Any:
            read.append(1)
            return glance()

        monkeypatch.setattr(app, "glance", noted)

        async def there_and_back() -> int:
            before = len(read)
            await pilot.press("l")
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            return len(read) - before

        await there_and_back()
        assert await there_and_back() == 0
        records.add(_session(records, date(2026, 11, 23)))
        assert await there_and_back() == 1

    _play(show, work)
