"""The topics of the supervision talk, and the model that holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from data import content
from schema.content.prompts import PromptSet


@pytest.fixture
def vgr(tmp_path: Path) -> PromptSet:
    return content.prompts("vgr-handledning", "1", folder=tmp_path)


def test_the_letters_are_those_of_the_session_form(vgr: PromptSet) -> None:
    always = {prompt.letter: prompt.label for prompt in vgr.prompts if prompt.when == "always"}
    assert always == {
        "a": "belastning",
        "j": "journaler",
        "k": "konsultation",
        "m": "mål",
        "e": "etik",
        "r": "yrkesroll",
        "p": "praktiskt moment",
        "u": "återhämtning",
    }


def test_the_first_and_the_last_talk_have_topics_of_their_own(vgr: PromptSet) -> None:
    assert [prompt.id for prompt in vgr.prompts if prompt.when == "start"] == ["ramar"]
    assert [prompt.id for prompt in vgr.prompts if prompt.when == "end"] == ["avslut"]


def test_a_topic_is_found_by_letter_and_by_id(vgr: PromptSet) -> None:
    by_letter = vgr.by_letter("k")
    assert by_letter is not None
    assert by_letter is vgr.prompt("konsultation")
    assert vgr.by_letter("x") is None
    assert vgr.prompt("x") is None


@pytest.mark.parametrize("key", ["id", "letter"])
def test_two_topics_cannot_share_a_letter_or_an_id(key: str) -> None:
    one: dict[str, Any] = {"id": "a", "letter": "a", "label": "A", "questions": ["Hur?"]}
    two = {"id": "b", "letter": "b", "label": "B", "questions": ["Hur?"]} | {key: "a"}
    head = {"kind": "prompts", "id": "prov", "version": "1", "title": "Prov", "source": "s"}
    with pytest.raises(ValidationError, match="repeated_id"):
        PromptSet.model_validate(head | {"prompts": [one, two]})


@pytest.mark.parametrize("letter", ["", "A", "ab", "1", " "])
def test_a_topic_is_picked_by_one_small_letter(letter: str) -> None:
    one = {"id": "a", "letter": letter, "label": "A", "questions": ["Hur?"]}
    head = {"kind": "prompts", "id": "prov", "version": "1", "title": "Prov", "source": "s"}
    with pytest.raises(ValidationError):
        PromptSet.model_validate(head | {"prompts": [one]})
