"""What is kept about a person: seen, saved for them, erased, and past its time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from at_tui import settings
from data import backup, erase_log, opening
from data.backup import Why
from data.verify import verify
from schema.tables import Agreement, Assessment, Person, Supervision, Talk, Trainee, Training
from schema.words import SupervisionStatus, TalkKind
from screens.app import ATApp
from screens.disclose import DisclosePage
from screens.erase import ErasePage
from screens.life import LifePage
from screens.retention import RetentionPage
from screens.widgets.confirm import Confirm
from screens.widgets.form import Form
from screens.widgets.picker import Picker
from tests.screens.conftest import Records, Show
from tests.screens.settling import flat, settle
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import shown

SIZES = [(80, 24), (120, 40)]
Play = Callable[[ATApp, Pilot[int]], Awaitable[None]]


@pytest.fixture(autouse=True)
def still_clock(own_home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be written at the same moment in every run."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 24, 13, 2, tzinfo=UTC)

    monkeypatch.setattr("data.history.datetime", Clock)
    monkeypatch.setattr("data.erase_log.datetime", Clock)


@pytest.fixture
def kept(records: Records) -> Records:
    """Something of several kinds about Alva, and her name in a note about Nils."""
    day = date(2026, 10, 6)
    held = SupervisionStatus.HELD
    training = records.alva_training.id
    records.add(
        Supervision(training_id=training, day=day, status=held, note="kryptisk anteckning"),
        Supervision(training_id=training, day=date(2026, 10, 13), status=held),
        Agreement(training_id=training, text="läsa om sepsis", agreed_on=day),
        Talk(training_id=training, kind=TalkKind.MITTSAMTAL, held_on=day),
        Assessment(training_id=training, instrument_id="mini-cex", instrument_version="1", day=day),
        Supervision(
            training_id=records.nils_training.id, day=day, status=held,
            note="Jämförde med Alva Testsson.",
        ),
    )  # fmt: skip
    return records


def run(app: ATApp, play: Play) -> None:
    async def go() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await play(app, pilot)

    asyncio.run(go())


def names(records: Records) -> set[str]:
    with records.store.read() as work:
        return {t.name for t in work.all(Trainee)}


async def fill(pilot: Pilot[int], **values: str) -> None:
    form = pilot.app.screen.query_one(Form)
    for name, value in values.items():
        form.set(name, value)
    await pilot.press("f2")
    await settle(pilot)


def test_everything_about_one_is_saved_in_the_form_that_is_chosen(
    kept: Records, show: Show, tmp_path: Path
) -> None:
    folder = tmp_path / "utdrag"
    settings.save({"documents_folder": str(folder)})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "Utdrag om Alva Testsson" in shown(app)
        assert "handledningssamtal" in shown(app)
        await pilot.press("s")
        await settle(pilot)
        assert "inte krypterad" in flat(shown(app))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("shift+tab", "right", "right", "f2")
        await settle(pilot)

    run(show(DisclosePage(kept.alva_training.id)), play)
    page = folder / "Utdrag Alva Testsson 2026-11-24.html"
    assert "kryptisk anteckning" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o077 == 0
    document = json.loads(page.with_suffix(".json").read_bytes())
    assert document["name"] == "Alva Testsson"
    assert "Jämförde" not in page.read_text(encoding="utf-8")


def test_where_another_record_names_the_person_can_be_read_before_it_is_handed_out(
    kept: Records, show: Show
) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        picker = app.screen.query_one(Picker)
        with kept.store.read() as work:
            (note,) = (s.id for s in work.all(Supervision) if s.note.startswith("Jämförde"))
        picker.select(f"mention:{note}")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LifePage)
        assert "Jämförde med Alva" in shown(app)

    run(show(DisclosePage(kept.alva_training.id)), play)


def test_a_disclosure_that_cannot_be_written_is_told(
    kept: Records, show: Show, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("x")
    settings.save({"documents_folder": str(tmp_path / "fil" / "mapp")})

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "går inte att skriva" in flat(shown(app))

    run(show(DisclosePage(kept.alva_training.id)), play)


def test_nothing_is_erased_before_the_name_a_reason_and_a_yes(kept: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        await pilot.press("f2")
        await settle(pilot)
        assert not isinstance(app.screen, Confirm)
        await fill(pilot, why="request", name="Nils Exempel")
        assert "inte samma namn" in shown(app)
        await fill(pilot, name="Alva  Testsson")
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, ErasePage)

    run(show(ErasePage(kept.alva_training.id)), play)
    assert "Alva Testsson" in names(kept)


def test_a_person_is_erased_with_the_copies_and_the_reason_stays_without_the_name(
    kept: Records, show: Show
) -> None:
    copy = backup.make(kept.path, None, Why.MANUAL)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        app.push_screen(DisclosePage(kept.alva_training.id))
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(app.screen, ErasePage)
        assert "kvar innehållet: 1" in flat(shown(app))
        await fill(pilot, why="request", name="Alva Testsson")
        await pilot.press("j")
        await settle(pilot)
        # The page of what is kept goes with what it was about.
        assert isinstance(app.screen, RetentionPage)
        assert "Alva Testsson är raderad" in flat(shown(app))

    run(show(RetentionPage()), play)
    assert names(kept) == {"Nils Exempel"}
    assert verify(kept.store) == []
    for path in (kept.path, copy.path):
        store = opening.open_store(path, None)
        with store.read() as work:
            assert [t.name for t in work.all(Trainee)] == ["Nils Exempel"]
        store.close()
    with kept.store.read() as work:
        (done,) = erase_log.logged(work)
    assert (done.author, done.why) == (kept.owner.id, "request")
    assert done.records >= 8


def test_only_what_is_past_its_time_goes_when_that_is_chosen(kept: Records, show: Show) -> None:
    with kept.store.work("test") as work:
        work.need(Training, kept.alva_training.id).ended_on = date(2024, 1, 31)

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "Alva Testsson" in shown(app)
        assert "slutade 2024-01-31" in flat(shown(app))
        picker = app.screen.query_one(Picker)
        picker.select(f"past:{kept.alva.id}")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        await fill(pilot, name="Alva Testsson")
        await pilot.press("j")
        await settle(pilot)
        assert isinstance(app.screen, DisclosePage)

    run(show(RetentionPage()), play)
    assert "Alva Testsson" in names(kept)
    with kept.store.read() as work:
        assert work.all(Talk) == []
        notes = [s.training_id for s in work.all(Supervision)]
        assert erase_log.logged(work)[0].why == "retention"
    assert notes == [kept.nils_training.id]


def test_whoever_has_the_file_open_is_not_erased_under_it(kept: Records, show: Show) -> None:
    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        assert "själv den som har filen öppen" in flat(shown(app))
        await pilot.press("f2")
        await settle(pilot)
        assert not app.screen.query(Form)

    run(show(ErasePage(person_id=kept.owner.id)), play)
    with kept.store.read() as work:
        assert work.need(Person, kept.owner.id).name == "Siv Prövare"


def test_a_refused_erasure_is_told_and_can_be_tried_again(
    kept: Records, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schema.fault import Fault

    def full(*_: object, **__: object) -> None:
        raise Fault("store.disk_full", exit_code=3, path="x")

    async def play(app: ATApp, pilot: Pilot[int]) -> None:
        monkeypatch.setattr("at_tui.erasing.carry_out", full)
        await fill(pilot, why="mistake", name="Alva Testsson")
        await pilot.press("j")
        await settle(pilot)
        assert "Disken är full" in flat(shown(app))
        assert isinstance(app.screen, ErasePage)
        monkeypatch.undo()
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)

    run(show(ErasePage(kept.alva_training.id)), play)
    assert "Alva Testsson" in names(kept)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["disclose", "erase", "retention"])
def test_the_pages_look_as_drawn(
    snap_compare: Any, kept: Records, show: Show, size: tuple[int, int], page: str
) -> None:
    if page != "disclose":
        backup.make(kept.path, None, Why.MANUAL)
        with kept.store.work("test") as work:
            work.need(Training, kept.nils_training.id).ended_on = date(2024, 1, 31)
            erase_log.note(work, kept.owner.id, "request", 41)
    make: dict[str, Callable[[], Screen[Any]]] = {
        "disclose": lambda: DisclosePage(kept.alva_training.id),
        "erase": lambda: ErasePage(kept.alva_training.id),
        "retention": RetentionPage,
    }
    assert snap_compare(show(make[page]()), terminal_size=size, run_before=settle)
