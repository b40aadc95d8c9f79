"""`at-tui export`: lists and dates, where they land, and who can read them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from at_tui.interchange.lists import NAMES
from tests.at_tui.cli.conftest import Run


def test_lists_are_written_as_csv_one_file_for_each(run: Run, clinic: Path, tmp_path: Path) -> None:
    folder = tmp_path / "listor"
    said = run("export", "--csv", folder, "--database", clinic)
    assert said.code == 0, said.err
    assert len(list(folder.iterdir())) == len(NAMES)
    content = (folder / "Läkare.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Namn"
    assert len(rows) > 6
    assert "inte krypterade" in said.err


def test_one_list_of_one_person_as_a_workbook_and_as_json(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    name = json.loads(run("trainees", "--json", "--database", clinic).out)[0]["name"]
    book, data = tmp_path / "bok.xlsx", tmp_path / "listor.json"
    said = run(
        "export", "--xlsx", book, "--json", data, "--list", "utbildning,placements",
        "--trainee", name, "--database", clinic,
    )  # fmt: skip
    assert said.code == 0, said.err
    sheets = openpyxl.load_workbook(book).worksheets
    assert [sheet.title for sheet in sheets] == ["Placeringar", "Utbildning"]
    assert {row[0].value for row in sheets[0].iter_rows(min_row=2)} == {name}
    lists = json.loads(data.read_text(encoding="utf-8"))["lists"]
    assert set(lists) == {"placements", "education"}
    assert {one["name"] for one in lists["placements"]} == {name}


def test_dates_are_written_as_a_calendar(run: Run, clinic: Path, tmp_path: Path) -> None:
    path = tmp_path / "datum.ics"
    said = run("export", "--ics", path, "--on", "2026-11-24", "--database", clinic)
    assert said.code == 0, said.err
    calendar = Calendar.from_ical(path.read_bytes())
    assert len(list(calendar.walk("VEVENT"))) > 20
    name = json.loads(run("trainees", "--json", "--database", clinic).out)[0]["name"]
    only = tmp_path / "en.ics"
    run("export", "--ics", only, "--trainee", name, "--on", "2026-11-24", "--database", clinic)
    events = list(Calendar.from_ical(only.read_bytes()).walk("VEVENT"))
    assert 0 < len(events) < len(list(calendar.walk("VEVENT")))
    assert all(
        name in str(e["summary"]) for e in events if "kollegium" not in str(e["summary"]).lower()
    )


def test_files_can_be_read_by_their_owner_only(run: Run, clinic: Path, tmp_path: Path) -> None:
    folder = tmp_path / "listor"
    run(
        "export", "--csv", folder, "--xlsx", tmp_path / "b.xlsx", "--json", tmp_path / "l.json",
        "--ics", tmp_path / "d.ics", "--on", "2026-11-24", "--database", clinic,
    )  # fmt: skip
    written = [*folder.iterdir(), tmp_path / "b.xlsx", tmp_path / "l.json", tmp_path / "d.ics"]
    assert len(written) == len(NAMES) + 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in (*written, folder))


def test_a_folder_that_is_copied_elsewhere_is_warned_of(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "OneDrive - Region Prov"
    folder.mkdir()
    said = run("export", "--xlsx", folder / "bok.xlsx", "--database", clinic)
    assert said.code == 0, said.err
    assert "OneDrive" in said.err
    assert "kopieras till andra datorer" in said.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--csv", "{there}"), 2),
        (("--xlsx", "{folder}/saknas/bok.xlsx"), 4),
        (("--xlsx", "{folder}"), 4),
        (("--csv", "{folder}/l", "--list", "recept"), 2),
        (("--ics", "{folder}/d.ics", "--trainee", "Ingen Alls"), 1),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    run: Run, clinic: Path, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    there = tmp_path / "fil.txt"
    there.write_text("min", encoding="utf-8")
    before = set(tmp_path.rglob("*"))
    filled = [word.format(there=there, folder=tmp_path) for word in words]
    said = run("export", *filled, "--database", clinic)
    assert (said.code, bool(said.err)) == (code, True)
    assert there.read_text(encoding="utf-8") == "min"
    after = {path for path in set(tmp_path.rglob("*")) - before if path.is_file()}
    assert not {path for path in after if path.suffix in (".csv", ".xlsx", ".ics")}


def test_everything_and_lists_can_be_written_by_one_command(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    said = run(
        "export", tmp_path / "allt.json", "--xlsx", tmp_path / "bok.xlsx", "--database", clinic
    )
    assert said.code == 0, said.err
    document = json.loads((tmp_path / "allt.json").read_text(encoding="utf-8"))
    assert document["format"] == "at-tui/interchange"
    assert (tmp_path / "bok.xlsx").exists()
