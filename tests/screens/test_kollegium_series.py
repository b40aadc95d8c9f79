"""Meetings and their series: the next days, moved ones, calendar files and the agenda."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from textual.screen import Screen

from at_tui.kollegium.calendar import Calendar, calendar, read_invited
from schema.tables import Draft, Kollegium, MeetingSeries, Person
from schema.words import MeetingRhythm
from screens import ways
from screens.kollegium.meetings import MeetingsPage
from screens.kollegium.meetings_form import MeetingForm
from screens.kollegium.meetings_invite import InvitePage
from screens.kollegium.series import SeriesForm
from screens.widgets.form_page import FormPage
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, World
from tests.screens.directing import app_of, play, ready, region
from tests.screens.playing import screen_text
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]


def series(world: World, **changes: Any) -> MeetingSeries:
    """Write a series that meets on the third Tuesday of each quarter."""
    values = {
        "title": "AT-kollegium Dalarna", "rhythm": MeetingRhythm.QUARTERLY,
        "programme_id": "dalarna",
        "invited": [{"name": "Berit Handledarsson", "email": "berit@example.se"}], **changes,
    }  # fmt: skip
    found = MeetingSeries(**values)
    world.save(found)
    return found


def read(world: World) -> Calendar:
    with world.store.read() as work:
        return calendar(work, TODAY)


def filled(
    world: World, page: FormPage[Any], values: dict[str, str], *keys: str
) -> tuple[str, Any]:
    """Fill in a form, save it, and return what the screen says and what it was dismissed with."""
    result: list[Any] = []

    async def go() -> str:
        app = app_of(world)
        async with app.run_test(size=(120, 48)) as pilot:
            app.push_screen(page, result.append)
            await settle(pilot)
            for name, value in values.items():
                page.form.set(name, value)
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            await pilot.press("ctrl+s")
            await settle(pilot)
            return "\n".join([screen_text(app), *app.heard])

    return asyncio.run(go()), result[0] if result else None


def full(world: World) -> None:
    """Write a closed meeting, one that is running, one set up, and a series."""
    region(world)
    mine = series(world)
    world.meeting(date(2026, 12, 8), starts_at="09.00", series_id=mine.id, period="2026-11")
    world.meeting(
        date(2026, 11, 24), starts_at="13.00", title="Extra kollegium",
        training_ids=[d.training_id for d in world.doctors.values()],
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_the_meetings_look_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    full(world)
    assert snap_compare(app_of(world, MeetingsPage()), terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", SIZES)
def test_a_series_looks_as_drawn(snap_compare: Any, world: World, size: tuple[int, int]) -> None:
    app = app_of(world, SeriesForm(series(world).id))
    assert snap_compare(app, terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", SIZES)
def test_an_invitation_looks_as_drawn(
    snap_compare: Any, world: World, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from at_tui import settings

    monkeypatch.setattr(settings, "documents_folder", lambda: Path("/hem/Dokument"))
    region(world)
    series(world)
    app = app_of(world, InvitePage(read(world).proposed[0].id, read(world)))
    assert snap_compare(app, terminal_size=size, run_before=ready)


@pytest.mark.parametrize(
    ("rhythm", "months"),
    [
        (MeetingRhythm.QUARTERLY, {2, 5, 9, 11}),
        (MeetingRhythm.TWICE_A_TERM, {2, 5, 9, 11}),
        (MeetingRhythm.HALF_YEARLY, {5, 11}),
        (MeetingRhythm.RECONCILIATION, {4, 10}),
    ],
)
def test_a_series_of_each_rhythm_proposes_its_next_days(
    world: World, rhythm: MeetingRhythm, months: set[int]
) -> None:
    _, id = filled(world, SeriesForm(), {"rhythm": rhythm, "title": "Kollegium"})
    assert id
    days = [p.slot.day for p in read(world).proposed]
    assert len(days) == 4
    assert {d.month for d in days} <= months
    assert all(day >= TODAY for day in days)
    seen = play(world, MeetingsPage(), size=(120, 40))
    assert seen.count("förslag enligt serien") == 4


def test_the_next_days_are_shown_while_the_series_is_filled_in(world: World) -> None:
    seen = play(world, SeriesForm(), size=(120, 48))
    assert "nästa: 16 feb 2027" in seen


def test_months_of_ones_own_and_a_time_that_is_none_are_checked(world: World) -> None:
    seen, id = filled(world, SeriesForm(), {"months": "13", "starts_at": "fikat"})
    assert id is None
    assert "Skriv månader som siffror" in seen
    assert "Skriv klockslaget som 13.00." in seen
    _, id = filled(world, SeriesForm(), {"months": "3 10", "starts_at": "9.30"})
    assert id
    assert {p.slot.day.month for p in read(world).proposed} == {3, 10}


def test_enter_on_a_proposal_sets_the_meeting_up_and_it_can_be_moved(world: World) -> None:
    mine = series(world)
    proposed = read(world).proposed[0]
    _, id = filled(world, MeetingForm(proposed=proposed), {"day": "2027-02-23"})
    found = read(world).meetings[id]
    assert (found.day, found.period, found.series_id) == (date(2027, 2, 23), "2027-02", mine.id)
    # It keeps its place in the series: nothing is proposed for it again.
    assert proposed.id not in [p.id for p in read(world).proposed]
    _, again = filled(world, MeetingForm(id), {"day": "2027-03-02", "place": "Sal 1"})
    assert again == id
    found = read(world).meetings[id]
    assert (found.day, found.period, found.place) == (date(2027, 3, 2), "2027-02", "Sal 1")


def test_a_meeting_outside_every_series(world: World) -> None:
    seen, id = filled(world, MeetingForm(), {"day": "2026-12-08", "starts_at": "25.99"})
    assert id is None
    assert "Skriv klockslaget som 13.00." in seen
    _, id = filled(world, MeetingForm(), {"day": "2026-12-08", "title": "Extra kollegium"})
    found = read(world).meetings[id]
    assert (found.title, found.chair_id, found.series_id) == (
        "Extra kollegium",
        world.director_id,
        None,
    )


class Elsewhere(Page[None]):
    """Stands for the meeting and its minutes."""


@pytest.mark.parametrize(("row", "way"), [("open", "kollegium_live"), ("shut", "kollegium_after")])
def test_enter_on_a_meeting_leads_to_it_or_to_its_minutes(
    world: World, row: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {
        "open": world.meeting(date(2026, 12, 8)).id,
        "shut": world.meeting(date(2026, 5, 26), closed_on=date(2026, 5, 26)).id,
    }
    led: list[tuple[str, str]] = []
    for name in ("kollegium_live", "kollegium_after"):

        def lead(meeting_id: str, name: str = name) -> Screen[Any]:
            led.append((name, meeting_id))
            return Elsewhere()

        monkeypatch.setattr(ways, name, lead)

    async def go() -> None:
        page, app = MeetingsPage(), app_of(world)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(page)
            await settle(pilot)
            assert page.query_one(Picker).select(ids[row])
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, Elsewhere)

    asyncio.run(go())
    assert led == [(way, ids[row])]


def invited(world: World, row_id: str, folder: Path, **values: str) -> icalendar.Calendar:
    """Save the calendar file of a row, and read it back."""
    page = InvitePage(row_id, read(world))
    filled(world, page, {"folder": str(folder), **values})
    (file,) = folder.iterdir()
    made: icalendar.Calendar = icalendar.Calendar.from_ical(file.read_bytes())
    return made


def events(found: icalendar.Calendar) -> list[Any]:
    return list(found.walk("VEVENT"))


def test_the_numbers_of_an_agenda_are_no_draft_of_anybodys(world: World) -> None:
    """They come in when they have been counted, perhaps after the form has looked for a draft."""
    region(world)
    series(world)

    async def go() -> None:
        page = InvitePage(read(world).proposed[0].id, read(world))
        app = app_of(world, page)
        async with app.run_test() as pilot:
            await settle(pilot)
            page.draft_changed()  # what the fields begin with is announced as a change
            page.keep_draft_now()
            await settle(pilot)
            assert "behöver samtal" in page.form.raw()["agenda"].lower()

    asyncio.run(go())
    with world.store.read() as work:
        assert not work.all(Draft)


def test_the_calendar_file_has_time_place_agenda_and_guests(world: World, tmp_path: Path) -> None:
    mine = series(world, place="Stora salen", minutes=90)
    meeting = world.meeting(
        date(2027, 2, 16), starts_at="13.00", minutes=90, place="Stora salen",
        series_id=mine.id, period="2027-02",
    )  # fmt: skip
    (event,) = events(invited(world, meeting.id, tmp_path / "ut", agenda="1. Åtgärder\n2. Övrigt"))
    start: datetime = event.decoded("dtstart")
    assert start.strftime("%Y-%m-%d %H:%M %Z") == "2027-02-16 13:00 CET"
    assert (event.decoded("dtend") - start).total_seconds() == 90 * 60
    assert str(event["location"]) == "Stora salen"
    assert str(event["description"]) == "1. Åtgärder\n2. Övrigt"
    assert "berit@example.se" in str(event["attendee"])
    assert str(event["uid"]) == f"{mine.id}-2027-02@at-tui"


def test_a_moved_meeting_has_the_same_name_in_calendars_and_is_newer(
    world: World, tmp_path: Path
) -> None:
    series(world)
    proposed = read(world).proposed[0]
    (before,) = events(invited(world, proposed.id, tmp_path / "före"))
    _, id = filled(world, MeetingForm(proposed=proposed), {"day": "2027-03-02"})
    (after,) = events(invited(world, id, tmp_path / "efter"))
    assert str(before["uid"]) == str(after["uid"])
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstart").date() == date(2027, 3, 2)


def test_a_series_invites_to_all_its_next_meetings_in_one_file(
    world: World, tmp_path: Path
) -> None:
    mine = series(world)
    found = events(invited(world, mine.id, tmp_path / "ut"))
    assert len(found) == 4
    assert len({str(event["uid"]) for event in found}) == 4


def test_a_meeting_that_is_cancelled_leaves_the_calendars(world: World, tmp_path: Path) -> None:
    meeting = world.meeting(date(2026, 12, 8))
    made = invited(world, meeting.id, tmp_path / "ut", what="cancel")
    (event,) = events(made)
    assert str(made["method"]) == "CANCEL"
    assert str(event["status"]) == "CANCELLED"


def test_the_agenda_tells_how_many_are_to_be_discussed(world: World) -> None:
    region(world)
    meeting = world.meeting(date(2026, 12, 8), starts_at="13.00")
    seen = flat(play(world, InvitePage(meeting.id, read(world)), size=(120, 48)))
    assert "Genomgång: 1 som behöver samtal, 6 med tunt underlag" in seen
    assert "På spår: 1 i ett beslut" in seen


def test_the_usual_agenda_can_be_filled_in_and_changed(world: World) -> None:
    _, id = filled(world, SeriesForm(), {}, "f6")
    (mine,) = read(world).series
    assert mine.id == id
    assert mine.agenda.startswith("1. Närvaro och sekretess")
    _, _ = filled(world, SeriesForm(id), {"agenda": "1. Bara en sak"})
    assert read(world).series[0].agenda == "1. Bara en sak"


def test_guests_are_lines_with_or_without_an_address(world: World) -> None:
    written = (
        "Berit Handledarsson <berit@example.se>\nbarbro@example.se\nSekreteraren\n\n"
        "berit@example.se"
    )
    with world.store.read() as work:
        people = work.all(Person)
    assert read_invited(written, people) == [
        {"name": "Berit Handledarsson", "email": "berit@example.se", "person_id": world.berit_id},
        {"name": "", "email": "barbro@example.se"},
        {"name": "Sekreteraren", "email": ""},
    ]


def test_people_are_fetched_from_the_register(world: World) -> None:
    seen, id = filled(world, SeriesForm(), {}, "f5", "space", "down", "space", "enter")
    assert id, seen
    (mine,) = read(world).series
    assert mine.invited[0]["name"] == "Berit Handledarsson"
    assert mine.invited[0]["person_id"] == world.berit_id


def test_a_meeting_that_has_not_been_opened_can_be_taken_away(world: World) -> None:
    meeting = world.meeting(date(2026, 12, 8))
    assert "Ta bort mötet 8 dec?" in play(world, MeetingsPage(), "x")
    assert meeting.id in read(world).meetings
    play(world, MeetingsPage(), "x", "j")
    assert meeting.id not in read(world).meetings


def test_a_meeting_with_a_list_cannot(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(date(2026, 12, 8), training_ids=[doctor.training_id])
    said = flat(play(world, MeetingsPage(), "x", "j"))
    assert "har redan öppnats" in said
    assert meeting.id in read(world).meetings


def test_a_series_that_rests_proposes_nothing(world: World) -> None:
    mine = series(world)
    filled(world, SeriesForm(mine.id), {"active": "off"})
    assert read(world).proposed == []
    seen = play(world, MeetingsPage(), size=(120, 40))
    assert "vilar" in seen


def test_without_anything_the_page_says_what_to_do(world: World) -> None:
    seen = play(world, MeetingsPage())
    assert "Inga möten är inlagda" in seen
    assert "Ingen serie är inlagd" in seen


def test_a_meeting_is_one_record(world: World) -> None:
    series(world)
    proposed = read(world).proposed[0]
    filled(world, MeetingForm(proposed=proposed), {})
    filled(world, MeetingForm(proposed=proposed), {})
    with world.store.read() as work:
        assert len(work.all(Kollegium)) == 1
