"""Whom a pack is about, and that a masked one names nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium.masking import Mask, months_into
from at_tui.kollegium.pack import Cancelled, Pack, PackOptions, Scope, make_pack
from data.kollegium_rows import PersonLine, Shelf, UnitLine
from schema.words import Outcome
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
