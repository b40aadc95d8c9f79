"""A list of education and attendance: read as it is meant, or answered at its row and column."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from at_tui.interchange.preview import Preview, apply, preview
from at_tui.interchange.rows import Reading
from data.opening import create, open_store
from data.store import Store
from schema.fault import Fault
from schema.tables import Education, Placement, Trainee, Training
from schema.words import EducationKind, SectionCode
from tests.at_tui.interchange.conftest import ON

HEAD = "Namn;Startgrupp;Datum;Slag;Rubrik;Kurs;Minuter;Dagar;Närvarande;Anmäld;Skäl"
LECTURE = "Alva Testsson;HT 2025;2026-11-19;föreläsning;Akut buk;;90;;ja;;"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three in training by Jönköping's plan, two of them with the same name."""
    path = tmp_path / "at.db"
    create(path, passphrase=None)
    opened = open_store(path, None)
    with opened.work("test") as work:
        for name, group, number in (
            ("Alva Testsson", "HT 2025", "198112189876"),
            ("Nils Exempel", "HT 2025", None),
            ("Nils Exempel", "VT 2026", None),
        ):
            trainee = Trainee(name=name, start_group=group, personnummer=number)
            training = Training(
                trainee_id=trainee.id, start=date(2025, 9, 1), programme_id="jonkoping"
            )
            work.add_all([trainee, training])
            work.save(
                Placement(
                    training_id=training.id, section=SectionCode.INVARTES,
                    start=date(2026, 9, 1), end=date(2027, 2, 28),
                )
            )  # fmt: skip
    yield opened
    opened.close()


def look(store: Store, content: bytes, reading: Reading | None = None) -> Preview:
    path = store.path.with_name("närvaro.csv")
    path.write_bytes(content)
    with store.read() as work:
        return preview(path, work, on=ON, reading=reading or Reading())


def rows(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines, ""]).encode()


def told(store: Store, content: bytes) -> list[str]:
    return [problem.sentence for problem in look(store, content).problems]


def kept(store: Store) -> list[Education]:
    with store.read() as work:
        return sorted(work.all(Education), key=lambda one: (one.day, one.title))


def test_attendance_and_courses_are_read_and_saved(store: Store) -> None:
    found = look(
        store,
        rows(
            LECTURE,
            "Nils Exempel;VT 2026;2026-11-19;föreläsning;Akut buk;;90;;nej;ja;jour",
            "alva testsson;;2026-10-05;;;AT-LEKA;;2;ja;;",
            "Alva Testsson;;2026-11-23;självstudier;Försäkringsmedicin;;240;;ja;;",
        ),
    )
    assert [problem.sentence for problem in found.problems] == []
    assert (found.form, dict(found.added)) == ("education", {"Education": 4})
    assert kept(store) == []
    apply(store, found, "import", on=ON)
    course, *lectures, study = kept(store)
    assert (course.course_id, course.days) == ("at-leka", 2)
    assert course.title.startswith("AT-LEKA: ")
    assert course.kind == EducationKind.COURSE
    assert course.placement_id is not None
    assert study.minutes == 240
    away = next(one for one in lectures if not one.attended)
    assert (away.absence_notified, away.absence_reason) == (True, "jour")
    again = look(store, rows(LECTURE))
    assert (dict(again.added), dict(again.known)) == ({}, {"Education": 1})


def test_a_term_ahead_is_read_as_planned_and_its_notified_absence_as_that(store: Store) -> None:
    found = look(
        store,
        rows(
            "Alva Testsson;;2026-11-26;föreläsning;Sepsis;;90;;;;",
            "Nils Exempel;VT 2026;2026-11-26;föreläsning;Sepsis;;90;;;ja;semester",
            "Nils Exempel;HT 2025;2026-11-26;föreläsning;Sepsis;;90;;nej;ja;jour",
        ),
    )
    assert [problem.sentence for problem in found.problems] == []
    assert [row.presence for row in found.lessons] == ["planned", "no", "no"]
    apply(store, found, "import", on=ON)
    planned, *away = sorted(kept(store), key=lambda one: one.absence_reason)
    assert (planned.planned, planned.attended, planned.absence_notified) == (True, False, False)
    assert [(one.planned, one.attended, one.absence_reason) for one in away] == [
        (False, False, "jour"), (False, False, "semester"),
    ]  # fmt: skip


