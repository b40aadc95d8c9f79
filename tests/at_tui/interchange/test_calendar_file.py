"""All dates in one calendar: names that stay, its own time zone, and only what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from at_tui.interchange.calendar_dates import SORTS, Entry, entries
from at_tui.interchange.calendar_file import calendar_of
from at_tui.kollegium.series import uid
from data.opening import create, open_store
from data.store import Store
from schema.tables import (
    Agreement,
    Education,
    ExamSitting,
    Kollegium,
    Person,
    Placement,
    Supervision,
    SupportPlan,
    Talk,
    Trainee,
    Training,
    Unit,
)
from schema.words import CancelReason, EducationKind, SectionCode, SupervisionStatus, TalkKind
from tests.at_tui.interchange.conftest import ON

STAMP = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)


@dataclass
class Clinic:
    """One training with one of each date, and another's."""

    store: Store
    training: Training
    other: Training
    meeting: Kollegium
    session: Supervision
    placement: Placement


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    path = tmp_path / "at.db"
    create(path, passphrase=None)
    store = open_store(path, None)
    unit = Unit(name="Vårdcentralen Provet", site="Prövköping")
    siv = Person(name="Siv Prövare")
    alva, nils = Trainee(name="Alva Testsson"), Trainee(name="Nils Exempel")
    mine = Training(
        trainee_id=alva.id, start=date(2026, 9, 1), end=date(2028, 2, 29), programme_id="blekinge"
    )
    other = Training(trainee_id=nils.id, start=date(2026, 9, 1))
    placement = Placement(
        training_id=mine.id, section=SectionCode.ALLMANMEDICIN, unit_id=unit.id,
        start=date(2026, 9, 1), end=date(2027, 2, 28), supervisor_id=siv.id,
    )  # fmt: skip
    session = Supervision(
        training_id=mine.id, day=date(2026, 11, 26), supervisor_id=siv.id, minutes=45
    )
    meeting = Kollegium(
        title="AT-kollegium", day=date(2026, 12, 15), starts_at="13.00", minutes=120,
        place="Sal 2", training_ids=[mine.id],
    )  # fmt: skip
    records: list[Any] = [
        unit, siv, alva, nils, mine, other, placement, session, meeting,
        Supervision(training_id=mine.id, day=date(2026, 11, 19), status=SupervisionStatus.HELD),
        Supervision(
            training_id=mine.id, day=date(2026, 12, 3), status=SupervisionStatus.CANCELLED,
            cancel_reason=next(iter(CancelReason)),
        ),
        Supervision(training_id=other.id, day=date(2026, 11, 27)),
        Talk(training_id=mine.id, kind=TalkKind.MITTSAMTAL, booked_on=date(2027, 1, 12)),
        Talk(
            training_id=mine.id, kind=TalkKind.MONTH_3, booked_on=date(2026, 12, 1),
            held_on=date(2026, 11, 20),
        ),
        Agreement(
            training_id=mine.id, text="Boka två rektoskopier", agreed_on=date(2026, 11, 19),
            due=date(2026, 12, 3),
        ),
        Agreement(
            training_id=mine.id, text="Klart sedan länge", agreed_on=date(2026, 11, 1),
            due=date(2026, 12, 4), done_on=date(2026, 11, 20),
        ),
        *(
            Education(
                training_id=one.id, kind=EducationKind.LECTURE, title="Sepsis", minutes=90,
                day=date(2026, 12, 9), planned=True, attended=False,
            )
            for one in (mine, other)
        ),
        Education(
            training_id=mine.id, kind=EducationKind.LECTURE, title="EKG", minutes=90,
            day=date(2026, 12, 11), attended=False, absence_notified=True, absence_reason="jour",
        ),
        ExamSitting(training_id=mine.id, day=date(2027, 11, 18)),
        SupportPlan(training_id=mine.id, opened_on=ON, follow_ups=["2026-12-10"]),
    ]  # fmt: skip
    with store.work("test") as work:
        work.add_all(records)
    yield Clinic(store, mine, other, meeting, session, placement)
    store.close()


def found(clinic: Clinic, **wanted: Any) -> list[Entry]:
    with clinic.store.read() as work:
        return entries(work, on=ON, **wanted)


def of(clinic: Clinic, sort: str) -> list[tuple[date, str]]:
    mine = found(clinic, training_ids={clinic.training.id})
    return [(one.day, one.title) for one in mine if one.sort == sort]


