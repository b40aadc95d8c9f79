"""The harness itself: keys arrive, the screen is read, failures show the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.emulator import Emulator
from tests.journeys.terminal import KEYS, ScreenError, Terminal

ECHO = Path(__file__).parent / "echo_app.py"


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal([sys.executable, str(ECHO)], home=tmp_path / "home") as terminal:
        terminal.wait_for("size 80x24")
        yield terminal


def test_the_screen_is_read_with_swedish_letters(echo: Terminal) -> None:
    assert "Hej, åäö é ü" in echo.row_with("Hej")
    assert echo.full_screen


def test_text_is_typed_pasted_and_entered(echo: Terminal) -> None:
    echo.type("Åsa ")
    echo.paste("Örn [b]")
    echo.press("enter")
    echo.wait_for("entered Åsa Örn")
    assert echo.keys_pressed == 6


@pytest.mark.parametrize(
    "key", ["tab", "shift+tab", "up", "home", "pagedown", "f2", "f5", "ctrl+s"]
)
def test_a_named_key_arrives_as_itself(echo: Terminal, key: str) -> None:
    echo.press(key)
    echo.wait_for(f"key {key}")


def test_escape_and_the_key_after_it_are_two_keys(echo: Terminal) -> None:
    echo.press("escape", "x")
    echo.wait_for("key x")


def test_a_key_without_a_name_is_refused(echo: Terminal) -> None:
    with pytest.raises(ValueError, match="no such key: retrun"):
        echo.press("retrun")


def test_the_window_can_be_resized(echo: Terminal) -> None:
    echo.resize(120, 40)
    echo.wait_for("size 120x40")
    assert len(echo.screen()) == 40


def test_the_exit_code_is_told_and_the_screen_given_back(echo: Terminal) -> None:
    echo.press("f9")
    assert echo.wait_exit() == 7
    assert not echo.full_screen


def test_a_text_that_never_comes_fails_with_the_screen(echo: Terminal) -> None:
    with pytest.raises(ScreenError, match=r"waited for 'absent'(.|\n)*Hej, åäö é ü"):
        echo.wait_for("absent", timeout=0.2)


def test_a_killed_programme_is_gone(echo: Terminal) -> None:
    echo.kill()
    with pytest.raises(ScreenError, match="the programme ended"):
        echo.wait_for("absent")


def test_waiting_for_a_programme_that_ends_early_fails_at_once(tmp_path: Path) -> None:
    with (
        Terminal([sys.executable, "-c", "print('trasigt')"], home=tmp_path) as terminal,
        pytest.raises(ScreenError, match=r"the programme ended(.|\n)*trasigt"),
    ):
        terminal.wait_for("absent")


def test_nothing_of_the_developers_environment_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AT_TUI_DATABASE", "secret.db")
    show = "import os; print(*sorted(os.environ), os.path.expanduser('~'), sep='\\n')"
    with Terminal([sys.executable, "-c", show], home=tmp_path, rows=60) as terminal:
        assert terminal.wait_exit() == 0
        assert "AT_TUI_DATABASE" not in terminal.text()
        assert str(tmp_path) in terminal.text().replace("\n", "")


def test_a_sequence_cut_in_two_by_reading_is_still_one_sequence() -> None:
    data = "\x1b[?1049h\x1b[>1u\x1b[1;1Hför \x1b[38;2;1;2;3mmål\x1b[m\x1b]0;title\x07\x1b[?2026$p!"
    for cut in range(len(data.encode())):
        emulator = Emulator(20, 2)
        emulator.feed(data.encode()[:cut])
        emulator.feed(data.encode()[cut:])
        assert emulator.lines() == ["för mål!", ""], f"cut at {cut}"


def test_what_stood_before_a_full_screen_programme_comes_back_after_it() -> None:
    emulator = Emulator(20, 2)
    emulator.feed(b"before\r\n\x1b[?1049h\x1b[1;1Hwithin")
    assert emulator.lines() == ["within", ""]
    emulator.feed(b"\x1b[?1049lafter")
    assert emulator.lines() == ["before", "after"]


def test_garbage_that_looks_like_a_sequence_does_not_stall_the_screen() -> None:
    emulator = Emulator(20, 2)
    emulator.feed(b"\x1b]52;c;" + b"A" * 5000 + b"\x07done")
    assert emulator.lines()[0] == "done"
    emulator.feed(b"\x1b[" + b"\xff" * 70000)
    emulator.feed(b"\x1b[Hagain")
    assert emulator.lines()[0].startswith("again")


def test_wide_letters_take_two_cells_and_are_read_once() -> None:
    emulator = Emulator(10, 1)
    emulator.feed("日本!".encode())
    assert emulator.lines() == ["日本!"]


def test_every_key_name_has_bytes_of_its_own() -> None:
    same = {"tab": "ctrl+i", "enter": "ctrl+m"}
    assert len(set(KEYS.values())) == len(KEYS) - len(same)


def test_what_is_typed_after_tab_goes_to_the_next_field(tmp_path: Path) -> None:
    form = Path(__file__).parent / "two_fields_app.py"
    with Terminal([sys.executable, str(form)], home=tmp_path / "home") as terminal:
        terminal.wait_for("first", "second")
        terminal.type("Alva Testsson")
        terminal.press("tab")
        terminal.type("Nils Exempel")
        terminal.wait_for("Alva Testsson", "Nils Exempel")
