"""The cohort's rows: what they say, how they are narrowed and sorted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium.cohort import (
    Deadline,
    Filter,
    FlagCode,
    Row,
    SortBy,
    choices_of,
    count_groups,
    narrow,
    row_of,
    rows_of,
    sort,
)
from schema.tables import Unit
from schema.words import CancelReason, LockStatus, Outcome, SupervisionStatus
from tests.at_tui.kollegium.world import TODAY, WEEK, World


def codes(row: Row) -> list[FlagCode]:
    return [flag.code for flag in row.flags]


def test_a_row_says_where_someone_is_and_how_it_goes(world: World) -> None:
    doctor = world.add()
    world.met(doctor, [date(2026, 9, 3), date(2026, 9, 10), date(2026, 11, 19)])
    world.met(doctor, [date(2026, 10, 1)], status=SupervisionStatus.PLANNED)
    world.observed(doctor, date(2026, 11, 2), 3)
    row = row_of(world.case(doctor))
    assert (row.name, row.section, row.unit) == (
        "Alva Testsson",
        "allmanmedicin",
        "Vårdcentral Granen",
    )
    assert row.supervisor == "Berit Handledarsson"
    assert row.week == (13, 26)
    assert (row.held, row.due) == (3, 4)
    assert (row.weeks_met, row.weeks_begun) == (3, 13)
    assert (row.latest, row.latest_day) == ("mini-CEX", date(2026, 11, 2))
    assert row.goals > 20


def test_marked_goals_are_counted_in_the_section_of_the_placement(world: World) -> None:
    doctor = world.add(placed=False)
    world.place(doctor, section="psykiatri")
    before = row_of(world.case(doctor))
    world.marked(doctor, "5:2:4", "5:2:1")
    after = row_of(world.case(doctor))
    assert after.goals_marked == before.goals_marked + 2
    assert after.goals == before.goals


def test_someone_without_any_records_still_has_a_row_that_says_so(world: World) -> None:
    doctor = world.add(placed=False)
    row = row_of(world.case(doctor))
    assert {FlagCode.EMPTY, FlagCode.NO_PLACEMENT} <= set(codes(row))
    assert (row.week, row.latest_day, row.held) == (None, None, 0)


def test_a_programme_that_is_not_known_here_is_told(world: World) -> None:
    doctor = world.add(programme_id="atlantis")
    row = row_of(world.case(doctor))
    assert FlagCode.NO_PROGRAMME in codes(row)
    assert not row.judged


@pytest.mark.parametrize("name", ["x" * 120, "[bold]Alva[/bold]", "<b>Åsa & Öst"])
def test_a_strange_name_is_a_name(world: World, name: str) -> None:
    doctor = world.add(name)
    assert row_of(world.case(doctor)).name == name


def test_flags_tell_silence_and_unsigned_forms(world: World) -> None:
    doctor = world.add()
    world.met(doctor, [TODAY - 5 * WEEK])
    world.observed(doctor, date(2026, 8, 1), 3)
    world.observed(doctor, TODAY, 3, status=LockStatus.DRAFT)
    row = row_of(world.case(doctor))
    sentences = [flag.sentence for flag in row.flags]
    assert "ingen handledning på 5 v" in sentences
    assert "osignerat: 1" in sentences
    assert FlagCode.UNSEEN in codes(row)


def test_someone_on_leave_is_not_said_to_be_unseen(world: World) -> None:
    doctor = world.add()
    world.away(doctor, date(2026, 9, 7), date(2027, 1, 31))
    found = codes(row_of(world.case(doctor)))
    assert FlagCode.AWAY in found
    assert not {FlagCode.QUIET, FlagCode.UNSEEN} & set(found)


def test_the_next_day_that_matters_is_the_nearest(world: World) -> None:
    doctor = world.add()
    assert row_of(world.case(doctor)).deadline == Deadline(
        date(2027, 2, 28), "allmänmedicin slutar"
    )
    meeting = world.meeting(date(2026, 5, 26))
    world.decided(doctor, meeting, Outcome.TALK, "", ("fler DOPS", date(2026, 12, 18)))
    assert row_of(world.case(doctor)).deadline == Deadline(date(2026, 12, 18), "fler DOPS")


def test_those_to_talk_about_come_first(world: World) -> None:
    world.add("Alva Spårsson", start=TODAY - 2 * WEEK)
    world.add("Bo Tunnsson")
    talk = world.add("Cia Samtalsson")
    world.decided(talk, world.meeting(date(2026, 5, 26)), Outcome.TALK)
    rows = rows_of(world.cases())
    assert [row.name for row in rows] == ["Cia Samtalsson", "Bo Tunnsson", "Alva Spårsson"]
    assert count_groups(rows) == {
        Outcome.TALK: 1, Outcome.THIN_EVIDENCE: 1, Outcome.ON_TRACK: 1,
    }  # fmt: skip


def test_every_filter_narrows_by_its_own_thing(world: World) -> None:
    world.add("Alva Testsson", start_group="VT 2026")
    other = world.add("Åke Exempel", placed=False, start_group="HT 2025", programme_id="dalarna")
    world.place(other, unit_id=world.ward_id, section="psykiatri", supervisor_id=world.ture_id)
    rows = rows_of(world.cases())
    for wanted in (
        Filter(text="åke"),
        Filter(text="HT 2025 psykiatriska"),
        Filter(start_group="HT 2025"),
        Filter(section="psykiatri"),
        Filter(unit_id=world.ward_id),
        Filter(supervisor_id=world.ture_id),
        Filter(programme_id="dalarna"),
    ):
        assert [row.name for row in narrow(rows, wanted)] == ["Åke Exempel"], wanted
    assert len(narrow(rows, Filter())) == 2
    assert narrow(rows, Filter(group=Outcome.TALK)) == []
    choices = choices_of(rows)
    assert choices.start_groups == [("HT 2025", "HT 2025"), ("VT 2026", "VT 2026")]
    assert [words for _, words in choices.units] == ["Psykiatriska kliniken", "Vårdcentral Granen"]


@given(st.permutations(["Åsa", "Alva", "Östen", "Zäta", "Ärla", "bo"]), st.sampled_from(SortBy))
def test_sorting_keeps_everyone_and_ties_stand_by_swedish_name(
    names: list[str], by: SortBy
) -> None:
    rows = [
        Row("t" + n, "d" + n, n, "AT", "", "", "", "", "", "", "", None, 0, 0, 0, 0, None, "", 0, 0,
            None, Outcome.ON_TRACK, (), (), False, 0)
        for n in names
    ]  # fmt: skip
    assert [row.name for row in sort(rows, by)] == ["Alva", "bo", "Zäta", "Åsa", "Ärla", "Östen"]


def test_a_doctor_past_the_planned_end_is_told(world: World) -> None:
    doctor = world.add(end=TODAY - timedelta(days=10))
    assert FlagCode.PAST_END in codes(row_of(world.case(doctor)))


def test_the_columns_that_count_can_be_sorted_by_what_is_lacking(world: World) -> None:
    alva = world.add("Alva Testsson", placed=False)
    world.place(alva, end=date(2026, 12, 6))
    world.met(alva, [date(2026, 11, 3), date(2026, 11, 10)])
    bo = world.add("Bo Exempel")
    world.met(bo, [date(2026, 11, 3)])
    world.cancelled(bo, date(2026, 11, 10), CancelReason.WORKLOAD)
    goals = world.case(bo).curriculum
    assert goals is not None
    world.marked(alva, next(g.id for g in goals.goals if g.section == "allmanmedicin"))
    world.add("Cia Prov", placed=False)
    rows = rows_of(world.cases())

    def order(by: SortBy) -> list[str]:
        return [row.name.split()[0] for row in sort(rows, by)]

    assert order(SortBy.HELD) == ["Bo", "Alva", "Cia"]
    assert order(SortBy.WEEK) == ["Alva", "Bo", "Cia"]
    assert order(SortBy.GOALS) == ["Bo", "Cia", "Alva"]


def test_clinics_of_one_name_are_told_apart_by_their_town(world: World) -> None:
    other = Unit(name="Psykiatriska kliniken", site="Mora", region="Region X")
    world.save(other)
    for name, unit_id in (("Alva Testsson", world.ward_id), ("Nils Exempel", other.id)):
        world.place(world.add(name, placed=False), unit_id=unit_id, section="psykiatri")
    world.add("Siv Provdahl")
    rows = rows_of(world.cases())
    assert choices_of(rows).units == [
        (world.ward_id, "Psykiatriska kliniken Falun"), (other.id, "Psykiatriska kliniken Mora"),
        (world.centre_id, "Vårdcentral Granen"),
    ]  # fmt: skip
    assert [row.name for row in narrow(rows, Filter(text="mora"))] == ["Nils Exempel"]
