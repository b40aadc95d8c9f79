"""What the shipped målbeskrivningar claim, and that they claim no more than has been read."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import content
from schema.content.curriculum import Curriculum
from schema.words import Kind, Level, SectionCode


@pytest.fixture
def at(tmp_path: Path) -> Curriculum:
    return content.curriculum("at-sosfs-1999-5", "1", folder=tmp_path)


@pytest.fixture
def bt(tmp_path: Path) -> Curriculum:
    return content.curriculum("bt-hslf-fs-2021-8", "1", folder=tmp_path)


def test_psychiatry_is_the_only_verified_chapter(at: Curriculum) -> None:
    assert {goal.chapter for goal in at.goals if goal.status == "verified"} == {5}
    assert {goal.status for goal in at.goals if goal.chapter == 5} == {"verified"}
    assert not at.is_wholly_verified


def test_psychiatry_has_the_goals_that_have_been_read_and_their_levels(at: Curriculum) -> None:
    found = {goal.id: goal.level for goal in at.goals if goal.chapter == 5}
    expected = {f"5:2:{n}": Level.A for n in range(1, 7)}
    expected |= {f"5:3:{n}": Level.B for n in range(1, 9)}
    expected |= {f"5:4:{n}": Level.C for n in range(1, 3)}
    assert found == expected


def test_numbers_outside_psychiatry_are_only_those_that_another_document_refers_to(
    at: Curriculum,
) -> None:
    numbered = {goal.id for goal in at.goals if goal.is_numbered and goal.chapter != 5}
    assert numbered == {
        *("2:2:2", "2:2:7", "2:2:14", "2:2:15"),
        *("3:2:2", "3:3:11"),
        *("4:2:3", "4:2:5", "4:4:2", "4:4:6"),
        *("6:2:5", "6:2:7"),
    }


def test_a_theme_without_a_place_in_the_regulation_has_no_level(at: Curriculum) -> None:
    assert all(goal.level is None for goal in at.goals if not goal.is_numbered)


def test_each_chapter_but_psychiatry_says_that_it_is_working_text(at: Curriculum) -> None:
    for chapter in at.chapters:
        assert chapter.note.startswith("Arbetstext") == (chapter.number != 5)


def test_every_goal_stands_in_the_section_of_its_chapter(at: Curriculum) -> None:
    section = {chapter.number: chapter.section for chapter in at.chapters}
    assert section == {
        2: SectionCode.ALLMAN,
        3: SectionCode.OPERERANDE,
        4: SectionCode.INVARTES,
        5: SectionCode.PSYKIATRI,
        6: SectionCode.ALLMANMEDICIN,
    }
    for goal in at.goals:
        assert goal.chapter is not None
        assert goal.section is section[goal.chapter]


def test_goals_stand_in_the_order_of_the_regulation(at: Curriculum, bt: Curriculum) -> None:
    for curriculum in (at, bt):
        assert list(curriculum.goals) == sorted(curriculum.goals, key=lambda goal: goal.order)


def test_bt_has_its_eighteen_numbers_and_no_text_pretending_to_be_theirs(bt: Curriculum) -> None:
    assert bt.programme_kind is Kind.BT
    numbered = [goal for goal in bt.goals if goal.is_numbered]
    assert [goal.id for goal in numbered] == [f"BT{n}" for n in range(1, 19)]
    assert all("texten är inte inlagd" in goal.text for goal in numbered)
    assert all(goal.status == "working" and goal.level is None for goal in bt.goals)


def test_every_goal_names_a_source(at: Curriculum, bt: Curriculum) -> None:
    for curriculum in (at, bt):
        assert all(len(goal.source) > 20 for goal in curriculum.goals)
