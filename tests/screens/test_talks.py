"""The longer talks on screen: open filled in, agreed, signed by both, put right and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot

from at_tui.correcting import sign_form
from at_tui.goal_map import goal_map, mark_goals
from at_tui.signer import Signer
from at_tui.today import Act, Duty
from data import find, places
from data.signing import set_pin
from schema.tables import Absence, Agreement, Supervision, Talk, Training
from schema.words import (
    AbsenceKind,
    AgreementOwner,
    CancelReason,
    LockStatus,
    SupervisionStatus,
    TalkKind,
)
from screens import ways
from screens.talks.opening import TalkOpening, talk_page
from screens.talks.overview import TalksPage
from screens.talks.view import TalkView
from screens.talks.words import room_for
from screens.today import Today
from tests.at_tui.clinic import TODAY, Clinic, around, curriculum, instrument, make_clinic, mini_cex
from tests.screens.playing import SIZES, Step, app_of, at_two, play, settle, write
from tests.screens.settling import flat

PIN: list[Step] = [write("2468"), "enter"]
NEW_PIN: list[Step] = [write("1357"), "enter", write("1357"), "enter"]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    at_two(monkeypatch)
    monkeypatch.setattr(places, "documents_folder", lambda: tmp_path / "Dokument")
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        set_pin(work, made.supervisor_id, "2468")
    fill(made)
    yield made
    made.store.close()


def fill(clinic: Clinic) -> None:
    """Write what a placement of three months leaves behind."""
    with clinic.store.work("test") as work:
        for week in range(9):
            held = week != 4
            work.save(
                Supervision(
                    training_id=clinic.training_id,
                    placement_id=clinic.primary_care_id,
                    supervisor_id=clinic.supervisor_id,
                    day=date(2026, 9, 3) + timedelta(weeks=week),
                    status=SupervisionStatus.HELD if held else SupervisionStatus.PLANNED,
                )
            )
        work.save(
            Absence(training_id=clinic.training_id, kind=AbsenceKind.SJUK,
                    start=date(2026, 10, 5), end=date(2026, 10, 7))
        )  # fmt: skip
        work.save(
            Agreement(training_id=clinic.training_id, text="Boka två rektoskopier",
                      owner=AgreementOwner.SUPERVISOR, agreed_on=date(2026, 10, 1),
                      due=date(2026, 11, 1))
        )  # fmt: skip
        for day, level in ((date(2026, 9, 20), 3), (date(2026, 11, 2), 4)):
            form = mini_cex(clinic.training_id)
            form.day, form.placement_id = day, clinic.primary_care_id
            form.assessor_id = clinic.examiner_id
            form.answers = {**form.answers, "anamnes": level, "status": level}
            signer = Signer(clinic.examiner_id, "Nils Exempel")
            sign_form(work, instrument("mini-cex"), form, around(), signer)
    with clinic.store.read() as work:
        folder = find.folder(work, clinic.training_id)
    section = next(s for s in goal_map(folder, curriculum()) if s.section == "allmanmedicin")
    with clinic.store.work("test") as work:
        mark_goals(
            work, training_id=clinic.training_id, curriculum_id="at-sosfs-1999-5",
            lines=section.lines[:4], by_id=clinic.supervisor_id, on=date(2026, 11, 1), note="sett",
        )  # fmt: skip


def talk(clinic: Clinic) -> Talk:
    with clinic.store.read() as work:
        return work.all(Talk)[0]


def halfway(clinic: Clinic) -> TalkOpening:
    page = talk_page(clinic.training_id, "halvtid")
    assert isinstance(page, TalkOpening)
    return page


LEVELS: list[Step] = [*"322333"]
FILLED: list[Step] = [
    "tab", "tab", write("Lugn i akuta lägen."), "tab", write("Be om hjälp tidigare."), "tab",
    *LEVELS, "2", "tab",
]  # fmt: skip
AGREED: list[Step] = [
    write("Två DOPS före jul"), "tab", "tab", write("18 dec"), "tab",
    write("Auskultation på BVC"), "tab", "right", "tab", write("15 jan 2027"), "tab",
    write("Egen tid för journaler"),
]  # fmt: skip


def test_the_page_opens_filled_in_with_what_the_records_say(clinic: Clinic) -> None:
    seen = flat(play(clinic, halfway(clinic), size=(120, 60)))
    for words in (
        "Vårdcentral A, allmänmedicin, v 13 av 26",
        "8 samtal, 8 h, 8 av 13 veckor",
        "sjuk 3 d",
        "2 mini-CEX",
        "4 av ",
        "Boka två rektoskopier",
        "Sammanfattade för patienten innan undersökningen.",
        "4 av 5",
    ):
        assert words in seen, words


def test_what_the_records_say_stands_apart_from_its_name(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Supervision(training_id=clinic.training_id, placement_id=clinic.primary_care_id,
                        supervisor_id=clinic.supervisor_id, day=date(2026, 11, 5),
                        status=SupervisionStatus.CANCELLED,
                        cancel_reason=CancelReason.SUPERVISOR_ILL)
        )  # fmt: skip
    seen = play(clinic, halfway(clinic), size=(120, 60))
    assert re.search(r"allmänmedicin  \d+ av \d+ nådda", seen)
    assert "☐ Boka två rektoskopier  " in seen
    assert ", 1 inställt\n" in re.sub(" +\n", "\n", seen)


def test_three_agreements_and_two_signatures_make_a_locked_talk(clinic: Clinic) -> None:
    seen = play(clinic, halfway(clinic), *FILLED, *AGREED, "f2", *PIN, *NEW_PIN)
    assert "höll samtalet" in seen
    assert "tog del" in seen
    record = talk(clinic)
    assert record.status == LockStatus.SIGNED
    assert (record.kind, record.held_on) == (TalkKind.HALVTID, TODAY)
    assert record.placement_id == clinic.primary_care_id
    assert record.with_id == clinic.supervisor_id
    assert record.answers["utfall"] == "andrad-plan"
    assert record.basis["held"] == 8
    with clinic.store.read() as work:
        found = find.folder(work, clinic.training_id)
    agreed = [a for a in found.agreements if a.origin_id == record.id]
    assert [(a.text, a.owner, a.due) for a in sorted(agreed, key=lambda a: a.id)] == [
        ("Två DOPS före jul", AgreementOwner.TRAINEE, date(2026, 12, 18)),
        ("Auskultation på BVC", AgreementOwner.SUPERVISOR, date(2027, 1, 15)),
        ("Egen tid för journaler", AgreementOwner.TRAINEE, None),
    ]
    assert {a.origin_kind for a in agreed} == {"Talk"}
    meanings = [str(s.meaning) for s in found.signatures_of(record.id)]
    assert meanings == ["assesses", "takes_part"]


def test_an_unconfirmed_talk_says_so_and_can_be_confirmed_later(clinic: Clinic) -> None:
    seen = play(clinic, halfway(clinic), *FILLED, "f2", *PIN, "escape")
    assert "ej bekräftad" in seen.lower()
    assert "ej bekräftat" in play(clinic, TalksPage(clinic.training_id), size=(120, 40))
    page = TalkView(clinic.training_id, talk(clinic).id)
    assert "tog del" in play(clinic, page, "b", *NEW_PIN)


def test_what_is_missing_is_told_before_it_is_signed(clinic: Clinic) -> None:
    seen = play(clinic, halfway(clinic), "f2")
    assert "Fyll i: Återkoppling" in seen
    seen = play(clinic, halfway(clinic), "tab", "tab", write("Bra."), "f2", size=(120, 60))
    assert "Fyll i" in seen or "Något fattas" in seen
    with clinic.store.read() as work:
        assert work.all(Talk) == []


def test_a_talk_cannot_have_been_held_tomorrow(clinic: Clinic) -> None:
    clear: list[Step] = ["end", *["backspace"] * 10]
    seen = flat(play(clinic, halfway(clinic), *clear, write("imorgon"), "ctrl+s"))
    assert "den dagen har inte varit" in seen
    seen = flat(play(clinic, halfway(clinic), *clear, write("1 jan 2026"), "ctrl+s"))
    assert "Tjänstgöringen började 2026-01-12" in seen


def test_a_draft_waits_and_an_unsigned_talk_is_found_again(clinic: Clinic) -> None:
    play(clinic, halfway(clinic), "tab", "tab", write("Halvfärdigt."), "ctrl+s")
    record = talk(clinic)
    assert record.status == LockStatus.DRAFT
    seen = play(clinic, halfway(clinic), size=(120, 60))
    assert "Halvfärdigt." in seen
    play(clinic, halfway(clinic), "tab", "tab", "end", write(" Mer."), "escape")
    seen = play(clinic, halfway(clinic), size=(120, 60))
    assert "Halvfärdigt. Mer." in seen
    with clinic.store.read() as work:
        assert len(work.all(Talk)) == 1


def signed(clinic: Clinic) -> Talk:
    play(clinic, halfway(clinic), *FILLED, *AGREED, "f2", *PIN, *NEW_PIN)
    return talk(clinic)


def test_a_correction_replaces_the_old_and_both_can_be_read(clinic: Clinic) -> None:
    old = signed(clinic)
    page = TalkView(clinic.training_id, old.id)
    confirm: list[Step] = [write("1357"), "enter"]
    seen = play(
        clinic, page, "r", write("fel ord"), "enter", "tab", "tab", "end", write(" Alltid."), "f2",
        *PIN, *confirm,
    )  # fmt: skip
    assert "Rättar versionen" in seen
    with clinic.store.read() as work:
        both = {t.corrects_id: t for t in work.all(Talk)}
    assert both[None].status == LockStatus.CORRECTED
    assert both[old.id].status == LockStatus.SIGNED
    assert both[old.id].correction_reason == "fel ord"
    with clinic.store.read() as work:
        agreed = work.all(Agreement, Agreement.origin_id == both[old.id].id)
    assert len(agreed) == 3
    seen = play(clinic, TalkView(clinic.training_id, both[old.id].id), "g")
    assert "Rättat" in seen
    assert "Lugn i akuta lägen." in seen


def test_a_voided_talk_is_read_and_its_open_agreements_are_dropped(clinic: Clinic) -> None:
    old = signed(clinic)
    seen = play(clinic, TalkView(clinic.training_id, old.id), "v", write("fel person"), "enter")
    assert "fel person" in seen
    record = talk(clinic)
    assert record.status == LockStatus.VOIDED
    with clinic.store.read() as work:
        agreed = work.all(Agreement, Agreement.origin_id == old.id)
    assert {a.dropped_on for a in agreed} == {TODAY}


def test_the_basis_stays_as_both_saw_it(clinic: Clinic) -> None:
    old = signed(clinic)
    with clinic.store.work("test") as work:
        for session in work.all(Supervision):
            work.remove(session)
    seen = flat(play(clinic, TalkView(clinic.training_id, old.id), "end", size=(120, 60)))
    assert "8 samtal, 8 h" in seen


def test_the_talk_is_printed_with_agreements_basis_and_signatures(
    clinic: Clinic, tmp_path: Path
) -> None:
    old = signed(clinic)
    play(clinic, TalkView(clinic.training_id, old.id), "p")
    (path,) = (tmp_path / "Dokument").iterdir()
    said = flat("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
    for words in (
        "Halvtidsuppföljning", "Alva Testsson", "Två DOPS före jul", "planen ändras",
        "8 samtal, 8 h", "Berit Handledarsson", "delvis",
    ):  # fmt: skip
        assert words in said, words


def test_a_talk_is_found_among_the_documents_and_opens_where_it_is_printed(clinic: Clinic) -> None:
    there = partial(ways.page, clinic.training_id, "documents")
    assert "Halvtidsuppföljning" not in play(clinic, there(), size=(120, 40))
    signed(clinic)
    seen = play(clinic, there(), "end", size=(120, 40))
    row = next(line for line in seen.splitlines() if "Halvtidsuppföljning" in line)
    assert "Berit" in row
    assert "● signerad" in row
    seen = play(clinic, there(), "end", "enter", size=(120, 40))
    assert "p PDF" in seen


def test_the_list_tells_what_the_plan_asks_for_and_what_was_held(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "varmland"
    asked = "Halvtidsuppföljning i placeringar"
    seen = play(clinic, TalksPage(clinic.training_id), size=(120, 40))
    assert seen.count(asked) == 2
    assert "planens giltighet har gått ut" in seen
    signed(clinic)
    seen = play(clinic, TalksPage(clinic.training_id), size=(120, 40))
    assert seen.count(asked) == 1  # the one of psychiatry, which is over
    assert "Vårdcentral A · Berit" in seen


def test_a_plan_that_names_no_placement_has_its_names_whole(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "dalarna"
    seen = play(clinic, TalksPage(clinic.training_id), size=(80, 24))
    assert "Muntlig utvärdering vid 17 månader" in seen


@pytest.mark.parametrize("width", [80, 100, 120])
def test_what_the_records_say_is_folded_within_the_window(clinic: Clinic, width: int) -> None:
    def fits(pilot: Pilot[int]) -> None:
        basis = pilot.app.screen.query_one("#basis")
        assert 0 <= basis.content_size.width - room_for(width) <= 3

    play(clinic, halfway(clinic), fits, size=(width, 24))


def test_what_the_plan_asks_for_is_opened_for_its_placement(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "varmland"
    seen = play(clinic, TalksPage(clinic.training_id), "enter", size=(120, 90))
    assert "Planeringssamtal · Alva Testsson" in seen
    assert "Vårdcentral A, allmänmedicin" in seen
    assert "Målen för placeringen" in seen


def test_a_talk_is_booked_and_opened_when_its_day_has_come(clinic: Clinic) -> None:
    day: list[Step] = ["tab", "end", *["backspace"] * 10, write("idag")]
    chosen: list[Step] = ["m", "m"]
    play(clinic, TalksPage(clinic.training_id), "b", *chosen, *day, "ctrl+s")
    record = talk(clinic)
    assert (record.kind, record.booked_on) == (TalkKind.MEDARBETARSAMTAL, TODAY)
    assert record.held_on is None
    seen = play(clinic, TalksPage(clinic.training_id), "enter", size=(120, 40))
    assert "Medarbetarsamtal · Alva Testsson" in seen


def test_a_day_gone_by_cannot_be_booked(clinic: Clinic) -> None:
    day: list[Step] = ["tab", "end", *["backspace"] * 10, write("igår")]
    seen = flat(play(clinic, TalksPage(clinic.training_id), "b", "m", *day, "ctrl+s"))
    assert "Den dagen har redan varit" in seen
    with clinic.store.read() as work:
        assert work.all(Talk) == []


def test_an_unsigned_talk_can_be_taken_away(clinic: Clinic) -> None:
    play(clinic, halfway(clinic), "tab", "tab", write("Fel."), "ctrl+s")
    seen = play(clinic, TalksPage(clinic.training_id), "end", "delete", "j")
    assert "Inga samtal än" in seen
    with clinic.store.read() as work:
        assert work.all(Talk) == []


@pytest.mark.parametrize("kind", ["", "mittsamtal"])
def test_the_halfway_duty_of_idag_opens_the_talk(clinic: Clinic, kind: str) -> None:
    """Which duties come first is the first page's own matter; here one is done."""
    page = Today()

    def do_it(_: object) -> None:
        doctor = next(iter(page._doctors.values()))
        page._do(Duty(doctor, Act.TALK, 3, TODAY, "midway", instrument_id=kind))

    seen = play(clinic, page, do_it, size=(120, 40))
    assert f"{'Mittsamtal' if kind else 'Halvtidsuppföljning'} · Alva Testsson" in seen
    assert "DET HÄR STÅR I REGISTRET" in seen


@pytest.mark.parametrize("kind", list(TalkKind))
def test_every_kind_of_talk_has_its_page(clinic: Clinic, kind: TalkKind) -> None:
    seen = play(clinic, talk_page(clinic.training_id, str(kind)), size=(120, 90))
    assert "DET HÄR STÅR I REGISTRET" in seen
    assert "ÖVERENSKOMMELSER" in seen


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_page(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(halfway(clinic))
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_reading(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    old = signed(clinic)

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(TalkView(clinic.training_id, old.id))
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_list(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "varmland"
        work.save(Talk(training_id=clinic.training_id, kind=TalkKind.PLANERING,
                       held_on=date(2026, 1, 22), with_id=clinic.supervisor_id))  # fmt: skip
        work.save(Talk(training_id=clinic.training_id, kind=TalkKind.AT_CHEF,
                       booked_on=date(2026, 12, 3), with_id=clinic.examiner_id))  # fmt: skip

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(TalksPage(clinic.training_id))
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)
