"""When someone may sit the exam, day by day, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.completeness import ASSESSOR, TRAINEE, Lack
from at_tui.exam.dates import Occasion, occasions
from at_tui.exam.reading import exam_rule, exam_rules
from at_tui.exam.sit_ins import SitIn, State, sit_ins
from at_tui.exam.window import Kind, Standing, Way, Window, window
from at_tui.judge import Records
from at_tui.judge.case import Case
from schema.content.requirement_kinds import Exam
from tests.at_tui.judge import made
from tests.at_tui.judge.made import Absence, Placement, Sitting, Training

DAY = timedelta(days=1)
START = date(2025, 1, 1)
THIRTEEN = date(2026, 1, 31)
"""The last day of the thirteenth month."""
SECTIONS = ("invartes", "opererande", "psykiatri", "allmanmedicin")


def block(**changes: Any) -> Records:
    """Medicine 5, surgery 4, psychiatry 3 months, and then general practice 6: 18 in all."""
    placed = (
        Placement("invartes", START, date(2025, 5, 31)),
        Placement("opererande", date(2025, 6, 1), date(2025, 9, 30)),
        Placement("psykiatri", date(2025, 10, 1), date(2025, 12, 31)),
        Placement("allmanmedicin", date(2026, 1, 1), date(2026, 6, 30)),
    )
    return replace(Records(Training(START, date(2026, 6, 30)), placements=placed), **changes)


def rule() -> Exam:
    found = exam_rule(made.programme("nationell"), START, START)
    assert found is not None
    return found


COMPLETE = [SitIn(section, State.COMPLETE, section, START) for section in SECTIONS]


def on_day(
    on: date,
    *days: date,
    records: Records | None = None,
    forms: list[SitIn] = COMPLETE,
    apply_by: date | None = None,
) -> Window:
    case = Case(records or block(), made.programme("nationell"), on)
    known = [Occasion(day, None, apply_by, "prov") for day in days]
    return window(rule(), case, forms, known)


def kinds(found: Window) -> list[Kind]:
    return [stop.kind for stop in found.stops]


def test_thirteen_months_are_served_on_the_last_day_of_the_thirteenth() -> None:
    found = on_day(THIRTEEN, THIRTEEN + DAY)
    assert found.eligible_on == THIRTEEN
    assert found.served == 13
    assert on_day(THIRTEEN - DAY).served < 13


def test_the_exam_can_be_sat_the_day_after_and_not_on_the_last_day_itself() -> None:
    on = date(2025, 12, 1)
    assert on_day(on, THIRTEEN + DAY).standing is Standing.READY
    early = on_day(on, THIRTEEN)
    assert early.standing is Standing.LATER
    assert early.chances[0].stops[0].kind is Kind.TIME


def test_after_twelve_months_what_is_missing_is_said_with_the_day() -> None:
    found = on_day(date(2025, 12, 31), date(2026, 1, 20))
    assert found.served == 12
    stop = found.chances[0].stops[0]
    assert "12 av 13 månader tjänstgjorda" in stop.sentence
    assert "31 jan 2026" in stop.sentence
    assert stop.way is Way.TRY


def test_a_later_day_is_found_when_the_next_comes_too_early() -> None:
    on = date(2025, 12, 31)
    found = on_day(on, date(2026, 1, 20), date(2026, 5, 20))
    assert found.standing is Standing.LATER
    assert found.next is not None
    assert found.next.occasion.day == date(2026, 5, 20)
    assert kinds(found) == []


def test_leave_moves_the_day() -> None:
    away = Absence("foraldraledig", date(2025, 2, 1), date(2025, 2, 28))
    found = on_day(THIRTEEN, records=block(absences=[away]))
    assert found.eligible_on is not None
    assert found.eligible_on > THIRTEEN


def test_a_month_in_each_subject_is_needed() -> None:
    short = (
        Placement("invartes", START, date(2025, 8, 31)),
        Placement("opererande", date(2025, 9, 1), date(2025, 12, 31)),
        Placement("psykiatri", date(2026, 1, 1), date(2026, 2, 28)),
        Placement("allmanmedicin", date(2026, 3, 1), date(2026, 8, 31)),
    )
    on = date(2026, 2, 15)
    found = on_day(on, date(2026, 3, 31), records=block(placements=short))
    assert found.eligible_on == date(2026, 3, 31)
    stop = found.chances[0].stops[0]
    assert (stop.kind, stop.target) == (Kind.SUBJECT, "allmanmedicin")
    assert on_day(on, date(2026, 4, 1), records=block(placements=short)).chances[0].ready


def test_a_subject_that_is_not_in_the_plan_leads_to_the_placements() -> None:
    placed = [p for p in block().placements if p.section != "psykiatri"]
    found = on_day(date(2026, 6, 1), date(2026, 9, 1), records=block(placements=placed))
    assert found.standing is Standing.NEVER
    assert (Kind.SUBJECT, Way.PLACEMENTS, "psykiatri") in [
        (s.kind, s.way, s.target) for s in found.stops
    ]


def test_a_plan_that_is_too_short_says_how_far_it_comes() -> None:
    placed = block().placements[:3]
    found = on_day(date(2025, 6, 1), records=block(placements=placed))
    assert found.standing is Standing.NEVER
    assert "Planen når 12 månader; 13 månader krävs" in found.stops[0].sentence


def test_placements_that_contradict_each_other_are_not_counted() -> None:
    wrong = Placement("invartes", date(2025, 6, 1), date(2025, 5, 1))
    found = on_day(THIRTEEN, date(2026, 3, 1), records=block(placements=[wrong]))
    assert found.standing is Standing.UNCLEAR
    assert found.stops[0].way is Way.PLACEMENTS


@pytest.mark.parametrize(
    ("state", "way"),
    [
        (State.NONE, Way.NEW_FORM),
        (State.FAILED, Way.NEW_FORM),
        (State.DRAFT, Way.FORM),
        (State.LACKING, Way.FORM),
    ],
)
def test_a_medsittning_that_is_not_right_can_be_mended_before_registration_closes(
    state: State, way: Way
) -> None:
    lacks = (Lack("assessor_contact", ASSESSOR),) if state is State.LACKING else ()
    forms = [*COMPLETE[1:], SitIn("invartes", state, "f", START, "", lacks)]
    found = on_day(THIRTEEN, date(2026, 3, 1), forms=forms)
    assert found.standing is Standing.MEND
    assert [(s.kind, s.way) for s in found.stops] == [(Kind.SIT_IN, way)]
    assert found.stops[0].target == ("f" if way is Way.FORM else "invartes")


def test_what_lacks_about_the_person_leads_to_the_person() -> None:
    lack = Lack("trainee_email", TRAINEE)
    forms = [*COMPLETE[1:], SitIn("invartes", State.LACKING, "f", START, "", (lack,))]
    found = on_day(THIRTEEN, date(2026, 3, 1), forms=forms)
    assert found.stops[0].way is Way.PERSON


def test_registration_is_open_on_its_last_day_and_closed_the_day_after() -> None:
    last = date(2026, 2, 10)
    assert on_day(last, date(2026, 3, 1), apply_by=last).standing is Standing.READY
    found = on_day(last + DAY, date(2026, 3, 1), apply_by=last)
    assert found.chances[0].stops[0].kind is Kind.CLOSED
    assert found.standing is Standing.LATER
    assert kinds(found) == [Kind.DATE]


def test_without_a_known_day_it_is_said_that_none_is_known() -> None:
    found = on_day(THIRTEEN)
    assert found.standing is Standing.NO_DATE
    assert [(s.kind, s.way) for s in found.stops] == [(Kind.DATE, Way.DATES)]


def test_the_medsittningar_are_good_for_two_sittings_and_then_an_oral_exam_is_needed() -> None:
    on = date(2026, 6, 1)
    first, second = Sitting(date(2026, 2, 20), False), Sitting(date(2026, 5, 20), False)
    none = [SitIn(section, State.NONE) for section in SECTIONS]
    once = on_day(on, date(2026, 8, 20), records=block(exams=[first]), forms=none)
    assert (once.used, once.oral, once.standing) == (1, False, Standing.MEND)
    twice = on_day(on, date(2026, 8, 20), records=block(exams=[first, second]), forms=none)
    assert (twice.used, twice.oral, twice.standing) == (2, True, Standing.READY)


def test_an_oral_exam_does_not_use_up_the_medsittningar() -> None:
    oral = Sitting(date(2026, 2, 20), False, oral=True)
    assert on_day(date(2026, 6, 1), records=block(exams=[oral])).used == 0


def test_a_passed_exam_is_stopped_by_nothing() -> None:
    passed = Sitting(date(2026, 2, 20), True)
    none = [SitIn(section, State.NONE) for section in SECTIONS]
    found = on_day(date(2026, 6, 1), records=block(exams=[passed]), forms=none)
    assert (found.standing, found.stops) == (Standing.PASSED, ())


def test_a_sitting_that_has_been_sat_waits_for_its_result() -> None:
    sat = Sitting(date(2026, 2, 20))
    on = date(2026, 3, 1)
    found = on_day(on, date(2026, 5, 20), records=block(exams=[sat]))
    assert found.standing is Standing.WAITING
    assert [(s.kind, s.way, s.target) for s in found.stops] == [(Kind.RESULT, Way.RESULT, sat.id)]
    for day in (date(2026, 2, 1), date(2026, 2, 20)):
        assert on_day(day, records=block(exams=[sat])).standing is Standing.REGISTERED


def test_what_is_typed_goes_before_what_is_shipped() -> None:
    rules = exam_rules()
    (shipped,) = occasions(rules, [])
    assert (shipped.day, shipped.apply_by) == (date(2025, 11, 21), date(2025, 10, 23))
    assert not shipped.typed
    moved = Occasion(shipped.day, None, date(2025, 10, 30), "KI", "egen")
    (typed,) = occasions(rules, [moved])
    assert (typed.apply_by, typed.typed) == (date(2025, 10, 30), True)


def test_the_best_medsittning_of_a_section_is_the_one_that_counts() -> None:
    right = {"slutbetyg": "godkand"}
    forms = [
        made.Assessment("medsittning-examination", START, answers={"slutbetyg": "underkand"}),
        made.Assessment("medsittning-examination", START + DAY, answers=right),
        made.Assessment("medsittning-examination", START + 2 * DAY, status="draft", answers=right),
        made.Assessment("mini-cex", START + 3 * DAY, answers=right),
        made.Assessment("medsittning-examination", START + 4 * DAY, status="voided", answers=right),
    ]
    found = sit_ins(
        rule(),
        forms,
        lacks_of=lambda _: [],
        section_of=lambda _: "psykiatri",
        name_of=lambda _: "Nils Exempel",
    )
    states = {one.section: one.state for one in found}
    assert states == {
        "opererande": State.NONE,
        "invartes": State.NONE,
        "psykiatri": State.COMPLETE,
        "allmanmedicin": State.NONE,
    }
    assert next(s.form_id for s in found if s.section == "psykiatri") == forms[1].id


def test_one_who_is_registered_is_held_to_the_day_of_the_sitting() -> None:
    sitting = Sitting(date(2026, 1, 20))
    found = on_day(date(2025, 12, 31), date(2026, 5, 20), records=block(exams=[sitting]))
    assert found.standing is Standing.REGISTERED
    assert found.next is not None
    assert found.next.occasion.day == date(2026, 1, 20)
    assert kinds(found) == [Kind.TIME, Kind.SUBJECT]
    closed: dict[str, Any] = {"records": block(exams=[sitting]), "apply_by": date(2025, 12, 1)}
    assert Kind.CLOSED not in kinds(on_day(date(2025, 12, 31), date(2026, 1, 20), **closed))
    later = Sitting(date(2026, 5, 20))
    assert kinds(on_day(date(2025, 12, 31), records=block(exams=[later]))) == []
