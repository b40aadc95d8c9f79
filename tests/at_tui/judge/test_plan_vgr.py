"""VGR primary care: every requirement met, not met, and on the day it turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from at_tui.judge import Records
from tests.at_tui.judge.cases import (
    DAY,
    LATE,
    MET,
    MISSING,
    NOT_ASKED,
    ON_WAY,
    SOON_,
    UNKNOWN,
    Case,
    Whom,
    activities,
    again,
    assessed,
    check,
    course,
    lacking,
    length,
    milestone,
    placed,
    records,
    sessions,
    signer,
    supervisor,
    talk,
    trained_on,
    year,
)
from tests.at_tui.judge.made import (
    Absence,
    Assessment,
    Person,
    Placement,
    Supervision,
    programme,
    verdict,
)

START, END = date(2026, 3, 2), date(2026, 8, 30)
# 26 weeks from Monday 2 March are 182 days and end on Sunday 30 August. Week 10 is 2 to 8 March.
GP = records(placed("allmanmedicin", START, END))


def about(topic: str) -> Any:
    return lambda days: {"supervisions": [Supervision(d, topics=(topic,)) for d in days]}


def divided(*supervisors: str | None) -> Records:
    """Return the placement at one unit, the supervisor changing on 1 June if there are two."""
    days = (
        [(START, END)]
        if len(supervisors) == 1
        else [(START, date(2026, 5, 31)), (date(2026, 6, 1), END)]
    )
    work = [
        Placement("allmanmedicin", start, end, unit_id="u1", supervisor_id=id)
        for (start, end), id in zip(days, supervisors, strict=True)
    ]
    return records(*work, people={id: Person(id=id) for id in supervisors if id})


def absent(last: date) -> Records:
    """Return holidays from Monday 1 June to `last`."""
    return replace(GP, absences=[Absence("semester", date(2026, 6, 1), last)])


def topics(id: str, letter: str) -> list[Case]:
    """Taken up once a month: January has a session about it, then February."""
    return again(
        id,
        year("allmanmedicin"),
        date(2026, 1, 31),
        [date(2026, 1, 14)],
        [date(2026, 2, 11)],
        about(letter),
    )


CASES = [
    *length("VG-01", "allmanmedicin", START, END),
    Case(
        "VG-02",
        records(
            placed("psykiatri", date(2025, 12, 1), date(2026, 3, 1)),
            placed("allmanmedicin", START, END),
        ),
        {START - DAY: ON_WAY, START: MET, START + DAY: MET},
    ),
    Case(
        "VG-02",
        records(
            placed("allmanmedicin", START, END),
            placed("psykiatri", date(2026, 8, 31), date(2026, 11, 30)),
        ),
        {START: MISSING},
    ),
    *again("VG-03", GP, date(2026, 3, 8), [date(2026, 3, 4)], [date(2026, 3, 11)], sessions),
    *supervisor(
        "VG-04a", "allmanmedicin",
        Whom(Person(specialty="allmänmedicin"), Person(specialty="kirurgi")),
    ),
    *trained_on("VG-04b", "allmanmedicin", "supervisor_course_on"),
    *trained_on("VG-04c", "allmanmedicin", "consultation_course_on"),
    *supervisor(
        "VG-04d", "allmanmedicin", Whom(Person(presence_percent=60), Person(presence_percent=59))
    ),
    # Asked from two weeks before 2 March: 16 February.
    Case(
        "VG-04e", divided("h1"),
        {date(2026, 2, 15): NOT_ASKED, date(2026, 2, 16): MET, date(2026, 2, 17): MET},
    ),
    Case("VG-04e", divided("h1", "h2"), {START: MISSING}),
    Case("VG-04e", divided(None), {START: MISSING}),
    *assessed("VG-06a", "medsittning-formativ", ["allmanmedicin"], times=2),
    *assessed("VG-06b", "dops", ["allmanmedicin"]),
    # 30 days after 2 March is 1 April.
    *milestone("VG-07a", GP, START, date(2026, 4, 1), talk("planering")),
    *milestone("VG-07b", GP, END, END, talk("slutsamtal")),
    *topics("VG-08a", "a"),
    *topics("VG-08b", "m"),
    *topics("VG-08c", "j"),
    *topics("VG-08d", "e"),
    # From Monday 1 June: five weeks are 25 weekdays less Midsummer Eve on the 19th, so 24 working
    # days end on Friday 3 July, and 23 on Thursday the 2nd.
    Case(
        "VG-09", absent(date(2026, 7, 2)),
        {date(2026, 7, 1): MET, date(2026, 7, 2): MET, date(2026, 7, 3): MET},
        have=23,
    ),
    Case(
        "VG-09", absent(date(2026, 7, 3)),
        {date(2026, 7, 2): SOON_, date(2026, 7, 3): LATE, date(2026, 7, 4): LATE,
         END: LATE, END + DAY: MISSING},
        have=24,
    ),
    Case(
        "VG-09",
        replace(GP, absences=[Absence("kurs", date(2026, 6, 1), date(2026, 7, 31))]),
        {date(2026, 8, 3): MET},
        have=0,
    ),
    *again(
        "VG-10a", year("allmanmedicin"), date(2026, 1, 31), [date(2026, 1, 14)],
        [date(2026, 2, 11)], activities("at-dag"),
    ),
    *course("VG-10b", "fokusdagar", 2),
    *course("VG-10c", "at-stamma"),
    *assessed(
        "VG-11", "medsittning-examination", ["allmanmedicin"], answers={"slutbetyg": "godkand"}
    ),
    *signer("VG-12", {"licensed": True}, {"licensed": False}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_vgr_is_judged_as_the_table_says(case: Case) -> None:
    check("vgr-primarvard", case)


def weeks(finding: Any) -> tuple[float, float]:
    return finding.have, finding.need


def held(days: Sequence[date], **more: Any) -> Records:
    return replace(GP, **sessions(days), **more)


def test_a_week_away_is_not_a_missed_session() -> None:
    """Away the week of 9 March: only weeks 10 and 12 ask, and both have theirs."""
    plan = programme("vgr-primarvard")
    days = [date(2026, 3, 4), date(2026, 3, 18)]
    away = [Absence("semester", date(2026, 3, 9), date(2026, 3, 15))]
    there = verdict(held(days), plan, "VG-03", date(2026, 3, 23))
    gone = verdict(held(days, absences=away), plan, "VG-03", date(2026, 3, 23))
    assert (weeks(there), weeks(gone)) == ((2, 3), (2, 2))


def test_less_than_half_a_week_asks_nothing_and_half_asks_all() -> None:
    """Of the five working days of 9 to 13 March three away leave two; two away leave three. Of
    the four before Good Friday (30 March to 2 April) two are half."""
    plan = programme("vgr-primarvard")
    for away, asked in (
        ((date(2026, 3, 9), date(2026, 3, 11)), 0),
        ((date(2026, 3, 9), date(2026, 3, 10)), 1),
        ((date(2026, 3, 30), date(2026, 3, 31)), 1),
        ((date(2026, 3, 30), date(2026, 4, 1)), 0),
    ):
        week = away[0]
        base = records(placed("allmanmedicin", week, week + 6 * DAY))
        gone = replace(base, absences=[Absence("sjuk", *away)])
        finding = verdict(gone, plan, "VG-03", week + 6 * DAY)
        assert (finding.status == NOT_ASKED) is (asked == 0)


def test_half_time_asks_once_in_two_weeks() -> None:
    """At half time weeks 10 and 11 make one window, 12 and 13 the next: to 15 and 29 March."""
    plan = programme("vgr-primarvard")
    half = records(placed("allmanmedicin", START, END, percent=50))
    done = replace(half, **sessions([date(2026, 3, 4)]))
    assert verdict(done, plan, "VG-03", date(2026, 3, 15)).status == MET
    assert verdict(done, plan, "VG-03", date(2026, 3, 16)).status == ON_WAY
    assert verdict(done, plan, "VG-03", date(2026, 3, 30)).status == LATE


def test_four_days_a_week_asks_four_times_in_five_weeks() -> None:
    """At 80 per cent the weeks fill 0.8, 1.6, 2.4, 3.2, 4.0: five weeks make four windows."""
    part = records(placed("allmanmedicin", START, date(2026, 4, 5), percent=80))
    finding = verdict(part, programme("vgr-primarvard"), "VG-03", date(2026, 4, 6))
    assert finding.need == 4


def test_why_a_session_was_cancelled_is_told() -> None:
    cancelled = Supervision(date(2026, 3, 11), status="cancelled", cancel_reason="workload")
    base = replace(GP, supervisions=[Supervision(date(2026, 3, 4)), cancelled])
    finding = verdict(base, programme("vgr-primarvard"), "VG-03", date(2026, 3, 17))
    assert finding.status == LATE
    assert "v 11 (inställd: belastning)" in finding.sentence


def test_logging_this_week_turns_late_into_on_its_way() -> None:
    """Week 11 passed without: late in week 12, until this week's session is logged."""
    plan = programme("vgr-primarvard")
    before = held([date(2026, 3, 4)])
    assert verdict(before, plan, "VG-03", date(2026, 3, 17)).status == LATE
    after = held([date(2026, 3, 4), date(2026, 3, 17)])
    finding = verdict(after, plan, "VG-03", date(2026, 3, 17))
    assert (finding.status, *weeks(finding)) == (ON_WAY, 2, 3)


