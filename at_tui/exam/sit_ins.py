"""The four medsittningar: which there are, and what KI would send them back for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from schema.words import LockStatus

if TYPE_CHECKING:
    from at_tui.completeness import Lack
    from schema.content.requirement_kinds import Exam


class State(StrEnum):
    """Where a section's medsittning stands. Screen words: `exam.sit_in.<value>`."""

    COMPLETE = "complete"
    """Approved, signed, and nothing lacks by the formal check-list."""
    LACKING = "lacking"
    """Approved and signed, but something would have it sent back."""
    DRAFT = "draft"
    """Begun, not signed."""
    FAILED = "failed"
    NONE = "none"


_BEST = (State.COMPLETE, State.LACKING, State.DRAFT, State.FAILED, State.NONE)


@dataclass(frozen=True, slots=True)
class SitIn:
    """The best medsittning of a section, and all that lacks in it."""

    section: str
    state: State
    form_id: str = ""
    day: date | None = None
    examiner: str = ""
    lacks: tuple[Lack, ...] = ()


Lacks = Callable[[Any], Sequence["Lack"]]
"""What an outside reader would send a form back for."""


def sit_ins(
    requirement: Exam,
    forms: Iterable[Any],
    *,
    lacks_of: Lacks,
    section_of: Callable[[Any], str | None],
    name_of: Callable[[Any], str],
) -> list[SitIn]:
    """Return one medsittning for each section that the exam asks for, in the order asked.

    Args:
        forms: Assessments; others than the exam's instruments are passed by.
        lacks_of: What lacks in a form.
        section_of: The section a form is about.
        name_of: Its examiner's name.
    """
    found: dict[str, list[SitIn]] = {section: [] for section in requirement.sections}
    for form in forms:
        if form.instrument_id not in requirement.instruments:
            continue
        section = section_of(form)
        if section not in found or form.status in (LockStatus.VOIDED, LockStatus.CORRECTED):
            continue
        lacks = tuple(lacks_of(form))
        state = _state(requirement, form, lacks)
        found[section].append(SitIn(section, state, form.id, form.day, name_of(form), lacks))
    return [_best(section, mine) for section, mine in found.items()]


def _state(requirement: Exam, form: Any, lacks: Sequence[Lack]) -> State:
    if form.status != LockStatus.SIGNED:
        return State.DRAFT
    item = requirement.approved_item
    if item is not None and str(form.answers.get(item)) not in requirement.approved_answers:
        return State.FAILED
    return State.LACKING if lacks else State.COMPLETE


def _best(section: str, mine: Sequence[SitIn]) -> SitIn:
    if not mine:
        return SitIn(section, State.NONE)
    # Of two that are as good the later, which is what was done last to make it right.
    latest = sorted(mine, key=lambda s: (s.day or date.min, s.form_id), reverse=True)
    return min(latest, key=lambda s: _BEST.index(s.state))
