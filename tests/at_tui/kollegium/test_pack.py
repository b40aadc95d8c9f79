"""Whom a pack is about, and that a masked one names nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium.masking import Mask, months_into
from at_tui.kollegium.pack import Cancelled, Pack, PackOptions, Scope, make_pack
from data.kollegium_rows import PersonLine, UnitLine
from data.kollegium_shelf import Shelf
from schema.words import Kind, Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World


def pack(world: World, **options: Any) -> Pack:
    shelf = world.shelf()
    return make_pack(
        world.cases(), shelf, options=PackOptions(**options), title="Underlag", number="K-1",
        day=TODAY, issued_on=TODAY, region="Region X", author="Disa Studierektorsson", salt="s",
    )  # fmt: skip


def names(found: Pack) -> list[str]:
    return [picture.name for picture in found.pictures]


def test_a_pack_holds_everyone_once_those_to_talk_about_first(world: World) -> None:
    world.add("Alva Tunnsson")
    world.add("Bo Nybörjarsson", start=TODAY - 2 * WEEK)
    talk = world.add("Östen Samtalsson")
    world.decided(talk, world.meeting(date(2026, 5, 26)), Outcome.TALK)
    found = pack(world)
    assert names(found) == ["Östen Samtalsson", "Alva Tunnsson", "Bo Nybörjarsson"]
    assert dict(found.counts) == {
        Outcome.TALK: 1, Outcome.THIN_EVIDENCE: 1, Outcome.ON_TRACK: 1,
    }  # fmt: skip
    assert found.cohort == 3


def test_a_pack_can_be_narrowed_to_a_unit_or_to_those_to_discuss(world: World) -> None:
    world.add("Alva Tunnsson")
    world.add("Bo Nybörjarsson", start=TODAY - 2 * WEEK)
    other = world.add("Cia Psyksson", placed=False)
    world.place(other, unit_id=world.ward_id, section="psykiatri")
    unit = pack(world, scope=Scope.UNIT, unit_ids=frozenset({world.ward_id}))
    assert names(unit) == ["Cia Psyksson"]
    assert unit.units == ("Psykiatriska kliniken",)
    assert unit.cohort == 3
    discuss = pack(world, scope=Scope.DISCUSS)
    assert names(discuss) == ["Alva Tunnsson", "Cia Psyksson"]


def test_a_pack_of_nobody_is_still_a_pack(world: World) -> None:
    assert pack(world).pictures == ()


def test_making_a_pack_can_be_stopped(world: World) -> None:
    for number in range(4):
        world.add(f"Nils Exempel {number}")
    seen: list[tuple[int, int]] = []

    def stop(done: int, count: int) -> None:
        seen.append((done, count))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(
            world.cases(), world.shelf(), options=PackOptions(), title="x", number="x", day=TODAY,
            issued_on=TODAY, progress=stop,
        )  # fmt: skip
    assert seen == [(0, 4), (1, 4), (2, 4)]


def test_a_masked_pack_names_nobody_and_no_place_and_no_day(world: World) -> None:
    doctor = world.add("Alva Testsson", start_group="VT 2026")
    meeting = world.meeting(date(2026, 5, 26))
    world.decided(
        doctor, meeting, Outcome.TALK, "Alva bytte från Ludvika, ring 070-174 06 58 den 3 mars.",
        ("Berit pratar med Testsson", date(2026, 9, 1)),
    )  # fmt: skip
    world.observed(
        doctor, date(2026, 11, 2), 3,
        said=["Alvas möte på Vårdcentral Granen, mejla ture@example.se", "Fråga Berit 2026-12-01"],
    )  # fmt: skip
    (picture,) = pack(world, masked=True).pictures
    assert picture.name == "Läkare 1"
    said = repr(
        (picture.name, picture.start_group, picture.unit, picture.supervisor, picture.last,
         picture.quotes, picture.triage, picture.unheard, picture.stays, picture.programme)
    )  # fmt: skip
    hidden = (
        "Alva", "Testsson", "Berit", "Handledarsson", "Granen", "Ludvika", "070", "ture@",
        "VT 2026", "2026-12-01", "3 mars", "26 maj", world.berit_id, doctor.training_id,
    )  # fmt: skip
    for word in hidden:
        assert word not in said, word
    assert "[namn]" in said
    assert "bytte från [plats]" in said


@pytest.mark.parametrize("written", [
    "alva tog det lugnt", "ALVAS möte", "frågade Bo först", "Bos journal",
    "med nils och bo testsson", "Frisk, Nils", "såg sjöfalun", "kom från falun",
])  # fmt: skip
def test_names_typed_in_haste_are_struck_out_too(written: str) -> None:
    shelf = Shelf(on=TODAY, doctors=frozenset({"Alva Testsson", "Nils Frisk"}))
    shelf.people = {"p": _person("Bo Testsson")}
    shelf.units = {"u": UnitLine("u", "Sjöfalun", "", "Falun", "", None, None, True)}
    found = Mask(shelf, "s").words(written).casefold()
    for name in ("alva", "nils", "bos", "bo ", "testsson", "frisk", "falun"):
        assert name not in found


def test_words_that_only_look_like_names_are_kept() -> None:
    shelf = Shelf(on=TODAY, doctors=frozenset({"Per De Frisk", "Bo Lång"}))
    written = "De var friska. En gång per vecka, en lång jour. Bordet stod fritt."
    assert Mask(shelf, "s").words(written) == written


@pytest.mark.parametrize("written", ["i mars", "vecka 41", "v. 7", "våren 2025", "Maj 2026"])
def test_days_in_other_words_are_struck_out_too(written: str) -> None:
    found = Mask(Shelf(on=TODAY), "s").words(f"Slutade {written}, två på 8 v.")
    assert (
        found == f"Slutade {written.split()[0] + ' ' if written[:2] in {'i ', 'vå'} else ''}"
        "[datum], två på 8 v."
    )


def test_a_doctor_who_is_not_in_the_pack_is_not_named_in_it(world: World) -> None:
    doctor = world.add("Alva Testsson")
    world.add("Nils Exempel", ended_on=TODAY - 9 * WEEK)
    world.observed(doctor, date(2026, 11, 2), 3, said=["Hjälpte Nils på jouren", "Inget"])
    (picture,) = pack(world, masked=True).pictures
    assert "Nils" not in repr(picture.quotes)


def test_whoever_is_one_of_few_in_their_kind_of_training_is_left_out(world: World) -> None:
    world.add("Alva Testsson")
    world.add("Nils Exempel")
    world.add("Siv Provdahl", kind=Kind.BT)
    # So few in all that nobody stands out from the others.
    assert len(pack(world, masked=True).pictures) == 3
    world.add("Bo Påhittsson")
    found = pack(world, masked=True)
    assert (len(found.pictures), found.left_out) == (3, 1)
    assert {picture.kind for picture in found.pictures} == {Kind.AT}
    assert len(pack(world).pictures) == 4


def test_a_small_group_of_one_kind_is_not_left_out(world: World) -> None:
    world.add("Alva Testsson")
    found = pack(world, masked=True)
    assert (len(found.pictures), found.left_out) == (1, 0)


def test_masked_numbers_tell_nothing_of_names_and_are_the_same_next_time(world: World) -> None:
    for name in ("Alva A", "Bo B", "Cia C", "Dan D", "Eva E", "Fia F", "Git G"):
        world.add(name)
    shelf = world.shelf()
    numbers = [Mask(shelf, "möte").name(binder.id) for binder in shelf.binders]
    assert numbers == [Mask(shelf, "möte").name(binder.id) for binder in shelf.binders]
    others = [Mask(shelf, "ett annat").name(binder.id) for binder in shelf.binders]
    assert sorted(numbers) == sorted(others)
    assert numbers != others


_SAFE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@given(_SAFE, _SAFE, st.sampled_from(["Alva Testsson", "Testsson", "ALVA TESTSSON", "Hittepå"]))
def test_a_name_is_struck_out_wherever_it_stands(before: str, after: str, name: str) -> None:
    shelf = Shelf(on=TODAY)
    shelf.people = {"p": _person("Alva Testsson")}
    shelf.units = {"u": UnitLine("u", "Vårdcentralen Hittepå", "", "Rättvik", "", None, None, True)}
    found = Mask(shelf, "s").words(f"{before} {name}, {after}")
    assert name not in found


def _person(name: str) -> PersonLine:
    return PersonLine("p", name, "", "", "", None, None, "", False, None, None, None, None, None,
                      True)  # fmt: skip


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 900))
def test_the_month_of_a_training_never_runs_backwards(start: date, days: int) -> None:
    from datetime import timedelta

    one, two = (months_into(start, start + timedelta(days=n)) for n in (days, days + 1))
    assert 1 <= one <= two <= one + 1
