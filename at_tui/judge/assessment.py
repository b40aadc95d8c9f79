"""So many filled-in and signed assessments of some instruments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.judge.rhythm import Rhythm, verdict
from at_tui.judge.windows import Item, tally, windows
from at_tui.language import text

if TYPE_CHECKING:
    from datetime import date

    from at_tui.judge.case import Case
    from at_tui.judge.plain import Form
    from at_tui.judge.stays import Stay
    from schema.content.requirement_kinds import Assessment as Asked


class Counts(Protocol):
    """What says which assessments count: an assessment requirement, or the exam's."""

    @property
    def instruments(self) -> Collection[str]: ...
    @property
    def approved_item(self) -> str | None: ...
    @property
    def approved_answers(self) -> Collection[str]: ...
    @property
    def section_field(self) -> str | None: ...


class Assessment(Kind["Asked"]):
    """By weeks, placement, section or the whole training.

    An exam (with an item that approves) that was missed in its section can be made good; one for
    learning cannot, once the placement is over.
    """

    name = "assessment"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        good = [
            a for a in approved(requirement, case) if _assessor_fits(requirement, case, a) is True
        ]
        if requirement.per == "week":
            found = windows(case, requirement, "week", requirement.every, requirement.times)
            items = [Item(a.day, 1, a.id) for a in good]
            rhythm = Rhythm("week", requirement.every)
            return verdict(tally(found, items), rhythm, case, requirement)
        parts = _parts(requirement, case, good)
        if not parts:
            return Verdict(Status.NOT_ASKED, text("judge.no_such_placement"))
        return _joined(requirement, case, parts)


def approved(form: Counts, case: Case) -> list[Form]:
    """Return the signed assessments by `case.on` that are of these instruments and approved."""
    return [
        a
        for a in case.signed
        if a.instrument_id in form.instruments
        and (
            form.approved_item is None
            or str(a.row.answers.get(form.approved_item)) in form.approved_answers
        )
    ]


def section_of(form: Counts, case: Case, assessment: Form) -> str | None:
    """Return the section that an assessment is about: as its form says, else as it was placed."""
    if form.section_field is not None:
        named = assessment.row.context.get(form.section_field)
        if named:
            return str(named)
    stay = case.stay_at(assessment.day, assessment.placement_id)
    return stay.section if stay else None


def _assessor_fits(requirement: Asked, case: Case, assessment: Form) -> bool | None:
    """Return whether the assessor may assess; None when the records do not say."""
    if requirement.not_by_supervisor:
        stay = case.stay_at(assessment.day, assessment.placement_id)
        supervisors = case.supervisors(stay, assessment.day)[:1] if stay else []
        if assessment.assessor_id in supervisors:
            return False
    if requirement.by_specialist:
        person = case.person(assessment.assessor_id)
        return True if person is not None and person.specialty else None
    return True


def _parts(requirement: Asked, case: Case, good: Sequence[Form]) -> list[Part]:
    """Return one part for each section, placement or the training."""
    if requirement.per == "training":
        ids = tuple(a.id for a in good)
        return [_part(requirement, case, text("judge.window.training"), ids, None, case.end)]
    if requirement.per == "placement":
        parts = []
        for stay in case.there(requirement):
            ids = tuple(a.id for a in good if case.stay_at(a.day, a.placement_id) is stay)
            label = stay.specialty or phrases.section_names([stay.section])
            parts.append(_part(requirement, case, label, ids, stay, stay.end))
        return parts
    matching = case.there(requirement)
    sections: Sequence[str] = requirement.sections
    sections = sections or list(dict.fromkeys(s.section for s in matching))
    parts = []
    for section in sections:
        stays = [s for s in matching if s.section == section]
        ids = tuple(a.id for a in good if section_of(requirement, case, a) == section)
        end = max((s.end for s in stays), default=None)
        first = stays[0] if stays else None
        label = phrases.section_names([section])
        parts.append(_part(requirement, case, label, ids, first, end))
    return parts


def _part(
    requirement: Asked,
    case: Case,
    label: str,
    ids: tuple[str, ...],
    stay: Stay | None,
    end: date | None,
) -> Part:
    begun = stay.start if stay else (case.training.start if end else None)
    if len(ids) >= requirement.times:
        status = Status.MET
    elif begun is None or begun > case.on:
        status = Status.NOT_ASKED
    elif end is not None and case.on > end:
        can_still = requirement.approved_item is not None and not case.is_over
        status = Status.LATE if can_still else Status.MISSING
    elif end is not None and case.on >= end - SOON:
        status = Status.SOON
    else:
        status = Status.ON_WAY
    return Part(
        label,
        status,
        need=requirement.times,
        have=len(ids),
        due=end,
        counted=ids,
        placement_id=stay.id if stay else None,
    )


def _joined(requirement: Asked, case: Case, parts: Sequence[Part]) -> Verdict:
    need = sum(requirement.times for _ in parts)
    have = sum(min(int(p.have or 0), requirement.times) for p in parts)
    counted = tuple(id for p in parts for id in p.counted)
    shown = text("judge.have_of", have=have, need=need)
    open_ = [p for p in parts if p.status is not Status.MET]
    due = min((p.due for p in open_ if p.due and p.due >= case.on), default=None)
    status = _status(requirement, case, parts)
    if not open_:
        sentence = text("judge.assessment.met", have=shown)
    else:
        places = phrases.listing([p.label for p in open_])
        key = "due" if due else "lacks"
        sentence = text(
            f"judge.assessment.{key}",
            have=shown,
            places=places,
            day=phrases.day(due) if due else "",
        )
        sentence += _near_misses(requirement, case)
    return Verdict(
        status,
        sentence,
        need=need,
        have=have,
        unit="times",
        next_date=due,
        counted=counted,
        parts=tuple(parts),
    )


def _status(requirement: Asked, case: Case, parts: Sequence[Part]) -> Status:
    found = {p.status for p in parts}
    for status in (Status.LATE, Status.SOON):
        if status in found:
            return status
    if found == {Status.MET}:
        return Status.MET
    if Status.ON_WAY in found or Status.NOT_ASKED in found:
        return Status.MISSING if case.is_over else Status.ON_WAY
    return Status.MISSING


def _near_misses(requirement: Asked, case: Case) -> str:
    """Return what is said of assessments that would count, were it not for their assessor."""
    wrong = unknown = 0
    for assessment in approved(requirement, case):
        fits = _assessor_fits(requirement, case, assessment)
        wrong += fits is False
        unknown += fits is None
    told = ""
    if wrong:
        told += " " + text("judge.assessment.by_supervisor", count=wrong)
    if unknown:
        told += " " + text("judge.assessment.unknown_assessor", count=unknown)
    return told
