"""Sums by week, month and training, counted by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from at_tui.education.sums import Amount, by_month, sums, total
from schema.words import EducationKind

ON = date(2026, 11, 24)
"""A Tuesday in week 48."""


@dataclass
class Lesson:
    """An education record, as the sums read it."""

    kind: str
    day: date
    minutes: int = 0
    days: float = 0
    attended: bool = True
    planned: bool = False
    absence_notified: bool = False
    absence_reason: str = ""
    id: str = "x"
    course_id: str = ""
    compulsory: bool = False


LESSONS = [
    Lesson("lecture", date(2026, 11, 23), 90),
    Lesson("lecture", date(2026, 11, 22), 60),
    Lesson("lecture", date(2026, 11, 1), 45),
    Lesson("lecture", date(2026, 10, 31), 30),
    Lesson("lecture", date(2026, 11, 12), 90, attended=False),
    Lesson("lecture", date(2026, 11, 5), 90, attended=False, absence_notified=True,
           absence_reason="jour"),
    Lesson("lecture", date(2026, 11, 25), 90),
    Lesson("course", date(2026, 11, 3), days=2),
    Lesson("course", date(2025, 10, 6), days=0.5),
]  # fmt: skip


def test_the_week_begins_on_monday_and_the_month_on_the_first() -> None:
    lecture, course = sums(LESSONS, ON)
    assert lecture.kind is EducationKind.LECTURE
    assert lecture.week == Amount(90)
    assert lecture.month == Amount(90 + 60 + 45)
    assert lecture.training == Amount(90 + 60 + 45 + 30)
    assert (course.week, course.month, course.training) == (
        Amount(), Amount(days=2), Amount(days=2.5),
    )  # fmt: skip


def test_absence_is_counted_and_what_is_unexplained_is_told() -> None:
    lecture = sums(LESSONS, ON)[0]
    assert (lecture.attended, lecture.missed, lecture.unexplained) == (4, 2, 1)


def test_what_lies_ahead_is_no_evidence() -> None:
    ahead = [Lesson("lecture", date(2026, 11, 25), 90)]
    assert sums(ahead, ON) == []


def test_what_was_planned_is_neither_attended_nor_missed_until_somebody_has_said() -> None:
    passed = Lesson("lecture", date(2026, 11, 20), 90, attended=False, planned=True)
    held = Lesson("lecture", date(2026, 11, 23), 60)
    (lecture,) = sums([passed, held], ON)
    assert (lecture.attended, lecture.missed, lecture.unexplained) == (1, 0, 0)
    assert lecture.training == Amount(60)
    assert by_month([passed, held], ON, 1)[0].amount == Amount(60)
    assert sums([passed], ON) == []


def test_absence_notified_ahead_is_counted_from_its_day_on() -> None:
    ahead = Lesson("lecture", date(2026, 11, 25), 90, attended=False, absence_notified=True,
                   absence_reason="jour")  # fmt: skip
    assert sums([ahead], ON) == []
    (lecture,) = sums([ahead], date(2026, 11, 25))
    assert (lecture.missed, lecture.unexplained) == (1, 0)


def test_months_are_told_latest_first_across_the_turn_of_the_year() -> None:
    found = by_month(LESSONS, date(2027, 1, 15), 4)
    assert [one.first for one in found] == [
        date(2027, 1, 1), date(2026, 12, 1), date(2026, 11, 1), date(2026, 10, 1),
    ]  # fmt: skip
    assert [one.amount for one in found] == [
        Amount(), Amount(), Amount(90 + 60 + 45 + 90, 2), Amount(30),
    ]  # fmt: skip


@given(
    st.lists(
        st.builds(
            Lesson,
            st.sampled_from([str(k) for k in EducationKind]),
            st.dates(date(2025, 9, 1), ON),
            st.integers(0, 480),
            st.sampled_from([0, 0.5, 1, 2]),
            st.booleans(),
        )
    )
)
def test_the_kinds_add_up_to_the_whole(lessons: list[Lesson]) -> None:
    found = sums(lessons, ON)
    assert sum((one.training for one in found), Amount()) == total(
        one for one in lessons if one.attended
    )
    assert sum(one.attended + one.missed for one in found) == len(lessons)
    for one in found:
        assert one.week.minutes <= one.training.minutes
        assert one.month.days <= one.training.days
