"""What stands between a form and its signature."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from at_tui.completeness import ASSESSOR, DAY, TRAINEE, Around, lacks, not_complete
from at_tui.correcting import new_form
from at_tui.filled_form import FilledForm
from at_tui.language import text
from tests.at_tui.clinic import TODAY, around, exam, instrument, mini_cex

MINI_CEX = instrument("mini-cex")
EXAM = instrument("medsittning-examination")


def told(mall_id: str, form: FilledForm, facts: Around) -> list[tuple[str, str]]:
    found = lacks(instrument(mall_id), form, facts)
    for lack in found:
        assert text(lack.key, **lack.values)
    return [(lack.code, lack.where) for lack in found]


def test_a_mini_cex_with_its_text_one_area_and_an_assessor_is_ready() -> None:
    assert told("mini-cex", mini_cex(), around()) == []


def test_an_empty_mini_cex_names_what_is_missing_in_the_forms_order() -> None:
    form = new_form(MINI_CEX, "t", None, TODAY)
    assert told("mini-cex", form, around(assessor_name="")) == [
        ("assessor_name", ASSESSOR),
        ("item", "patientmote"),
        ("section_one", "behalla"),
        ("section_one", "anamnes"),
    ]


def test_not_observed_alone_is_not_enough_for_a_section_that_asks_one_answer() -> None:
    form = mini_cex()
    form.answers = {"behalla": "Lugn.", "anamnes": None}
    assert told("mini-cex", form, around()) == [("section_one", "status")]


def test_a_value_outside_its_scale_stops_the_signature() -> None:
    form = mini_cex()
    form.answers["anamnes"] = 9
    assert told("mini-cex", form, around()) == [("answer.outside_scale", "anamnes")]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY, ""),
        (TODAY + timedelta(days=1), "day_to_come"),
        (date(2026, 1, 12), ""),
        (date(2026, 1, 11), "day_before_training"),
    ],
)
def test_the_day_lies_within_the_training_and_not_ahead(day: date, code: str) -> None:
    expected = [(code, DAY)] if code else []
    assert told("mini-cex", mini_cex(day=day), around()) == expected


def test_an_exam_form_with_every_field_is_complete_once_signed() -> None:
    assert told("medsittning-examination", exam(), around()) == []
    unsigned = not_complete(EXAM, exam(), around())
    assert [lack.code for lack in unsigned] == ["assessor_signature"]
    assert not_complete(EXAM, exam(), around(assessor_signed=True)) == []


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"assessor_specialty": ""}, ("assessor_specialist", ASSESSOR)),
        ({"assessor_is_supervisor": True}, ("assessor_not_supervisor", ASSESSOR)),
        ({"assessor_contact": " "}, ("assessor_contact", ASSESSOR)),
        ({"assessor_name": ""}, ("assessor_name", ASSESSOR)),
        ({"trainee_personnummer": None}, ("trainee_personnummer", TRAINEE)),
        ({"trainee_personnummer": "196408233235"}, ("trainee_personnummer", TRAINEE)),
        ({"trainee_email": "alva.testsson"}, ("trainee_email", TRAINEE)),
    ],
)
def test_an_exam_form_is_not_complete_without(
    changes: dict[str, object], lack: tuple[str, str]
) -> None:
    assert lack in told("medsittning-examination", exam(), around(**changes))


@pytest.mark.parametrize(
    "id", ["amne", "manader", "plats", "patientmote", "behalla", "anamnes", "slutbetyg", "ki-sidor"]
)
def test_an_exam_form_is_not_complete_without_its_field(id: str) -> None:
    form = exam()
    form.context.pop(id, None)
    form.answers.pop(id, None)
    assert told("medsittning-examination", form, around()) == [("item", id)]


def test_the_ki_form_must_have_all_its_pages() -> None:
    form = exam()
    form.answers["ki-sidor"] = "nej"
    assert told("medsittning-examination", form, around()) == [("item_answer", "ki-sidor")]


def test_nobody_is_asked_for_on_an_anonymous_form() -> None:
    mall = instrument("msf")
    form = new_form(mall, "t", None, TODAY)
    form.answers = {"tillit": 3}
    assert told("msf", form, around(assessor_name="")) == []
