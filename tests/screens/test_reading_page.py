"""Pages that read in a thread: once as they open, again when one comes back, and not in silence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from schema.fault import Fault
from screens.widgets.page import Page
from screens.widgets.reading_page import ReadingPage
from tests.screens.conftest import TODAY
from tests.screens.playing import Heard
from tests.screens.settling import settle


class Counted(ReadingPage[int]):
    """Shows how many times it has been read."""

    READS = "counted"

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__()
        self.reads, self.shown, self.fails = 0, 0, fails

    def body(self) -> ComposeResult:
        yield Static("")

    def find(self) -> int:
        self.reads += 1
        if self.fails:
            raise Fault("store.no_record")
        return self.reads

    def came(self, found: int) -> None:
        self.shown = found


class Leaving(Counted):
    """Has nothing to show when it cannot be read."""

    LEAVES = True


def opened(tmp_path: Path, page: Counted, *, away_and_back: bool = False) -> tuple[bool, list[str]]:
    """Open the page over an empty one; return whether it stays, and what was said."""

    async def go() -> tuple[bool, list[str]]:
        app = Heard(tmp_path / "prov.db", on=TODAY, first=Page())
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            if away_and_back:
                app.push_screen(Page())
                await settle(pilot)
                app.pop_screen()
                await settle(pilot)
            return page in app.screen_stack, app.heard

    return asyncio.run(go())


def test_a_page_is_read_once_when_it_opens(tmp_path: Path) -> None:
    page = Counted()
    assert opened(tmp_path, page) == (True, [])
    assert (page.reads, page.shown) == (1, 1)


def test_a_page_is_read_again_when_one_comes_back_to_it(tmp_path: Path) -> None:
    page = Counted()
    opened(tmp_path, page, away_and_back=True)
    assert (page.reads, page.shown) == (2, 2)


@pytest.mark.parametrize(("kind", "stays"), [(Counted, True), (Leaving, False)])
def test_a_page_that_cannot_be_read_says_so(
    tmp_path: Path, kind: type[Counted], stays: bool
) -> None:
    page = kind(fails=True)
    there, said = opened(tmp_path, page)
    assert (there, len(said), page.shown) == (stays, 1, 0)
