"""The main job, end to end, as a supervisor does it on the first afternoon: from an empty folder to
a printed certificate, in a real terminal of 80×24."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from tests.journeys.terminal import Terminal, clean_environment, installed

ROOT = Path(__file__).parents[2]
ON = "2026-11-24"
PASSPHRASE = "fyra glada gråa ankor"
SUPERVISOR_PIN, TRAINEE_PIN, CERTIFIER_PIN = "4711", "1984", "2468"


class Desk:
    """The terminal with the supervisor's habits: look before typing, look after."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def see(self, *texts: str) -> str:
        """Wait for a page, and until it has come to rest."""
        self.terminal.wait_for(*texts)
        return self.terminal.settle(0.3)

    def press(self, *keys: str) -> None:
        """Press keys one at a time, each answered before the next."""
        for key in keys:
            self.terminal.press(key)
            self.terminal.settle(0.1)

    def type(self, words: str) -> None:
        """Type into a field and see the words there."""
        self.terminal.type(words)
        self.terminal.settle(0.15)

    def secret(self, words: str, sign: str = "•") -> None:
        """Type what is not shown, and see as many dots."""
        self.terminal.type(words)
        self.terminal.wait_for(sign * len(words))

    def until(self, key: str, holds: Callable[[str], bool], most: int = 20) -> str:
        """Press `key` until the screen is as wanted."""
        for _ in range(most):
            seen = self.terminal.settle(0.15)
            if holds(seen):
                return seen
            self.press(key)
        raise AssertionError(f"{key} never led there:\n{self.terminal.text()}")

    def choose_row(self, words: str) -> None:
        """Filter a list by typing, so that one row is left, and open it."""
        self.press("/")
        self.type(words)
        self.press("enter")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(ROOT / "docs" / "examples" / "startgrupp.csv", folder / "startgrupp.csv")
    return folder


@pytest.mark.timeout(900)
def test_the_main_job_from_an_empty_folder_to_a_certificate(home: Path) -> None:
    with Terminal([installed(), "--on", ON], home=home, patience=60) as terminal:
        desk = Desk(terminal)
        recovery_key = first_run(desk)
        import_the_group(desk)
        weekly_session(desk)
        dops(desk)
        mini_cex(desk)
        dalarnas_document(desk)
        goals(desk)
        certificate(desk)
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    read_it_all_back(home, recovery_key)


def first_run(desk: Desk) -> str:
    desk.see("Välkommen", "Börja")
    desk.press("enter")
    desk.see("steg 1 av 3")
    desk.secret(PASSPHRASE)
    desk.press("tab")
    desk.terminal.type(PASSPHRASE)
    desk.press("ctrl+s")
    desk.see("steg 2 av 3")
    key = desk.terminal.wait_for_pattern(r"([2-9A-HJ-NP-Z]{5}-){6}[2-9A-HJ-NP-Z]{4}").group(0)
    desk.type(key[-4:])
    desk.press("ctrl+s")
    desk.see("steg 3 av 3")
    desk.type("Berit Handledarsson")
    desk.press("tab")
    desk.type("distriktsläkare")
    desk.press("ctrl+s")
    desk.see("Importera en startgrupp")
    return key


def import_the_group(desk: Desk) -> None:
    desk.press("down", "enter")
    desk.see("startgrupp.csv")
    desk.type("startgrupp.csv")
    desk.press("enter")
    seen = desk.see("3 läkare, 15 placeringar")
    assert "✓ Élise Påhitt" in seen
    desk.press("f2")
    desk.see("ATT GÖRA NU", "Alva Testsson")


def weekly_session(desk: Desk) -> None:
    """Log this week's session from the first page, in at most six keys."""
    before = desk.terminal.keys_pressed
    desk.press("l")
    desk.see("Alva Testsson", "Élise Påhitt")
    desk.press("enter")
    desk.see("Alva Testsson", "Översikt")
    desk.press("s")
    desk.see("Alva Testsson · handledning", "Hölls")
    desk.press("ctrl+s")
    desk.see("1 av 20 veckor med samtal")
    assert desk.terminal.keys_pressed - before <= 6


def new_form(desk: Desk, name: str, title: str) -> None:
    """From the AT-läkare's page, choose an instrument."""
    desk.press("b")
    desk.see("Ny bedömning", name)
    desk.press("/")
    desk.see("Sök:")
    desk.type(name)
    desk.press("enter")
    desk.see(f"{title} · Alva Testsson")


def sign_by_both(desk: Desk, title: str, *, first: bool) -> None:
    """Sign as the assessor and let the AT-läkare confirm; the first time both choose a PIN."""
    desk.press("f2")
    desk.see("─ Signera ", title)
    for pin in (SUPERVISOR_PIN, TRAINEE_PIN):
        desk.see("Välj PIN-kod" if first else "PIN-kod")
        desk.secret(pin)
        desk.press("enter")
        if first:
            desk.see("Samma en gång till")
            desk.secret(pin)
            desk.press("enter")
    desk.see("signerad", "Berit Handledarsson", "Alva Testsson")
    desk.press("escape")
    desk.see("Översikt", "Senaste bedömningar")


def dops(desk: Desk) -> None:
    new_form(desk, "DOPS", "DOPS")
    desk.type("sutur av sårskada")
    desk.press("tab", "right", "tab", "right", "tab")
    desk.type("2")
    desk.press("tab")
    desk.type("Lugn och metodisk, förklarade för patienten.")
    desk.press("tab")
    desk.type("Dra åt knuten mindre.")
    desk.press("tab", "4", *"3444-4-444")
    desk.see("11 av 11")
    sign_by_both(desk, "DOPS", first=True)


