"""What a finding asks of whoever sits here, when it can be done at once: in under two minutes.

A length of service cannot be made up at the desk, and leads to the plan itself; a course that has
been is entered from its requirement, and is no reminder of the first page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.judge import judge
from at_tui.judge.finding import Finding, Status
from at_tui.kollegium.judging import records_of
from at_tui.progress import by_urgency
from at_tui.stand import Stand
from at_tui.standing import plan_of
from at_tui.today import Act, Duty
from schema.fault import Fault

if TYPE_CHECKING:
    from data.glance import Doctor
    from data.store import Store
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import AnyRequirement, Hours

BATCH = 8
"""Trainings read in one go: the screen's thread waits no longer than that takes."""

_OPEN = (Status.LATE, Status.SOON)
_NOT_NOW = (Act.EDUCATION, Act.INTRODUCE, Act.EVALUATE)
"""Entered when it has been, from the requirement itself: no reminder of the first page."""
_HALFWAY = ("mittsamtal", "halvtid")


@dataclass(frozen=True, slots=True)
class Deed:
    """What to open, and on what."""

    act: Act
    instrument_id: str = ""
    placement_id: str = ""
    talk: str = ""
    """The kind of talk that is asked for, when it is one."""
    education: str = ""
    """The kind of education that is asked for, when it is one."""
    course_id: str = ""
    """The course or activity of the plan that is asked for, when it is one."""


def deed_of(finding: Finding, requirement: AnyRequirement | None) -> Deed | None:
    """Return what can be done about a finding here and now; None when nothing can."""
    if requirement is None:
        return None
    placement = next((p.placement_id for p in finding.parts if p.status in _OPEN), None) or ""
    if requirement.kind == "cadence":
        if requirement.of == "activity":
            return _of_activity(requirement.activity or "")
        return Deed(Act.SESSION) if requirement.of == "supervision" else None
    if requirement.kind == "course":
        return Deed(Act.EDUCATION, education="course", course_id=requirement.course_id)
    if requirement.kind == "hours":
        return _of_hours(requirement)
    if requirement.kind == "assessment":
        only = requirement.instruments[0] if len(requirement.instruments) == 1 else ""
        return Deed(Act.ASSESS, only, placement)
    if requirement.kind == "milestone" and requirement.record == "certificate":
        return Deed(Act.CERTIFY, placement_id=placement)
    if requirement.kind == "milestone" and requirement.record == "talk":
        return Deed(Act.TALK, placement_id=placement, talk=str(requirement.talks[0]))
    if requirement.kind == "milestone" and requirement.record in ("introduction", "letter"):
        return Deed(Act.INTRODUCE, placement_id=placement)
    if requirement.kind == "milestone" and requirement.record == "evaluation":
        return Deed(Act.EVALUATE, placement_id=placement)
    return None


def _of_activity(activity: str) -> Deed:
    return Deed(Act.EDUCATION, education="lecture", course_id=activity)


def _of_hours(requirement: Hours) -> Deed:
    if requirement.education:
        return Deed(Act.EDUCATION, education=str(requirement.education[0]))
    return Deed(Act.SESSION)


def stands(
    store: Store, doctors: Sequence[Doctor], on: date, *, only: Collection[str] | None = None
) -> Iterator[dict[str, Stand]]:
    """Yield, some at a time, how each doctor's training stands on the day `on`.

    Args:
        only: Ids of the trainings wanted; None for all. A training whose plan is not here is
            left out: the page of its trainee says so.

    Raises:
        Fault: `store.*`.
    """
    from data.kollegium import read_shelf  # SQLModel, 0.6 s: whoever has the records open paid it

    wanted = [d for d in doctors if only is None or d.training_id in only]
    for first in range(0, len(wanted), BATCH):
        some = {doctor.training_id: doctor for doctor in wanted[first : first + BATCH]}
        with store.read() as work:
            shelf = read_shelf(work, on=on, training_ids=list(some))
        found: dict[str, Stand] = {}
        for binder in shelf.binders:
            training = binder.training
            try:
                plan, _ = plan_of(training.programme_id, training.programme_version)
            except Fault:
                continue
            findings = judge(records_of(binder, shelf), plan, on)
            found[training.id] = stand_of(some[training.id], findings, plan, on)
        yield found


def stand_of(doctor: Doctor, findings: Sequence[Finding], plan: Programme, on: date) -> Stand:
    """Return how a training stands by its findings. What is only practice is no one's lack."""
    held = [f for f in findings if f.in_force and f.strength in ("ska", "bör")]
    due = [
        _duty(doctor, finding, deed, on)
        for finding in by_urgency([f for f in findings if f.in_force and f.status in _OPEN])
        if (deed := deed_of(finding, plan.requirement(finding.requirement_id))) is not None
        if deed.act not in _NOT_NOW
        # The other talks are the study director's: their lists tell them.
        and (deed.act is not Act.TALK or deed.talk in _HALFWAY)
    ]
    return Stand(
        sum(f.status is Status.LATE for f in held),
        sum(f.status is Status.MISSING for f in held),
        tuple(due),
    )


_RANK = {
    ("ska", Status.LATE): 1, ("bör", Status.LATE): 2, ("ska", Status.SOON): 2,
    ("bör", Status.SOON): 4,
}  # fmt: skip
"""Among the other duties (`at_tui/today.py`); practice comes after them."""


def _duty(doctor: Doctor, finding: Finding, deed: Deed, on: date) -> Duty:
    late = finding.status is Status.LATE
    return Duty(
        doctor,
        deed.act,
        _RANK.get((finding.strength, finding.status), 5),
        finding.next_date or on,
        "plan_late" if late else "plan_soon",
        {"title": finding.title},
        deed.placement_id,
        dated=finding.next_date is not None,
        instrument_id=deed.instrument_id or deed.talk,
    )
