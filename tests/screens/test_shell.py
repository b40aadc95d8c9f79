"""The shell: too small a window, crashes without anybody's text, colours, keys, help."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import WorkerFailed

from at_tui import settings
from at_tui.language import text
from schema.fault import Fault
from screens.app import ATApp
from screens.help import Help
from screens.small import Small
from screens.theme import CONTRAST, DARK
from screens.widgets.page import Page
from tests.screens.conftest import Records, Show
from tests.screens.settling import settle


class Told(Page[None]):
    """A page with a line of text."""

    AREA = "today"

    def body(self) -> ComposeResult:
        yield Static("hej", markup=False)

    def on_mount(self) -> None:
        self.set_title("En mycket lång titel om [b]någon[/b] " * 4, "tis 24 nov")


def screen(app: ATApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def test_a_window_that_is_too_small_says_so_in_words_until_it_is_large_enough(show: Show) -> None:
    async def go() -> None:
        app = show(Told())
        async with app.run_test(size=(79, 24)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, Small)
            assert "minst 80 tecken brett" in screen(app)
            assert "79 × 24" in screen(app)
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert isinstance(app.screen, Told)
            await pilot.resize_terminal(80, 23)
            await pilot.pause()
            assert isinstance(app.screen, Small)

    asyncio.run(go())


def test_the_title_gives_way_to_where_and_when(show: Show) -> None:
    async def go() -> None:
        app = show(Told())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            first = screen(app).splitlines()[0]
            assert first.endswith("… tis 24 nov ") or first.endswith("…  tis 24 nov ")
            assert "[b]någon[/b]" in first

    asyncio.run(go())


def test_a_crash_shows_nothing_of_what_anyone_wrote(
    show: Show, capsys: pytest.CaptureFixture[str]
) -> None:
    class Breaks(Told):
        def on_mount(self) -> None:
            patient = "patientens namn i en variabel"
            raise RuntimeError(len(patient))

    app = show(Breaks())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()

    with pytest.raises(RuntimeError):
        asyncio.run(go())
    assert isinstance(app.crash, RuntimeError)
    app._print_error_renderables()
    assert "patientens" not in "".join(capsys.readouterr())


def test_what_failed_in_a_worker_is_what_is_reported(show: Show) -> None:
    class Reads(Told):
        def on_mount(self) -> None:
            self.run_worker(lambda: 1 // 0, thread=True)

    app = show(Reads())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)

    with pytest.raises(WorkerFailed):
        asyncio.run(go())
    assert isinstance(app.crash, ZeroDivisionError)


def test_help_lists_the_keys_of_the_page_and_what_it_is_for(show: Show) -> None:
    async def go() -> None:
        app = show(Told())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("question_mark")
            await pilot.pause()
            shown = screen(app)
            assert "Det här behöver göras nu" in shown
            assert text("app.tip.quit") in shown
            assert "^Q" in shown
            await pilot.press("question_mark")
            await pilot.pause()
            assert isinstance(app.screen, Told)

    asyncio.run(go())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_help_looks_as_drawn(snap_compare: Any, show: Show, size: tuple[int, int]) -> None:
    keys = [
        ("↵", "Öppna."),
        ("F12 ^L", "En förklaring som är så lång att den behöver två rader för att få plats helt."),
    ]

    async def ask(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        pilot.app.push_screen(Help("Vad sidan är till för, i [en] mening.", keys * 12))
        await settle(pilot)

    assert snap_compare(show(Told()), terminal_size=size, run_before=ask)


def test_the_users_own_keys_are_used_and_shown(records: Records) -> None:
    class Quits(Told):
        pass

    async def go() -> None:
        app = ATApp(records.path, store=records.store, first=Quits(), keys={"app.help": "f7"})
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f7")
            await pilot.pause()
            assert app.screen.__class__.__name__ == "Help"

    asyncio.run(go())


def test_a_chosen_theme_is_kept_for_next_time(show: Show) -> None:
    async def go() -> str:
        app = show(Told())
        async with app.run_test(size=(80, 24)) as pilot:
            assert app.theme == DARK
            await pilot.press("f9")
            await pilot.pause()
            return app.theme

    chosen = asyncio.run(go())
    assert chosen != DARK
    assert settings.load()["theme"] == chosen


def test_an_unknown_theme_in_the_settings_is_passed_over(records: Records) -> None:
    app = ATApp(records.path, theme_name="min egen [b]")
    assert app.theme == DARK


def test_without_colours_the_high_contrast_is_used(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ATApp(records.path, theme_name=DARK)
    assert app.theme == CONTRAST


def test_a_passing_message_shows_brackets_as_letters(show: Show) -> None:
    async def go() -> None:
        app = show(Told())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            app.say("[b]Sparat[/b] [/x] \x1b[2J")
            await pilot.pause()
            await pilot.pause()
            assert "[b]Sparat[/b] [/x]" in screen(app)

    asyncio.run(go())


def test_whoever_presses_ctrl_c_is_told_how_to_leave(show: Show) -> None:
    async def go() -> None:
        app = show(Told())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await pilot.press("ctrl+c")
            await pilot.pause()
            await pilot.pause()
            assert "^Q avslutar" in screen(app)

    asyncio.run(go())


def test_the_programme_can_be_left_with_a_fault_to_tell(show: Show) -> None:
    app = show(Told())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            app.leave(Fault("store.damaged", exit_code=3, path="x"))
            await pilot.pause()

    asyncio.run(go())
    assert app.return_value == 3
    assert app.fault is not None


def test_a_page_asked_for_before_the_records_are_open_is_shown_when_they_are(
    records: Records,
) -> None:
    async def go() -> None:
        app = ATApp(records.path, first=Told())
        async with app.run_test(size=(80, 24)) as pilot:
            assert not app.is_open
            with pytest.raises(RuntimeError):
                _ = app.store
            app.go(lambda: Page())
            await pilot.pause()
            assert isinstance(app.screen, Told)
            app.open_records(None)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.is_open
            assert type(app.screen) is Page
            assert app.author == records.owner.id

    asyncio.run(go())


def test_screens_load_neither_tables_nor_documents() -> None:
    import subprocess
    import sys

    line = "import screens.app, screens.today, screens.unlock, screens.first_run, sys; "
    done = subprocess.run(
        [sys.executable, "-c", line + "print(*sys.modules)"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "textual" in loaded
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "reportlab", "alembic", "openpyxl"}


def test_pages_may_stand_on_an_empty_one(show: Show) -> None:
    async def go() -> None:
        app = show(Page())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(Told())
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert len(app.screen_stack) == 1
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, Screen)

    asyncio.run(go())
