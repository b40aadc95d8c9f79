"""The kollegium's other papers, read back: minutes, slips, coverage, reminders, support plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from at_tui.documents.chase_page import chase_pdf
from at_tui.documents.coverage_page import coverage_pdf
from at_tui.documents.gather_support_plan import support_plan_of
from at_tui.documents.minutes import minutes_pdf
from at_tui.documents.slip import slips_pdf
from at_tui.documents.support_plan import support_plan_pdf
from at_tui.kollegium.chase import chase_list
from at_tui.kollegium.coverage import coverage
from at_tui.kollegium.live import Live
from at_tui.kollegium.meetings import Attendee, attend, new_meeting
from at_tui.kollegium.minutes import doctor_slips, minutes_of, supervisor_slips
from at_tui.kollegium.stands import open_list
from at_tui.kollegium.support import owner, viewer_of
from data.find import folder
from schema.fault import Fault
from schema.words import AgreementOwner, CancelReason, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World

Pages = Callable[[bytes], list[str]]


def held(world: World) -> str:
    """Hold a meeting about two doctors and return its id."""
    for name in ("Alva Testsson", "Bo Exempel"):
        world.add(name)
    cases = world.cases()
    with world.store.work("test") as work:
        meeting = new_meeting(
            work, TODAY, starts_at="13.00", place="Aulan", chair_id=world.director_id
        )
        work.flush()
        meeting = attend(
            work, meeting,
            [Attendee("Disa Studierektorsson", "studierektor"), Attendee("Gäst Utifrån")],
        )  # fmt: skip
        work.flush()
        open_list(work, meeting, cases, at=datetime.now(UTC))
    live = Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
    live.write("Samtal om återkoppling.")
    live.decide(Outcome.TALK)
    live.agree("Boka sit-in", owner_id=world.berit_id, due=TODAY + WEEK)
    live.agree("Läsa på om EKG", AgreementOwner.TRAINEE)
    live.next()
    live.decide(Outcome.ON_TRACK)
    return meeting.id


def test_minutes_hold_attendance_decisions_and_actions(
    world: World, read: Callable[[bytes], str]
) -> None:
    meeting = held(world)
    with world.store.read() as work:
        draft = read(minutes_pdf(minutes_of(work, meeting, TODAY), issued_on=TODAY))
    assert "UTKAST" in draft
    live = Live.open(world.store, meeting, author=world.director_id, on=TODAY)
    live.close(signer_id=world.director_id, signer_name="Disa Studierektorsson")
    with world.store.read() as work:
        said = read(minutes_pdf(minutes_of(work, meeting, TODAY), issued_on=TODAY))
    for words in (
        "Protokoll", "24 nov 2026 klockan 13.00", "Aulan", "Disa Studierektorsson (studierektor)",
        "Gäst Utifrån", "Samtal (1)", "Alva Testsson", "Samtal om återkoppling.",
        "☐ Boka sit-in (Berit Handledarsson, till 1 dec 2026)", "På spår (1) Bo Exempel.",
        "Reglerna föreslog: tunt underlag.", "Överenskommelser", "fryst som",
        "Avslutat och signerat av Disa Studierektorsson 24 nov 2026.",
    ):  # fmt: skip
        assert words in said, words
    assert "UTKAST" not in said


def test_a_slip_shows_one_recipient_nothing_of_the_others(world: World, pages: Pages) -> None:
    meeting = held(world)
    with world.store.read() as work:
        minutes = minutes_of(work, meeting, TODAY)
    own = pages(slips_pdf(doctor_slips(minutes), number="K", issued_on=TODAY))
    assert len(own) == 2
    assert "Till Alva Testsson" in own[0]
    assert "Bo Exempel" not in own[0]
    assert "Alva" not in own[1]
    assert (
        own[0].index("Det här gör du")
        < own[0].index("Läsa på om EKG")
        < own[0].index("Det här gör andra")
    )
    (supervisor,) = pages(slips_pdf(supervisor_slips(minutes), number="K", issued_on=TODAY))
    assert "Till Berit Handledarsson" in supervisor
    assert "Boka sit-in" in supervisor


def test_coverage_is_a_page_for_each_unit_that_says_what_to_do(world: World, pages: Pages) -> None:
    silent, unnamed = world.add("Alva Tystsson"), world.add("Bo Namnlös", placed=False)
    world.place(unnamed, unit_id=world.ward_id, supervisor_id=None)
    world.cancelled(silent, TODAY - 2 * WEEK, CancelReason.WORKLOAD)
    found = coverage(world.cases(), world.shelf())
    overview, ward, centre = pages(coverage_pdf(found, number="K", issued_on=TODAY))
    assert "ingen handledare utsedd" in overview
    assert "utsedd men träffas inte" in overview
    assert "Utse handledare för: Bo Namnlös." in ward
    assert "Alva" not in ward
    assert "träffas inte: Alva Tystsson (Berit Handledarsson)." in centre
    assert "Inställt: belastning 1." in centre
    # A letter in the week says why, and the page what the letters mean.
    assert "b" in centre.split("Vecka för vecka")[1].split("hölls")[0].split()
    assert "b belastning, s sjuk handledare" in centre
    (alone,) = pages(
        coverage_pdf(found, number="K", issued_on=TODAY, unit_ids=[world.ward_id], overview=False)
    )
    assert "Vårdcentral Granen" not in alone


def test_a_large_unit_is_one_page_too_with_those_there_today_first(
    world: World, pages: Pages
) -> None:
    for number in range(26):
        doctor = world.add(f"Nils {chr(65 + number)}xempel", placed=False)
        world.place(doctor, end=TODAY - WEEK if number % 2 else TODAY + WEEK)
    found = coverage(world.cases(), world.shelf())
    (page,) = pages(
        coverage_pdf(found, number="K", issued_on=TODAY, unit_ids=[world.centre_id], overview=False)
    )
    places = [page.index(f"Nils {chr(65 + number)}xempel") for number in (0, 24, 1, 25)]
    assert places == sorted(places)
    assert "Bara samtal som är inlagda syns" in page


def test_the_chase_list_is_printed_by_person(world: World, read: Callable[[bytes], str]) -> None:
    world.add()
    debtors = chase_list(world.cases(), world.shelf())
    said = read(
        chase_pdf(debtors, meeting_day=TODAY, evidence_on=TODAY, issued_on=TODAY, number="K")
    )
    assert "☐ Berit Handledarsson" in said
    assert "ingen observation" in said
    nothing = read(chase_pdf([], meeting_day=TODAY, evidence_on=TODAY, issued_on=TODAY, number="K"))
    assert "Inget saknas" in nothing


def test_a_support_plan_is_printed_only_for_those_who_may_see_it(
    world: World, pages: Pages
) -> None:
    doctor = world.add()
    plan = world.worried(
        doctor, unmet_goals=["5:2:4"], follow_ups=["2026-12-01"],
        followed_up={"2026-11-02": "Går bättre."}, told=["studierektor"],
        told_on={"studierektor": "2026-10-02"}, extension_months=2.0,
        extension_decided_on=date(2026, 11, 3), extension_decided_by_id=world.berit_id,
    )  # fmt: skip
    with world.store.read() as work:
        mine = folder(work, doctor.training_id)
        with pytest.raises(Fault) as fault:
            support_plan_of(mine, plan, viewer_of(work, world.ture_id, TODAY), on=TODAY)
        assert fault.value.code == "kollegium.plan_not_yours"
        page = support_plan_of(mine, plan, owner(work, TODAY), on=TODAY)
    found = pages(support_plan_pdf(page))
    said = " ".join(found)
    for words in (
        "HEMLIG ORO", "HEMLIG ÅTGÄRD", "2 månader (Berit Handledarsson, 3 nov 2026)",
        "Går bättre.", "inte uppföljt", "2 okt 2026", "verksamhetschef nej, ska informeras",
        "Visas för: studierektor, AT-chef",
    ):  # fmt: skip
        assert words in said, words
    assert all("SKYDDAD" in page for page in found)
