"""After a meeting: its actions are ticked, its decisions corrected, and everyone gets a paper."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from at_tui.kollegium.after import actions_due
from at_tui.kollegium.live import Live
from at_tui.today import Act
from at_tui.today_kollegium import chosen, of_kollegium
from data import glance, places
from data.glance import Glance
from data.glance_kollegium import Assigned, Gathering
from data.signing import set_pin
from schema.tables import Agreement, Decision
from schema.words import AgreementOwner, LockStatus, Outcome
from screens import ways
from screens.kollegium.after import KollegiumAfter
from screens.today import Today
from screens.widgets.choice_field import ChoiceField
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.at_tui.kollegium.world import TODAY, WEEK, World, make_world
from tests.screens.kollegium_meeting import (
    PIN,
    Meeting,
    Shown,
    app_of,
    begin,
    play,
    set_up,
)
from tests.screens.playing import Heard
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
    yield made
    made.store.close()


@pytest.fixture
def held(world: World) -> Meeting:
    """A meeting that has been held and closed."""
    meeting = set_up(world)
    begin(meeting)
    with world.store.work("test") as work:
        now = work.need(type(meeting.meeting()), meeting.id)
        now.attendance = [{"name": "Disa Studierektorsson", "role": "studierektor"}]
    live = Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
    live.write("Prata om journalerna.")
    live.decide(Outcome.TALK)
    live.agree("Boka samtal", AgreementOwner.DIRECTOR, due=TODAY + WEEK)
    live.agree("Läsa på om EKG", AgreementOwner.TRAINEE)
    live.next()
    live.decide(Outcome.THIN_EVIDENCE)
    live.agree("Två DOPS till", AgreementOwner.SUPERVISOR, owner_id=world.berit_id, due=TODAY)
    live.next()
    live.decide(Outcome.ON_TRACK)
    live.close(signer_id=world.director_id, signer_name="Disa Studierektorsson")
    return meeting


def after(meeting: Meeting) -> KollegiumAfter:
    return KollegiumAfter(meeting.id)


def agreement(meeting: Meeting, words: str) -> Agreement:
    with meeting.world.store.read() as work:
        return next(a for a in work.all(Agreement) if a.text == words)


def pdf(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# Actions and decisions


def test_what_is_open_stands_first_and_is_ticked_on_the_row(held: Meeting) -> None:
    row = f"action:{agreement(held, 'Boka samtal').id}"

    async def act(shown: Shown) -> None:
        words = shown.words
        assert words.index("ATT GÖRA") < words.index("! SAMTAL") < words.index("✓ PÅ SPÅR")
        assert "3 öppna av 3" in words
        picker = shown.page.query_one(Picker)
        picker.select(row)
        await shown.press("space")
        assert "2 öppna av 3" in shown.words
        assert agreement(held, "Boka samtal").done_on == TODAY
        shown.page.query_one(Picker).select(row)
        await shown.press("space")
        assert agreement(held, "Boka samtal").done_on is None
        shown.page.query_one(Picker).select(row)
        await shown.press("x")
        assert "utgår" in shown.words
        assert agreement(held, "Boka samtal").dropped_on == TODAY

    play(held, after(held), act)


def test_a_decision_is_corrected_with_a_reason_and_a_signature(held: Meeting) -> None:
    alva = held.training("Alva Testsson")

    async def act(shown: Shown) -> None:
        shown.page.query_one(Picker).select(f"decision:{alva}")
        await shown.press("r")
        assert "Rätta beslutet om Alva Testsson" in shown.words
        shown.page.form.set("outcome", Outcome.ON_TRACK)
        await shown.press("ctrl+s")
        assert "1 fält att se över" in shown.words
        shown.page.form.set("correction_reason", "Fel rad markerad.")
        await shown.press("ctrl+s")
        await shown.write(PIN)
        await shown.press("enter")
        assert isinstance(shown.page, KollegiumAfter)
        shown.page.query_one(Picker).select(f"decision:{alva}")
        await shown.rest()
        assert "rättat: Fel rad markerad." in shown.words

    play(held, after(held), act)
    with held.world.store.read() as work:
        found = work.all(Decision, Decision.training_id == alva, Decision.kollegium_id == held.id)
    by_status = {each.status: each for each in found}
    new, old = by_status[LockStatus.SIGNED], by_status[LockStatus.CORRECTED]
    assert (old.outcome, new.outcome, new.corrects_id) == (
        Outcome.TALK, Outcome.ON_TRACK, old.id,
    )  # fmt: skip
    assert agreement(held, "Boka samtal").origin_id == new.id


def test_without_the_pin_nothing_is_corrected(held: Meeting) -> None:
    alva = held.training("Alva Testsson")

    async def act(shown: Shown) -> None:
        shown.page.query_one(Picker).select(f"decision:{alva}")
        await shown.press("r")
        shown.page.form.set("correction_reason", "Fel rad markerad.")
        await shown.press("ctrl+s")
        await shown.write("1111")
        await shown.press("enter", "escape", "escape")

    play(held, after(held), act)
    with held.world.store.read() as work:
        found = work.all(Decision, Decision.training_id == alva, Decision.kollegium_id == held.id)
    assert [each.status for each in found] == [LockStatus.SIGNED]


def test_a_meeting_that_is_not_closed_says_so_and_is_gone_on_with(world: World) -> None:
    meeting = set_up(world)
    begin(meeting)

    async def act(shown: Shown) -> None:
        assert "inte avslutat" in shown.words
        await shown.press("f2")
        assert "FÖRRA GÅNGEN" in shown.words

    play(meeting, after(meeting), act)


def test_a_meeting_that_was_closed_without_anyone_asks_nobody_to_hold_it(world: World) -> None:
    meeting = set_up(world)
    empty = world.meeting(TODAY - 26 * WEEK, closed_on=TODAY - 26 * WEEK)

    async def act(shown: Shown) -> None:
        assert "avslutades utan att någon togs upp" in shown.words
        assert "F2" not in shown.words

    play(meeting, KollegiumAfter(empty.id), act)


# Papers


def print_what(what: str) -> Any:
    async def act(shown: Shown) -> None:
        await shown.press("p")
        shown.page.query_one(ChoiceField).value = what
        await shown.press("f2")
        await shown.until(lambda: any("tskriv" in said for said in shown.app.heard))

    return act


def test_the_minutes_say_who_was_there_what_was_decided_and_who_does_what(
    held: Meeting, documents: Path
) -> None:
    held.world.worried(held.world.doctors["Alva Testsson"])
    play(held, after(held), print_what("minutes"))
    (path,) = documents.iterdir()
    assert path.name == "Kollegieprotokoll 2026-11-24.pdf"
    words = pdf(path)
    for said in ("Disa Studierektorsson (studierektor)", "Prata om journalerna.", "Alva Testsson",
                 "Nils Exempel", "Åsa Provdahl", "Boka samtal", "Läsa på om EKG", "Berit Handl",
                 "Avslutat och signerat av Disa Studierektorsson"):  # fmt: skip
        assert said in words
    assert "HEMLIG" not in words


def test_each_supervisor_has_a_slip_about_their_own_and_each_doctor_one(
    held: Meeting, documents: Path
) -> None:
    play(held, after(held), print_what("each"))
    names = sorted(path.name for path in documents.iterdir())
    assert names == [
        f"Kollegieåterkoppling {name} 2026-11-24.pdf"
        for name in ("Alva Testsson", "Berit Handledarsson", "Nils Exempel", "Åsa Provdahl")
    ]
    nils = pdf(documents / "Kollegieåterkoppling Nils Exempel 2026-11-24.pdf")
    assert "Två DOPS till" in nils
    assert "Alva" not in nils
    assert "inte en brist hos dig" in nils
    berit = pdf(documents / "Kollegieåterkoppling Berit Handledarsson 2026-11-24.pdf")
    assert "Det här gör du" in berit


def test_slips_of_one_kind_lie_in_one_file_to_hand_out(held: Meeting, documents: Path) -> None:
    play(held, after(held), print_what("doctors"))
    (path,) = documents.iterdir()
    assert path.name == "Kollegieåterkoppling läkare 2026-11-24.pdf"
    assert len(pypdf.PdfReader(path).pages) == 3


# On the first page


def today(meeting: Meeting, author: str) -> Heard:
    with meeting.world.store.work("test") as work:
        work.set_fact("owner_id", author)
    return app_of(meeting, Today(), author=author)


def test_an_action_is_on_the_first_page_of_its_owner_until_it_is_done(held: Meeting) -> None:
    app = today(held, held.world.berit_id)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            shown = Shown(app, pilot, held)
            await shown.rest()
            assert "Två DOPS till" in shown.words
            assert "Boka samtal" not in shown.words
            duty = next(id for id, d in app.screen._duties.items()  # type: ignore[attr-defined]
                        if d.record_id == agreement(held, "Två DOPS till").id)  # fmt: skip
            app.screen.query_one(Picker).select(duty)
            await shown.press("enter")
            assert "Gäller Nils Exempel. AT-kollegium tis 24 nov 2026." in shown.words
            await shown.press("j")
            await shown.until(lambda: "Två DOPS till" not in shown.words)

    asyncio.run(go())
    assert agreement(held, "Två DOPS till").done_on == TODAY


def test_the_first_page_has_the_same_actions_as_the_records(held: Meeting) -> None:
    world = held.world
    role_less = world.add("Elsa Exempel")
    world.decided(role_less, held.before, Outcome.TALK, "", ("Senare", TODAY + 4 * WEEK))
    for person in (world.director_id, world.berit_id, world.ture_id):
        with world.store.work("test") as work:
            work.set_fact("owner_id", person)
        found = glance.read(world.store.path, None, TODAY)
        assert found is not None
        with world.store.read() as work:
            due = actions_due(work, person, TODAY)
        assert [each.id for each in found.assigned] == [each.agreement_id for each in due]
        assert [each.due for each in found.assigned] == [each.due for each in due]
    with world.store.work("test") as work:
        work.set_fact("owner_id", world.director_id)
    found = glance.read(world.store.path, None, TODAY)
    assert found is not None
    assert [each.text for each in found.assigned] == ["Boka samtal"]


def test_an_action_of_ones_own_is_told_once(held: Meeting) -> None:
    world = held.world
    with world.store.work("test") as work:
        work.set_fact("owner_id", world.berit_id)
    later = TODAY + 2 * WEEK
    found = glance.read(world.store.path, None, later)
    assert found is not None
    told = [promise.text for doctor in found.doctors for promise in doctor.promises]
    assert "Två DOPS till" in [each.text for each in found.assigned]
    assert "Två DOPS till" not in told


def test_the_meeting_of_the_day_is_on_the_first_page_of_who_leads_it(world: World) -> None:
    meeting = set_up(world)
    app = today(meeting, world.director_id)

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            shown = Shown(app, pilot, meeting)
            await shown.rest()
            assert "AT-kollegium i dag klockan 13.00" in shown.words
            await shown.press("enter")
            assert "BEHÖVER SAMTAL" in shown.words
            assert "3 av 3" in shown.words

    asyncio.run(go())
    for person, days, seen in (
        (world.berit_id, 0, False), (world.director_id, 1, False), (world.director_id, 0, True),
    ):  # fmt: skip
        with world.store.work("test") as work:
            work.set_fact("owner_id", person)
        found = glance.read(world.store.path, None, date.fromordinal(TODAY.toordinal() + days))
        assert found is not None
        assert bool(found.gatherings) is seen
    begin(meeting)
    found = glance.read(world.store.path, None, TODAY + WEEK)
    assert found is not None
    assert [each.opened for each in found.gatherings] == [True]


def test_the_kollegiums_actions_are_seen_however_much_else_there_is() -> None:
    def action(number: int, due: date | None) -> Assigned:
        return Assigned(f"a{number}", "t", f"u{number}", "Alva", "at", "Boka", due, "M", TODAY)

    seen = Glance(
        assigned=[action(1, TODAY - WEEK), action(2, TODAY + WEEK), action(3, None)],
        gatherings=[Gathering("m", "AT-kollegium", TODAY, "", opened=False)],
    )
    mine = of_kollegium(seen, TODAY)
    assert [duty.act for duty in mine] == [Act.MEETING, Act.AGREED, Act.AGREED, Act.AGREED]
    other = [
        type(mine[0])(mine[1].doctor, Act.SESSION, 0, TODAY, "planned", {}, f"s{number}")
        for number in range(20)
    ]
    shown = chosen(other, mine, 5)
    assert [duty.record_id for duty in shown][:2] == ["m", "a1"]
    assert len(shown) == 5
    assert "a2" in [duty.record_id for duty in shown]


# How it looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["after", "print", "correct"])
def test_what_comes_after_looks_as_drawn(
    snap_compare: Any, held: Meeting, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int],
    what: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(places, "documents_folder", lambda: Path("/home/disa/Dokument"))

    async def until(pilot: Any) -> None:
        pilot.app.push_screen(ways.kollegium_after(held.id))
        await settle(pilot, "minutes")
        if what == "print":
            await pilot.press("p")
        elif what == "correct":
            alva = f"decision:{held.training('Alva Testsson')}"
            pilot.app.screen.query_one(Picker).select(alva)
            await pilot.press("r")
        await settle(pilot, "minutes")

    assert snap_compare(app_of(held, Page()), terminal_size=size, run_before=until)


def test_the_pin_is_the_one_of_who_sits_here(held: Meeting) -> None:
    with held.world.store.work("test") as work:
        set_pin(work, held.world.berit_id, "9753")
    alva = held.training("Alva Testsson")

    async def act(shown: Shown) -> None:
        shown.page.query_one(Picker).select(f"decision:{alva}")
        await shown.press("r")
        shown.page.form.set("correction_reason", "Skrivfel.")
        await shown.press("ctrl+s")
        assert "Berit Handledarsson" in shown.words

    play(held, after(held), act, author=held.world.berit_id)
