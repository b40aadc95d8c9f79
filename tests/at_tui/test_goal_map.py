"""The map of goals: what is judged, what there is to judge by, and marking many at once."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.correcting import save_draft, sign_form
from at_tui.goal_map import (
    GoalLine,
    GoalStatus,
    find_line,
    goal_map,
    mark_goals,
    old_marks,
    suggested_goals,
    withdraw,
)
from at_tui.signer import Signer
from data import find
from schema.fault import Fault
from schema.tables import GoalMark, Supervision
from schema.words import CancelReason, SectionCode, SupervisionStatus
from tests.at_tui.clinic import (
    TODAY,
    Clinic,
    around,
    curriculum,
    instrument,
    mini_cex,
)

CURRICULUM = curriculum()
NILS = Signer("nils", "Nils Exempel")


def line(clinic: Clinic, goal_id: str, unsigned: frozenset[str] = frozenset()) -> GoalLine:
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    found = find_line(goal_map(folder, CURRICULUM, unsigned=unsigned), goal_id)
    assert found is not None
    return found


def add_session(clinic: Clinic, day: date, goals: list[str], *, held: bool = True) -> str:
    with clinic.store.work("test") as work:
        session = Supervision(
            training_id=clinic.training_id,
            day=day,
            supervisor_id=clinic.supervisor_id,
            status=SupervisionStatus.HELD if held else SupervisionStatus.CANCELLED,
            cancel_reason=None if held else CancelReason.WORKLOAD,
            goals=goals,
        )
        return work.save(session).id


def test_every_goal_stands_once_in_its_chapter(clinic: Clinic) -> None:
    with clinic.store.read() as work:
        sections = goal_map(find.folder(work, clinic.training_id), CURRICULUM)
    ids = [one.goal.id for section in sections for one in section.lines]
    assert sorted(ids) == sorted(goal.id for goal in CURRICULUM.goals)
    assert [s.chapter.number for s in sections if s.chapter] == [2, 3, 4, 5, 6]
    psychiatry = next(s for s in sections if s.section is SectionCode.PSYKIATRI)
    assert not psychiatry.working
    assert psychiatry.count(GoalStatus.NONE) == len(psychiatry.lines) == len(psychiatry.lacking)


def test_a_goal_nobody_has_looked_at_has_no_evidence(clinic: Clinic) -> None:
    assert line(clinic, "5:2:4").status is GoalStatus.NONE


def test_a_held_session_is_evidence_and_a_cancelled_one_is_not(clinic: Clinic) -> None:
    add_session(clinic, date(2026, 7, 1), ["5:2:4"], held=False)
    assert line(clinic, "5:2:4").status is GoalStatus.NONE
    add_session(clinic, date(2026, 7, 8), ["5:2:4", "5:2:3"])
    found = line(clinic, "5:2:4")
    assert found.status is GoalStatus.EVIDENCE
    assert [one.by_name for one in found.evidence] == ["Berit Handledarsson"]


def test_a_form_counts_once_it_is_signed(clinic: Clinic) -> None:
    form = mini_cex(clinic.training_id, goals=["5:2:4"])
    with clinic.store.work("test") as work:
        save_draft(work, form)
    found = line(clinic, "5:2:4")
    assert (found.status, len(found.evidence)) == (GoalStatus.NONE, 1)
    assert line(clinic, "5:2:4", frozenset({"mini-cex"})).status is GoalStatus.EVIDENCE
    with clinic.store.work("test") as work:
        sign_form(work, instrument("mini-cex"), form, around(), NILS)
    assert line(clinic, "5:2:4").status is GoalStatus.EVIDENCE


def test_evidence_comes_latest_first(clinic: Clinic) -> None:
    days = [date(2026, 7, 8), date(2026, 8, 5), date(2026, 6, 10)]
    for day in days:
        add_session(clinic, day, ["5:2:4"])
    assert [one.day for one in line(clinic, "5:2:4").evidence] == sorted(days, reverse=True)


def test_one_judgement_marks_many_goals_each_with_its_own_evidence(clinic: Clinic) -> None:
    first = add_session(clinic, date(2026, 7, 8), ["5:2:3", "5:2:4"])
    second = add_session(clinic, date(2026, 8, 5), ["5:2:4"])
    lines = [line(clinic, "5:2:3"), line(clinic, "5:2:4")]
    with clinic.store.work("test") as work:
        mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id=CURRICULUM.id,
            lines=lines,
            by_id=clinic.supervisor_id,
            on=TODAY,
        )
    marks = [line(clinic, goal_id).mark for goal_id in ("5:2:3", "5:2:4")]
    assert [mark.evidence for mark in marks if mark] == [[first], [second, first]]
    assert line(clinic, "5:2:4").status is GoalStatus.MARKED


def mark(clinic: Clinic, *goal_ids: str, note: str = "") -> list[GoalMark]:
    lines = [line(clinic, goal_id) for goal_id in goal_ids]
    with clinic.store.work("test") as work:
        return mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id=CURRICULUM.id,
            lines=lines,
            by_id=clinic.supervisor_id,
            on=TODAY,
            note=note,
        )


def test_a_mark_without_evidence_needs_words_of_what_it_rests_on(clinic: Clinic) -> None:
    add_session(clinic, date(2026, 7, 8), ["5:2:3"])
    with pytest.raises(Fault) as caught:
        mark(clinic, "5:2:3", "5:2:4")
    assert caught.value.code == "goals.needs_note"
    assert line(clinic, "5:2:3").mark is None
    mark(clinic, "5:2:4", note="Såg bedömningen på akuten i juli.")
    assert line(clinic, "5:2:4").status is GoalStatus.MARKED


def test_what_another_window_marked_is_not_marked_again(clinic: Clinic) -> None:
    stale = line(clinic, "5:2:4")
    mark(clinic, "5:2:4", note="sett")
    with clinic.store.work("test") as work:
        again = mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id=CURRICULUM.id,
            lines=[stale],
            by_id=None,
            on=TODAY,
            note="sett",
        )
    assert again == []


def test_a_withdrawn_mark_stays_with_its_reason_and_the_goal_is_open_again(clinic: Clinic) -> None:
    [made] = mark(clinic, "5:2:4", note="sett")
    with pytest.raises(Fault) as caught, clinic.store.work("test") as work:
        withdraw(work, made.id, on=TODAY, reason=" ")
    assert caught.value.code == "goals.needs_reason"
    with clinic.store.work("test") as work:
        withdraw(work, made.id, on=TODAY, reason="fel mål")
    found = line(clinic, "5:2:4")
    assert (found.status, found.mark) == (GoalStatus.NONE, None)
    assert [old.withdrawn_reason for old in found.withdrawn] == ["fel mål"]
    with pytest.raises(Fault), clinic.store.work("test") as work:
        withdraw(work, made.id, on=TODAY, reason="igen")


def test_a_mark_of_a_goal_that_is_no_more_is_kept_aside(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            GoalMark(
                training_id=clinic.training_id,
                curriculum_id=CURRICULUM.id,
                goal_id="9:9:9",
                day=TODAY,
            )
        )
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    assert [old.mark.goal_id for old in old_marks(folder, CURRICULUM)] == ["9:9:9"]


def test_a_form_suggests_goals_of_the_placements_section_and_the_general_ones() -> None:
    goals = suggested_goals(instrument("mini-cex"), CURRICULUM, SectionCode.PSYKIATRI)
    assert {goal.section for goal in goals} == {SectionCode.PSYKIATRI, SectionCode.ALLMAN}
    every = suggested_goals(instrument("mini-cex"), CURRICULUM, None)
    assert len(every) == len(CURRICULUM.goals)
    assert suggested_goals(instrument("samtalschecklista"), CURRICULUM, None) == []
