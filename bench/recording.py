"""One run of a programme over a pseudo-terminal, with the time of every byte it wrote.

While the programme runs nothing is drawn: a terminal emulator in Python would take the processor
from the programme it measures. What was on the screen when is worked out afterwards.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.journeys.emulator import Emulator

SIZE = (120, 40)
_BLINK = 200
"""Bytes in one piece that are no more than a cursor's blink."""


@dataclass(frozen=True)
class Recording:
    """What a programme wrote, each piece with seconds since it was started."""

    pieces: list[tuple[float, bytes]]
    seconds: float
    """From start to end (or to being stopped)."""
    memory: float
    """Largest resident size in MB, from start to end."""
    at_rest: float = 0
    """Resident size in MB when it was stopped; 0 when it ended by itself, or cannot be told."""
    columns: int = SIZE[0]
    rows: int = SIZE[1]

    @cached_property
    def screens(self) -> list[tuple[float, str]]:
        """What stood on the full screen after each piece; empty while there is none."""
        emulator = Emulator(self.columns, self.rows)
        screens = []
        for at, data in self.pieces:
            emulator.feed(data)
            screens.append((at, emulator.text() if emulator.full_screen else ""))
        return screens

    def first_frame(self) -> float | None:
        """Return when the first letters stood on the full screen, in seconds."""
        return next((at for at, screen in self.screens if len("".join(screen.split())) >= 3), None)

    def first_with(self, pattern: str) -> float | None:
        """Return when `pattern` first stood on the full screen, in seconds."""
        found = re.compile(pattern)
        return next((at for at, screen in self.screens if found.search(screen)), None)

    def last_screen(self) -> str:
        """Return what stood there at the end."""
        return self.screens[-1][1] if self.screens else ""


class Session:
    """A programme in a pseudo-terminal that is only listened to.

    Args:
        command: What to start.
        environment: The whole environment; nothing is inherited.
        size: Columns and rows.
        folder: Working folder.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        size: tuple[int, int] = SIZE,
        folder: Path | None = None,
    ) -> None:
        self.columns, self.rows = size
        self.pieces: list[tuple[float, bytes]] = []
        self.silent = False
        """Whether a key was not answered."""
        self.recording: Recording | None = None
        """What it wrote, when it was driven to its end."""
        window = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the child: nothing of Python's own clean-up may run here
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, window)
                if folder:
                    os.chdir(folder)
                os.execvpe(command[0], list(command), dict(environment))  # noqa: S606
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, window)

    def listen(self, *, quiet: float, limit: float, until: bytes | None = None) -> None:
        """Read until the screen has been at rest for `quiet` seconds, at most for `limit`.

        A blinking cursor or a ticking clock, a few bytes at a time, counts as rest. With `until`,
        a text that the programme writes in one go, only the rest after that text counts.
        """
        end = time.perf_counter() + limit
        last: float | None = None
        full = False  # some write to the plain screen first
        while (now := time.perf_counter()) < end:
            if until is None and last is not None and now - last > quiet:
                return
            if select.select([self.fd], [], [], 0.02)[0]:
                size = self._read()
                if not size:
                    return
                full = full or b"\x1b[?1049h" in self.pieces[-1][1]
                if until and full and until in self.pieces[-1][1]:
                    end = min(end, time.perf_counter() + quiet)
                if last is None or size > _BLINK:
                    last = time.perf_counter()

    def answer(self, keys: bytes, *, quiet: float = 0.06, limit: float = 5) -> tuple[float, float]:
        """Send `keys`; return seconds to the first byte of the answer, and to its last.

        Raises:
            TimeoutError: nothing was written within `limit` seconds.
        """
        while select.select([self.fd], [], [], 0)[0] and self._read():
            pass
        sent = time.perf_counter()
        os.write(self.fd, keys)
        first = last = None
        while True:
            ready = select.select([self.fd], [], [], 0.002)[0]
            now = time.perf_counter()
            if ready and self._read():
                first, last = first or now, now
            elif first and last and now - last > quiet:
                return first - sent, last - sent
            if now - sent > limit:
                if first and last:
                    return first - sent, last - sent
                raise TimeoutError(f"no answer to {keys!r}")

    def stop(self) -> Recording:
        """End the programme at once and return what it wrote."""
        resident = _resident(self.pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self._reap(resident)

    def wait(self) -> Recording:
        """Read to the programme's own end and return what it wrote."""
        while self._read():
            pass
        return self._reap()

    def _read(self) -> int:
        """Take what was written; return how many bytes, 0 at the end."""
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # Linux: EIO when the last process on the terminal has gone
            data = b""
        if data:
            self.pieces.append((time.perf_counter() - self.started, data))
        return len(data)

    def _reap(self, resident: float = 0) -> Recording:
        _, _, usage = os.wait4(self.pid, 0)
        seconds = time.perf_counter() - self.started
        os.close(self.fd)
        largest = megabytes(usage)
        return Recording(self.pieces, seconds, largest, resident, self.columns, self.rows)


def megabytes(usage: resource.struct_rusage) -> float:
    """Return the largest resident size; Linux counts it in kB, macOS in bytes."""
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _resident(pid: int) -> float:
    """Return what a running process holds in memory now, in MB; 0 where nothing tells."""
    try:
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)],  # noqa: S607 - each system has its own
            capture_output=True,
            text=True,
            check=False,
        )
        return int(told.stdout) / 1024
    except (OSError, ValueError):
        return 0


@contextlib.contextmanager
def driven(name: str, command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Session]:
    """Yield a programme to be driven by keys, and stop it at the end, however that comes; its
    `recording` stands there afterwards. A key that was not answered ends it, is told on stderr
    under `name`, and leaves it `silent`."""
    session = Session(command, environment)
    try:
        yield session
    except (TimeoutError, OSError) as error:
        session.silent = True
        print(f"{name}: {error}", file=sys.stderr)
    finally:
        session.recording = session.stop()


def record(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    quiet: float = 1.0,
    limit: float = 30,
    until: str | None = None,
    folder: Path | None = None,
) -> Recording:
    """Start a full-screen programme, listen until it has come to rest, and stop it."""
    session = Session(command, environment, folder=folder)
    session.listen(quiet=quiet, limit=limit, until=until.encode() if until else None)
    return session.stop()
