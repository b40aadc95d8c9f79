"""What holds of the judge whatever the records are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from at_tui.judge import Finding, Records, Status, judge
from at_tui.programmes import choices
from schema.content.programme import Programme
from schema.months import add_months, last_day_of
from tests.at_tui.judge.cases import placed, records, sessions
from tests.at_tui.judge.made import (
    Absence,
    Assessment,
    Certificate,
    Education,
    Entry,
    Introduction,
    Kollegium,
    Person,
    Placement,
    Sitting,
    Supervision,
    Talk,
    Training,
    kollegium,
    programme,
    verdict,
)

DAY = timedelta(days=1)
START = date(2026, 1, 5)
PLANS = [choice.id for choice in choices()]
TALKS = ("halvtid", "planering", "month_3")
CADENCES = (
    ("vgr-primarvard", "VG-03"),
    ("varmland", "V-04"),
    ("blekinge", "B-01a"),
    ("gavle", "G-11"),
)
SECTIONS = ("opererande", "invartes", "psykiatri", "allmanmedicin", "annan")

plan = cache(programme)
days = st.integers(0, 700).map(lambda n: START + n * DAY)
any_day = st.dates(date(2025, 1, 1), date(2028, 12, 31))
percents = st.sampled_from([50, 60, 75, 80, 100])


@st.composite
def blocks(draw: st.DrawFn) -> list[Placement]:
    """Placements one after another, some with a gap, at some percentage."""
    found: list[Placement] = []
    start = START
    for section in draw(st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=6)):
        end = start + draw(st.integers(6, 200)) * DAY
        found.append(
            Placement(
                section,
                start,
                end,
                draw(percents),
                specialty=draw(st.sampled_from(["", "kirurgi", "ortopedi", "internmedicin"])),
                unit_id=draw(st.sampled_from([None, "u1", "u2"])),
                supervisor_id=draw(st.sampled_from([None, "h1", "h2"])),
            )
        )
        start = end + draw(st.integers(1, 20)) * DAY
    return found


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    start = draw(days)
    kind = draw(st.sampled_from(["semester", "sjuk", "foraldraledig", "kurs", "jourkomp"]))
    return Absence(kind, start, start + draw(st.integers(0, 60)) * DAY, draw(percents))


@st.composite
def trainings(draw: st.DrawFn) -> Records:
    """A believable training with a few records of every kind."""
    placements = draw(blocks())
    inside = st.dates(placements[0].start, placements[-1].end)
    few = st.lists(inside, max_size=6)
    forms = st.sampled_from(["individual", "group", "reflection", "mentor"])
    return Records(
        Training(
            placements[0].start,
            placements[-1].end,
            draw(st.sampled_from([18, 21])),
            main_supervisor_id=draw(st.sampled_from([None, "h1"])),
        ),
        placements=placements,
        absences=[
            replace(a, start=min(a.start, placements[-1].end), end=max(a.end, placements[0].start))
            for a in draw(st.lists(absences(), max_size=3))
        ],
        supervisions=[
            Supervision(d, draw(st.integers(15, 120)), form=draw(forms), topics=("m",))
            for d in draw(st.lists(inside, max_size=25))
        ],
        assessments=[
            Assessment(
                draw(st.sampled_from(["mini-cex", "fredagsfeedback", "dalarna-aterkoppling"])),
                d,
                draw(st.sampled_from([None, "h1", "h2"])),
            )
            for d in draw(few)
        ],
        educations=[Education("lecture", d, 90) for d in draw(few)],
        talks=[
            Talk(draw(st.sampled_from(["halvtid", "planering", "month_3"])), d) for d in draw(few)
        ],
        introductions=[Introduction("klinik", d) for d in draw(few)],
        certificates=[Certificate(d, signer_id="h2") for d in draw(few)],
        account=[Entry("Kurs", 100_000, d, d, d) for d in draw(few)],
        exams=[Sitting(d, draw(st.sampled_from([None, True, False]))) for d in draw(few)[:2]],
        people={
            "h1": Person("Alva Testsson", specialty="internmedicin", licensed=True, id="h1"),
            "h2": Person("Bo Påhitt", id="h2"),
        },
        **kollegium(*draw(few)),
    )


def told(finding: Finding) -> tuple[object, ...]:
    return (finding.requirement_id, finding.status, finding.have, finding.need, finding.sentence)


def dated(base: Records) -> dict[str, date]:
    """Return the day of every record that may count."""
    found: dict[str, date] = {}
    found |= {s.id: s.day for s in base.supervisions}
    found |= {a.id: a.day for a in base.assessments}
    found |= {e.id: e.day for e in base.educations}
    found |= {t.id: t.held_on for t in base.talks if t.held_on}
    found |= {i.id: i.held_on for i in base.introductions if i.held_on}
    found |= {c.id: c.issued_on for c in base.certificates}
    found |= {e.id: e.day for e in base.exams}
    found |= {d.id: base.kollegier[d.kollegium_id].day for d in base.decisions}
    found |= {p.id: p.start for p in base.placements}
    found |= {a.id: a.start for a in base.absences}
    return found


RANK = {
    Status.MET: 0,
    Status.NOT_ASKED: 0,
    Status.ON_WAY: 1,
    Status.SOON: 2,
    Status.UNKNOWN: 2,
    Status.LATE: 3,
    Status.MISSING: 3,
}


@given(
    percent=percents,
    held=st.lists(days, max_size=40),
    more=days,
    away=st.lists(absences(), max_size=3),
    on=days,
    name=st.sampled_from(
        [
            ("vgr-primarvard", "VG-03"),
            ("varmland", "V-04"),
            ("blekinge", "B-01a"),
            ("gavle", "G-11"),
        ]
    ),
)
def test_a_session_more_never_makes_a_cadence_worse(
    percent: int,
    held: list[date],
    more: date,
    away: list[Absence],
    on: date,
    name: tuple[str, str],
) -> None:
    work = placed("allmanmedicin", START, START + 363 * DAY, percent=percent)
    base = records(work, absences=[a for a in away if a.start <= work.end])
    before = verdict(replace(base, **sessions(held)), plan(name[0]), name[1], on)
    after = verdict(replace(base, **sessions([*held, more])), plan(name[0]), name[1], on)
    assert (after.have or 0) >= (before.have or 0)
    assert (after.need or 0) - (after.have or 0) <= (before.need or 0) - (before.have or 0)
    assert RANK[after.status] <= RANK[before.status]


@settings(max_examples=60)
@given(base=trainings(), name=st.sampled_from(PLANS), one=any_day, other=any_day)
def test_going_back_in_time_never_invents_evidence(
    base: Records, name: str, one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    when = dated(base)
    then, now = judge(base, plan(name), earlier), judge(base, plan(name), later)
    for before, after in zip(then, now, strict=True):
        assert all(when[id] <= earlier for id in before.counted if id in when)
        if before.kind != "leave":  # each sitting of the exam has its own
            assert set(before.counted) <= set(after.counted), before.requirement_id


@settings(max_examples=60)
@given(base=trainings(), name=st.sampled_from(PLANS), on=any_day, seed=st.integers(0, 9))
def test_the_order_in_which_records_come_says_nothing(
    base: Records, name: str, on: date, seed: int
) -> None:
    fields = ("placements", "absences", "supervisions", "assessments", "educations", "talks")
    mixed: dict[str, Any] = {}
    for field in fields:
        mixed[field] = list(getattr(base, field))
        Random(seed).shuffle(mixed[field])
    shuffled = replace(base, **mixed)
    found = [told(f) for f in judge(base, plan(name), on)]
    assert found == [told(f) for f in judge(base, plan(name), on)]
    assert found == [told(f) for f in judge(shuffled, plan(name), on)]


@given(cut=st.integers(1, 180), on=any_day, percent=percents, section=st.sampled_from(SECTIONS[:4]))
def test_a_placement_in_two_pieces_is_worth_what_it_was_whole(
    cut: int, on: date, percent: int, section: str
) -> None:
    whole = Placement(section, START, START + 181 * DAY, percent, "medicin", "u1", "h1")
    first = replace(whole, end=START + (cut - 1) * DAY)
    second = replace(whole, start=START + cut * DAY, id="second")
    people = {"h1": Person(id="h1")}
    together = records(whole, people=people, **sessions([START, START + 40 * DAY]))
    divided = records(first, second, people=people, **sessions([START, START + 40 * DAY]))
    for name in ("varmland", "vgr-primarvard"):
        before = {f.requirement_id: f for f in judge(together, plan(name), on)}
        after = {f.requirement_id: f for f in judge(divided, plan(name), on)}
        for id, finding in before.items():
            assert told(finding) == told(after[id])


@given(months=st.integers(1, 18), start=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_half_time_for_twice_as_long_is_as_much_time(months: int, start: date) -> None:
    full = records(placed("invartes", start, last_day_of(start, months)))
    half = records(placed("invartes", start, last_day_of(start, 2 * months), percent=50))
    law = plan("nationell")
    for id in ("N-01", "N-02", "N-04"):
        on = add_months(start, 40)
        one, other = verdict(full, law, id, on), verdict(half, law, id, on)
        assert (one.have, one.status) == (other.have, other.status)


@given(weeks=st.integers(1, 60), start=st.integers(0, 80), on=st.just(date(2031, 1, 1)))
def test_half_time_for_twice_as_many_weeks_asks_as_many_sessions(
    weeks: int, start: int, on: date
) -> None:
    monday = START + start * 7 * DAY
    full = records(placed("allmanmedicin", monday, monday + (weeks * 7 - 1) * DAY))
    half = records(placed("allmanmedicin", monday, monday + (weeks * 14 - 1) * DAY, percent=50))
    for name, id in (("vgr-primarvard", "VG-03"), ("blekinge", "B-01a")):
        one, other = verdict(full, plan(name), id, on), verdict(half, plan(name), id, on)
        assert (one.need, one.status) == (other.need, other.status)


@st.composite
def broken(draw: st.DrawFn) -> Records:
    """Records with every fault there can be: the judge answers, and never in a traceback."""
    placements = [
        Placement(
            draw(st.sampled_from([*SECTIONS, "okänd"])),
            draw(any_day),
            draw(any_day),
            draw(st.integers(-10, 150)),
            draw(st.sampled_from(["", "kirurgi", "[bold]å\x1b"])),
            draw(st.sampled_from([None, "u1"])),
            draw(st.sampled_from([None, "h1", "nobody"])),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    return Records(
        Training(draw(any_day), draw(st.none() | any_day), 18, ended_on=draw(st.none() | any_day)),
        placements=placements,
        absences=[
            Absence("sjuk", draw(any_day), draw(any_day), draw(st.integers(0, 100)))
            for _ in range(draw(st.integers(0, 3)))
        ],
        supervisions=[Supervision(draw(any_day), 0), Supervision(draw(any_day), 900)],
        assessments=[Assessment("mini-cex", draw(any_day), "nobody", "no-placement")],
        talks=[Talk("halvtid", draw(st.none() | any_day), draw(st.none() | any_day), "gone")],
        exams=[Sitting(draw(any_day), draw(st.sampled_from([None, True, False])))],
        account=[Entry("", 0, None, draw(st.none() | any_day), None)],
        kollegier={"k1": Kollegium(draw(any_day), id="k1")},
        certificates=[Certificate(draw(any_day), "gone", signer_id=None)],
    )


@settings(max_examples=80)
@given(base=broken(), name=st.sampled_from(PLANS), on=any_day)
def test_whatever_is_entered_every_requirement_has_an_answer(
    base: Records, name: str, on: date
) -> None:
    found: Programme = plan(name)
    findings = judge(base, found, on)
    assert [f.requirement_id for f in findings] == [r.id for r in found.requirements]
    assert all(f.sentence and f.status in Status for f in findings)
