"""The rules that a kollegium's cases are sorted by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from data.content import check, one
from schema.content.triage import TriageRule, TriageRules
from schema.words import Outcome


def rule(**changes: Any) -> dict[str, Any]:
    return {
        "id": "few",
        "label": "Minst 4",
        "group": "thin_evidence",
        "measure": "observations",
        "at_least": 4,
        "source": "prov",
        **changes,
    }


def codes(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [e["type"] for e in error.value.errors()]


def test_the_shipped_rules_hold_the_defaults_of_adequacy() -> None:
    rules = one("triage", "standard")
    assert isinstance(rules, TriageRules)
    asked = {
        (r.measure, r.at_least, r.weeks) for r in rules.rules if r.group is Outcome.THIN_EVIDENCE
    }
    assert asked == {
        ("observations", 4, 26),
        ("assessors", 2, 26),
        ("observations", 2, 8),
        ("settings", 2, 26),
        ("narratives", 2, 26),
    }


def test_every_shipped_rule_says_where_its_number_comes_from() -> None:
    rules = one("triage", "standard")
    assert isinstance(rules, TriageRules)
    assert all(len(r.source) > 20 for r in rules.rules)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at_least": None}, "triage_line"),
        ({"at_most": 3}, "triage_key"),
        ({"measure": "falling"}, "triage_line"),
        ({"measure": "concern", "at_least": None, "at_most": 0, "weeks": 4}, "triage_key"),
        ({"measure": "last_outcome", "at_least": None, "at_most": 0}, "triage_outcomes"),
        ({"strengths": ["ska"]}, "triage_key"),
        ({"group": "on_track"}, "literal_error"),
        ({"measure": "mood"}, "literal_error"),
        ({"threshold": 4}, "extra_forbidden"),
    ],
)
def test_a_rule_whose_line_does_not_fit_what_it_counts_is_refused(
    changes: dict[str, Any], code: str
) -> None:
    values = {k: v for k, v in rule(**changes).items() if v is not None}
    with pytest.raises(ValidationError) as error:
        TriageRule.model_validate(values)
    assert code in codes(error)


def test_two_rules_with_one_id_are_refused() -> None:
    values = {
        "kind": "triage", "id": "mine", "version": "1", "title": "Mina", "source": "prov",
        "rules": [rule(), rule()],
    }  # fmt: skip
    with pytest.raises(ValidationError) as error:
        TriageRules.model_validate(values)
    assert codes(error) == ["repeated_id"]


def test_a_study_directors_own_rules_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "triage"
    folder.mkdir()
    shipped = Path("data/triage/standard.toml").read_text(encoding="utf-8")
    own = shipped.replace('version = "1"', 'version = "1.1"').replace(
        "at_least = 4", "at_least = 9"
    )
    (folder / "standard.toml").write_text(own, encoding="utf-8")
    rules = one("triage", "standard", folder=tmp_path)
    assert isinstance(rules, TriageRules)
    assert (rules.version, rules.rules[0].at_least) == ("1.1", 9)


def test_a_fault_in_a_rule_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "standard.toml"
    shipped = Path("data/triage/standard.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace("at_least = 4", "at_most = 4", 1), encoding="utf-8")
    faults = check(path)
    assert [f.code for f in faults] == ["triage_line"]
    line = faults[0].line
    assert line is not None
    assert "[[rules]]" in path.read_text(encoding="utf-8").splitlines()[line - 1]
