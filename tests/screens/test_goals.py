"""The map of goals at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from at_tui.goal_map import find_line, goal_map, mark_goals
from data import find
from schema.tables import Assessment, GoalMark, Supervision, Training
from schema.words import SupervisionStatus
from screens.goals import GoalsScreen
from tests.at_tui.clinic import TODAY, Clinic, curriculum, make_clinic
from tests.screens.playing import SIZES, app_of, play, settle, write


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    made = make_clinic(tmp_path)
    add_session(made, date(2026, 7, 8), ["5:2:4", "5:2:3"])
    add_session(made, date(2026, 8, 5), ["5:2:4", "5:3:3"])
    yield made
    made.store.close()


def add_session(clinic: Clinic, day: date, goals: list[str]) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Supervision(
                training_id=clinic.training_id,
                day=day,
                supervisor_id=clinic.supervisor_id,
                status=SupervisionStatus.HELD,
                goals=goals,
            )
        )


def marks(clinic: Clinic) -> list[GoalMark]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).goal_marks


def mark(clinic: Clinic, goal_id: str) -> None:
    with clinic.store.read() as work:
        line = find_line(goal_map(find.folder(work, clinic.training_id), curriculum()), goal_id)
    assert line is not None
    with clinic.store.work("test") as work:
        mark_goals(
            work,
            training_id=clinic.training_id,
            curriculum_id="at-sosfs-1999-5",
            lines=[line],
            by_id=clinic.supervisor_id,
            on=date(2026, 8, 20),
        )


async def loaded(pilot: Pilot[int]) -> None:
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)
    await settle(pilot)


def page(clinic: Clinic, **options: Any) -> GoalsScreen:
    return GoalsScreen(clinic.training_id, **options)


def test_each_goal_stands_with_its_status_in_words(clinic: Clinic) -> None:
    mark(clinic, "5:2:4")
    seen = play(clinic, page(clinic, section="psykiatri"), loaded)
    assert "5 kap. Psykiatri" in seen
    assert "1 av 16 markerade · 2 har underlag" in seen
    lines = seen.split("\n")
    assert any("✓ markerad" in line and "självmordsrisk" in line for line in lines)
    assert any("○ underlag finns" in line and "anamnes" in line for line in lines)
    assert any("– inget underlag" in line and "krisstöd" in line for line in lines)
    assert "ej uppfyllt" not in seen


def test_the_page_begins_where_the_at_lakare_is_now(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic), loaded)
    assert seen.split("\n")[3].strip().startswith("6 kap. Allmänmedicin")


def test_working_text_says_so_and_read_text_names_its_source(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic, section="psykiatri"), loaded)
    assert "✓ Läst mot källan, i egna ord. Svenska Psykiatriska Föreningens" in seen
    seen = play(clinic, page(clinic, section="opererande"), loaded)
    assert "! Arbetstext, inte den officiella lydelsen." in seen
    assert any("3 kap." in line and "arbetstext" in line for line in seen.split("\n"))


def test_what_is_lacking_is_reached_in_few_keys_and_shows_no_marked_goal(clinic: Clinic) -> None:
    mark(clinic, "5:2:4")
    seen = play(clinic, page(clinic), loaded, "5", "f")
    assert "Vad fattas? · Alva Testsson" in seen
    assert "15 fattas · 13 utan underlag" in seen
    assert "självmordsrisk" not in seen
    assert "självmordsrisk" in play(clinic, page(clinic), loaded, "f", "f", "5")


def test_a_goal_is_marked_with_its_evidence_in_two_keys(clinic: Clinic) -> None:
    seen = play(
        clinic, page(clinic, section="psykiatri"), loaded, "down", "down", "k", "enter", loaded
    )
    [made] = marks(clinic)
    assert (made.goal_id, len(made.evidence), made.day) == ("5:2:3", 1, TODAY)
    assert made.marked_by_id == clinic.supervisor_id
    assert "1 mål markerade." in seen
    assert "1 av 16 markerade" in seen


def test_many_goals_are_marked_by_one_judgement(clinic: Clinic) -> None:
    play(
        clinic, page(clinic, section="psykiatri"), loaded,
        "down", "down", "space", "space", "k", write("bedömt på ronden"), "enter", loaded,
    )  # fmt: skip
    assert sorted((m.goal_id, len(m.evidence), m.note) for m in marks(clinic)) == [
        ("5:2:3", 1, "bedömt på ronden"),
        ("5:2:4", 2, "bedömt på ronden"),
    ]


def test_a_goal_without_evidence_is_not_marked_without_words(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic, section="psykiatri"), loaded, "k", "enter")
    assert "1 av målen har inget underlag i programmet." in " ".join(seen.replace("│", "").split())
    assert "✗ Skriv ett skäl." in seen
    assert marks(clinic) == []
    play(
        clinic, page(clinic, section="psykiatri"), loaded,
        "k", write("sett på akuten"), "enter", loaded,
    )  # fmt: skip
    assert [m.note for m in marks(clinic)] == ["sett på akuten"]


def test_escape_marks_nothing(clinic: Clinic) -> None:
    play(clinic, page(clinic, section="psykiatri"), loaded, "down", "down", "k", "escape")
    assert marks(clinic) == []


def test_evidence_is_one_key_away_and_opens_from_there(clinic: Clinic) -> None:
    steps: list[Any] = [loaded, "down", "down", "down", "enter"]
    seen = play(clinic, page(clinic, section="psykiatri"), *steps)
    assert "5 kap. 2 § 4" in seen
    assert "5 aug" in seen
    assert seen.count("handledningssamtal") == 2
    seen = play(clinic, page(clinic, section="psykiatri"), *steps, "enter", settle)
    assert "Alva Testsson · handledning" in seen


def test_an_unsigned_form_is_shown_as_such_and_does_not_count(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Assessment(
                training_id=clinic.training_id,
                instrument_id="mini-cex",
                instrument_version="1",
                day=date(2026, 8, 10),
                assessor_name="Ture Testman",
                goals=["5:2:1"],
            )
        )
    seen = play(clinic, page(clinic, section="psykiatri"), loaded, "enter")
    assert "mini-CEX" in seen
    assert "○ ej signerad" in seen
    assert "– inget underlag" in seen


def test_a_mark_is_taken_back_with_a_reason_and_stays_readable(clinic: Clinic) -> None:
    mark(clinic, "5:2:4")
    steps: list[Any] = [loaded, "down", "down", "down"]
    seen = play(
        clinic, page(clinic, section="psykiatri"), *steps, "t", write("fel mål"), "enter",
        loaded,
    )  # fmt: skip
    assert "0 av 16 markerade" in seen
    [made] = marks(clinic)
    assert (made.withdrawn_on, made.withdrawn_reason) == (TODAY, "fel mål")
    seen = play(clinic, page(clinic, section="psykiatri"), *steps, "enter")
    assert "tillbakatagen 26 nov: fel mål" in " ".join(seen.replace("│", "").split())


def test_typing_in_the_filter_is_no_key_of_the_page(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic), loaded, "slash", settle, write("ris"), "k", settle)
    assert "självmordsrisk" in seen
    assert "krisstöd" not in seen
    assert marks(clinic) == []


def test_a_training_whose_curriculum_is_not_here_says_what_to_do(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        training = work.need(Training, clinic.training_id)
        training.curriculum_id = "egen-malbeskrivning"
    seen = play(clinic, page(clinic), loaded)
    assert "Målbeskrivningen finns inte här." in seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lacking", [False, True])
def test_the_map_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int], lacking: bool
) -> None:
    mark(clinic, "5:2:4")
    shown = page(clinic, section="psykiatri", lacking=lacking)
    assert snap_compare(app_of(clinic, shown), run_before=loaded, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_evidence_looks_as_it_should(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    mark(clinic, "5:2:4")

    async def open_goal(pilot: Pilot[int]) -> None:
        await loaded(pilot)
        await pilot.press("down", "down", "down", "enter")

    shown = page(clinic, section="psykiatri")
    assert snap_compare(app_of(clinic, shown), run_before=open_goal, terminal_size=size)
