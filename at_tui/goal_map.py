"""The målbeskrivning as a map: each goal with what has been judged and what there is to judge by.

"Inget underlag" is its own status and never the same as "ej uppfyllt": nobody has looked, is all
it says. One judgement may count towards many goals, so a session or an assessment is evidence for
every goal it names, and many goals are marked by one act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from schema.fault import Fault
from schema.text import clean
from schema.words import LockStatus, SectionCode, SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here, imported where they are made.
if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.content.curriculum import Chapter, Curriculum, Goal
    from schema.content.instrument import Instrument
    from schema.tables import Assessment, GoalMark, Supervision

MOST_EVIDENCE = 100
"""A mark names at most so many records, the latest first."""


class GoalStatus(StrEnum):
    """Where a goal stands. Screen words: `goals.status.<value>`."""

    MARKED = "marked"
    EVIDENCE = "evidence"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A session or an assessment that names the goal."""

    record_id: str
    kind: str
    """`supervision` or `assessment`."""
    day: date
    instrument_id: str
    by_id: str | None
    by_name: str
    counts: bool
    """False for what is not signed yet: it is shown, and nothing rests on it."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of the map."""

    goal: Goal
    mark: GoalMark | None
    """The judgement in force, None when there is none."""
    withdrawn: tuple[GoalMark, ...]
    evidence: tuple[Evidence, ...]
    """Latest first."""

    @property
    def counting(self) -> tuple[Evidence, ...]:
        """The evidence that a judgement may rest on."""
        return tuple(one for one in self.evidence if one.counts)

    @property
    def status(self) -> GoalStatus:
        if self.mark is not None:
            return GoalStatus.MARKED
        return GoalStatus.EVIDENCE if self.counting else GoalStatus.NONE


@dataclass(frozen=True, slots=True)
class GoalSection:
    """The goals of one section (a chapter of the regulation), in its order."""

    section: SectionCode
    chapter: Chapter | None
    lines: tuple[GoalLine, ...]

    def count(self, status: GoalStatus) -> int:
        """Return how many goals stand so."""
        return sum(line.status is status for line in self.lines)

    @property
    def working(self) -> bool:
        """Whether any goal's text is a working text, not the official wording."""
        return any(line.goal.status == "working" for line in self.lines)

    @property
    def lacking(self) -> tuple[GoalLine, ...]:
        """The goals that are not marked, those without evidence first."""
        unmarked = [line for line in self.lines if line.mark is None]
        return tuple(sorted(unmarked, key=lambda line: bool(line.counting)))


@dataclass(frozen=True, slots=True)
class OldMark:
    """A mark of a goal that the curriculum no longer holds; kept and shown, counted nowhere."""

    mark: GoalMark
    text: str
    replaced_by: tuple[str, ...]


def goal_map(
    folder: Folder,
    curriculum: Curriculum,
    *,
    unsigned: Collection[str] = (),
    on: date | None = None,
) -> list[GoalSection]:
    """Return the map of one training, section by section in the curriculum's order.

    Args:
        unsigned: Ids of instruments that are used without signature; their forms count unsigned.
        on: As it was that day, with what came later left out; everything when None.
    """
    until = on or date.max
    evidence = _evidence(folder, unsigned, until)
    in_force: dict[str, GoalMark] = {}
    withdrawn: dict[str, list[GoalMark]] = {}
    for mark in folder.goal_marks:
        if mark.day > until:
            continue
        if mark.withdrawn_on is not None and mark.withdrawn_on <= until:
            withdrawn.setdefault(mark.goal_id, []).append(mark)
        else:
            in_force.setdefault(mark.goal_id, mark)
    chapters = {chapter.section: chapter for chapter in curriculum.chapters}
    grouped: dict[SectionCode, list[GoalLine]] = {section: [] for section in chapters}
    for goal in curriculum.goals:
        line = GoalLine(
            goal,
            in_force.get(goal.id),
            tuple(withdrawn.get(goal.id, ())),
            tuple(evidence.get(goal.id, ())),
        )
        grouped.setdefault(goal.section, []).append(line)
    return [
        GoalSection(section, chapters.get(section), tuple(lines))
        for section, lines in grouped.items()
        if lines
    ]


def old_marks(folder: Folder, curriculum: Curriculum) -> list[OldMark]:
    """Return the marks in force whose goal an earlier curriculum held."""
    found: list[OldMark] = []
    for mark in folder.goal_marks:
        if mark.withdrawn_on is None and curriculum.goal(mark.goal_id) is None:
            gone = curriculum.retired_goal(mark.goal_id)
            text = gone.text if gone else ""
            found.append(OldMark(mark, text, gone.replaced_by if gone else ()))
    return found


