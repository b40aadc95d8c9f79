"""The shipped plans, what their model refuses, and a region's own file."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from at_tui.beginnings import LAW
from at_tui.content_faults import sentence
from at_tui.judge.registry import KINDS
from at_tui.programmes import choices, programme
from data import content
from schema.content.programme import Programme, find, resolve
from schema.content.requirement_kinds import AnyRequirement, Assessment, Exam
from schema.fault import Fault
from schema.words import Kind

THIRTEEN = {
    "nationell", "jonkoping", "varmland", "dalarna", "gavle", "hudiksvall", "sormland",
    "uppsala-akademiska", "enkoping", "orebro", "vastmanland", "vgr-primarvard", "blekinge",
}  # fmt: skip
BT = {"bt-nationell", "bt-dalarna"}
FILES = cast("dict[str, Programme]", content.load("programme"))
SHIPPED = Path(content.__file__).parent.parent / "programmes"
REQUIREMENTS = [(file.id, r) for file in FILES.values() for r in file.requirements]

OWN = """kind = "programme"
id = "egen"
version = "1"
title = "Egen plan"
source = "Egen handlingsplan"
region = "Region Exempel"
extends = "varmland"

[[requirements]]
id = "V-04"
title = "Handledning minst 3 timmar per månad"
kind = "cadence"
strength = "ska"
of = "supervision"
minutes = 180
per = "month"
source = { document = "S001", section = "Handledning", says = "Tre timmar." }
"""


def own(folder: Path, text: str = OWN, name: str = "egen.toml") -> Path:
    """Write a file of the user's own and return the content folder."""
    path = folder / "programmes" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, text: str) -> list[str]:
    """Return what is said of a file with this text."""
    path = own(folder, text) / "programmes" / "egen.toml"
    return [sentence(fault) for fault in content.check(path)]


def test_the_plans_are_shipped_without_a_fault() -> None:
    assert set(FILES) == THIRTEEN | BT
    for path in SHIPPED.glob("*.toml"):
        assert content.check(path) == [], path.name


def test_every_plan_builds_on_the_law() -> None:
    for choice in choices():
        law = {r.id for r in FILES[LAW[choice.training]].requirements}
        ids = {r.id for r in programme(choice.id).requirements}
        # What a region asks more of, it asks in its own words.
        replaced = set(FILES[choice.id].replaces) if choice.id in FILES else set()
        assert law <= ids | {"N-12"} | replaced
        assert ids & law
        assert choice.training == (Kind.BT if choice.id in BT else Kind.AT)


def test_every_kind_is_shipped_and_has_its_judge() -> None:
    assert {r.kind for _, r in REQUIREMENTS} == set(KINDS)


@pytest.mark.parametrize(("file", "asked"), REQUIREMENTS, ids=[r.id for _, r in REQUIREMENTS])
def test_a_requirement_says_where_it_stands(file: str, asked: AnyRequirement) -> None:
    documents = {
        d.code for d in (*FILES[file].documents, *FILES[LAW[FILES[file].training]].documents)
    }
    assert asked.source.document in documents
    assert asked.source.says.endswith((".", "?"))
    assert (asked.standing == "working") is bool(asked.assumption)


def test_the_forms_topics_and_courses_that_plans_name_are_there() -> None:
    instruments = set(content.load_instruments())
    letters = {p.letter for s in content.load_prompts().values() for p in s.prompts}
    for id, asked in REQUIREMENTS:
        assert set(getattr(asked, "instruments", ())) <= instruments, asked.id
        assert set(getattr(asked, "topics", ())) <= letters, asked.id
        named = getattr(asked, "course_id", None) or getattr(asked, "activity", None)
        if named:
            course = {c.id: c for c in FILES[id].courses}[named]
            assert course.days == getattr(asked, "days", None), asked.id


def test_an_approving_answer_exists_in_its_form() -> None:
    for _, asked in REQUIREMENTS:
        if not isinstance(asked, Assessment | Exam) or asked.approved_item is None:
            continue
        form = content.instrument(asked.instruments[0])
        items = [item for section in form.sections for item in section.items]
        found = [item for item in items if item.id == asked.approved_item]
        approving = {choice.id for item in found for choice in item.choices if choice.approves}
        assert set(asked.approved_answers) == approving
        fields = {field.id for field in form.context}
        assert asked.section_field is None or asked.section_field in fields


def test_an_expired_plan_carries_its_last_day() -> None:
    assert str(FILES["varmland"].valid_to) == "2020-12-31"


def test_the_law_does_not_end_with_a_plan() -> None:
    for asked in FILES["nationell"].requirements:
        document = FILES["nationell"].document(asked.source.document)
        assert document is not None
        assert document.law


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('kind = "cadence"', 'kind = "pendel"'), 12, "pendel"),
        (("minutes = 180", "minutes = 180\ntimes = 1"), 16, "times"),
        (("minutes = 180", ""), 9, "times"),
        (('per = "month"', 'per = "månad"'), 16, "månad"),
        (('per = "month"', 'per = "month"\nmaximum = 3'), 17, "maximum"),
        (("minutes = 180", "minutes = 0"), 15, "minutes"),
        (("minutes = 180", 'minutes = "tre"'), 15, "minutes"),
        (('strength = "ska"', 'strength = "måste"'), 13, "måste"),
        (('per = "month"', 'per = "month"\nvalid_from = 2026-02-30'), 17, "datumet finns inte"),
        (
            ('per = "month"', 'per = "month"\nvalid_from = 2026-02-02\nvalid_to = 2026-02-01'),
            18,
            "före startdagen",
        ),
        (('id = "V-04"', 'id = "fyra"'), 10, "fyra"),
        (('per = "month"', 'per = "month"\nstanding = "working"'), 9, "assumption"),
        (('per = "month"', 'per = "month"\nvariants = ["uso"]'), 17, "uso"),
        (('kind = "cadence"\n', ""), 9, "kind"),
        (('per = "month"', 'per = "term"\nevery = 2'), 17, "every"),
    ],
)  # fmt: skip
def test_a_fault_in_a_requirement_names_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, said: str
) -> None:
    faults = told(tmp_path, OWN.replace(*change))
    assert any(f"egen.toml, rad {line}:" in fault and said in fault for fault in faults), faults


