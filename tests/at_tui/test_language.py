"""The catalogue knows every sentence that the code asks for, and its placeholders fit."""

from __future__ import annotations

import ast
import enum
import inspect
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from at_tui.language import has, problem, say, text
from schema import words
from schema.fault import Fault, Invalid

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "at_tui" / "language" / "sv"
ROOMS = ("at_tui", "screens", "data", "schema")
CALLS = {"text": 0, "has": 0, "Fault": 0}
KEY = re.compile(r"[a-z_0-9]+(\.[A-Za-z_0-9]+)+")


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Yield (place, key) of every literal key handed to `text(...)` or `Fault(...)`."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in CALLS and isinstance(first, ast.Constant):
                    key = str(first.value)
                    if KEY.fullmatch(key):
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", key


def test_every_sentence_that_the_code_asks_for_is_in_the_catalogue() -> None:
    asked = list(keys_in_code())
    assert len(asked) > 50
    missing = [f"{place} {key}" for place, key in asked if not has(key)]
    assert missing == []


def flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


@pytest.mark.parametrize("file", sorted(CATALOGUES.glob("*.toml")), ids=lambda f: f.stem)
def test_every_sentence_is_text_whose_placeholders_have_names(file: Path) -> None:
    with file.open("rb") as catalogue:
        for key, sentence in flat(tomllib.load(catalogue)):
            assert isinstance(sentence, str), key
            for _, name, _, _ in string.Formatter().parse(sentence):
                assert name is None or name.isidentifier(), f"{key}: {{{name}}}"


TABLES = {
    "SectionCode": "section", "Kind": "kind", "RoleKind": "role",
    "SupervisionStatus": "supervision", "SupervisionForm": "form", "CancelReason": "cancel",
    "AgreementOwner": "owner", "AbsenceKind": "absence", "LockStatus": "lock",
    "Meaning": "meaning", "Level": "level", "EducationKind": "education", "TalkKind": "talk",
    "IntroductionKind": "introduction", "Outcome": "outcome", "CertificateKind": "certificate",
    "MeetingRhythm": "rhythm", "AccountPurpose": "purpose", "Sex": "sex",
}  # fmt: skip


def test_every_word_that_a_record_can_hold_has_a_name_on_screen() -> None:
    sets = {
        name: found
        for name, found in inspect.getmembers(words, inspect.isclass)
        if issubclass(found, enum.StrEnum) and found is not enum.StrEnum
    }
    assert set(sets) == set(TABLES)
    for name, found in sets.items():
        for word in found:
            assert has(f"word.{TABLES[name]}.{word.value}"), f"{name}.{word}"


def test_a_fault_is_said_in_words_with_its_values() -> None:
    assert "fyra ord" in say(Fault("keys.short_passphrase", least=10))
    assert "10" in say(Fault("keys.short_passphrase", least=10))


def test_a_fault_without_a_sentence_still_says_that_nothing_was_lost() -> None:
    assert "finns kvar" in say(Fault("nowhere.nothing"))


def test_every_problem_of_a_record_is_said_with_the_name_of_its_field() -> None:
    refused = Invalid(
        "Supervision",
        [
            ("minutes", "invalid.less_than_equal", {"le": 480}),
            ("day", "invalid.date_parsing", {}),
        ],
    )
    first, second = say(refused).splitlines()
    assert first == "längd i minuter: högst 480"
    assert second.startswith("datum: ")
    assert problem("", "no.such_code", {}) == text("invalid.unknown")
