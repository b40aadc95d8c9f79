"""Placements and absence on the page of one in training."""

from __future__ import annotations

from textual.pilot import Pilot

from schema.tables import Absence, Placement
from screens.placements import PlacementForm
from screens.placements_absence import AbsenceForm
from screens.placements_training import TrainingForm
from screens.trainee.page import TraineePage
from screens.trainee.placements import PlacementsTab
from screens.widgets.timeline import Timeline
from tests.at_tui.surgery import Surgery
from tests.screens.trainee_page import Seen, play


def test_placements_are_listed_under_the_timeline_with_months_against_the_law(
    surgery: Surgery,
) -> None:
    seen = Seen()
    shown: list[bool] = []
    play(
        surgery,
        "2",
        seen.rows,
        lambda page, _: shown.append("▲ i dag" in page.query_one(Timeline).render().plain
                                     or "i dag ▲" in page.query_one(Timeline).render().plain),
    )  # fmt: skip
    assert shown == [True]
    assert any(line.startswith("10 aug 2025 – 9 feb 2026 | kirurgi") for line in seen)
    assert "kirurgi | 4,8 av 3 | 4,8 med planen | ✓ uppfyllt" in seen
    assert any("allmänmedicin" in line and "saknas" in line for line in seen)
    assert "10 juni – 12 juli | föräldraledig | 33 dagar |  | räknas inte" in seen


def test_the_cursor_stands_on_the_placement_of_today(surgery: Surgery) -> None:
    selected: list[str | None] = []
    play(surgery, "2", lambda page, _: selected.append(page.tab.picker.selected))
    assert selected == [f"placement:{surgery.placement_id}"]


def test_enter_on_a_placement_an_absence_and_the_months_open_each_their_own(
    surgery: Surgery,
) -> None:
    seen = Seen()
    play(surgery, "2", "enter", seen.screen, "escape", "end", "enter", seen.screen)
    assert seen == [PlacementForm, AbsenceForm]
    play(surgery, "2", "f", seen.screen, "escape", "n", seen.screen, "escape", "t", seen.screen)
    assert seen[2:] == [AbsenceForm, PlacementForm, TrainingForm]


def test_a_placement_with_sessions_is_not_removed_and_says_why(surgery: Surgery) -> None:
    seen = Seen()
    play(surgery, "2", "delete", seen.screen, seen.toasts)
    assert seen[0] is TraineePage
    assert "19 samtal" in seen[1]
    with surgery.store.read() as work:
        assert work.get(Placement, surgery.placement_id) is not None


def test_a_placement_that_nothing_names_is_removed_after_a_question(surgery: Surgery) -> None:
    def on_first(page: TraineePage, _: Pilot[int]) -> None:
        tab = page.query_one(PlacementsTab)
        first = tab.file.folder.placements[0]
        assert tab.picker.select(f"placement:{first.id}")

    play(surgery, "2", on_first, "delete", "j")
    with surgery.store.read() as work:
        assert len(work.all(Placement)) == 3


def test_an_absence_is_removed_after_a_question(surgery: Surgery) -> None:
    play(surgery, "2", "end", "delete", "j")
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 2
