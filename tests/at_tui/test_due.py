"""What the plans ask for joins the first page: what can be done at once, once and in order."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.changed import changed_since
from at_tui.due import Deed, deed_of, stand_of, stands
from at_tui.judge.finding import Finding, Source, Status
from at_tui.programmes import programme
from at_tui.stand import Stand
from at_tui.today import Act, Duty, duties
from data.glance import Doctor, Session, Stay
from schema.tables import Person, Supervision
from schema.words import SupervisionStatus
from tests.at_tui.surgery import TODAY, Surgery

SOURCE = Source("S003", "Handledning", "Regler", "", True, "", None)
STAY = Stay("p1", "allmanmedicin", "Provet", date(2026, 7, 6), date(2027, 1, 3))


def doctor(**more: object) -> Doctor:
    return Doctor("t1", "tr1", "Alva Testsson", "AT", stay=STAY, **more)  # type: ignore[arg-type]


def finding(
    id: str = "VG-03", status: Status = Status.LATE, strength: str = "ska", **more: object
) -> Finding:
    values: dict[str, object] = {
        "requirement_id": id, "title": "Handledning minst 1 h per vecka", "kind": "cadence",
        "strength": strength, "status": status, "need": 12, "have": 9, "unit": "weeks",
        "window": None, "next_date": date(2026, 11, 27), "counted": (), "sentence": "",
        "source": SOURCE, "in_force": True,
    }  # fmt: skip
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def stood(*findings: Finding, of: Doctor | None = None) -> Stand:
    return stand_of(of or doctor(), findings, programme("vgr-primarvard"), TODAY)


def sentences(found: list[Duty]) -> list[str]:
    return [duty.sentence for duty in found]


def test_late_supervision_asks_for_a_session() -> None:
    (duty,) = stood(finding()).duties
    assert (duty.act, duty.sentence, duty.day) == (Act.SESSION, "plan_late", date(2026, 11, 27))


def test_what_cannot_be_done_at_the_desk_is_counted_and_not_asked_for() -> None:
    found = stood(finding("VG-01", Status.MISSING, kind="duration"))
    assert (found.duties, found.late, found.missing) == ((), 0, 1)


def test_practice_and_what_has_ended_are_no_ones_lack() -> None:
    found = stood(finding(strength="praxis"), finding(in_force=False))
    assert found.on_track
    assert len(found.duties) == 1


def test_what_is_demanded_goes_before_what_is_recommended() -> None:
    first, second = stood(finding(strength="bör"), finding(title="ska")).duties
    assert (first.values["title"], first.rank) == ("ska", 1)
    assert second.rank > first.rank


def test_a_certificate_leads_to_its_placement() -> None:
    plan = programme("vgr-primarvard")
    certificate = next(
        r for r in plan.requirements if r.kind == "milestone" and r.record == "certificate"
    )
    deed = deed_of(finding(certificate.id, kind="milestone"), certificate)
    assert deed is not None
    assert deed.act is Act.CERTIFY


@pytest.mark.parametrize(
    ("plan", "id", "asked"),
    [
        ("jonkoping", "J-12a", Deed(Act.EDUCATION, education="course", course_id="trauma-akut")),
        ("gavle", "G-15", Deed(Act.EDUCATION, education="lecture", course_id="at-rad-stormote")),
        ("jonkoping", "J-11", Deed(Act.EDUCATION, education="lecture")),
        ("jonkoping", "J-14b", Deed(Act.INTRODUCE)),
        ("blekinge", "B-02a", Deed(Act.INTRODUCE)),
        ("jonkoping", "J-19", Deed(Act.EVALUATE)),
    ],
)
def test_what_has_been_is_entered_from_its_requirement_and_no_reminder(
    plan: str, id: str, asked: Deed
) -> None:
    requirement = programme(plan).requirement(id)
    assert requirement is not None
    late = finding(id, kind=requirement.kind)
    assert deed_of(late, requirement) == asked
    assert stand_of(doctor(), [late], programme(plan), TODAY).duties == ()


def test_the_plans_own_words_take_the_place_of_a_reminder_of_the_same() -> None:
    quiet = doctor(last_held=date(2026, 10, 1))
    assert "quiet" in sentences(duties([quiet], TODAY))
    found = sentences(duties([quiet], TODAY, {"tr1": stood(finding()).duties}))
    assert "plan_late" in found
    assert "quiet" not in found


def test_what_is_booked_is_the_doing_of_what_is_asked() -> None:
    booked = doctor(planned=[Session("s1", TODAY, 60)])
    found = sentences(duties([booked], TODAY, {"tr1": stood(finding(), of=booked).duties}))
    assert "planned" in found
    assert "plan_late" not in found


def test_the_trainings_of_a_file_are_judged(surgery: Surgery) -> None:
    one = Doctor(surgery.trainee_id, surgery.training_id, "Alva Testsson", "AT")
    (found,) = list(stands(surgery.store, [one], TODAY))
    assert list(found) == [surgery.training_id]
    assert list(stands(surgery.store, [one], TODAY, only=set())) == []


def test_only_what_has_changed_is_to_be_judged_again(surgery: Surgery) -> None:
    store = surgery.store
    with store.read() as work:
        everything, last = changed_since(work, store.node, -1)
        nothing, same = changed_since(work, store.node, last)
    assert (everything, nothing, same) == (None, set(), last)
    with store.work("test") as work:
        session = work.need(Supervision, surgery.planned_id)
        session.status = SupervisionStatus.HELD
        work.save(session)
    with store.read() as work:
        changed, later = changed_since(work, store.node, last)
    assert (changed, later) == ({surgery.training_id}, last + 1)


def test_a_changed_person_may_change_anything(surgery: Surgery) -> None:
    store = surgery.store
    with store.read() as work:
        _, last = changed_since(work, store.node, -1)
    with store.work("test") as work:
        person = work.need(Person, surgery.supervisor_id)
        person.licensed = False
        work.save(person)
    with store.read() as work:
        assert changed_since(work, store.node, last)[0] is None
