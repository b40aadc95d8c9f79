"""What lacks among units and supervisors, by the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.judge.qualities import Asks, Subject, answer_alone
from at_tui.register.csv_list import csv_bytes
from at_tui.register.gaps import Gap, Kind, gaps
from at_tui.register.listed import gaps_csv
from at_tui.register.occupancy import overfull, spells
from at_tui.register.qualified import approved
from at_tui.register.records import Register, Stay
from schema.tables import Person, Role, Unit
from schema.words import RoleKind
from tests.at_tui.judge import made

DAY = timedelta(days=1)
ON = date(2026, 11, 24)
"""A Tuesday."""
MONDAY = date(2026, 11, 23)


def good(**changes: Any) -> Person:
    """A supervisor in whom nothing lacks."""
    values: dict[str, Any] = {
        "id": "p1",
        "name": "Siv Prövare",
        "specialty": "allmänmedicin",
        "licensed": True,
        "supervisor_course_on": date(2023, 3, 10),
        "consultation_course_on": date(2023, 3, 10),
        "presence_percent": 80,
        "unit_id": "u1",
    }
    return Person(**{**values, **changes})


def stay(**changes: Any) -> Stay:
    values: dict[str, Any] = {
        "id": "s1",
        "training_id": "t1",
        "name": "Alva Testsson",
        "training_start": date(2026, 1, 12),
        "plan": made.programme("nationell"),
        "section": "allmanmedicin",
        "specialty": "",
        "unit_id": "u1",
        "supervisor_id": "p1",
        "start": date(2026, 9, 1),
        "end": date(2027, 2, 28),
    }
    return Stay(**{**values, **changes})


def register(
    *stays: Stay,
    people: Sequence[Person] | None = None,
    unit: Unit | None = None,
    roles: Sequence[Role] = (),
    on: date = ON,
) -> Register:
    known = people if people is not None else [good()]
    one = unit or Unit(id="u1", name="Vårdcentral A")
    return Register(on, {p.id: p for p in known}, {one.id: one}, roles, stays)


def there() -> Role:
    """Make Siv a supervisor by role, though she supervises nobody."""
    return Role(person_id="p1", kind=RoleKind.HANDLEDARE)


def kinds(found: list[Gap]) -> list[Kind]:
    return [gap.kind for gap in found]


def test_nothing_lacks_where_all_is_in_order() -> None:
    assert gaps(register(stay())) == []


def test_a_placement_without_a_supervisor_is_told_now_and_ahead() -> None:
    now = gaps(register(stay(supervisor_id=None), roles=[there()]))
    assert [(g.kind, g.late) for g in now] == [(Kind.ALONE, True)]
    assert now[0].subject == "placement:t1/s1"
    ahead = stay(supervisor_id=None, start=ON + DAY)
    (gap,) = gaps(register(ahead, roles=[there()]))
    assert (gap.kind, gap.late, gap.day) == (Kind.ALONE, False, ON + DAY)
    assert "från 25 nov 2026" in gap.sentence


def test_a_supervisor_who_has_left_is_told() -> None:
    found = gaps(register(stay(), people=[good(active=False)]))
    assert kinds(found) == [Kind.LEFT, Kind.NO_SUPERVISOR]
    assert "Siv Prövare är avslutad" in found[0].sentence


def test_a_unit_without_an_approved_supervisor_is_told_with_who_is_there() -> None:
    other = good(id="p2", name="Ture Testman", specialty="", title="AT-läkare", licensed=False)
    role = Role(person_id="p2", kind=RoleKind.HANDLEDARE)
    found = gaps(register(stay(supervisor_id="p2"), people=[other], roles=[role]))
    told = next(g for g in found if g.kind is Kind.NO_SUPERVISOR)
    assert "Ingen godkänd handledare. Där finns Ture Testman" in told.sentence


def test_what_nobody_has_said_is_not_held_against_a_unit() -> None:
    unknown = good(supervisor_course_on=None)
    found = gaps(register(stay(), people=[unknown]))
    assert [(g.kind, g.late) for g in found] == [(Kind.UNKNOWN, False)]
    told = found[0]
    assert told.sentence.startswith("Det är inte ifyllt om Siv Prövare")


def test_a_unit_where_nobody_is_placed_needs_no_supervisor() -> None:
    assert gaps(register(people=[])) == []


@pytest.mark.parametrize(
    ("programme", "years"), [("dalarna", 7), ("sormland", 5)], ids=["dalarna", "sormland"]
)
def test_a_refresher_is_soon_to_and_with_its_day_and_overdue_the_day_after(
    programme: str, years: int
) -> None:
    plan = made.programme(programme)
    course = date(2026 - years, 3, 10)
    due = date(2026, 3, 10)
    mine = stay(plan=plan, start=date(2026, 1, 12))
    person = good(supervisor_course_on=course)

    def told(on: date) -> list[tuple[Kind, bool]]:
        found = gaps(register(mine, people=[person], on=on))
        return [(g.kind, g.late) for g in found if g.kind is Kind.REFRESHER]

    assert told(due - 184 * DAY) == []
    assert told(due - 183 * DAY) == [(Kind.REFRESHER, False)]
    assert told(due) == [(Kind.REFRESHER, False)]
    assert told(due + DAY) == [(Kind.REFRESHER, True)]


def test_a_refresher_counts_from_the_latest_course() -> None:
    plan = made.programme("dalarna")
    person = good(supervisor_course_on=date(2010, 1, 1), supervisor_refresher_on=date(2024, 1, 1))
    assert gaps(register(stay(plan=plan), people=[person])) == []
    (gap,) = gaps(register(stay(plan=plan), people=[good(supervisor_course_on=date(2010, 1, 1))]))
    assert "senast 1 jan 2017 (inom 7 år)" in gap.sentence
    assert "Dalarna" in gap.source
    assert "bör" in gap.source


def test_a_plan_without_refreshers_asks_for_none() -> None:
    person = good(supervisor_course_on=date(1999, 1, 1))
    assert gaps(register(stay(), people=[person])) == []


def test_one_who_supervises_nobody_now_is_held_to_the_plans_in_use() -> None:
    plan = made.programme("dalarna")
    idle = good(id="p2", name="Ture Testman", supervisor_course_on=date(2010, 1, 1))
    role = Role(person_id="p2", kind=RoleKind.HANDLEDARE)
    found = gaps(register(stay(plan=plan), people=[good(), idle], roles=[role]))
    assert [(g.kind, g.name) for g in found] == [(Kind.REFRESHER, "Ture Testman")]


def test_a_role_that_is_over_makes_nobody_a_supervisor() -> None:
    plan = made.programme("dalarna")
    idle = good(id="p2", name="Ture Testman", supervisor_course_on=date(2010, 1, 1))
    role = Role(person_id="p2", kind=RoleKind.HANDLEDARE, end=ON - DAY)
    assert gaps(register(stay(plan=plan), people=[good(), idle], roles=[role])) == []


def test_what_a_plan_asks_of_a_supervisor_is_read_from_the_register() -> None:
    plan = made.programme("vgr-primarvard")
    person = good(consultation_course_on=None, presence_percent=59)
    found = gaps(register(stay(plan=plan), people=[person]))
    assert kinds(found) == [Kind.LACKS, Kind.UNKNOWN]
    assert found[0].sentence == "Saknar tillräcklig närvaro på enheten."
    assert found[1].sentence == "Inte ifyllt: konsultationskurs."
    assert "VGR" in found[0].source
    enough = good(presence_percent=60)
    assert gaps(register(stay(plan=plan), people=[enough])) == []


def test_what_a_plan_asks_in_one_section_is_not_asked_in_another() -> None:
    plan = made.programme("vgr-primarvard")
    person = good(consultation_course_on=None, presence_percent=20)
    assert gaps(register(stay(plan=plan, section="psykiatri"), people=[person])) == []


def test_an_approval_lasts_a_year_and_is_old_the_day_after() -> None:
    def told(approved_on: date | None, plan: str = "nationell") -> list[tuple[Kind, bool]]:
        unit = Unit(id="u1", name="Vårdcentral A", approved_on=approved_on)
        found = gaps(register(stay(plan=made.programme(plan)), unit=unit))
        return [(g.kind, g.late) for g in found if g.kind is Kind.APPROVAL]

    assert told(date(2025, 11, 24)) == []
    assert told(date(2025, 11, 23)) == [(Kind.APPROVAL, True)]
    assert told(None) == []
    assert told(None, "hudiksvall") == [(Kind.APPROVAL, True)]
    assert told(date(2025, 11, 24), "hudiksvall") == [(Kind.APPROVAL, False)]
    assert told(ON - DAY, "hudiksvall") == []
    assert told(ON + DAY, "hudiksvall") == [(Kind.APPROVAL, True)]


def test_more_people_than_places_are_told_with_the_weeks_and_the_names() -> None:
    unit = Unit(id="u1", name="Vårdcentral A", capacity=1)
    second = stay(id="s2", training_id="t2", name="Nils Exempel", start=date(2026, 12, 7),
                  end=date(2026, 12, 20))  # fmt: skip
    (gap,) = gaps(register(stay(), second, unit=unit))
    assert (gap.kind, gap.late, gap.day) == (Kind.CAPACITY, False, date(2026, 12, 7))
    assert (
        "2 samtidigt men plats för 1, 7 dec 2026 – 20 dec 2026: Alva Testsson och Nils"
        in gap.sentence
    )
    unit.capacity = 2
    assert gaps(register(stay(), second, unit=unit)) == []
    unit.capacity = None
    assert gaps(register(stay(), second, unit=unit)) == []


def test_weeks_are_counted_by_people_and_not_by_placements() -> None:
    two = [
        stay(end=date(2026, 12, 2)),
        stay(id="s2", start=date(2026, 12, 3), end=date(2026, 12, 13)),
    ]
    (spell,) = spells(two, 1, ON)
    assert (spell.count, spell.start, spell.end) == (1, MONDAY, date(2026, 12, 13))
    assert spell.weeks == 3


def test_a_week_that_is_all_leave_has_nobody() -> None:
    leave = (date(2026, 11, 30), date(2026, 12, 6))
    one = stay(end=date(2026, 12, 13), away=(leave,))
    assert [s.count for s in spells([one], 1, ON)] == [1, 0, 1]
    most = stay(end=date(2026, 12, 13), away=((leave[0], leave[1] - DAY),))
    assert [s.count for s in spells([most], 1, ON)] == [1], "one day there is there"


def test_weeks_over_the_room_are_joined_also_when_others_are_there() -> None:
    three = [
        stay(end=date(2026, 12, 13)),
        stay(id="s2", training_id="t2", name="B", end=date(2026, 12, 6)),
        stay(id="s3", training_id="t3", name="C", start=date(2026, 12, 7), end=date(2026, 12, 13)),
    ]
    (over,) = overfull(spells(three, 1, ON))
    assert (over.start, over.end, over.over) == (MONDAY, date(2026, 12, 13), 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"specialty": "", "late_st": True}, True),
        ({"specialty": "", "title": "ST-läkare"}, True),
        ({"specialty": ""}, None),
        ({"supervisor_course_on": None}, None),
        ({"supervisor_course_on": ON + DAY}, False),
        ({"licensed": False}, False),
        ({"licensed": None}, True),
    ],
)
def test_an_approved_supervisor_is_a_specialist_or_in_st_with_the_course(
    changes: dict[str, Any], expected: bool | None
) -> None:
    assert approved(good(**changes), ON) is expected


def test_only_qualities_of_a_person_are_asked_outside_a_training() -> None:
    subject = Subject("Siv", good(), "p1")
    with pytest.raises(ValueError, match="same_throughout"):
        answer_alone("same_throughout", subject, ON, Asks(None, 60, 1))


def test_no_cell_begins_a_formula() -> None:
    rows = [["=1+1", "+46", "-3", "@SUM(A1)", "\tx", "lagom", -3]]
    line = csv_bytes(["a"], rows).decode("utf-8-sig").splitlines()[1]
    assert line == "'=1+1;'+46;'-3;'@SUM(A1);x;lagom;-3"


def test_the_list_as_a_file_has_a_row_for_each_gap() -> None:
    found = gaps(register(stay(supervisor_id=None), roles=[there()]))
    head, row = gaps_csv(found).decode("utf-8-sig").splitlines()
    assert head == "Slag;Namn;Vad;Dag;Källa"
    assert row.startswith("Placeringar utan handledare;Alva Testsson;Ingen handledare utsedd")
    assert ";2026-09-01;" in row
