"""Who owes what before a meeting, and whose words are heard in it."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.kollegium.chase import (
    DebtCode,
    Debtor,
    chase_list,
    chase_text,
    chase_texts,
    needed_by,
)
from at_tui.kollegium.meetings import remind
from at_tui.kollegium.voices import quotes, unheard
from schema.tables import Assessment, Kollegium
from schema.words import LockStatus, Outcome, SupervisionStatus
from tests.at_tui.kollegium.world import TODAY, WEEK, World


def owed(world: World, meeting_id: str = "") -> dict[str, list[DebtCode]]:
    found = chase_list(world.cases(), world.shelf(), meeting_id)
    return {d.name or d.unit: [debt.code for debt in d.debts] for d in found}


def of(world: World, name: str, meeting_id: str = "") -> Debtor:
    found = chase_list(world.cases(), world.shelf(), meeting_id)
    return next(d for d in found if name in (d.name, d.unit))


def heard(world: World, name: str = "Alva Testsson") -> None:
    world.observed(world.doctors[name], TODAY - WEEK, 3, by=world.berit_id)
    world.met(world.doctors[name], [TODAY - WEEK])


def test_nobody_owes_anything_when_all_is_there(world: World) -> None:
    world.add()
    heard(world)
    assert owed(world) == {}


def test_a_supervisor_who_does_not_meet_and_has_not_written_is_asked(world: World) -> None:
    world.add()
    assert owed(world) == {
        "Berit Handledarsson": [DebtCode.UNHEARD, DebtCode.QUIET, DebtCode.UNSEEN]
    }


def test_where_nobody_is_named_the_head_of_the_unit_is_asked(world: World) -> None:
    doctor = world.add(placed=False)
    world.place(doctor, supervisor_id=None)
    assert DebtCode.UNNAMED in owed(world)["Ture Testman"]


def test_a_unit_with_nobody_to_ask_is_listed_last_by_its_name(world: World) -> None:
    from schema.tables import Unit

    unit = Unit(name="Aktern")
    world.save(unit)
    doctor = world.add(placed=False)
    world.place(doctor, unit_id=unit.id, supervisor_id=None)
    world.add("Bo Exempel")
    names = [d.name or d.unit for d in chase_list(world.cases(), world.shelf())]
    assert names == ["Berit Handledarsson", "Aktern"]


def test_a_session_that_nobody_has_logged_and_a_form_that_nobody_signed_are_asked_for(
    world: World,
) -> None:
    doctor = world.add()
    heard(world)
    world.met(doctor, [date(2026, 11, 5)], status=SupervisionStatus.PLANNED)
    world.observed(doctor, date(2026, 11, 1), 3, status=LockStatus.DRAFT)
    found = owed(world)
    assert found["Berit Handledarsson"] == [DebtCode.UNLOGGED]
    assert found["Ture Testman"] == [DebtCode.UNSIGNED]
    assert of(world, "Berit Handledarsson").debts[0].sentence.endswith("5 nov 2026")


def test_a_form_of_yesterday_may_wait_and_a_session_of_today_too(world: World) -> None:
    doctor = world.add()
    heard(world)
    world.met(doctor, [TODAY], status=SupervisionStatus.PLANNED)
    world.observed(doctor, TODAY, 3, status=LockStatus.DRAFT)
    assert owed(world) == {}


def test_a_late_action_is_asked_of_its_owner_and_never_of_the_doctor(world: World) -> None:
    doctor = world.add()
    heard(world)
    meeting = world.meeting(date(2026, 10, 1))
    world.decided(doctor, meeting, Outcome.TALK, "HEMLIGT", ("fler DOPS", date(2026, 11, 1)))
    assert owed(world) == {"Berit Handledarsson": [DebtCode.ACTION]}


def test_a_mail_says_what_lacks_and_nothing_of_how_anyone_is_judged(world: World) -> None:
    doctor = world.add()
    world.worried(doctor)
    world.decided(
        doctor, world.meeting(date(2026, 5, 26)), Outcome.SUPPORT_PLAN, "HEMLIGT", ("x", None)
    )
    world.observed(doctor, date(2026, 9, 5), 1, 1, said=["HEMLIGT CITAT"])
    cases = world.cases(may_see=lambda plan: True)
    debtors = chase_list(cases, world.shelf(may_see=lambda plan: True))
    mail = chase_texts(debtors, meeting_day=TODAY, until=TODAY - WEEK, sender="Disa")
    assert "Hej Berit!" in mail
    assert "Alva Testsson (allmänmedicin)" in mail
    assert "17 nov 2026" in mail
    assert "<berit@example.se>" in mail
    for word in ("HEMLIG", "samtal med", "stödplan", "tunt", "risk", "oro ", "nivå"):
        assert word not in mail, word


def test_a_mail_to_a_unit_without_a_name_is_still_a_mail(world: World) -> None:
    debtor = Debtor("", "", "", "u", "Aktern", ())
    mail = chase_text(debtor, meeting_day=TODAY, until=TODAY)
    assert mail.startswith("Hej du som svarar för Aktern!")


@pytest.mark.parametrize(("on", "meeting", "until"), [
    (date(2026, 11, 3), date(2026, 11, 24), date(2026, 11, 17)),
    # Less than a week left: the next working day, here over a weekend.
    (date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 23)),
    (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 24)),
    (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),
    # A week before it is Good Friday.
    (date(2026, 3, 2), date(2026, 4, 10), date(2026, 4, 7)),
    (date(2026, 11, 3), None, date(2026, 11, 10)),
])  # fmt: skip
def test_it_is_asked_for_on_a_working_day_before_the_meeting(
    on: date, meeting: date | None, until: date
) -> None:
    assert needed_by(on, meeting) == until


def test_a_mail_before_a_meeting_that_is_not_set_up_names_no_day(world: World) -> None:
    world.add()
    (debtor,) = chase_list(world.cases(), world.shelf())
    mail = chase_text(debtor, meeting_day=None, until=TODAY + WEEK)
    assert "senast 1 dec 2026" in mail
    assert "24 nov" not in mail


def test_whom_one_has_reminded_is_noted_on_the_meeting(world: World) -> None:
    doctor = world.add()
    meeting = world.meeting(TODAY)
    with world.store.work("test") as work:
        remind(work, work.need(Kollegium, meeting.id), [world.berit_id, ""], date(2026, 11, 10))
    assert of(world, "Berit Handledarsson", meeting.id).reminded == date(2026, 11, 10)
    case = world.case(doctor)
    case.meeting_id = meeting.id
    assert unheard(case)[0].reminded == date(2026, 11, 10)


def test_a_certificate_that_is_due_is_asked_of_the_head(world: World) -> None:
    doctor = world.add()
    heard(world)
    world.place(
        doctor, section="psykiatri", unit_id=world.ward_id, start=date(2026, 6, 1),
        end=date(2026, 8, 31), supervisor_id=world.ture_id,
    )  # fmt: skip
    world.observed(doctor, date(2026, 8, 1), 3, by=world.ture_id)
    assert owed(world) == {"Berit Handledarsson": [DebtCode.UNCERTIFIED]}


def test_quotes_are_whole_the_latest_of_each_assessor_first(world: World) -> None:
    doctor = world.add()
    long = "Tydlig i rummet. " * 600
    world.observed(doctor, date(2026, 10, 1), 3, by=world.ture_id, said=["äldre av Ture"])
    world.observed(doctor, date(2026, 11, 2), 3, by=world.ture_id, said=[long, "fråga tidigare"])
    world.observed(doctor, date(2026, 9, 7), 3, by=world.berit_id, said=["av Berit"])
    found = quotes(world.case(doctor), most=2)
    assert [dict(q.said).get("keep", "").strip() for q in found] == [long.strip(), "av Berit"]
    assert dict(found[0].said)["change"] == "fråga tidigare"
    assert found[0].section == "allmanmedicin"


def test_the_same_words_are_quoted_once_and_unsigned_words_never(world: World) -> None:
    doctor = world.add()
    for day in (1, 8, 15):
        world.observed(doctor, date(2026, 10, day), 3, said=["samma igen"])
    world.observed(doctor, date(2026, 10, 20), 3, said=["utkast"], status=LockStatus.DRAFT)
    assert [q.said for q in quotes(world.case(doctor))] == [(("keep", "samma igen"),)]


def test_quotes_of_an_instrument_that_is_gone_are_passed_by(world: World) -> None:
    doctor = world.add()
    world.save(
        Assessment(
            training_id=doctor.training_id, instrument_id="borttagen", instrument_version="1",
            day=TODAY, answers={"behalla": "hej"}, status=LockStatus.SIGNED,
        )
    )  # fmt: skip
    assert quotes(world.case(doctor)) == []


def test_only_who_supervised_long_enough_in_the_period_is_missed(world: World) -> None:
    doctor = world.add(placed=False)
    world.place(doctor, start=date(2026, 11, 10), end=date(2027, 2, 28))
    assert unheard(world.case(doctor)) == []
    world.place(
        doctor, start=date(2026, 9, 1), end=date(2026, 11, 9), supervisor_id=world.ture_id,
        unit_id=world.ward_id, section="psykiatri",
    )  # fmt: skip
    (found,) = unheard(world.case(doctor))
    assert (found.person, found.unit) == ("Ture Testman", "Psykiatriska kliniken")
    world.observed(doctor, date(2026, 10, 1), 3, by=world.ture_id, status=LockStatus.DRAFT)
    assert unheard(world.case(doctor)) == []
