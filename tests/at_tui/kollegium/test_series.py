"""When the meetings of a series are, and how they look in a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from at_tui.judge.calendar import is_working_day
from at_tui.kollegium.series import (
    Invitation,
    agenda,
    calendar_file,
    clock,
    invitation_to,
    invitation_to_slot,
    slot_in,
    slots,
)
from schema.tables import Kollegium, MeetingSeries
from schema.words import MeetingRhythm

STAMP = datetime(2026, 10, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Series:
    id: str = "s"
    rhythm: MeetingRhythm = MeetingRhythm.QUARTERLY
    months: tuple[int, ...] = ()
    weekday: int = 1
    week: int = 4
    first_on: date | None = None
    active: bool = True


INVITATION = Invitation(
    uid="s-2026-11@at-tui", sequence=1, title="AT-kollegium, Örebro; höst", day=date(2026, 11, 24),
    starts_at=time(13), minutes=120, place="Aulan", agenda=agenda(minutes=120),
    invited=(("Berit Handledarsson", "berit@example.se"), ("Utan Adress", "")),
    organiser=("Disa Studierektorsson", "disa@example.se"),
)  # fmt: skip


def test_a_rhythm_gives_as_many_meetings_a_year_as_its_name_says() -> None:
    for rhythm, count in (
        (MeetingRhythm.QUARTERLY, 4),
        (MeetingRhythm.TWICE_A_TERM, 4),
        (MeetingRhythm.HALF_YEARLY, 2),
        (MeetingRhythm.RECONCILIATION, 2),
    ):
        found = slots(Series(rhythm=rhythm), date(2027, 1, 1), 40)
        assert sum(slot.day.year == 2028 for slot in found) == count


def test_quarterly_is_once_in_each_quarter_and_twice_a_term_twice_in_each_half_year() -> None:
    quarterly = slots(Series(), date(2027, 1, 1))
    assert [(slot.day.month + 2) // 3 for slot in quarterly] == [1, 2, 3, 4]
    termly = slots(Series(rhythm=MeetingRhythm.TWICE_A_TERM), date(2027, 1, 1))
    assert [slot.day.month > 6 for slot in termly] == [False, False, True, True]


@given(
    st.sampled_from(MeetingRhythm), st.integers(0, 4), st.integers(1, 5),
    st.dates(date(2020, 1, 1), date(2060, 12, 31)),
)  # fmt: skip
def test_every_meeting_is_on_a_working_day_ahead_and_in_order(
    rhythm: MeetingRhythm, weekday: int, week: int, on: date
) -> None:
    found = slots(Series(rhythm=rhythm, weekday=weekday, week=week), on, 6)
    assert len(found) == 6
    days = [slot.day for slot in found]
    assert days == sorted(set(days))
    assert all(is_working_day(day) and day >= on for day in days)
    assert len({slot.period for slot in found}) == 6


def test_the_fifth_weekday_is_the_last_of_the_month() -> None:
    assert slot_in(Series(week=5), 2026, 11).day == date(2026, 11, 24)
    assert slot_in(Series(week=1), 2026, 11).day == date(2026, 11, 3)


def test_a_meeting_on_a_red_day_moves_and_keeps_its_name() -> None:
    # 1 May 2026 is a Friday.
    slot = slot_in(Series(weekday=4, week=1), 2026, 5)
    assert (slot.day, slot.period) == (date(2026, 5, 4), "2026-05")


def test_a_series_that_rests_has_no_meetings() -> None:
    assert slots(Series(active=False), date(2026, 1, 1)) == []


def test_a_series_begins_when_it_says() -> None:
    found = slots(Series(first_on=date(2027, 6, 1)), date(2026, 1, 1), 1)
    assert found[0].day > date(2027, 6, 1)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("13.00", time(13)), ("13:30", time(13, 30)), ("8", time(8)), ("", None), ("25.00", None),
        ("13.60", None), ("ett", None),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(written: str, found: time | None) -> None:
    assert clock(written) == found


def test_an_invitation_is_read_back_as_it_was_meant() -> None:
    calendar = Calendar.from_ical(calendar_file([INVITATION], stamp=STAMP))
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "AT-kollegium, Örebro; höst"
    assert str(event["UID"]) == "s-2026-11@at-tui"
    start = event.decoded("DTSTART")
    assert (start.hour, start.utcoffset()) == (13, timedelta(hours=1))
    assert event.decoded("DTEND") - start == timedelta(hours=2)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert [str(a) for a in [event["ATTENDEE"]]] == ["mailto:berit@example.se"]
    assert "Närvaro" in str(event["DESCRIPTION"])


def test_summer_time_holds_in_may_and_the_file_carries_its_own_zone() -> None:
    raw = calendar_file([replace(INVITATION, day=date(2026, 5, 26))], stamp=STAMP)
    calendar = Calendar.from_ical(raw)
    assert calendar.walk("VEVENT")[0].decoded("DTSTART").utcoffset() == timedelta(hours=2)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]


def test_the_same_invitation_gives_the_same_bytes() -> None:
    assert calendar_file([INVITATION], stamp=STAMP) == calendar_file([INVITATION], stamp=STAMP)


def test_without_an_organiser_nobody_is_asked_to_answer() -> None:
    raw = calendar_file([replace(INVITATION, organiser=("", ""))], stamp=STAMP)
    assert b"METHOD:PUBLISH" in raw


def test_a_meeting_without_a_time_takes_the_day() -> None:
    raw = calendar_file([replace(INVITATION, starts_at=None)], stamp=STAMP)
    assert b"DTSTART;VALUE=DATE:20261124" in raw


def test_no_line_of_the_text_can_become_a_line_of_the_file() -> None:
    nasty = "hej\r\nATTENDEE:mailto:ond@example.se\nEND:VEVENT"
    raw = calendar_file([replace(INVITATION, agenda=nasty, title=nasty)], stamp=STAMP)
    assert len(Calendar.from_ical(raw).walk("VEVENT")) == 1
    assert b"\nATTENDEE:mailto:ond" not in raw


def test_cancelled_and_held_meetings_need_files_of_their_own() -> None:
    with pytest.raises(ValueError, match="file of their own"):
        calendar_file([INVITATION, replace(INVITATION, cancelled=True)], stamp=STAMP)
    raw = calendar_file([replace(INVITATION, cancelled=True)], stamp=STAMP)
    assert b"METHOD:CANCEL" in raw
    assert b"STATUS:CANCELLED" in raw


def test_a_meeting_keeps_its_uid_when_it_is_set_up_and_when_it_is_moved() -> None:
    series = MeetingSeries(title="AT-kollegium", starts_at="9.00", minutes=90)
    slot = slots(series, date(2026, 11, 1), 1)[0]
    meeting = Kollegium(title="AT-kollegium", day=slot.day, series_id=series.id, period=slot.period)
    moved = meeting.model_copy(update={"day": slot.day + timedelta(days=7), "rev": 2})
    sent = [
        invitation_to_slot(series, slot), invitation_to(meeting, series),
        invitation_to(moved, series),
    ]  # fmt: skip
    assert len({each.uid for each in sent}) == 1
    assert [each.sequence for each in sent] == [0, 1, 2]


def test_a_changed_series_and_a_cancellation_are_newer_than_what_was_sent() -> None:
    series = MeetingSeries(title="AT-kollegium", starts_at="9.00", minutes=90)
    slot = slots(series, date(2026, 11, 1), 1)[0]
    later = series.model_copy(update={"starts_at": "13.00", "rev": 2})
    meeting = Kollegium(title="AT-kollegium", day=slot.day, series_id=series.id, period=slot.period)
    sent = [
        invitation_to_slot(series, slot),
        invitation_to_slot(later, slot),
        invitation_to(meeting, later),
        invitation_to(meeting, later.model_copy(update={"agenda": "1. Nytt", "rev": 3})),
        invitation_to(meeting, later.model_copy(update={"rev": 3}), cancelled=True),
    ]
    assert len({each.uid for each in sent}) == 1
    numbers = [each.sequence for each in sent]
    assert numbers == sorted(set(numbers))


def test_a_meeting_outside_every_series_has_a_uid_of_its_own() -> None:
    one, two = (Kollegium(title="Extra", day=date(2026, 11, 24)) for _ in range(2))
    assert invitation_to(one, None).uid != invitation_to(two, None).uid


def test_the_agenda_shares_the_time_among_those_to_discuss() -> None:
    words = agenda(minutes=120, talk=5, thin=5, on_track=40)
    assert "5 som behöver samtal, 5 med tunt underlag (cirka 10 min var)" in words
    assert words.splitlines()[0].startswith("1. ")
