"""What may be saved of a lecture, a course or self-study: each limit from both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from at_tui.education.courses import course_named, courses_of
from at_tui.education.entries import EducationEntry, check_education
from at_tui.language import has
from at_tui.programmes import Choice, choices, programme
from schema.words import EducationKind

ON, AHEAD = date(2026, 11, 24), date(2026, 11, 25)
START, END = date(2025, 9, 1), date(2027, 2, 28)
GOOD = EducationEntry(
    kind=EducationKind.LECTURE, title="Akut buk", day=date(2026, 11, 19), minutes=90
)


def codes(**changed: Any) -> list[tuple[str, str]]:
    found = check_education(replace(GOOD, **changed), on=ON, training_start=START, training_end=END)
    assert all(has(problem.code) for problem in found)
    return [(problem.field, problem.code.partition(".")[2]) for problem in found]


def test_a_lecture_of_an_hour_and_a_half_is_fine() -> None:
    assert codes() == []


def test_a_course_with_no_days_is_told_at_its_days() -> None:
    course = {"kind": EducationKind.COURSE, "title": "AT-LEKA", "minutes": 0}
    assert codes(**course, days=0) == [("days", "no_days")]
    assert codes(**{**course, "minutes": 480}, days=0) == [("days", "no_days")]
    assert codes(**course, days=0.5) == []


@pytest.mark.parametrize("kind", [k for k in EducationKind if k is not EducationKind.COURSE])
def test_everything_has_a_length(kind: EducationKind) -> None:
    assert [field for field, _ in codes(kind=kind, minutes=0)] in (["minutes"], ["days"])
    assert codes(kind=kind, minutes=45) == []


def test_what_has_not_been_cannot_have_been_attended() -> None:
    assert codes(day=ON) == []
    assert codes(day=AHEAD) == [("attended", "not_yet")]


def test_what_lies_ahead_is_planned_or_its_absence_is_notified() -> None:
    assert codes(day=AHEAD, planned=True, attended=False) == []
    notified = {"attended": False, "absence_notified": True, "absence_reason": "jour"}
    assert codes(day=AHEAD, **notified) == []
    assert codes(day=AHEAD, attended=False) == [("attended", "not_yet")]
    both = codes(day=AHEAD, planned=True, **notified)
    assert both == [("attended", "there_and_away")]


def test_what_is_planned_is_ticked_when_its_day_has_been() -> None:
    planned = {"planned": True, "attended": False}
    assert codes(day=ON, **planned) == []
    assert codes(day=date(2026, 11, 23), **planned) == [("attended", "has_been")]


def test_the_day_lies_in_the_training() -> None:
    assert codes(day=START) == []
    assert codes(day=date(2025, 8, 31)) == [("day", "before_training")]
    later = check_education(GOOD, on=ON, training_start=START, training_end=date(2026, 11, 18))
    assert [problem.code for problem in later] == ["education.after_training"]


def test_who_was_there_has_no_reason_for_being_away() -> None:
    assert codes(absence_reason="jour") == [("attended", "there_and_away")]
    assert codes(absence_notified=True) == [("attended", "there_and_away")]
    assert codes(attended=False, absence_notified=True, absence_reason="jour") == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"minutes": 14_401}, ("minutes", "minutes_outside")),
        ({"minutes": -1}, ("minutes", "minutes_outside")),
        ({"days": 60.5}, ("days", "days_outside")),
        ({"kind": None}, ("kind", "kind_missing")),
        ({"title": ""}, ("title", "title_missing")),
        ({"day": None}, ("day", "day_missing")),
    ],
)
def test_each_fault_is_told_at_its_field(changed: dict[str, Any], told: tuple[str, str]) -> None:
    assert told in codes(**changed)


def test_the_named_courses_of_a_region_come_with_their_days() -> None:
    found = {c.id: c for c in courses_of(programme("jonkoping"))}
    assert found["at-leka"].name == "AT-LEKA: ledning, etik, kvalitet, arena"
    assert (found["at-leka"].days, found["trauma-akut"].days) == (4, 2)
    assert found["hot-och-vald"].days == 1
    assert found["at-stamma"].days is None
    assert found["arbetstraff"].recurring
    compulsory = [c.id for c in found.values() if c.strength == "ska" and c.days]
    assert sorted(c for c in compulsory) == [
        "at-leka", "forsakringsmedicin", "hot-och-vald", "trauma-akut",
    ]  # fmt: skip


@pytest.mark.parametrize("choice", choices(), ids=lambda choice: str(choice.id))
def test_every_course_that_a_plan_asks_for_is_offered_once_by_its_name(choice: Choice) -> None:
    plan = programme(choice.id)
    found = courses_of(plan)
    asked = {r.course_id for r in plan.requirements if r.kind == "course"}
    assert asked | {c.id for c in plan.courses} <= {c.id for c in found}
    assert len({c.id for c in found}) == len(found)
    assert all(c.name for c in found)


def test_varmlands_four_compulsory_courses_are_offered() -> None:
    found = [c.id for c in courses_of(programme("varmland")) if not c.recurring]
    assert {"akutkurs", "ledarskap", "forsakringsmedicin", "lakemedelsforum"} <= set(found)


def test_a_course_is_found_by_its_id_its_name_or_an_unmistakable_beginning() -> None:
    courses = courses_of(programme("jonkoping"))
    for words in ("at-leka", "AT LEKA", "AT-leka"):
        found = course_named(courses, words)
        assert found is not None
        assert found.id == "at-leka"
    near = course_named(courses, "Försäkringsmedicin")
    assert near is not None
    assert near.id == "forsakringsmedicin"
    assert course_named(courses, "AT") is None
    assert course_named(courses, "") is None
