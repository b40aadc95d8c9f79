"""Issuing a certificate: what is looked at, who may sign, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from at_tui.certifying import (
    Preflight,
    certificates_of,
    choose_signer,
    first_entry,
    issue,
    placement_of,
    preflight_of,
)
from at_tui.goal_map import goal_map, mark_goals
from at_tui.issuing import CertificateEntry, number_of, void_certificate
from at_tui.language import say, text
from data import find
from data.find import Folder
from schema.fault import Fault
from schema.tables import Absence, Certificate, Person, Placement, Role, Unit
from schema.words import AbsenceKind, LockStatus, Meaning, RoleKind, SectionCode
from tests.at_tui.clinic import TODAY, Clinic, curriculum

CURRICULUM = curriculum()


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def mark_all(clinic: Clinic) -> None:
    folder = folder_of(clinic)
    section = next(s for s in goal_map(folder, CURRICULUM) if s.section is SectionCode.PSYKIATRI)
    with clinic.store.work("test") as work:
        mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id=CURRICULUM.id,
            lines=section.lines,
            by_id=clinic.supervisor_id,
            on=date(2026, 8, 31),
            note="bedömt i samråd på kliniken",
        )


def entry_of(clinic: Clinic) -> CertificateEntry:
    folder = folder_of(clinic)
    placement = placement_of(folder, clinic.psychiatry_id)
    return replace(
        first_entry(folder, placement, owner_id=clinic.supervisor_id, on=TODAY), no_absence=True
    )


def flight(clinic: Clinic, **changes: object) -> Preflight:
    entry = replace(entry_of(clinic), **changes)  # type: ignore[arg-type]
    return preflight_of(folder_of(clinic), entry, curriculum=CURRICULUM)


def outcome(found: Preflight, code: str) -> str:
    [check] = [check for check in found.checks if check.code == code]
    assert text(check.key, **check.values)
    return f"{check.status} {check.outcome}"


def issued(clinic: Clinic, **changes: object) -> Certificate:
    found = flight(clinic, **changes)
    with clinic.store.work("test") as work:
        return issue(work, folder_of(clinic), found)


def test_a_head_at_the_keyboard_who_supervises_has_only_the_absence_to_state(
    clinic: Clinic,
) -> None:
    mark_all(clinic)
    entry = first_entry(
        folder_of(clinic),
        placement_of(folder_of(clinic), clinic.psychiatry_id),
        owner_id=clinic.supervisor_id,
        on=TODAY,
    )
    assert (entry.signer_id, entry.consulted, entry.place) == (clinic.supervisor_id, True, "Falun")
    found = preflight_of(folder_of(clinic), entry, curriculum=CURRICULUM)
    assert [check.code for check in found.red] == ["absence"]
    assert flight(clinic).may_issue


def test_a_green_certificate_is_signed_locked_and_numbered(clinic: Clinic) -> None:
    mark_all(clinic)
    record = issued(clinic)
    assert record.status is LockStatus.SIGNED
    assert record.number == number_of(record.id, TODAY)
    assert record.number.startswith("2026-")
    assert record.consulted_id == clinic.supervisor_id
    assert record.override_reason == ""
    [signature] = folder_of(clinic).signatures_of(record.id)
    assert (signature.meaning, signature.signer_name) == (Meaning.CERTIFIES, "Berit Handledarsson")
    kept = {check["code"]: check["status"] for check in record.checks}
    assert kept["goals"] == "green"


def test_a_red_certificate_is_refused_and_nothing_is_kept(clinic: Clinic) -> None:
    with pytest.raises(Fault) as caught:
        issued(clinic)
    assert caught.value.code == "certify.red"
    assert say(caught.value)
    assert folder_of(clinic).certificates == []


def test_a_red_certificate_is_issued_when_someone_answers_for_it(clinic: Clinic) -> None:
    record = issued(clinic, override_reason="Målen är bedömda i AT-boken.")
    assert record.override_reason == "Målen är bedömda i AT-boken."
    assert {check["status"] for check in record.checks} >= {"red"}


def test_a_reason_is_not_kept_when_nothing_was_red(clinic: Clinic) -> None:
    mark_all(clinic)
    assert issued(clinic, override_reason="för säkerhets skull").override_reason == ""


def test_nobody_signs_a_certificate_without_a_signer(clinic: Clinic) -> None:
    with pytest.raises(Fault) as caught:
        issued(clinic, signer_id=None, override_reason="bråttom")
    assert caught.value.code == "certify.no_signer"


def test_a_placement_has_one_certificate_in_force(clinic: Clinic) -> None:
    mark_all(clinic)
    first = issued(clinic)
    with pytest.raises(Fault) as caught:
        issued(clinic)
    assert caught.value.code == "certify.issued_already"
    assert first.number in say(caught.value)
    with clinic.store.work("test") as work:
        void_certificate(work, first.id, "fel datum")
    second = issued(clinic)
    found = certificates_of(folder_of(clinic), clinic.psychiatry_id)
    assert [c.id for c in found] == [second.id, first.id]
    assert found[1].void_reason == "fel datum"
    with pytest.raises(Fault), clinic.store.work("test") as work:
        void_certificate(work, first.id, "igen")


def test_a_void_needs_a_reason(clinic: Clinic) -> None:
    mark_all(clinic)
    record = issued(clinic)
    with pytest.raises(Fault) as caught, clinic.store.work("test") as work:
        void_certificate(work, record.id, " ")
    assert caught.value.code == "lock.reason"


def test_a_signer_who_is_not_head_needs_delegation(clinic: Clinic) -> None:
    folder = folder_of(clinic)
    placement = placement_of(folder, clinic.psychiatry_id)
    nils = folder.people[clinic.examiner_id]
    entry = choose_signer(folder, placement, entry_of(clinic), nils)
    found = preflight_of(folder, entry, curriculum=CURRICULUM)
    assert outcome(found, "right") == "red none"
    delegated = replace(entry, delegated_by="Berit Handledarsson")
    found = preflight_of(folder, delegated, curriculum=CURRICULUM)
    assert outcome(found, "right") == "green delegated"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, "Berit Handledarsson"),
        (date(2026, 11, 26), None, "Berit Handledarsson"),
        (date(2026, 11, 27), None, ""),
        (None, date(2026, 11, 26), "Berit Handledarsson"),
        (None, date(2026, 11, 25), ""),
    ],
)
def test_a_delegation_holds_on_its_days(
    clinic: Clinic, start: date | None, end: date | None, expected: str
) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Role(
                person_id=clinic.examiner_id,
                kind=RoleKind.VERKSAMHETSCHEF,
                start=start,
                end=end,
                delegated_by_id=clinic.supervisor_id,
            )
        )
    folder = folder_of(clinic)
    placement = placement_of(folder, clinic.psychiatry_id)
    nils = folder.people[clinic.examiner_id]
    assert choose_signer(folder, placement, entry_of(clinic), nils).delegated_by == expected


def test_a_delegate_at_the_keyboard_signs_for_a_head_without_licence(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        head = work.save(Person(name="Maj Chefsson", licensed=False))
        unit = work.need(Unit, work.need(Placement, clinic.psychiatry_id).unit_id or "")
        unit.head_id = head.id
        work.save(
            Role(
                person_id=clinic.supervisor_id,
                kind=RoleKind.VERKSAMHETSCHEF,
                delegated_by_id=head.id,
            )
        )
    entry = entry_of(clinic)
    assert (entry.signer_id, entry.delegated_by) == (clinic.supervisor_id, "Maj Chefsson")
    mark_all(clinic)
    record = issued(clinic)
    assert record.delegated
    [signature] = folder_of(clinic).signatures_of(record.id)
    assert signature.delegated_by == "Maj Chefsson"


def test_absence_in_the_records_is_stated_and_its_lost_days_counted(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        for kind, first, last in (
            (AbsenceKind.SEMESTER, date(2026, 7, 1), date(2026, 7, 14)),
            (AbsenceKind.FORALDRALEDIG, date(2026, 8, 25), date(2026, 9, 10)),
        ):
            work.save(Absence(training_id=clinic.training_id, kind=kind, start=first, end=last))
    found = flight(clinic, no_absence=False)
    # 25–31 August lie within the placement: seven calendar days.
    assert found.facts.days_to_make_up == 7
    assert outcome(found, "absence") == "amber make_up"


def test_holiday_alone_does_not_state_the_absence(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Absence(
                training_id=clinic.training_id,
                kind=AbsenceKind.SEMESTER,
                start=date(2026, 7, 1),
                end=date(2026, 7, 14),
            )
        )
    assert outcome(flight(clinic, no_absence=False), "absence") == "red unstated"


def test_an_overlapping_placement_is_found_only_where_it_overlaps(clinic: Clinic) -> None:
    assert outcome(flight(clinic), "overlap") == "green ok"
    with clinic.store.work("test") as work:
        work.save(
            Placement(
                training_id=clinic.training_id,
                section=SectionCode.INVARTES,
                start=date(2026, 8, 31),
                end=date(2026, 9, 30),
            )
        )
    assert outcome(flight(clinic), "overlap") == "red found"


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 8, 30), "red going_on"), (date(2026, 8, 31), "green ok")],
)
def test_a_certificate_waits_for_the_placements_last_day(
    clinic: Clinic, on: date, expected: str
) -> None:
    assert outcome(flight(clinic, on=on), "ended") == expected


def test_goals_and_their_text_are_those_of_the_placements_section(clinic: Clinic) -> None:
    found = flight(clinic)
    assert outcome(found, "curriculum") == "green ok"
    assert found.facts.goals == sum(g.section is SectionCode.PSYKIATRI for g in CURRICULUM.goals)
    primary = flight(clinic, placement_id=clinic.primary_care_id)
    assert outcome(primary, "curriculum") == "amber working_text"
    unknown = preflight_of(folder_of(clinic), entry_of(clinic), curriculum=None)
    assert outcome(unknown, "goals") == "amber unknown"


def test_another_trainings_placement_is_refused(clinic: Clinic) -> None:
    with pytest.raises(Fault) as caught:
        flight(clinic, placement_id="no-such")
    assert caught.value.code == "store.no_record"
