"""The study director's year in a real terminal: a start group of sixteen out of a spreadsheet as
somebody keeps it, and the yearly mätetal, with the keys counted."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.terminal import Terminal, clean_environment, installed

ON = "2026-11-24"
NAMES = (
    "Alva", "Nils", "Maja", "Olle", "Åsa", "Élise", "Zlatan", "Eva",
    "Bo", "Siv", "Kurt", "Lovisa", "Milo", "Tage", "Vera", "Örjan",
)  # fmt: skip
BLOCK = (
    ("medicin", "Medicinkliniken Prövköping", date(2027, 2, 1), date(2027, 7, 31)),
    ("kirurgi", "Kirurgkliniken Prövköping", date(2027, 8, 1), date(2028, 1, 31)),
    ("psykiatri", "Psykiatrin Prövköping", date(2028, 2, 1), date(2028, 4, 30)),
    ("allmänmedicin", "Vårdcentralen Prövköping", date(2028, 5, 1), date(2028, 10, 31)),
)
SECONDS_A_KEY, SECONDS_A_DECISION = 0.28, 1.2
"""What a practised user needs for a key, and for each look before the next step."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home whose Downloads hold the list that HR sent, in headings of its own."""
    folder = tmp_path / "home"
    (folder / "Downloads").mkdir(parents=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["Läkare", "Grupp", "Startdatum", "Avsnitt", "Klinik", "Från", "Till", "Handledare"]
    )
    for name in NAMES:
        for section, unit, start, end in BLOCK:
            row = [f"{name} Provgrupp", "VT 2027", date(2027, 2, 1), section, unit, start, end]
            sheet.append([*row, "Göte Nyhandledare"])
    book.save(folder / "Downloads" / "startgrupp-vt27.xlsx")
    return folder


def test_sixteen_begin_and_the_years_figures_are_read(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "exempel.db"
    command = [installed(), "demo", "--size", "clinic", "--database", str(file), "--on", ON]
    subprocess.run(command, env=clean_environment(home), check=True, timeout=120)
    with Terminal(
        [installed(), "--database", str(file), "--on", ON], home=home, patience=60
    ) as terminal:
        terminal.wait_for("ATT GÖRA NU", "MINA AT-LÄKARE")
        before = terminal.keys_pressed
        terminal.press("f3")
        terminal.wait_for("Meny")
        terminal.type("imp")
        terminal.wait_gone("Mätetal")
        terminal.press("enter")
        terminal.wait_for("HITTADE FILER", "startgrupp-vt27.xlsx")
        terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("16 läkare, 64 placeringar", "Göte Nyhandledare är ny i registret")
        terminal.press("f2")
        terminal.wait_for("ATT GÖRA NU", "MINA AT-LÄKARE")
        keys, looks = terminal.keys_pressed - before, 5
        assert keys <= 20
        assert keys * SECONDS_A_KEY + looks * SECONDS_A_DECISION < 3 * 60

        before = terminal.keys_pressed
        terminal.press("f3")
        terminal.wait_for("Meny")
        terminal.type("mä")
        terminal.wait_gone("Importera från fil")
        terminal.press("enter")
        terminal.wait_for("Mätetal 2026", "Sökande")
        assert terminal.keys_pressed - before <= 4
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    told = subprocess.run(
        [installed(), "trainees", "--database", str(file), "--on", "2027-03-01", "--json"],
        env=clean_environment(home), check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    names = {one["name"] for one in json.loads(told.stdout)}
    assert {f"{name} Provgrupp" for name in NAMES} <= names
