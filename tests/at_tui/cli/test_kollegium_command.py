"""`at-tui kollegium`: what it writes, and what it says when it cannot."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest

from tests.at_tui.cli.conftest import Run

ON = "2026-11-24"


def said(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_pack_is_written_whole_with_every_doctor(run: Run, clinic: Path, tmp_path: Path) -> None:
    out = tmp_path / "underlag.pdf"
    done = run("kollegium", "--database", clinic, "pack", "--on", ON, "-o", out)
    assert done.code == 0, done.err
    listed = json.loads(run("kollegium", "--database", clinic, "list", "--json", "--on", ON).out)
    words = said(out)
    assert len(listed["cohort"]) == 6
    assert all(row["name"] in words for row in listed["cohort"])
    assert "Underlag till AT-kollegium" in words


def test_the_pack_of_a_meeting_holds_its_list_also_who_has_left_since(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    later = "2030-01-01"
    asked = run("kollegium", "--database", clinic, "list", "--json", "--on", later)
    listed = json.loads(asked.out)
    meeting = next(m for m in listed["meetings"] if m["doctors"] > 1)
    assert len(listed["cohort"]) < meeting["doctors"]
    out = tmp_path / "underlag.pdf"
    done = run("kollegium", "--database", clinic, "pack", meeting["day"], "--on", later, "-o", out)
    assert done.code == 0, done.err
    assert f"{meeting['doctors']} läkare på mötets lista" in said(out)
    # The index, and a page for each.
    assert len(pypdf.PdfReader(out).pages) == 1 + meeting["doctors"]


def test_the_list_is_stable_json_with_meetings_and_cohort(run: Run, clinic: Path) -> None:
    done = run("kollegium", "--database", clinic, "list", "--json", "--on", ON)
    found = json.loads(done.out)
    assert found["on"] == ON
    assert {
        "id",
        "title",
        "day",
        "opened",
        "closed_on",
        "doctors",
        "decided",
        "open_actions",
    } == set(found["meetings"][0])
    row = found["cohort"][0]
    assert set(row) == {
        "training_id", "name", "kind", "start_group", "programme", "section", "unit",
        "supervisor", "week", "weeks", "supervision_held", "supervision_due", "weeks_met",
        "weeks_begun", "latest", "latest_day", "goals_marked", "goals", "deadline",
        "deadline_what", "group", "reasons", "flags",
    }  # fmt: skip
    for each in found["cohort"]:
        assert each["group"] in ("talk", "thin_evidence", "on_track")
        assert bool(each["reasons"]) or each["group"] == "on_track"


def test_minutes_and_slips_are_written_of_the_meeting_that_is_named(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    meetings = json.loads(run("kollegium", "--database", clinic, "list", "--json", "--on", ON).out)[
        "meetings"
    ]
    closed = next(m for m in meetings if m["closed_on"] and m["decided"])
    for act, words in (("minutes", "Protokoll"), ("slips", "Kollegiets beslut")):
        for wanted in (closed["day"], closed["id"][:13]):
            out = tmp_path / f"{act}.pdf"
            done = run("kollegium", "--database", clinic, act, wanted, "-o", out, "--on", ON)
            assert done.code == 0, done.err
            assert words in said(out)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("minutes",), 2, "Vilket möte?"),
        (("minutes", "1999-01-01"), 1, "Inget möte"),
        (("pack", "--unit", "Atlantis"), 1, "Ingen enhet heter «Atlantis»"),
        (("pack", "--masked", "--with-plans"), 2, "avidentifierat"),
        (("fika",), 2, "fika"),
        ((), 2, "det saknas"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    run: Run, clinic: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    done = run("kollegium", "--database", clinic, *words)
    assert done.code == code
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_file_without_records_gives_a_pack_that_says_so(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    out = tmp_path / "tomt.pdf"
    assert run("kollegium", "--database", empty, "pack", "-o", out).code == 0
    assert "Ingen stämmer" in said(out)
    assert run("kollegium", "--database", empty, "list").code == 0
    done = run("kollegium", "--database", empty, "chase")
    assert done.code == 0


def test_the_chase_list_comes_as_mails_or_as_a_page(run: Run, clinic: Path, tmp_path: Path) -> None:
    done = run("kollegium", "--database", clinic, "chase", "--on", ON)
    assert "Hej " in done.out
    out = tmp_path / "saknas.pdf"
    assert run("kollegium", "--database", clinic, "chase", "--on", ON, "-o", out).code == 0
    assert "Underlag som saknas" in said(out)


def test_coverage_of_one_unit_shows_no_other(run: Run, clinic: Path, tmp_path: Path) -> None:
    found = json.loads(run("kollegium", "--database", clinic, "list", "--json", "--on", ON).out)
    units = sorted({row["unit"] for row in found["cohort"] if row["unit"]})
    assert len(units) > 1
    out = tmp_path / "enhet.pdf"
    words = ("coverage", "--unit", units[0], "-o", out, "--on", ON)
    assert run("kollegium", "--database", clinic, *words).code == 0
    assert units[0] in said(out)
    assert units[1] not in said(out)


def test_a_masked_pack_holds_no_name(run: Run, clinic: Path, tmp_path: Path) -> None:
    found = json.loads(run("kollegium", "--database", clinic, "list", "--json", "--on", ON).out)
    out = tmp_path / "utbildning.pdf"
    words = ("pack", "--masked", "--on", ON, "-o", out)
    assert run("kollegium", "--database", clinic, *words).code == 0
    text = said(out)
    for row in found["cohort"]:
        assert row["name"] not in text
        assert not row["supervisor"] or row["supervisor"] not in text
