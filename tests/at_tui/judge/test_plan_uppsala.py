"""Akademiska and Enköping: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from datetime import date

import pytest

from at_tui.judge import Records
from tests.at_tui.judge.cases import (
    LATE,
    MET,
    MISSING,
    NOT_ASKED,
    SOON_,
    UNKNOWN,
    Case,
    again,
    assessed,
    check,
    evaluation,
    lacking,
    length,
    placed,
    records,
    sessions,
    year,
)
from tests.at_tui.judge.made import Absence, Person, Placement, programme, verdict

# Week 10 of 2026 is 2 to 8 March; three weeks end on Sunday 22 March, six on 12 April.
WARD = records(placed("invartes", date(2026, 3, 2), date(2026, 8, 30)))


def under(*supervisors: str | None) -> Records:
    """Return primary care of the year 2026 at one unit, divided evenly among supervisors."""
    starts = [date(2026, 1, 1), date(2026, 7, 1)][: len(supervisors)]
    ends = [date(2026, 6, 30), date(2026, 12, 31)] if len(supervisors) > 1 else [date(2026, 12, 31)]
    work = [
        Placement("allmanmedicin", start, end, unit_id="u1", supervisor_id=id)
        for start, end, id in zip(starts, ends, supervisors, strict=True)
    ]
    return records(*work, people={id: Person(id=id) for id in supervisors if id})


AKADEMISKA = [
    # 1 January 2026 and 18 months is 1 July 2027; 4.5 months end on the 16th of May's 31 days
    # (15.5 rounded up); 3 months on 31 March; 6 on 30 June.
    *length("U-01", "invartes", date(2026, 1, 1), date(2027, 6, 30)),
    *length("U-02", "opererande", date(2026, 1, 1), date(2026, 5, 16)),
    *length("U-03", "invartes", date(2026, 1, 1), date(2026, 5, 16)),
    *length("U-04", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("U-05", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    *again(
        "U-06", WARD, date(2026, 3, 22), [date(2026, 3, 18)], [date(2026, 4, 8)],
        lambda days: sessions(days, "group"),
    ),
    *again(
        "U-07", WARD, date(2026, 3, 22), [date(2026, 3, 18)], [date(2026, 4, 8)],
        lambda days: sessions(days, "reflection"),
    ),
    # Asked from two weeks before 1 January; one supervisor throughout, or two.
    Case(
        "U-08a", under("h1"),
        {date(2025, 12, 17): NOT_ASKED, date(2025, 12, 18): MET, date(2025, 12, 19): MET},
    ),
    Case("U-08a", under("h1", "h2"), {date(2026, 2, 1): MISSING}),
    Case("U-08a", under(None), {date(2026, 2, 1): MISSING}),
    *again(
        "U-08b", year("allmanmedicin"), date(2026, 1, 31), [date(2026, 1, 14)], [date(2026, 2, 11)],
        sessions,
    ),
    *assessed("U-09", "mini-cex", ("opererande", "invartes", "psykiatri", "allmanmedicin")),
    *evaluation("U-10"),
]  # fmt: skip


def away(kind: str, start: date, end: date) -> Records:
    return year(absences=[Absence(kind, start, end)])


ENKOPING = [
    # 21 months from 1 January 2026 end on 30 September 2027.
    *length("E-01", "invartes", date(2026, 1, 1), date(2027, 9, 30)),
    *length("E-02", "opererande", date(2026, 1, 1), date(2026, 6, 30)),
    *length("E-03", "invartes", date(2026, 1, 1), date(2026, 6, 30)),
    *length("E-04", "psykiatri", date(2026, 1, 1), date(2026, 3, 31)),
    *length("E-05", "allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    # Monday 2 to Friday 13 March are ten working days, Monday the 16th the eleventh.
    Case(
        "E-06", away("sjuk", date(2026, 3, 2), date(2026, 3, 15)),
        {date(2026, 3, 12): MET, date(2026, 3, 13): MET, date(2026, 3, 16): MET},
        have=10,
    ),
    Case(
        "E-06", away("sjuk", date(2026, 3, 2), date(2026, 3, 16)),
        {date(2026, 3, 1): SOON_, date(2026, 3, 15): SOON_, date(2026, 3, 16): LATE,
         date(2026, 3, 17): LATE},
    ),
    # Holidays and jourkomp count as served.
    Case("E-06", away("semester", date(2026, 6, 1), date(2026, 6, 30)), {date(2026, 7, 1): MET}),
    Case("E-06", away("jourkomp", date(2026, 6, 1), date(2026, 6, 30)), {date(2026, 7, 1): MET}),
]  # fmt: skip


@pytest.mark.parametrize("case", AKADEMISKA, ids=lambda case: case.id)
def test_akademiska_is_judged_as_the_table_says(case: Case) -> None:
    check("uppsala-akademiska", case)


@pytest.mark.parametrize("case", ENKOPING, ids=lambda case: case.id)
def test_enkoping_is_judged_as_the_table_says(case: Case) -> None:
    check("enkoping", case)


def test_too_much_absence_names_whom_to_tell() -> None:
    ill = away("sjuk", date(2026, 3, 2), date(2026, 3, 16))
    sentence = verdict(ill, programme("enkoping"), "E-06", date(2026, 3, 16)).sentence
    assert "kontakta AT-chef" in sentence


def test_a_supervisor_who_is_not_filled_in_cannot_be_judged() -> None:
    base = records(
        placed("allmanmedicin", date(2026, 1, 1), date(2026, 12, 31), supervisor_id="h1"),
        people={"h1": Person(id="h1")},
    )
    check("vgr-primarvard", Case("VG-04d", base, {date(2026, 2, 1): UNKNOWN}))


def test_every_requirement_of_uppsala_akademiska_is_in_the_table() -> None:
    assert lacking("uppsala-akademiska", AKADEMISKA) == []


def test_every_requirement_of_enkoping_is_in_the_table() -> None:
    assert lacking("enkoping", ENKOPING) == []
