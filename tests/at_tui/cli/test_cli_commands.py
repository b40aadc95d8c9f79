"""Every command does what its help says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pypdf
import pytest

from at_tui.cli.parser import WORDS
from at_tui.language import text
from at_tui.version import VERSION
from tests.at_tui.cli.conftest import Run

ROOT = Path(__file__).parents[3]
DAY = "2026-11-24"
EXAMPLES = ROOT / "docs" / "examples"


def words_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_the_version_is_the_projects(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert run("--version").out == f"at-tui {VERSION}\n"


def test_help_lists_every_command_with_one_line(run: Run) -> None:
    said = run("--help")
    assert said.code == 0
    for word in WORDS:
        assert re.search(rf"^  {word} +\S", said.out, re.MULTILINE), word


@pytest.mark.parametrize("word", WORDS)
def test_the_help_of_a_command_is_swedish_and_has_an_example(run: Run, word: str) -> None:
    said = run(word, "--help")
    assert said.code == 0
    assert f"at-tui {word}" in said.out.split("Exempel:")[1]
    assert run("help", word).out == said.out
    english = ("usage", "options", "positional", "show this", "arguments:")
    assert not [phrase for phrase in english if phrase in said.out]


def test_every_option_has_a_help_text_of_its_own() -> None:
    from at_tui.cli.parser import Parser

    for word, module in WORDS.items():
        parser = Parser(word)
        import_module(f"at_tui.cli.{module}").arguments(parser)
        for action in parser._actions:
            assert action.help, f"{word} {action.dest}"


def test_init_makes_an_encrypted_file_and_shows_its_recovery_key_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = tmp_path / "phrase.txt"
    phrase.write_text("räksmörgås på taket\n", encoding="utf-8")
    monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(phrase))
    path = tmp_path / "new" / "at.db"

    made = run("init", "--database", path)

    assert made.code == 0
    keys = re.findall(r"(?:[2-9A-Z]{5}-){6}[2-9A-Z]{4}", made.out)
    assert len(keys) == 1
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert run("trainees", "--json", "--database", path).out == "[]\n"

    from data.opening import unlock

    assert unlock(path, recovery_key=keys[0]) == unlock(path, passphrase="räksmörgås på taket")


def test_init_answers_scripts_in_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    said = json.loads(run("init", "--unencrypted", "--json", "--database", path).out)
    assert said == {"database": str(path), "recovery_key": None}


def test_the_file_is_also_found_by_the_environment(
    run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AT_TUI_DATABASE", str(clinic))
    assert json.loads(run("trainees", "--json").out)


def test_trainees_tells_scripts_who_is_where(run: Run, clinic: Path) -> None:
    found = json.loads(run("trainees", "--json", "--on", DAY, "--database", clinic).out)
    assert [one["name"] for one in found] == [
        "Alva Testsson", "Björn Övningsson", "Élise Påhitt", "Folke Mallberg", "Nils Exempel",
        "Åsa Provdahl",
    ]  # fmt: skip
    alva = found[0]
    assert {"id", "name", "programme", "section"} <= alva.keys()
    assert (alva["section"], alva["unit"]) == ("allmanmedicin", "Vårdcentralen Exempelvik")
    assert found[3]["section"] == ""  # Folke has just finished


def test_the_quick_list_says_what_the_store_says(run: Run, clinic: Path) -> None:
    from data.find import trainee_rows
    from data.opening import open_store

    store = open_store(clinic, None)
    with store.read() as work:
        rows = trainee_rows(work, on=date(2026, 11, 24), everyone=True)
    store.close()
    found = json.loads(run("trainees", "--json", "--all", "--on", DAY, "--database", clinic).out)
    assert [(r["id"], r["section"], r["unit"], r["supervisor"]) for r in found] == [
        (r.trainee_id, r.section, r.unit, r.supervisor) for r in rows
    ]


def test_trainees_narrows_by_words(run: Run, clinic: Path) -> None:
    said = run("trainees", "övning", "--on", DAY, "--database", clinic)
    assert [line.split("  ")[0] for line in said.out.splitlines()] == ["Björn Övningsson"]
    assert run("trainees", "ingen sådan", "--database", clinic).out.strip()


def test_goals_are_told_with_what_they_rest_on(run: Run, clinic: Path) -> None:
    goals = json.loads(run("goals", "alva", "--json", "--database", clinic).out)
    assert {goal["status"] for goal in goals} <= {"marked", "evidence", "none"}
    psychiatry = [goal for goal in goals if goal["section"] == "psykiatri"]
    assert psychiatry
    assert all(goal["status"] == "marked" for goal in psychiatry)
    missing = json.loads(run("goals", "alva", "--missing", "--json", "--database", clinic).out)
    assert missing == [goal for goal in goals if goal["status"] != "marked"]
    shown = run("goals", "alva", "--database", clinic).out
    assert "5:2:4" in shown
    assert "arbetstext" in shown


def test_goals_are_told_as_they_were_on_an_earlier_day(run: Run, clinic: Path) -> None:
    told = run("--on", "2026-01-31", "goals", "alva", "--json", "--database", clinic)
    goals = json.loads(told.out)
    days = [goal["marked_on"] for goal in goals if goal["marked_on"]]
    days += [one["day"] for goal in goals for one in goal["evidence"]]
    assert max(days) <= "2026-01-31"
    now = json.loads(run("goals", "alva", "--json", "--database", clinic).out)
    marked = [sum(goal["status"] == "marked" for goal in each) for each in (goals, now)]
    assert 0 < marked[0] < marked[1]


def test_an_issued_certificate_is_printed_as_final(run: Run, clinic: Path, tmp_path: Path) -> None:
    path = tmp_path / "intyg.pdf"
    said = run("certificate", "alva", "1", "--issued", "--database", clinic, "-o", path)
    assert (said.code, said.err) == (0, "")
    assert "Alva Testsson" in words_of(path)


def test_a_certificate_that_is_not_issued_is_a_draft_that_says_why(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    path = tmp_path / "intyg.pdf"
    said = run(
        "certificate", "alva", "allmänmedicin", "--on", DAY, "--database", clinic, "-o", path
    )
    assert said.code == 0
    assert "utkast" in said.err
    assert "2027-01-13" in said.err
    assert "UTKAST" in words_of(path).upper()
    # Also when nothing else is missing: nobody has signed it.
    assert "Intyget är inte utfärdat." in words_of(path)


def test_issued_refuses_a_draft_and_writes_nothing(run: Run, clinic: Path, tmp_path: Path) -> None:
    path = tmp_path / "intyg.pdf"
    said = run("certificate", "alva", "8", "--issued", "--database", clinic, "-o", path)
    assert said.code == 4
    assert not path.exists()


def test_any_assessment_is_printed(run: Run, clinic: Path, tmp_path: Path) -> None:
    from data.opening import open_store
    from schema.tables import Assessment

    store = open_store(clinic, None)
    with store.read() as work:
        forms = {form.instrument_id: form.id for form in work.all(Assessment)}
    store.close()
    assert len(forms) >= 9
    for instrument, id in forms.items():
        path = tmp_path / f"{instrument}.pdf"
        assert run("assessment", id, "--database", clinic, "-o", path).code == 0, instrument
        assert words_of(path)


def test_the_log_can_leave_the_notes_out(run: Run, clinic: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    assert run("log", "Alva Testsson", "--on", DAY, "--database", clinic, "-o", path).code == 0
    whole = words_of(path)
    bare = ("log", "alva", "--without-notes", "--on", DAY, "--database", clinic, "-o", path)
    assert run(*bare).code == 0
    assert len(words_of(path)) < len(whole)


def test_a_document_gets_a_name_of_its_own(
    run: Run, clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("log", "alva", "--on", DAY, "--database", clinic).code == 0
    assert (tmp_path / "Handledningslogg Alva Testsson 2026-11-24.pdf").is_file()


def test_a_pasted_regulation_becomes_a_curriculum(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "text.txt"
    written.write_text(
        "5 kap. Psykiatri\n2 § Läkaren ska självständigt kunna\n1. möta,\n2. samtala, och\n"
        "3. bedöma.\n",
        encoding="utf-8",
    )
    assert run("curriculum", "import", written, "--dry-run").code == 0
    said = run("curriculum", "import", written, "--by", "Nils Exempel")
    assert said.code == 0, said.err
    assert "3 mål" in said.out

    from data.content import curriculum

    assert curriculum("at-sosfs-1999-5").pasted_by == "Nils Exempel"


def test_content_check_names_the_line_of_a_fault(run: Run, tmp_path: Path) -> None:
    good = ROOT / "data" / "instruments" / "mini-cex.toml"
    broken = tmp_path / "mini-cex.toml"
    lines = good.read_text(encoding="utf-8").replace('kind = "instrument"', 'kind = "påhitt"')
    broken.write_text(lines, encoding="utf-8")
    said = run("content", "check", good, broken)
    assert said.code == 1
    assert "rad 1" in said.out
    assert text("content.good", file="mini-cex.toml") in said.out
    faults = json.loads(run("content", "check", broken, "--json").out)
    assert faults[0]["line"] == 1


def test_verify_finds_the_demo_whole(run: Run, clinic: Path) -> None:
    assert run("verify", "--database", clinic).code == 0
    assert json.loads(run("verify", "--json", "--database", clinic).out) == []


def test_verify_finds_what_was_changed_behind_its_back(run: Run, clinic: Path) -> None:
    import sqlite3

    with sqlite3.connect(clinic) as connection:
        connection.execute("UPDATE trainee SET name = 'Någon Annan'")
    connection.close()
    said = run("verify", "--database", clinic)
    assert said.code == 1
    assert "Trainee" in said.out


def test_database_tells_where_everything_lies(run: Run, clinic: Path) -> None:
    said = json.loads(run("database", "--json", "--database", clinic).out)
    assert said["database"] == str(clinic)
    assert said["state"] == "plain"
    assert str(clinic) in run("database", "--database", clinic).out


def test_a_start_group_is_taken_in_and_taken_in_once(run: Run, empty: Path) -> None:
    first = run("import", EXAMPLES / "startgrupp.csv", "--database", empty)
    assert first.code == 0, first.err
    assert "15 placeringar" in first.out
    again = run("import", EXAMPLES / "startgrupp.xlsx", "--database", empty)
    assert again.code == 0, again.err
    assert text("import.nothing") in again.out
    names = json.loads(run("trainees", "--json", "--on", DAY, "--database", empty).out)
    assert [one["name"] for one in names] == ["Alva Testsson", "Élise Påhitt", "Nils Exempel"]


def test_a_dry_run_saves_nothing(run: Run, empty: Path) -> None:
    before = empty.read_bytes()
    assert run("import", EXAMPLES / "startgrupp.csv", "--dry-run", "--database", empty).code == 0
    assert empty.read_bytes() == before


def test_what_was_exported_comes_back_as_the_same_export(
    run: Run, clinic: Path, empty: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert run("export", first, "--database", clinic).code == 0
    assert run("import", first, "--database", empty).code == 0
    assert run("export", second, "--database", empty).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert text("import.nothing") in run("import", first, "--database", empty).out


def test_the_demo_writes_a_file_and_ends(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    said = run("demo", "--size", "one", "--on", DAY, "--database", path)
    assert said.code == 0
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert run("demo", "--size", "one", "--database", path).code == 4


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["--version"], {"argparse", "textual", "sqlmodel", "at_tui.language"}),
        (["--help"], {"textual", "rich", "sqlmodel", "sqlalchemy", "reportlab", "openpyxl"}),
        (["trainees", "--json", "--database", "FILE"], {"textual", "sqlmodel", "sqlalchemy"}),
        (["import", "--help"], {"textual", "sqlmodel", "openpyxl"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    command: list[str], unneeded: set[str], clinic: Path
) -> None:
    words = [str(clinic) if word == "FILE" else word for word in command]
    code = f"import sys; from at_tui.__main__ import main; main({words!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not unneeded & set(done.stdout.split())
