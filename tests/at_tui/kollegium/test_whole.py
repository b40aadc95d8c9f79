"""The whole cohort as one value: read as one may see it, judged, and sorted by other rules."""

from __future__ import annotations

import gc
from datetime import date
from typing import cast

import pytest

from at_tui.kollegium.cohort import row_of
from at_tui.kollegium.grounds import GroundKind, grounds
from at_tui.kollegium.rules import changed, label_for, relabelled, restore_shipped, save_own
from at_tui.kollegium.triage import triage
from at_tui.kollegium.whole import judged, read_cohort, resorted, unchanged
from data.content import one
from schema.content.triage import TriageRules
from schema.words import CancelReason, LockStatus, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World


def rules() -> TriageRules:
    return cast("TriageRules", one("triage", "standard"))


def test_judging_adds_the_requirements_and_changes_nothing_else(world: World) -> None:
    world.add("Alva Testsson")
    world.add("Nils Exempel", start=date(2025, 1, 13))
    read = read_cohort(world.store, world.director_id, TODAY)
    after = judged(read)
    assert (read.judged, after.judged) == (False, True)
    assert [c.binder.id for c in read.cases] == [c.binder.id for c in after.cases]
    assert all(c.findings is None for c in read.cases)
    assert all(c.findings for c in after.cases)
    assert any(row.deadline != old.deadline or row.flags != old.flags
               for row in after.rows for old in read.rows
               if row.training_id == old.training_id)  # fmt: skip
    assert sorted(after.rows, key=str) == sorted((row_of(c) for c in after.cases), key=str)


