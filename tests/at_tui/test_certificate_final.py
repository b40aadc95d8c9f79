"""Pre-flight of the final certificate, gathering it, and issuing it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pypdf
import pytest

from at_tui.certificate_checks import CheckStatus, Fix, red
from at_tui.certificate_final import FinalFacts, Length, final_preflight
from at_tui.certifying import issue, preflight_of
from at_tui.certifying_final import (
    FinalFlight,
    final_flight_of,
    final_in_force,
    first_final_entry,
    issue_final,
    uncertified,
)
from at_tui.documents.final_certificate import final_certificate_pdf
from at_tui.documents.gather_final import final_certificate_of
from at_tui.goal_map import goal_map, mark_goals
from at_tui.issuing import void_certificate
from at_tui.language import text
from data import find
from data.find import Folder
from schema.fault import Fault
from schema.tables import Certificate, ExamSitting, Placement, Role, Talk, Trainee, Training
from schema.words import (
    CertificateKind,
    Kind,
    LockStatus,
    RoleKind,
    SectionCode,
    TalkKind,
)
from tests.at_tui.clinic import TODAY, Clinic, curriculum

CURRICULUM = curriculum()
ENOUGH = tuple(
    Length(code, text(f"certificate.length.{code}"), Fraction(n), Fraction(n))
    for code, n in (("total", 18), ("psykiatri", 3))
)
GREEN = FinalFacts(
    on=date(2026, 11, 26),
    asks_degree=True,
    degree_on=date(2024, 12, 11),
    start=date(2025, 1, 7),
    last_day=date(2026, 11, 26),
    lengths=ENOUGH,
    overlaps=False,
    days_to_make_up=0,
    placements=4,
    uncertified=(),
    goals=40,
    goals_marked=40,
    goals_without_evidence=0,
    curriculum_verified=True,
    asks_exam=True,
    exam_passed_on=date(2026, 8, 25),
    exam_tried=True,
    supervisor="Berit Handledarsson",
    consulted=True,
    signer="Nils Exempel",
    signer_licensed=True,
    signer_is_head=True,
    signer_is_chief=False,
    delegated_by="",
    personnummer="196408233234",
    personnummer_missing="",
    closing_talk=True,
    unsigned_assessments=0,
)
SHORT = (*ENOUGH[:1], Length("psykiatri", "psykiatri", Fraction(3), Fraction(299, 100)))
CASES: list[tuple[dict[str, Any], str, str, str, Fix]] = [
    ({"degree_on": None}, "degree", "missing", "red", Fix.TRAINEE),
    ({"degree_on": date(2025, 1, 8)}, "degree", "after", "red", Fix.TRAINEE),
    ({"on": date(2026, 11, 25)}, "whole", "going_on", "red", Fix.PLACEMENT),
    ({"last_day": None}, "whole", "none", "red", Fix.PLACEMENT),
    ({"overlaps": True}, "overlaps", "found", "red", Fix.PLACEMENT),
    ({"lengths": SHORT}, "time", "short", "red", Fix.TIME),
    ({"lengths": ()}, "time", "short", "red", Fix.TIME),
    ({"uncertified": ("psykiatri",)}, "certificates", "missing", "red", Fix.CERTIFICATES),
    ({"days_to_make_up": 3}, "absence", "make_up", "amber", Fix.ABSENCE),
    ({"goals_marked": 39}, "all_goals", "unmarked", "red", Fix.GOALS),
    (
        {"goals_marked": 39, "goals_without_evidence": 1},
        "all_goals", "no_evidence", "red", Fix.GOALS,
    ),
    ({"goals": 0, "goals_marked": 0}, "all_goals", "unknown", "amber", Fix.CURRICULUM),
    ({"exam_passed_on": None}, "exam", "not_passed", "red", Fix.EXAM),
    ({"exam_passed_on": None, "exam_tried": False}, "exam", "missing", "red", Fix.EXAM),
    ({"supervisor": " "}, "main_supervisor", "missing", "red", Fix.TRAINING),
    ({"consulted": False}, "consultation", "missing", "red", Fix.SUPERVISOR),
    ({"signer": ""}, "signer", "missing", "red", Fix.SIGNER),
    ({"signer_licensed": False}, "licence", "none", "red", Fix.SIGNER),
    ({"signer_is_head": False}, "right", "none", "red", Fix.SIGNER),
    ({"signer_is_head": False, "signer_is_chief": True}, "right", "chief", "amber", Fix.SIGNER),
    ({"closing_talk": False}, "closing_talk", "missing", "amber", Fix.TALKS),
    ({"unsigned_assessments": 2}, "assessments", "unsigned", "amber", Fix.ASSESSMENTS),
    ({"personnummer": None}, "personnummer", "missing", "red", Fix.TRAINEE),
]  # fmt: skip


def test_nothing_stands_in_the_way_of_a_true_one() -> None:
    assert {check.status for check in final_preflight(GREEN)} == {CheckStatus.GREEN}


@pytest.mark.parametrize(("change", "code", "outcome", "state", "fix"), CASES)
def test_a_fault_is_found_said_and_led_to_where_it_is_mended(
    change: dict[str, Any], code: str, outcome: str, state: str, fix: Fix
) -> None:
    checks = final_preflight(replace(GREEN, **change))
    [found] = [check for check in checks if check.code == code]
    assert (found.outcome, str(found.status), found.fix) == (outcome, state, fix)
    assert text(found.key, **found.values)
    others = [check for check in checks if check.code != code]
    assert all(check.status is CheckStatus.GREEN for check in others)


def test_time_is_short_by_a_hundredth_and_enough_at_the_number() -> None:
    [short] = [c for c in final_preflight(replace(GREEN, lengths=SHORT)) if c.code == "time"]
    assert "psykiatri 2,99/3" in text(short.key, **short.values)


def test_the_last_day_itself_is_a_day_to_issue_on() -> None:
    assert not red(final_preflight(GREEN))


def test_a_bt_asks_neither_degree_nor_exam() -> None:
    facts = replace(GREEN, asks_degree=False, degree_on=None, asks_exam=False, exam_passed_on=None)
    checks = final_preflight(facts)
    assert not red(checks)
    assert not {"degree", "exam"} & {check.code for check in checks}


def test_delegation_goes_before_being_at_chef() -> None:
    facts = replace(
        GREEN, signer_is_head=False, signer_is_chief=True, delegated_by="Berit Handledarsson"
    )
    [right] = [check for check in final_preflight(facts) if check.code == "right"]
    assert right.outcome == "delegated"


# From the records


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def finished(clinic: Clinic) -> None:
    """Make the clinic's training a whole one: placed, certified, marked and examined."""
    spans = (
        (SectionCode.OPERERANDE, date(2024, 1, 8), date(2024, 7, 7)),
        (SectionCode.INVARTES, date(2024, 7, 8), date(2025, 1, 7)),
        (SectionCode.PSYKIATRI, date(2025, 1, 8), date(2025, 4, 7)),
        (SectionCode.ALLMANMEDICIN, date(2025, 4, 8), date(2025, 10, 7)),
    )
    with clinic.store.work("test") as work:
        training = work.need(Training, clinic.training_id)
        training.start, training.end = spans[0][1], spans[-1][2]
        work.save(training)
        trainee = work.need(Trainee, clinic.trainee_id)
        trainee.degree_on = date(2023, 12, 20)
        work.save(trainee)
        unit_id = work.need(Placement, clinic.psychiatry_id).unit_id
        for id in (clinic.psychiatry_id, clinic.primary_care_id):
            work.remove(work.need(Placement, id))
        for section, start, end in spans:
            work.save(
                Placement(
                    training_id=training.id,
                    section=section,
                    unit_id=unit_id,
                    start=start,
                    end=end,
                    supervisor_id=clinic.supervisor_id,
                )
            )
        work.save(ExamSitting(training_id=training.id, day=date(2025, 8, 26), passed=True))
        work.save(
            Talk(training_id=training.id, kind=TalkKind.SLUTSAMTAL, held_on=date(2025, 10, 6))
        )
    folder = folder_of(clinic)
    with clinic.store.work("test") as work:
        for part in goal_map(folder, CURRICULUM):
            mark_goals(
                work,
                training_id=clinic.training_id,
                curriculum_id=CURRICULUM.id,
                lines=part.lines,
                by_id=clinic.supervisor_id,
                on=date(2025, 10, 6),
                note="bedömt i samråd",
            )
    from at_tui.certifying import first_entry

    folder = folder_of(clinic)
    for placement in folder.placements:
        entry = first_entry(folder, placement, owner_id=clinic.supervisor_id, on=TODAY)
        flight = preflight_of(folder, replace(entry, no_absence=True), curriculum=CURRICULUM)
        with clinic.store.work("test") as work:
            issue(work, folder, flight)


