"""Introductions on screen: ticked off, the letter written once, the plan made and revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from at_tui.introductions.lists import guide_for, lines
from data import find, places
from data.find import Folder
from data.signing import set_pin
from schema.tables import Introduction, Placement, Talk, Training
from schema.words import IntroductionKind, LockStatus, SectionCode, TalkKind
from screens.introductions.letter import LetterForm
from screens.introductions.overview import IntroductionsPage
from screens.talks.view import TalkView
from tests.at_tui.clinic import TODAY, Clinic, make_clinic
from tests.screens.playing import SIZES, Act, Step, app_of, at_two, play, settle, write
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
    yield made
    made.store.close()


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def page(clinic: Clinic) -> IntroductionsPage:
    return IntroductionsPage(clinic.training_id)


def said_in(path: Path) -> str:
    return flat("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def test_points_are_ticked_off_and_kept_at_once(clinic: Clinic) -> None:
    seen = play(clinic, page(clinic), "enter", "space", "space")
    assert "2 av 14" in seen
    (record,) = folder_of(clinic).introductions
    assert (record.kind, record.held_on) == (IntroductionKind.GEMENSAM, TODAY)
    assert record.points == ["arbetsgivaren", "regler"]
    play(clinic, page(clinic), "enter", "space")
    (record,) = folder_of(clinic).introductions
    assert record.points == ["regler"]


def test_what_explains_a_point_stands_under_its_words_and_not_under_its_box(
    clinic: Clinic,
) -> None:
    seen = play(clinic, page(clinic), "enter", size=(80, 40)).splitlines()
    at, more = next((n, row) for n, row in enumerate(seen) if "Värmland: en vecka" in row)
    assert more.index("Värmland") == seen[at - 1].index("Akutkurs")


def test_everything_is_ticked_with_one_key_and_the_plan_finds_it(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "varmland"
    seen = play(clinic, page(clinic), "enter", "a", "escape")
    assert "✓ 14 av 14 punkter" in seen
    from at_tui.judge.finding import Status
    from at_tui.standing import standing

    found = standing(clinic.store, clinic.training_id, TODAY).findings
    shared = next(f for f in found if "emensam introduktion" in f.title)
    assert shared.status is Status.MET


def test_a_day_ahead_is_refused_and_another_day_is_kept(clinic: Clinic) -> None:
    to_day: list[Step] = ["enter", "space", "d", "end", *["backspace"] * 10]
    seen = flat(play(clinic, page(clinic), *to_day, write("2026-12-24")))
    assert "har inte varit än" in seen
    assert folder_of(clinic).introductions[0].held_on == TODAY
    play(clinic, page(clinic), "enter", "d", "end", *["backspace"] * 10, write("2026-01-13"))
    assert folder_of(clinic).introductions[0].held_on == date(2026, 1, 13)


def test_points_of_another_list_are_kept_and_shown(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Introduction(training_id=clinic.training_id, kind=IntroductionKind.GEMENSAM,
                         held_on=date(2026, 1, 13), points=["arbetsgivaren", "egen-punkt"])
        )  # fmt: skip
    seen = play(clinic, page(clinic), "enter", size=(120, 40))
    assert "PUNKTER FRÅN EN ANNAN LISTA" in seen
    assert "[x] egen-punkt" in seen


def test_each_placement_has_its_list_and_the_emergency_one_where_it_belongs(
    clinic: Clinic,
) -> None:
    kinds = [(line.kind, line.placement is not None) for line in lines(folder_of(clinic), TODAY)]
    assert kinds == [
        (IntroductionKind.GEMENSAM, False),
        (IntroductionKind.KLINIK, True),
        (IntroductionKind.KLINIK, True),
    ]
    with clinic.store.work("test") as work:
        stay = work.need(Placement, clinic.psychiatry_id)
        stay.section = SectionCode.INVARTES
    found = [line.kind for line in lines(folder_of(clinic), TODAY)]
    assert found.count(IntroductionKind.AKUTMOTTAGNING) == 1


def test_every_kind_of_introduction_has_a_list_with_a_source() -> None:
    for kind in IntroductionKind:
        guide = guide_for(kind)
        assert guide is not None
        assert guide.source
        assert "Arbetstext" in guide.wording


def over(words: str) -> Act:
    """Write over what stands in the text that has the focus."""

    def act(pilot: Pilot[int]) -> None:
        area = pilot.app.focused
        assert isinstance(area, TextArea)
        area.text = words

    return act


def letter(clinic: Clinic) -> LetterForm:
    return LetterForm(clinic.training_id, clinic.primary_care_id)


def test_the_letter_is_printed_from_what_is_known_and_counts_as_sent(
    clinic: Clinic, tmp_path: Path
) -> None:
    play(clinic, letter(clinic), over("En liten vårdcentral vid sjön."), "f4")
    (record,) = folder_of(clinic).introductions
    assert record.letter_on == TODAY
    assert record.letter["verksamheten"] == "En liten vårdcentral vid sjön."
    (path,) = (tmp_path / "Dokument").iterdir()
    said = said_in(path)
    for words in (
        "Välkommen till Vårdcentral A", "Hej Alva!", "1 sept 2026 till 28 feb 2027",
        "Berit Handledarsson", "Nils Exempel", "En liten vårdcentral vid sjön.",
    ):  # fmt: skip
        assert words in said, words


def test_the_next_letter_of_the_unit_begins_with_the_words_of_the_last(clinic: Clinic) -> None:
    play(clinic, letter(clinic), over("Vid sjön."), "f4")
    with clinic.store.work("test") as work:
        unit = work.need(Placement, clinic.primary_care_id).unit_id
        other = work.save(
            Placement(training_id=clinic.training_id, section=SectionCode.ALLMANMEDICIN,
                      unit_id=unit, start=date(2027, 3, 1), end=date(2027, 5, 31))
        )  # fmt: skip
    seen = play(clinic, LetterForm(clinic.training_id, other.id))
    assert "Vid sjön." in seen


def test_a_letter_that_is_written_is_not_sent_until_it_says_so(clinic: Clinic) -> None:
    play(clinic, letter(clinic), write("Hej. "), "ctrl+s")
    (record,) = folder_of(clinic).introductions
    assert record.letter_on is None
    seen = play(clinic, page(clinic))
    assert "ej skickat" in seen


def plan(clinic: Clinic) -> list[Step]:
    """Go to the plan of today's placement, fill it in, and sign."""
    return [
        "i", "tab", "tab", write("Vana vid akuten."), "tab", write("Ser fram mot egna listor."),
        "tab", write("Konsultation och rektoskopi."), "f2", *PIN, *NEW_PIN,
    ]  # fmt: skip


