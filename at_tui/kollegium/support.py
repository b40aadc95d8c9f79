"""Stödplaner (behovsanpassad tjänstgöring): who may see one, and what is due in it.

A plan names the roles that may see it; the one who is responsible may too. Everybody else gets
the same answer as if there were none, in lists, on pages and in the sorting.

Source: Läkartidningen 2021/04; AT-koncept Jönköping (J-17); Värmland (V-10); Blekinge (B-07).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from schema.fault import Fault
from schema.words import RoleKind

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.kollegium_rows import PlanLine
    from data.work import Work
    from schema.tables import Decision, Role, SupportPlan

MUST_BE_TOLD = (RoleKind.VERKSAMHETSCHEF, RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF)
"""Those who decide together on an adapted or extended training (Värmland, V-10)."""
AHEAD = timedelta(days=14)
"""A follow-up is told so long before its day."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one who looks: a person with the roles held on the day."""

    person_id: str
    roles: frozenset[str]


class Restricted(Protocol):
    """What is read of a plan to decide who may see it."""

    @property
    def responsible_id(self) -> str | None: ...
    @property
    def shown_to(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A day on which a plan shall be followed up."""

    plan_id: str
    training_id: str
    name: str
    day: date
    late: bool


def may_see(plan: Restricted, viewer: Viewer) -> bool:
    """Return whether the viewer may see the plan."""
    if viewer.person_id and plan.responsible_id == viewer.person_id:
        return True
    return not viewer.roles.isdisjoint(str(role) for role in plan.shown_to)


def seen_by(viewer: Viewer) -> Callable[[PlanLine], bool]:
    """Return what `read_shelf` asks to know which plans to read."""
    return lambda plan: may_see(plan, viewer)


def viewer_of(work: Work, person_id: str, on: date) -> Viewer:
    """Return a person as a viewer, with the roles held on the day."""
    from schema.tables import Role

    held = work.all(Role, Role.person_id == person_id) if person_id else []
    return Viewer(person_id, frozenset(str(role.kind) for role in held if _holds(role, on)))


def owner(work: Work, on: date) -> Viewer:
    """Return the owner of this file as a viewer."""
    return viewer_of(work, work.fact("owner_id"), on)


def _holds(role: Role, on: date) -> bool:
    return (role.start is None or role.start <= on) and (role.end is None or on <= role.end)


def plans_of(work: Work, viewer: Viewer, training_id: str) -> list[SupportPlan]:
    """Return a training's plans that the viewer may see, latest first."""
    from schema.tables import SupportPlan

    found = work.all(SupportPlan, SupportPlan.training_id == training_id)
    mine = [plan for plan in found if may_see(plan, viewer)]
    return sorted(mine, key=lambda plan: (plan.opened_on, plan.id), reverse=True)


def need_plan(work: Work, viewer: Viewer, plan_id: str) -> SupportPlan:
    """Return one plan.

    Raises:
        Fault: `store.no_record`, also when there is one that the viewer may not see: that it
            exists is part of the secret.
    """
    from schema.tables import SupportPlan

    plan = work.get(SupportPlan, plan_id)
    if plan is None or not may_see(plan, viewer):
        raise Fault("store.no_record", exit_code=1, kind="SupportPlan")
    return plan


def save_plan(work: Work, viewer: Viewer, plan: SupportPlan) -> SupportPlan:
    """Save a new or changed plan.

    Raises:
        Fault: `kollegium.plan_not_yours`, when the viewer may not see it as it was kept, or would
            not see it as it is being saved: nobody shall lock themselves out by a wrong key.
    """
    from schema.tables import SupportPlan

    before = work.get(SupportPlan, plan.id)
    if not may_see(plan, viewer) or (before is not None and not may_see(before, viewer)):
        raise Fault("kollegium.plan_not_yours")
    return work.save(plan)


def plan_from(
    decision: Decision, viewer: Viewer, on: date, unmet: Iterable[str] = ()
) -> SupportPlan:
    """Return a new plan that follows from a kollegium's decision, to be filled in and saved."""
    from schema.tables import SupportPlan

    return SupportPlan(
        training_id=decision.training_id,
        decision_id=decision.id,
        opened_on=on,
        unmet_goals=list(unmet),
        responsible_id=viewer.person_id or None,
    )


def not_told(plan: SupportPlan) -> list[RoleKind]:
    """Return the roles that should have been told and are not said to have been."""
    return [role for role in MUST_BE_TOLD if str(role) not in plan.told]


def follow_ups_due(work: Work, viewer: Viewer, on: date) -> list[FollowUp]:
    """Return the follow-ups of open plans that lie behind undone, or come within two weeks."""
    from data.kollegium import open_plans
    from schema.tables import Trainee, Training

    found: list[FollowUp] = []
    for plan in open_plans(work):
        if not may_see(plan, viewer):
            continue
        days = [date.fromisoformat(d) for d in plan.follow_ups if d not in plan.followed_up]
        due = [day for day in days if day <= on + AHEAD]
        if not due:
            continue
        training = work.need(Training, plan.training_id)
        name = work.need(Trainee, training.trainee_id).name
        found += [FollowUp(plan.id, training.id, name, day, day < on) for day in due]
    return sorted(found, key=lambda each: (each.day, each.plan_id))
