"""Outside text reaches the screen clean and without markup."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.text import beside, cell, fit, fitted, safe, safe_note

HOSTILE = [
    "[bold]Alva[/bold]", "a [/b]", "[@click=app.quit]x[/]", "\x1b]52;c;aGVq\x07", "\x1b[2J",
    "Al\u202eva", "A\u0308lva", "x" * 5000, "\x9b31m", "[", "\\[b]",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_letters_and_nothing_else(text: str) -> None:
    shown = safe(text)
    assert not any(ord(character) < 32 for character in shown.plain)
    assert "\x9b" not in shown.plain
    assert "\u202e" not in shown.plain
    assert not shown.spans
    assert cell(text).plain == shown.plain
    assert not cell(text).spans


def test_a_widget_shows_brackets_as_they_were_typed() -> None:
    class Names(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(safe("[b]Åsa[/b] [AT]"), markup=False)

    async def go() -> str:
        app = Names()
        async with app.run_test() as pilot:
            await pilot.pause()
            return app.screen.query_one(Static).render_line(0).text

    assert asyncio.run(go()).strip() == "[b]Åsa[/b] [AT]"


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40), st.booleans())
def test_a_cell_is_always_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width
    assert fitted(safe(text), width, right=right).cell_length == width


def test_a_note_keeps_its_lines() -> None:
    assert safe_note("rad ett\r\nrad \x1btvå").plain == "rad ett\nrad två"


def test_empty_parts_leave_no_gaps() -> None:
    assert beside(safe("a"), "", safe("b")).plain == "a b"