def test_a_booked_session_is_told_and_does_not_count() -> None:
    booked = Supervision(date(2026, 3, 5), status="planned")
    finding = verdict(
        replace(GP, supervisions=[booked]), programme("vgr-primarvard"), "VG-03", date(2026, 3, 3)
    )
    assert finding.have == 0
    assert "Bokat 5 mars 2026" in finding.sentence


def test_topics_that_are_never_noted_cannot_be_judged() -> None:
    plain = replace(year("allmanmedicin"), **sessions([date(2026, 1, 14)]))
    check("vgr-primarvard", Case("VG-08a", plain, {date(2026, 2, 11): UNKNOWN}))


def test_an_examiner_who_supervises_is_refused() -> None:
    own = Person("Vera Exempel", specialty="allmänmedicin")
    work = placed("allmanmedicin", START, END, supervisor_id=own.id)
    mark = Assessment(
        "medsittning-examination", date(2026, 4, 8), own.id, answers={"slutbetyg": "godkand"}
    )
    base = records(work, people={own.id: own}, assessments=[mark])
    finding = verdict(base, programme("vgr-primarvard"), "VG-11", date(2026, 4, 9))
    assert finding.have == 0


def test_every_requirement_of_vgr_is_in_the_table() -> None:
    assert lacking("vgr-primarvard", CASES) == []
