"""Holding the meeting: saved at each step, and it may die at any key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from at_tui.kollegium.evidence import explain
from at_tui.kollegium.live import Live
from at_tui.kollegium.meetings import Attendee, attend, change_meeting, meetings, new_meeting
from at_tui.kollegium.stands import decision_id, open_list
from at_tui.kollegium.turns import Action
from data.kollegium import agreements_from, decisions_of
from schema.fault import Fault
from schema.tables import Decision, Kollegium
from schema.words import AgreementOwner, LockStatus, Outcome, SupervisionStatus
from tests.at_tui.kollegium.world import TODAY, WEEK, World

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


@dataclass
class Room:
    """A meeting about Alva, Bo and Cia, listed and frozen."""

    world: World
    id: str
    order: tuple[str, ...]

    def open(self, window: str = "") -> Live:
        """Open it as the programme does after it was started again."""
        return Live.open(
            self.world.store, self.id, author=self.world.director_id, on=TODAY, window=window
        )

    def decisions(self) -> dict[str, Decision]:
        with self.world.store.read() as work:
            return {d.training_id: d for d in decisions_of(work, self.id)}

    def actions(self, training_id: str) -> list[str]:
        with self.world.store.read() as work:
            found = agreements_from(work, [decision_id(self.id, training_id)])
            return [a.text for a in found]


@pytest.fixture
def room(world: World) -> Room:
    for name in ("Alva Testsson", "Bo Exempel", "Cia Provsson"):
        doctor = world.add(name)
        world.observed(doctor, date(2026, 11, 2), 3, 3)
    cases = world.cases()
    with world.store.work("test") as work:
        meeting = new_meeting(work, TODAY, minutes=60)
        work.flush()
        open_list(work, meeting, cases, at=NOW)
    return Room(world, meeting.id, tuple(case.binder.id for case in cases))


def test_a_meeting_opens_at_the_first_doctor_and_notes_that_the_page_was_shown(room: Room) -> None:
    live = room.open()
    assert (live.state.position, live.state.at) == (1, room.order[0])
    assert room.decisions()[room.order[0]].discussed_on == TODAY
    assert room.decisions()[room.order[0]].outcome is None


def test_a_digit_saves_the_outcome_at_once(room: Room) -> None:
    room.open().decide(Outcome.TALK)
    assert room.decisions()[room.order[0]].outcome is Outcome.TALK


def test_a_programme_that_is_killed_opens_at_the_same_doctor_with_the_words_being_typed(
    room: Room,
) -> None:
    live = room.open()
    live.decide(Outcome.ON_TRACK)
    live.next()
    live.tick(95)
    live.decide(Outcome.THIN_EVIDENCE)
    for end in range(1, 20):
        live.write("Komplettera med två DOPS"[:end])
    live.half_typed(text="Boka", owner="h")
    del live  # nothing is told to it: the process is gone
    again = room.open()
    assert again.state.at == room.order[1]
    assert again.typed == "Komplettera med två"
    assert again.half == {"text": "Boka", "owner": "h"}
    assert again.state.here.outcome is Outcome.THIN_EVIDENCE
    assert again.state.here.seconds == 95
    assert again.state.elapsed == 95
    assert again.state.stand(room.order[0]).outcome is Outcome.ON_TRACK


def test_what_is_typed_is_saved_with_the_doctor_it_was_typed_for(room: Room) -> None:
    live = room.open()
    live.write("Om Alva.")
    live.next()
    assert live.typed == ""
    live.write("Om Bo.")
    live.pause()
    found = room.decisions()
    assert [found[id].text for id in room.order[:2]] == ["Om Alva.", "Om Bo."]


def test_typing_fills_no_history(room: Room) -> None:
    live = room.open()
    with room.world.store.read() as work:
        before = len(work.versions_of(decision_id(room.id, room.order[0])))
    for end in range(1, 40):
        live.write("x" * end)
    with room.world.store.read() as work:
        assert len(work.versions_of(decision_id(room.id, room.order[0]))) == before


def test_an_action_is_saved_with_owner_and_day(room: Room) -> None:
    live = room.open()
    live.agree(
        "Boka sit-in", AgreementOwner.SUPERVISOR, owner_id=room.world.berit_id, due=TODAY + WEEK
    )
    (action,) = live.state.here.actions
    assert action == Action(
        "Boka sit-in", AgreementOwner.SUPERVISOR, room.world.berit_id, TODAY + WEEK, action.id
    )
    assert room.open().state.here.actions == (action,)


@pytest.mark.parametrize(
    ("text", "due", "code"),
    [("  ", None, "kollegium.action_empty"), ("x", TODAY - WEEK, "kollegium.action_back")],
)
def test_an_action_without_words_or_due_before_the_meeting_is_refused(
    room: Room, text: str, due: date | None, code: str
) -> None:
    live = room.open()
    with pytest.raises(Fault) as fault:
        live.agree(text, due=due)
    assert fault.value.code == code
    assert live.state.here.actions == ()


def test_undo_takes_back_one_step_at_a_time_in_the_file_too(room: Room) -> None:
    live = room.open()
    live.decide(Outcome.TALK)
    live.agree("Samtal med studierektorn")
    live.decide(Outcome.SUPPORT_PLAN)
    live.next()
    assert live.undo()
    assert live.state.at == room.order[0]
    assert room.decisions()[room.order[0]].outcome is Outcome.TALK
    assert live.undo()
    assert room.actions(room.order[0]) == []
    assert live.undo()
    assert room.decisions()[room.order[0]].outcome is None
    assert not live.undo()


def test_undo_brings_back_an_action_that_was_dropped(room: Room) -> None:
    live = room.open()
    live.agree("Boka sit-in")
    live.drop(live.state.here.actions[0].id)
    assert room.actions(room.order[0]) == []
    live.undo()
    assert room.actions(room.order[0]) == ["Boka sit-in"]
    assert room.open().state.here.actions[0].id == live.state.here.actions[0].id


def test_bulk_decides_only_those_whose_page_was_shown_and_who_are_undecided(room: Room) -> None:
    live = room.open()
    live.decide(Outcome.TALK)
    live.next()
    chosen = live.bulk_on_track(set(room.order))
    assert chosen == (room.order[1],)
    found = room.decisions()
    assert found[room.order[0]].outcome is Outcome.TALK
    assert room.order[2] not in found
    assert live.bulk_on_track(set(room.order)) == ()


def test_those_to_come_back_to_come_up_after_the_last(room: Room) -> None:
    live = room.open()
    live.come_back()
    live.next()
    live.decide(Outcome.ON_TRACK)
    live.next()
    live.decide(Outcome.ON_TRACK)
    assert live.next()
    assert live.state.at == room.order[0]
    live.decide(Outcome.TALK)
    assert not live.next()
    assert live.state.left == ()


def test_one_goes_back_and_forth_freely(room: Room) -> None:
    live = room.open()
    assert not live.back()
    live.next()
    assert live.back()
    assert live.state.at == room.order[0]
    live.go(room.order[2])
    assert live.state.position == 3
    live.go("någon annan")
    assert live.state.position == 3


def test_two_windows_never_overwrite_each_other(room: Room) -> None:
    first = room.open("one")
    first.decide(Outcome.TALK)
    second = room.open("two")
    second.decide(Outcome.ON_TRACK)
    for act in (
        lambda: first.decide(Outcome.SUPPORT_PLAN),
        lambda: first.write("något"),
        lambda: first.agree("något"),
        first.next,
        first.pause,
    ):
        with pytest.raises(Fault) as fault:
            act()
        assert fault.value.code == "kollegium.other_window"
    assert first.state.here.outcome is Outcome.TALK
    assert first.typed == ""
    assert room.decisions()[room.order[0]].outcome is Outcome.ON_TRACK


def test_a_decision_that_somebody_else_saved_is_not_overwritten(room: Room) -> None:
    live = room.open()
    with room.world.store.work("another") as work:
        decision = work.need(Decision, decision_id(room.id, room.order[0]))
        decision.text = "skrivet på annat håll"
        work.save(decision)
    with pytest.raises(Fault) as fault:
        live.decide(Outcome.TALK)
    assert fault.value.code == "store.stale"
    assert live.state.here.outcome is None
    assert room.decisions()[room.order[0]].text == "skrivet på annat håll"
    again = room.open()
    again.decide(Outcome.TALK)
    assert room.decisions()[room.order[0]].text == "skrivet på annat håll"


def test_closing_signs_and_locks_every_decision(room: Room) -> None:
    live = room.open()
    live.decide(Outcome.ON_TRACK)
    live.next()
    live.write("Ännu oklart")
    live.close(signer_id=room.world.director_id, signer_name="Disa Studierektorsson")
    assert live.closed
    found = room.decisions()
    assert all(d.status is LockStatus.SIGNED for d in found.values())
    assert found[room.order[1]].text == "Ännu oklart"
    with room.world.store.read() as work:
        assert work.need(Kollegium, room.id).closed_on == TODAY
        assert work.drafts() == []
    with pytest.raises(Fault) as fault:
        live.decide(Outcome.TALK)
    assert fault.value.code == "kollegium.closed"
    seen = room.open()
    assert seen.closed
    assert seen.state.stand(room.order[0]).outcome is Outcome.ON_TRACK


def test_a_meeting_without_a_list_cannot_be_held(world: World) -> None:
    meeting = world.meeting(TODAY)
    with pytest.raises(Fault) as fault:
        Live.open(world.store, meeting.id, author="x", on=TODAY)
    assert fault.value.code == "kollegium.no_list"


def test_the_list_is_settled_once(room: Room) -> None:
    room.world.add("Dan Nytillkommen")
    with room.world.store.work("test") as work:
        meeting = work.need(Kollegium, room.id)
        open_list(work, meeting, room.world.cases(), at=NOW)
    assert room.open().state.order == room.order


def test_the_meeting_keeps_what_it_saw_when_the_records_go_on(room: Room) -> None:
    world, training = room.world, room.order[0]
    doctor = world.doctors["Alva Testsson"]
    with world.store.read() as work:
        before = explain(work, room.id, training)
    assert before is not None
    assert {seen.since for seen in before.seen} == {"same"}
    assert before.proposal is Outcome.THIN_EVIDENCE
    assert "1 av 4 observationer på 26 veckor" in before.reasons
    world.observed(doctor, date(2026, 11, 20), 4)
    with world.store.work("another") as work:
        from schema.tables import Placement

        stay = work.need(Placement, doctor.placement_id)
        stay.supervisor_id = world.ture_id
        work.save(stay)
    with world.store.read() as work:
        after = explain(work, room.id, training)
    assert after is not None
    changed = [seen for seen in after.seen if seen.since == "changed"]
    assert [seen.record_id for seen in changed] == [doctor.placement_id]
    assert world.berit_id in (changed[0].payload or "")
    assert [kind for kind, *_ in after.added] == ["Assessment"]
    assert after.reasons == before.reasons


def test_opening_again_freezes_nothing_anew(room: Room) -> None:
    world = room.world
    with world.store.read() as work:
        first = explain(work, room.id, room.order[0])
    world.observed(world.doctors["Alva Testsson"], date(2026, 11, 20), 4)
    with world.store.work("test") as work:
        open_list(work, work.need(Kollegium, room.id), world.cases(), at=NOW)
    with world.store.read() as work:
        second = explain(work, room.id, room.order[0])
    assert first is not None
    assert second is not None
    assert len(second.seen) == len(first.seen)


def test_frozen_evidence_tells_of_no_support_plan_unless_asked(world: World) -> None:
    doctor = world.add()
    plan = world.worried(doctor)
    cases = world.cases(may_see=lambda each: True)
    with world.store.work("test") as work:
        meeting = new_meeting(work, TODAY)
        work.flush()
        open_list(work, meeting, cases, at=NOW)
    with world.store.read() as work:
        found = explain(work, meeting.id, doctor.training_id)
    assert found is not None
    assert plan.id not in {seen.record_id for seen in found.seen}
    assert "SupportPlan" not in {kind for kind, *_ in found.added}
    assert found.proposal is Outcome.THIN_EVIDENCE


def test_a_plan_that_is_older_than_the_meeting_did_not_come_after_it(world: World) -> None:
    doctor = world.add()
    world.worried(doctor)
    with world.store.work("test") as work:
        meeting = new_meeting(work, TODAY)
        work.flush()
        open_list(work, meeting, world.cases(), at=NOW)
    later = world.worried(doctor, opened_on=TODAY)
    with world.store.read() as work:
        found = explain(work, meeting.id, doctor.training_id, with_plans=True)
    assert found is not None
    assert [id for kind, id, *_ in found.added if kind == "SupportPlan"] == [later.id]


def test_attendance_is_kept_in_order_and_nobody_twice(world: World) -> None:
    with world.store.work("test") as work:
        meeting = new_meeting(work, TODAY)
        work.flush()
        saved = attend(
            work,
            meeting,
            [
                Attendee("Disa Studierektorsson", "studierektor", world.director_id),
                Attendee("Gäst Utifrån"),
                Attendee("gäst utifrån", "ST-läkare"),
                Attendee("  "),
            ],
        )
    assert [a["name"] for a in saved.attendance] == ["Disa Studierektorsson", "gäst utifrån"]


def test_a_closed_meeting_is_not_changed(world: World) -> None:
    meeting = world.meeting(TODAY, closed_on=TODAY)
    with pytest.raises(Fault) as fault, world.store.work("test") as work:
        change_meeting(work, meeting, place="Aulan")
    assert fault.value.code == "kollegium.closed"


def test_a_list_of_meetings_counts_what_is_decided_and_what_is_open(room: Room) -> None:
    live = room.open()
    live.decide(Outcome.TALK)
    live.agree("Boka samtal")
    live.next()
    with room.world.store.read() as work:
        (line,) = meetings(work)
    assert (line.doctors, line.decided, line.open_actions, line.opened) == (3, 1, 1, True)


def test_whether_last_times_actions_are_done_is_said_in_the_meeting(room: Room) -> None:
    world = room.world
    doctor = world.doctors["Alva Testsson"]
    earlier = world.meeting(date(2026, 5, 26), closed_on=date(2026, 5, 26))
    world.decided(doctor, earlier, Outcome.TALK, "", ("fler DOPS", date(2026, 9, 1)))
    action = world.case(doctor).open_actions[0]
    room.open().settle_action(action.id, done=True)
    assert world.case(doctor).open_actions == []
    last = world.case(doctor).last
    assert last is not None
    assert last.actions[0].done_on == TODAY


def test_planned_sessions_do_not_change_what_is_frozen(room: Room) -> None:
    doctor = room.world.doctors["Bo Exempel"]
    room.world.met(doctor, [TODAY + WEEK], status=SupervisionStatus.PLANNED)
    with room.world.store.read() as work:
        found = explain(work, room.id, doctor.training_id)
    assert found is not None
    assert [kind for kind, *_ in found.added] == ["Supervision"]


def test_a_meeting_of_a_series_is_set_up_once(world: World) -> None:
    from at_tui.kollegium.meetings import meeting_of, save_series
    from at_tui.kollegium.series import slots
    from schema.tables import MeetingSeries

    with world.store.work("test") as work:
        series = save_series(work, MeetingSeries(title="AT-kollegium", place="Aulan"))
        slot = slots(series, TODAY, 1)[0]
        first = meeting_of(work, series, slot)
        work.flush()
        second = meeting_of(work, series, slot)
        assert first.id == second.id
        assert (first.day, first.period, first.place) == (slot.day, slot.period, "Aulan")


def test_a_time_of_day_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Fault) as fault, world.store.work("test") as work:
        new_meeting(work, TODAY, starts_at="efter lunch")
    assert fault.value.code == "kollegium.no_clock"
