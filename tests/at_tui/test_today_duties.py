"""What there is to do now: the programme's own reminders, and their order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.language import has, text
from at_tui.today import QUIET, UNSEEN, Act, Duty, duties, met, midpoint, week
from data.glance import Doctor, OpenForm, Promise, Session, Stay

ON = date(2026, 11, 24)
"""A Tuesday."""
STAY = Stay("p", "allmanmedicin", "Provet", date(2026, 7, 6), date(2027, 1, 3))


def doctor(name: str = "Alva", **more: Any) -> Doctor:
    """Return one for whom nothing is to be done: seen and met lately, the next session booked."""
    quiet: dict[str, Any] = {
        "stay": STAY,
        "planned": [Session("s", ON + timedelta(days=30), 60)],
        "last_held": ON - timedelta(days=3),
        "held": [ON - timedelta(days=3)],
        "last_observed": ON - timedelta(days=10),
        "midway_done": True,
        **more,
    }
    return Doctor("t", f"tr-{name}", name, "AT", **quiet)


def sentences(*doctors: Doctor, on: date = ON) -> list[str]:
    return [duty.sentence for duty in duties(doctors, on)]


def only(one: Doctor, on: date = ON) -> Duty:
    (duty,) = duties([one], on)
    return duty


def test_nothing_waits_when_all_is_done() -> None:
    assert duties([doctor()], ON) == []


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-61, None), (-5, "passed"), (0, "planned"), (2, "planned"), (6, "planned"), (7, None)],
)
def test_a_planned_session_is_told_from_six_days_before_its_day(
    days: int, sentence: str | None
) -> None:
    session = Session("s", ON + timedelta(days=days), 60)
    booked = Session("later", ON + timedelta(days=30), 60)
    assert sentences(doctor(planned=[session, booked])) == ([sentence] if sentence else [])


def test_a_planned_session_is_what_enter_opens() -> None:
    duty = only(doctor(planned=[Session("s", ON, 45)]))
    assert (duty.act, duty.record_id, duty.values) == (Act.SESSION, "s", {"minutes": 45})


def test_of_several_planned_sessions_one_line_says_it() -> None:
    days = (-14, -7, 0, 5)
    planned = [Session(str(n), ON + timedelta(days=n), 60) for n in days]
    assert [d.record_id for d in duties([doctor(planned=planned)], ON)] == ["0"]
    assert duties([doctor(planned=planned[:2])], ON)[0].record_id == "-7"


def test_this_weeks_session_comes_before_everything_else() -> None:
    first = doctor("Alva", planned=[Session("s", date(2026, 11, 29), 60)])
    second = doctor("Nils", planned=[], last_held=ON - timedelta(days=40))
    assert sentences(second, first) == ["planned", "quiet"]


def test_no_session_for_longer_than_two_weeks_is_told_unless_one_is_booked() -> None:
    longest = doctor(planned=[], last_held=ON - QUIET)
    too_long = doctor(planned=[], last_held=ON - QUIET - timedelta(days=1))
    booked = doctor(last_held=ON - QUIET - timedelta(days=1))
    assert sentences(longest) == []
    assert sentences(too_long) == ["quiet"]
    assert sentences(booked) == []


def test_a_session_before_the_placement_is_none_of_it() -> None:
    early = doctor(planned=[], last_held=STAY.start - timedelta(days=3), held=[])
    assert sentences(early) == ["never_met"]


def test_no_observation_for_longer_than_six_weeks_is_told_with_the_weeks_left() -> None:
    assert sentences(doctor(last_observed=ON - UNSEEN)) == []
    duty = only(doctor(last_observed=ON - UNSEEN - timedelta(days=21)))
    assert (duty.sentence, duty.values) == ("unseen", {"weeks": 9, "left": 5})
    assert only(doctor(last_observed=None)).sentence == "never_seen"


def test_halfway_is_told_the_day_after_it_has_passed() -> None:
    middle = midpoint(STAY)
    assert middle == date(2026, 10, 4)
    fresh: dict[str, Any] = {
        "last_held": middle,
        "last_observed": middle,
        "midway_done": False,
    }
    assert "midway" not in sentences(doctor(**fresh), on=middle)
    assert "midway" in sentences(doctor(**fresh), on=middle + timedelta(days=1))


def test_a_short_placement_has_no_halfway_talk() -> None:
    short = Stay("p", "psykiatri", "Provet", date(2026, 11, 2), date(2026, 12, 15))
    assert sentences(doctor(stay=short, midway_done=False)) == []


def test_one_who_is_away_is_not_asked_for() -> None:
    away = doctor(
        planned=[], last_held=None, last_observed=None, midway_done=False, away="foraldraledig"
    )
    assert sentences(away) == []


def test_a_form_waits_for_its_signature() -> None:
    assert sentences(doctor(open_forms=[OpenForm("f", "dops", ON)])) == ["unsigned"]


def test_a_certificate_is_asked_for_before_and_after_the_end() -> None:
    ends = Stay("p", "psykiatri", "", date(2026, 9, 1), ON + timedelta(days=3))
    ended = Stay("p", "psykiatri", "", date(2026, 9, 1), ON - timedelta(days=1))
    assert only(doctor(uncertified=ends)).sentence == "ends"
    duty = only(doctor(uncertified=ended))
    assert (duty.sentence, duty.act, duty.record_id) == ("ended", Act.CERTIFY, "p")


def test_a_promise_that_was_not_kept_is_the_last_thing_said() -> None:
    promise = Promise("Boka rektoskopier", ON - timedelta(days=2), "supervisor")
    one = doctor(promises=[promise], open_forms=[OpenForm("f", "dops", ON)])
    assert sentences(one) == ["unsigned", "promise"]


def test_each_has_two_lines_among_few_and_one_among_many() -> None:
    busy: dict[str, Any] = {
        "open_forms": [OpenForm("f", "dops", ON)],
        "promises": [Promise("x", ON - timedelta(days=1), "trainee")],
        "last_observed": None,
    }
    few = [doctor(f"D{n}", **busy) for n in range(3)]
    many = [doctor(f"D{n}", **busy) for n in range(30)]
    assert len(duties(few, ON)) == 6
    assert len(duties(many, ON)) == 30


def test_weeks_are_counted_from_the_first_day_of_the_placement() -> None:
    assert week(STAY, ON) == (21, 26)
    assert week(STAY, STAY.start) == (1, 26)
    assert week(STAY, STAY.end + timedelta(days=30)) == (26, 26)
    assert met(doctor(held=[STAY.start, STAY.start + timedelta(days=1), ON]), ON) == (2, 21)
    assert met(doctor(stay=None), ON) == (0, 0)


def test_every_duty_has_its_words() -> None:
    names = "planned passed unsigned ended ends midway quiet never_met unseen never_seen promise"
    for name in names.split():
        assert has(f"today.duty.{name}")
        assert has(f"today.act.{name}")
    assert text("today.duty.quiet", weeks=3) == "inget samtal på 3 veckor, inget bokat"
