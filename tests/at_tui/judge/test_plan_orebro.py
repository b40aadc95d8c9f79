"""Örebro's three hospitals: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.at_tui.judge.cases import (
    MET,
    MISSING,
    NOT_ASKED,
    ON_WAY,
    UNKNOWN,
    Case,
    assessed,
    check,
    evaluation,
    lacking,
    length,
    meetings,
    milestone,
    placed,
    records,
    sessions,
    talk,
    within,
    year,
)
from tests.at_tui.judge.made import programme

FOUR = ("opererande", "invartes", "psykiatri", "allmanmedicin")
MONDAY = date(2026, 1, 5)
WEEKS = {
    # From Monday 5 January, seven days a week: the last day of so many weeks.
    1: date(2026, 1, 11), 2: date(2026, 1, 18), 3: date(2026, 1, 25), 4: date(2026, 2, 1),
    5: date(2026, 2, 8), 6: date(2026, 2, 15), 7: date(2026, 2, 22), 8: date(2026, 3, 1),
    9: date(2026, 3, 8), 10: date(2026, 3, 15), 11: date(2026, 3, 22), 12: date(2026, 3, 29),
    13: date(2026, 4, 5), 14: date(2026, 4, 12), 16: date(2026, 4, 26),
}  # fmt: skip


def weeks(id: str, section: str, specialty: str, least: int, most: int | None = None) -> list[Case]:
    longest = WEEKS[most] if most else None
    return length(id, section, MONDAY, WEEKS[least], specialty, longest)


# Four months from 1 January: 120 days, the 60th is 1 March; two weeks later 15 March.
HALFWAY = (date(2026, 3, 1), date(2026, 3, 15))


def months_of(section: str) -> list[Case]:
    base = records(placed(section, date(2026, 1, 1), date(2026, 4, 30)))
    return milestone("", base, *HALFWAY, talk("halvtid"))


def halfway(id: str, *sections: str) -> list[Case]:
    return [replace(case, id=id) for section in sections for case in months_of(section)]


SHARED = [
    # 18 months from 1 January 2026 end on 30 June 2027; asked from starts in 2023.
    *length("OR-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    *[
        Case("OR-01", records(placed("invartes", start, date(2024, 12, 31))), {start: status})
        for start, status in ((date(2022, 12, 31), NOT_ASKED), (date(2023, 1, 1), ON_WAY))
    ],
    # 4.5 months end on 16 May: 15.5 of May's 31 days, rounded up.
    *length("OR-02a", "opererande", date(2026, 1, 1), date(2026, 5, 16)),
    *length("OR-02b", "invartes", date(2026, 1, 1), date(2026, 5, 16)),
    *length("OR-02c", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("OR-02d", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *weeks("OR-03h", "opererande", "ANIVA", 2),
    *weeks("OR-05a", "psykiatri", "beroende", 2, 3),
    *weeks("OR-05b", "psykiatri", "specialistpsykiatri", 8),
    *weeks("OR-05b", "psykiatri", "allmänpsykiatri", 8),
    *weeks("OR-05c", "psykiatri", "BUP", 3),
    Case(
        "OR-05c",
        records(placed("psykiatri", MONDAY, WEEKS[8], "allmänpsykiatri")),
        {MONDAY: NOT_ASKED},
    ),
    *weeks("OR-05d", "psykiatri", "akutmottagning", 2, 3),
    *length("OR-06", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *halfway("OR-08b", "psykiatri", "allmanmedicin"),
    *evaluation("OR-09"),
    *assessed("OR-10a", "medsittning-formativ", FOUR),
    *within("OR-10b", year(), date(2026, 12, 31), [date(2026, 3, 4)], sessions),
]
USO = [
    *weeks("OR-03a", "opererande", "kirurgi", 6),
    *weeks("OR-03d", "opererande", "urologi", 5, 6),
    *weeks("OR-03e", "opererande", "ortopedi", 4),
    *weeks("OR-03i", "opererande", "akutmottagning", 5),
    *weeks("OR-04a", "invartes", "internmedicin", 10, 11),
    *weeks("OR-04d", "invartes", "infektion", 6, 9),
    *weeks("OR-04e", "invartes", "geriatrik", 6, 7),
    *weeks("OR-04f", "invartes", "akutmottagning", 5, 7),
    *halfway("OR-08a", "opererande", "invartes"),
    *within("OR-07", year(), date(2026, 12, 31), [date(2026, 3, 4)], meetings),
]
KARLSKOGA = [
    *weeks("OR-03b", "opererande", "kirurgi", 1, 2),
    *weeks("OR-03f", "opererande", "ortopedi", 3, 4),
    *weeks("OR-03j", "opererande", "akutmottagning", 13),
    *weeks("OR-04b", "invartes", "internmedicin", 3, 4),
    *weeks("OR-04g", "invartes", "akutmottagning", 12),
    *within("OR-07", year(), date(2026, 12, 31), [date(2026, 3, 4)], meetings),
]
LINDESBERG = [
    *weeks("OR-03c", "opererande", "kirurgi", 6),
    *weeks("OR-03g", "opererande", "ortopedi", 1),
    *weeks("OR-03k", "opererande", "akutmottagning", 8),
    *weeks("OR-04c", "invartes", "internmedicin", 14, 16),
    *weeks("OR-04h", "invartes", "akutmottagning", 6, 8),
]


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case.id)
def test_what_all_three_hospitals_share_is_judged_as_the_table_says(case: Case) -> None:
    check("orebro-lindesberg", case)


@pytest.mark.parametrize("case", USO, ids=lambda case: case.id)
def test_the_university_hospital_is_judged_as_the_table_says(case: Case) -> None:
    check("orebro-uso", case)


@pytest.mark.parametrize("case", KARLSKOGA, ids=lambda case: case.id)
def test_karlskoga_is_judged_as_the_table_says(case: Case) -> None:
    check("orebro-karlskoga", case)


@pytest.mark.parametrize("case", LINDESBERG, ids=lambda case: case.id)
def test_lindesberg_is_judged_as_the_table_says(case: Case) -> None:
    check("orebro-lindesberg", case)


def test_each_hospital_asks_only_its_own() -> None:
    asked = {
        name: {r.id for r in programme(f"orebro-{name}").requirements}
        for name in ("uso", "karlskoga", "lindesberg")
    }
    assert "OR-08a" in asked["uso"]
    assert "OR-08a" not in asked["karlskoga"] | asked["lindesberg"]
    assert "OR-07" not in asked["lindesberg"]
    assert not asked["uso"] & {"OR-03b", "OR-03c"}


def test_a_placement_without_a_specialty_may_be_the_one_that_is_asked_for() -> None:
    unnamed = records(placed("opererande", MONDAY, WEEKS[8]))
    named = records(placed("opererande", MONDAY, WEEKS[8], "kirurgi"))
    check("orebro-uso", Case("OR-03d", unnamed, {MONDAY: UNKNOWN}))
    check("orebro-uso", Case("OR-03d", named, {MONDAY: MISSING}))
    check("orebro-uso", Case("OR-03a", named, {WEEKS[8]: MET}))


def test_every_requirement_of_orebro_is_in_the_table() -> None:
    assert lacking("orebro", [*SHARED, *USO, *KARLSKOGA, *LINDESBERG]) == []