def test_attendance_at_what_is_planned_here_is_told_where_to_tick(store: Store) -> None:
    head = "Namn;Datum;Rubrik;Minuter"
    ahead = rows("Alva Testsson;2026-11-25;Sepsis;60", head=head)
    apply(store, look(store, ahead), "import", on=ON)
    path = store.path.with_name("efter.csv")
    path.write_bytes(rows("Alva Testsson;2026-11-25;Sepsis;60;ja", head=f"{head};Närvaro"))
    with store.read() as work:
        found = preview(path, work, on=date(2026, 11, 26))
    assert [problem.sentence for problem in found.problems] == []
    assert "pricka av under Utbildningstillfällen" in [n.sentence for n in found.notes][-1]


def test_a_list_without_attendance_is_attended_when_held_and_planned_when_ahead(
    store: Store,
) -> None:
    head = "Namn;Datum;Rubrik;Minuter"
    found = look(
        store,
        rows("Alva Testsson;2026-11-24;EKG;60", "Alva Testsson;2026-11-25;Sepsis;60", head=head),
    )
    apply(store, found, "import", on=ON)
    assert [(one.planned, one.attended) for one in kept(store)] == [(False, True), (True, False)]


def test_hours_are_minutes_and_must_agree_with_them(store: Store) -> None:
    head = "Namn;Datum;Rubrik;Timmar"
    found = look(store, rows("Alva Testsson;2026-11-19;Akut buk;1,5", head=head))
    apply(store, found, "import", on=ON)
    assert kept(store)[0].minutes == 90
    wrong = rows("Alva Testsson;2026-11-18;EKG;1,5 h;60", head=f"{head};Minuter")
    (sentence,) = told(store, wrong)
    assert sentence.startswith("rad 2, Timmar: ")


