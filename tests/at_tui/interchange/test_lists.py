"""Lists for other programs: what is in them, that nothing is computed, and that they come back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.interchange.csv_file import read_csv
from at_tui.interchange.guard import guarded, starts_formula
from at_tui.interchange.list_files import csv_of, json_of, xlsx_of
from at_tui.interchange.list_rows import ROWS
from at_tui.interchange.lists import COLUMNS, NAMES, ExportList, lists_of
from at_tui.interchange.preview import apply, preview
from data.store import Store
from schema.tables import Agreement, Education, Supervision, SupportPlan, Trainee, Training
from schema.words import AgreementOwner, EducationKind, Kind
from tests.at_tui.interchange.conftest import ON

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "startgrupp.csv"
FORMULAS = (
    "=HYPERLINK(\"http://exempel.invalid\")", "+46 70 000 00 00", "-2+3", "@SUM(A1)", "\t=1+1",
    "\r=1+1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0",
)  # fmt: skip


def fill(store: Store) -> str:
    """Read the sample group and add something of most kinds; return a training's id."""
    with store.read() as work:
        found = preview(EXAMPLE, work, on=ON)
    apply(store, found, "import", on=ON)
    with store.work("test") as work:
        alva = next(t for t in work.all(Trainee) if t.name == "Alva Testsson")
        training = next(t for t in work.all(Training) if t.trainee_id == alva.id)
        work.add_all(
            [
                Education(
                    training_id=training.id, kind=EducationKind.LECTURE, title="=1+1 i EKG",
                    day=date(2026, 3, 5), minutes=90,
                ),
                Education(
                    training_id=training.id, kind=EducationKind.COURSE, title="HLR",
                    day=date(2025, 10, 6), days=0.5, attended=False, absence_notified=True,
                    absence_reason="jour",
                ),
                Supervision(
                    training_id=training.id, day=date(2026, 11, 26), note="-hemligt samtal",
                    topics=["a", "k"],
                ),
                SupportPlan(training_id=training.id, opened_on=ON, concern="mycket hemligt"),
            ]
        )  # fmt: skip
        return training.id


def lists(store: Store, **wanted: Any) -> dict[str, ExportList]:
    with store.read() as work:
        return {one.name: one for one in lists_of(work, **wanted)}


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_every_list_has_rows_of_its_own_columns(store: Store) -> None:
    fill(store)
    assert set(ROWS) == set(NAMES)
    found = lists(store, notes=True)
    assert tuple(found) == NAMES
    for name, one in found.items():
        assert one.columns == COLUMNS[name]
        assert len(set(one.headings)) == len(one.headings), name
        assert all(len(row) == len(one.columns) for row in one.rows)
    assert len(found["trainees"].rows) == 3
    assert len(found["placements"].rows) == 15
    session = dict(zip(COLUMNS["supervisions"], found["supervisions"].rows[0], strict=True))
    assert (session["name"], session["minutes"], session["topics"]) == ("Alva Testsson", 60, "a k")


def test_a_list_fills_every_column_that_it_names(store: Store) -> None:
    """A column that no row can fill is a misspelling."""
    fill(store)
    with store.read() as work:
        from at_tui.interchange.book import Book

        book = Book(work)
        for name in ("trainees", "placements", "supervisions", "education", "people", "units"):
            assert set(ROWS[name](book)[0]) == set(COLUMNS[name]), name


def test_free_text_and_stodplaner_stay_unless_they_are_asked_for(store: Store) -> None:
    fill(store)
    everything = json_of(lists(store).values(), on=ON).decode()
    assert "hemligt" not in everything
    with_notes = json_of(lists(store, notes=True).values(), on=ON).decode()
    assert "-hemligt samtal" in with_notes
    assert "mycket hemligt" not in with_notes


def test_personnummer_are_masked_in_every_form(store: Store) -> None:
    fill(store)
    found = list(lists(store).values())
    said = csv_of(found[0]).decode("utf-8-sig") + json_of(found, on=ON).decode()
    assert "19811218-••••" in said
    assert "9876" not in said


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    one = ExportList("education", ("title", "minutes"), [(text, -5)])
    _, (cell, number) = cells(csv_of(one))
    assert cell == "'" + text
    assert number == "-5"
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([one])))
    written = book.worksheets[0]["A2"]
    assert (written.data_type, written.quotePrefix) == ("s", True)
    assert written.value.replace("\r", "").strip() == text.replace("\r", "").strip()
    assert book.worksheets[0]["B2"].value == -5


