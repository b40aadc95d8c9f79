"""What others decide about someone: goals reached, the kollegium, stödplan."""

from __future__ import annotations

from datetime import date, timedelta

from at_tui.demo.block import Stay
from at_tui.demo.calendar import last_tuesday, working
from at_tui.demo.cast import Course
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from at_tui.demo.phrases import bank
from schema.months import add_months
from schema.tables import Agreement, Decision, GoalMark, Kollegium, SupportPlan
from schema.words import (
    AgreementOwner,
    LockStatus,
    Meaning,
    Outcome,
    RoleKind,
    SectionCode,
)

MOST_EVIDENCE = 6
"""Records that one mark names here; enough to be believed, few enough to be read."""
KNOWN = timedelta(weeks=8)
"""A kollegium takes up those who have been there for so long."""
UNMET = 0.25
"""Share of goals that someone who struggles has not reached."""


def add_goal_marks(life: Life) -> None:
    """Mark goals on days of held sessions: most late in the last placement of their section."""
    chance = life.chance("marks")
    by_section: dict[SectionCode, list[tuple[date, Stay]]] = {}
    for day, stay, _ in life.held:
        by_section.setdefault(stay.placement.section, []).append((day, stay))
        by_section.setdefault(SectionCode.ALLMAN, []).append((day, stay))
    for goal in life.curriculum.goals:
        held = by_section.get(goal.section, [])
        begun, ended = _span(life, goal.section)
        share = (life.on - begun) / (ended - begun) if ended > begun else 1.0
        late = [one for one in held if one[0] >= begun + (ended - begun) * 0.45]
        if not late or (share < 1 and not chance.happens(max(0.0, (share - 0.3) * 1.3))):
            continue
        if life.character.course is Course.STRUGGLING and chance.happens(UNMET):
            continue
        day, stay = chance.one(late)
        behind = [(on, id) for on, id in life.evidence.get(goal.id, []) if on <= day]
        mark = GoalMark(
            id=chance.record_id(day),
            training_id=life.training.id,
            curriculum_id=life.curriculum.id,
            goal_id=goal.id,
            day=day,
            marked_by_id=stay.supervisor.id,
            evidence=[id for _, id in sorted(behind, reverse=True)[:MOST_EVIDENCE]],
            note=chance.one(bank("talks")["marks"]),
        )
        if life.character.course is Course.STRUGGLING and chance.happens(0.04):
            mark.withdrawn_on = min(life.on, working(day + timedelta(days=20)))
            mark.withdrawn_reason = "Markerades på fel underlag."
        life.add(mark)


def _span(life: Life, section: SectionCode) -> tuple[date, date]:
    """Return first and last day of a section's placements; of the whole for shared goals."""
    stays = [stay for stay in life.stays if section in (SectionCode.ALLMAN, stay.placement.section)]
    if not stays:
        return life.training.start, life.training.end or life.on
    return stays[0].start, stays[-1].end


def kollegier(chance: Chance, first: date, on: date) -> list[Kollegium]:
    """Return the meetings at which there was somebody to take up, and the one to come: May and
    November.

    Args:
        first: The day on which the first doctor began.
    """
    made: list[Kollegium] = []
    for year in range(first.year, on.year + 2):
        for month in (5, 11):
            day = last_tuesday(year, month)
            nobody_yet = day < on and day < first + KNOWN
            if nobody_yet or day < first or (made and made[-1].day >= on):
                continue
            meeting = Kollegium(
                id=chance.record_id(min(day, on)),
                title="AT-kollegium",
                day=day,
                evidence_on=day if day <= on else None,
                closed_on=day if day < on else None,
            )
            made.append(meeting)
    return made


def add_decisions(life: Life, meetings: list[Kollegium]) -> None:
    """Add what each closed kollegium within the training decided."""
    chance = life.chance("decisions")
    end = life.training.end or life.on
    for meeting in meetings:
        seen = life.training.start + KNOWN <= meeting.day <= end
        if not seen or meeting.closed_on is None:
            continue
        outcome = _outcome(life, chance, meeting.day)
        decision = Decision(
            id=chance.record_id(meeting.day),
            kollegium_id=meeting.id,
            training_id=life.training.id,
            outcome=outcome,
            text=chance.one(bank("talks")[str(outcome)]),
            discussed_on=meeting.day,
            shown_on=min(life.on, working(meeting.day + timedelta(days=chance.whole(2, 9)))),
            status=LockStatus.SIGNED,
        )
        life.add(decision)
        life.sign(chance, decision, life.organisation.director, Meaning.ASSESSES, meeting.day)
        if outcome is not Outcome.ON_TRACK:
            _follow_up(life, chance, decision, meeting.day)


def _outcome(life: Life, chance: Chance, day: date) -> Outcome:
    if life.character.course is Course.STRUGGLING:
        far = life.progress(day) > 0.35
        return Outcome.SUPPORT_PLAN if far else Outcome.TALK
    if life.character.course is Course.LATE and life.on - day < timedelta(weeks=30):
        return Outcome.THIN_EVIDENCE
    return chance.weighted({Outcome.ON_TRACK: 0.9, Outcome.THIN_EVIDENCE: 0.07, Outcome.TALK: 0.03})


def _follow_up(life: Life, chance: Chance, decision: Decision, day: date) -> None:
    """Add what the meeting agreed: done some weeks later, or still open."""
    due = working(day + timedelta(days=24))
    done = working(due - timedelta(days=chance.whole(0, 12)))
    agreement = Agreement(
        id=chance.record_id(day),
        training_id=life.training.id,
        origin_kind="Decision",
        origin_id=decision.id,
        text="Komplettera med två DOPS av olika bedömare"
        if decision.outcome is Outcome.THIN_EVIDENCE
        else "Uppföljande samtal med studierektorn",
        owner=AgreementOwner.SUPERVISOR
        if decision.outcome is Outcome.THIN_EVIDENCE
        else AgreementOwner.DIRECTOR,
        agreed_on=day,
        due=due,
        done_on=done if done <= life.on and chance.happens(0.8) else None,
    )
    life.add(agreement)


def add_support_plan(life: Life) -> None:
    """Add a stödplan for someone who struggles, a third into the training."""
    if life.character.course is not Course.STRUGGLING:
        return
    chance = life.chance("support")
    opened = working(add_months(life.training.start, 8))
    if opened > life.on:
        opened = working(life.on - timedelta(days=50))
    if not life.training.start < opened <= life.on:
        return
    end = life.training.end or life.on
    goals = [goal.id for goal in life.curriculum.goals if goal.section is SectionCode.ALLMAN]
    follow_ups = [working(opened + timedelta(weeks=2 * number)) for number in range(1, 7)]
    plan = SupportPlan(
        id=chance.record_id(opened),
        training_id=life.training.id,
        opened_on=opened,
        concern=bank("talks")["concern"],
        unmet_goals=chance.some(goals, 4),
        measures=bank("talks")["measures"],
        responsible_id=life.organisation.director.id,
        follow_ups=[day.isoformat() for day in follow_ups],
        told=[str(RoleKind.STUDIEREKTOR), str(RoleKind.HUVUDHANDLEDARE)],
        closed_on=end if end < life.on else None,
        outcome="Avslutad, målen nådda." if end < life.on else "",
    )
    life.add(plan)
