"""A form stands whole at its first painting, and reads nothing that was read ahead."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from data import find
from screens import today
from screens.assessment_form import FormScreen
from screens.foreread import Foreread
from screens.today import Today
from screens.widgets import painted
from tests.at_tui.clinic import Clinic
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.playing import app_of
from tests.screens.settling import settle
from tests.screens.test_assessment_form import form_page


def _at_its_paintings(clinic: Clinic, page: FormScreen) -> list[tuple[str, str, bool]]:
    """Return, for each time the whole form was painted while it opened, its hint, what has the
    focus, and whether that is in sight."""
    seen: list[tuple[str, str, bool]] = []
    render = Compositor.render_full_update

    def noted(self: Compositor, *args: Any, **named: Any) -> Any:
        if self is page._compositor:
            here = page.focused
            in_sight = here is not None and page.sheet.region.contains_region(here.region)
            hint = page.query_one("#hint", Static)
            name = here.css_identifier if here is not None else ""
            seen.append((str(hint.content), name, in_sight))
        return render(self, *args, **named)

    async def begin() -> None:
        app = app_of(clinic, Screen())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.push_screen(page)
            await settle(pilot)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_full_update", noted)
        patch.setattr(painted, "PATIENCE", 60)
        asyncio.run(begin())
    return seen


def test_a_form_is_painted_once_with_its_hint(clinic: Clinic) -> None:
    seen = _at_its_paintings(clinic, form_page(clinic, "dops"))
    assert len(seen) == 1
    hint, focused, in_sight = seen[0]
    assert "Vilket praktiskt moment" in hint
    assert focused.startswith("Input")
    assert in_sight


@pytest.mark.parametrize("at", [1, 3, -1])
def test_a_form_that_is_begun_is_first_painted_where_it_goes_on(clinic: Clinic, at: int) -> None:
    page = form_page(clinic, "dops")
    rows = [item for item in page.instrument.items() if item.type == "scale"]
    left = rows[at]
    page.form.context |= {item.id: "x" for item in page.instrument.context}
    page.form.answers |= {i.id: "x" for i in page.instrument.items() if i.type == "text"}
    page.form.answers |= {item.id: 3 for item in rows if item is not left}
    seen = _at_its_paintings(clinic, page)
    assert len(seen) == 1
    hint, focused, in_sight = seen[0]
    assert hint
    assert focused.startswith("RatedRow")
    assert in_sight


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the id of each training whose records are read."""
    found: list[str] = []
    folder = find.folder

    def noted(work: Any, training_id: str, **named: Any) -> Any:
        found.append(training_id)
        return folder(work, training_id, **named)

    monkeypatch.setattr(find, "folder", noted)
    return found


def test_records_that_are_not_kept_are_read(records: Records, folders: list[str]) -> None:
    kept, training = Foreread(), records.alva_training.id
    kept.read(records.store, training, TODAY)
    folders.clear()
    assert kept.take_folder(records.store, training, TODAY).trainee.name == "Alva Testsson"
    assert folders == []
    assert kept.take_folder(records.store, training, TODAY).trainee.name == "Alva Testsson"
    assert folders == [training]


def test_a_form_takes_what_was_read_while_the_cursor_rested(
    show: Show, folders: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "RESTS", 0.01)

    async def play() -> None:
        app = show(Today())
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await _opened(app, pilot)

    async def _opened(app: Any, pilot: Pilot[Any]) -> None:
        await pilot.press("down")
        while not folders:
            await pilot.pause(0.02)
        await settle(pilot)
        before = len(folders)
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        assert len(folders) == before

    asyncio.run(play())