@given(st.text(max_size=40))
def test_any_text_is_text_in_csv_and_comes_back(text: str) -> None:
    kept = guarded(text)
    assert not starts_formula(kept)
    one = ExportList("education", ("title",), [(text,)])
    rows = cells(csv_of(one))
    assert not any(starts_formula(cell) for row in rows for cell in row)


def test_plain_text_and_numbers_are_left_as_they_are() -> None:
    day = date(2026, 11, 24)
    values = ("Åsa Öberg-Testsson", 3, 1.5, True, None, day)
    one = ExportList(
        "education", ("name", "minutes", "days", "attended", "course", "day"), [values]
    )
    assert cells(csv_of(one))[1] == ["Åsa Öberg-Testsson", "3", "1,5", "ja", "", "2026-11-24"]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of([one]))).worksheets[0]
    assert [cell.value for cell in sheet[2]][:4] == ["Åsa Öberg-Testsson", 3, 1.5, "ja"]
    assert sheet["F2"].value.date() == day
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_what_is_exported_of_education_is_read_again_as_known(store: Store, tmp_path: Path) -> None:
    fill(store)
    found = lists(store)
    for ending, content in (
        ("csv", csv_of(found["education"])),
        ("xlsx", xlsx_of([found["education"]])),
    ):
        path = tmp_path / f"utbildning.{ending}"
        path.write_bytes(content)
        with store.read() as work:
            again = preview(path, work, on=ON)
        assert again.ok, [one.sentence for one in again.problems]
        assert (again.form, dict(again.added), dict(again.known)) == (
            "education", {}, {"Education": 2},
        )  # fmt: skip


def test_what_is_exported_of_placements_is_read_again_as_a_start_group(
    store: Store, tmp_path: Path
) -> None:
    fill(store)
    path = tmp_path / "placeringar.csv"
    path.write_bytes(csv_of(lists(store)["placements"]))
    with store.read() as work:
        again = preview(path, work, on=ON)
    assert again.ok, [one.sentence for one in again.problems]
    assert dict(again.added) == {}
    assert again.known["Placement"] == 15


def test_the_guard_is_taken_off_when_a_cell_is_read(tmp_path: Path) -> None:
    one = ExportList("education", ("title",), [("=1+1",), ("'citat'",)])
    assert [row[0] for _, row in read_csv(csv_of(one))[1:]] == ["=1+1", "'citat'"]


def test_one_trainings_lists_hold_nobody_else(store: Store) -> None:
    training = fill(store)
    found = lists(store, training_ids={training})
    assert [row[0] for row in found["trainees"].rows] == ["Alva Testsson"]
    assert {row[0] for row in found["placements"].rows} == {"Alva Testsson"}
    assert "people" not in found
    assert "units" not in found


@pytest.mark.parametrize(("kind", "owner"), [(Kind.AT, "AT-läkaren"), (Kind.BT, "BT-läkaren")])
def test_an_agreement_is_the_doctors_own_by_the_kind_of_training(
    store: Store, kind: Kind, owner: str
) -> None:
    training_id = fill(store)
    with store.work("test") as work:
        work.need(Training, training_id).kind = kind
        work.save(
            Agreement(
                training_id=training_id, text="Läsa på", agreed_on=ON, owner=AgreementOwner.TRAINEE
            )
        )
    found = lists(store)["agreements"]
    [row] = found.rows
    assert owner in row


def test_json_names_its_form_and_its_columns(store: Store) -> None:
    fill(store)
    document = json.loads(json_of(lists(store).values(), on=ON))
    assert (document["format"], document["on"]) == ("at-tui/lists", "2026-11-24")
    assert set(document["lists"]) == set(NAMES)
    course = document["lists"]["education"][0]
    assert (course["day"], course["days"], course["attended"]) == ("2025-10-06", 0.5, False)


def test_an_empty_register_gives_a_workbook_that_opens(store: Store) -> None:
    found = list(lists(store).values())
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(found)))
    assert len(book.worksheets) == len(NAMES)
    assert len(openpyxl.load_workbook(io.BytesIO(xlsx_of([]))).worksheets) == 1
