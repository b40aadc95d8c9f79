"""A programme that ends badly: killed, its terminal gone, told to stop. What was typed is there."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, clean_environment, installed

ON = "2026-11-24"
WRITTEN = "Vi talade om jourens ensamhet"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with the vårdcentral's demo in the place of the records."""
    home = tmp_path / "home"
    environment = clean_environment(home)
    command = [installed(), "demo", "--size", "clinic", "--database", str(home / "at.db")]
    subprocess.run([*command, "--on", ON], env=environment, check=True, capture_output=True)
    return home


def opened(home: Path) -> Terminal:
    command = [installed(), "--database", str(home / "at.db"), "--on", ON]
    return Terminal(command, home=home)


def opened_by_a_deaf_shell(home: Path) -> Terminal:
    line = shlex.join([installed(), "--database", str(home / "at.db"), "--on", ON])
    return Terminal(["/bin/sh", "-c", f'trap "" HUP; {line}; exit $?'], home=home)


def write(terminal: Terminal) -> None:
    """Open the first one's session and write in its note, without saving."""
    terminal.wait_for("ATT GÖRA NU")
    terminal.press("s")
    terminal.wait_for("Anteckning")
    terminal.settle(0.3)
    terminal.press("n")
    terminal.settle(0.3)
    terminal.type(WRITTEN)
    terminal.wait_for(WRITTEN)


def finds_draft(home: Path) -> None:
    """Open the programme again: it says that a draft is there, and the page has it."""
    with opened(home) as terminal:
        terminal.wait_for("Ett utkast ligger kvar")
        terminal.press("s")
        terminal.wait_for("hämtat")
        # The message may lie over the note until it has been read.
        terminal.wait_for(WRITTEN)


def test_after_a_kill_the_draft_is_back_and_said(home: Path) -> None:
    with opened(home) as terminal:
        write(terminal)
        terminal.wait_for("utkast sparat", timeout=3)
        terminal.kill()
    finds_draft(home)


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_programme_that_is_told_to_end_keeps_the_last_letter(home: Path, name: str) -> None:
    with opened(home) as terminal:
        write(terminal)
        os.kill(terminal._process.pid, getattr(signal, name))
        assert terminal.wait_exit(timeout=10) == 0
    finds_draft(home)


@pytest.mark.parametrize("told", [True, False])
def test_a_terminal_that_is_closed_ends_the_programme_and_keeps_the_draft(
    home: Path, told: bool
) -> None:
    """Also where the kernel tells nobody but a shell that keeps it to itself, as `make` does."""
    with opened(home) if told else opened_by_a_deaf_shell(home) as terminal:
        write(terminal)
        # The window closes: the kernel hangs up on whoever runs in it.
        terminal._process.fileobj.close()
        terminal._ended = True
        deadline = time.monotonic() + 30
        ended, status = os.waitpid(terminal._process.pid, os.WNOHANG)
        while not ended:
            if time.monotonic() > deadline:
                os.killpg(terminal._process.pid, signal.SIGKILL)
                pytest.fail("the programme runs on without a terminal")
            time.sleep(0.1)
            ended, status = os.waitpid(terminal._process.pid, os.WNOHANG)
        terminal._process.terminated = True
        # By itself, not by the signal; the code is Python's, which cannot write to the terminal.
        assert os.WIFEXITED(status)
    finds_draft(home)
