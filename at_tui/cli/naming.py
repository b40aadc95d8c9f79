"""Which record a command means: a trainee by id or name, a placement by id, number or words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.language import text
from schema.fault import Fault
from schema.text import clean, sort_key

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.tables import Assessment, Person, Placement, Trainee, Training

MOST_CHOICES = 8
"""Choices that one sentence lists."""
SHORTEST_ID = 8
"""Characters of an id that may stand for it."""


def trainee(work: Work, wanted: str) -> Trainee:
    """Return the one doctor in training that `wanted` names: an id, its start, or a name.

    Raises:
        Fault: `cli.no_trainee` or `cli.several_trainees` (exit code 1).
    """
    from data.find import match_trainees

    found = match_trainees(work, wanted)
    shown = clean(wanted, one_line=True)[:80]
    if not found:
        raise Fault("cli.no_trainee", exit_code=1, wanted=shown)
    if len(found) > 1:
        choices = [f"{one.name} ({one.id[:13]})" for one in found]
        raise Fault("cli.several_trainees", exit_code=1, wanted=shown, choices=_listed(choices))
    return found[0]


def person(work: Work, wanted: str) -> Person:
    """Return the one person of the register that `wanted` names: an id, or (part of) a name.

    Raises:
        Fault: `cli.no_person` or `cli.several_people` (exit code 1).
    """
    from schema.tables import Person

    by_id = work.get(Person, wanted.strip())
    words = sort_key(wanted).split()
    # Also those who are no longer active: they too may ask what is kept about them.
    every = [by_id] if by_id else work.all(Person) if words else []
    found = [one for one in every if by_id or all(word in one.sort_key for word in words)]
    found = [one for one in found if one.sort_key == sort_key(wanted)] or found
    shown = clean(wanted, one_line=True)[:80]
    if not found:
        raise Fault("cli.no_person", exit_code=1, wanted=shown)
    if len(found) > 1:
        choices = [f"{one.name} ({one.id[:13]})" for one in found]
        raise Fault("cli.several_people", exit_code=1, wanted=shown, choices=_listed(choices))
    return found[0]


def training(work: Work, wanted: str) -> tuple[Trainee, Training]:
    """Return the doctor that `wanted` names, and the latest training.

    Raises:
        Fault: as `trainee`, and `cli.no_training` (exit code 1).
    """
    from data.find import trainings_of

    who = trainee(work, wanted)
    found = trainings_of(work, who.id)
    if not found:
        raise Fault("cli.no_training", exit_code=1, name=who.name)
    return who, found[0]


def placement(folder: Folder, wanted: str) -> Placement:
    """Return the placement that `wanted` names: an id or its start, its number in order of time,
    a day it covers, or words of its section, specialty or unit.

    Raises:
        Fault: `cli.no_placement` or `cli.several_placements` (exit code 1).
    """
    every = folder.placements
    shown = clean(wanted, one_line=True)[:80]
    found = _by_place(every, wanted.strip()) or [
        one
        for one in every
        if all(word in _words(folder, one) for word in sort_key(wanted).split())
        and sort_key(wanted)
    ]
    if len(found) == 1:
        return found[0]
    choices = _listed(
        [
            f"{number} {text(f'word.section_short.{one.section}')} {folder.unit_of(one)} "
            f"{one.start}–{one.end}"
            for number, one in enumerate(every, start=1)
            if one in found or not found
        ]
    )
    code = "cli.several_placements" if found else "cli.no_placement"
    raise Fault(code, exit_code=1, wanted=shown, choices=choices)


def assessment(work: Work, wanted: str) -> Assessment:
    """Return the assessment that `wanted` names: an id or its start.

    Raises:
        Fault: `cli.no_assessment` or `cli.several_assessments` (exit code 1).
    """
    from sqlmodel import col

    from schema.tables import Assessment

    shown = clean(wanted, one_line=True)[:80]
    start = shown.lower()
    if len(start) < SHORTEST_ID:
        raise Fault("cli.no_assessment", exit_code=1, wanted=shown)
    found = work.all(
        Assessment, col(Assessment.id).startswith(start, autoescape=True), limit=MOST_CHOICES + 1
    )
    if not found:
        raise Fault("cli.no_assessment", exit_code=1, wanted=shown)
    if len(found) > 1:
        choices = _listed([f"{one.id} ({one.instrument_id} {one.day})" for one in found])
        raise Fault("cli.several_assessments", exit_code=1, wanted=shown, choices=choices)
    return found[0]


def _by_place(every: list[Placement], wanted: str) -> list[Placement]:
    if wanted.isdecimal() and len(wanted) < 4:
        return every[int(wanted) - 1 : int(wanted)] if int(wanted) else []
    try:
        on = date.fromisoformat(wanted)
    except ValueError:
        return [
            one for one in every if len(wanted) >= SHORTEST_ID and one.id.startswith(wanted.lower())
        ]
    return [one for one in every if one.start <= on <= one.end]


def _words(folder: Folder, one: Placement) -> str:
    section = f"{one.section} {text(f'word.section.{one.section}')}"
    short = text(f"word.section_short.{one.section}")
    return sort_key(f"{section} {short} {one.specialty} {folder.unit_of(one)}")


def _listed(choices: list[str]) -> str:
    more = len(choices) - MOST_CHOICES
    listed = ", ".join(choices[:MOST_CHOICES])
    return text("cli.and_more", listed=listed, count=more) if more > 0 else listed
