"""Whatever a spreadsheet holds is read as it is meant, or answered at its row and column."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.interchange.cells import Unreadable, day, percent
from at_tui.interchange.csv_file import read_csv
from at_tui.interchange.preview import apply, preview
from at_tui.interchange.rows import table_of
from data.store import Store
from schema.fault import Fault
from schema.tables import KINDS, Person, Placement, Role, Trainee, Training, Unit
from tests.at_tui.interchange.conftest import ON, Look

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"

HEAD = "Namn;Personnummer;Startgrupp;Avsnitt;Enhet;Från;Till;Grad;Handledare;Handledarens titel"
ROW = (
    "Alva Testsson;19811218-9876;HT 2026;Psykiatri;Psykiatrin;2026-09-01;2026-11-30;100;"
    "Berit Handledarsson;överläkare"
)
GOOD = f"{HEAD}\n{ROW}\n"


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new).encode()


def told(look: Look, content: bytes) -> list[str]:
    return [problem.sentence for problem in look(content).problems]


def test_the_sample_says_the_same_in_all_three_forms(store: Store) -> None:
    seen = []
    for ending in ("csv", "xlsx", "json"):
        with store.read() as work:
            found = preview(EXAMPLES / f"startgrupp.{ending}", work, on=ON)
        assert found.ok, [problem.sentence for problem in found.problems]
        assert not found.notes
        seen.append([(r.name, r.section, r.unit, r.start, r.end, r.percent) for r in found.rows])
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 15


def test_what_was_previewed_is_saved_with_all_that_belongs_to_it(store: Store) -> None:
    with store.read() as work:
        found = preview(EXAMPLES / "startgrupp.csv", work, on=ON)
    result = apply(store, found, "import")
    assert result.added == found.added
    with store.read() as work:
        people = {one.id: one for one in work.all(Person)}
        units = {one.name: one for one in work.all(Unit)}
        training = {t.trainee_id: t for t in work.all(Training)}
        alva = next(t for t in work.all(Trainee) if t.name == "Alva Testsson")
        mine = [p for p in work.all(Placement) if p.training_id == training[alva.id].id]
        roles = {(people[r.person_id].name, str(r.kind)) for r in work.all(Role)}
    assert (alva.personnummer, alva.start_group) == ("198112189876", "VT 2025")
    about = training[alva.id]
    assert (about.start, about.end, about.norm_months) == (
        date(2025, 4, 14), date(2027, 1, 13), 21
    )  # fmt: skip
    assert (about.programme_id, about.curriculum_id) == ("dalarna", "at-sosfs-1999-5")
    assert people[about.main_supervisor_id or ""].name == "Berit Handledarsson"
    assert [str(p.section) for p in mine].count("opererande") == 2
    psychiatry = units["Psykiatrins öppenvård"]
    assert people[psychiatry.head_id or ""].licensed is False
    assert ("Berit Handledarsson", "handledare") in roles
    assert ("Ulla Tjänsteholm", "verksamhetschef") in roles
    with store.read() as work:
        again = preview(EXAMPLES / "startgrupp.json", work, on=ON)
    assert (again.ok, dict(again.added)) == (True, {})


READ_ALIKE = {
    "semicolons": GOOD.encode(),
    "commas": GOOD.replace(";", ",").encode(),
    "tabs": GOOD.replace(";", "\t").encode(),
    "Windows' line ends": GOOD.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": GOOD.replace("\n", "\r").encode(),
    "a byte-order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "latin-1": GOOD.encode("latin-1"),
    "Excel's own first line": f"sep=;\r\n{GOOD}".encode(),
    "a title and an empty line above": f"Startgrupp HT;;\n;;;\n{GOOD}".encode(),
    "quotes": changed("Berit Handledarsson", '"Berit Handledarsson"'),
    "loose headings": changed(HEAD, HEAD.replace("Från", "Fr.o.m.").replace("Till", "TOM")),
    "misspelt headings": changed("Personnummer", "Personummer"),
    "spaces everywhere": changed("Psykiatri;", "  Psykiatri  ;"),
    "dates without hyphens": changed("2026-09-01", "20260901"),
    "dates with slashes": changed("2026-09-01", "2026/09/01"),
    "per cent": changed(";100;", ";100 %;"),
    "a percentage as a fraction": changed(";100;", ";1,0;"),
    "another word for the section": changed("Psykiatri;", "psyk;"),
}


@pytest.mark.parametrize("name", READ_ALIKE)
def test_a_file_is_read_alike_with(name: str, look: Look) -> None:
    found = look(READ_ALIKE[name])
    assert [problem.sentence for problem in found.problems] == []
    row = found.rows[0]
    assert (row.name, row.section, row.unit, row.percent, row.supervisor) == (
        "Alva Testsson", "psykiatri", "Psykiatrin", 100, "Berit Handledarsson",
    )  # fmt: skip
    assert (row.start, row.end) == (date(2026, 9, 1), date(2026, 11, 30))
    assert found.added["Placement"] == 1


LONG = "A" * 201
ANSWERED: dict[str, tuple[bytes, str]] = {
    "a missing column": (changed("Från", "Påhitt"), "rad 1, Från: kolumnen saknas"),
    "a column twice": (changed("Startgrupp", "Namn"), "rad 1, Namn: kolumnen finns två gånger"),
    "no rows": (f"{HEAD}\n".encode(), "rubriker men inga rader"),
    "an empty name": (changed("Alva Testsson", ""), "rad 2, Namn: får inte vara tom"),
    "a name of 201": (changed("Alva Testsson", LONG), "rad 2, Namn: för långt, högst 200 tecken"),
    "a wrong digit": (changed("9876", "9877"), "rad 2, Personnummer: Sista siffran stämmer inte"),
    "no personnummer": (changed("19811218-9876", "okänt"), "Skriv personnumret som"),
    "a day that is none": (changed("2026-09-01", "i höst"), "rad 2, Från: ”i höst” är inget datum"),
    "30 February": (changed("2026-09-01", "2026-02-30"), "rad 2, Från: datumet 2026-02-30 finns"),
    "the year 20265": (changed("2026-09-01", "20265-09-01"), "är inget datum"),
    "an end before a start": (changed("2026-11-30", "2026-08-01"), "rad 2, Till: Sista dagen"),
    "an empty end": (changed("2026-11-30", ""), "rad 2, Till: får inte vara tom"),
    "no section": (changed("Psykiatri;", "Öronvård;"), "rad 2, Avsnitt: ”Öronvård” är inget"),
    "40 per cent": (changed(";100;", ";40;"), "rad 2, Tjänstgöringsgrad: 40 % går inte"),
    "101 per cent": (changed(";100;", ";101;"), "rad 2, Tjänstgöringsgrad: 101 % går inte"),
    "per cent in letters": (changed(";100;", ";halvtid;"), "ska vara ett helt tal"),
    "the same placement twice": (
        f"{GOOD}{ROW}\n".encode(), "rad 3, Från: samma placering står på rad 2"),
    "two placements at once": (
        f"{GOOD}{ROW.replace('Psykiatri;Psykiatrin', 'Medicin;Kliniken')}\n".encode(),
        "rad 3, Från: Psykiatrin ligger på samma tid"),
    "two names of one number": (
        f"{GOOD}{ROW.replace('Alva Testsson', 'Nils Exempel')}\n".encode(),
        "rad 3, Namn: samma personnummer har ett annat namn på rad 2"),
    "two start groups of one person": (
        f"{GOOD}{ROW.replace('HT 2026', 'VT 2027')}\n".encode(),
        "rad 3, Startgrupp: ”VT 2027” stämmer inte med rad 2, där det står ”HT 2026”"),
    "two titles of one supervisor": (
        f"{GOOD}{ROW.replace('överläkare', 'vikarie')}\n".encode(),
        "rad 3, Handledarens titel: ”vikarie” stämmer inte med rad 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERED)
def test_a_row_is_answered_when_it_has(name: str, look: Look, store: Store) -> None:
    content, says = ANSWERED[name]
    found = look(content)
    sentences = [problem.sentence for problem in found.problems]
    assert [one for one in sentences if says in one], sentences
    with pytest.raises(Fault, match=r"import\.faults"):
        apply(store, found, "import")
    with store.read() as work:
        assert not [kind for kind in KINDS.values() if work.all(kind)]


def test_every_fault_of_a_file_is_told_at_once(look: Look) -> None:
    lines = [
        HEAD,
        ROW.replace("9876", "9877"),
        ROW.replace("Alva Testsson;19811218-9876", "Nils Exempel;").replace("Psykiatri;", "X;"),
    ]
    sentences = told(look, "\n".join(lines).encode())
    assert [one.partition(":")[0] for one in sentences] == ["rad 2, Personnummer", "rad 3, Avsnitt"]


def test_a_row_that_ends_before_it_begins_is_one_fault_and_not_two(look: Look) -> None:
    assert told(look, changed("2026-11-30", "2026-08-01")) == [
        "rad 2, Till: Sista dagen ligger före den första, 2026-09-01."
    ]


def test_a_misspelt_supervisor_is_asked_about(look: Look) -> None:
    other = ROW.replace("2026-09-01;2026-11-30", "2026-12-01;2027-02-28")
    other = other.replace("Berit Handledarsson;överläkare", "Berit Hanledarsson;")
    assert told(look, f"{GOOD}{other}\n".encode()) == [
        "rad 3, Handledare: Berit Hanledarsson finns inte i registret. Menas Berit Handledarsson? "
        "Fyll i titel eller specialitet på raden om personen är ny"
    ]


def test_a_name_like_no_other_is_somebody_new_and_said_once(look: Look, store: Store) -> None:
    bare = ROW.replace("överläkare", "")
    later = bare.replace("2026-09-01;2026-11-30", "2026-12-01;2027-02-28")
    found = look("\n".join([HEAD, bare, later, ""]).encode())
    assert [problem.sentence for problem in found.problems] == []
    assert [note.sentence for note in found.notes] == [
        "rad 2, Handledare: Berit Handledarsson är ny i registret och läggs till med bara sitt namn"
    ]
    apply(store, found, "import")
    with store.read() as work:
        assert [one.name for one in work.all(Person)] == ["Berit Handledarsson"]


def test_two_spellings_of_a_new_name_are_asked_about(look: Look) -> None:
    bare = ROW.replace("överläkare", "")
    later = bare.replace("2026-09-01;2026-11-30", "2026-12-01;2027-02-28")
    later = later.replace("Berit Handledarsson", "Berit Handledarson")
    (sentence,) = told(look, "\n".join([HEAD, bare, later, ""]).encode())
    assert sentence.startswith("rad 3, Handledare: Berit Handledarson finns inte i registret. ")
    assert "Menas Berit Handledarsson?" in sentence


def test_a_startdatum_beside_from_is_when_the_training_began(look: Look, store: Store) -> None:
    head = f"{HEAD};Startdatum;Slutdatum;Norm (mån)"
    found = look(f"{head}\n{ROW};2026-08-15;2028-05-14;21\n".encode())
    assert [problem.sentence for problem in found.problems] == []
    assert {note.sentence for note in found.notes} >= {
        "rad 1, Startdatum: läses som Tjänstgöring från",
        "rad 1, Slutdatum: läses som Tjänstgöring till",
    }
    apply(store, found, "import")
    with store.read() as work:
        (training,) = work.all(Training)
        (placement,) = work.all(Placement)
    assert (training.start, training.end) == (date(2026, 8, 15), date(2028, 5, 14))
    assert training.norm_months == 21
    assert placement.start == date(2026, 9, 1)


@pytest.mark.parametrize("head", ["Vem;Kliniken;Period", "Doktor;Ställe;När det är"])
def test_other_headings_are_taken_for_a_start_group_and_say_what_is_missing(
    look: Look, head: str
) -> None:
    sentences = told(look, f"{head}\nAlva;Med;vår\n".encode())
    assert "rad 1, Avsnitt: kolumnen saknas" in sentences
    assert "rad 1, Från: kolumnen saknas" in sentences


def test_a_startdatum_alone_is_the_placements(look: Look) -> None:
    head = HEAD.replace("Från;", "Startdatum;").replace("Till;", "Slutdatum;")
    assert told(look, f"{head}\n{ROW}\n".encode()) == []


def test_a_row_without_a_programme_follows_the_one_chosen_as_usual_here(
    look: Look, store: Store
) -> None:
    with store.work("test") as work:
        work.set_fact("programme_id", "dalarna")
    head, row = f"{HEAD};Program", f"{ROW};"
    other = row.replace("Alva Testsson;19811218-9876", "Nils Exempel;") + "vgr-primarvard"
    found = look("\n".join([head, row, other, ""]).encode())
    assert [problem.sentence for problem in found.problems] == []
    (note,) = found.notes
    assert note.sentence.startswith("rad 2, Program: inget står i filen; Dalarna")
    apply(store, found, "import")
    with store.read() as work:
        trainings = {one.programme_id: one for one in work.all(Training)}
    assert set(trainings) == {"dalarna", "vgr-primarvard"}
    assert trainings["dalarna"].programme_version
    assert trainings["dalarna"].norm_months == 21


def test_a_supervisor_of_the_register_needs_no_title(look: Look, store: Store) -> None:
    with store.work("test") as work:
        work.save(Person(name="Berit Handledarsson"))
    assert told(look, changed(";överläkare", ";")) == []


def test_one_of_two_namesakes_is_told_by_the_address(look: Look, store: Store) -> None:
    with store.work("test") as work:
        work.save(Person(name="Berit Handledarsson", email="a@exempel.invalid"))
        work.save(Person(name="Berit Handledarsson", email="b@exempel.invalid"))
    assert "två personer" in told(look, GOOD.encode())[0]
    addressed = GOOD.replace("Handledarens titel", "Handledarens e-post").replace(
        "överläkare", "b@exempel.invalid"
    )
    assert told(look, addressed.encode()) == []


def test_those_already_there_are_not_added_again(look: Look, store: Store) -> None:
    apply(store, look(GOOD.encode()), "import")
    later = ROW.replace("2026-09-01;2026-11-30", "2026-12-01;2027-02-28")
    found = look(f"{GOOD}{later}\n".encode())
    # The training's own end came from the first file: a longer plan is moved by hand first.
    assert [problem.column for problem in found.problems] == ["Till"]
    with store.work("test") as work:
        training = work.all(Training)[0]
        training.end = date(2027, 6, 30)
        work.save(training)
    found = look(f"{GOOD}{later}\n".encode())
    assert found.ok
    assert dict(found.added) == {"Placement": 1}
    by_name = look(GOOD.replace("19811218-9876", "").encode())
    assert (by_name.ok, dict(by_name.added)) == (True, {})


def test_a_training_that_is_there_is_not_changed_by_a_file(look: Look, store: Store) -> None:
    apply(store, look(GOOD.encode()), "import")
    moved = GOOD.replace("Startgrupp", "Tjänstgöring till").replace("HT 2026", "2029-01-31")
    found = look(moved.encode())
    assert found.ok
    assert [note.sentence for note in found.notes] == [
        "rad 2, Tjänstgöring till: tjänstgöringen finns redan med 2026-11-30; den ändras inte här"
    ]


def test_a_namesake_of_another_group_is_added_and_remarked_on(look: Look, store: Store) -> None:
    apply(store, look(GOOD.encode()), "import")
    found = look(GOOD.replace("19811218-9876", "").replace("HT 2026", "VT 2030").encode())
    assert found.ok
    assert found.added["Trainee"] == 1
    assert "finns redan någon som heter så" in found.notes[0].sentence


def test_a_number_that_is_anothers_is_refused(look: Look, store: Store) -> None:
    with store.work("test") as work:
        work.save(Trainee(name="Någon Annan", personnummer="198112189876"))
    assert told(look, GOOD.encode())[0] == (
        "rad 2, Personnummer: personnumret hör till Någon Annan, som redan finns"
    )


def test_one_who_must_not_be_mixed_up_with_a_namesake_needs_a_number(look: Look) -> None:
    other = ROW.replace("19811218-9876", "19640823-3234")
    third = ROW.replace("19811218-9876", "").replace(
        "2026-09-01;2026-11-30", "2027-01-01;2027-02-01"
    )
    assert told(look, f"{GOOD}{other}\n{third}\n".encode()) == [
        "rad 4, Personnummer: två personer i filen heter så; fyll i personnumret"
    ]


@pytest.mark.parametrize(
    "name", ["Åsa Öberg-Ähl", "Zoë D'Arc O’Exempel", "[bold]Nils[/bold]", "<b>Nils", "=1+1", "Müge"]
)
def test_a_name_is_kept_as_it_is(name: str, look: Look, store: Store) -> None:
    apply(store, look(GOOD.replace("Alva Testsson", name).encode()), "import")
    with store.read() as work:
        assert [one.name for one in work.all(Trainee)] == [name]


def test_escape_sequences_are_taken_out_and_told(look: Look, store: Store) -> None:
    found = look(GOOD.replace("Alva", "\x1b[31mAlva\x1b[0m\u202e").encode())
    assert found.rows[0].name == "[31mAlva[0m Testsson"
    assert [note.sentence for note in found.notes] == [
        "rad 2, Namn: osynliga styrtecken har tagits bort"
    ]


def test_an_unknown_column_is_remarked_on_and_stops_nothing(look: Look) -> None:
    found = look(GOOD.replace("Startgrupp", "Skostorlek").encode())
    assert found.ok
    assert "Skostorlek" in found.notes[0].sentence


def test_an_unknown_programme_lists_those_there_are(look: Look) -> None:
    content = GOOD.replace("Startgrupp", "Program").replace("HT 2026", "Narnia")
    assert "dalarna" in told(look, content.encode())[0]
    assert told(look, content.replace("Narnia", "Region Värmland").encode()) == []


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_keeps_its_dates_numbers_and_formulas_as_they_are(look: Look) -> None:
    row: list[Any] = ROW.split(";")
    row[1], row[5], row[6], row[7] = 198112189876, date(2026, 9, 1), date(2026, 11, 30), 0.75
    found = look(workbook([HEAD.split(";"), row]))
    assert found.ok
    assert (found.rows[0].start, found.rows[0].percent) == (date(2026, 9, 1), 75)
    row[5] = "=A1"
    assert "”=A1” är inget datum" in look(workbook([HEAD.split(";"), row])).problems[0].sentence


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return out.getvalue()


REFUSED = {
    "nothing": (b" \n", "import.empty"),
    "noise": (bytes(range(256)) * 8, "import.binary"),
    "a half workbook": (workbook([["Namn"]])[:-400], "import.not_xlsx"),
    "a zip of something else": (packed({"a.txt": b"x"}), "import.not_xlsx"),
    "a bomb": (packed({"xl/sharedStrings.xml": b"0" * 70_000_000}), "import.too_large"),
    "a document type": (packed({"xl/workbook.xml": b"<!DOCTYPE x []><x/>"}), "import.not_xlsx"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "import.old_workbook"),
    "too many rows": (GOOD.encode() + b";\nx" * 5100, "import.too_many_rows"),
    "an endless cell": (f"{HEAD}\n{'a' * 30_000}".encode(), "import.not_csv"),
    "broken JSON": (b'{"format": ', "import.not_json"),
    "JSON of another kind": (b'{"format": "x"}', "import.unknown_format"),
    "a JSON list": (b"[]", "import.unknown_format"),
    "JSON without end": (b'{"a":' + b"[" * 100_000, "import.too_deep"),
    "a newer form": (b'{"format":"at-tui/start-group","version":2}', "import.newer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_that_is(name: str, look: Look) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Fault) as refused:
        look(content)
    assert refused.value.code == code
    assert refused.value.exit_code == 1


def group(*rows: object) -> bytes:
    return json.dumps({"format": "at-tui/start-group", "version": 1, "rows": rows}).encode()


def test_the_json_form_answers_by_its_rows(look: Look) -> None:
    assert told(look, group("x", {"name": "Alva Testsson", "shoe": 1, "start": []})) == [
        "rad 1: ska vara ett objekt med fält",
        "rad 2, shoe: fältet hör inte hemma här",
        "rad 2, Från: ska vara text",
    ]
    assert told(look, group()) == ["Filen har rubriker men inga rader."]
    assert told(look, group({"name": "Alva Testsson"})) == [
        "rad 1, Tjänstgöring från: tjänstgöringens början saknas, och ingen placering visar den"
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_rows_or_refused(content: bytes) -> None:
    try:
        rows = read_csv(content)
    except Fault:
        return
    assert all(cells for _, cells in rows)
    if rows:
        table_of(rows)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_as_it_is_written(written: date) -> None:
    for form in (
        written.isoformat(),
        f"{written:%Y%m%d}",
        f"{written:%Y/%m/%d}",
        f"{written} 00:00",
    ):
        assert day(form) == written


@given(st.integers(1, 100))
def test_every_percentage_is_read_in_each_of_its_forms(value: int) -> None:
    for form in (value, f"{value} %", f"{value}%", str(value)):
        if form not in (1, "1"):  # alone, 1 is the spreadsheet's 100 %
            assert percent(form) == value
    if value > 1:
        assert percent(value / 100) == value
        assert percent(str(value / 100).replace(".", ",")) == value


def test_half_a_per_cent_is_no_percentage() -> None:
    with pytest.raises(Unreadable):
        percent("62,5")