def mini_cex(desk: Desk) -> None:
    new_form(desk, "Mini-CEX", "Mini-CEX")
    desk.type("bröstsmärta, akutmottagning")
    desk.press("tab", "right", "tab", "right", "tab")
    desk.type("15")
    desk.press("tab")
    desk.type("5")
    desk.press("tab")
    desk.type("Sammanfattade för patienten innan undersökningen.")
    desk.press("tab")
    desk.type("Fråga om läkemedel tidigare.")
    desk.press("tab", *"4343444")
    desk.see("7 av 7")
    sign_by_both(desk, "Mini-CEX", first=False)


def dalarnas_document(desk: Desk) -> None:
    """All sixteen areas as expected with one key, then those that differ."""
    new_form(desk, "Återkopplingsdokument", "Återkoppling")
    desk.press("f5")
    desk.see("16 av 16")
    desk.press("down", "down", "4", "2")
    # Levels without a word are not complete; the list leads to the field.
    desk.press("f2")
    desk.see("saknas innan signering", "fyll i minst ett fält")
    desk.press("enter")
    desk.see("16 av 16")
    desk.type("Tar ansvar för hela patienten.")
    desk.see("Tar ansvar för hela patienten.")
    sign_by_both(desk, "Alva Testsson", first=False)


def goals(desk: Desk) -> None:
    """To Nils, whose psychiatry has ended: mark the goals of its chapter in one go."""
    desk.press("escape")
    desk.see("Élise Påhitt", "Nils Exempel")
    desk.press("/")
    desk.see("Sök:")
    desk.type("nils")
    desk.press("enter")
    desk.see("Nils Exempel", "Översikt")
    desk.press("5")
    desk.see("Psykiatri", "0 av 16")
    desk.press("enter")
    desk.see("Mål · Nils Exempel", "0 av 91 markerade")
    desk.press("5")
    desk.see("5 kap. Psykiatri")
    desk.press(*["space"] * 16, "k")
    desk.see("Markera 16 mål", "vilar på")
    desk.type("Samtal med handledaren i psykiatrin.")
    desk.press("enter")
    desk.see("16 av 91 markerade")
    # What is lacking is one key away.
    desk.press("f")
    desk.see("inget underlag")
    desk.press("escape")
    desk.see("Nils Exempel", "Översikt")


def certificate(desk: Desk) -> None:
    """Issue it, signed on delegation since the verksamhetschef is no physician."""
    desk.press("1")
    desk.see("psykiatri slut, intyg saknas")
    desk.press("/")
    desk.see("Sök:")
    desk.type("psykiatri")
    desk.press("enter")
    desk.see("Intyg · Nils Exempel · psykiatri", "åtgärda")
    assert "inte legitimerad läkare" in desk.terminal.text()
    desk.press("f2")
    desk.see("Inget är utfärdat")
    desk.press("n")
    desk.press("h")
    desk.press("u")
    desk.see("1 att åtgärda")
    desk.until("up", lambda seen: "väljer vem som undertecknar" in seen)
    desk.press("enter")
    desk.until("right", lambda seen: "Åsa Remisslöv" in seen)
    desk.see("På delegation av")
    desk.press("tab", "tab")
    desk.type("Örjan Schemastrand")
    desk.terminal.wait_gone("att åtgärda")
    desk.press("f2")
    desk.see("Underteckna intyget", "På delegation av verksamhetschef")
    desk.secret(CERTIFIER_PIN)
    desk.press("enter")
    desk.see("Samma en gång till")
    desk.secret(CERTIFIER_PIN)
    desk.press("enter")
    desk.see("Mapp")
    desk.press("enter")
    desk.see("Utskrivet")


def read_it_all_back(home: Path, recovery_key: str) -> None:
    """What the programme kept, read with the command line and from the printed page."""
    secret = home / "lösenfras.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    environment = clean_environment(home, AT_TUI_PASSPHRASE_FILE=str(secret))

    def said(*words: str) -> str:
        done = subprocess.run(
            [installed(), *words], env=environment, capture_output=True, check=True, cwd=home
        )
        return done.stdout.decode()

    assert "Filen är hel" in said("verify")
    assert [t["name"] for t in json.loads(said("trainees", "--json"))] == [
        "Alva Testsson", "Élise Påhitt", "Nils Exempel",
    ]  # fmt: skip
    marked = [g for g in json.loads(said("goals", "nils", "--json")) if g["status"] == "marked"]
    assert {g["id"].split(":")[0] for g in marked} == {"5"}
    assert len(marked) == 16

    kept = json.loads(said("export", "-"))
    assert {(a["instrument_id"], a["status"]) for a in kept["assessment"]} == {
        ("dops", "signed"), ("mini-cex", "signed"), ("dalarna-aterkoppling", "signed"),
    }  # fmt: skip
    # Six signatures on three forms, one on the certificate.
    assert len(kept["signature"]) == 7
    (session,) = [s for s in kept["supervision"] if s["status"] == "held"]
    assert session["day"] == ON

    (printed,) = home.rglob("*.pdf")
    page = " ".join(pypdf.PdfReader(printed).pages[0].extract_text().split())
    for words in (
        "Nils Exempel", "19640823-3234", "Psykiatri", "Åsa Remisslöv",
        "På delegation av verksamhetschef", "Örjan Schemastrand", "sida 1 av 1",
    ):  # fmt: skip
        assert words in page
    assert "UTKAST" not in page

    # Nothing of it lies in the clear, and neither does what opens it.
    for file in home.rglob("*"):
        if file.is_file() and file.suffix not in (".pdf", ".csv", ".txt"):
            content = file.read_bytes()
            for words in ("Testsson", "sutur av", PASSPHRASE, recovery_key):
                assert words.encode() not in content, f"{words} in {file.name}"
