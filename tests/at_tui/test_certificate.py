"""The certificate's pre-flight: what is green, what stops it, and where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from at_tui.certificate import (
    CertificateFacts,
    Check,
    CheckStatus,
    Fix,
    Override,
    preflight,
    red,
    worst,
)
from at_tui.language import has, say, text
from schema.fault import Fault

COMPLETE = CertificateFacts(
    on=date(2026, 7, 20),
    training_start=date(2025, 1, 12),
    training_end=date(2026, 10, 11),
    placement_start=date(2026, 1, 12),
    placement_end=date(2026, 7, 11),
    percent=100,
    overlaps=False,
    absence_stated=True,
    days_to_make_up=0,
    goals=23,
    goals_marked=23,
    goals_without_evidence=0,
    curriculum_verified=True,
    supervisor="Berit Exempel",
    consulted=True,
    signer="Nils Exempel",
    signer_licensed=True,
    signer_is_head=True,
    delegated_by="",
    personnummer="640823-3234",
    personnummer_missing="",
    unsigned_assessments=0,
    evaluation_done=True,
)


def check(code: str, **changes: Any) -> Check:
    found = {item.code: item for item in preflight(replace(COMPLETE, **changes))}
    return found[code]


def test_a_complete_placement_is_green_all_through() -> None:
    checks = preflight(COMPLETE)
    assert worst(checks) is CheckStatus.GREEN
    assert red(checks) == []


@pytest.mark.parametrize(
    ("changes", "code", "outcome", "status", "fix"),
    [
        ({"placement_end": None}, "ended", "no_end", "red", Fix.PLACEMENT),
        ({"placement_end": date(2026, 1, 11)}, "ended", "reversed", "red", Fix.PLACEMENT),
        ({"on": date(2026, 7, 10)}, "ended", "going_on", "red", Fix.PLACEMENT),
        ({"training_start": date(2026, 1, 13)}, "inside", "before", "red", Fix.TRAINING),
        ({"training_end": date(2026, 7, 10)}, "inside", "after", "red", Fix.TRAINING),
        ({"overlaps": True}, "overlap", "found", "red", Fix.PLACEMENT),
        ({"percent": 49}, "percent", "outside", "red", Fix.PLACEMENT),
        ({"percent": 101}, "percent", "outside", "red", Fix.PLACEMENT),
        ({"absence_stated": False}, "absence", "unstated", "red", Fix.ABSENCE),
        ({"days_to_make_up": 12}, "absence", "make_up", "amber", Fix.ABSENCE),
        (
            {"goals_marked": 20, "goals_without_evidence": 2},
            "goals", "no_evidence", "red", Fix.GOALS,
        ),
        ({"goals_marked": 20}, "goals", "unmarked", "red", Fix.GOALS),
        ({"goals": 0, "goals_marked": 0}, "goals", "unknown", "amber", Fix.CURRICULUM),
        ({"curriculum_verified": False}, "curriculum", "working_text", "amber", Fix.CURRICULUM),
        ({"supervisor": " "}, "supervisor", "missing", "red", Fix.SUPERVISOR),
        ({"consulted": False}, "consultation", "missing", "red", Fix.SUPERVISOR),
        ({"signer": ""}, "signer", "missing", "red", Fix.SIGNER),
        ({"signer_licensed": False}, "licence", "none", "red", Fix.SIGNER),
        ({"signer_licensed": None}, "licence", "unknown", "red", Fix.PERSON),
        ({"signer_is_head": False}, "right", "none", "red", Fix.SIGNER),
        ({"personnummer": None}, "personnummer", "missing", "red", Fix.TRAINEE),
        ({"personnummer": "640823-3235"}, "personnummer", "wrong", "red", Fix.TRAINEE),
        (
            {"personnummer": None, "personnummer_missing": "utländsk utbildning"},
            "personnummer", "explained", "amber", Fix.TRAINEE,
        ),
        ({"unsigned_assessments": 2}, "assessments", "unsigned", "amber", Fix.ASSESSMENTS),
        ({"evaluation_done": False}, "evaluation", "missing", "amber", Fix.EVALUATION),
        ({"evaluation_done": None}, "evaluation", "unknown", "amber", Fix.EVALUATION),
    ],
)  # fmt: skip
def test_each_fault_is_found_alone_and_says_where_it_is_mended(
    changes: dict[str, Any], code: str, outcome: str, status: str, fix: Fix
) -> None:
    checks = preflight(replace(COMPLETE, **changes))
    wrong = [item for item in checks if item.status is not CheckStatus.GREEN]
    assert [(c.code, c.outcome, c.status, c.fix) for c in wrong] == [(code, outcome, status, fix)]
    assert worst(checks) == status
    assert has(wrong[0].key)
    assert "{" not in text(wrong[0].key, **wrong[0].values)


def test_every_green_check_has_its_sentence() -> None:
    delegated = replace(COMPLETE, signer_is_head=False, delegated_by="Berit Exempel")
    for item in [*preflight(COMPLETE), *preflight(delegated)]:
        assert "{" not in text(item.key, **item.values)


def test_the_last_day_itself_is_late_enough() -> None:
    assert check("ended", on=date(2026, 7, 11)).status is CheckStatus.GREEN


def test_half_time_is_enough() -> None:
    assert check("percent", percent=50).status is CheckStatus.GREEN


def test_one_who_is_not_head_may_certify_on_delegation() -> None:
    right = check("right", signer_is_head=False, delegated_by="Berit Exempel")
    assert right.status is CheckStatus.GREEN
    assert "på delegation av verksamhetschef Berit Exempel" in text(right.key, **right.values)


def test_a_head_without_licence_cannot_sign() -> None:
    assert check("licence", signer_is_head=True, signer_licensed=False).status is CheckStatus.RED


def test_goals_without_evidence_are_never_called_unmet() -> None:
    goals = check("goals", goals_marked=20, goals_without_evidence=2)
    sentence = text(goals.key, **goals.values)
    assert "20 av 23" in sentence
    assert "inget underlag" in sentence
    assert "ej uppfyll" not in sentence


def test_a_training_without_a_planned_end_holds_any_placement() -> None:
    assert check("inside", training_end=None).status is CheckStatus.GREEN


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\u200b"])
def test_an_override_needs_a_reason(reason: str) -> None:
    with pytest.raises(Fault) as refused:
        Override(reason)
    assert "varför" in say(refused.value)


def test_an_override_keeps_its_reason_clean() -> None:
    assert Override(" slutdatum flyttat \x1b[31m").reason == "slutdatum flyttat [31m"