def test_progress_can_stop_the_judging(world: World) -> None:
    world.add("Alva Testsson")
    read = read_cohort(world.store, world.director_id, TODAY)

    def stop(done: int, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judged(read, stop)
    assert gc.isenabled()


def test_the_next_meeting_is_the_one_that_is_not_closed(world: World) -> None:
    world.meeting(date(2026, 12, 8))
    next_one = world.meeting(date(2026, 11, 30))
    world.meeting(date(2026, 11, 24), closed_on=TODAY)
    found = read_cohort(world.store, world.director_id, TODAY)
    assert found.meeting_id == next_one.id
    assert found.next_meeting is not None
    assert found.next_meeting.day == date(2026, 11, 30)


def test_a_stodplan_is_read_for_those_who_may_see_it(world: World) -> None:
    alva = world.add("Alva Testsson")
    world.worried(alva, shown_to=["studierektor"])
    seen = read_cohort(world.store, world.director_id, TODAY)
    hidden = read_cohort(world.store, world.ture_id, TODAY)
    assert seen.rows[0].group is Outcome.TALK
    assert hidden.rows[0].group is not Outcome.TALK


def test_programmes_are_named_by_their_titles_and_by_id_when_the_file_is_gone(
    world: World,
) -> None:
    world.add("Alva Testsson", programme_id="varmland")
    world.add("Nils Exempel", programme_id="borta")
    named = dict(read_cohort(world.store, world.director_id, TODAY).choices().programmes)
    assert named["varmland"].startswith("Värmland")
    assert named["borta"] == "borta"


def test_other_rules_sort_the_same_people_anew(world: World) -> None:
    world.add("Alva Testsson")
    found = judged(read_cohort(world.store, world.director_id, TODAY))
    assert found.rows[0].group is Outcome.THIN_EVIDENCE
    off = rules()
    for rule in off.rules:
        off = changed(off, rule.id, active=False)
    assert resorted(found, off).rows[0].group is Outcome.ON_TRACK
    assert found.rows[0].group is Outcome.THIN_EVIDENCE


# What a reason rests on


def test_the_forms_behind_thin_evidence_are_listed_with_those_that_do_not_count(
    world: World,
) -> None:
    alva = world.add("Alva Testsson")
    world.observed(alva, date(2026, 10, 6), 3, said=("Lyssnar.", ""))
    draft = world.observed(alva, date(2026, 11, 3), 3, status=LockStatus.DRAFT)
    case = world.case(alva)
    reason = next(r for r in triage(case).reasons if r.rule_id == "observationer")
    found = grounds(case, reason)
    assert [g.day for g in found] == [date(2026, 11, 3), date(2026, 10, 6)]
    assert found[0].record_id == draft.id
    assert [g.counted for g in found] == [False, True]
    assert found[1].more.startswith("fri text · Ture Testman")
    assert {g.kind for g in found} == {GroundKind.ASSESSMENT}


def test_falling_levels_show_the_levels(world: World) -> None:
    alva = world.add("Alva Testsson")
    for n, level in enumerate((5, 5, 2, 1)):
        world.observed(alva, date(2026, 9, 7) + WEEK * n, level, level, level, level)
    case = world.case(alva)
    reason = next(r for r in triage(case).reasons if r.rule_id == "fallande")
    found = grounds(case, reason)
    assert len(found) == 4
    assert found[0].more == "mini-CEX: 5 5 2 1 (av 5)"


def test_late_actions_and_the_last_decision_name_their_meeting(world: World) -> None:
    alva = world.add("Alva Testsson")
    last = world.meeting(date(2026, 5, 26), closed_on=date(2026, 5, 26))
    world.decided(alva, last, Outcome.TALK, "Fler sit-in.", ("Boka sit-in", date(2026, 9, 1)))
    case = world.case(alva)
    by_rule = {r.rule_id: grounds(case, r) for r in triage(case).reasons}
    (late,) = by_rule["overenskommet"]
    assert (late.words, late.record_id) == ("Boka sit-in", last.id)
    (decided,) = by_rule["forra"]
    assert (decided.words, decided.more) == ("samtal", "Fler sit-in.")


def test_supervision_that_is_lacking_lists_the_sessions_with_their_reasons(world: World) -> None:
    alva = world.add("Alva Testsson")
    world.met(alva, [date(2026, 9, 8)])
    world.cancelled(alva, date(2026, 10, 6), CancelReason.WORKLOAD)
    case = world.case(alva)
    case.sources = case.sources.with_rules(changed(rules(), "handledning", active=True, weeks=13))
    reason = next(r for r in triage(case).reasons if r.rule_id == "handledning")
    assert [(g.words, g.more, g.counted) for g in grounds(case, reason)] == [
        ("ställdes in", "belastning", False),
        ("hölls", "", True),
    ]


def test_requirements_that_are_lacking_are_listed_with_their_sentences(world: World) -> None:
    world.add("Alva Testsson", start=date(2025, 1, 13))
    all_late = relabelled(rules(), "forsenat", at_most=0)
    found = resorted(judged(read_cohort(world.store, world.director_id, TODAY)), all_late)
    (case,) = found.cases
    late = [r for r in triage(case).reasons if r.rule_id == "forsenat"]
    for reason in late:
        assert all(g.kind is GroundKind.REQUIREMENT and g.more for g in grounds(case, reason))
    titles = {f.title for f in case.findings or () if f.status == "försenat"}
    assert {g.words for r in late for g in grounds(case, r)} <= titles
    assert bool(late) is bool([f for f in case.findings or () if f.status == "försenat"
                               and f.in_force and f.strength == "ska"])  # fmt: skip


# Words that follow the numbers


def test_a_rule_says_the_number_it_has() -> None:
    found = relabelled(rules(), "farska", at_least=3, weeks=10)
    rule = found.rule("farska")
    assert rule is not None
    assert rule.label == "Minst 3 observationer på 10 veckor"
    assert found.version == "1.1"


def test_a_rule_without_a_number_keeps_its_words() -> None:
    rule = rules().rule("oro")
    assert rule is not None
    assert label_for(rule) == rule.label


def test_every_rule_that_ships_has_words_for_its_measure() -> None:
    for rule in rules().rules:
        number = rule.at_least if rule.at_least is not None else rule.at_most
        assert rule.measure in ("concern", "last_outcome") or str(number) in label_for(rule)


# Whether it must be read again


def test_a_cohort_stays_as_it_is_until_something_is_recorded_or_a_rule_changes(
    world: World,
) -> None:
    alva = world.add("Alva Testsson")
    found = read_cohort(world.store, world.director_id, TODAY)
    assert unchanged(world.store, found, TODAY)
    assert not unchanged(world.store, found, TODAY + WEEK)
    save_own(relabelled(rules(), "observationer", at_least=5))
    assert not unchanged(world.store, found, TODAY)
    restore_shipped("standard")
    assert unchanged(world.store, found, TODAY)
    world.met(alva, [TODAY])
    assert not unchanged(world.store, found, TODAY)
