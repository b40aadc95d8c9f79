"""A stödplan on screen: for those who may see it, and as if it were not there for all others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from at_tui.kollegium.support import follow_ups_due, viewer_of
from data import glance, places
from schema.tables import SupportPlan
from schema.words import Outcome, RoleKind
from screens import ways
from screens.kollegium.support import SupportPlans
from screens.kollegium.support_parts import read_months
from screens.kollegium.support_plan import PlanPage
from screens.today import Today
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, WEEK, World, make_world
from tests.screens.kollegium_meeting import Meeting, Shown, app_of, play
from tests.screens.settling import settle

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Dokument"
    monkeypatch.setattr(places, "documents_folder", lambda: folder)
    return folder


@pytest.fixture
def world(tmp_path: Path, documents: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    made.add("Alva Testsson")
    yield made
    made.store.close()


@pytest.fixture
def meeting(world: World) -> Meeting:
    before = world.meeting(TODAY - 4 * WEEK, closed_on=TODAY - 4 * WEEK)
    return Meeting(world, before.id, before)


def plans(world: World) -> list[SupportPlan]:
    with world.store.read() as work:
        return work.all(SupportPlan)


def listed(meeting: Meeting) -> SupportPlans:
    return SupportPlans(meeting.training("Alva Testsson"))


async def on_row(shown: Shown, row: str) -> None:
    assert shown.page.query_one(Picker).select(row)
    await shown.press("enter")


def test_who_may_not_see_a_plan_sees_the_page_of_one_without(meeting: Meeting) -> None:
    seen: list[str] = []

    async def act(shown: Shown) -> None:
        seen.append(shown.lines)

    play(meeting, listed(meeting), act, author=meeting.world.ture_id)
    plan = meeting.world.worried(meeting.world.doctors["Alva Testsson"])
    play(meeting, listed(meeting), act, author=meeting.world.ture_id)
    assert seen[0] == seen[1]
    assert "Ingen stödplan att visa" in seen[0]

    async def refused(shown: Shown) -> None:
        assert not isinstance(shown.page, PlanPage)
        assert "HEMLIG" not in shown.words

    play(meeting, PlanPage(plan.id), refused, author=meeting.world.ture_id)

    async def shown_to(shown: Shown) -> None:
        assert "HEMLIG ORO" in shown.words
        await shown.press("enter")
        assert "SKYDDAD: studierektor, AT-chef" in shown.words
        assert "HEMLIG ÅTGÄRD" in shown.words

    play(meeting, listed(meeting), shown_to, size=(120, 40))


def test_who_is_responsible_sees_the_plan_without_any_role(meeting: Meeting) -> None:
    world = meeting.world
    world.worried(world.doctors["Alva Testsson"], responsible_id=world.ture_id)

    async def act(shown: Shown) -> None:
        assert "HEMLIG ORO" in shown.words

    play(meeting, listed(meeting), act, author=world.ture_id)


def test_a_plan_is_begun_with_the_kollegiums_decision_behind_it(meeting: Meeting) -> None:
    world = meeting.world
    decided = world.decided(
        world.doctors["Alva Testsson"], meeting.before, Outcome.SUPPORT_PLAN, "Mer stöd."
    )

    async def act(shown: Shown) -> None:
        await shown.press("n", "ctrl+s")
        assert "1 fält att se över" in shown.words
        await shown.write("Har svårt att prioritera.")
        await shown.press("ctrl+s")
        assert isinstance(shown.page, PlanPage)
        assert "Har svårt att prioritera." in shown.words

    play(meeting, listed(meeting), act)
    (plan,) = plans(world)
    assert plan.decision_id == decided.id
    assert plan.responsible_id == world.director_id
    assert plan.follow_ups == ["2026-12-08"]
    assert plan.opened_on == TODAY


def test_what_is_half_written_of_a_plan_is_there_again(meeting: Meeting) -> None:
    async def act(shown: Shown) -> None:
        await shown.press("n")
        await shown.write("Har svårt att")
        await shown.press("escape")

    async def again(shown: Shown) -> None:
        await shown.press("n")
        assert "Har svårt att" in shown.words

    play(meeting, listed(meeting), act)
    play(meeting, listed(meeting), again)


def test_each_part_is_changed_on_its_row_and_saved_at_once(meeting: Meeting) -> None:
    world = meeting.world
    plan = world.worried(world.doctors["Alva Testsson"], follow_ups=["2026-11-10"])

    async def act(shown: Shown) -> None:
        assert "skulle ha följts upp" in shown.words
        assert "3 att informera" in shown.words
        await on_row(shown, "words:measures")
        shown.page.form.set("measures", "Sit-in varje vecka.")
        await shown.press("ctrl+s")
        await on_row(shown, "follow_up:2026-11-10")
        shown.page.form.set("followed_up", "Bättre på ronden.")
        await shown.press("ctrl+s")
        await shown.press("n")
        shown.page.form.set("follow_ups", date(2026, 12, 8))
        await shown.press("ctrl+s")
        await on_row(shown, "told:verksamhetschef")
        await shown.press("ctrl+s")
        await on_row(shown, "field:extension")
        shown.page.form.set("extension_months", "1,5")
        shown.page.form.set("extension_decided_on", TODAY)
        shown.page.form.set("extension_decided_by_id", world.berit_id)
        await shown.press("ctrl+s")
        assert "1,5 månader, Berit Handledarsson, 24 nov 2026" in shown.words
        assert "2 att informera" in shown.words
        await on_row(shown, "field:shown_to")
        shown.page.query_one(Picker).select("verksamhetschef")
        await shown.press("space", "f2")
        await on_row(shown, "field:responsible")
        shown.page.query_one(Picker).select(world.berit_id)
        await shown.press("enter")
        await on_row(shown, "goal:")
        await shown.press("space", "f2")
        await on_row(shown, "field:outcome")
        shown.page.form.set("closed_on", TODAY)
        await shown.press("ctrl+s")
        assert "Skriv hur det gick." in shown.words
        shown.page.form.set("outcome", "Målen nådda.")
        await shown.press("ctrl+s")
        assert "Målen nådda." in shown.words

    play(meeting, PlanPage(plan.id), act, size=(120, 40))
    (now,) = plans(world)
    assert now.measures == "Sit-in varje vecka."
    assert now.follow_ups == ["2026-11-10", "2026-12-08"]
    assert now.followed_up == {"2026-11-10": "Bättre på ronden."}
    assert now.told == ["verksamhetschef"]
    assert now.told_on == {"verksamhetschef": "2026-11-24"}
    assert now.extension_months == 1.5
    assert now.extension_decided_by_id == world.berit_id
    assert now.shown_to == ["studierektor", "at_chef", "verksamhetschef"]
    assert now.responsible_id == world.berit_id
    assert len(now.unmet_goals) == 1
    assert (now.closed_on, now.outcome) == (TODAY, "Målen nådda.")


def test_nobody_locks_themselves_out_of_a_plan(meeting: Meeting) -> None:
    world = meeting.world
    plan = world.worried(world.doctors["Alva Testsson"])

    async def act(shown: Shown) -> None:
        await on_row(shown, "field:shown_to")
        shown.page.query_one(Picker).select("studierektor")
        await shown.press("space", "f2")
        assert any("går att se efteråt" in said or "gå att se efteråt" in said
                   for said in shown.app.heard)  # fmt: skip

    play(meeting, PlanPage(plan.id), act)
    assert RoleKind.STUDIEREKTOR in plans(world)[0].shown_to


def test_a_follow_up_to_come_has_nothing_found_and_one_written_about_stays(
    meeting: Meeting,
) -> None:
    world = meeting.world
    plan = world.worried(
        world.doctors["Alva Testsson"],
        follow_ups=["2026-11-10", "2026-12-08"],
        followed_up={"2026-11-10": "Bra."},
    )

    async def act(shown: Shown) -> None:
        await on_row(shown, "follow_up:2026-12-08")
        shown.page.form.set("followed_up", "Framtid.")
        await shown.press("ctrl+s")
        assert "Dagen har inte varit än" in shown.words
        shown.page.form.set("followed_up", "")
        await shown.press("ctrl+s")
        shown.page.query_one(Picker).select("follow_up:2026-11-10")
        await shown.press("x")
        shown.page.query_one(Picker).select("follow_up:2026-12-08")
        await shown.press("x")

    play(meeting, PlanPage(plan.id), act)
    assert plans(world)[0].follow_ups == ["2026-11-10"]


def test_the_print_is_marked_and_says_everything(meeting: Meeting, documents: Path) -> None:
    world = meeting.world
    plan = world.worried(
        world.doctors["Alva Testsson"], follow_ups=["2026-11-10"], extension_months=3,
        told=["studierektor"],
    )  # fmt: skip

    async def act(shown: Shown) -> None:
        await shown.press("p", "f2")
        await shown.until(lambda: any("Utskrivet" in said for said in shown.app.heard))

    play(meeting, PlanPage(plan.id), act)
    (path,) = documents.iterdir()
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in ("SKYDDAD", "Alva Testsson", "HEMLIG ORO", "HEMLIG ÅTGÄRD", "3 månader",
                 "verksamhetschef"):  # fmt: skip
        assert said in words


def test_a_follow_up_is_on_the_first_page_of_who_may_see_the_plan_and_no_other(
    meeting: Meeting,
) -> None:
    world = meeting.world
    doctor = world.doctors["Alva Testsson"]
    plan = world.worried(
        doctor, follow_ups=["2026-11-10", "2026-11-17", "2026-12-22"],
        followed_up={"2026-11-10": "Bra."}, responsible_id=world.ture_id,
    )  # fmt: skip
    world.worried(doctor, follow_ups=["2026-11-01"], closed_on=TODAY)
    for person, seen in ((world.director_id, 1), (world.ture_id, 1), (world.berit_id, 0)):
        with world.store.work("test") as work:
            work.set_fact("owner_id", person)
        found = glance.read(world.store.path, None, TODAY)
        assert found is not None
        with world.store.read() as work:
            due = follow_ups_due(work, viewer_of(work, person, TODAY), TODAY)
        assert [each.plan_id for each in found.follow_ups] == [each.plan_id for each in due]
        assert len(found.follow_ups) == seen
    with world.store.work("test") as work:
        work.set_fact("owner_id", world.director_id)

    async def act(shown: Shown) -> None:
        assert "Alva Testsson 17 nov uppföljning" in shown.words
        assert "tödplan" not in shown.words
        duty = next(id for id, d in shown.page._duties.items() if d.record_id == plan.id)
        shown.page.query_one(Picker).select(duty)
        await shown.press("enter")
        assert "SKYDDAD" in shown.words

    play(meeting, Today(), act)


@pytest.mark.parametrize(
    ("written", "months"), [("", None), ("0", 0.0), ("3", 3.0), ("1,5", 1.5), (" 24 ", 24.0)]
)
def test_months_are_read_as_they_are_typed(written: str, months: float | None) -> None:
    assert read_months(written) == months


@pytest.mark.parametrize("written", ["-1", "25", "tre", "nan", "inf"])
def test_what_is_no_length_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_months(written)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["list", "plan"])
def test_plans_look_as_drawn(
    snap_compare: Any, meeting: Meeting, size: tuple[int, int], what: str
) -> None:
    world = meeting.world
    plan = world.worried(
        world.doctors["Alva Testsson"],
        concern="Har svårt att prioritera på akuten och att be om hjälp i tid.",
        measures="Sit-in varje vecka. SBAR vid varje överlämning.",
        follow_ups=["2026-11-10", "2026-11-17", "2026-12-08"],
        followed_up={"2026-11-10": "Bättre på ronden, fortfarande sen med remisser."},
        responsible_id=world.director_id,
        told=["studierektor"],
        told_on={"studierektor": "2026-10-02"},
    )

    async def until(pilot: Any) -> None:
        training = world.doctors["Alva Testsson"].training_id
        page = ways.support_plans(training) if what == "list" else PlanPage(plan.id)
        pilot.app.push_screen(page)
        await settle(pilot)

    assert snap_compare(app_of(meeting, Page()), terminal_size=size, run_before=until)
