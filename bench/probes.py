"""What is measured: each probe runs once per round and returns its figures by name."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.peers import Peer
from bench.recording import Session, driven, record
from bench.world import PASSPHRASE, World
from tests.journeys.terminal import clean_environment, installed

Figures = dict[str, list[float]]
Probe = Callable[[], Figures]

TEN_LINES = Path(__file__).parent / "ten_lines.py"
PLAIN_FORM = Path(__file__).parent / "plain_form.py"
DOWN, UP, ENTER, ESCAPE = b"\x1b[B", b"\x1b[A", b"\r", b"\x1b"
_KEYS_A_ROUND = 12
_FORM, _LARGE = b"s", b"d"
_OPENING = (ENTER, _FORM, b"b", b"o", b"m", b"l", _LARGE)
"""Keys of the first page: what the row says, a session, the forms, the doctor's page, the goals,
the list of all and a DOPS. Each is opened twice a round: the first time is the slower one."""
_KIND = {_FORM: "open form", _LARGE: "open large form"}
"""Those that have a row of their own besides."""


def command(name: str, words: Iterable[str], environment: dict[str, str]) -> Probe:
    """Return a probe of a command's whole run, from start to end; none if it does not do it."""
    line = list(words)

    def run() -> Figures:
        start = time.perf_counter()
        done = subprocess.run(line, env=environment, check=False, capture_output=True, text=True)
        taken = (time.perf_counter() - start) * 1000
        if done.returncode:
            print(f"\n{name}: {done.stderr.strip()}", file=sys.stderr)
            return {name: []}
        return {name: [taken]}

    return run


def empty_python(folder: Path) -> Probe:
    """Return a probe of the least that anything in Python costs."""
    return command("pass", [sys.executable, "-c", "pass"], clean_environment(folder))


def ten_lines(folder: Path) -> Probe:
    """Return a probe of the least that a Textual application costs."""

    def run() -> Figures:
        taken = record([sys.executable, str(TEN_LINES)], clean_environment(folder), quiet=0.5)
        at = taken.first_frame()
        return {"ten lines": [] if at is None else [at * 1000]}

    return run


def plain_form(folder: Path) -> Probe:
    """Return a probe of the least that opening a form in Textual costs, to its last letter."""

    def run() -> Figures:
        figures: Figures = {"plain form": []}
        plain = [sys.executable, str(PLAIN_FORM)]
        with driven("plain form", plain, clean_environment(folder)) as session:
            session.listen(quiet=1, limit=15)
            for _ in range(4):
                figures["plain form"].append(_opening(session, _FORM))
        return figures

    return run


def start(world: World) -> Probe:
    """Return a probe of the screens: first frame, first data, and what they hold in memory."""

    def run() -> Figures:
        taken = record([installed()], world.environment, quiet=1.5, limit=15)
        frame, usable = taken.first_frame(), taken.first_with(world.names)
        return {
            "frame": [] if frame is None else [frame * 1000],
            "usable": [] if usable is None else [usable * 1000],
            "memory": [taken.at_rest] if taken.at_rest else [],
            "memory, most": [taken.memory],
        }

    return run


def keys(world: World) -> Probe:
    """Return a probe of keys on the first screen, and of opening the pages that it leads to."""

    def run() -> Figures:
        figures: Figures = {"key": [], "open": [], "open form": [], "open large form": []}
        with driven("keys", [installed()], world.environment) as session:
            session.listen(quiet=1.5, limit=15)
            for key in itertools.islice(itertools.cycle([DOWN, DOWN, UP]), _KEYS_A_ROUND):
                first, _ = session.answer(key)
                figures["key"].append(first * 1000)
            for key in _OPENING * 2:
                figures["open"].append(_opening(session, key))
                if key in _KIND:
                    figures[_KIND[key]].append(figures["open"][-1])
        return figures

    return run


def _opening(session: Session, key: bytes) -> float:
    """Return milliseconds from `key` to the last letter of the page it opens, and close that."""
    # A page's title may stand a while before what is read for it.
    _, last = session.answer(key, quiet=0.35)
    session.answer(ESCAPE, quiet=0.3)
    return last * 1000


def saving(world: World) -> Probe:
    """Return a probe of saving a session durably, less what the disk itself takes for one sync."""
    from data.opening import open_store, unlock
    from schema.tables import Supervision

    store = open_store(world.database, unlock(world.database, passphrase=PASSPHRASE))
    with store.read() as work:
        (session,) = work.all(Supervision, limit=1)

    def run() -> Figures:
        start = time.perf_counter()
        with store.work("bench") as work:
            found = work.need(Supervision, session.id)
            found.note = f"Gick igenom två konsultationer. {start}"
        taken = (time.perf_counter() - start) * 1000
        return {"save": [max(0.0, taken - _sync_ms(world.database.parent))]}

    return run


def _sync_ms(folder: Path) -> float:
    """Return what the disk takes to keep 4 kB for good."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(os.urandom(4096))
        file.flush()
        start = time.perf_counter()
        os.fsync(file.fileno())
        return (time.perf_counter() - start) * 1000


def certificate(world: World) -> Probe:
    """Return a probe of a placement certificate, from the command to the file."""
    trainee = next(trainee for trainee in world.trainees if trainee["placement_id"])
    target = world.database.with_name("certificate.pdf")
    ids = [str(trainee["id"]), str(trainee["placement_id"])]
    words = [installed(), "certificate", *ids, "-o", str(target)]

    def run() -> Figures:
        target.unlink(missing_ok=True)
        return command("certificate", words, world.environment)()

    return run


def peer(which: Peer) -> Probe:
    """Return a probe of a comparable programme's start."""
    return lambda: {name: [at] for name, at in which.start().items()}
