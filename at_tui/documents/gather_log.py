"""From the records to what stands in a supervision log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.certifying import placement_of
from at_tui.documents.gathering import NOWHERE, Region, imprint, number_of, placement_words
from at_tui.documents.supervision_log import AgreementLine, SessionLine, SupervisionLog
from at_tui.kind_words import of_kind
from at_tui.language import text
from schema.words import SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.prompts import PromptSet
    from schema.tables import Agreement, Supervision


def log_of(
    folder: Folder,
    *,
    on: date,
    placement_id: str | None = None,
    prompts: PromptSet | None = None,
    curriculum: Curriculum | None = None,
    notes: bool = True,
    target_minutes: int | None = None,
    target_source: str = "",
    region: Region = NOWHERE,
) -> SupervisionLog:
    """Return the supervision log of a training, or of one placement, as of the day `on`.

    Args:
        prompts: The topics that the sessions' letters stand for.
        notes: Whether the sessions' notes are printed; leave them out for other eyes.
        target_minutes: What the programme asks for each whole month, if it does.

    Raises:
        Fault: `store.no_record` when the placement is not the training's.
    """
    placement = placement_of(folder, placement_id) if placement_id else None
    sessions = folder.supervisions
    if placement is not None:
        sessions = [
            s
            for s in sessions
            if s.placement_id == placement.id
            or (s.placement_id is None and placement.start <= s.day <= placement.end)
        ]
    now = placement or folder.placement_on(on)
    start = placement.start if placement else folder.training.start
    end = min(placement.end, on) if placement else (folder.training.ended_on or on)
    return SupervisionLog(
        imprint=imprint(
            folder,
            now,
            number=number_of(placement.id if placement else folder.training.id),
            author=folder.name_of(now.supervisor_id) if now else "",
            issued_on=on,
            evidence_on=on,
            region=region,
        ),
        name=folder.trainee.name,
        kind=folder.training.kind,
        placement=placement_words(folder, placement),
        supervisor=folder.name_of(now.supervisor_id) if now else "",
        start=start,
        end=max(start, end),
        target_minutes=target_minutes,
        target_source=target_source,
        sessions=tuple(_session(folder, s, prompts, curriculum, notes) for s in sessions),
    )


def _session(
    folder: Folder,
    session: Supervision,
    prompts: PromptSet | None,
    curriculum: Curriculum | None,
    notes: bool,
) -> SessionLine:
    status = SupervisionStatus(session.status)
    reason, kind = session.cancel_reason, folder.training.kind
    return SessionLine(
        day=session.day,
        minutes=session.minutes,
        status=status,
        form=text(f"word.form.{session.form}"),
        supervisor=folder.name_of(session.supervisor_id),
        cancel_reason=text(f"word.cancel.{reason}") if reason else "",
        topics=tuple(topic_words(letter, prompts) for letter in session.topics),
        goals=tuple(_short_goal(goal_id, curriculum) for goal_id in session.goals),
        agreements=tuple(_agreed(a, kind) for a in folder.agreements if a.origin_id == session.id),
        note=session.note if notes else "",
    )


def topic_words(letter: str, prompts: PromptSet | None) -> str:
    """Return the topic that a session's letter stands for, or the letter where it is unknown."""
    prompt = prompts.by_letter(letter) if prompts else None
    return prompt.label if prompt else letter


def _short_goal(goal_id: str, curriculum: Curriculum | None) -> str:
    goal = curriculum.goal(goal_id) if curriculum else None
    if goal is None:
        return goal_id
    return goal.reference if goal.is_numbered else goal.text.rstrip(".")


def _agreed(agreement: Agreement, kind: str) -> AgreementLine:
    return AgreementLine(
        text=agreement.text,
        owner=of_kind(text(f"word.owner.{agreement.owner}"), kind),
        due=agreement.due,
        done_on=agreement.done_on,
        dropped=agreement.dropped_on is not None,
    )