def _evidence(folder: Folder, unsigned: Collection[str], until: date) -> dict[str, list[Evidence]]:
    """Return the evidence of the days to `until` by goal id, latest first."""
    found: dict[str, list[Evidence]] = {}
    dated = [
        *((session.goals, _of_session(folder, session)) for session in folder.supervisions
          if session.status == SupervisionStatus.HELD),
        *((form.goals, _of_assessment(folder, form, unsigned)) for form in folder.assessments
          if form.status in (LockStatus.SIGNED, LockStatus.DRAFT)),
    ]  # fmt: skip
    dated = [pair for pair in dated if pair[1].day <= until]
    for goals, one in sorted(dated, key=lambda pair: (pair[1].day, pair[1].record_id)):
        for goal_id in dict.fromkeys(goals):
            found.setdefault(goal_id, []).insert(0, one)
    return found


def _of_session(folder: Folder, session: Supervision) -> Evidence:
    return Evidence(
        record_id=session.id,
        kind="supervision",
        day=session.day,
        instrument_id="",
        by_id=session.supervisor_id,
        by_name=folder.name_of(session.supervisor_id),
        counts=True,
    )


def _of_assessment(folder: Folder, form: Assessment, unsigned: Collection[str]) -> Evidence:
    return Evidence(
        record_id=form.id,
        kind="assessment",
        day=form.day,
        instrument_id=form.instrument_id,
        by_id=form.assessor_id,
        by_name=folder.name_of(form.assessor_id) or form.assessor_name,
        counts=form.status == LockStatus.SIGNED or form.instrument_id in unsigned,
    )


def suggested_goals(
    instrument: Instrument, curriculum: Curriculum, section: SectionCode | None
) -> list[Goal]:
    """Return the goals a form may be evidence for: of the placement's section, and the general.

    Without a section (no placement) all that the instrument reaches.
    """
    wanted = None if section is None else {section, SectionCode.ALLMAN}
    return [
        goal
        for goal in curriculum.goals
        if (wanted is None or goal.section in wanted)
        and instrument.counts_towards.reaches(goal.id, goal.section)
    ]


def mark_goals(
    work: Work,
    *,
    training_id: str,
    curriculum_id: str,
    lines: Iterable[GoalLine],
    by_id: str | None,
    on: date,
    note: str = "",
) -> list[GoalMark]:
    """Mark goals as reached by one judgement, each with its own evidence; marked ones are skipped.

    Raises:
        Fault: `goals.needs_note` when a goal has no evidence and nothing is written of what the
            judgement rests on. Nothing is marked then.
    """
    from schema.tables import GoalMark

    # Another window may have marked some since the map was drawn.
    already = {
        mark.goal_id
        for mark in work.all(GoalMark, GoalMark.training_id == training_id)
        if mark.withdrawn_on is None
    }
    wanted = [line for line in lines if line.goal.id not in already]
    written = clean(note).strip()
    bare = sum(not line.counting for line in wanted)
    if bare and not written:
        raise Fault("goals.needs_note", exit_code=2, count=bare)
    marks = [
        GoalMark(
            training_id=training_id,
            curriculum_id=curriculum_id,
            goal_id=line.goal.id,
            day=on,
            marked_by_id=by_id,
            evidence=[one.record_id for one in line.counting[:MOST_EVIDENCE]],
            note=written,
        )
        for line in wanted
    ]
    work.add_all(marks)
    return marks


def withdraw(work: Work, mark_id: str, *, on: date, reason: str) -> GoalMark:
    """Withdraw a mark; it stays with its day and reason.

    Raises:
        Fault: `goals.needs_reason`, `goals.withdrawn_already`.
    """
    from schema.tables import GoalMark

    written = clean(reason, one_line=True)
    if not written:
        raise Fault("goals.needs_reason", exit_code=2)
    mark = work.need(GoalMark, mark_id)
    if mark.withdrawn_on is not None:
        raise Fault("goals.withdrawn_already")
    mark.withdrawn_on = on
    mark.withdrawn_reason = written
    return work.save(mark)


def find_line(sections: Sequence[GoalSection], goal_id: str) -> GoalLine | None:
    """Return the line of one goal, or None."""
    return next((line for s in sections for line in s.lines if line.goal.id == goal_id), None)