def flight_of(clinic: Clinic, **changes: Any) -> FinalFlight:
    folder = folder_of(clinic)
    entry = first_final_entry(folder, owner_id=clinic.supervisor_id, on=TODAY)
    return final_flight_of(folder, replace(entry, **changes), curriculum=CURRICULUM)


def issued(clinic: Clinic, **changes: Any) -> Certificate:
    flight = flight_of(clinic, **changes)
    with clinic.store.work("test") as work:
        return issue_final(work, folder_of(clinic), flight)


def test_a_training_that_goes_on_is_stopped_by_what_it_lacks(clinic: Clinic) -> None:
    codes = [check.code for check in flight_of(clinic).red]
    assert codes == ["degree", "whole", "time", "certificates", "all_goals", "exam"]


def test_a_whole_training_is_certified_and_locked(clinic: Clinic) -> None:
    finished(clinic)
    assert flight_of(clinic).red == ()
    record = issued(clinic)
    assert (record.kind, record.placement_id) == (CertificateKind.TRAINING, None)
    assert record.status is LockStatus.SIGNED
    assert record.template_version == "intyg-tjanstgoring 1"
    folder = folder_of(clinic)
    assert final_in_force(folder) is not None
    assert [s.signer_name for s in folder.signatures_of(record.id)] == ["Berit Handledarsson"]


