"""The pack of a kollegium, read back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdf
import pytest

from at_tui.documents.kollegium_pack import kollegium_pack_pdf
from at_tui.documents.slip import slips_pdf
from at_tui.kollegium.cohort import cases_of
from at_tui.kollegium.judging import judge_all
from at_tui.kollegium.minutes import doctor_slips, minutes_of, supervisor_slips
from at_tui.kollegium.pack import Cancelled, Pack, PackOptions, make_pack
from schema.words import CancelReason, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World

Pages = Callable[[bytes], list[str]]


def rich(world: World, name: str = "Åsa Ärlig-Öst") -> None:
    """Write a doctor about whom there is something in every part of the page."""
    doctor = world.add(name)
    world.place(
        doctor, section="psykiatri", unit_id=world.ward_id, start=date(2026, 2, 2),
        end=date(2026, 8, 31), supervisor_id=world.ture_id,
    )  # fmt: skip
    world.met(doctor, [date(2026, 9, 3), date(2026, 9, 10), date(2026, 11, 12)])
    world.cancelled(doctor, date(2026, 9, 17), CancelReason.WORKLOAD)
    for number, level in enumerate((2, 3, 3, 4)):
        world.observed(
            doctor, date(2026, 9, 7) + number * WEEK, level, level,
            said=[f"Behöll lugnet {number}", f"Fråga tidigare {number}"],
        )  # fmt: skip
    for day in (date(2026, 9, 30), date(2026, 10, 28)):
        world.fed_back(doctor, day, *[3] * 15, 4, behalla="Trygg på jouren")
    world.marked(doctor, "5:2:4")
    meeting = world.meeting(date(2026, 5, 26))
    world.decided(
        doctor, meeting, Outcome.TALK, "Prata om jouren.", ("fler DOPS", date(2026, 9, 1))
    )


def pack(world: World, **options: Any) -> Pack:
    shelf = world.shelf(may_see=lambda plan: True)
    cases = cases_of(shelf, world.sources, judge_all(shelf, world.sources))
    return make_pack(
        cases, shelf, options=PackOptions(**options), title="Underlag till AT-kollegium",
        number="K-2026-11", day=TODAY, issued_on=TODAY, region="Region Exempel",
        author="Disa Studierektorsson", salt="s",
    )  # fmt: skip


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return each font's name and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            entry: Any = font.get_object()
            descriptor = entry["/FontDescriptor"].get_object()
            found[str(entry["/BaseFont"])] = "/FontFile2" in descriptor
    return found


def test_every_doctor_has_one_page_and_no_page_is_empty(world: World, pages: Pages) -> None:
    names = ["Åsa Ärlig-Öst", "Bo Exempel", "Cia Provsson"]
    for name in names:
        rich(world, name)
    found = pages(kollegium_pack_pdf(pack(world)))
    assert len(found) == 1 + len(names)
    for name in names:
        assert sum(name in page for page in found[1:]) == 1
        assert name in found[0]
    assert all(len(page) > 300 for page in found)


def test_the_index_gives_the_right_page_numbers(world: World, pages: Pages) -> None:
    names = [f"Nils Exempel{number:02d}" for number in range(40)]
    for name in names:
        world.add(name)
    found = pages(kollegium_pack_pdf(pack(world)))
    index = [page for page in found if "Varför Sida" in page or "Vad underlaget" in page]
    where = {name: number for number, page in enumerate(found, start=1) for name in names
             if f"{name} " in page and "EJ HÖRDA" in page}  # fmt: skip
    assert sorted(where) == names
    # The numbers are written last on each page of the index, in the order of its rows.
    for page in index:
        rows = re.findall(r"Nils Exempel\d\d", page)
        last = page.split()[-len(rows) :]
        assert [where[name] for name in rows] == [int(number) for number in last]


def test_last_times_decision_and_actions_stand_before_everything_else(
    world: World, pages: Pages
) -> None:
    rich(world)
    page = pages(kollegium_pack_pdf(pack(world)))[1]
    places = [
        page.index(words)
        for words in (
            "Åsa Ärlig-Öst", "Förra gången, 26 maj 2026: samtal", "Prata om jouren.",
            "☐ fler DOPS (Berit Handledarsson, till 1 sept 2026, försenat)",
            "VARFÖR I DEN HÄR GRUPPEN", "PLACERINGAR", "HANDLEDNING", "NIVÅ ÖVER TID",
            "MED DERAS EGNA ORD", "MÅL: UPPFYLLDA", "KRAV ATT SE PÅ", "EJ HÖRDA", "BESLUT",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_page_shows_what_the_meeting_needs(world: World, pages: Pages) -> None:
    rich(world)
    page = pages(kollegium_pack_pdf(pack(world)))[1]
    for words in (
        "allmänmedicin · v 13 av 26 · Vårdcentral Granen · handledare Berit Handledarsson",
        "försenat från tidigare kollegium: fler DOPS (Inget från tidigare kollegier är försenat)",
        "3 av 13 veckor, 3 av 4 samtal. Inställt: belastning 1.",
        "4/5",
        "Nattarbete och jour",
        "i 2 dokument",
        "»Behöll lugnet",
        "1 av 16",
    ):
        assert words in page, words


def test_the_pack_says_what_it_was_built_from(world: World, pages: Pages) -> None:
    rich(world)
    found = pages(kollegium_pack_pdf(pack(world)))
    index = found[0]
    for words in (
        "Vad underlaget bygger på", "Uppgifter till och med 24 nov 2026",
        "Sortering inför kollegiet", "standard 1", "Minst 4 observationer på ett halvår",
        "Stödplaner är inte med",
        "Handledarnas samtalsanteckningar är inte med",
    ):  # fmt: skip
        assert words in index, words
    for number, page in enumerate(found, start=1):
        assert f"sida {number} av {len(found)}" in page
        assert "underlag till och med 2026-11-24" in page


def test_all_fonts_are_embedded_and_swedish_letters_are_right(world: World, pages: Pages) -> None:
    rich(world)
    pdf = kollegium_pack_pdf(pack(world))
    assert fonts(pdf)
    assert all(fonts(pdf).values()), fonts(pdf)
    assert "Åsa Ärlig-Öst" in pages(pdf)[1]


def test_the_same_pack_gives_the_same_bytes(world: World) -> None:
    rich(world)
    assert kollegium_pack_pdf(pack(world)) == kollegium_pack_pdf(pack(world))


STRANGE = ["N" * 120, "[bold]Alva[/bold]", "<b>Åsa & <font name='x'>", "عائشة أحمد", "A\u202eva"]


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_stops_nothing(world: World, pages: Pages, name: str) -> None:
    rich(world, name)
    found = pages(kollegium_pack_pdf(pack(world)))
    assert len(found) >= 2
    if name.isascii():
        # Lines are broken inside a word that is longer than they are.
        assert name.replace(" ", "") in "".join(found[1:]).replace(" ", "")


def test_long_text_goes_on_over_the_next_page_and_none_of_it_is_lost(
    world: World, pages: Pages
) -> None:
    doctor = world.add()
    words = " ".join(f"ord{number:04d}" for number in range(1250))
    assert len(words) > 9_900
    world.observed(doctor, date(2026, 11, 2), 3, said=[words])
    world.decided(doctor, world.meeting(date(2026, 5, 26)), Outcome.TALK, words)
    found = pages(kollegium_pack_pdf(pack(world)))
    said = " ".join(found)
    for number in range(1250):
        assert said.count(f"ord{number:04d}") == 2
    assert all(len(page) > 300 for page in found)


def test_a_word_of_ten_thousand_letters_stops_nothing(world: World) -> None:
    doctor = world.add()
    world.observed(doctor, date(2026, 11, 2), 3, said=["x" * 10_000])
    world.decided(doctor, world.meeting(date(2026, 5, 26)), Outcome.TALK, "y" * 10_000)
    assert len(pypdf.PdfReader(io.BytesIO(kollegium_pack_pdf(pack(world)))).pages) >= 2


def test_a_doctor_without_records_has_a_page_that_says_what_lacks(
    world: World, pages: Pages
) -> None:
    world.add("Tom Tomsson", placed=False, programme_id="atlantis", curriculum_id="borta")
    page = pages(kollegium_pack_pdf(pack(world)))[1]
    for words in (
        "inga uppgifter inlagda", "programmet atlantis saknas här", "Inga placeringar är inlagda",
        "Inget tidigare kollegium", "Inga signerade observationer", "Ingen har skrivit något",
        "Målbeskrivningen saknas", "Inte prövat", "Ingen placering i dag",
    ):  # fmt: skip
        assert words in page, words


def test_someone_with_two_trainings_at_once_is_told_of_and_comes_up_once(
    world: World, pages: Pages
) -> None:
    from schema.tables import Training

    doctor = world.add("Alva Testsson")
    world.save(Training(trainee_id=doctor.trainee_id, start=date(2026, 6, 1), end=date(2027, 6, 1)))
    found = pages(kollegium_pack_pdf(pack(world)))
    assert len(found) == 2
    assert "två tjänstgöringar samtidigt, även 2026-01-12 – 2027-10-11" in found[1]


def test_placements_with_wrong_years_stop_nothing(world: World) -> None:
    doctor = world.add(placed=False)
    world.place(doctor, start=date(2026, 9, 1), end=date(2199, 1, 1))
    world.place(doctor, start=date(1950, 1, 1), end=date(1950, 1, 2), unit_id=None)
    world.away(doctor, date(1950, 1, 1), date(2100, 1, 1))
    assert kollegium_pack_pdf(pack(world))


def test_a_pack_of_nobody_says_so(world: World, pages: Pages) -> None:
    found = pages(kollegium_pack_pdf(pack(world)))
    assert len(found) == 1
    assert "Ingen stämmer" in found[0]


def test_a_support_plan_is_never_in_a_pack_by_accident(
    world: World, read: Callable[[bytes], str]
) -> None:
    rich(world)
    world.worried(world.doctors["Åsa Ärlig-Öst"], follow_ups=["2026-12-01"])
    ordinary = read(kollegium_pack_pdf(pack(world)))
    assert "HEMLIG" not in ordinary
    assert "Stödplan sedan" not in ordinary
    assert "en stödplan är öppen" not in ordinary
    asked = read(kollegium_pack_pdf(pack(world, with_plans=True)))
    assert "Stödplan sedan 1 okt 2026, nästa uppföljning 1 dec 2026 (visas för sig)." in asked
    assert "Lämna det inte vidare" in asked
    assert "en stödplan är öppen" in asked
    assert "HEMLIG" not in asked


def test_a_masked_pack_names_nobody_anywhere_in_the_file(
    world: World, read: Callable[[bytes], str]
) -> None:
    rich(world)
    world.worried(world.doctors["Åsa Ärlig-Öst"])
    pdf = kollegium_pack_pdf(pack(world, masked=True, with_plans=True))
    said = read(pdf) + repr(pypdf.PdfReader(io.BytesIO(pdf)).metadata)
    for word in ("Åsa", "Ärlig", "Berit", "Ture", "Granen", "Psykiatriska", "Disa", "VT 2026",
                 "Region Exempel", "tödplan sedan"):  # fmt: skip
        assert word not in said, word
    assert "Läkare 1" in said
    assert "kan ändå känna igen" in said
    assert world.doctors["Åsa Ärlig-Öst"].training_id.encode() not in pdf


def test_drawing_a_pack_tells_how_far_it_has_come_and_can_be_stopped(world: World) -> None:
    for name in ("Alva A", "Bo B", "Cia C"):
        world.add(name)
    made = pack(world)
    seen: list[tuple[int, int]] = []
    kollegium_pack_pdf(made, lambda done, count: seen.append((done, count)))
    assert seen == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        kollegium_pack_pdf(made, stop)


def test_thin_evidence_is_said_to_be_no_fault_of_the_doctors(world: World, pages: Pages) -> None:
    alva = world.add("Alva Tunnsson")
    index = pages(kollegium_pack_pdf(pack(world)))[0]
    assert "tunt underlag" in index
    assert "inte är personens fel" in index
    meeting = world.meeting(TODAY, closed_on=TODAY, training_ids=[alva.training_id])
    world.decided(alva, meeting, Outcome.THIN_EVIDENCE, "Två DOPS till.")
    with world.store.read() as work:
        minutes = minutes_of(work, meeting.id, TODAY)
    (own,) = pages(slips_pdf(doctor_slips(minutes), number="K", issued_on=TODAY))
    assert "inte en brist hos dig" in own
    (supervisor,) = pages(slips_pdf(supervisor_slips(minutes), number="K", issued_on=TODAY))
    assert "inte en brist hos den du handleder" in supervisor
