"""`at-tui import`: reading a file, listing what was read, and taking it back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.at_tui.cli.conftest import Run

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "startgrupp.csv"


def names(run: Run, database: Path) -> list[str]:
    found = json.loads(run("trainees", "--all", "--json", "--database", database).out)
    return [one["name"] for one in found]


def test_an_import_is_listed_and_undone_by_the_beginning_of_its_id(run: Run, empty: Path) -> None:
    said = run("import", EXAMPLE, "--database", empty)
    assert said.code == 0, said.err
    assert "at-tui import --undo" in said.out
    (one,) = json.loads(run("import", "--list", "--json", "--database", empty).out)
    assert (one["name"], one["added"]["Trainee"], one["undone"]) == ("startgrupp.csv", 3, False)
    assert len(names(run, empty)) == 3
    assert run("import", "--undo", one["id"], "--dry-run", "--database", empty).code == 0
    assert len(names(run, empty)) == 3
    said = run("import", "--undo", one["id"], "--yes", "--database", empty)
    assert said.code == 0, said.err
    assert names(run, empty) == []
    assert "ångrad" in run("import", "--list", "--database", empty).out
    again = run("import", "--undo", one["id"], "--yes", "--database", empty)
    assert again.code == 4
    assert "redan ångrad" in again.err


def test_what_stands_in_the_way_is_named(run: Run, empty: Path) -> None:
    from data.opening import open_store
    from schema.tables import Trainee

    run("import", EXAMPLE, "--database", empty)
    store = open_store(empty, None)
    with store.work("test") as work:
        alva = next(t for t in work.all(Trainee) if t.name == "Alva Testsson")
        alva.phone = "000"
        work.save(alva)
    store.close()
    (one,) = json.loads(run("import", "--list", "--json", "--database", empty).out)
    said = run("import", "--undo", one["id"], "--yes", "--database", empty)
    assert said.code == 4
    assert "Alva Testsson har ändrats efter inläsningen" in said.err
    assert len(names(run, empty)) == 3


def test_a_file_of_its_own_a_list_or_an_undo_but_one_of_them(run: Run, empty: Path) -> None:
    assert run("import", "--database", empty).code == 2
    assert run("import", EXAMPLE, "--list", "--database", empty).code == 2
    assert run("import", "--undo", "0192f3a1", "--yes", "--database", empty).code == 1


def test_education_is_shown_row_by_row_before_it_is_saved(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    run("import", EXAMPLE, "--database", empty)
    path = tmp_path / "närvaro.csv"
    path.write_text(
        "Namn;Datum;Rubrik;Minuter;Närvarande\n"
        "Alva Testsson;2026-01-15;Akut buk;90;ja\n"
        "Alva Testsson;2026-01-22;EKG;90;nej\n",
        encoding="utf-8",
    )
    said = run("import", path, "--dry-run", "--database", empty)
    assert said.code == 0, said.err
    assert "Akut buk" in said.out
    assert "borta" in said.out
    assert "2 utbildningar" in said.out
    found = json.loads(run("import", path, "--json", "--database", empty).out)
    assert found["form"] == "education"
    assert [row["attended"] for row in found["rows"]] == [True, False]


def test_columns_are_named_on_the_command_line(run: Run, empty: Path, tmp_path: Path) -> None:
    run("import", EXAMPLE, "--database", empty)
    path = tmp_path / "lista.csv"
    path.write_text(
        "Doktor;Tillfälle;Prat;Långt;Närvaro\nAlva Testsson;2026-01-15;Akut buk;90;kanske\n",
        encoding="utf-8",
    )
    assert run("import", path, "--database", empty).code == 1
    words = ["Doktor=Namn", "Tillfälle=Datum", "Prat=title", "Långt=Minuter", "Närvaro="]
    named = [part for word in words for part in ("--column", word)]
    said = run("import", path, *named, "--database", empty)
    assert said.code == 0, said.err
    assert "1 utbildning" in said.out
    for wrong in ("Doktor", "Doktor=Läkarens namn", "Kollega=Namn", "=Namn"):
        assert run("import", path, "--column", wrong, "--database", empty).code == 2
