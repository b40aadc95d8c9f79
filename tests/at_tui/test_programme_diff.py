"""Two plans side by side."""

from __future__ import annotations

from itertools import permutations

import pytest

from at_tui.language import text
from at_tui.programme_diff import Difference, diff
from at_tui.programmes import choices, programme
from schema.content.requirement_kinds import AnyRequirement


def by_after(found: list[Difference]) -> dict[str, Difference]:
    return {d.after.id: d for d in found if d.after}


def test_a_plan_does_not_differ_from_itself() -> None:
    for choice in choices():
        plan = programme(choice.id)
        assert diff(plan, plan) == []
        alike = diff(plan, plan, same=True)
        assert {d.change for d in alike} == {"same"}
        assert len(alike) == len(plan.requirements)


def test_a_changed_number_is_told_with_both_values() -> None:
    plan = programme("varmland")
    more = [
        r.model_copy(update={"minutes": 180}) if r.id == "V-04" else r for r in plan.requirements
    ]
    (found,) = diff(plan, plan.model_copy(update={"requirements": tuple(more)}))
    assert (found.change, found.title) == (
        "changed",
        "Handledning minst 2 timmar per månad, dokumenterad",
    )
    (field,) = found.fields
    assert (field.label, field.before, field.after) == ("minuter", "120", "180")


def test_the_same_thing_with_another_number_is_one_change() -> None:
    """Dalarna's whole is 21 months and Gävle's 18, each under its own id."""
    total = by_after(diff(programme("dalarna"), programme("gavle")))["G-01"]
    assert total.change == "changed"
    assert total.before
    assert total.before.id == "D-01"
    assert {(f.label, f.before, f.after) for f in total.fields} >= {("minst", "21", "18")}


def test_what_is_asked_of_one_person_is_paired_by_what_it_asks() -> None:
    """A supervisor's course is no change of their presence, though both are asked of them."""
    found = by_after(diff(programme("varmland"), programme("vgr-primarvard")))
    of_supervisor = {
        d.title: d.before.title if d.before else None
        for d in found.values()
        if d.kind == "qualification"
    }
    assert of_supervisor["Handledaren har godkänd handledarutbildning"] == (
        "Handledaren har gått handledarutbildning (ska)"
    )
    assert of_supervisor["Handledaren närvarande minst 60 %"] is None
    assert of_supervisor["Handledaren har konsultationskurs"] is None


def test_halfway_of_the_whole_is_not_halfway_of_a_placement() -> None:
    found = by_after(diff(programme("varmland"), programme("jonkoping")))
    (midway,) = [d for d in found.values() if d.title == "Mittsamtal efter halva utbildningstiden"]
    assert midway.before is None


def test_what_only_one_plan_asks_is_added_or_removed() -> None:
    there = diff(programme("vgr-primarvard"), programme("blekinge"))
    back = diff(programme("blekinge"), programme("vgr-primarvard"))
    assert [d.after.id for d in there if d.change == "added" and d.after and d.after.id == "B-10"]
    assert [
        d.before.id for d in back if d.change == "removed" and d.before and d.before.id == "B-10"
    ]


@pytest.mark.parametrize(
    ("one", "other"), list(permutations(["varmland", "dalarna", "orebro-uso", "nationell"], 2))
)
def test_every_requirement_is_in_the_comparison_once(one: str, other: str) -> None:
    before, after = programme(one), programme(other)
    found = diff(before, after, same=True)
    assert sorted(d.before.id for d in found if d.before) == sorted(ids(before.requirements))
    assert sorted(d.after.id for d in found if d.after) == sorted(ids(after.requirements))


def ids(requirements: tuple[AnyRequirement, ...]) -> list[str]:
    return [r.id for r in requirements]


def test_every_parameter_has_a_name_that_people_read() -> None:
    """A field without a name in the catalogue would be shown as code."""
    told = {"id", "title", "source", "standing", "assumption", "variants"}
    for choice in choices():
        for asked in programme(choice.id).requirements:
            for name in set(type(asked).model_fields) - told:
                assert text(f"programme.field.{name}")


def test_values_are_told_in_swedish() -> None:
    found = by_after(diff(programme("gavle"), programme("hudiksvall")))
    group = {f.label: (f.before, f.after) for f in found["H-09"].fields}
    assert group["per"] == ("vecka", "termin")
    assert group["avsnitt"] == ("kirurgi, medicin, psykiatri", "–")
