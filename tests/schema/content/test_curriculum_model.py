"""The model of a målbeskrivning: ids, references, order, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from schema.content.curriculum import Curriculum, Goal
from schema.content.version import next_version, version_key
from schema.words import SectionCode


def goal(id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "section": "psykiatri",
        "status": "working",
        "text": "t",
        "source": "s",
    } | more


def curriculum(*goals: dict[str, Any], **more: Any) -> Curriculum:
    return Curriculum.model_validate(
        {
            "kind": "curriculum",
            "id": "prov",
            "version": 1,
            "title": "Prov",
            "programme_kind": "AT",
            "regulation": "Påhittad 1:1",
            "source": "påhittad",
            "goals": list(goals),
        }
        | more
    )


@pytest.mark.parametrize(
    ("id", "reference", "numbered"),
    [
        ("5:2:4", "5 kap. 2 § 4", True),
        ("2:2a:14", "2 kap. 2 a § 14", True),
        ("3:w:4", "3 kap. (arbetstext)", False),
        ("BT7", "delmål BT7", True),
        ("BT:w:7", "BT (arbetstext)", False),
    ],
)
def test_a_working_id_is_never_shown_as_a_place_in_the_regulation(
    id: str, reference: str, numbered: bool
) -> None:
    one = Goal.model_validate(goal(id))
    assert (one.reference, one.is_numbered) == (reference, numbered)


@pytest.mark.parametrize(
    "id", ["", "5", "5:2", "5:2:4:1", "5:2:x", "w:2:3", "BT0", "BT19", "5:2:4\n", " 5:2:4", "a:1:1"]
)
def test_other_forms_of_id_are_refused(id: str) -> None:
    with pytest.raises(ValidationError):
        Goal.model_validate(goal(id))


def test_goals_are_ordered_by_number_and_working_ids_come_last() -> None:
    ids = ["3:2:10", "3:w:1", "2:3:1", "3:2:9", "3:2a:1", "3:3:1", "3:2:9a"]
    made = [Goal.model_validate(goal(id)) for id in ids]
    assert [one.id for one in sorted(made, key=lambda one: one.order)] == [
        *("2:3:1", "3:2:9", "3:2:9a", "3:2:10", "3:2a:1", "3:3:1", "3:w:1"),
    ]


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="repeated_id"):
        curriculum(goal("5:2:1"), goal("5:2:1"))


@pytest.mark.parametrize("status", ["verified", "pasted"])
def test_a_working_id_cannot_claim_to_be_the_regulations_text(status: str) -> None:
    with pytest.raises(ValidationError, match="working_id"):
        curriculum(goal("5:w:1", status=status))


def test_a_retired_goal_stays_readable_but_is_no_goal() -> None:
    made = curriculum(
        goal("5:2:1"),
        retired=[{"id": "5:w:1", "text": "tema", "seen_in": "1", "replaced_by": ["5:2:1"]}],
    )
    assert made.goal("5:w:1") is None
    gone = made.retired_goal("5:w:1")
    assert gone is not None
    assert gone.text == "tema"


def test_a_retired_goal_cannot_be_alive_nor_point_at_nothing() -> None:
    with pytest.raises(ValidationError, match="repeated_id"):
        curriculum(goal("5:2:1"), retired=[{"id": "5:2:1", "text": "t", "seen_in": "1"}])
    gone = {"id": "5:w:1", "text": "t", "seen_in": "1", "replaced_by": ["5:2:9"]}
    with pytest.raises(ValidationError, match="unknown_goal"):
        curriculum(goal("5:2:1"), retired=[gone])


def test_text_is_cleaned_on_the_way_in() -> None:
    made = curriculum(
        goal("5:2:1", text="\x1b[31mröd\u202e text\u200b  \n"), title="  Två \n rader "
    )
    assert made.goals[0].text == "[31mröd text"
    assert made.title == "Två rader"


def test_nothing_changes_once_read() -> None:
    made = curriculum(goal("5:2:1"))
    with pytest.raises(ValidationError, match="frozen"):
        made.title = "annat"


def test_goals_can_be_taken_by_section() -> None:
    made = curriculum(goal("5:2:1"), goal("3:2:1", section="opererande"))
    assert [one.id for one in made.in_section(SectionCode.OPERERANDE)] == ["3:2:1"]


@pytest.mark.parametrize(
    ("version", "following"), [("1", "1.1"), ("1.1", "1.2"), ("2.9", "2.10"), ("1.2.3", "1.2.4")]
)
def test_ones_own_version_comes_after_the_shipped_one_and_before_the_next(
    version: str, following: str
) -> None:
    assert next_version(version) == following
    assert version_key(version) < version_key(following) < (version_key(version)[0] + 1,)
