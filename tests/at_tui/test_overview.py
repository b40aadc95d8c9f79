"""One AT-läkare at a glance: what is next, what to look over, what is served."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from at_tui.overview import (
    StepKind,
    Supervised,
    months_by_law,
    next_steps,
    open_agreements,
    references,
    remarks,
    supervised,
)
from data import find
from data.find import Folder
from schema.tables import Absence, Agreement, Assessment, Placement, Supervision
from schema.words import AbsenceKind, LockStatus, SectionCode, SupervisionStatus
from tests.at_tui.surgery import HERE_UNTIL, TODAY, Surgery


def folder_of(surgery: Surgery) -> Folder:
    with surgery.store.read() as work:
        return find.folder(work, surgery.training_id)


def test_todays_session_is_next_and_old_placements_lack_certificates(surgery: Surgery) -> None:
    steps = next_steps(folder_of(surgery), TODAY)
    assert [(s.kind, s.day) for s in steps] == [
        (StepKind.PLANNED, TODAY),
        (StepKind.CERTIFICATE, date(2025, 8, 9)),
        (StepKind.CERTIFICATE, date(2026, 2, 9)),
        (StepKind.CERTIFICATE, date(2026, 6, 9)),
    ]


def test_a_planned_session_whose_day_has_passed_is_unlogged(surgery: Surgery) -> None:
    steps = next_steps(folder_of(surgery), TODAY + timedelta(days=1))
    assert (steps[0].kind, steps[0].record_id) == (StepKind.UNLOGGED, surgery.planned_id)


def test_nothing_planned_is_told_while_a_placement_goes_on(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        work.remove(work.need(Supervision, surgery.planned_id))
    folder = folder_of(surgery)
    assert StepKind.FIRST_SESSION in [s.kind for s in next_steps(folder, TODAY)]
    after = HERE_UNTIL + timedelta(days=1)
    assert StepKind.FIRST_SESSION not in [s.kind for s in next_steps(folder, after)]


@pytest.mark.parametrize(("days", "told"), [(21, True), (22, False)])
def test_a_placement_is_told_three_weeks_before_its_end(
    surgery: Surgery, days: int, told: bool
) -> None:
    on = HERE_UNTIL - timedelta(days=days)
    steps = next_steps(folder_of(surgery), on)
    assert (surgery.placement_id in [s.record_id for s in steps]) is told


def test_forms_wait_for_their_signature_unless_nobody_signs_them(surgery: Surgery) -> None:
    def form(instrument: str, status: LockStatus) -> Assessment:
        return Assessment(
            training_id=surgery.training_id,
            instrument_id=instrument,
            instrument_version="1",
            day=TODAY,
            status=status,
        )

    with surgery.store.work("test") as work:
        work.save(form("dops", LockStatus.DRAFT))
        work.save(form("samtalschecklista", LockStatus.DRAFT))
        work.save(form("mini-cex", LockStatus.SIGNED))
        work.save(form("cbd", LockStatus.VOIDED))
    steps = next_steps(
        folder_of(surgery), TODAY, unsigned={"samtalschecklista"}, confirmed={"mini-cex", "cbd"}
    )
    waiting = {(s.kind, s.values["instrument"]) for s in steps if "instrument" in s.values}
    assert waiting == {(StepKind.UNSIGNED, "dops"), (StepKind.UNCONFIRMED, "mini-cex")}


def test_open_agreements_come_by_the_day_they_are_due(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        for text, due, done in (
            ("utan dag", None, None),
            ("först", TODAY - timedelta(days=9), None),
            ("klar", TODAY, TODAY),
        ):
            work.save(
                Agreement(
                    training_id=surgery.training_id,
                    text=text,
                    agreed_on=date(2026, 11, 1),
                    due=due,
                    done_on=done,
                )
            )
    texts = [a.text for a in open_agreements(folder_of(surgery))]
    assert texts == [
        "först",
        "Boka två rektoskopier i min tidbok",
        "Läsa på om försäkringsmedicinsk bedömning",
        "utan dag",
    ]


def test_the_sessions_of_the_placement_are_summed(surgery: Surgery) -> None:
    folder = folder_of(surgery)
    found = supervised(folder, folder.placement_on(TODAY), TODAY)
    assert found == Supervised(
        held=17, minutes=17 * 60, cancelled=1, planned=1, weeks_met=17, weeks=20
    )
    assert supervised(folder, None, TODAY).weeks == 0


def test_months_are_held_against_the_law_today_and_by_the_plan(surgery: Surgery) -> None:
    """Medicine 10 Feb to 9 Aug is 6 months, surgery 6 months at 80 % is 4.8, psychiatry 4."""
    found = {row.code: row for row in months_by_law(folder_of(surgery), None, TODAY)}
    assert found["invartes"].served == 6
    assert found["opererande"].served == Fraction(48, 10)
    assert found["psykiatri"].served == 4
    here = found["allmanmedicin"]
    assert here.served < here.planned < here.needed
    assert here.missing == here.needed - here.served
    assert here.unplaced == here.needed - here.planned
    assert found["total"].missing == 0


def remark_codes(surgery: Surgery, on: date = TODAY) -> list[str]:
    return [remark.code for remark in remarks(folder_of(surgery), on)]


def test_a_training_in_good_order_has_nothing_to_look_over(surgery: Surgery) -> None:
    assert remark_codes(surgery) == []


def test_a_placement_without_supervisor_is_told(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        placement = work.need(Placement, surgery.placement_id)
        placement.supervisor_id = None
        work.save(placement)
    assert remark_codes(surgery) == ["no_supervisor"]


def test_days_without_placement_are_told_unless_one_is_away(surgery: Surgery) -> None:
    """From 10 June to 12 July Alva is on parental leave, between two placements."""
    gap = date(2026, 6, 20)
    assert remark_codes(surgery, gap) == []
    with surgery.store.work("test") as work:
        for absence in work.all(Absence):
            if absence.kind == AbsenceKind.FORALDRALEDIG:
                work.remove(absence)
    assert remark_codes(surgery, gap) == ["no_placement_now"]


def test_overlap_and_placements_after_the_plans_end_are_told(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        work.save(
            Placement(
                training_id=surgery.training_id,
                section=SectionCode.AKUT,
                start=HERE_UNTIL,
                end=HERE_UNTIL + timedelta(days=7),
            )
        )
    assert remark_codes(surgery) == ["overlap", "after_end"]


def test_a_training_without_placements_says_only_that(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        for record in [*work.all(Supervision), *work.all(Placement)]:
            work.remove(record)
    assert remark_codes(surgery) == ["no_placements"]


def test_what_names_a_placement_is_counted_by_kind(surgery: Surgery) -> None:
    folder = folder_of(surgery)
    assert references(folder, surgery.placement_id) == {"supervisions": 19}
    assert references(folder, folder.placements[0].id) == {}


def test_a_held_session_to_come_is_not_counted_before_its_day(surgery: Surgery) -> None:
    folder = folder_of(surgery)
    early = date(2026, 7, 20)
    found = supervised(folder, folder.placement_on(early), early)
    held = [s for s in folder.supervisions if s.status == SupervisionStatus.HELD]
    assert (found.held, len(held)) == (1, 17)
