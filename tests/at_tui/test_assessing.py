"""Which answers a form takes, and how far one has come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.assessing import (
    change_variant,
    check_answer,
    fill_expected,
    form_faults,
    has_expected,
    has_own_rating,
    progress,
    read_number,
    sensitive_in,
)
from at_tui.concreteness import concreteness
from at_tui.correcting import new_form
from at_tui.filled_form import FilledForm
from at_tui.language import has, text
from data.content.loading import heads
from schema.fault import Fault
from schema.personnummer import HitKind
from tests.at_tui.clinic import TODAY, instrument, mini_cex

MINI_CEX = instrument("mini-cex")
DALARNA = instrument("dalarna-aterkoppling")
EXAM = instrument("medsittning-examination")


def fault_of(id: str, value: Any, variant: str = "", mall: Any = MINI_CEX) -> str:
    item = mall.item(id)
    assert item is not None
    fault = check_answer(mall, item, value, variant)
    if fault is None:
        return ""
    assert text(fault.key, **fault.values)
    return fault.code


@pytest.mark.parametrize(
    ("id", "value", "variant", "code"),
    [
        ("anamnes", 1, "", ""),
        ("anamnes", 5, "", ""),
        ("anamnes", 0, "", "outside_scale"),
        ("anamnes", 6, "", "outside_scale"),
        ("anamnes", 9, "nio-steg", ""),
        ("anamnes", 7, "sex-steg", "outside_scale"),
        ("anamnes", 4, "tio-steg", "variant"),
        ("anamnes", "4", "", "outside_scale"),
        ("anamnes", True, "", "outside_scale"),
        ("anamnes", None, "", ""),
        ("behalla", None, "", "not_observed"),
        ("behalla", "x" * 4000, "", ""),
        ("behalla", "x" * 4001, "", "too_long"),
        ("behalla", 3, "", "not_text"),
        ("svarighet", "medel", "", ""),
        ("svarighet", "svår", "", "no_choice"),
        ("minuter-observation", 1, "", ""),
        ("minuter-observation", 0, "", "too_small"),
        ("minuter-observation", 240, "", ""),
        ("minuter-observation", 241, "", "too_large"),
        ("minuter-observation", 2.5, "", "not_number"),
        ("minuter-observation", "15", "", "not_number"),
    ],
)
def test_an_answer_is_held_to_its_item(id: str, value: Any, variant: str, code: str) -> None:
    assert fault_of(id, value, variant) == code


def test_dates_decimals_and_several_choices_are_held_to_their_items() -> None:
    assert fault_of("period-fran", "2026-11-26", mall=DALARNA) == ""
    assert fault_of("period-fran", "2026-02-30", mall=DALARNA) == "not_date"
    assert fault_of("underlag", ["egna", "kollegor"], mall=DALARNA) == ""
    assert fault_of("underlag", ["egna", "hörsägen"], mall=DALARNA) == "no_choice"
    assert fault_of("manader", 2.5, mall=EXAM) == ""


def test_a_scale_without_not_observed_refuses_it() -> None:
    assert fault_of("kommunikation", None, mall=EXAM) == "not_observed"


@given(st.integers(), st.sampled_from(["", "nio-steg", "sex-steg"]))
def test_only_levels_of_the_chosen_scale_are_taken(value: int, variant: str) -> None:
    most = {"": 5, "nio-steg": 9, "sex-steg": 6}[variant]
    assert (fault_of("status", value, variant) == "") == (1 <= value <= most)


def test_every_wrong_answer_of_a_form_is_told_at_once() -> None:
    form = mini_cex(own={"status": 8, "hittepå": 1})
    form.context["minuter-observation"] = 900
    form.answers["anamnes"] = 7
    form.answers["anamnes:comment"] = "y" * 4001
    found = [(fault.item_id, fault.code) for fault in form_faults(MINI_CEX, form)]
    assert found == [
        ("minuter-observation", "too_large"),
        ("anamnes", "outside_scale"),
        ("anamnes", "remark"),
        ("status", "outside_scale"),
        ("hittepå", "unknown_item"),
    ]


@pytest.mark.parametrize(
    ("typed", "number"), [("15", 15), (" 1 000 ", 1000), ("2,5", 2.5), ("2.0", 2), ("−1", -1)]
)
def test_numbers_are_read_as_swedes_write_them(typed: str, number: float) -> None:
    item = EXAM.item("manader")
    assert item is not None
    assert read_number(item, typed) == number


@pytest.mark.parametrize("typed", ["", "två", "1,5,2", "1e999", "nan", "inf"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    item = EXAM.item("manader")
    assert item is not None
    with pytest.raises(Fault) as caught:
        read_number(item, typed)
    assert caught.value.code == "assessment.answer.not_number"


def test_the_counter_counts_what_is_rated_and_not_observed_is_an_answer() -> None:
    form = mini_cex()
    assert progress(MINI_CEX, form.answers) == (2, 7)
    form.answers["helhet"] = None
    assert progress(MINI_CEX, form.answers) == (3, 7)


def test_a_form_of_free_text_counts_its_texts() -> None:
    mall = instrument("fredagsfeedback")
    assert progress(mall, {"behalla": "Lugn i rösten.", "andra": ""}) == (1, 2)


def test_one_key_fills_dalarnas_sixteen_areas_and_leaves_what_is_answered() -> None:
    form = new_form(DALARNA, "t", None, TODAY)
    form.answers = {"stress": 2, "jour": None}
    filled = fill_expected(DALARNA, form)
    assert len(filled) == 14
    assert form.answers["stress"] == 2
    assert form.answers["jour"] is None
    assert form.answers["teori"] == 3
    assert progress(DALARNA, form.answers) == (16, 16)
    assert has_expected(DALARNA)
    assert not has_expected(MINI_CEX)


def test_another_scale_empties_what_was_answered_on_the_first() -> None:
    form = mini_cex(own={"anamnes": 5})
    form.answers["kommunikation"] = None
    emptied = change_variant(MINI_CEX, form, "nio-steg")
    assert [item.id for item in emptied] == ["anamnes", "status"]
    assert form.own == {}
    assert form.answers["kommunikation"] is None
    assert form.answers["behalla"]
    assert change_variant(MINI_CEX, form, "nio-steg") == []


def test_own_rating_is_offered_where_the_instrument_has_it() -> None:
    assert has_own_rating(MINI_CEX)
    assert not has_own_rating(EXAM)


def test_patient_data_in_any_free_text_is_pointed_out() -> None:
    form = mini_cex()
    form.context["patientmote"] = "640823-3234, bröstsmärta"
    form.answers["anamnes:comment"] = "såg patienten i sal 4"
    found = [(hit.item_id, hit.kind, hit.excerpt) for hit in sensitive_in(MINI_CEX, form)]
    assert found == [
        ("patientmote", HitKind.PERSONNUMMER, "640823-3234"),
        ("anamnes", HitKind.PLACE, "sal 4"),
    ]


def test_a_form_comes_back_from_its_draft_as_it_was() -> None:
    form = mini_cex(own={"anamnes": 3}, goals=["6:2:5"], corrects_id="x")
    assert FilledForm.from_draft(form.to_draft()) == form


def test_what_is_no_draft_of_a_form_is_refused() -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        FilledForm.from_draft({"note": "hej"})


@pytest.mark.parametrize(
    ("written", "dots"),
    [
        ("", 0),
        ("Bra jobbat, fortsätt så!", 1),
        ("Fråga om läkemedel tidigare.", 1),
        ("Sammanfattade för patienten innan undersökningen och frågade vad hon trodde.", 2),
        (
            "Sammanfatta planen högt innan patienten reser sig, så att hon hinner fråga "
            "om det hon inte förstod.",
            3,
        ),
    ],
)
def test_dots_tell_how_concrete_a_comment_is(written: str, dots: int) -> None:
    assert concreteness(written) == dots


@given(st.text())
def test_any_text_has_nought_to_three_dots(written: str) -> None:
    assert 0 <= concreteness(written) <= 3


def test_every_instrument_makes_an_empty_form_without_faults() -> None:
    for head in heads("instrument"):
        mall = instrument(head.id)
        assert form_faults(mall, new_form(mall, "t", None, TODAY)) == []
        assert has("assessment.answer.outside_scale")
