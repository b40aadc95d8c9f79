"""The kollegier around the decisions: their series, who was there, and what was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from at_tui.demo.chance import Chance
from at_tui.demo.organisation import Organisation
from schema.tables import Kollegium, MeetingSeries, Person
from schema.words import MeetingRhythm

if TYPE_CHECKING:
    from data.kollegium_shelf import Binder
    from data.work import Work

GUESTS = 4
"""Heads who come to a meeting beside the study director."""
PLACE = "Konferensrum Granen"


def series(chance: Chance, places: Organisation, day: date) -> MeetingSeries:
    """Return the series that the meetings belong to: the last Tuesday of May and November."""
    invited = [places.director, *_heads(places)[:GUESTS]]
    return MeetingSeries(
        id=chance.record_id(day),
        title="AT-kollegium",
        programme_id="",
        rhythm=MeetingRhythm.HALF_YEARLY,
        months=[5, 11],
        weekday=1,
        week=5,
        starts_at="13.00",
        minutes=120,
        place=PLACE,
        invited=[
            {"name": each.name, "email": each.email, "person_id": each.id} for each in invited
        ],
        first_on=day,
    )


def furnish(
    chance: Chance, meetings: Sequence[Kollegium], of: MeetingSeries, places: Organisation
) -> None:
    """Give the meetings their series, hour, place and chair, and those held who was there."""
    for meeting in meetings:
        meeting.series_id = of.id
        meeting.period = f"{meeting.day:%Y-%m}"
        meeting.starts_at, meeting.place = of.starts_at, of.place
        meeting.chair_id = places.director.id
        if meeting.closed_on is not None:
            guests = chance.some(_heads(places), GUESTS)
            meeting.attendance = [
                {"name": each.name, "role": each.title, "person_id": each.id}
                for each in (places.director, *guests)
            ]


def _heads(places: Organisation) -> list[Person]:
    clinics = [place for site in places.hospitals.values() for place in site]
    return [place.head for place in (*clinics, *places.centres)]


def close(
    work: Work, chance: Chance, meetings: Sequence[Kollegium], decided: dict[str, list[str]]
) -> None:
    """Note whom each meeting took up, and freeze what the latest of them had before it.

    Args:
        decided: Training ids by meeting, in the order of the meeting.
    """
    held = [each for each in meetings if each.closed_on is not None and decided.get(each.id)]
    for meeting in held:
        now = work.need(Kollegium, meeting.id)
        now.training_ids = decided[meeting.id]
    work.flush()
    if held:
        _freeze(work, chance, work.need(Kollegium, held[-1].id))


def _freeze(work: Work, chance: Chance, meeting: Kollegium) -> None:
    from at_tui.kollegium.cohort import cases_of
    from at_tui.kollegium.evidence import freeze
    from at_tui.kollegium.judging import judge_all
    from at_tui.kollegium.sources import Sources
    from data.kollegium import read_shelf

    shelf = read_shelf(work, on=meeting.day, training_ids=meeting.training_ids)
    shelf.binders = [_as_of(binder, meeting.day) for binder in shelf.binders]
    sources = Sources()
    cases = cases_of(shelf, sources, judge_all(shelf, sources), meeting.id)
    at = datetime.combine(meeting.day, time(11, 5), UTC)
    for each in freeze(work, meeting, cases, at=at):
        each.id = chance.record_id(meeting.day)


def _as_of(binder: Binder, day: date) -> Binder:
    """Return a binder without what was recorded after the day."""
    return replace(
        binder,
        sessions=[each for each in binder.sessions if each.day <= day],
        agreements=[each for each in binder.agreements if each.agreed_on < day],
        assessments=[each for each in binder.assessments if each.day <= day],
        marks=[each for each in binder.marks if each.day <= day],
        educations=[each for each in binder.educations if each.day <= day],
        talks=[each for each in binder.talks if each.held_on is not None and each.held_on <= day],
        certificates=[each for each in binder.certificates if each.issued_on <= day],
        exams=[each for each in binder.exams if each.day <= day],
        decisions=[],
        plans=[],
    )
