"""What a real terminal holds of the records while the programme is locked, and after its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data import opening
from data.node import NodeMemory
from schema.tables import Person, Supervision, Trainee, Training
from schema.words import SupervisionStatus
from tests.journeys.emulator import Emulator
from tests.journeys.terminal import Terminal, clean_environment, installed

PASSPHRASE = "räksmörgås på taket"
ON = "2026-11-24"
SECRETS = ("Zebulon", "Påhittsson", "kryptisk")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A home with an encrypted file of records, and the passphrase in a file beside it."""
    home = tmp_path / "home"
    clean_environment(home)
    path = home / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    key = opening.unlock(path, passphrase=PASSPHRASE)
    store = opening.open_store(path, key, memory=NodeMemory(tmp_path / "nodes.json"))
    with store.work("test") as work:
        owner = work.save(Person(name="Siv Prövare"))
        who = work.save(Trainee(name="Zebulon Påhittsson"))
        training = work.save(Training(trainee_id=who.id, start=date(2026, 9, 1)))
        work.save(
            Supervision(
                training_id=training.id, day=date(2026, 11, 24), note="kryptisk anteckning",
                status=SupervisionStatus.PLANNED,
            )
        )  # fmt: skip
        work.set_fact("owner_id", owner.id)
    store.close()
    (home / "phrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return home


def opened(home: Path) -> Terminal:
    command = [installed(), "--database", str(home / "at.db"), "--on", ON]
    return Terminal(
        command, home=home, environment={"AT_TUI_PASSPHRASE_FILE": str(home / "phrase")}
    )


def behind(emulator: Emulator) -> str:
    """Return what stands on the terminal's own screen, which scrolls, under the programme's."""
    return "\n".join(emulator._main[0].display)


def readable(words: str) -> list[str]:
    return [secret for secret in (*SECRETS, PASSPHRASE) if secret in words]


def test_a_locked_terminal_shows_nothing_and_the_passphrase_opens_it_again(sealed: Path) -> None:
    with opened(sealed) as terminal:
        terminal.wait_for("Zebulon")
        terminal.press("ctrl+l")
        locked = terminal.wait_for("Lösenfras")
        assert readable(locked) == []
        assert terminal._emulator.full_screen
        # The screen could be made larger: nothing comes from behind the lock.
        terminal.resize(120, 40)
        assert readable(terminal.settle(0.5)) == []
        terminal.type(PASSPHRASE)
        assert readable(terminal.settle(0.3)) == []
        terminal.press("enter")
        terminal.wait_for("Zebulon")


def test_nothing_of_the_records_ever_reaches_what_scrolls_back(sealed: Path) -> None:
    with opened(sealed) as terminal:
        terminal.wait_for("Zebulon")
        terminal.press("s")
        terminal.wait_for("Anteckning")
        assert readable(behind(terminal._emulator)) == []
        terminal.press("ctrl+q")
        assert terminal.wait_exit(timeout=10) == 0
        assert not terminal._emulator.full_screen
        assert readable(terminal.text()) == []
        assert readable(behind(terminal._emulator)) == []


def test_a_session_typed_on_screen_leaves_no_readable_word_in_any_file(sealed: Path) -> None:
    """Neither in the records nor in drafts, copies, settings, state or temporary files."""
    with opened(sealed) as terminal:
        terminal.wait_for("Zebulon")
        terminal.press("s")
        terminal.wait_for("Anteckning")
        terminal.settle(0.3)
        terminal.press("n")
        terminal.settle(0.3)
        terminal.type("Zebulon undrade om sepsis")
        terminal.wait_for("utkast sparat", timeout=5)
        terminal.kill()
    files = [path for path in sealed.rglob("*") if path.is_file() and path.name != "phrase"]
    assert any(path.name == "at.db" for path in files)
    content = {path.name: path.read_bytes() for path in files}
    words = ("Zebulon", "Påhittsson", "kryptisk", "sepsis", PASSPHRASE)
    found = {
        name: [word for word in words if word.encode() in data] for name, data in content.items()
    }
    assert {name: hits for name, hits in found.items() if hits} == {}
