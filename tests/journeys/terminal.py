"""A programme in a real pseudo-terminal, driven by keys and read as a user reads it.

Nothing here sleeps to give the programme time: every wait is for a text, for silence or for the
end, and a wait that fails shows the screen as it stood.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from ptyprocess import PtyProcess

from tests.journeys.emulator import Emulator

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"f{n}": f"\x1bO{letter}" for n, letter in enumerate("PQRS", start=1)},
    **{f"f{n}": f"\x1b[{code}~" for n, code in enumerate((15, 17, 18, 19, 20, 21), start=5)},
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
}

# A lone Esc is told from the beginning of an arrow key by the silence after it (Textual: 0.1 s).
_AFTER_ESCAPE = 0.15
# A key that moves the focus takes effect a moment later: what is typed meanwhile goes to the old
# field, faster than any hand. So a key with a name waits for its answer on the screen, at most so.
_ANSWER = 0.5


class ScreenError(AssertionError):
    """The screen never showed what a journey waited for; the message holds the screen."""


def installed(name: str = "at-tui") -> str:
    """Return the console script that lies beside the running interpreter."""
    return str(Path(sys.executable).parent / name)


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a new user whose home is `home`.

    Nothing of the developer's own environment comes along: neither settings, keys and data of the
    programme, nor variables that change how Python or the terminal behaves.
    """
    home.mkdir(parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        # The rule for Swedish time spelled out, so that it holds where no time zones are installed.
        "TZ": "CET-1CEST,M3.5.0,M10.5.0/3",
        "TEXTUAL_ANIMATIONS": "none",
        **more,
    }


