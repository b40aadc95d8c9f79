"""Stödplaner: who may see them, and that nothing tells the others that there are any."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium.picture import picture_of
from at_tui.kollegium.support import (
    Viewer,
    follow_ups_due,
    may_see,
    need_plan,
    not_told,
    owner,
    plan_from,
    plans_of,
    save_plan,
    seen_by,
    viewer_of,
)
from data.kollegium_rows import PlanLine
from schema.fault import Fault, Invalid
from schema.tables import Role, SupportPlan
from schema.words import Outcome, RoleKind
from tests.at_tui.kollegium.world import TODAY, World

ROLES = [str(role) for role in RoleKind]


@given(
    st.sets(st.sampled_from(ROLES)), st.sets(st.sampled_from(ROLES)),
    st.sampled_from(["", "a", "b"]), st.sampled_from([None, "a"]),
)  # fmt: skip
def test_a_plan_is_seen_by_its_roles_and_the_responsible_and_nobody_else(
    held: set[str], shown_to: set[str], person: str, responsible: str | None
) -> None:
    shown = "[" + ",".join(f'"{role}"' for role in sorted(shown_to)) + "]"
    plan = PlanLine("p", "t", TODAY, None, responsible, "[]", shown, "[]", "{}")
    seen = may_see(plan, Viewer(person, frozenset(held)))
    assert seen == (bool(held & shown_to) or (person == "a" and responsible == "a"))


def test_nobody_in_particular_sees_nothing(world: World) -> None:
    doctor = world.add()
    world.worried(doctor)
    with world.store.read() as work:
        nobody = viewer_of(work, "", TODAY)
        assert plans_of(work, nobody, doctor.training_id) == []
        assert follow_ups_due(work, nobody, TODAY) == []


def test_a_role_that_has_ended_opens_nothing(world: World) -> None:
    world.save(
        Role(person_id=world.ture_id, kind=RoleKind.AT_CHEF, end=date(2026, 10, 31)),
        Role(person_id=world.berit_id, kind=RoleKind.AT_CHEF, start=date(2026, 11, 1)),
    )
    with world.store.read() as work:
        assert viewer_of(work, world.ture_id, TODAY).roles == frozenset()
        assert viewer_of(work, world.berit_id, TODAY).roles == {RoleKind.AT_CHEF}
        assert owner(work, TODAY).roles == {RoleKind.STUDIEREKTOR}


def test_a_plan_that_one_may_not_see_is_as_one_that_is_not_there(world: World) -> None:
    plan = world.worried(world.add())
    with world.store.read() as work:
        stranger = viewer_of(work, world.ture_id, TODAY)
        codes = set()
        for wanted in (plan.id, "0" * 36):
            with pytest.raises(Fault) as fault:
                need_plan(work, stranger, wanted)
            codes.add((fault.value.code, tuple(fault.value.values.items())))
        assert len(codes) == 1
        assert need_plan(work, owner(work, TODAY), plan.id).concern == "HEMLIG ORO"


def test_only_those_who_see_a_plan_may_change_it_and_never_out_of_their_own_sight(
    world: World,
) -> None:
    plan = world.worried(world.add())
    with world.store.read() as work:
        director, stranger = owner(work, TODAY), viewer_of(work, world.ture_id, TODAY)
    for viewer, changes in (
        (stranger, {"concern": "ändrat"}),
        (stranger, {"shown_to": [], "responsible_id": world.ture_id}),
        (director, {"shown_to": [RoleKind.AT_CHEF]}),
    ):
        changed = SupportPlan(**{**plan.model_dump(), **changes})
        with pytest.raises(Fault) as fault, world.store.work("test") as work:
            save_plan(work, viewer, changed)
        assert fault.value.code == "kollegium.plan_not_yours"
    with world.store.work("test") as work:
        save_plan(work, director, SupportPlan(**{**plan.model_dump(), "measures": "ny åtgärd"}))
    with world.store.read() as work:
        assert need_plan(work, director, plan.id).measures == "ny åtgärd"


def test_a_plan_follows_from_a_decision(world: World) -> None:
    doctor = world.add()
    decision = world.decided(doctor, world.meeting(TODAY), Outcome.SUPPORT_PLAN)
    with world.store.work("test") as work:
        plan = save_plan(work, owner(work, TODAY), plan_from(decision, owner(work, TODAY), TODAY))
    assert (plan.decision_id, plan.training_id) == (decision.id, doctor.training_id)
    assert not_told(plan) == [RoleKind.VERKSAMHETSCHEF, RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF]


def test_follow_ups_are_told_until_something_is_written_about_them(world: World) -> None:
    doctor = world.add()
    plan = world.worried(
        doctor,
        follow_ups=["2026-11-10", "2026-12-01", "2027-03-01", "2026-11-02"],
        followed_up={"2026-11-02": "Går bättre."},
    )
    with world.store.read() as work:
        due = follow_ups_due(work, owner(work, TODAY), TODAY)
        assert follow_ups_due(work, viewer_of(work, world.ture_id, TODAY), TODAY) == []
    assert [(f.day, f.late) for f in due] == [
        (date(2026, 11, 10), True),
        (date(2026, 12, 1), False),
    ]
    assert {f.plan_id for f in due} == {plan.id}


@pytest.mark.parametrize(
    "values",
    [
        {"follow_ups": ["i morgon"]},
        {"followed_up": {"2026-13-01": "x"}},
        {"told_on": {"at_chef": "igår"}},
        {"extension_months": 30},
    ],
)
def test_a_plan_with_days_that_are_none_is_not_saved(
    world: World, values: dict[str, object]
) -> None:
    with pytest.raises(Invalid):
        world.worried(world.add(), **values)


def test_a_picture_says_nothing_of_a_plan_unless_it_is_asked_to(world: World) -> None:
    doctor = world.add(programme_id="varmland")
    world.worried(doctor, follow_ups=["2026-12-01"])
    with world.store.read() as work:
        sees = seen_by(owner(work, TODAY))
    from at_tui.kollegium.cohort import cases_of
    from at_tui.kollegium.judging import judge_all

    shelf = world.shelf(may_see=sees)
    findings = judge_all(shelf, world.sources)
    (case,) = cases_of(shelf, world.sources, findings)
    told = picture_of(case, with_plan=True)
    assert told.plan is not None
    assert told.plan.follow_up == date(2026, 12, 1)
    assert told.triage.group is Outcome.TALK
    silent = picture_of(case)
    assert silent.plan is None
    assert silent.triage.group is not Outcome.TALK
    for word in ("HEMLIG", "tödplan", "oro", "informera"):
        assert word not in repr(silent), word
