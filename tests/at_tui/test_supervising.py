"""What a session form opens with and what it may save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.language import has
from at_tui.placement_weeks import week_of, weeks_met
from at_tui.supervising import (
    Agreed,
    NextSession,
    SessionEntry,
    SessionFacts,
    check_session,
    day_held,
    find_in_entry,
    next_day,
    session_to_open,
    toggle,
)
from schema.text import LINE
from schema.words import CancelReason, SupervisionForm, SupervisionStatus

TODAY = date(2026, 11, 26)
"""A Thursday."""
START = date(2026, 7, 13)
HELD, PLANNED, CANCELLED = (
    SupervisionStatus.HELD,
    SupervisionStatus.PLANNED,
    SupervisionStatus.CANCELLED,
)


@dataclass(frozen=True)
class Session:
    id: str
    day: date
    status: str = PLANNED
    form: str = SupervisionForm.INDIVIDUAL


def entry(**changes: object) -> SessionEntry:
    held = SessionEntry(status=HELD, day=TODAY, minutes=60)
    return replace(held, **changes)  # type: ignore[arg-type]


def facts(**changes: object) -> SessionFacts:
    plain = SessionFacts(on=TODAY, training_start=START, first_placement=START)
    return replace(plain, **changes)  # type: ignore[arg-type]


def codes(form: SessionEntry, around: SessionFacts | None = None) -> list[tuple[str, str]]:
    found = check_session(form, around or facts())
    assert all(has(problem.code) for problem in found)
    return [(problem.field, problem.code.removeprefix("session.")) for problem in found]


def test_a_session_held_today_for_an_hour_may_be_saved() -> None:
    assert codes(entry()) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"day": TODAY + timedelta(days=1)}, ("day", "held_ahead")),
        ({"day": START - timedelta(days=1)}, ("day", "before_training")),
        ({"day": None}, ("day", "day_missing")),
        ({"minutes": 0}, ("minutes", "minutes_none")),
        ({"minutes": -5}, ("minutes", "minutes_none")),
        ({"minutes": 481}, ("minutes", "minutes_many")),
        ({"minutes": 900}, ("minutes", "minutes_many")),
        ({"minutes": None}, ("minutes", "minutes_missing")),
        ({"status": CANCELLED}, ("cancel_reason", "reason_missing")),
        ({"status": PLANNED, "day": TODAY - timedelta(days=1)}, ("day", "planned_back")),
        ({"note": "x" * 20_001}, ("note", "note_long")),
        ({"agreed": (Agreed("  "),)}, ("agreed_0", "agreed_empty")),
        ({"agreed": (Agreed("Ring"), Agreed("x" * (LINE + 1)))}, ("agreed_1", "agreed_long")),
        (
            {"agreed": (Agreed("Ring", due=TODAY - timedelta(days=1)),)},
            ("agreed_0", "agreed_due_back"),
        ),
        ({"next": NextSession(None)}, ("next_day", "day_missing")),
        ({"next": NextSession(TODAY)}, ("next_day", "next_before")),
        ({"next": NextSession(TODAY - timedelta(days=1))}, ("next_day", "planned_back")),
        ({"next": NextSession(TODAY + timedelta(7), 0)}, ("next_minutes", "minutes_none")),
    ],
)
def test_what_will_not_do_is_answered_at_its_field(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert codes(entry(**change)) == [expected]


@pytest.mark.parametrize("minutes", [1, 480])
def test_the_shortest_and_the_longest_session_may_be_saved(minutes: int) -> None:
    assert codes(entry(minutes=minutes)) == []


def test_a_session_on_the_first_day_of_the_training_may_be_saved() -> None:
    assert codes(entry(day=START)) == []


def test_a_session_before_the_first_placement_is_refused_with_its_day() -> None:
    late = facts(first_placement=START + timedelta(days=14))
    found = check_session(entry(day=START + timedelta(days=13)), late)
    assert [(problem.field, problem.values) for problem in found] == [
        ("day", {"start": START + timedelta(days=14)})
    ]
    assert codes(entry(day=START + timedelta(days=14)), late) == []


def test_a_session_after_the_training_ended_is_refused() -> None:
    ended = facts(training_ended=TODAY - timedelta(days=1))
    assert codes(entry(), ended) == [("day", "after_training")]
    assert codes(entry(), facts(training_ended=TODAY)) == []


def test_the_same_session_twice_is_refused() -> None:
    held = facts(taken={(TODAY, SupervisionForm.INDIVIDUAL): HELD})
    assert codes(entry(), held) == [("day", "held_twice")]


def test_a_group_session_on_the_same_day_is_another_session() -> None:
    held = facts(taken={(TODAY, SupervisionForm.INDIVIDUAL): HELD})
    assert codes(entry(form=SupervisionForm.GROUP), held) == []


def test_a_day_with_a_planned_session_may_take_a_held_one_but_not_a_second_planned() -> None:
    planned = facts(taken={(TODAY, SupervisionForm.INDIVIDUAL): PLANNED})
    assert codes(entry(), planned) == []
    assert codes(entry(status=PLANNED), planned) == [("day", "planned_twice")]


def test_a_session_is_not_planned_for_a_day_that_has_one() -> None:
    next_ = TODAY + timedelta(days=7)
    planned = facts(taken={(next_, SupervisionForm.INDIVIDUAL): PLANNED})
    assert codes(entry(next=NextSession(next_)), planned) == [("next_day", "planned_twice")]


def test_a_cancelled_session_may_lie_ahead_and_be_moved_to_an_earlier_day() -> None:
    cancelled = entry(
        status=CANCELLED,
        cancel_reason=CancelReason.WORKLOAD,
        day=TODAY + timedelta(days=5),
        next=NextSession(TODAY + timedelta(days=1)),
    )
    assert codes(cancelled) == []


def test_every_fault_is_told_at_once() -> None:
    many = entry(day=None, minutes=0, agreed=(Agreed(""),), next=NextSession(None, 900))
    assert [name for name, _ in codes(many)] == [
        "day",
        "minutes",
        "agreed_0",
        "next_day",
        "next_minutes",
    ]


def test_the_form_opens_on_this_weeks_session_even_when_it_lies_ahead() -> None:
    tuesday = TODAY - timedelta(days=2)
    sessions = [
        Session("last week", TODAY - timedelta(days=7)),
        Session("thursday", TODAY),
        Session("next week", TODAY + timedelta(days=7)),
    ]
    opened = session_to_open(sessions, tuesday)
    assert opened is not None
    assert opened.id == "thursday"
    assert day_held(opened.day, tuesday) == tuesday


def test_the_session_that_should_have_been_held_goes_before_the_one_to_come() -> None:
    sessions = [Session("monday", date(2026, 11, 23)), Session("friday", date(2026, 11, 27))]
    opened = session_to_open(sessions, TODAY)
    assert opened is not None
    assert opened.id == "monday"


@pytest.mark.parametrize(("days_ago", "found"), [(14, True), (15, False)])
def test_an_unlogged_session_is_proposed_for_fourteen_days(days_ago: int, found: bool) -> None:
    sessions = [Session("old", TODAY - timedelta(days=days_ago))]
    assert (session_to_open(sessions, TODAY) is not None) is found


def test_held_and_cancelled_sessions_are_never_opened_as_planned() -> None:
    sessions = [Session("held", TODAY, HELD), Session("cancelled", TODAY, CANCELLED)]
    assert session_to_open(sessions, TODAY) is None


def test_the_next_session_is_proposed_a_week_later() -> None:
    assert next_day(TODAY, [], on=TODAY) == date(2026, 12, 3)


def test_no_next_session_is_proposed_when_one_is_planned() -> None:
    assert next_day(TODAY, [TODAY + timedelta(days=3)], on=TODAY) is None


def test_the_next_session_is_never_proposed_in_the_past() -> None:
    assert next_day(TODAY - timedelta(days=21), [], on=TODAY) == TODAY


def test_weeks_are_counted_from_the_placements_first_day() -> None:
    """13 July + 19 weeks = 23 November, so 26 November lies in the 20th week."""
    assert week_of(START, START) == 1
    assert week_of(START + timedelta(days=6), START) == 1
    assert week_of(START + timedelta(days=7), START) == 2
    assert week_of(TODAY, START) == 20


def test_two_sessions_in_one_week_are_one_week_met() -> None:
    days = [START, START + timedelta(days=2), START + timedelta(days=7)]
    assert weeks_met(days, START, START + timedelta(days=14)) == (2, 3)


def test_a_placement_that_has_not_begun_asks_for_no_week() -> None:
    assert weeks_met([TODAY], START, START - timedelta(days=1)) == (0, 0)


@given(st.lists(st.integers(0, 200), max_size=40), st.integers(0, 200))
def test_no_more_weeks_are_met_than_have_begun(offsets: list[int], length: int) -> None:
    days = [START + timedelta(days=offset) for offset in offsets]
    met, begun = weeks_met(days, START, START + timedelta(days=length))
    assert 0 <= met <= begun
    more, _ = weeks_met([*days, START], START, START + timedelta(days=length))
    assert more >= met


def test_a_personnummer_in_the_note_and_a_telephone_in_an_agreement_are_pointed_out() -> None:
    form = entry(
        note="Ringde 640823-3234 om provsvar.", agreed=(Agreed("Ring 070-174 06 05 på måndag"),)
    )
    found = find_in_entry(form)
    assert [(one.field, one.excerpt) for one in found] == [
        ("note", "640823-3234"),
        ("agreed_0", "070-174 06 05"),
    ]


def test_an_ordinary_note_is_not_pointed_out() -> None:
    assert find_in_entry(entry(note="Två konsultationer, 15 + 10 min. Nästa gång DOPS.")) == []


def test_a_letter_chosen_twice_is_taken_away() -> None:
    assert toggle(toggle(toggle((), "k"), "j"), "k") == ("j",)
