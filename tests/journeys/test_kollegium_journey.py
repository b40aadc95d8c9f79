"""A kollegium of sixty in a real terminal: sorted, printed, held, killed, gone on with, closed."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.journeys.terminal import Terminal, clean_environment, installed

ON = "2026-11-24"
"""The day of the demo's meeting."""
TAKEN_UP = 60
KILLED_AT = 25
PIN = "2468"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journey") / "home"


@pytest.fixture(scope="module")
def demo(home: Path) -> Path:
    """Write the demo of Dalarna's size with the command a user would type."""
    path = home.parent / "dalarna.db"
    run(home, "demo", "--size", "dalarna", "--database", str(path), "--on", ON)
    return path


def run(home: Path, *words: str) -> None:
    """Run a command as a user does."""
    subprocess.run([installed(), *words], env=clean_environment(home), check=True, timeout=180)


def text_of(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def open_meeting(terminal: Terminal, said: str) -> None:
    """Go from the first page to the meeting of the day."""
    terminal.wait_for("ATT GÖRA NU", said)
    terminal.press("home", "enter")


def choose_sixty(terminal: Terminal) -> None:
    """Take up those to discuss, and the last of those on track until they are sixty."""
    terminal.wait_for("BEHÖVER SAMTAL", "112 av 112")
    terminal.press("v")
    terminal.wait_for("de som ska diskuteras")
    terminal.press("down", "enter")
    # Everyone was marked before the choice, and the title of that may still stand there.
    chosen = int(terminal.wait_for_pattern(r"\b(?!112)(\d+) av 112")[1])
    terminal.press("end")
    # Space marks and steps down (from the last to the first); k steps up.
    terminal.type(" kk" * (TAKEN_UP - chosen))
    terminal.wait_for(f"{TAKEN_UP} av 112")


def at(number: int) -> str:
    return f"· {number} av {TAKEN_UP} ·"


def test_sixty_are_taken_up_over_a_kill_and_the_minutes_tell_it(demo: Path, home: Path) -> None:
    # Before the meeting: the pack of those to discuss, each once.
    pack = home.parent / "pack.pdf"
    run(home, "kollegium", "pack", "--discuss", "--database", str(demo), "--on", ON,
        "-o", str(pack))  # fmt: skip
    assert len(pypdf.PdfReader(pack).pages) > 40

    command = [installed(), "--database", str(demo), "--on", ON]
    with Terminal(command, home=home, patience=60) as terminal:
        open_meeting(terminal, "håll mötet")
        # The sorting is there with its reasons, and who is taken up is chosen.
        choose_sixty(terminal)
        terminal.press("f2")
        terminal.wait_for(at(1), "FÖRRA GÅNGEN", "BEHÖVER SAMTAL", "1 på spår")
        for number in range(1, KILLED_AT):
            terminal.press("2" if number < 20 else "4", "right")
            terminal.wait_for(at(number + 1))
        name = terminal.row_with(at(KILLED_AT)).partition(at(KILLED_AT))[2].split("  ")[0].strip()
        assert name
        terminal.press("4", "enter")
        terminal.type("Komplettera med tv")
        terminal.wait_for("Komplettera med tv", "sparat")
        terminal.kill()

    with Terminal(command, home=home, patience=60) as terminal:
        open_meeting(terminal, "kollegiet är inte avslutat")
        # The same doctor, the same decision, the same half word.
        terminal.wait_for(at(KILLED_AT), name, "▸4", "Komplettera med tv")
        terminal.press("enter", "end")
        terminal.type("å DOPS före jul")
        terminal.wait_for("Komplettera med två DOPS före jul")
        terminal.press("enter")
        terminal.type("Boka två DOPS")
        terminal.press("tab", "tab")
        terminal.type("18 dec")
        terminal.press("enter")
        terminal.wait_for("○ Boka två DOPS", "till 18 dec 2026")
        terminal.press("escape", "right")
        terminal.wait_for(at(KILLED_AT + 1))

        # The thin ones are to be completed; those on track are shown, and put on track together.
        for number in range(KILLED_AT + 1, TAKEN_UP):
            thin = "TUNT UNDERLAG" in terminal.wait_for(at(number))
            terminal.press(*(["4", "right"] if thin else ["right"]))
        terminal.wait_for(at(TAKEN_UP))
        terminal.press("p")
        terminal.wait_for("Sätta på spår för", "De har visats")
        terminal.press("j")
        terminal.wait_for("▸1 ✓ på spår")

        # The end: everybody has a decision, and the chair signs with a PIN chosen now.
        terminal.press("f2")
        terminal.wait_for("Avsluta mötet", "Alla har ett beslut.", "Tuva Korridorsson")
        terminal.press("f2")
        terminal.wait_for("Avsluta och signera mötet", "60 av 60")
        for _ in range(2):
            terminal.type(PIN)
            terminal.press("enter")
        terminal.wait_for("signerat av Tuva Korridorsson", "Boka två DOPS")

        # The minutes, printed from the page.
        terminal.press("p")
        terminal.wait_for("Skriv ut från mötet")
        terminal.press("f2")
        terminal.wait_for("Utskrivet")

    (minutes,) = home.rglob("Kollegieprotokoll*.pdf")
    words = text_of(minutes)
    assert name in words
    assert "Komplettera med två DOPS före jul" in words
    assert "Boka två DOPS" in words
    assert "Avslutat och signerat av Tuva Korridorsson 24 nov 2026" in words
    assert "Utan beslut" not in words
    assert "Samtal (19)" in words

    # And by the command, the same.
    again = home.parent / "again.pdf"
    run(home, "kollegium", "minutes", ON, "--database", str(demo), "--on", ON, "-o", str(again))
    assert text_of(again) == words
