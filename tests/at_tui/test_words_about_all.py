"""Words about everybody in training name no kind of training: AT stands where AT is meant.

A text of the catalogue that says AT is either about one training, and then shown through
`of_kind` (or `of_kinds` for those of a list), or listed here with the reason why it says so.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "at_tui" / "language" / "sv"
SAYS_AT = re.compile(r"\bAT\b|allmäntjänst", re.IGNORECASE)
LOWER = re.compile(r"\bat\b")
"""The command is called at-tui, and spreadsheets are read whatever the case of their headings."""
NAMES = re.compile(r"\bAT-(handledning\b|kollegi|chef|råd\b|ansvarig|samordnare|stämma)")
"""What is called so wherever it is: the programme, the meeting, the roles, the conference."""

BY_KIND = frozenset({
    "assessment.confirm_later", "assessment.not_confirmed", "document.assessment.own",
    "document.assessment.status.unconfirmed", "document.assessment.field.name",
    "document.log.field.name", "introductions_print.ink.doctor", "judge.qualification.trainee",
    "judge.qualification.none_trainee", "kollegium.plan.ink.doctor", "progress_print.name",
    "talks_print.unconfirmed", "talks_view.together", "today.mine", "trainee.step.unconfirmed",
    "trainees.title", "trainees.title_all", "word.owner.trainee",
})  # fmt: skip
"""Shown in the name of the training, or trainings, that they are about."""

MEANT = {
    "both kinds are named": [
        "cli.front.about", "cli.trainees.about", "first_run.welcome", "import.column.kind",
        "trainees.new_title", "trainees.programme_not_at", "trainees.programme_not_bt",
    ],
    "it is the name of that kind": [
        "cli.curriculum.kind", "import.kind.AT", "word.kind.AT", "word.doctor.AT",
    ],
    "AT alone has the AT-bok and the law of 1999": [
        "certify.help", "certify.final_help", "document.certificate.goals_of",
        "document.certificate.official", "document.final.official",
    ],
    "AT alone ends with an exam": [
        "certificate.exam.missing", "exam.csv.name", "life.kind.ExamSitting",
    ],
}  # fmt: skip
REASONED = {key for keys in MEANT.values() for key in keys}


def flat(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def catalogue() -> Iterator[tuple[str, str]]:
    for file in sorted(CATALOGUES.glob("*.toml")):
        yield from flat(tomllib.loads(file.read_text(encoding="utf-8")), f"{file.stem}.")


def test_a_text_that_says_at_is_about_one_training_or_means_at() -> None:
    says = {
        key for key, words in catalogue() if SAYS_AT.search(NAMES.sub("", LOWER.sub("", words)))
    }
    assert says - BY_KIND - REASONED == set(), "say läkare, or show it through of_kind"
    assert (BY_KIND | REASONED) - {key for key, _ in catalogue()} == set(), "is no text any more"
    assert not BY_KIND & REASONED


def called(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def assigned(function: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            yield node.value


def behind(function: ast.AST, node: ast.AST) -> Iterator[ast.AST]:
    """Yield what an expression is made of, one step behind the names in it too."""
    for part in ast.walk(node):
        yield part
        if isinstance(part, ast.Name):
            for value in assigned(function, part.id):
                yield from ast.walk(value)


def patterns(function: ast.AST, call: ast.Call) -> Iterator[str]:
    """Yield what a call of `text` may ask for, as patterns; none for what is not written out."""
    for part in behind(function, call.args[0]):
        if isinstance(part, ast.Constant) and "." in str(part.value):
            yield re.escape(str(part.value))
        elif isinstance(part, ast.JoinedStr):
            yield "".join(
                re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else ".*"
                for piece in part.values
            )


@cache
def shown() -> tuple[frozenset[str], frozenset[str]]:
    """Return the patterns of the keys shown through `of_kind`, and of those shown as they are."""
    by_kind: set[str] = set()
    plain: set[str] = set()
    for room in ("at_tui", "screens"):
        for file in (ROOT / room).rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            for function in ast.walk(ast.parse(source)):
                if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    continue
                calls = [node for node in ast.walk(function) if called(node)]
                mended = {
                    id(part)
                    for node in calls
                    if called(node) in ("of_kind", "of_kinds") and isinstance(node, ast.Call)
                    for part in behind(function, node.args[0])
                }
                for node in calls:
                    if called(node) == "text" and isinstance(node, ast.Call):
                        (by_kind if id(node) in mended else plain).update(patterns(function, node))
    return frozenset(by_kind), frozenset(plain)


@pytest.mark.parametrize("key", sorted(BY_KIND))
def test_words_about_one_training_are_shown_through_of_kind(key: str) -> None:
    by_kind, plain = ([one for one in each if re.fullmatch(one, key)] for each in shown())
    assert by_kind, "nobody shows it through of_kind"
    # A pattern that says less of the key, `f"{table}.{name}"`, is about the others of its table.
    said = max(map(len, by_kind))
    assert not [one for one in plain if len(one) >= said]


def files_for_all() -> Iterator[Path]:
    """Yield the content that is shown as it is, whoever it is about."""
    for folder in ("introductions", "triage"):
        yield from (ROOT / "data" / folder).glob("*.toml")
    for file in (ROOT / "data" / "instruments").glob("*.toml"):
        if tomllib.loads(file.read_text(encoding="utf-8")).get("category") == "evaluation":
            yield file


@pytest.mark.parametrize("file", sorted(files_for_all()), ids=lambda file: file.stem)
def test_content_about_everybody_names_no_kind(file: Path) -> None:
    found = tomllib.loads(file.read_text(encoding="utf-8"))

    def words(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, part in value.items():
                if name != "source":
                    yield from words(part)
        elif isinstance(value, list):
            for part in value:
                yield from words(part)
        else:
            yield str(value)

    said = list(words(found))
    assert len(said) > 5
    assert not [one for one in said if "AT-läkar" in one or "allmäntjänst" in one]
