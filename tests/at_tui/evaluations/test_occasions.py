"""What there is to evaluate follows the plan: each placement, each block, or each quarter."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.evaluations.occasions import asked_by, occasions
from at_tui.evaluations.sealing import answers_to_seal, lacking, telling
from at_tui.programmes import programme
from data import find
from data.find import Folder
from schema.tables import Placement, Unit
from schema.words import SectionCode
from tests.at_tui.clinic import Clinic, instrument


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


@pytest.mark.parametrize(
    ("plan", "what"),
    [
        ("hudiksvall", "placement"),
        ("varmland", "placement"),
        ("gavle", "section"),
        ("jonkoping", "section"),
        ("orebro", "section"),
        ("uppsala-akademiska", "section"),
        ("sormland", "quarter"),
        ("nationell", "placement"),
    ],
)
def test_each_plan_wants_its_own(plan: str, what: str) -> None:
    assert asked_by(programme(plan)) == what


def test_a_training_whose_plan_is_gone_may_evaluate_its_placements() -> None:
    assert asked_by(None) == "placement"


@pytest.mark.parametrize(
    ("on", "offered"),
    [
        (date(2026, 7, 31), []),
        (date(2026, 8, 1), ["2026-2"]),  # 30 days before 31 August
        (date(2027, 1, 28), ["2026-2"]),
        (date(2027, 1, 29), ["2027-1", "2026-2"]),  # 30 days before 28 February
        (date(2027, 8, 31), ["2027-1", "2026-2"]),
        (date(2027, 9, 1), ["2027-1"]),  # a year after the last day it is over
    ],
)
def test_a_placement_is_offered_from_its_last_month_for_a_year(
    clinic: Clinic, on: date, offered: list[str]
) -> None:
    assert [one.period for one in occasions(folder_of(clinic), None, on)] == offered


def test_a_block_of_two_clinics_is_one_for_the_longer(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        other = work.save(Unit(name="Beroendekliniken"))
        work.save(
            Placement(
                training_id=clinic.training_id, section=SectionCode.PSYKIATRI, unit_id=other.id,
                start=date(2026, 5, 11), end=date(2026, 5, 31),
            )
        )  # fmt: skip
    found = occasions(folder_of(clinic), programme("gavle"), date(2026, 8, 31))
    assert [(one.what, one.unit, one.start, one.end) for one in found] == [
        ("section", "Psykiatriska kliniken", date(2026, 5, 11), date(2026, 8, 31))
    ]


def test_a_quarter_is_evaluated_where_one_is_at_its_end(clinic: Clinic) -> None:
    found = occasions(folder_of(clinic), programme("sormland"), date(2026, 11, 26))
    assert [(one.period, one.unit) for one in found] == [
        ("2026-k4", "Vårdcentral A"),
        ("2026-k3", "Vårdcentral A"),
    ]


def test_only_answers_to_the_questions_are_sealed() -> None:
    mall = instrument("forelasningsutvardering")
    given = {
        "rubrik": "EKG", "dag": "2026-11-02", "nytta": 4, "niva": 9, "behalla": "  ",
        "okand": "x", "pedagogik": None,
    }  # fmt: skip
    assert answers_to_seal(mall, given) == {"nytta": 4}


def test_too_little_is_pointed_out_where_it_is_lacking() -> None:
    mall = instrument("placeringsutvardering")
    assert lacking(mall, {"behalla": "Bra."}) == ["introduktion"]
    assert lacking(mall, {"schema": 3}) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Berit var bra", ["Berit"]),
        ("berit var bra", []),
        ("Ring 0240-123 45", ["0240-123 45"]),
        ("Det var 640823-3234", ["640823-3234"]),
        ("Rum 12 var kallt", ["Rum 12"]),
        ("Handledningen blev av", []),
        ("Alva och Nils", ["Alva", "Nils"]),
    ],
)
def test_names_and_numbers_are_pointed_out(said: str, found: list[str]) -> None:
    names = ["Berit Handledarsson", "Nils Exempel", "Alva Testsson"]
    mall = instrument("placeringsutvardering")
    assert [one.excerpt for one in telling(mall, {"andra": said}, names)] == found
