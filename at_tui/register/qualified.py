"""Who may supervise, as the register sees it, and what each plan asks of them.

A supervisor is called approved here when they are a specialist or an ST-läkare and have done the
handledarutbildning. That is the register's own yardstick, for all regions; what a region's plan
asks beside it is judged by the plan's requirements, the same as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from at_tui.accounts.rules import concerns
from at_tui.judge.qualities import PERSONAL, Answer, Asks, Subject, answer_alone
from schema.months import add_months

if TYPE_CHECKING:
    from at_tui.register.records import Stay
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import Qualification

SOON = timedelta(days=183)
"""How long before it is due a refresher or an approval is pointed out."""
_PLAIN = Asks(None, 60, 1)


def approved(person: Any, on: date) -> Answer:
    """Return whether a person is an approved supervisor; None when the register does not say."""
    if person.licensed is False:
        return False
    subject = Subject(person.name, person, person.id)
    either = [answer_alone(q, subject, on, _PLAIN) for q in ("specialist", "st")]
    course = answer_alone("supervisor_course", subject, on, _PLAIN)
    fit: Answer = True if True in either else None if None in either else False
    if fit is False or course is False:
        return False
    return None if fit is None or course is None else True


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a plan asks of a person or unit and the register does not show: `qualities` are those
    that lack, or of which nobody has said (`known` is False). Alternatives are joined by "|"."""

    requirement: Qualification
    plan: Programme
    qualities: tuple[str, ...]
    known: bool


def asked(plan: Programme, start: date, on: date, who: str) -> Iterator[Qualification]:
    """Yield what a plan asks of its supervisors or units, of trainings begun on `start`."""
    for requirement in plan.requirements:
        if (
            requirement.kind == "qualification"
            and requirement.who == who
            and concerns(requirement, start, on)
        ):
            yield requirement


def of_stay(stay: Stay, on: date, who: str) -> Iterator[Qualification]:
    """Yield what the plan asks of the supervisor, or unit, of one placement."""
    if stay.plan is None:
        return
    for requirement in asked(stay.plan, stay.training_start, on, who):
        if not requirement.sections or stay.section in requirement.sections:
            yield requirement


def lacking(
    requirements: Iterable[tuple[Qualification, Programme]], subject: Subject, on: date
) -> list[Lacking]:
    """Return what lacks of the personal qualities that are asked."""
    found = []
    for requirement, plan in requirements:
        asks = Asks(requirement.specialty, requirement.presence_percent, requirement.within_years)
        missing: list[str] = []
        unknown: list[str] = []
        for quality in requirement.all_of:
            if quality in PERSONAL:
                value = answer_alone(quality, subject, on, asks)
                if value is not True:
                    (missing if value is False else unknown).append(quality)
        either = [q for q in requirement.any_of if q in PERSONAL]
        if either:
            values = [answer_alone(q, subject, on, asks) for q in either]
            if True not in values:
                (unknown if None in values else missing).append("|".join(either))
        if missing:
            found.append(Lacking(requirement, plan, tuple(missing), known=True))
        elif unknown:
            found.append(Lacking(requirement, plan, tuple(unknown), known=False))
    return found


def latest_course(person: Any, on: date) -> date | None:
    """Return the day of the latest handledarutbildning or refresher, up to `on`."""
    days = (person.supervisor_course_on, person.supervisor_refresher_on)
    return max((day for day in days if day and day <= on), default=None)


def refresher_due(person: Any, years: int, on: date) -> date | None:
    """Return the last day for a refresher that is asked at least every so many years: one done on
    10 March 2019 lasts seven years to and with 10 March 2026. None when no course is known."""
    latest = latest_course(person, on)
    return add_months(latest, 12 * years) if latest else None
