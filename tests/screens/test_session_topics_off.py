"""The questions for the talks are offered, never asked for, and can be turned off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from at_tui import settings
from schema.tables import Supervision
from schema.words import SupervisionStatus
from screens.session import SessionScreen
from screens.settings import SettingsPage
from tests.at_tui.clinic import Clinic, make_clinic
from tests.screens.playing import Step, play


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setattr(settings, "config_folder", lambda: folder)
    made = make_clinic(tmp_path)
    yield made
    made.store.close()


def session(clinic: Clinic) -> str:
    return play(clinic, SessionScreen(clinic.training_id), size=(120, 40))


def test_topics_are_offered_and_a_session_is_saved_without_any(clinic: Clinic) -> None:
    assert "belastning" in session(clinic)
    play(clinic, SessionScreen(clinic.training_id), "h", "ctrl+s")
    with clinic.store.read() as work:
        held = work.all(Supervision, Supervision.status == SupervisionStatus.HELD)
    assert [record.topics for record in held] == [[]]


def test_the_first_talks_of_a_placement_have_their_own_questions(clinic: Clinic) -> None:
    assert "start och ramar" not in session(clinic)
    with clinic.store.work("test") as work:
        from schema.tables import Placement

        work.need(Placement, clinic.primary_care_id).start = date(2026, 11, 23)
    assert "start och ramar" in session(clinic)


def test_the_topics_are_turned_off_and_on_in_the_settings(clinic: Clinic) -> None:
    steps: list[Step] = [*["down"] * 12]
    row = next(n for n in range(13) if _on_topics(clinic, steps[:n]))
    seen = play(clinic, SettingsPage(), *steps[:row], "enter", size=(120, 40))
    assert settings.load()["session_topics"] is False
    assert "nej" in next(line for line in seen.splitlines() if "Ämnen i samtalen" in line)
    assert "belastning" not in session(clinic)
    play(clinic, SettingsPage(), *steps[:row], "enter")
    assert "belastning" in session(clinic)


def _on_topics(clinic: Clinic, steps: list[Step]) -> bool:
    page = SettingsPage()
    found: list[str | None] = []

    def look(_: object) -> None:
        from screens.widgets.picker import Picker

        found.append(page.query_one(Picker).selected)

    play(clinic, page, *steps, look)
    return found == ["session_topics"]


def test_topics_that_were_taken_up_are_shown_although_they_are_turned_off(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        held = work.save(
            Supervision(
                training_id=clinic.training_id, day=date(2026, 11, 26), topics=["a"],
                status=SupervisionStatus.HELD,
            )
        )  # fmt: skip
    settings.save({"session_topics": False})
    page = SessionScreen(clinic.training_id, supervision_id=held.id)
    assert "belastning" in play(clinic, page, size=(120, 40))
