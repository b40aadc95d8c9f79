"""Bastjänstgöring is a programme beside AT: its own law, plan, goals, forms and words.

Sources: PSF 4 kap. 1 § (six months at least), HSLF-FS 2021:8, Region Dalarna's riktlinjer för BT
(at-rules 2.6).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from at_tui.beginnings import LAW, block_months, programme_for, programme_names, versions
from at_tui.judge.finding import Finding, Status
from at_tui.kind_words import content_of_kind, of_kind, of_kinds
from at_tui.standing import standing
from data import content, opening
from data.store import Store
from schema.tables import Assessment, Person, Placement, Trainee, Training
from schema.words import Kind, LockStatus, SectionCode

START = date(2026, 1, 1)
ON = date(2026, 12, 20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "bt.db"
    opening.create(path, passphrase=None)
    return opening.open_store(path, None)


def training(store: Store, *placements: tuple[SectionCode, date, date], plan: str) -> str:
    """Save a BT with these placements and return its id."""
    version, curriculum, curriculum_version = versions(plan, Kind.BT)
    with store.work("test") as work:
        who = work.save(Trainee(name="Berit Testsson"))
        found = work.save(
            Training(
                trainee_id=who.id, kind=Kind.BT, start=START, norm_months=12, programme_id=plan,
                programme_version=version, curriculum_id=curriculum,
                curriculum_version=curriculum_version,
            )
        )  # fmt: skip
        for section, start, end in placements:
            work.save(Placement(training_id=found.id, section=section, start=start, end=end))
    return found.id


def findings(store: Store, id: str, on: date = ON) -> dict[str, Finding]:
    return {f.requirement_id: f for f in standing(store, id, on).findings}


def test_the_plans_of_each_kind_are_offered_for_it_alone() -> None:
    bt = [id for id, _ in programme_names(Kind.BT)]
    assert bt == ["bt-nationell", "bt-dalarna"]
    at = [id for id, _ in programme_names(Kind.AT)]
    assert not set(at) & set(bt)
    assert {*at, *bt} == {id for id, _ in programme_names()}


@pytest.mark.parametrize(
    ("kind", "usual", "proposed"),
    [
        (Kind.BT, "dalarna", "bt-dalarna"),
        (Kind.BT, "varmland", "bt-nationell"),
        (Kind.BT, "bt-dalarna", "bt-dalarna"),
        (Kind.AT, "bt-dalarna", "dalarna"),
        (Kind.AT, "bt-nationell", "nationell"),
        (Kind.AT, "orebro-uso", "orebro-uso"),
    ],
)
def test_the_regions_plan_of_the_other_kind_is_proposed(
    kind: Kind, usual: str, proposed: str
) -> None:
    assert programme_for(kind, usual) == proposed


def test_a_bt_is_twelve_months_and_has_eighteen_delmal_as_working_text() -> None:
    assert block_months("bt-dalarna", Kind.BT) == 12
    assert block_months("bt-nationell", Kind.BT) == 12
    curriculum = content.load_curricula()[versions("bt-dalarna", Kind.BT)[1]]
    numbered = [goal for goal in curriculum.goals if goal.is_numbered]
    assert [goal.id for goal in numbered] == [f"BT{n}" for n in range(1, 19)]
    assert all(goal.status == "working" for goal in curriculum.goals)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (date(2026, 6, 29), Status.LATE),
        (date(2026, 6, 30), Status.MET),
    ],
)
def test_six_months_are_the_least(store: Store, end: date, status: Status) -> None:
    """1 January to 30 June is six months, both days included; one day less is not."""
    id = training(store, (SectionCode.AKUT, START, end), plan="bt-nationell")
    found = findings(store, id)["BN-01"]
    assert (found.status is Status.MET) is (status is Status.MET)


def test_akutsjukvard_and_primarvard_are_asked_for(store: Store) -> None:
    id = training(store, (SectionCode.INVARTES, START, date(2026, 12, 31)), plan="bt-nationell")
    found = findings(store, id, date(2027, 1, 10))
    assert found["BN-03"].status is not Status.MET
    assert found["BN-04"].status is not Status.MET


def test_dalarna_asks_for_three_months_of_each_in_place_of_the_laws_some(store: Store) -> None:
    id = training(
        store,
        (SectionCode.AKUT, START, date(2026, 3, 30)),
        (SectionCode.ALLMANMEDICIN, date(2026, 4, 1), date(2026, 6, 30)),
        plan="bt-dalarna",
    )
    found = findings(store, id)
    assert "BN-03" not in found
    assert found["BD-01"].status is Status.MET
    assert found["BD-02"].status is not Status.MET


@pytest.mark.parametrize(("count", "met"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_formative_assessments_are_asked_for_in_each_placement(
    store: Store, count: int, met: bool
) -> None:
    id = training(store, (SectionCode.AKUT, START, date(2026, 6, 30)), plan="bt-dalarna")
    with store.work("test") as work:
        assessor = work.save(Person(name="Sven Exempel", specialty="akutsjukvård"))
        (placement,) = work.all(Placement)
        for number in range(count):
            work.save(
                Assessment(
                    training_id=id, placement_id=placement.id, assessor_id=assessor.id,
                    instrument_id=("mini-cex", "dops")[number % 2], instrument_version="1",
                    day=START + timedelta(days=30 * (number + 1)), status=LockStatus.SIGNED,
                )
            )  # fmt: skip
    found = findings(store, id, date(2026, 8, 1))["BD-03"]
    assert (found.status is Status.MET) is met


@pytest.mark.parametrize(
    ("answer", "own", "met"),
    [("uppfyllda", False, True), ("ej-uppfyllda", False, False), ("uppfyllda", True, False)],
)
def test_the_end_is_judged_by_someone_who_has_not_supervised(
    store: Store, answer: str, own: bool, met: bool
) -> None:
    id = training(store, (SectionCode.AKUT, START, date(2026, 12, 31)), plan="bt-nationell")
    with store.work("test") as work:
        supervisor = work.save(Person(name="Hanna Handledsson", specialty="akutsjukvård"))
        external = work.save(Person(name="Extra Externsson", specialty="allmänmedicin"))
        (placement,) = work.all(Placement)
        placement.supervisor_id = supervisor.id
        work.save(
            Assessment(
                training_id=id, assessor_id=(supervisor if own else external).id,
                instrument_id="bt-slutbedomning", instrument_version="1", day=date(2026, 12, 15),
                answers={"bedomning": answer}, status=LockStatus.SIGNED,
            )
        )  # fmt: skip
    assert (findings(store, id)["BN-05"].status is Status.MET) is met


def test_a_bt_is_held_against_the_law_on_bt(store: Store) -> None:
    id = training(store, (SectionCode.AKUT, START, date(2026, 6, 30)), plan="bt-dalarna")
    found = standing(store, id, ON)
    assert found.law.id == LAW[Kind.BT] == "bt-nationell"
    law = next(y for y in found.yardsticks if y.name == "law")
    assert "BN-01" in {row.requirement_id for row in law.rows}
    assert not {f.requirement_id for f in found.findings} & {"N-01", "N-12", "N-13"}


def test_each_kind_has_forms_of_its_own() -> None:
    instruments = content.load_instruments()
    assert instruments["bt-slutbedomning"].training is Kind.BT
    assert instruments["medsittning-examination"].training is Kind.AT
    assert instruments["mini-cex"].training is None


def test_words_about_one_training_are_in_its_own_name() -> None:
    words = "AT-läkaren och AT-läkarens handledare; AT-chefen"
    assert of_kind(words, Kind.AT) == words
    assert of_kind(words, Kind.BT) == "BT-läkaren och BT-läkarens handledare; AT-chefen"


def test_a_form_asks_in_the_trainings_own_name() -> None:
    """Its questions and help do; its id, version and sources are as they were."""
    cbd = content.load_instruments()["cbd"]
    assert content_of_kind(cbd, Kind.AT) is cbd
    bt = content_of_kind(cbd, Kind.BT)
    assert bt.purpose.startswith("BT-läkaren tar med två egna fall")
    said = bt.model_dump_json(exclude={"source"})
    assert "BT-läkaren tänker rätt" in said
    assert "AT-läkar" not in said
    assert (bt.id, bt.version, bt.source) == (cbd.id, cbd.version, cbd.source)
    assert content.load_instruments()["cbd"].purpose.startswith("AT-läkaren")


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ([], "MINA AT-LÄKARE"),
        ([Kind.AT, Kind.AT], "MINA AT-LÄKARE"),
        ([Kind.BT], "MINA BT-LÄKARE"),
        ([Kind.BT, Kind.AT], "MINA AT- OCH BT-LÄKARE"),
    ],
)
def test_words_about_several_name_the_kinds_that_there_are(kinds: list[Kind], said: str) -> None:
    assert of_kinds("MINA AT-LÄKARE", kinds) == said
    assert of_kinds("3 AT-läkare", [Kind.AT, Kind.BT]) == "3 AT- och BT-läkare"
