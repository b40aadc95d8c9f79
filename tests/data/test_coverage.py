"""docs/coverage.md tells the truth: every rule has its row, every requirement its rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from data import content
from schema.content.metrics import MetricSet
from schema.content.programme import Programme

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| ([A-Z0-9][\w.-]*) \| (.+?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
FILES = cast("dict[str, Programme]", content.load("programme"))
REQUIREMENTS = {r.id for file in FILES.values() for r in file.requirements}
SETS = cast("dict[str, MetricSet]", content.load("metrics"))
TARGETS = {
    f"target:{one.id}/{metric.id}"
    for one in SETS.values()
    for metric in one.metrics
    if metric.source.document != "EGEN"
}


def rows() -> list[tuple[str, str, list[str], str]]:
    """Return (rule, what, held by, why not) of every row of the page."""
    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    found = [(rule, what, held.split(), why) for rule, what, held, why in ROW.findall(page)]
    return [row for row in found if row[0] != "Rule"]


def rules() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "rules.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_every_rule_has_one_row() -> None:
    assert [(rule, what) for rule, what, _, _ in rows()] == rules()


def test_the_list_holds_every_numbered_rule_of_the_documents() -> None:
    listed = {rule for rule, _ in rules()}
    for letter, count in (("J", 20), ("V", 12), ("B", 19)):
        assert {f"{letter}-{n:02}" for n in range(1, count + 1)} <= listed


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row[0]))
def test_a_rule_is_held_or_says_why_not(row: tuple[str, str, list[str], str]) -> None:
    rule, _, held, why = row
    assert held or why, rule
    for name in held:
        if name.startswith("target:"):
            assert name in TARGETS or name.removeprefix("target:") in SETS, name
        else:
            assert name in REQUIREMENTS, name


def test_every_requirement_and_every_target_holds_a_rule() -> None:
    named = {name for _, _, held, _ in rows() for name in held}
    assert REQUIREMENTS - named == set()
    assert TARGETS - named == set()
