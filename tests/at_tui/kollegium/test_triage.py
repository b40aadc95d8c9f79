"""Sorting cases before the meeting: every one by a rule that can be read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.judge import Finding, Source, Status
from at_tui.kollegium.case import Case
from at_tui.kollegium.cohort import cases_of
from at_tui.kollegium.sources import Sources
from at_tui.kollegium.triage import triage
from schema.content.triage import TriageRule, TriageRules
from schema.words import LockStatus, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, Doctor, World


def rules(*given: dict[str, Any]) -> Sources:
    """Return sources with these rules, each with what every rule needs."""
    made = [
        TriageRule.model_validate(
            {"id": f"r{n}", "label": "Regeln", "group": "thin_evidence", "source": "prov", **each}
        )
        for n, each in enumerate(given)
    ]
    values = {"kind": "triage", "id": "x", "version": "1", "title": "Prov", "source": "prov"}
    return Sources(TriageRules.model_validate({**values, "rules": made}))


def case(world: World, sources: Sources, doctor: Doctor, **asked: Any) -> Case:
    findings = asked.pop("findings", None)
    known = {doctor.training_id: findings} if findings is not None else None
    found = cases_of(world.shelf(**asked), sources, known)
    return next(c for c in found if c.binder.id == doctor.training_id)


def finding(status: Status, **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "requirement_id": "X-01", "title": "Krav", "kind": "milestone", "strength": "ska",
        "status": status, "need": None, "have": None, "unit": None, "window": None,
        "next_date": None, "counted": (), "sentence": "Så är det.", "in_force": True,
        "source": Source("S", "Plan", "1", "säger", True, "", None), **changes,
    }  # fmt: skip
    return Finding(**values)


def well_seen(world: World, doctor: Doctor) -> None:
    """Write what the standard rules ask for."""
    for number, by in enumerate((world.ture_id, world.berit_id) * 2):
        world.observed(
            doctor, TODAY - number * WEEK, 3, 3, by=by, said=["bra så", "gör om det"],
            place="akut" if number % 2 else "mottagning",
        )  # fmt: skip


def test_whoever_keeps_every_rule_is_on_track(world: World) -> None:
    doctor = world.add()
    well_seen(world, doctor)
    found = triage(world.case(doctor))
    assert found.group is Outcome.ON_TRACK
    assert found.reasons == ()


def test_nobody_is_put_anywhere_without_a_rule_and_a_sentence(world: World) -> None:
    doctor = world.add()
    found = triage(world.case(doctor))
    assert found.group is Outcome.THIN_EVIDENCE
    assert [r.rule_id for r in found.why] == [
        "observationer", "bedomare", "farska", "miljoer", "berattelser",
    ]  # fmt: skip
    assert found.why[0].sentence == "0 av 4 observationer på 26 veckor"
    assert found.why[0].label == "Minst 4 observationer på ett halvår"
    assert found.why[0].short == "0 av 4 obs. på 26 v"


def test_a_talk_goes_before_thin_evidence_and_both_reasons_stay(world: World) -> None:
    doctor = world.add()
    world.decided(doctor, world.meeting(date(2026, 5, 26)), Outcome.TALK)
    found = triage(world.case(doctor))
    assert found.group is Outcome.TALK
    assert {r.group for r in found.reasons} == {Outcome.TALK, Outcome.THIN_EVIDENCE}
    assert found.reasons[0].rule_id == "forra"


def test_thin_evidence_is_not_asked_of_those_who_have_just_begun(world: World) -> None:
    doctor = world.add(start=TODAY - 3 * WEEK)
    assert triage(world.case(doctor)).group is Outcome.ON_TRACK


def test_only_signed_forms_are_evidence(world: World) -> None:
    sources = rules({"measure": "observations", "at_least": 1})
    doctor = world.add()
    world.observed(doctor, TODAY, 3, status=LockStatus.DRAFT)
    assert triage(case(world, sources, doctor)).group is Outcome.THIN_EVIDENCE
    world.observed(doctor, TODAY, 3)
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_a_voided_form_is_no_evidence(world: World) -> None:
    sources = rules({"measure": "observations", "at_least": 1})
    doctor = world.add()
    form = world.observed(doctor, TODAY, 3)
    with world.store.work("test") as work:
        saved = work.save(form)
        saved.status, saved.void_reason = LockStatus.VOIDED, "fel person"
    assert triage(case(world, sources, doctor)).group is Outcome.THIN_EVIDENCE


@pytest.mark.parametrize(("days", "kept"), [(55, True), (57, False)])
def test_eight_weeks_are_fifty_six_days(world: World, days: int, kept: bool) -> None:
    sources = rules({"measure": "observations", "at_least": 1, "weeks": 8})
    doctor = world.add()
    world.observed(doctor, TODAY - timedelta(days=days), 3)
    assert (triage(case(world, sources, doctor)).group is Outcome.ON_TRACK) is kept


def test_weeks_on_leave_are_passed_over(world: World) -> None:
    sources = rules({"measure": "observations", "at_least": 1, "weeks": 4})
    doctor = world.add()
    world.observed(doctor, date(2026, 7, 1), 3)
    assert triage(case(world, sources, doctor)).group is Outcome.THIN_EVIDENCE
    world.away(doctor, date(2026, 7, 6), date(2026, 11, 22))
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_two_forms_by_one_assessor_are_one_assessor(world: World) -> None:
    sources = rules({"measure": "assessors", "at_least": 2})
    doctor = world.add()
    world.observed(doctor, TODAY, 3)
    world.observed(doctor, TODAY - WEEK, 3)
    found = triage(case(world, sources, doctor))
    assert found.reasons[0].sentence == "1 av 2 bedömare"


def test_scales_without_words_are_no_narrative(world: World) -> None:
    sources = rules({"measure": "narratives", "at_least": 1})
    doctor = world.add()
    world.observed(doctor, TODAY, 3, 3, 3)
    assert triage(case(world, sources, doctor)).group is Outcome.THIN_EVIDENCE
    world.observed(doctor, TODAY, 3, said=["   ", "fråga tidigare"])
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_falling_is_the_two_latest_against_the_two_before(world: World) -> None:
    sources = rules({"measure": "falling", "at_most": 0, "group": "talk"})
    doctor = world.add()
    for number, level in enumerate((4, 4, 3, 4)):
        world.observed(doctor, date(2026, 9, 7) + number * WEEK, level)
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK
    # Now 3, 4 before and 3, 2 after: one step down on average.
    for number, level in enumerate((3, 2)):
        world.observed(doctor, date(2026, 10, 12) + number * WEEK, level)
    found = triage(case(world, sources, doctor))
    assert found.reasons[0].sentence == "nivån faller (1 områden): Anamnes"


def test_levels_on_different_scales_are_never_held_against_each_other(world: World) -> None:
    sources = rules({"measure": "falling", "at_most": 0, "group": "talk"})
    doctor = world.add()
    for number in range(2):
        form = world.observed(doctor, date(2026, 9, 7) + number * WEEK, 9)
        with world.store.work("test") as work:
            work.session.connection().exec_driver_sql(
                "UPDATE assessment SET variant = 'nio-steg' WHERE id = ?", (form.id,)
            )
    for number in range(2):
        world.observed(doctor, date(2026, 10, 5) + number * WEEK, 3)
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_the_lowest_step_counts_by_its_place_on_the_scale(world: World) -> None:
    sources = rules({"measure": "low", "at_most": 0, "level": 1, "group": "talk"})
    doctor = world.add()
    world.observed(doctor, TODAY - WEEK, 1)
    assert triage(case(world, sources, doctor)).group is Outcome.TALK
    world.observed(doctor, TODAY, 2)
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_late_requirements_count_only_what_must_be_by_a_plan_in_force(world: World) -> None:
    sources = rules({"measure": "late", "at_most": 0, "group": "talk"})
    doctor = world.add()
    for harmless in (
        finding(Status.MET),
        finding(Status.LATE, strength="bör"),
        finding(Status.LATE, in_force=False),
        finding(Status.MISSING),
    ):
        found = triage(case(world, sources, doctor, findings=[harmless]))
        assert found.group is Outcome.ON_TRACK
    found = triage(case(world, sources, doctor, findings=[finding(Status.LATE)]))
    assert found.reasons[0].sentence == "försenade krav (1): Krav"


def test_a_rule_on_requirements_is_not_said_to_be_kept_when_nobody_has_judged(
    world: World,
) -> None:
    sources = rules({"measure": "late", "at_most": 0, "group": "talk"})
    found = triage(case(world, sources, world.add()))
    assert found.group is Outcome.ON_TRACK
    assert found.unjudged == ("r0",)


def test_a_concern_counts_only_for_those_who_may_see_it(world: World) -> None:
    sources = rules({"measure": "concern", "at_most": 0, "group": "talk"})
    doctor = world.add()
    world.worried(doctor)
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK
    seen = triage(case(world, sources, doctor, may_see=lambda plan: True))
    assert seen.group is Outcome.TALK
    assert "HEMLIG" not in seen.reasons[0].sentence


def test_a_closed_support_plan_is_no_concern(world: World) -> None:
    sources = rules({"measure": "concern", "at_most": 0, "group": "talk"})
    doctor = world.add()
    world.worried(doctor, closed_on=date(2026, 11, 1))
    assert triage(case(world, sources, doctor, may_see=lambda p: True)).group is Outcome.ON_TRACK


def test_what_was_agreed_and_is_late_is_named(world: World) -> None:
    sources = rules({"measure": "open_actions", "at_most": 0, "group": "talk"})
    doctor = world.add()
    meeting = world.meeting(date(2026, 5, 26))
    world.decided(doctor, meeting, Outcome.ON_TRACK, "", ("fler DOPS", date(2026, 9, 1)))
    found = triage(case(world, sources, doctor))
    assert found.reasons[0].sentence == "försenat från tidigare kollegium: fler DOPS"


def test_supervision_is_held_against_the_weeks_there(world: World) -> None:
    sources = rules({"measure": "supervision_share", "at_least": 50, "group": "talk"})
    doctor = world.add()
    weeks = [date(2026, 9, 1) + n * WEEK for n in range(13)]
    world.met(doctor, weeks[:6])
    assert triage(case(world, sources, doctor)).reasons[0].sentence == "handledning 6 av 13 veckor"
    world.met(doctor, [weeks[7]])
    assert triage(case(world, sources, doctor)).group is Outcome.ON_TRACK


def test_a_rule_that_is_switched_off_puts_nobody_anywhere(world: World) -> None:
    sources = rules({"measure": "observations", "at_least": 9, "active": False})
    assert triage(case(world, sources, world.add())).group is Outcome.ON_TRACK


def test_whoever_has_left_is_asked_nothing(world: World) -> None:
    doctor = world.add(ended_on=date(2026, 10, 1))
    found = case(world, Sources(), doctor, training_ids=[doctor.training_id])
    assert triage(found).reasons == ()


def test_a_form_whose_instrument_is_gone_stops_nothing(world: World) -> None:
    doctor = world.add()
    form = world.observed(doctor, TODAY, 3)
    with world.store.work("test") as work:
        work.session.connection().exec_driver_sql(
            "UPDATE assessment SET instrument_id = 'borttagen' WHERE id = ?", (form.id,)
        )
    assert triage(world.case(doctor)).group is Outcome.THIN_EVIDENCE
