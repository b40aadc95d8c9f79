"""What a kollegium prints and mails is the same whether or not there is a stödplan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from at_tui.documents.chase_page import chase_pdf
from at_tui.documents.coverage_page import coverage_pdf
from at_tui.documents.kollegium_pack import kollegium_pack_pdf
from at_tui.documents.minutes import minutes_pdf
from at_tui.documents.slip import slips_pdf
from at_tui.kollegium.chase import chase_list, chase_texts
from at_tui.kollegium.cohort import cases_of
from at_tui.kollegium.coverage import coverage
from at_tui.kollegium.judging import judge_all
from at_tui.kollegium.live import Live
from at_tui.kollegium.minutes import doctor_slips, minutes_of, supervisor_slips
from at_tui.kollegium.pack import PackOptions, Scope, make_pack
from at_tui.kollegium.stands import open_list
from schema.words import Outcome
from tests.at_tui.kollegium.world import TODAY, WEEK, World

Read = Callable[[bytes], str]


def papers(world: World, meeting_id: str, read: Read) -> dict[str, str]:
    """Return the text of every paper, made of all that someone may read who sees all plans."""
    shelf = world.shelf(may_see=lambda plan: True)
    cases = cases_of(shelf, world.sources, judge_all(shelf, world.sources), meeting_id)
    debtors = chase_list(cases, shelf, meeting_id)
    with world.store.read() as work:
        minutes = replace(minutes_of(work, meeting_id, TODAY), history="")
    made = {
        "coverage": read(coverage_pdf(coverage(cases, shelf), issued_on=TODAY, number="K")),
        "chase": read(chase_pdf(debtors, meeting_day=TODAY, evidence_on=TODAY, issued_on=TODAY,
                                number="K")),
        "mails": chase_texts(debtors, meeting_day=TODAY, until=TODAY),
        "minutes": read(minutes_pdf(minutes, issued_on=TODAY)),
        "slips": read(slips_pdf([*doctor_slips(minutes), *supervisor_slips(minutes)],
                                issued_on=TODAY, number="K")),
    }  # fmt: skip
    for name, options in {
        "pack": PackOptions(),
        "pack of those to discuss": PackOptions(Scope.DISCUSS),
        "pack of a unit": PackOptions(Scope.UNIT, frozenset({world.centre_id})),
        "masked pack": PackOptions(masked=True, with_plans=True),
    }.items():
        pack = make_pack(
            cases, shelf, options=options, title="Underlag", number="K", day=TODAY,
            issued_on=TODAY, salt="s",
        )  # fmt: skip
        made[name] = read(kollegium_pack_pdf(replace(pack, history="")))
    return made


@pytest.fixture
def meeting_id(world: World) -> str:
    """A meeting that has been held about two doctors, one of whom nobody has seen."""
    for name in ("Alva Testsson", "Bo Exempel"):
        doctor = world.add(name, programme_id="varmland")
        world.met(doctor, [TODAY - number * WEEK for number in range(8, 12)])
    meeting = world.meeting(TODAY)
    with world.store.work("test") as work:
        open_list(work, work.need(type(meeting), meeting.id), world.cases(), at=datetime.now(UTC))
    live = Live.open(world.store, meeting.id, author=world.director_id, on=TODAY)
    live.decide(Outcome.TALK)
    live.next()
    live.decide(Outcome.THIN_EVIDENCE)
    return meeting.id


def test_no_paper_of_a_kollegium_tells_that_there_is_a_stodplan(
    world: World, meeting_id: str, read: Read
) -> None:
    before = papers(world, meeting_id, read)
    # Värmland's plan asks who has been told of it: what the judge says would tell as well.
    world.worried(world.doctors["Alva Testsson"], follow_ups=["2026-11-20", "2026-12-01"])
    after = papers(world, meeting_id, read)
    assert all("Alva Testsson" in words for name, words in before.items() if name != "masked pack")
    for name, words in before.items():
        assert after[name] == words, name
