"""The forms of placement, absence and training: each fault at its field, and nothing half-saved."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from schema.tables import Absence, Placement, Training
from schema.words import AbsenceKind, SectionCode
from screens.app import ATApp
from screens.placements import PlacementForm
from screens.placements_absence import AbsenceForm
from screens.placements_training import TrainingForm
from screens.widgets.form import FieldRow
from screens.widgets.form_page import FormPage
from tests.at_tui.surgery import (
    HERE_SINCE,
    HERE_UNTIL,
    TODAY,
    TRAINING_START,
    Surgery,
)

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it


def app_of(surgery: Surgery, page: Screen[Any]) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page,
    )


def fill_in(surgery: Surgery, page: FormPage[str], **values: Any) -> dict[str, str]:
    """Type the values, save, and return what is said of the fields; empty when it was saved."""
    said: dict[str, str] = {}

    async def go() -> None:
        app = app_of(surgery, Screen())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await pilot.pause()
            for name, value in values.items():
                page.form.set(name, value)
            await pilot.pause()
            await pilot.press("ctrl+s")
            await pilot.pause()
            if page.is_current:
                for row in page.query(FieldRow):
                    if row.has_class("-problem"):
                        said[row.field.name] = str(row.query_one(".problem", Static).render())
                assert said, "neither saved nor told why"

    asyncio.run(go())
    return said


def placement(surgery: Surgery, id: str = "") -> Placement:
    with surgery.store.read() as work:
        return work.need(Placement, id or surgery.placement_id)


def counts(surgery: Surgery) -> tuple[int, int]:
    with surgery.store.read() as work:
        return len(work.all(Placement)), len(work.all(Absence))


def test_a_placement_is_changed(surgery: Surgery) -> None:
    page = PlacementForm(surgery.training_id, surgery.placement_id)
    assert fill_in(surgery, page, percent=80, specialty="glesbygd") == {}
    saved = placement(surgery)
    assert (saved.percent, saved.specialty, saved.start) == (80, "glesbygd", HERE_SINCE)


def test_a_new_placement_begins_the_day_after_the_last(surgery: Surgery) -> None:
    end = HERE_UNTIL + timedelta(days=28)
    assert fill_in(surgery, TrainingForm(surgery.training_id), end=end) == {}
    page = PlacementForm(surgery.training_id)
    assert fill_in(surgery, page, section="akut", end=end) == {}
    with surgery.store.read() as work:
        new = next(p for p in work.all(Placement) if p.section == SectionCode.AKUT)
    assert (new.start, new.end, new.percent) == (HERE_UNTIL + timedelta(days=1), end, 100)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"percent": "49"}, "percent", "50–100 %"),
        ({"percent": "101"}, "percent", "50–100 %"),
        ({"percent": "halvtid"}, "percent", "heltal"),
        ({"percent": ""}, "percent", "Fyll i"),
        ({"end": "2026-02-30"}, "end", "finns inte"),
        ({"end": "2026-07-12"}, "end", "före den första"),
        ({"start": "2026-06-09"}, "start", "mer än heltid"),
        ({"start": "2025-02-09"}, "start", "börjar"),
        ({"end": "2027-01-11"}, "end", "slutar"),
        ({"section": ""}, "section", "Fyll i"),
    ],
)
def test_what_will_not_do_for_a_placement_is_answered_at_its_field(
    surgery: Surgery, typed: dict[str, str], field: str, words: str
) -> None:
    before = placement(surgery)
    page = PlacementForm(surgery.training_id, surgery.placement_id)
    said = fill_in(surgery, page, **typed)
    assert field in said
    assert words in said[field] or (words == "heltal" and "helt tal" in said[field])
    assert placement(surgery) == before


def test_an_absence_is_written_in_and_changed(surgery: Surgery) -> None:
    page = AbsenceForm(surgery.training_id)
    said = fill_in(surgery, page, kind="kurs", start="2026-12-01", end="2026-12-02")
    assert said == {}
    with surgery.store.read() as work:
        new = next(a for a in work.all(Absence) if a.kind == AbsenceKind.KURS)
    assert (new.start, new.end, new.percent) == (date(2026, 12, 1), date(2026, 12, 2), 100)
    assert fill_in(surgery, AbsenceForm(surgery.training_id, new.id), percent=50) == {}
    with surgery.store.read() as work:
        assert work.need(Absence, new.id).percent == 50


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"start": "2026-12-02", "end": "2026-12-01"}, "end", "före den första"),
        ({"start": "2025-02-09", "end": "2025-02-12"}, "start", "börjar"),
        ({"start": "2027-01-09", "end": "2027-01-11"}, "end", "slutar"),
        ({"start": "2026-11-01", "end": "2026-11-03"}, "start", "redan inskriven"),
        ({"start": "2026-12-01", "end": "2026-12-01", "percent": "0"}, "percent", "1–100 %"),
        ({"start": "2026-12-01", "end": ""}, "end", "Fyll i"),
    ],
)
def test_what_will_not_do_for_an_absence_is_answered_at_its_field(
    surgery: Surgery, typed: dict[str, str], field: str, words: str
) -> None:
    said = fill_in(surgery, AbsenceForm(surgery.training_id), **typed)
    assert list(said) == [field]
    assert words in said[field]
    assert counts(surgery) == (4, 3)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"end": "2025-01-01"}, "end", "före den första"),
        ({"start": "2025-03-01"}, "start", "börjar redan"),
        ({"norm_months": "0"}, "norm_months", "Minst 1"),
    ],
)
def test_what_will_not_do_for_a_training_is_answered_at_its_field(
    surgery: Surgery, typed: dict[str, str], field: str, words: str
) -> None:
    said = fill_in(surgery, TrainingForm(surgery.training_id), **typed)
    assert words in said[field]
    with surgery.store.read() as work:
        assert work.need(Training, surgery.training_id).start == TRAINING_START


SIZES = [(80, 24), (120, 40)]


async def ready(pilot: Pilot[int]) -> None:
    """Wait for the focus, which comes after the first frame."""
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_how_the_placement_form_looks(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = PlacementForm(surgery.training_id, surgery.placement_id)
    assert snap_compare(app_of(surgery, page), run_before=ready, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_absence_form_looks(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = AbsenceForm(surgery.training_id)
    assert snap_compare(app_of(surgery, page), run_before=ready, terminal_size=size)
