"""A record's life: who, when, what, before and after, in words."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest
from textual.screen import Screen

import data.history
from data.signing import sign
from schema.tables import Assessment, Placement, Supervision
from schema.words import LockStatus, Meaning, SupervisionStatus
from screens.life import LifePage, words_of
from screens.placements import PlacementForm
from tests.screens.conftest import Records, Show
from tests.screens.test_backups import own_home as own_home
from tests.screens.test_backups import rest, shown

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every act happen at the same moment."""

    class Clock(datetime):
        minute_now = 0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            cls.minute_now += 1
            return datetime(2026, 11, 24, 12, cls.minute_now, tzinfo=UTC)

    monkeypatch.setattr(data.history, "datetime", Clock)
    monkeypatch.setattr(data.signing, "datetime", Clock)


def session(records: Records) -> Supervision:
    made = Supervision(training_id=records.alva_training.id, day=date(2026, 11, 17))
    records.add(made)
    with records.store.work(records.owner.id) as work:
        saved = work.need(Supervision, made.id)
        saved.status = SupervisionStatus.HELD
        saved.note = "Vi talade om jourer.\nBoka en dag på akuten, och läs om [bold]EKG[/] före."
        saved.supervisor_id = records.owner.id
    return made


def corrected(records: Records) -> tuple[Assessment, Assessment]:
    """Write a form that was signed, and one that corrects it."""
    answers = {"anamnes": 3}
    old, new = (
        Assessment(
            training_id=records.alva_training.id,
            instrument_id="mini-cex",
            instrument_version="1",
            day=date(2026, 11, day),
            answers=answers,
        )
        for day in (17, 18)
    )
    records.add(old, new)
    with records.store.work(records.owner.id) as work:
        sign(
            work, work.need(Assessment, old.id), signer_id=records.owner.id,
            signer_name="Siv Prövare", meaning=Meaning.ASSESSES,
        )  # fmt: skip
    with records.store.work(records.owner.id) as work:
        work.need(Assessment, old.id).status = LockStatus.CORRECTED
        newer = work.need(Assessment, new.id)
        newer.corrects_id, newer.correction_reason = old.id, "fel dag"
    return old, new


def see(app: Any, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    seen = ""

    async def go() -> None:
        nonlocal seen
        async with app.run_test(size=size) as pilot:
            await rest(pilot)
            for key in keys:
                await pilot.press(key)
                await rest(pilot)
            seen = shown(app)

    asyncio.run(go())
    return seen


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int], still_clock: None
) -> None:
    app = show(LifePage(session(records).id))
    assert snap_compare(app, terminal_size=size, run_before=rest)


def test_what_changed_is_told_with_names_days_and_words(records: Records, show: Show) -> None:
    seen = see(show(LifePage(session(records).id)))
    assert "Ändringar · handledningssamtal" in seen
    assert "Läge  planerad → hölls" in seen
    assert "Handledare  – → Siv Prövare" in seen
    assert "Datum  tis 17 nov 2026" in seen
    assert "\n      Boka en dag på akuten, och läs om [bold]EKG[/] före." in seen


def test_the_latest_stands_first(records: Records, show: Show) -> None:
    seen = see(show(LifePage(session(records).id)))
    assert seen.index("ändrade") < seen.index("lade till")


def test_a_signature_and_a_correction_are_acts_and_the_old_version_follows(
    records: Records, show: Show
) -> None:
    _, new = corrected(records)
    seen = see(show(LifePage(new.id)), size=(120, 60))
    assert "Skäl  – → fel dag" in seen
    assert "Den här rättar en tidigare" in seen
    assert "skrev under: bedömer" in seen
    assert "låste vid signering" in seen


def test_an_unknown_record_is_said_so(records: Records, show: Show) -> None:
    assert "Uppgiften finns inte längre" in see(show(LifePage("x" * 36)))


def test_a_key_opens_it_from_a_form(records: Records, show: Show) -> None:
    with records.store.read() as work:
        placement = work.all(Placement)[0]
    first: Screen[Any] = PlacementForm(placement.training_id, placement.id)
    seen = see(show(first), "f8")
    assert "Ändringar · placering" in seen
    assert "Tjänstgöringsavsnitt  allmänmedicin" in seen


def test_the_key_does_nothing_where_there_is_no_record(records: Records, show: Show) -> None:
    seen = see(show(PlacementForm(records.alva_training.id)), "f8")
    assert "Ändringar" not in seen


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (True, "ja"),
        (False, "nej"),
        (60, "60"),
        ("2026-11-24", "tis 24 nov 2026"),
        ("2026-11-24T12:02:00+00:00", "tis 24 nov 2026 13.02"),
        (["a", None], "a; –"),
        ({"id": "x", "done": True}, "id: x, done: ja"),
    ],
)
def test_values_are_readable(value: Any, words: str) -> None:
    assert words_of(value) == words
