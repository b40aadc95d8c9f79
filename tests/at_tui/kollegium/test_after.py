"""What everyone gets back after the meeting, and what is still to be done."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from at_tui.documents.minutes import minutes_pdf
from at_tui.kollegium.after import actions_due, correct_decision, settle
from at_tui.kollegium.live import Live
from at_tui.kollegium.minutes import doctor_slips, minutes_of, supervisor_slips
from data.kollegium import agreements_from, decisions_of
from schema.fault import Fault
from schema.tables import Agreement, Decision, Kollegium, MeetingSeries
from schema.words import AgreementOwner, LockStatus, MeetingRhythm, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, Doctor, World

MEETING = date(2026, 11, 24)


def held(world: World, *doctors: Doctor) -> Kollegium:
    return world.meeting(MEETING, closed_on=MEETING, training_ids=[d.training_id for d in doctors])


def test_minutes_tell_everyone_in_the_order_of_the_meeting(world: World) -> None:
    alva, bo, cia = (world.add(name) for name in ("Alva A", "Bo B", "Cia C"))
    meeting = held(world, cia, alva, bo)
    world.decided(alva, meeting, Outcome.TALK, "Prata om jouren.", ("boka", MEETING + WEEK))
    with world.store.read() as work:
        minutes = minutes_of(work, meeting.id, TODAY)
    assert [line.name for line in minutes.lines] == ["Cia C", "Alva A", "Bo B"]
    assert minutes.count(Outcome.TALK) == 1
    assert minutes.count(None) == 2
    line = minutes.lines[1]
    assert (line.text, line.supervisor) == ("Prata om jouren.", "Berit Handledarsson")
    assert [(a.text, a.owner, a.due) for a in line.actions] == [
        ("boka", "Berit Handledarsson", MEETING + WEEK)
    ]


def test_minutes_tell_also_of_someone_who_has_left_since(world: World) -> None:
    doctor = world.add(ended_on=date(2026, 11, 20))
    meeting = held(world, doctor)
    world.decided(doctor, meeting, Outcome.ON_TRACK)
    with world.store.read() as work:
        assert [line.name for line in minutes_of(work, meeting.id, TODAY).lines] == [
            "Alva Testsson"
        ]


def test_a_voided_decision_is_not_in_the_minutes(world: World) -> None:
    doctor = world.add()
    meeting = held(world, doctor)
    decision = world.decided(doctor, meeting, Outcome.TALK)
    with world.store.work("test") as work:
        saved = work.save(decision)
        saved.status, saved.void_reason = LockStatus.VOIDED, "fel person"
    with world.store.read() as work:
        assert minutes_of(work, meeting.id, TODAY).lines[0].outcome is None


def test_the_next_meeting_is_the_one_set_up_else_the_next_of_the_series(world: World) -> None:
    series = MeetingSeries(title="AT-kollegium", rhythm=MeetingRhythm.HALF_YEARLY, week=5)
    world.save(series)
    meeting = world.meeting(MEETING, series_id=series.id, period="2026-11", closed_on=MEETING)
    with world.store.read() as work:
        assert minutes_of(work, meeting.id, TODAY).next_day == date(2027, 5, 25)
    world.meeting(date(2027, 3, 2))
    with world.store.read() as work:
        assert minutes_of(work, meeting.id, TODAY).next_day == date(2027, 3, 2)


def test_a_supervisor_gets_back_their_own_doctors_and_their_own_tasks_only(world: World) -> None:
    alva = world.add("Alva A")
    bo = world.add("Bo B", placed=False)
    world.place(bo, supervisor_id=world.ture_id)
    meeting = held(world, alva, bo)
    world.decided(alva, meeting, Outcome.ON_TRACK, "Bra.")
    # Berit is to do something for Bo, whom Ture supervises.
    world.decided(bo, meeting, Outcome.TALK, "HEMLIGT FÖR BERIT", ("visa akuten", None))
    with world.store.read() as work:
        slips = {s.to: s for s in supervisor_slips(minutes_of(work, meeting.id, TODAY))}
    assert set(slips) == {"Berit Handledarsson", "Ture Testman"}
    berit = slips["Berit Handledarsson"]
    assert [line.name for line in berit.lines] == ["Alva A", "Bo B"]
    assert berit.lines[1].outcome is None
    assert berit.lines[1].text == ""
    assert [a.text for a in berit.lines[1].actions] == ["visa akuten"]
    assert [line.name for line in slips["Ture Testman"].lines] == ["Bo B"]
    assert slips["Ture Testman"].lines[0].text == "HEMLIGT FÖR BERIT"


def test_each_doctor_gets_a_slip_of_their_own(world: World) -> None:
    alva, bo, cia = (world.add(name) for name in ("Alva A", "Bo B", "Cia C"))
    meeting = held(world, alva, bo, cia)
    world.decided(alva, meeting, Outcome.ON_TRACK)
    world.decided(bo, meeting, Outcome.TALK)
    with world.store.read() as work:
        slips = doctor_slips(minutes_of(work, meeting.id, TODAY))
    assert [slip.to for slip in slips] == ["Alva A", "Bo B"]
    assert all(len(slip.lines) == 1 and slip.lines[0].name == slip.to for slip in slips)


def test_actions_turn_up_for_their_owners_until_they_are_done(world: World) -> None:
    doctor = world.add()
    meeting = held(world, doctor)
    world.decided(
        doctor, meeting, Outcome.TALK, "",
        ("sent", MEETING - WEEK), ("snart", MEETING + WEEK), ("långt fram", MEETING + 9 * WEEK),
        ("någon gång", None),
    )  # fmt: skip
    with world.store.read() as work:
        found = actions_due(work, world.berit_id, TODAY)
        assert actions_due(work, world.ture_id, TODAY) == []
        assert actions_due(work, "", TODAY) == []
    assert [(a.text, a.late) for a in found] == [
        ("sent", True), ("snart", False), ("någon gång", False),
    ]  # fmt: skip
    assert (found[0].name, found[0].meeting_day) == ("Alva Testsson", MEETING)
    with world.store.work("test") as work:
        settle(work, found[0].agreement_id, done_on=TODAY)
        settle(work, found[1].agreement_id, dropped_on=TODAY)
    with world.store.read() as work:
        assert [a.text for a in actions_due(work, world.berit_id, TODAY)] == ["någon gång"]
    with world.store.work("test") as work:
        settle(work, found[0].agreement_id)
    with world.store.read() as work:
        assert "sent" in [a.text for a in actions_due(work, world.berit_id, TODAY)]


def test_what_nobody_is_named_for_falls_to_the_role(world: World) -> None:
    doctor = world.add()
    meeting = held(world, doctor)
    decision = world.decided(doctor, meeting, Outcome.TALK)

    def agree(text: str, owner: AgreementOwner) -> Agreement:
        return Agreement(
            training_id=doctor.training_id, origin_kind="Decision", origin_id=decision.id,
            text=text, owner=owner, agreed_on=MEETING, due=MEETING,
        )  # fmt: skip

    world.save(
        agree("handledarens", AgreementOwner.SUPERVISOR),
        agree("studierektorns", AgreementOwner.DIRECTOR),
        agree("AT-läkarens", AgreementOwner.TRAINEE),
    )
    with world.store.read() as work:
        for person, theirs in (
            (world.berit_id, ["handledarens"]),
            (world.director_id, ["studierektorns"]),
            (world.ture_id, []),
        ):
            assert [a.text for a in actions_due(work, person, TODAY)] == theirs


def test_what_was_agreed_in_supervision_is_no_action_of_a_kollegium(world: World) -> None:
    doctor = world.add()
    world.save(
        Agreement(
            training_id=doctor.training_id, text="läsa", owner=AgreementOwner.SUPERVISOR,
            owner_id=world.berit_id, agreed_on=MEETING, due=MEETING,
        )
    )  # fmt: skip
    with world.store.read() as work:
        assert actions_due(work, world.berit_id, TODAY) == []


def test_a_signed_decision_is_corrected_by_a_new_one_that_names_it(world: World) -> None:
    doctor = world.add()
    meeting = held(world, doctor)
    old = world.decided(doctor, meeting, Outcome.TALK, "Fel.", ("boka", None))
    with world.store.work("test") as work:
        new = correct_decision(
            work, work.need(Decision, old.id), outcome=Outcome.ON_TRACK, words="Rätt.",
            reason="fel rad", signer_id=world.director_id, signer_name="Disa Studierektorsson",
        )  # fmt: skip
    with world.store.read() as work:
        (found,) = decisions_of(work, meeting.id)
        assert (found.id, found.outcome, found.corrects_id) == (new.id, Outcome.ON_TRACK, old.id)
        assert work.need(Decision, old.id).status is LockStatus.CORRECTED
        assert [a.text for a in agreements_from(work, [new.id])] == ["boka"]
        assert minutes_of(work, meeting.id, TODAY).signed_by == "Disa Studierektorsson"


def test_a_correction_needs_a_reason_and_changes_nothing_without(world: World) -> None:
    doctor = world.add()
    old = world.decided(doctor, held(world, doctor), Outcome.TALK)
    with pytest.raises(Fault) as fault, world.store.work("test") as work:
        correct_decision(
            work, work.need(Decision, old.id), outcome=None, words="", reason=" ",
            signer_id="x", signer_name="x",
        )  # fmt: skip
    assert fault.value.code == "kollegium.reason_missing"


def test_last_times_decision_and_actions_come_up_at_the_next_meeting(world: World) -> None:
    doctor = world.add()
    first = world.meeting(date(2026, 5, 26))
    second = world.meeting(date(2026, 8, 25))
    world.decided(doctor, first, Outcome.TALK, "", ("gammal", date(2026, 6, 1)))
    world.decided(doctor, second, Outcome.ON_TRACK, "Bättre.", ("ny", date(2026, 9, 1)))
    case = world.case(doctor)
    assert case.last is not None
    assert case.last.meeting.day == date(2026, 8, 25)
    assert [a.text for a in case.open_actions] == ["gammal", "ny"]
    assert case.since == date(2026, 8, 26)


def test_what_the_supervisor_is_to_do_stands_on_their_slip_also_when_nobody_is_named(
    world: World,
) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY, training_ids=[doctor.training_id])
    live = Live.open(world.store, meeting.id, author="test", on=TODAY)
    live.decide(Outcome.THIN_EVIDENCE)
    live.agree("Två DOPS till", AgreementOwner.SUPERVISOR)
    with world.store.read() as work:
        minutes = minutes_of(work, meeting.id, TODAY)
    (slip,) = supervisor_slips(minutes)
    (action,) = slip.lines[0].actions
    assert (slip.to_id, slip.to) == (world.berit_id, "Berit Handledarsson")
    assert (action.owner_id, action.owner) == (world.berit_id, "Berit Handledarsson")


def test_minutes_say_that_a_decision_was_corrected_and_why(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY)
    old = world.decided(doctor, meeting, Outcome.TALK, "Fel rad.")
    with world.store.work("test") as work:
        correct_decision(
            work, work.need(Decision, old.id), outcome=Outcome.ON_TRACK, words="Allt väl.",
            reason="Skrivfel.", signer_id=world.director_id, signer_name="Disa",
        )  # fmt: skip
    with world.store.read() as work:
        minutes = minutes_of(work, meeting.id, TODAY)
    (line,) = minutes.lines
    assert (line.outcome, line.text, line.correction) == (
        Outcome.ON_TRACK, "Allt väl.", "Skrivfel.",
    )  # fmt: skip
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(
            minutes_pdf(minutes, issued_on=TODAY))).pages).split()
    )  # fmt: skip
    assert "Rättat efter mötet: Skrivfel." in words
