"""What the shipped instruments hold: all that the regions name, and what makes them work."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import content
from data.content.registry import KINDS
from schema.content.instrument import Instrument
from schema.words import SectionCode

IDS = [
    "bt-slutbedomning",
    "cbd",
    "dalarna-aterkoppling",
    "dops",
    "forelasningsutvardering",
    "fredagsfeedback",
    "halvtid",
    "medsittning-examination",
    "medsittning-formativ",
    "mini-cex",
    "msf",
    "placeringsutvardering",
    "samtalschecklista",
]

SHIPPED = Path(content.__file__).parent.parent / KINDS["instrument"].folder


def shipped(id: str) -> Instrument:
    # A folder that is not there: only what is shipped, whoever runs the test.
    return content.instrument(id, "1", folder=SHIPPED / "inga-egna")


def test_every_instrument_the_regions_name_is_shipped() -> None:
    assert sorted(path.stem for path in SHIPPED.glob("*.toml")) == IDS


@pytest.mark.parametrize("id", IDS)
def test_free_text_stands_before_every_scale(id: str) -> None:
    types = [item.type for section in shipped(id).sections for item in section.items]
    assert types[0] == "text"
    if "scale" in types:
        assert "keep" in {item.role for item in shipped(id).sections[0].items}


@pytest.mark.parametrize("id", IDS)
def test_no_shipped_instrument_calls_itself_official(id: str) -> None:
    instrument = shipped(id)
    assert not instrument.official
    assert instrument.wording
    assert instrument.source


@pytest.mark.parametrize("id", IDS)
def test_everything_fits_a_terminal_of_eighty_columns(id: str) -> None:
    instrument = shipped(id)
    assert len(instrument.title) <= 60
    for item in instrument.items():
        assert len(item.label) <= 72
        for choice in item.choices:
            assert len(choice.label) <= 40


@pytest.mark.parametrize("id", ["mini-cex", "dops", "medsittning-formativ"])
def test_observations_ask_how_much_support_was_needed(id: str) -> None:
    instrument = shipped(id)
    scale = instrument.scales[0]
    assert scale.question == "Hur mycket stöd behövdes?"
    assert [level.value for level in scale.levels] == [1, 2, 3, 4, 5]
    assert all(level.help for level in scale.levels)
    rated = [item for item in instrument.items() if item.type == "scale"]
    assert {item.scale for item in rated} == {scale.id}
    assert all(item.own_rating for item in rated)


@pytest.mark.parametrize(("variant", "levels"), [("nio-steg", 9), ("sex-steg", 6)])
def test_mini_cex_can_be_answered_on_the_older_scales(variant: str, levels: int) -> None:
    instrument = shipped("mini-cex")
    item = instrument.item("status")
    assert item is not None
    scale = instrument.scale_of(item, variant)
    assert scale is not None
    assert [level.value for level in scale.levels] == list(range(1, levels + 1))
    default = instrument.scale_of(item)
    assert default is not None
    assert len(default.levels) == 5


def test_the_nine_steps_are_read_in_three_bands() -> None:
    scale = shipped("mini-cex").scale("nio")
    bands = [level.band.split(" ")[0] for level in scale.levels]
    assert bands == ["1–3"] * 3 + ["4–6"] * 3 + ["7–9"] * 3


def test_mini_cex_has_the_seven_areas_and_dops_its_ten() -> None:
    areas = {id: shipped(id).sections[-1] for id in ("mini-cex", "dops", "cbd")}
    assert [item.id for item in areas["mini-cex"].items] == [
        *("anamnes", "status", "kommunikation", "bedomning", "professionalitet"),
        *("organisation", "helhet"),
    ]
    assert len(areas["dops"].items) == 10
    assert len(areas["cbd"].items) == 7
    assert all(item.allow_not_observed for item in areas["dops"].items)


def test_dalarnas_document_has_sixteen_areas_in_the_order_of_the_source() -> None:
    areas = shipped("dalarna-aterkoppling").sections[-1]
    assert [item.label for item in areas.items] == [
        "Teoretiska färdigheter",
        "Praktiska färdigheter",
        "Kliniskt omdöme",
        "Självständigt arbete",
        "Att känna sina begränsningar",
        "Ansvarstagande",
        "Patient- och anhörigkontakt",
        "Samarbetsförmåga",
        "Bemötande",
        "Rapportering",
        "Dokumentation",
        "Vetenskapligt förhållningssätt",
        "Pedagogisk förmåga",
        "Arbetskapacitet",
        "Att hantera stress",
        "Nattarbete och jour",
    ]


def test_dalarnas_scale_says_that_it_is_not_dalarnas_and_one_key_means_as_expected() -> None:
    instrument = shipped("dalarna-aterkoppling")
    assert "Egen skala, inte Dalarnas" in instrument.scales[0].source
    assert "vår egen" in instrument.wording
    for item in instrument.sections[-1].items:
        assert item.default == 3
        assert item.repeat_from_previous
        assert item.allow_not_observed
    level = instrument.scales[0].level(3)
    assert level is not None
    assert level.label == "som förväntat"


def test_the_exam_form_says_it_is_not_kis_and_who_may_examine() -> None:
    instrument = shipped("medsittning-examination")
    assert "Ej KI:s officiella mall" in instrument.wording
    assert instrument.assessor.must_be_specialist
    assert instrument.assessor.must_not_be_supervisor
    assert instrument.assessor.needs_contact


def test_the_exam_form_checks_every_field_that_kis_form_is_rejected_by() -> None:
    instrument = shipped("medsittning-examination")
    facts = {check.fact for check in instrument.checks}
    assert facts >= {
        *("required_items", "trainee_name", "trainee_personnummer", "trainee_email"),
        *("assessor_name", "assessor_contact", "assessor_signature"),
        *("assessor_specialist", "assessor_not_supervisor"),
    }
    items = {check.item for check in instrument.checks if check.item}
    assert items >= {"amne", "slutbetyg", "manader", "ki-sidor", "ki-underskrift"}


def test_the_exam_forms_subjects_are_the_four_sections_and_one_grade_approves() -> None:
    instrument = shipped("medsittning-examination")
    subject = instrument.with_role("subject")
    grade = instrument.with_role("grade")
    assert subject is not None
    assert grade is not None
    assert {SectionCode(choice.id) for choice in subject.choices} == {
        *(SectionCode.OPERERANDE, SectionCode.INVARTES),
        *(SectionCode.PSYKIATRI, SectionCode.ALLMANMEDICIN),
    }
    assert [choice.id for choice in grade.choices if choice.approves] == ["godkand"]
    assert subject.required_for_signing
    assert grade.required_for_signing


def test_fredagsfeedback_is_two_texts_and_nothing_more() -> None:
    assert [(item.type, item.role) for item in shipped("fredagsfeedback").items()] == [
        ("text", "keep"),
        ("text", "change"),
    ]


@pytest.mark.parametrize("id", ["msf", "placeringsutvardering", "forelasningsutvardering"])
def test_anonymous_answers_open_from_five(id: str) -> None:
    instrument = shipped(id)
    assert instrument.anonymous
    assert instrument.results_from == 5
    assert instrument.signatures == "none"


def test_the_halfway_talk_is_signed_by_both_and_holds_three_agreements() -> None:
    instrument = shipped("halvtid")
    assert instrument.signatures == "both"
    assert sum(item.role == "agreement" for item in instrument.items()) == 3