class Terminal:
    """One programme in a pseudo-terminal of its own.

    Use as a context manager, so that a failed journey leaves no programme behind:

        with Terminal([installed(), "demo"], home=tmp_path) as terminal:
            terminal.wait_for("Idag")
            terminal.press("down", "enter")

    Args:
        command: What to start; by default the installed `at-tui`.
        home: Folder for everything the programme keeps; made if missing.
        environment: Variables on top of `clean_environment(home)`.
        folder: Working folder, by default `home`.
        columns, rows: Size of the screen in cells.
        patience: Longest wait in seconds, unless a call names its own.
    """

    def __init__(
        self,
        command: Sequence[str] = (),
        *,
        home: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        columns: int = 80,
        rows: int = 24,
        patience: float = 30,
    ) -> None:
        self.patience = patience
        self.keys_pressed = 0
        """Keys so far, each typed letter counted: what a journey's key budget is held against."""
        self._emulator = Emulator(columns, rows)
        self._ended = False
        self._process = PtyProcess.spawn(
            list(command) or [installed()],
            cwd=str(folder or home),
            env=clean_environment(home, **(environment or {})),
            dimensions=(rows, columns),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    # What the user does

    def press(self, *keys: str) -> None:
        """Press keys by name (`"enter"`, `"ctrl+s"`, `"f2"`, `"å"`), one after the other.

        A key that is no letter is given time to be answered before the next.
        """
        for key in keys:
            if key not in KEYS and len(key) != 1:
                raise ValueError(f"no such key: {key}")
            self._write(KEYS.get(key, key))
            self.keys_pressed += 1
            if key == "escape":
                self._read_for(_AFTER_ESCAPE)
            if len(key) > 1 and self._read_once(_ANSWER):
                self.settle()

    def type(self, text: str) -> None:
        """Type `text` letter by letter."""
        self.press(*text)

    def paste(self, text: str) -> None:
        """Paste `text` at once, as a terminal does (bracketed): one key."""
        self._write(f"\x1b[200~{text}\x1b[201~")
        self.keys_pressed += 1

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self._emulator.resize(columns, rows)
        self._process.setwinsize(rows, columns)

    def kill(self) -> None:
        """End the programme at once, as a power cut would; harmless when it has ended."""
        if self._process.isalive():
            self._process.kill(signal.SIGKILL)
            self._process.wait()
        self._process.close(force=True)
        self._ended = True

    # What the user sees

    def screen(self) -> list[str]:
        """Return what is on the screen now, row by row, without trailing blanks."""
        self._read_for(0)
        return self._emulator.lines()

    def text(self) -> str:
        """Return what is on the screen now as one string."""
        return "\n".join(self.screen())

    @property
    def full_screen(self) -> bool:
        """Whether the programme has taken the whole screen and not yet given it back."""
        return self._emulator.full_screen

    def row_with(self, text: str) -> str:
        """Return the first row that holds `text`.

        Raises:
            ScreenError: no row does.
        """
        for row in self.screen():
            if text in row:
                return row
        raise self._error(f"no row holds {text!r}")

    # What a journey waits for

    def wait_for(self, *texts: str, timeout: float | None = None) -> str:
        """Wait until all `texts` are on the screen at once, let it come to rest, and return it.

        Raises:
            ScreenError: they did not come in time, or the programme ended first.
        """
        wanted = " and ".join(repr(text) for text in texts)
        self._wait_until(
            lambda screen: all(text in screen for text in texts), f"waited for {wanted}", timeout
        )
        return self.settle()

    def wait_for_pattern(self, pattern: str, *, timeout: float | None = None) -> re.Match[str]:
        """Wait until the regular expression `pattern` is on the screen and return the match."""
        expression = re.compile(pattern, re.MULTILINE)
        self._wait_until(
            lambda screen: bool(expression.search(screen)), f"waited for /{pattern}/", timeout
        )
        found = expression.search(self.settle()) or expression.search(self.text())
        if not found:
            raise self._error(f"/{pattern}/ came and went")
        return found

    def wait_gone(self, text: str, *, timeout: float | None = None) -> str:
        """Wait until `text` is no longer on the screen and return the screen."""
        self._wait_until(
            lambda screen: text not in screen, f"waited for {text!r} to leave", timeout
        )
        return self.settle()

    def settle(self, quiet: float = 0.05, limit: float = 3) -> str:
        """Read until nothing was written for `quiet` seconds (at most `limit`); return the text."""
        end = time.monotonic() + limit
        while self._read_once(quiet) and time.monotonic() < end:
            pass
        return self._emulator.text()

    def wait_exit(self, timeout: float | None = None) -> int:
        """Wait for the programme to end and return its exit code (negative: killed by a signal).

        Raises:
            ScreenError: it did not end in time.
        """
        end = time.monotonic() + (self.patience if timeout is None else timeout)
        while not self._ended:
            left = end - time.monotonic()
            if left <= 0:
                raise self._error("waited for the programme to end")
            self._read_once(left)
        self._process.wait()
        if self._process.signalstatus is not None:
            return -int(self._process.signalstatus)
        return int(self._process.exitstatus)

    # Within

    def _wait_until(self, holds: Callable[[str], bool], wanted: str, timeout: float | None) -> None:
        end = time.monotonic() + (self.patience if timeout is None else timeout)
        while not holds(self._emulator.text()):
            left = end - time.monotonic()
            if self._ended:
                raise self._error(f"{wanted}, but the programme ended")
            if left <= 0:
                raise self._error(wanted)
            self._read_once(left)

    def _read_for(self, seconds: float) -> None:
        """Read for `seconds`, and whatever lies ready even then."""
        end = time.monotonic() + seconds
        while self._read_once(max(0.0, end - time.monotonic())):
            pass

    def _read_once(self, timeout: float) -> bool:
        """Draw the next output; return whether any came within `timeout` seconds."""
        if self._ended or not select.select([self._process.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._process.fd, 65536)
        except OSError:
            # Linux says EIO, not end of file, when the last process on a terminal has gone.
            data = b""
        if not data:
            self._ended = True
            return False
        self._emulator.feed(data)
        return True

    def _write(self, text: str) -> None:
        try:
            os.write(self._process.fd, text.encode())
        except OSError as error:
            raise self._error("wrote to a programme that has ended") from error

    def _error(self, wanted: str) -> ScreenError:
        width = self._emulator.columns
        rows = "\n".join(f"|{line:<{width}}|" for line in self._emulator.lines())
        return ScreenError(f"{wanted}; the screen was\n+{'-' * width}+\n{rows}\n+{'-' * width}+")
