"""The page of copies: what there is, one more, one put back, the file checked."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from at_tui import settings
from at_tui.copies import newest
from data import backup, keys, places
from data.backup import Why
from data.opening import create, open_store, unlock
from schema.tables import Trainee
from screens.app import ATApp
from screens.backups import Backups
from screens.keeping import note_of
from screens.today import Today
from screens.widgets.picker import Picker
from tests.screens.conftest import NOW, TODAY, Records, Show
from tests.screens.settling import flat, settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep settings and what the computer remembers to the test."""
    monkeypatch.setenv("AT_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    places._folders.cache_clear()
    yield
    places._folders.cache_clear()
    monkeypatch.undo()
    time.tzset()


def run(app: ATApp, play: Play, size: tuple[int, int] = (80, 24)) -> None:
    async def go() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await rest(pilot)
            await play(app, pilot)

    asyncio.run(go())


async def rest(pilot: Pilot[Any]) -> None:
    await settle(pilot)


def shown(app: ATApp) -> str:
    return "\n".join(lines(app))


def copy_at(records: Records, at: datetime, why: Why) -> Path:
    """Make a copy with a time of its own, of a size that is the same in every run."""
    made = backup.make(records.path, None, why)
    stamp = at.strftime("%Y%m%dT%H%M%S%fZ")
    target = made.path.with_name(f"prov-{stamp}-{why.value}.db")
    made.path.rename(target)
    return target


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(
    snap_compare: Any,
    records: Records,
    show: Show,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 11, 24, 13, 2, tzinfo=UTC)

    monkeypatch.setattr("screens.backups.datetime", Clock)
    monkeypatch.setattr("screens.backups._size", lambda size: "0,4 MB")
    for days, why in ((9, Why.IMPORT), (11, Why.DAILY), (40, Why.DAILY)):
        copy_at(records, datetime(2026, 11, 24, 7, 2, tzinfo=UTC) - timedelta(days=days), why)
    assert snap_compare(show(Backups()), terminal_size=size, run_before=rest)


def test_an_empty_folder_says_what_to_do(records: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "Det finns ingen hel kopia ännu" in shown(app)
        assert "Ingen andra plats är vald" in shown(app)

    run(show(Backups()), play)


def test_a_copy_is_made_in_both_places(records: Records, show: Show, tmp_path: Path) -> None:
    stick = tmp_path / "minne"
    stick.mkdir()
    settings.save({"backup_folder": str(stick)})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        await rest(pilot)
        assert "Kopian är gjord och kontrollerad" in shown(app)
        assert len(app.screen.query_one(Picker).rows.rows) == 2
        assert "✓ Senaste hela kopian" in shown(app)
        await pilot.press("n")
        await rest(pilot)

    run(show(Backups()), play)
    assert len(backup.backups(records.path)) == 2
    assert len(backup.found_in(stick)) == 2


def test_a_second_place_is_checked_and_named(records: Records, show: Show, tmp_path: Path) -> None:
    stick = tmp_path / "minne"
    stick.mkdir()

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("a")
        await rest(pilot)
        app.screen.query_one(Input).value = str(tmp_path / "finns inte")
        await pilot.press("enter")
        await rest(pilot)
        assert "finns inte eller går inte att nå" in flat(shown(app))
        app.screen.query_one(Input).value = str(stick)
        await pilot.press("enter")
        await rest(pilot)
        assert "Andra platsen" in shown(app)

    run(show(Backups()), play)
    assert settings.load()["backup_folder"] == str(stick)
    assert list(stick.iterdir()) == []


def test_a_copy_is_put_back_after_a_question_and_all_is_read_anew(
    records: Records, show: Show
) -> None:
    backup.make(records.path, None, Why.MANUAL)
    with records.store.work(records.owner.id) as work:
        work.save(Trainee(name="Ny Efteråt"))
    app = show(Backups())

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("enter")
        await rest(pilot)
        assert "Lägga tillbaka kopian från" in shown(app)
        await pilot.press("n")
        await rest(pilot)
        with app.store.read() as work:
            assert len(work.all(Trainee)) == 3
        await pilot.press("enter", "j")
        for _ in range(20):
            await rest(pilot)
            if isinstance(app.screen, Today):
                break
        assert isinstance(app.screen, Today)
        assert "är tillbaka" in shown(app)
        assert "aterstallning.db" in shown(app).replace("\n", "")
        with app.store.read() as work:
            assert len(work.all(Trainee)) == 2
        assert app.author == records.owner.id

    run(app, play)
    assert [b.why for b in backup.backups(records.path)] == [Why.RESTORE, Why.MANUAL]


def test_a_damaged_copy_is_refused_and_work_goes_on(records: Records, show: Show) -> None:
    made = backup.make(records.path, None, Why.MANUAL)
    content = bytearray(made.path.read_bytes())
    content[5000:9000] = bytes(4000)
    made.path.write_bytes(content)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("enter", "j")
        for _ in range(20):
            await rest(pilot)
            if app.is_open:
                break
        await rest(pilot)
        assert "skadad" in shown(app)
        assert isinstance(app.screen, Backups)
        with app.store.read() as work:
            assert len(work.all(Trainee)) == 2

    run(show(Backups()), play)


def test_a_copy_under_another_key_asks_for_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    old, new = tmp_path / "gammal" / "siv.db", tmp_path / "siv.db"
    for path, passphrase in ((old, "den gamla lösenfrasen"), (new, "den nya lösenfrasen")):
        create(path, passphrase=passphrase)
    key = unlock(old, passphrase="den gamla lösenfrasen")
    made = backup.make(old, key, Why.MANUAL)
    for path in (made.path, places.key_file(made.path)):
        target = backup.folder_of(new) / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    key = unlock(new, passphrase="den nya lösenfrasen")
    app = ATApp(
        new, on=TODAY, clock=lambda: NOW, store=open_store(new, key), author="x", first=Backups()
    )
    app.key = key

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("enter", "j")
        await rest(pilot)
        assert "låst med en annan" in shown(app)
        app.screen.query_one(Input).value = "fel lösenfras helt"
        await pilot.press("enter")
        await rest(pilot)
        assert "Fel lösenfras" in shown(app)
        app.screen.query_one(Input).value = "den gamla lösenfrasen"
        await pilot.press("enter")
        for _ in range(20):
            await rest(pilot)
            if isinstance(app.screen, Today) or app.author == "":
                break
        assert unlock(new, passphrase="den gamla lösenfrasen") == app.key

    run(app, play)


def test_the_file_is_checked_and_the_result_is_said_in_words(records: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("v")
        await rest(pilot)
        assert "Filen är hel" in shown(app)
        app.store._engine.raw_connection().execute(
            "UPDATE trainee SET name = 'Någon Annan' WHERE name = 'Nils Exempel'"
        )
        await pilot.press("v")
        await rest(pilot)
        assert "stämmer inte med ändringshistoriken" in shown(app)

    run(show(Backups()), play)


def test_the_days_copy_is_made_behind_the_first_page(records: Records, show: Show) -> None:
    app = show(Today())

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.copy_daily()
        await rest(pilot)
        assert "kopia nyss" in lines(app)[-1]
        app.copy_daily()
        await rest(pilot)

    run(app, play)
    assert [b.why for b in backup.backups(records.path)] == [Why.DAILY]


def test_a_second_place_that_is_away_is_said_once(
    records: Records, show: Show, tmp_path: Path
) -> None:
    settings.save({"backup_folder": str(tmp_path / "minne")})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.copy_daily()
        await rest(pilot)
        assert "går inte att nå" in shown(app)
        app.clear_notifications()
        app.copy_daily()
        await rest(pilot)
        assert "går inte att nå" not in shown(app)

    run(show(Today()), play)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(minutes=59), "kopia nyss"),
        (timedelta(hours=2), "kopia 2 h"),
        (timedelta(hours=23, minutes=59), "kopia 23 h"),
        (timedelta(days=2), "kopia 2 d"),
        (timedelta(days=3), "! kopia 3 dagar gammal"),
        (timedelta(days=9, hours=5), "! kopia 9 dagar gammal"),
    ],
)
def test_the_age_of_the_newest_copy_is_told(records: Records, age: timedelta, words: str) -> None:
    made = backup.make(records.path, None, Why.DAILY)
    assert note_of(newest(records.path, None, made.at + age)).plain == words


def test_no_copy_at_all_is_a_warning(records: Records) -> None:
    assert note_of(newest(records.path, None, datetime.now(UTC))).plain == "! ingen kopia"
