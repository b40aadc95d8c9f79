"""`at-tui metrics`: on the screen, as JSON, PDF and workbook; small groups and names held back."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from at_tui.metrics.workbook import plain
from data.opening import open_store
from schema.tables import Metric, Recruitment, Trainee, Training
from tests.at_tui.cli.conftest import Run

HOSTILE = '=HYPERLINK("http://x.example","Umeå")'


def group(sex: str, place: str, applicants: int, filled: int = 0) -> dict[str, Any]:
    return {
        "sex": sex, "place": place, "applicants": applicants, "interviewed": filled,
        "filled": filled,
    }  # fmt: skip


@pytest.fixture
def year(empty: Path) -> Path:
    """Two rounds of 2026, one block broken off, one who stayed and one who left."""
    store = open_store(empty, None)
    with store.work("test") as work:
        work.save(
            Recruitment(
                year=2026,
                title="=1+1 Start mars",
                blocks=8,
                groups=[group("woman", "Lund", 12, 5), group("man", "Umeå", 1, 1)],
            )
        )
        work.save(
            Recruitment(
                year=2026, title="Start september", blocks=4, groups=[group("man", HOSTILE, 9, 4)]
            )
        )
        work.save(Metric(year=2026, code="st-kontrakt", numerator=38, denominator=40, source="HR"))
        for name, ended, completed, stayed in (
            ("Alva Testsson", date(2026, 5, 1), False, None),
            ("Nils Exempel", date(2025, 5, 1), True, True),
            ("Maja Påhittad", date(2025, 9, 1), True, False),
        ):
            trainee = work.save(Trainee(name=name))
            work.save(
                Training(
                    trainee_id=trainee.id,
                    programme_id="blekinge",
                    start=date(2024, 1, 8),
                    ended_on=ended,
                    ended_reason="" if completed else "flyttade",
                    completed=completed,
                    stayed=stayed,
                )
            )
    store.close()
    return empty


def test_the_set_is_that_of_the_programme_most_follow(run: Run, year: Path) -> None:
    said = run("metrics", 2026, "--database", year)
    assert said.code == 0
    assert said.out.startswith("Mätetal 2026 · Blekinge\n")
    [line] = [line for line in said.out.splitlines() if "AT-läkare kvar" in line]
    assert line.split()[-6:] == ["1", "av", "2", "75", "%", "inte"] or "1 av 2" in line
    assert "inte nått" in line


def test_json_holds_numerator_denominator_and_target(run: Run, year: Path) -> None:
    said = run("metrics", 2026, "--database", year, "--json")
    document = json.loads(said.out)
    assert (document["format"], document["set"]["id"]) == ("at-tui-metrics", "blekinge")
    found = {one["id"]: one for one in document["figures"]}
    contract = found["st-kontrakt"]
    assert (contract["numerator"], contract["denominator"]) == (38, 40)
    assert (contract["value"], contract["outcome"]) == (0.95, "not_reached")
    assert contract["source"]["document"] == "S004"


def test_nobody_is_named_and_no_small_group_told_unless_asked_for(run: Run, year: Path) -> None:
    words = ("metrics", 2026, "--set", "jonkoping", "--database", year)
    plainly = run(*words, "--json").out
    assert "Alva" not in plainly
    assert "Umeå" not in plainly.replace(HOSTILE, "")
    named = run(*words, "--json", "--names").out
    assert "Alva Testsson" in named
    assert "flyttade" in named


def test_the_pdf_says_the_same(run: Run, year: Path, tmp_path: Path) -> None:
    path = tmp_path / "mätetal.pdf"
    said = run("metrics", 2026, "--set", "jonkoping", "--database", year, "-o", path)
    assert said.code == 0
    reader = pypdf.PdfReader(path)
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Mätetal 2026" in words
    assert "83,3 %" in words
    assert "10 av 12" in words
    assert "Lund 12, övriga 10" in words
    assert "AT-koncept för Region Jönköpings län, Mätetal." in words
    assert "Alva" not in words


def test_no_cell_of_the_workbook_starts_a_formula(run: Run, year: Path, tmp_path: Path) -> None:
    path = tmp_path / "mätetal.xlsx"
    said = run("metrics", 2026, "--set", "jonkoping", "--names", "--database", year, "-o", path)
    assert said.code == 0
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=1+1 Start mars" in texts
    assert not [value for value in texts if value.startswith(("=", "+", "-", "@"))]
    assert "f" not in {cell.data_type for cell in cells}
    rows = {str(row[0]): row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["Tillsatta AT-block"][1:5] == (10, "tillsatta block", 12, "utlysta block")


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_compute_is_told_as_text(start: str) -> None:
    assert not plain(start).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["26"], 2, "inget årtal"),
        (["2026", "--set", "mars"], 2, "grund"),
        (["2026", "-o", "tal.docx"], 2, ".pdf eller .xlsx"),
        (["2026", "-o", "tal.pdf", "--json"], 2, "antingen"),
    ],
)
def test_wrong_use_is_answered_in_a_sentence(
    run: Run, empty: Path, words: list[str], code: int, sentence: str
) -> None:
    said = run("metrics", *words, "--database", empty)
    assert said.code == code
    assert sentence in said.err
