"""A study director reads the rules of the triage, and changes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from at_tui.kollegium.rules import changed, lines, restore_shipped, save_own
from at_tui.kollegium.sources import Sources
from at_tui.kollegium.triage import triage
from data.content import check, one
from schema.content.triage import TriageRules
from schema.fault import Fault
from schema.words import Outcome
from tests.at_tui.kollegium.world import TODAY, World


@pytest.fixture
def shipped() -> TriageRules:
    rules = one("triage", "standard")
    assert isinstance(rules, TriageRules)
    return rules


def test_the_rules_are_read_with_their_limits_and_sources(shipped: TriageRules) -> None:
    first = lines(shipped)[0]
    assert (first.label, first.limit, first.weeks) == (
        "Minst 4 observationer på ett halvår", "minst 4", 26,
    )  # fmt: skip
    assert first.active
    assert any(line.limit == "högst 2" for line in lines(shipped))


def test_a_changed_rule_is_written_and_used_and_can_be_taken_back(
    shipped: TriageRules, tmp_path: Path, world: World
) -> None:
    rules = changed(shipped, "observationer", at_least=1, label="Minst 1 observation")
    assert rules.version == "1.1"
    path = save_own(rules, tmp_path)
    assert check(path) == []
    own = one("triage", "standard", folder=tmp_path)
    assert own == rules
    doctor = world.add()
    world.observed(doctor, TODAY, 3)
    world.sources = Sources(rules)
    assert "observationer" not in {r.rule_id for r in triage(world.case(doctor)).reasons}
    assert restore_shipped("standard", tmp_path)
    assert one("triage", "standard", folder=tmp_path) == shipped
    assert not restore_shipped("standard", tmp_path)


def test_changing_again_keeps_ones_own_version(shipped: TriageRules) -> None:
    once = changed(shipped, "oro", active=False)
    twice = changed(once, "farska", weeks=6)
    assert (once.version, twice.version) == ("1.1", "1.1")
    assert not lines(twice)[5].active


@pytest.mark.parametrize(
    ("rule", "values", "code"),
    [
        ("finns-inte", {"at_least": 1}, "kollegium.no_rule"),
        ("observationer", {"at_least": 0}, "kollegium.rule_refused"),
        ("observationer", {"at_most": 3}, "kollegium.rule_refused"),
        ("observationer", {"label": ""}, "kollegium.rule_refused"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    shipped: TriageRules, rule: str, values: dict[str, object], code: str
) -> None:
    with pytest.raises(Fault) as fault:
        changed(shipped, rule, **values)
    assert fault.value.code == code


def test_a_set_with_all_rules_switched_off_puts_everybody_on_track(
    shipped: TriageRules, world: World
) -> None:
    rules = shipped
    for line in lines(shipped):
        rules = changed(rules, line.id, active=False)
    world.sources = Sources(rules)
    assert triage(world.case(world.add())).group is Outcome.ON_TRACK
