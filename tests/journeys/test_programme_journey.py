"""A new user with the demo: who is late with supervision, why, the session logged, and it turns."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, clean_environment, installed

ON = "2026-11-24"
"""A Tuesday: the demo is the same for the same day."""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Write the vårdcentral's demo with the command a user would type."""
    path = tmp_path / "demo.db"
    command = [installed(), "demo", "--size", "clinic", "--database", str(path), "--on", ON]
    subprocess.run(command, env=clean_environment(tmp_path / "home"), check=True, timeout=120)
    return path


def test_the_late_one_is_found_understood_and_turned(demo: Path, tmp_path: Path) -> None:
    command = [installed(), "--database", str(demo), "--on", ON]
    with Terminal(command, home=tmp_path / "home", patience=60) as terminal:
        # Idag says who nobody has met, and soon what the plan says of each.
        terminal.wait_for("ATT GÖRA NU", "Nils Exempel", "inget samtal på 6 veckor")
        terminal.wait_for("försenat")

        # His page: everything that the plan asks. Dalarna's says nothing of how often.
        terminal.press("l")
        terminal.wait_for("Åsa Provdahl")
        terminal.press("/")
        terminal.wait_for("Sök:")
        terminal.type("Nils")
        terminal.wait_gone("Åsa Provdahl")
        terminal.press("enter")
        terminal.wait_for("1 Översikt", "Nils Exempel")
        terminal.press("7")
        terminal.wait_for("Dalarna: allmäntjänstgöring", "Försenat")

        # The vårdcentral follows another plan: what would change is shown before it is changed.
        terminal.press("p")
        terminal.wait_for("Välj program", "VGR: primärvård")
        terminal.press("/")
        terminal.wait_for("Sök:")
        terminal.type("VGR")
        terminal.wait_gone("Hudiksvall")
        terminal.press("enter")
        terminal.wait_for("byt till höger", "krävs inte")
        terminal.press("b")
        terminal.wait_for("Bedömt i dag mot", "ingenting är sparat", "Nya krav")
        terminal.press("ctrl+s")
        terminal.wait_for("Byt program för Nils Exempel?")
        terminal.press("j")
        terminal.wait_for("VGR: primärvård", "gäller", "! Handledning minst 1 h", "3 av 10 v")

        # Why: the sentence, the weeks, and the source that asks for it.
        terminal.press("enter")
        terminal.wait_for("Det som räknats", "! försenat", "(inställd: kurs)")
        assert "Regler runt" in terminal.text()

        # The session, as it was held today.
        terminal.press("g")
        terminal.wait_for("Nils Exempel · handledning", "Anteckning")
        terminal.press("ctrl+s")
        terminal.wait_for("VGR: primärvård")

        # It has turned: no longer late.
        terminal.wait_for("4 av 11 v")
        row = terminal.row_with("4 av 11 v")
        assert "→ Handledning minst 1 h" in row
