"""What a meeting is held with: read once, in its order, as of the day it was opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from at_tui.kollegium.holding import Room, begin, prepare
from at_tui.kollegium.live import Live
from at_tui.kollegium.minutes import minutes_of
from schema.fault import Fault
from schema.tables import Kollegium
from schema.words import AgreementOwner, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def room_of(world: World, meeting: Kollegium) -> Room:
    return prepare(world.store, meeting.id, TODAY)


def test_those_to_talk_about_come_first_then_thin_ones_by_name(world: World) -> None:
    before = world.meeting(TODAY - 26 * WEEK)
    for name in ("Örjan Test", "Alva Testsson", "Åsa Provdahl"):
        world.add(name)
    world.decided(world.doctors["Örjan Test"], before, Outcome.TALK)
    room = room_of(world, world.meeting(TODAY))
    names = [room.name(id) for id in room.order]
    assert names == ["Örjan Test", "Alva Testsson", "Åsa Provdahl"]
    assert room.group(room.order[0]) is Outcome.TALK
    assert not room.opened


def test_a_meeting_that_was_opened_shows_the_records_as_of_that_day(world: World) -> None:
    doctor = world.add()
    world.met(doctor, [TODAY - WEEK])
    meeting = world.meeting(TODAY)
    room = room_of(world, meeting)
    begin(world.store, room, room.order, author="test", at=NOW)
    world.met(doctor, [TODAY + WEEK])
    later = prepare(world.store, meeting.id, TODAY + 2 * WEEK)
    assert later.opened
    picture = later.picture(doctor.training_id)
    assert picture is not None
    assert picture.on == TODAY
    assert picture.tally.held == 1


def test_one_who_has_left_stays_in_the_list_and_an_unknown_is_passed_by(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY, training_ids=["gone", doctor.training_id])
    room = room_of(world, meeting)
    assert room.order == (doctor.training_id,)
    assert room.picture("gone") is None
    assert room.name("gone") == ""


def test_nobody_chosen_opens_nothing(world: World) -> None:
    world.add()
    meeting = world.meeting(TODAY)
    room = room_of(world, meeting)
    with pytest.raises(Fault, match="no_list"):
        begin(world.store, room, [], author="test", at=NOW)
    with world.store.read() as work:
        assert work.need(Kollegium, meeting.id).training_ids == []


def test_the_nearest_are_offered_first_as_owners_and_nobody_twice(world: World) -> None:
    doctor = world.add()
    found = room_of(world, world.meeting(TODAY)).owners(doctor.training_id)
    assert [each.kind for each in found[:3]] == [
        AgreementOwner.SUPERVISOR, AgreementOwner.TRAINEE, AgreementOwner.DIRECTOR,
    ]  # fmt: skip
    assert found[0].words == "handledaren (Berit Handledarsson)"
    assert found[0].person_id == world.berit_id
    people = [each.person_id for each in found if each.person_id]
    assert len(people) == len(set(people)) == 3


def test_who_is_there_is_kept_beside_what_is_noted_elsewhere(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY, training_ids=[doctor.training_id])
    live = Live.open(world.store, meeting.id, author="test", on=TODAY)
    with world.store.work("test") as work:
        work.need(Kollegium, meeting.id).reminded = {world.berit_id: "2026-11-20"}
    live.keep(attendance=[{"name": "Disa"}])
    live.decide(Outcome.ON_TRACK)
    live.close(signer_id=world.director_id, signer_name="Disa")
    with world.store.read() as work:
        now = work.need(Kollegium, meeting.id)
        minutes = minutes_of(work, meeting.id, TODAY)
    assert now.reminded == {world.berit_id: "2026-11-20"}
    assert now.attendance == [{"name": "Disa"}]
    assert now.closed_on == TODAY
    assert minutes.lines[0].decision_id


def test_another_window_cannot_note_who_is_there(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY, training_ids=[doctor.training_id])
    first = Live.open(world.store, meeting.id, author="test", on=TODAY)
    Live.open(world.store, meeting.id, author="test", on=TODAY)
    with pytest.raises(Fault, match="other_window"):
        first.keep(attendance=[{"name": "Disa"}])