def test_the_individual_plan_is_made_signed_and_revised_and_both_can_be_read(
    clinic: Clinic, tmp_path: Path
) -> None:
    assert "ej upprättad" in play(clinic, page(clinic))
    seen = play(clinic, page(clinic), *plan(clinic))
    assert "höll samtalet" in seen
    old = folder_of(clinic).talks[0]
    assert (old.kind, old.placement_id) == (TalkKind.PLANERING, clinic.primary_care_id)
    assert "upprättad" in play(clinic, page(clinic))
    confirm: list[Step] = [write("1357"), "enter"]
    seen = play(
        clinic, TalkView(clinic.training_id, old.id), "r", write("ny handledare i jul"), "enter",
        *["tab"] * 4, "end", write(" Även BVC."), "f2", *PIN, *confirm,
    )  # fmt: skip
    assert "Reviderar planen" in seen
    with clinic.store.read() as work:
        both = {t.status: t for t in work.all(Talk)}
    new, old = both[LockStatus.SIGNED], both[LockStatus.CORRECTED]
    assert new.corrects_id == old.id
    assert new.answers["mal"] == "Konsultation och rektoskopi. Även BVC."
    assert old.answers["mal"] == "Konsultation och rektoskopi."
    seen = play(clinic, TalkView(clinic.training_id, new.id), "g")
    assert "reviderad" in seen
    assert "Reviderad" in seen
    assert "reviderad" in play(clinic, page(clinic))
    play(clinic, TalkView(clinic.training_id, new.id), "p")
    (path,) = (tmp_path / "Dokument").iterdir()
    said = said_in(path)
    assert "Individuell handlednings- och tjänstgöringsplan" in said
    assert "Revidering av plan nummer" in said
    assert "ny handledare i jul" in said


def test_the_list_is_printed_with_what_is_left(clinic: Clinic, tmp_path: Path) -> None:
    play(clinic, page(clinic), "enter", "space", "p")
    (path,) = (tmp_path / "Dokument").iterdir()
    said = said_in(path)
    assert "1 av 14 punkter" in said
    assert "☑ Arbetsgivaren" in said
    assert "☐ Hjärt-lungräddning" in said


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_introductions(
    clinic: Clinic, snap_compare: Any, size: tuple[int, int]
) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Introduction(training_id=clinic.training_id, placement_id=clinic.psychiatry_id,
                         kind=IntroductionKind.KLINIK, held_on=date(2026, 6, 1),
                         letter_on=date(2026, 5, 4), points=["rundvandring", "schema"])
        )  # fmt: skip

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(page(clinic))
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_a_list(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(page(clinic))
        await settle(pilot)
        for key in ("enter", "space", "space", "down", "space"):
            await pilot.press(key)
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_picture_of_the_letter(clinic: Clinic, snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(letter(clinic))
        await settle(pilot)

    assert snap_compare(app_of(clinic), run_before=before, terminal_size=size)
