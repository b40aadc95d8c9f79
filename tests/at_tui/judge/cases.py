"""How the tables of the plans are written: a requirement, records, and what is said on which days.

Every day in a table is worked out by hand from the source; the arithmetic stands beside it. The
builders here only repeat what is the same for a whole kind: nothing is said before, everything on
the day itself, and what comes the day after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from at_tui.judge import Records
from data.content import load
from tests.at_tui.judge.made import (
    Assessment,
    Certificate,
    Education,
    Introduction,
    Person,
    Placement,
    Supervision,
    SupportPlan,
    Talk,
    Training,
    kollegium,
    programme,
    verdict,
)  # fmt: skip

DAY = timedelta(days=1)
SOON = 14 * DAY

MET, ON_WAY, SOON_, LATE = "uppfyllt", "på väg", "snart", "försenat"
MISSING, NOT_ASKED, UNKNOWN = "saknas", "ej aktuellt", "kan inte bedömas"

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@dataclass(frozen=True)
class Case:
    """What is said of one requirement on some days."""

    id: str
    records: Records
    at: Mapping[date, str]
    have: float | None = None
    """What there is on the last of the days, where it matters."""


def check(plan: str, case: Case) -> None:
    """Assert that every day of a case is judged as the table says."""
    found = programme(plan)
    for on, status in case.at.items():
        finding = verdict(case.records, found, case.id, on)
        assert (on, finding.status) == (on, status), f"{case.id} {on}: {finding.sentence}"
    if case.have is not None:
        assert finding.have == case.have


def records(
    *placements: Placement,
    start: date | None = None,
    end: date | None = None,
    norm: int = 18,
    main: str | None = None,
    **more: Any,
) -> Records:
    """Return a training over these placements."""
    first = start or min(p.start for p in placements)
    last = end or max(p.end for p in placements)
    training = Training(first, last, norm, main_supervisor_id=main)
    return Records(training, placements=placements, **more)


def placed(section: str, start: date, end: date, specialty: str = "", **more: Any) -> Placement:
    return Placement(section, start, end, specialty=specialty, **more)


def year(section: str = "invartes", **more: Any) -> Records:
    """Return a training of the year 2026 in one section."""
    return records(placed(section, *YEAR), **more)


def length(
    id: str, section: str, start: date, last: date, specialty: str = "", longest: date | None = None
) -> list[Case]:
    """A length that is served on `last`: not the day before, and a plan a day shorter lacks it.

    `longest` is the last day of the longest plan, where there is a highest length.
    """
    whole = records(placed(section, start, last, specialty))
    short = records(placed(section, start, last - DAY, specialty))
    cases = [
        Case(id, whole, {last - DAY: ON_WAY, last: MET, last + DAY: MET}),
        Case(id, short, {last: MISSING}),
    ]
    return cases + (at_most(id, section, start, longest, specialty) if longest else [])


def at_most(id: str, section: str, start: date, longest: date, specialty: str = "") -> list[Case]:
    """A length that must not be passed: the plan may end on `longest`, not the day after."""
    within = records(placed(section, start, longest, specialty))
    over = records(placed(section, start, longest + DAY, specialty))
    return [
        Case(id, within, {longest - DAY: MET, longest: MET, longest + DAY: MET}),
        Case(id, over, {longest: MISSING}),
    ]


def milestone(
    id: str,
    base: Records,
    due: date,
    last: date,
    done: Callable[[date], Mapping[str, Any]],
    late: str = LATE,
) -> list[Case]:
    """Something due on `due` and late after `last`: soon two weeks ahead, done on its day.

    `done` gives the records of it held on a day.
    """
    held = replace(base, **done(last))
    return [
        Case(id, base, {due - SOON - DAY: ON_WAY, due - SOON: SOON_, due - SOON + DAY: SOON_}),
        Case(id, base, {last - DAY: SOON_, last: SOON_, last + DAY: late}),
        Case(id, held, {last - DAY: SOON_, last: MET, last + DAY: MET}),
    ]


def again(
    id: str,
    base: Records,
    end: date,
    first: Sequence[date],
    second: Sequence[date],
    make: Callable[[Sequence[date]], Mapping[str, Any]],
) -> list[Case]:
    """Something asked in every window, of which the first ends on `end`.

    Nothing: soon on its last day, late the day after. Done in the first window on the days
    `first`: met on the last of them and to the window's end, on its way the day after. Done in the
    second too: met again.
    """
    once = replace(base, **make(first))
    twice = replace(base, **make([*first, *second]))
    return [
        Case(id, base, {end - DAY: SOON_, end: SOON_, end + DAY: LATE}),
        Case(id, once, {first[-1]: MET, end: MET, end + DAY: ON_WAY}),
        Case(id, twice, {end + DAY: ON_WAY, second[-1]: MET}),
    ]


def within(
    id: str,
    base: Records,
    end: date,
    days: Sequence[date],
    make: Callable[[Sequence[date]], Mapping[str, Any]],
) -> list[Case]:
    """Something asked so many times until `end`: soon before it, missing after, met on the last
    of `days`, and not with one day fewer."""
    whole = replace(base, **make(days))
    lacking = replace(base, **make(days[:-1]))
    return [
        Case(
            id, whole, {days[-1] - DAY: _open(days[-1] - DAY, end), days[-1]: MET, end + DAY: MET}
        ),
        Case(id, lacking, {end - DAY: SOON_, end: SOON_, end + DAY: MISSING}),
    ]


def _open(on: date, end: date) -> str:
    return SOON_ if on >= end - SOON else ON_WAY


@dataclass(frozen=True)
class Whom:
    """A supervisor as a table needs one: `good` has what is asked, `bad` has not, `blank` is
    not filled in."""

    good: Person
    bad: Person | None = None
    blank: Person = field(default_factory=Person)


def supervisor(id: str, section: str, whom: Whom) -> list[Case]:
    """What a supervisor must be: met by the good, missing by the bad, unknown by the blank; asked
    two weeks before the placement begins and not a day earlier."""

    def under(person: Person) -> Records:
        work = placed(section, *YEAR, supervisor_id=person.id)
        return records(work, people={person.id: person})

    first = YEAR[0]
    ahead = {first - SOON - DAY: NOT_ASKED, first - SOON: MET, first - SOON + DAY: MET}
    cases = [
        Case(id, under(whom.good), {**ahead, first: MET}),
        Case(id, under(whom.blank), {first: UNKNOWN}),
    ]
    if whom.bad is not None:
        cases.append(Case(id, under(whom.bad), {first: MISSING}))
    return cases


def named(id: str, section: str) -> list[Case]:
    """A supervisor is named: asked two weeks before the placement begins."""
    first = YEAR[0]
    nobody = year(section)
    person = Person()
    someone = records(placed(section, *YEAR, supervisor_id=person.id), people={person.id: person})
    return [
        Case(
            id,
            nobody,
            {first - SOON - DAY: NOT_ASKED, first - SOON: MISSING, first - SOON + DAY: MISSING},
        ),
        Case(id, someone, {first - SOON: MET, first: MET}),
    ]


def trained_on(id: str, section: str, field_name: str) -> list[Case]:
    """A course that the supervisor goes on 10 March 2026: not the day before."""
    day = date(2026, 3, 10)
    values: dict[str, Any] = {field_name: day}
    person = Person(**values)
    base = records(placed(section, *YEAR, supervisor_id=person.id), people={person.id: person})
    return [Case(id, base, {day - DAY: MISSING, day: MET, day + DAY: MET})]


def sessions(
    days: Sequence[date], form: str = "individual", minutes: int = 60, **more: Any
) -> dict[str, Any]:
    """Return held sessions on these days."""
    return {"supervisions": [Supervision(d, minutes, form=form, **more) for d in days]}


def activities(course_id: str) -> Callable[[Sequence[date]], dict[str, Any]]:
    """Return a maker of attended meetings of one name."""
    return lambda days: {
        "educations": [Education("conference", d, 60, course_id=course_id) for d in days]
    }


def talks(kind: str) -> Callable[[Sequence[date]], dict[str, Any]]:
    return lambda days: {"talks": [Talk(kind, d) for d in days]}


def talk(kind: str) -> Callable[[date], dict[str, Any]]:
    return lambda day: {"talks": [Talk(kind, day)]}


def introduction(kind: str) -> Callable[[date], dict[str, Any]]:
    return lambda day: {"introductions": [Introduction(kind, day)]}


def certificate(day: date) -> dict[str, Any]:
    return {"certificates": [Certificate(day)]}


def signed_by(id: str, **person: Any) -> Records:
    """Return a training with a certificate of 1 July 2026 signed by someone."""
    signer = Person(**person)
    paper = Certificate(date(2026, 7, 1), signer_id=signer.id, delegated=True)
    return year(people={signer.id: signer}, certificates=[paper])


def signer(id: str, good: dict[str, Any], bad: dict[str, Any]) -> list[Case]:
    """What the signer must be, looked at from the day of the certificate, 1 July 2026."""
    day = date(2026, 7, 1)
    return [
        Case(id, signed_by(id, **good), {day - DAY: NOT_ASKED, day: MET, day + DAY: MET}),
        Case(id, signed_by(id, **bad), {day: MISSING}),
    ]


def course(id: str, course_id: str, days: float = 0, section: str = "") -> list[Case]:
    """A course held on 10 March 2026 in a training (or section) that ends on 30 June: soon from
    16 June (two weeks before the 30th), missing from 1 July."""
    start, end, held = date(2026, 1, 1), date(2026, 6, 30), date(2026, 3, 10)
    base = records(placed(section or "invartes", start, end))
    done = Education("course", held, days=days or 1, course_id=course_id)
    cases = [
        Case(
            id,
            replace(base, educations=[done]),
            {held - DAY: ON_WAY, held: MET, held + DAY: MET},
        ),
        Case(
            id,
            base,
            {date(2026, 6, 15): ON_WAY, date(2026, 6, 16): SOON_, end: SOON_, end + DAY: MISSING},
        ),
    ]
    if days > 1:
        half = Education("course", held, days=days - 1, course_id=course_id)
        cases.append(Case(id, replace(base, educations=[half]), {held + DAY: ON_WAY}))
    return cases


def offered(cases: Sequence[Case]) -> list[Case]:
    """An offer leaves no trace: what would be late or missing cannot be judged."""
    turned = {LATE: UNKNOWN, MISSING: UNKNOWN}
    return [
        replace(case, at={day: turned.get(status, status) for day, status in case.at.items()})
        for case in cases
    ]


def evaluation(id: str, of: str = "placement") -> list[Case]:
    """A placement at a unit ends on 30 June 2026; with 30 days its evaluation is late after
    30 July. Evaluations are anonymous: one for the unit says only that it may be this one."""
    end, last = date(2026, 6, 30), date(2026, 7, 30)
    work = placed("invartes", date(2026, 1, 1), end, unit_id="u1")
    nobody = records(work, evaluations={("u2", "2026-1"): 7})
    someone = records(work, evaluations={("u1", "2026-1"): 7})
    return [
        Case(id, nobody, {end - SOON - DAY: ON_WAY, end - SOON: SOON_, end: SOON_}),
        Case(id, nobody, {last - DAY: SOON_, last: SOON_, last + DAY: LATE}),
        Case(id, someone, {end: ON_WAY, end + DAY: UNKNOWN}),
        Case(id, records(work), {end + DAY: UNKNOWN}),
    ]


def told(id: str, roles: Sequence[str]) -> list[Case]:
    """A support plan opened on 4 May 2026: those who shall know are told, or it is late."""
    day = date(2026, 5, 4)
    silent = year(support_plans=[SupportPlan(day, roles[:-1])])
    open_ = year(support_plans=[SupportPlan(day, roles)])
    return [
        Case(id, silent, {day - DAY: NOT_ASKED, day: LATE, day + DAY: LATE}),
        Case(id, open_, {day - DAY: NOT_ASKED, day: MET}),
        Case(id, year(), {day: NOT_ASKED}),
    ]


def assessed(
    id: str, instrument: str, sections: Sequence[str], times: int = 1, **more: Any
) -> list[Case]:
    """So many forms in each of these sections, which lie one after another from 1 January 2026,
    90 days each; the last form comes on 10 November 2026.

    One form fewer: not met on that day, and missing when all is over.
    """
    placements, start = [], date(2026, 1, 1)
    for section in sections:
        last = start + 89 * DAY
        placements.append(placed(section, start, last, specialty=section))
        start = last + DAY
    day = placements[-1].end - 20 * DAY
    examiner = Person("Vera Examinator", specialty="internmedicin")
    marks = [
        Assessment(
            instrument,
            placement.start + n * 7 * DAY,
            assessor_id=examiner.id,
            placement_id=placement.id,
            **more,
        )
        for placement in placements
        for n in range(times)
    ]
    marks[-1] = replace(marks[-1], day=day)
    base = records(*placements, people={examiner.id: examiner})
    over = placements[-1].end + DAY
    return [
        Case(
            id,
            replace(base, assessments=marks),
            {day - DAY: ON_WAY, day: MET, day + DAY: MET, over: MET},
            have=times * len(sections),
        ),
        Case(id, replace(base, assessments=marks[:-1]), {day: ON_WAY, over: MISSING}),
    ]


def meetings(days: Sequence[date]) -> dict[str, Any]:
    """Return a kollegium's decision on each of these days."""
    return kollegium(*days)


def forms(instrument: str) -> Callable[[Sequence[date]], dict[str, Any]]:
    """Return a maker of signed forms of one instrument."""
    return lambda days: {"assessments": [Assessment(instrument, d) for d in days]}


def lacking(plan: str, cases: Sequence[Case]) -> list[str]:
    """Return what a plan's table lacks: each of its own requirements shall be met in one case, not
    met in one, and be looked at on three days in a row in one."""
    found: list[str] = []
    for asked, record in own_requirements(plan).items():
        mine = [case for case in cases if case.id == asked]
        said = {status for case in mine for status in case.at.values()}
        if MET not in said and record != "evaluation":  # anonymous: never seen to be met
            found.append(f"{asked}: met")
        if not said & {LATE, MISSING, UNKNOWN}:
            found.append(f"{asked}: not met")
        if not any(day + DAY in c.at and day + 2 * DAY in c.at for c in mine for day in c.at):
            found.append(f"{asked}: day before, day, day after")
    return found


def own_requirements(plan: str) -> dict[str, str]:
    """Return the ids that a plan's own file holds, without what it takes over, and which record a
    milestone asks for."""
    file: Any = load("programme")[plan]
    return {asked.id: getattr(asked, "record", "") for asked in file.requirements}