@pytest.mark.parametrize(
    ("line", "start", "part"),
    [
        ("Alva Testsson;;2026-10-05;kurs;AT-LEKA;AT-LEKA;;;ja;;", "rad 2, Dagar: ", "antal dagar"),
        ("Alva Testsson;;2026-10-05;kurs;AT-LEKA;;480;0;ja;;", "rad 2, Dagar: ", "antal dagar"),
        ("Alva Testsson;;2026-11-19;föreläsning;EKG;;;;ja;;", "rad 2, Minuter: ", "minuter"),
        ("Alva Testsson;;2026-11-25;föreläsning;EKG;;60;;ja;;", "rad 2, Närvarande: ", "varit"),
        ("Alva Testsson;;2026-11-25;föreläsning;EKG;;60;;nej;;", "rad 2, Närvarande: ", "anmälas"),
        ("Alva Testsson;;2025-08-31;föreläsning;EKG;;60;;ja;;", "rad 2, Datum: ", "pågick"),
        ("Alva Testsson;;2026-02-30;föreläsning;EKG;;60;;ja;;", "rad 2, Datum: ", "finns inte"),
        ("Alva Testsson;;;föreläsning;EKG;;60;;ja;;", "rad 2, Datum: ", "tom"),
        ("Alva Testson;;2026-11-19;föreläsning;EKG;;60;;ja;;", "rad 2, Namn: ", "Alva Testsson"),
        ("Okänd Person;;2026-11-19;föreläsning;EKG;;60;;ja;;", "rad 2, Namn: ", "heter Okänd"),
        ("Nils Exempel;;2026-11-19;föreläsning;EKG;;60;;ja;;", "rad 2, Namn: ", "2 läkare"),
        ("Alva Testsson;VT 2026;2026-11-19;föreläsning;EKG;;60;;ja;;", "rad 2, Startgrupp: ", "HT"),
        ("Alva Testsson;;2026-11-19;föreläsning;EKG;;60;;kanske;;", "rad 2, Närvarande: ", "ja"),
        ("Alva Testsson;;2026-11-19;föreläsning;EKG;;60;;;;", "rad 2, Närvarande: ", "tom"),
        ("Alva Testsson;;2026-11-19;lunch;EKG;;60;;ja;;", "rad 2, Slag: ", "lunch"),
        ("Alva Testsson;;2026-11-19;föreläsning;;;60;;ja;;", "rad 2, Rubrik: ", "handlade"),
        ("Alva Testsson;;2026-11-19;föreläsning;EKG;;60;;ja;;jour", "rad 2, Närvarande: ", "skäl"),
        ("Alva Testsson;;2026-11-19;kurs;EKG;;;två;ja;;", "rad 2, Dagar: ", "inget tal"),
        (";;2026-11-19;föreläsning;EKG;;60;;ja;;", "rad 2, Namn: ", "tom"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_row_and_column(
    store: Store, line: str, start: str, part: str
) -> None:
    found = told(store, rows(line, LECTURE))
    assert len(found) == 1, found
    assert found[0].startswith(start)
    assert part in found[0]


def test_one_fault_keeps_every_other_row_out(store: Store) -> None:
    found = look(store, rows(LECTURE, "Alva Testsson;;2026-10-05;kurs;AT-LEKA;;;;ja;;"))
    assert not found.ok
    with pytest.raises(Fault, match=r"import\.faults"):
        apply(store, found, "import", on=ON)
    assert kept(store) == []


@pytest.mark.parametrize(("plan", "compulsory"), [("varmland", True), ("jonkoping", False)])
def test_a_lecture_is_compulsory_where_the_plan_says_so(
    store: Store, plan: str, compulsory: bool
) -> None:
    with store.work("test") as work:
        for training in work.all(Training):
            training.programme_id = plan
    head = "Namn;Datum;Slag;Rubrik;Minuter;Obligatorisk"
    content = rows(
        "Alva Testsson;2026-11-17;föreläsning;EKG;60;",
        "Alva Testsson;2026-11-18;självstudier;EKG;60;",
        "Alva Testsson;2026-11-19;föreläsning;EKG;60;" + ("nej" if compulsory else "ja"),
        head=head,
    )
    apply(store, look(store, content), "import", on=ON)
    assert [one.compulsory for one in kept(store)] == [compulsory, False, not compulsory]


def test_the_same_person_twice_at_one_occasion_is_told_with_both_rows(store: Store) -> None:
    (sentence,) = told(store, rows(LECTURE, LECTURE))
    assert sentence.startswith("rad 3, Datum: ")
    assert "rad 2" in sentence


def test_a_personnummer_with_a_wrong_check_digit_is_told_at_its_cell(store: Store) -> None:
    head = "Namn;Personnummer;Datum;Rubrik;Minuter"
    for number in ("19811218-9877", "811218-9877"):
        found = told(store, rows(f"Alva Testsson;{number};2026-11-19;EKG;60", head=head))
        assert [one.partition(":")[0] for one in found] == ["rad 2, Personnummer"]
    assert told(store, rows("Alva Testsson;811218-9876;2026-11-19;EKG;60", head=head)) == []


def test_a_personnummer_tells_apart_two_of_one_name(store: Store) -> None:
    with store.work("test") as work:
        nils = next(t for t in work.all(Trainee) if t.start_group == "VT 2026")
        nils.personnummer = "196408233234"
        work.save(nils)
    head = "Namn;Personnummer;Datum;Rubrik;Minuter"
    found = look(store, rows("Nils Exempel;640823-3234;2026-11-19;EKG;60", head=head))
    assert found.ok
    apply(store, found, "import", on=ON)
    with store.read() as work:
        (one,) = work.all(Education)
        assert work.need(Training, one.training_id).trainee_id == nils.id


def test_a_course_that_no_plan_names_is_kept_and_said_not_to_count(store: Store) -> None:
    found = look(store, rows("Alva Testsson;;2026-10-05;kurs;;Hjärtkurs;;1;ja;;"))
    assert found.ok
    assert "Hjärtkurs är ingen kurs i programmet" in found.notes[0].sentence
    apply(store, found, "import", on=ON)
    assert (kept(store)[0].title, kept(store)[0].course_id) == ("Hjärtkurs", "")


def test_other_headings_are_told_and_can_be_chosen(store: Store) -> None:
    content = rows("Alva Testsson;2026-11-19;Akut buk;90", head="Doktor;Tillfälle;Prat;Långt")
    found = look(store, content)
    assert [p.row for p in found.problems] == [1] * len(found.problems)
    assert {p.code for p in found.problems} == {"import.missing_column"}
    reading = Reading("education", {0: "name", 1: "day", 2: "title", 3: "minutes"})
    mended = look(store, content, reading)
    assert mended.ok, [p.sentence for p in mended.problems]
    apply(store, mended, "import", on=ON)
    assert kept(store)[0].minutes == 90


def test_a_column_that_is_not_to_be_read_is_left_out(store: Store) -> None:
    content = rows("Alva Testsson;2026-11-19;Akut buk;90;kanske",
                   head="Namn;Datum;Rubrik;Minuter;Närvaro")  # fmt: skip
    assert not look(store, content).ok
    found = look(store, content, Reading("education", {4: ""}))
    assert found.ok


def test_a_heading_that_is_only_nearly_right_is_read_and_said_to_be_a_guess(store: Store) -> None:
    found = look(store, rows("Alva Testsson;2026-11-19;EKG;60", head="Namn;Datum;Rubrik;Minutter"))
    assert found.ok
    (note,) = found.notes
    assert note.sentence == "rad 1, Minutter: läses som Minuter"


def workbook(*lines: tuple[Any, ...], merge: str = "", more: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    if merge:
        sheet.merge_cells(merge)
    if more:
        book.create_sheet("Våren").append(["x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


XLSX = ("Namn", "Datum", "Rubrik", "Minuter")


@pytest.mark.parametrize(
    ("merge", "start"),
    [("A2:A3", "rad 2, Namn: "), ("C2:C3", "rad 2, Rubrik: "), ("B1:C1", "rad 1, Datum: ")],
)
def test_merged_cells_are_told_at_their_row_and_column(
    store: Store, merge: str, start: str
) -> None:
    content = workbook(
        XLSX,
        ("Alva Testsson", date(2026, 11, 19), "EKG", 60),
        ("Alva Testsson", date(2026, 11, 18), "Sepsis", 60),
        merge=merge,
    )
    found = told(store, content)
    assert any(one.startswith(start) and merge in one for one in found), found


def test_a_merged_title_over_the_headings_is_no_fault(store: Store) -> None:
    content = workbook(
        ("Närvaro hösten 2026", None, None, None),
        XLSX,
        ("Alva Testsson", date(2026, 11, 19), "EKG", 60),
        merge="A1:D1",
    )
    assert told(store, content) == []


def test_sheets_that_are_not_read_are_named(store: Store) -> None:
    content = workbook(XLSX, ("Alva Testsson", date(2026, 11, 19), "EKG", 60), more=True)
    found = look(store, content)
    assert found.ok
    assert any("Våren" in note.sentence for note in found.notes)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_fifty_thousand_rows_are_refused_by_the_first_that_has_no_room(
    store: Store, form: str
) -> None:
    if form == "csv":
        content = rows(*["Alva Testsson;2026-11-19;EKG;60"] * 50_000, head=";".join(XLSX))
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(XLSX)
        for _ in range(50_000):
            sheet.append(("Alva Testsson", "2026-11-19", "EKG", 60))
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()
    with pytest.raises(Fault) as caught:
        look(store, content)
    assert caught.value.code == "import.too_many_rows"
    assert caught.value.values["first"] == 5001
    assert kept(store) == []


def test_latin_1_is_read_and_told_where_to_check_it(store: Store) -> None:
    content = rows("Alva Testsson;2026-11-19;Förmaksflimmer;60", head=";".join(XLSX))
    found = look(store, content.decode().encode("latin-1"))
    assert found.ok
    (note,) = found.notes
    assert note.sentence.startswith("rad 2, Rubrik: ")
    assert "Förmaksflimmer" in note.sentence
    apply(store, found, "import", on=ON)
    assert kept(store)[0].title == "Förmaksflimmer"


def test_text_that_was_read_by_the_wrong_alphabet_is_told_at_its_cell(store: Store) -> None:
    garbled = "Förmaksflimmer".encode().decode("cp1252")
    content = rows(f"Alva Testsson;2026-11-19;{garbled};60", head=";".join(XLSX))
    found = look(store, content).problems
    assert [p.code for p in found] == ["import.mojibake"]
    assert [p.sentence.partition(":")[0] for p in found] == ["rad 2, Rubrik"]
    assert "Förmaksflimmer" in found[0].sentence
    lost = rows("Alva Testsson;2026-11-19;F\ufffdrmaksflimmer;60", head=";".join(XLSX))
    assert [p.code for p in look(store, lost).problems] == ["import.mojibake_lost"]


def test_duplicate_persons_of_a_start_group_are_told(store: Store) -> None:
    head = "Namn;Personnummer;Startgrupp;Avsnitt;Enhet;Från;Till"
    line = "Zlatan Prov;640823-3234;VT 2027;medicin;Medicin;2027-01-11;2027-07-10"
    twice = rows(line, line, head=head)
    (sentence,) = told(store, twice)
    assert sentence.startswith("rad 3, Från: ")
    assert "rad 2" in sentence
    other = line.replace("Zlatan Prov", "Bo Exempel")
    assert any("rad 3, Namn" in one for one in told(store, rows(line, other, head=head)))
    with store.read() as work:
        assert len(work.all(Trainee)) == 3


def test_the_sample_list_is_read_after_the_sample_group(tmp_path: Path) -> None:
    examples = Path(__file__).parents[3] / "docs" / "examples"
    path = tmp_path / "sample.db"
    create(path, passphrase=None)
    opened = open_store(path, None)
    try:
        for name in ("startgrupp.csv", "utbildning.csv"):
            with opened.read() as work:
                found = preview(examples / name, work, on=ON)
            assert found.ok, [problem.sentence for problem in found.problems]
            assert not found.notes
            apply(opened, found, "import", on=ON)
        assert len(kept(opened)) == 4
    finally:
        opened.close()
