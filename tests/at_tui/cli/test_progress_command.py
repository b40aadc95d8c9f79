"""`progress` and `programmes`: the rules, for scripts and for those who read plain lines."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from data.places import content_folder
from tests.at_tui.cli.conftest import Run

ROOT = Path(__file__).parents[3]
ON = "2026-11-24"


def test_progress_as_json_is_what_its_schema_says(run: Run, clinic: Path) -> None:
    said = run("progress", "Alva Testsson", "--on", ON, "--json", "--database", clinic)
    assert said.code == 0
    found = json.loads(said.out)
    schema = json.loads((ROOT / "schema" / "progress.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    assert found["on"] == ON
    assert found["programme"]["id"] == "dalarna"
    by_id = {one["requirement"]: one for one in found["requirements"]}
    assert by_id["D-01"]["need"] == 21
    assert all(one["sentence"] and one["source"]["title"] for one in found["requirements"])


def test_progress_on_another_day_is_another_judgement(run: Run, clinic: Path) -> None:
    def have(on: str) -> float:
        said = run("progress", "alva", "--on", on, "--json", "--database", clinic)
        requirements = json.loads(said.out)["requirements"]
        return float(next(r["have"] for r in requirements if r["requirement"] == "D-01"))

    assert have("2026-01-07") < have(ON)


def test_progress_in_plain_lines_says_first_what_needs_someone(run: Run, clinic: Path) -> None:
    said = run("progress", "alva", "--on", ON, "--database", clinic)
    assert said.code == 0
    head, *lines = said.out.splitlines()
    assert head == "Alva Testsson: Dalarna: allmäntjänstgöring, den 2026-11-24"
    late = next(n for n, line in enumerate(lines) if line.startswith("  försenat"))
    met = next(n for n, line in enumerate(lines) if line.startswith("  uppfyllt"))
    assert late < met
    assert any("Källa: " in line for line in lines)
    assert any("(arbetstext)" in line for line in lines)


def test_progress_of_nobody_is_one_sentence(run: Run, clinic: Path) -> None:
    said = run("progress", "finns inte", "--database", clinic)
    assert said.code == 1
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_every_programme_is_listed_with_its_end(run: Run) -> None:
    said = run("programmes")
    assert said.code == 0
    assert said.out.startswith("nationell ")
    varmland = next(line for line in said.out.splitlines() if line.startswith("varmland"))
    assert "gällde till och med 2020-12-31" in varmland
    as_json = json.loads(run("programmes", "--json").out)
    assert {"nationell", "dalarna", "orebro-uso", "vgr-primarvard"} <= {p["id"] for p in as_json}
    assert len(as_json) == len(said.out.splitlines())


def test_two_programmes_are_held_side_by_side(run: Run) -> None:
    said = run("programmes", "diff", "nationell", "dalarna")
    assert said.code == 0
    assert "tillkommer" in said.out
    found = json.loads(run("programmes", "diff", "nationell", "dalarna", "--json").out)
    assert {one["change"] for one in found} >= {"added"}
    same = run("programmes", "diff", "dalarna", "dalarna")
    assert "De ställer samma krav" in same.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["programmes", "diff", "dalarna"], 2),
        (["programmes", "diff", "dalarna", "atlantis"], 2),
        (["programmes", "visa"], 2),
    ],
)
def test_a_wrong_question_about_programmes_is_one_sentence(
    run: Run, words: list[str], code: int
) -> None:
    said = run(*words)
    assert said.code == code
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def own_plan(text: str) -> Path:
    folder = content_folder() / "programmes"
    folder.mkdir(parents=True)
    path = folder / "dalarna.toml"
    path.write_text(text, encoding="utf-8")
    return path


def shipped() -> str:
    return (ROOT / "data" / "programmes" / "dalarna.toml").read_text(encoding="utf-8")


def test_a_number_changed_in_ones_own_copy_of_a_plan_takes_effect(run: Run, clinic: Path) -> None:
    changed = shipped().replace("at_least = 21", "at_least = 24", 1)
    assert changed != shipped()
    own_plan(changed)
    listed = run("programmes").out
    assert "egen fil" in next(one for one in listed.splitlines() if one.startswith("dalarna"))
    said = run("progress", "alva", "--on", ON, "--json", "--database", clinic)
    requirements = json.loads(said.out)["requirements"]
    assert next(r["need"] for r in requirements if r["requirement"] == "D-01") == 24


def test_a_broken_plan_of_ones_own_is_told_with_its_line_and_the_shipped_one_stays(
    run: Run, clinic: Path
) -> None:
    own_plan(shipped().replace("at_least = 21", 'at_least = "tjugoett"', 1))
    listed = run("programmes")
    assert listed.code == 1
    assert "dalarna.toml" in listed.err
    assert any(character.isdigit() for character in listed.err)
    said = run("progress", "alva", "--on", ON, "--json", "--database", clinic)
    requirements = json.loads(said.out)["requirements"]
    assert next(r["need"] for r in requirements if r["requirement"] == "D-01") == 21
