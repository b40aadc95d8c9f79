"""From a stödplan's record to what stands on its page. Ask first whether the reader may see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.gathering import (
    NOWHERE,
    Region,
    goal_words,
    imprint,
    number_of,
    placement_words,
)
from at_tui.documents.support_plan import FollowUpLine, SupportPlanPage, ToldLine
from at_tui.kollegium.support import MUST_BE_TOLD, Viewer, may_see
from at_tui.language import text
from schema.fault import Fault

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.tables import SupportPlan


def support_plan_of(
    folder: Folder,
    plan: SupportPlan,
    viewer: Viewer,
    *,
    on: date,
    curriculum: Curriculum | None = None,
    region: Region = NOWHERE,
) -> SupportPlanPage:
    """Return a plan as it is printed.

    Raises:
        Fault: `kollegium.plan_not_yours`, when the viewer may not see it.
    """
    if not may_see(plan, viewer):
        raise Fault("kollegium.plan_not_yours")
    now = folder.placement_on(on)
    roles = [str(role) for role in MUST_BE_TOLD]
    roles += [role for role in plan.told if role not in roles]
    days = sorted({*plan.follow_ups, *plan.followed_up})
    return SupportPlanPage(
        imprint=imprint(
            folder,
            now,
            number=number_of(plan.id),
            author=folder.name_of(plan.responsible_id),
            issued_on=on,
            evidence_on=on,
            region=region,
        ),
        name=folder.trainee.name,
        kind=str(folder.training.kind),
        placement=placement_words(folder, now),
        opened_on=plan.opened_on,
        closed_on=plan.closed_on,
        shown_to=tuple(text(f"word.role.{role}") for role in plan.shown_to),
        concern=plan.concern,
        unmet_goals=tuple(goal_words(id, curriculum) for id in plan.unmet_goals),
        measures=plan.measures,
        responsible=folder.name_of(plan.responsible_id),
        follow_ups=tuple(
            FollowUpLine(date.fromisoformat(day), plan.followed_up.get(day, "")) for day in days
        ),
        told=tuple(
            ToldLine(
                text(f"word.role.{role}"),
                role in plan.told,
                date.fromisoformat(plan.told_on[role]) if role in plan.told_on else None,
            )
            for role in roles
        ),
        extension_months=plan.extension_months,
        extension_decided_on=plan.extension_decided_on,
        extension_decided_by=folder.name_of(plan.extension_decided_by_id),
        outcome=plan.outcome,
    )