def test_every_sort_of_date_is_there_and_only_what_lies_ahead(clinic: Clinic) -> None:
    everything = found(clinic)
    assert {one.sort for one in everything} == set(SORTS)
    assert all(one.day >= ON for one in everything)
    assert everything == sorted(everything, key=lambda one: (one.day, one.starts_at or time.min))
    assert of(clinic, "session") == [(date(2026, 11, 26), "Handledning Alva Testsson")]
    assert of(clinic, "talk") == [(date(2027, 1, 12), "Mittsamtal Alva Testsson")]
    assert of(clinic, "exam") == [(date(2027, 11, 18), "Kunskapsprov Alva Testsson")]
    assert [day for day, _ in of(clinic, "agreement")] == [date(2026, 12, 3)]
    assert [day for day, _ in of(clinic, "placement")] == [date(2027, 2, 28)]
    assert [day for day, _ in of(clinic, "training")] == [date(2028, 2, 29)]
    assert [day for day, _ in of(clinic, "kollegium")] == [date(2026, 12, 15)]


def test_a_planned_lecture_is_there_once_and_not_for_whoever_has_notified_absence(
    clinic: Clinic,
) -> None:
    day = date(2026, 12, 9)
    assert of(clinic, "education") == [(day, "Sepsis (Alva Testsson)")]
    everybody = [(one.day, one.title) for one in found(clinic) if one.sort == "education"]
    assert everybody == [(day, "Sepsis (2 kallade)")]


def test_the_plans_deadlines_are_there_each_once(clinic: Clinic) -> None:
    mine = [one for one in found(clinic) if one.sort == "deadline"]
    assert any("Alva Testsson" in one.title for one in mine)
    assert all(one.title.startswith("Senast: ") for one in mine)
    assert len({one.uid for one in mine}) == len(mine)


def test_nothing_of_a_stodplan_leaves_with_the_dates(clinic: Clinic) -> None:
    assert date(2026, 12, 10) not in {one.day for one in found(clinic) if one.sort != "deadline"}


def test_one_trainings_dates_hold_nobody_elses(clinic: Clinic) -> None:
    mine = found(clinic, training_ids={clinic.training.id})
    assert not any("Nils" in one.title for one in mine)
    theirs = found(clinic, training_ids={clinic.other.id})
    assert not any("Alva" in one.title for one in theirs)
    assert not any(one.sort == "kollegium" for one in theirs)


def test_a_date_that_moves_keeps_its_name(clinic: Clinic) -> None:
    before = {one.uid: one.day for one in found(clinic)}
    with clinic.store.work("test") as work:
        session = work.need(Supervision, clinic.session.id)
        session.day = date(2026, 11, 30)
        placement = work.need(Placement, clinic.placement.id)
        placement.end = date(2027, 3, 31)
    after = {one.uid: one.day for one in found(clinic)}
    assert after[f"session-{clinic.session.id}@at-tui"] == date(2026, 11, 30)
    assert after[f"placement-end-{clinic.placement.id}@at-tui"] == date(2027, 3, 31)
    moved = {name for name in before if after.get(name) != before[name] and name in after}
    assert f"session-{clinic.session.id}@at-tui" in moved
    meeting = uid("", "", clinic.meeting.id)
    assert meeting in after


def test_all_names_are_of_one_kind_and_none_is_used_twice(clinic: Clinic) -> None:
    names = [one.uid for one in found(clinic)]
    assert len(names) == len(set(names))
    assert all(name.endswith("@at-tui") for name in names)


def read(clinic: Clinic) -> Any:
    content = calendar_of(found(clinic), stamp=STAMP, name="AT-handledning Åsa")
    return Calendar.from_ical(content)


def test_the_file_holds_every_entry_and_its_own_time_zone(clinic: Clinic) -> None:
    calendar = read(clinic)
    events: dict[str, Any] = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {one.uid for one in found(clinic)}
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Stockholm"
    meeting = events[uid("", "", clinic.meeting.id)]
    assert meeting.start == datetime(2026, 12, 15, 13, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    assert meeting.end.hour == 15
    assert str(meeting["location"]) == "Sal 2"
    session = events[f"session-{clinic.session.id}@at-tui"]
    assert session.start == date(2026, 11, 26)
    assert (session.end - session.start).days == 1
    assert str(session["class"]) == "PRIVATE"
    assert "45 min" in str(session["description"])
    assert str(calendar["x-wr-calname"]) == "AT-handledning Åsa"


def test_the_same_dates_give_the_same_bytes(clinic: Clinic) -> None:
    first = calendar_of(found(clinic), stamp=STAMP, name="x")
    assert first == calendar_of(found(clinic), stamp=STAMP, name="x")
    assert b"\r\n" in first
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_text_cannot_begin_a_line_of_its_own_in_the_file() -> None:
    entry = Entry("x@at-tui", "session", ON, "Alva\r\nATTACH:http://exempel.invalid", "a\nX-B:1")
    content = calendar_of([entry], stamp=STAMP, name="n\nX-C:2")
    assert not any(line.startswith((b"ATTACH", b"X-B", b"X-C")) for line in content.split(b"\r\n"))
