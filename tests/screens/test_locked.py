"""The lock: nothing of the records is shown, nothing that was typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data import keys, signing
from data.opening import create, open_store, unlock
from data.signing import set_pin
from schema.tables import Draft, Person, Training, Unit
from schema.tables import Trainee as TraineeRecord
from screens.app import ATApp
from screens.guard import LOCKED
from screens.locked import Locked
from screens.person_forms import PersonForm
from screens.today import Today
from screens.widgets.confirm import Confirm
from tests.screens.conftest import NOW, TODAY, Records, Show
from tests.screens.settling import settle
from tests.screens.test_today import lines

PASSPHRASE = "fyra ord är bäst"
SIZES = [(80, 24), (120, 40)]
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with little work: how much is needed is tested where the keys are."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    monkeypatch.setattr(signing, "_MEMORY_KIB", 64)
    monkeypatch.setattr(signing, "_ITERATIONS", 1)


@pytest.fixture
def sealed(tmp_path: Path) -> ATApp:
    """Return the programme on an encrypted file with an AT-läkare in it."""
    path = tmp_path / "siv.db"
    create(path, passphrase=PASSPHRASE)
    key = unlock(path, passphrase=PASSPHRASE)
    store = open_store(path, key)
    unit = Unit(name="Vårdcentralen Provet")
    owner = Person(name="Siv Prövare", unit_id=unit.id)
    alva = TraineeRecord(name="Alva Testsson")
    with store.work("x") as work:
        work.add_all([unit, owner, alva])
        work.save(Training(trainee_id=alva.id, start=TODAY))
        work.set_fact("owner_id", owner.id)
    app = ATApp(
        path, on=TODAY, clock=lambda: NOW, store=store, author=owner.id, first=Today(),
        lock_minutes=5,
    )  # fmt: skip
    app.key = key
    return app


def run(app: ATApp, play: Play, size: tuple[int, int] = (80, 24)) -> None:
    async def go() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            await play(app, pilot)

    asyncio.run(go())


async def give(pilot: Pilot[int], secret: str) -> None:
    pilot.app.screen.query_one("#secret", Input).value = secret
    await pilot.press("enter")
    await settle(pilot)
    await settle(pilot)


def shown(app: ATApp) -> str:
    return "\n".join(lines(app))


@pytest.mark.parametrize("size", SIZES)
def test_the_lock_looks_as_drawn(snap_compare: Any, sealed: ATApp, size: tuple[int, int]) -> None:
    async def lock(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await pilot.press("f12")
        await settle(pilot)
        await give(pilot, "fel lösenfras helt")

    assert snap_compare(sealed, terminal_size=size, run_before=lock)


@pytest.mark.parametrize("key", ["f12", "ctrl+l"])
def test_a_key_locks_and_the_passphrase_opens(sealed: ATApp, key: str) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "Alva Testsson" in shown(app)
        await pilot.press(key)
        await settle(pilot)
        assert "Alva" not in shown(app)
        assert "Siv" not in shown(app)
        await give(pilot, "fel lösenfras helt")
        assert "Fel lösenfras" in shown(app)
        await give(pilot, PASSPHRASE)
        assert isinstance(app.screen, Today)
        assert "Alva Testsson" in shown(app)
        assert LOCKED not in app._modes

    run(sealed, play)


def test_it_locks_after_the_idle_time_and_every_key_begins_it_anew(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app._touched -= 200
        await app.watch_idle()
        assert not app.locked
        await pilot.press("down")
        app._touched -= 200
        await app.watch_idle()
        assert not app.locked
        app._touched -= 100
        await app.watch_idle()
        assert isinstance(app.screen, Locked)

    run(sealed, play)


def test_it_locks_when_the_computer_wakes_from_sleep(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app._touched_wall -= 4000
        await app.watch_idle()
        assert app.locked

    run(sealed, play)


def test_a_key_that_comes_too_late_locks_and_does_nothing_else(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app._touched -= 301
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(app.screen, Locked)
        assert len(app._screen_stacks[app._behind]) == 1

    run(sealed, play)


def test_what_is_typed_is_kept_as_a_draft_and_is_there_again(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await app.push_screen(PersonForm())
        await settle(pilot)
        await pilot.press(*"Omar Provsson")
        await pilot.press("f12")
        await settle(pilot)
        with app.store.read() as work:
            [draft] = work.all(Draft)
        assert draft.content["name"] == "Omar Provsson"
        assert "Omar" not in shown(app)
        await give(pilot, PASSPHRASE)
        assert isinstance(app.screen, PersonForm)
        assert app.screen.form.raw()["name"] == "Omar Provsson"
        await pilot.press("x")
        assert app.screen.form.raw()["name"] == "Omar Provssonx"

    run(sealed, play)


def test_it_locks_over_a_dialog_which_is_there_again(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await app.push_screen(Confirm("Ta bort Alva Testsson?"))
        await settle(pilot)
        await pilot.press("f12")
        await settle(pilot)
        assert "Alva" not in shown(app)
        await pilot.press("j", "f9", "f1", "escape", "f8", "f10", "f11")
        await settle(pilot)
        assert isinstance(app.screen, Locked)
        assert app.theme == "at-dark"
        await give(pilot, PASSPHRASE)
        assert isinstance(app.screen, Confirm)

    run(sealed, play)


def test_messages_are_taken_away_and_those_that_come_meanwhile_wait(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.say("Alva är sparad")
        await pilot.press("f12")
        await settle(pilot)
        app.say("Nils är sparad")
        await settle(pilot)
        assert "sparad" not in shown(app)
        await give(pilot, PASSPHRASE)
        assert "Nils är sparad" in shown(app)

    run(sealed, play)


def test_pages_that_open_and_close_by_themselves_do_so_behind_the_lock(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        question = Confirm("Ta bort Alva Testsson?")
        answers: list[bool | None] = []
        await app.push_screen(question, answers.append)
        await pilot.press("f12")
        await settle(pilot)
        question.dismiss(True)
        await settle(pilot)
        app.push_screen(PersonForm())
        await settle(pilot)
        assert isinstance(app.screen, Locked)
        assert answers == [True]
        await give(pilot, PASSPHRASE)
        assert isinstance(app.screen, PersonForm)
        assert question not in app.screen_stack

    run(sealed, play)


def test_a_page_that_is_to_replace_all_waits_for_the_lock(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        before = app.screen
        await pilot.press("f12")
        app.call_later(app._only, Today)
        await settle(pilot)
        assert isinstance(app.screen, Locked)
        await give(pilot, PASSPHRASE)
        assert isinstance(app.screen, Today)
        assert app.screen is not before

    run(sealed, play)


def test_a_programme_that_was_stopped_comes_back_locked(sealed: ATApp) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app._resume_signal()
        await settle(pilot)
        assert isinstance(app.screen, Locked)

    run(sealed, play)


def test_an_unencrypted_file_asks_for_its_owners_pin(records: Records, show: Show) -> None:
    with records.store.work(records.owner.id) as work:
        set_pin(work, records.owner.id, "2468")
    app = show(Today())

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("f12")
        await settle(pilot)
        assert "hindrar en blick" in shown(app)
        await give(pilot, "1111")
        assert "Fel PIN-kod" in shown(app)
        await give(pilot, "2468")
        assert isinstance(app.screen, Today)

    run(app, play)


def test_without_passphrase_and_pin_the_page_says_that_it_is_no_lock(
    records: Records, show: Show
) -> None:
    app = show(Today())
    app.lock_minutes = 5

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app._touched -= 400
        await app.watch_idle()
        assert not app.locked
        await pilot.press("f12")
        await settle(pilot)
        assert "Det här är inget lås" in shown(app)
        assert "Alva" not in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Today)

    run(app, play)


def test_what_is_pasted_reaches_no_field_with_its_escape_sequences(
    records: Records, show: Show
) -> None:
    app = show(PersonForm())

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await settle(pilot)
        app.post_message(events.Paste("Omar\x1b]0;x\x07\u202e Prov\u200bsson"))
        await settle(pilot)
        assert app.screen.query(Input).first().value == "Omar]0;x Provsson"
        area = TextArea()
        await app.screen.mount(area)
        area.focus()
        await settle(pilot)
        app.post_message(events.Paste("rad ett\x1b[2J\r\nrad två"))
        await settle(pilot)
        assert area.text == "rad ett[2J\nrad två"

    run(app, play)
