"""Personnummer: form, date, control digit and century; and what in free text may be a patient's."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.fault import Fault
from schema.personnummer import HitKind, find_sensitive, normalise, parse

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("640823-3234", "196408233234"),
        ("6408233234", "196408233234"),
        ("19640823-3234", "196408233234"),
        ("196408233234", "196408233234"),
        (" 811218 - 9876 ", "198112189876"),
        ("640823+3234", "186408233234"),
        ("811278-9873", "198112789873"),
    ],
)
def test_every_written_form_becomes_the_same_twelve_digits(written: str, digits: str) -> None:
    assert parse(written, on=TODAY).digits == digits


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "personnummer.form"),
        ("640823-323", "personnummer.form"),
        ("640823-32345", "personnummer.form"),
        ("640823/3234", "personnummer.form"),
        ("64O823-3234", "personnummer.form"),
        ("[bold]", "personnummer.form"),
        ("641323-3234", "personnummer.date"),
        ("640800-3234", "personnummer.date"),
        ("640860-3234", "personnummer.date"),
        ("640892-3234", "personnummer.date"),
        ("20640823-3234", "personnummer.date"),
        ("00000823-3234", "personnummer.date"),
        ("640823-0002", "personnummer.date"),
        ("640823-3235", "personnummer.checksum"),
        ("640832-3234", "personnummer.date"),
        ("811278-9874", "personnummer.checksum"),
    ],
)
def test_what_is_no_number_is_refused_with_its_own_reason(written: str, code: str) -> None:
    with pytest.raises(Fault) as refused:
        parse(written, on=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("place", range(10))
def test_one_wrong_digit_is_always_noticed(place: int) -> None:
    right = "6408233234"
    for digit in "0123456789":
        if digit == right[place]:
            continue
        with pytest.raises(Fault):
            parse(right[:place] + digit + right[place + 1 :], on=TODAY)


def test_ten_digits_mean_the_latest_century_that_has_begun() -> None:
    assert parse("811218-9876", on=TODAY).digits == "198112189876"
    assert parse("811218-9876", on=date(2082, 1, 1)).digits == "208112189876"
    assert parse("811218+9876", on=date(2082, 1, 1)).digits == "198112189876"
    assert parse("811218+9876", on=date(2081, 1, 1)).digits == "198112189876"


def test_a_day_later_in_the_year_of_reading_means_the_century_before() -> None:
    assert parse("811218-9876", on=date(2081, 12, 18)).digits == "208112189876"
    assert parse("811218-9876", on=date(2081, 12, 17)).digits == "198112189876"


def test_a_record_keeps_twelve_digits_without_reading_a_clock() -> None:
    assert normalise("640823-3234") == "196408233234"
    assert normalise("19811218-9876") == "198112189876"
    with pytest.raises(ValueError, match=r"^personnummer\.checksum$"):
        normalise("640823-3235")


def test_a_samordningsnummer_says_so() -> None:
    assert parse("811278-9873", on=TODAY).coordination
    assert not parse("811218-9876", on=TODAY).coordination


def test_a_masked_number_hides_the_last_four() -> None:
    number = parse("640823-3234", on=TODAY)
    assert number.written == "19640823-3234"
    assert number.masked == "19640823-••••"


@pytest.mark.parametrize(
    ("text", "kind", "hit"),
    [
        ("pat 640823-3234 kom in", HitKind.PERSONNUMMER, "640823-3234"),
        ("pat 6408233234.", HitKind.PERSONNUMMER, "6408233234"),
        ("(19640823-3234)", HitKind.PERSONNUMMER, "19640823-3234"),
        ("640823–3234", HitKind.PERSONNUMMER, "640823–3234"),
        ("640823 3234", HitKind.PERSONNUMMER, "640823 3234"),
        ("640823+3234", HitKind.PERSONNUMMER, "640823+3234"),
        ("٦٤٠٨٢٣-٣٢٣٤", HitKind.PERSONNUMMER, "٦٤٠٨٢٣-٣٢٣٤"),
        ("id811278-9873x", HitKind.SAMORDNINGSNUMMER, "811278-9873"),
        ("ring 070-123 45 67 i dag", HitKind.PHONE, "070-123 45 67"),
        ("ring 0701234567", HitKind.PHONE, "0701234567"),
        ("tel.0701-23 45 67", HitKind.PHONE, "0701-23 45 67"),
        ("tel:08-12 34 56", HitKind.PHONE, "08-12 34 56"),
        ("070 123 45 67", HitKind.PHONE, "070 123 45 67"),
        ("växel 023-49 00 00", HitKind.PHONE, "023-49 00 00"),
        ("+46 70 123 45 67", HitKind.PHONE, "+46 70 123 45 67"),
        ("+46 (0)70-123 45 67", HitKind.PHONE, "+46 (0)70-123 45 67"),
        ("+47 22 12 34 56", HitKind.PHONE, "+47 22 12 34 56"),
        ("kvinnan på sal 4 var", HitKind.PLACE, "sal 4"),
        ("Säng 12", HitKind.PLACE, "Säng 12"),
        ("på rum 3:2, sov", HitKind.PLACE, "rum 3:2"),
        ("RUM NR 14b", HitKind.PLACE, "RUM NR 14b"),
        ("vårdplats 7", HitKind.PLACE, "vårdplats 7"),
        ("patientrum 11", HitKind.PLACE, "patientrum 11"),
    ],
)
def test_free_text_that_points_at_a_person_is_found_with_its_place(
    text: str, kind: HitKind, hit: str
) -> None:
    assert [(h.kind, text[h.start : h.end]) for h in find_sensitive(text)] == [(kind, hit)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gick igenom två inspelade konsultationer. Bra öppningar, avsluta tydligare.",
        "640823-3235 stämmer inte",
        "kl 08.00-16.30, jour 0800-1630",
        "2026-11-24 till 2027-01-12",
        "24/11 2026 och 01 01 2026",
        "delmål 5:2:4 och 6:2:7",
        "Hb 104, Na 138-142, CRP 210",
        "i rummet fanns 3 läkare",
        "salbutamol 4 mg",
        "15 + 5 min, 60 min",
        "HSLF-FS 2021:8, SOSFS 1999:5, 2010:1369",
        "12345678901234567890",
        "000000-0000",
    ],
)
def test_ordinary_notes_are_left_alone(text: str) -> None:
    assert find_sensitive(text) == []


def test_several_hits_come_in_the_order_of_the_text() -> None:
    text = "sal 4: 811218-9876, ring 070-123 45 67"
    kinds = [hit.kind for hit in find_sensitive(text)]
    assert kinds == [HitKind.PLACE, HitKind.PERSONNUMMER, HitKind.PHONE]


odd = st.text() | st.text(alphabet="0123456789-+ .:/()salrumång٣６𝟛²½Ⅷ\n\x00\u202e")


@given(odd)
def test_odd_text_never_raises_and_hits_lie_in_order_inside_it(text: str) -> None:
    hits = find_sensitive(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(odd)
def test_odd_text_is_a_number_or_a_fault_and_nothing_else(text: str) -> None:
    outcome = ""
    try:
        outcome = parse(text, on=TODAY).digits
    except Fault as fault:
        outcome = fault.code
    assert outcome.startswith("personnummer.") or (len(outcome) == 12 and outcome.isascii())


@given(st.text(alphabet="abcdåäö ,.\n"), st.text(alphabet="abcdåäö ,.\n"))
def test_a_number_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    hits = find_sensitive(f"{before}640823-3234{after}")
    assert [(hit.start, hit.end) for hit in hits] == [(len(before), len(before) + 11)]


def test_the_room_can_be_imported_without_the_checksum_library() -> None:
    code = "import schema.personnummer, sys; print('stdnum' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
