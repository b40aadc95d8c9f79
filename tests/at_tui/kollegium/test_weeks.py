"""Supervision week by week, and the coverage map made of it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from at_tui.kollegium import weeks
from at_tui.kollegium.coverage import Standing, UnitRow, coverage
from at_tui.kollegium.weeks import Mark
from data.kollegium_rows import AbsenceLine, SessionLine
from schema.words import CancelReason, SupervisionStatus
from tests.at_tui.kollegium.world import TODAY, WEEK, World

FIRST = date(2026, 9, 1)
LAST = date(2026, 11, 30)


def session(
    day: date, status: str, reason: str | None = None, form: str = "individual"
) -> SessionLine:
    return SessionLine(f"{day}{status}", "t", None, None, day, 60, status, form, reason, "",
                       "[]", "[]")  # fmt: skip


def marks(*sessions: SessionLine, away: list[AbsenceLine] | None = None) -> dict[date, Mark]:
    span = weeks.mondays(FIRST - WEEK, LAST + WEEK)
    found = weeks.weeks_of(sessions, weeks.away_days(away or []), [(FIRST, LAST)], span, TODAY)
    return {week.monday: week.mark for week in found}


def test_a_week_is_what_is_best_that_happened_in_it() -> None:
    monday = date(2026, 10, 5)
    held, planned = session(monday, "held"), session(monday + timedelta(days=1), "planned")
    cancelled = session(monday, "cancelled", "workload")
    assert marks(held, cancelled)[monday] is Mark.MET
    assert marks(planned, cancelled)[monday] is Mark.PLANNED
    assert marks(cancelled)[monday] is Mark.CANCELLED
    assert marks()[monday] is Mark.NOTHING


def test_a_week_ahead_without_a_plan_is_no_week_without_supervision() -> None:
    found = marks()
    assert found[date(2026, 11, 30)] is Mark.COMING
    assert found[date(2026, 11, 23)] is Mark.NOTHING
    assert found[date(2026, 8, 24)] is Mark.OUTSIDE


def test_a_week_on_leave_is_not_missed_and_one_with_a_day_at_work_is() -> None:
    monday = date(2026, 10, 5)
    leave = AbsenceLine("a", "t", "semester", monday, monday + timedelta(days=4), 100, None)
    assert marks(away=[leave])[monday] is Mark.AWAY
    shorter = AbsenceLine("a", "t", "semester", monday, monday + timedelta(days=3), 100, None)
    assert marks(away=[shorter])[monday] is Mark.NOTHING
    part_time = AbsenceLine("a", "t", "semester", monday, monday + timedelta(days=4), 50, None)
    assert marks(away=[part_time])[monday] is Mark.NOTHING


def test_a_reflection_group_is_not_meeting_ones_supervisor() -> None:
    monday = date(2026, 10, 5)
    assert marks(session(monday, "held", form="reflection"))[monday] is Mark.NOTHING
    assert marks(session(monday, "held", form="group"))[monday] is Mark.MET


@given(
    st.lists(
        st.tuples(
            st.integers(0, 120),
            st.sampled_from(["held", "planned", "cancelled"]),
        ),
        max_size=30,
    )
)
def test_the_tally_never_counts_more_than_there_was(days: list[tuple[int, str]]) -> None:
    sessions = [
        session(FIRST + timedelta(days=d), s, "other" if s == "cancelled" else None)
        for d, s in days
    ]
    found = weeks.tally(sessions, set(), FIRST, LAST, TODAY)
    assert found.weeks_met <= found.weeks_begun
    assert found.held <= found.due <= len(sessions)
    assert found.weeks_met <= found.held
    assert found.minutes == 60 * found.held
    seen = weeks.weeks_of(sessions, set(), [(FIRST, TODAY)], weeks.mondays(FIRST, TODAY), TODAY)
    assert sum(week.mark is Mark.MET for week in seen) == found.weeks_met


def test_an_absence_with_a_wrong_year_does_not_fill_the_memory() -> None:
    wrong = AbsenceLine("a", "t", "sjuk", date(1900, 1, 1), date(2199, 1, 1), 100, None)
    assert len(weeks.away_days([wrong])) == 2000


def unit(world: World, unit_id: str) -> UnitRow:
    found = coverage(world.cases(), world.shelf())
    return next(row for row in found.units if row.unit_id == unit_id)


def test_nobody_named_is_told_apart_from_named_but_not_meeting(world: World) -> None:
    unnamed, silent, fine = (world.add(name, placed=False) for name in ("Alva A", "Bo B", "Cia C"))
    world.place(unnamed, unit_id=world.ward_id, supervisor_id=None)
    world.place(silent, unit_id=world.centre_id)
    world.place(fine, unit_id=world.centre_id)
    world.met(fine, [TODAY - WEEK])
    ward, centre = unit(world, world.ward_id), unit(world, world.centre_id)
    assert (ward.standing, ward.unnamed, ward.silent) == (Standing.UNNAMED, 1, 0)
    assert (centre.standing, centre.unnamed, centre.silent) == (Standing.SILENT, 0, 1)
    assert [d.standing for d in centre.doctors] == [Standing.SILENT, Standing.MEETS]


def test_units_with_nobody_named_come_first_on_the_map(world: World) -> None:
    fine, unnamed = world.add("Alva A"), world.add("Bo B", placed=False)
    world.met(fine, [TODAY - WEEK])
    world.place(unnamed, unit_id=world.ward_id, supervisor_id=None)
    found = coverage(world.cases(), world.shelf())
    assert [row.unit_id for row in found.units] == [world.ward_id, world.centre_id]


def test_a_cell_says_how_many_of_those_there_were_met(world: World) -> None:
    one, two = world.add("Alva A"), world.add("Bo B")
    world.met(one, [TODAY - WEEK])
    world.cancelled(two, TODAY - 2 * WEEK, CancelReason.WORKLOAD)
    world.met(two, [TODAY + WEEK], status=SupervisionStatus.PLANNED)
    row = unit(world, world.centre_id)
    cells = {cell.monday: cell for cell in row.cells}
    last, before, ahead = (cells[date(2026, 11, d)] for d in (16, 9, 30))
    assert (last.placed, last.met, last.symbol) == (2, 1, "▓")
    assert (before.mark, before.symbol, before.reasons) == (
        Mark.CANCELLED, "×", (("workload", 1),),
    )  # fmt: skip
    assert (ahead.mark, ahead.symbol) == (Mark.PLANNED, "○")
    assert row.reasons == (("workload", 1),)
    assert (row.met, row.there) == (1, 2 * 13)


def test_someone_away_all_week_is_not_among_those_there(world: World) -> None:
    doctor = world.add()
    world.away(doctor, date(2026, 11, 9), date(2026, 11, 15))
    cells = {cell.monday: cell for cell in unit(world, world.centre_id).cells}
    assert cells[date(2026, 11, 9)].mark is Mark.OUTSIDE
    assert cells[date(2026, 11, 16)].mark is Mark.NOTHING


def test_a_placement_without_a_unit_is_on_the_map_too(world: World) -> None:
    doctor = world.add(placed=False)
    world.place(doctor, unit_id=None, supervisor_id=None)
    assert unit(world, "").standing is Standing.UNNAMED