def test_a_hundred_faults_are_fifty_sentences_and_no_traceback(tmp_path: Path) -> None:
    broken = OWN + OWN[OWN.index("[[requirements]]") :].replace("minutes", "minuter") * 100
    assert 1 <= len(told(tmp_path, broken)) <= 50


def test_a_regions_own_file_changes_one_number_and_keeps_the_rest(tmp_path: Path) -> None:
    plan = programme("egen", folder=own(tmp_path))
    changed = plan.requirement("V-04")
    assert changed is not None
    assert changed.title == "Handledning minst 3 timmar per månad"
    assert plan.requirement("V-05") == FILES["varmland"].requirement("V-05")
    assert plan.requirement("N-01") == FILES["nationell"].requirement("N-01")
    assert [c.own for c in choices(tmp_path) if c.id == "egen"] == [True]


def test_a_copy_of_a_shipped_plan_takes_its_place(tmp_path: Path) -> None:
    shipped = (SHIPPED / "varmland.toml").read_text(encoding="utf-8")
    folder = own(tmp_path, shipped.replace("minutes = 120", "minutes = 90"), "varmland.toml")
    changed = programme("varmland", folder=folder).requirement("V-04")
    assert getattr(changed, "minutes", None) == 90


def test_a_broken_copy_is_refused_and_the_shipped_plan_stays(tmp_path: Path) -> None:
    shipped = (SHIPPED / "varmland.toml").read_text(encoding="utf-8")
    folder = own(tmp_path, shipped.replace("minutes = 120", "minutes = -1"), "varmland.toml")
    kept = programme("varmland", folder=folder).requirement("V-04")
    assert getattr(kept, "minutes", None) == 120
    faults = [sentence(fault) for fault in content.own_faults(folder)]
    assert len(faults) == 1
    assert "varmland.toml, rad" in faults[0]


def test_joining_takes_over_what_is_not_said_again() -> None:
    law, jonkoping = FILES["nationell"], resolve(FILES["jonkoping"], FILES)
    ids = [r.id for r in jonkoping.requirements]
    assert ids.index("J-02") < ids.index("N-01")
    assert "N-12" not in ids  # J-10 asks for it in its own words
    assert jonkoping.extends is None
    assert jonkoping.served == law.served
    assert jonkoping.document("PSF") == law.document("PSF")


def test_a_region_may_say_itself_what_counts_as_served() -> None:
    enkoping = resolve(FILES["enkoping"], FILES)
    assert enkoping.served
    assert enkoping.served.source.document == "ENK"


def test_a_hospital_is_a_plan_of_its_own() -> None:
    uso = find(FILES, "orebro-uso")
    assert (uso.id, uso.variant, uso.sites) == (
        "orebro-uso", "uso", ("Universitetssjukhuset Örebro",),
    )  # fmt: skip
    assert programme("orebro-uso") == uso
    whole = programme("orebro")
    assert not any(r.variants for r in whole.requirements)


@pytest.mark.parametrize(
    ("id", "code"),
    [("orebro-falun", "unknown_variant"), ("finns-inte", "unknown"), ("../varmland", "unknown")],
)
def test_a_name_that_no_plan_has_is_refused(id: str, code: str) -> None:
    with pytest.raises(Fault) as raised:
        programme(id)
    assert raised.value.code == f"programme.{code}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('extends = "varmland"', 'extends = "finns-inte"'), "unknown_parent"),
        (('extends = "varmland"', 'extends = "egen"'), "circle"),
        (('document = "S001"', 'document = "S777"'), "unknown_document"),
        (('extends = "varmland"', 'extends = "varmland"\nreplaces = ["X-01"]'), "unknown_replaced"),
    ],
)
def test_a_file_that_cannot_be_joined_is_refused(
    tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    folder = own(tmp_path, OWN.replace(*change))
    with pytest.raises(Fault) as raised:
        programme("egen", folder=folder)
    assert raised.value.code == f"programme.{code}"
    assert "egen" not in {choice.id for choice in choices(folder)}


def test_two_plans_in_a_circle_are_refused(tmp_path: Path) -> None:
    own(tmp_path, OWN.replace('extends = "varmland"', 'extends = "annan"'))
    other = OWN.replace('id = "egen"', 'id = "annan"').replace('"varmland"', '"egen"')
    own(tmp_path, other, "annan.toml")
    with pytest.raises(Fault) as raised:
        programme("egen", folder=tmp_path)
    assert raised.value.code == "programme.circle"


def test_an_older_version_of_a_plan_can_be_asked_for(tmp_path: Path) -> None:
    own(tmp_path, OWN.replace("minutes = 180", "minutes = 150"), "egen@1.toml")
    own(tmp_path, OWN.replace('version = "1"', 'version = "2"'))
    minutes = [
        getattr(programme("egen", version, folder=tmp_path).requirement("V-04"), "minutes", None)
        for version in ("1", "2", "", None)
    ]
    assert minutes == [150, 180, 180, 180]
