"""What-if, two plans side by side, and another programme."""

from __future__ import annotations

from datetime import date

import pytest

from schema.tables import Absence, Placement, Training
from schema.words import AbsenceKind, SectionCode
from screens.app import ATApp
from screens.compare import ComparePage
from screens.what_if import WhatIfPage
from tests.at_tui.surgery import Surgery
from tests.screens.program_pages import play, row_with, typed

pytestmark = pytest.mark.usefixtures("own_home")

# What-if

LEAVE = typed(start="2027-03-01", end="2027-08-31")


def test_a_leave_shows_what_it_moves_and_saves_nothing(surgery: Surgery) -> None:
    steps = (typed(start="2026-12-01", end="2026-12-31"), "escape")
    shown = play(surgery, WhatIfPage(surgery.training_id), steps[0])
    assert "10 jan 2027 → 10 feb 2027  31 dagar senare" in row_with(shown, "Tjänstgöringens slut")
    assert "13 juli 2026 – 10 jan 2027 → 13 juli 2026 – 10 feb 2027" in "\n".join(shown)
    play(surgery, WhatIfPage(surgery.training_id), *steps)
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 3
        assert work.need(Placement, surgery.placement_id).end == date(2027, 1, 10)


def test_a_confirmed_leave_is_saved_with_the_placements_it_moves(surgery: Surgery) -> None:
    fill = typed(start="2026-12-01", end="2026-12-31")
    play(surgery, WhatIfPage(surgery.training_id), fill, "ctrl+s", "j")
    with surgery.store.read() as work:
        (absence,) = [a for a in work.all(Absence) if a.start == date(2026, 12, 1)]
        assert (absence.kind, absence.end) == (AbsenceKind.FORALDRALEDIG, date(2026, 12, 31))
        assert work.need(Placement, surgery.placement_id).end == date(2027, 2, 10)
        assert work.need(Training, surgery.training_id).end == date(2027, 2, 10)


def test_a_leave_is_entered_and_saved_in_few_keys(surgery: Surgery) -> None:
    keys = ["tab", *"1/12", "tab", *"31/12", "ctrl+s", "j"]
    assert len(keys) <= 25
    play(surgery, WhatIfPage(surgery.training_id), *keys[:-2], "ctrl+s", "j")
    with surgery.store.read() as work:
        assert [a.end for a in work.all(Absence) if a.start == date(2026, 12, 1)] == [
            date(2026, 12, 31)
        ]


def test_part_time_splits_the_placement_that_goes_on(surgery: Surgery) -> None:
    fill = typed(start="2026-12-01", percent="50")

    def part_time(app: ATApp) -> None:
        page = app.screen
        assert isinstance(page, WhatIfPage)
        page.form.set("kind", "deltid")

    shown = play(surgery, WhatIfPage(surgery.training_id), part_time, fill, "ctrl+s", "j")
    assert shown
    with surgery.store.read() as work:
        later = [p for p in work.all(Placement) if p.start == date(2026, 12, 1)]
        first = work.need(Placement, surgery.placement_id)
    assert [(p.percent, p.section, p.supervisor_id) for p in later] == [
        (50, SectionCode.ALLMANMEDICIN, surgery.supervisor_id)
    ]
    assert (first.percent, first.end) == (100, date(2026, 11, 30))
    # 41 days are left of the placement (1 Dec – 10 Jan): at half time they take twice as long.
    assert 80 <= (later[0].end - later[0].start).days + 1 <= 83


def test_an_impossible_proposal_is_answered_and_cannot_be_saved(surgery: Surgery) -> None:
    fill = typed(start="2026-12-31", end="2026-12-01")
    shown = play(surgery, WhatIfPage(surgery.training_id), fill, "ctrl+s")
    assert "före starten" in "\n".join(shown)
    with surgery.store.read() as work:
        assert len(work.all(Absence)) == 3


# Comparing and changing


def test_two_plans_stand_side_by_side(surgery: Surgery) -> None:
    shown = play(surgery, ComparePage(None, "dalarna", "vgr-primarvard"))
    assert "krävs inte" in row_with(shown, "+ Handledning minst 1 h per vecka")
    assert row_with(shown, "− Allmäntjänstgöringen 21 månader").rstrip().endswith("krävs inte")


def test_what_is_alike_is_shown_on_demand(surgery: Surgery) -> None:
    page = ComparePage(None, "dalarna", "vgr-primarvard")
    assert "= Minst 18 månader" not in "\n".join(play(surgery, page))
    page = ComparePage(None, "dalarna", "vgr-primarvard")
    assert "= Minst 18 månader" in "\n".join(play(surgery, page, "a"))


def test_another_programme_shows_first_what_changes_and_is_saved_when_confirmed(
    surgery: Surgery,
) -> None:
    page = ComparePage(surgery.training_id, right="dalarna")
    shown = "\n".join(play(surgery, page, "b"))
    assert "Alva Testsson · byt till Dalarna" in shown
    assert "Nya krav" in shown
    page = ComparePage(surgery.training_id, right="dalarna")
    play(surgery, page, "b", "ctrl+s", "escape")
    with surgery.store.read() as work:
        assert work.need(Training, surgery.training_id).programme_id == "vgr-primarvard"
    page = ComparePage(surgery.training_id, right="dalarna")
    play(surgery, page, "b", "ctrl+s", "j")
    with surgery.store.read() as work:
        training = work.need(Training, surgery.training_id)
    assert (training.programme_id, training.programme_version) == ("dalarna", "1")