def test_it_is_issued_once_and_anew_after_it_is_voided(clinic: Clinic) -> None:
    finished(clinic)
    first = issued(clinic)
    with pytest.raises(Fault) as caught:
        issued(clinic)
    assert caught.value.code == "certify.issued_already_final"
    with clinic.store.work("test") as work:
        void_certificate(work, first.id, "fel datum")
    assert issued(clinic).number != first.number


def test_a_red_one_is_refused_and_one_that_someone_answers_for_says_why(clinic: Clinic) -> None:
    with pytest.raises(Fault) as caught:
        issued(clinic)
    assert caught.value.code == "certify.red"
    assert folder_of(clinic).certificates == []
    record = issued(clinic, override_reason="beslut av Socialstyrelsen")
    assert record.override_reason == "beslut av Socialstyrelsen"
    assert record.override_reason in printed(clinic)


def test_a_voided_placement_certificate_no_longer_counts(clinic: Clinic) -> None:
    finished(clinic)
    folder = folder_of(clinic)
    assert uncertified(folder) == []
    with clinic.store.work("test") as work:
        void_certificate(work, folder.certificates[0].id, "fel")
    assert len(uncertified(folder_of(clinic))) == 1
    assert [check.code for check in flight_of(clinic).red] == ["certificates"]


def test_an_at_chef_may_sign_and_it_is_told(clinic: Clinic) -> None:
    finished(clinic)
    with clinic.store.work("test") as work:
        work.save(Role(person_id=clinic.examiner_id, kind=RoleKind.AT_CHEF))
    flight = flight_of(clinic, signer_id=clinic.examiner_id)
    assert flight.red == ()
    [right] = [check for check in flight.checks if check.code == "right"]
    assert (right.status, right.outcome) == (CheckStatus.AMBER, "chief")


def test_a_bt_is_held_to_its_own_length(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        training = work.need(Training, clinic.training_id)
        training.kind = Kind.BT
        work.save(training)
    facts = flight_of(clinic).facts
    assert [(length.code, length.needed) for length in facts.lengths] == [("bt", Fraction(6))]


def pages(clinic: Clinic, **changes: Any) -> list[str]:
    """Return the text of each page, line by line."""
    folder = folder_of(clinic)
    page = final_certificate_of(
        folder, on=TODAY, owner_id=clinic.supervisor_id, curriculum=CURRICULUM, **changes
    )
    reader = pypdf.PdfReader(io.BytesIO(final_certificate_pdf(page)))
    return [page.extract_text() for page in reader.pages]


def printed(clinic: Clinic, **changes: Any) -> str:
    return " ".join(" ".join(pages(clinic, **changes)).split())


def test_each_placements_days_and_number_stand_on_one_line(clinic: Clinic) -> None:
    finished(clinic)
    lines = "\n".join(pages(clinic)).splitlines()
    folder = folder_of(clinic)
    for placement in folder.placements:
        assert [line for line in lines if f"{placement.start} – {placement.end}" in line]
    for certificate in folder.certificates:
        assert [line for line in lines if certificate.number in line]


def test_the_print_holds_placements_numbers_time_and_template(clinic: Clinic) -> None:
    finished(clinic)
    record = issued(clinic)
    words = printed(clinic)
    assert "Intyg om hela tjänstgöringen" in words
    assert record.number in words
    assert "mall intyg-tjanstgoring 1" in words
    assert "21 månader på heltid" in words
    assert "godkänt 2025-08-26" in words
    assert all(c.number in words for c in folder_of(clinic).certificates)
    assert "UTKAST" not in words


def test_a_draft_says_what_is_missing_and_is_marked(clinic: Clinic) -> None:
    words = printed(clinic)
    assert "UTKAST" in words
    assert "Inget kunskapsprov är inskrivet" in words


def test_a_draft_counts_no_time_that_lies_ahead(clinic: Clinic) -> None:
    on = date(2026, 7, 31)
    page = final_certificate_of(folder_of(clinic), on=on)
    stays = [line for line in page.placements if line.end is None or line.end > on]
    assert stays
    for line in stays:
        assert line.months == (Fraction(2) if line.start == date(2026, 6, 1) else 0)


def test_delegation_stands_in_print(clinic: Clinic) -> None:
    finished(clinic)
    issued(clinic, signer_id=clinic.examiner_id, delegated_by="Berit Handledarsson")
    assert "På delegation av verksamhetschef Berit Handledarsson" in printed(clinic)


def test_the_same_records_give_the_same_bytes(clinic: Clinic) -> None:
    folder = folder_of(clinic)
    page = final_certificate_of(folder, on=TODAY, curriculum=CURRICULUM)
    assert final_certificate_pdf(page) == final_certificate_pdf(page)
