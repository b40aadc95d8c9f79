"""What kollegier have given the owner to do, and a meeting that is on, for the first page.

Over the bare driver, as `data/glance.py`, whose connection and moment it shares. The same answer
as `at_tui.kollegium.after.actions_due`; a test holds the two together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schema.text import clean

SOON = timedelta(days=14)
"""An action is told so long before its day."""
HELD = timedelta(days=60)
"""A meeting that was begun and never closed is shown so long."""
MOST = 50


@dataclass(frozen=True)
class Assigned:
    """An action of a kollegium that the owner is to do."""

    id: str
    trainee_id: str
    training_id: str
    name: str
    kind: str
    text: str
    due: date | None
    meeting: str
    meeting_day: date | None


@dataclass(frozen=True)
class Gathering:
    """A meeting of today, or one that was begun and is not closed."""

    id: str
    title: str
    day: date
    starts_at: str
    opened: bool


def assigned(connection: Any, owner: str, on: date) -> list[Assigned]:
    """Return what the owner is to do: late, due within two weeks, or without a day; the most
    urgent first."""
    if not owner:
        return []
    rows = connection.execute(
        _ASSIGNED,
        {
            "owner": owner,
            "on": on.isoformat(),
            "soon": (on + SOON).isoformat(),
            "director": "studierektor" in _roles(connection, owner, on),
            "most": MOST,
        },
    ).fetchall()
    return [
        Assigned(
            id, trainee, training, _line(name), kind, _line(text), _day(due), _line(title or ""),
            _day(day),
        )
        for id, trainee, training, name, kind, text, due, title, day in rows
    ]  # fmt: skip


def gatherings(connection: Any, owner: str, on: date) -> list[Gathering]:
    """Return the meetings that are on, for who chairs them or leads the training."""
    if not owner:
        return []
    leads = not {"studierektor", "at_chef", "samordnare"}.isdisjoint(_roles(connection, owner, on))
    rows = connection.execute(
        _GATHERINGS,
        {
            "on": on.isoformat(),
            "since": (on - HELD).isoformat(),
            "owner": owner,
            "leads": leads,
        },
    ).fetchall()
    return [
        Gathering(id, _line(title), date.fromisoformat(day), _line(starts), bool(opened))
        for id, title, day, starts, opened in rows
    ]


@dataclass(frozen=True)
class FollowUp:
    """A day on which a stödplan that the owner may see is to be followed up."""

    plan_id: str
    trainee_id: str
    training_id: str
    name: str
    kind: str
    day: date


def follow_ups(connection: Any, owner: str, on: date) -> list[FollowUp]:
    """Return the earliest follow-up that is not done of each open plan that the owner may see:
    late, or within two weeks. The same plans as `at_tui.kollegium.support.follow_ups_due`."""
    if not owner:
        return []
    values = {
        "owner": owner,
        "roles": json.dumps(sorted(_roles(connection, owner, on))),
        "soon": (on + SOON).isoformat(),
        "most": MOST,
    }
    rows = connection.execute(_FOLLOW_UPS, values).fetchall()
    return [
        FollowUp(plan, trainee, training, _line(name), kind, date.fromisoformat(day))
        for plan, trainee, training, name, kind, day in rows
    ]


def _roles(connection: Any, owner: str, on: date) -> set[str]:
    values = {"owner": owner, "on": on.isoformat()}
    return {row[0] for row in connection.execute(_ROLES, values).fetchall()}


def _line(words: str) -> str:
    return clean(words, one_line=True)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


_ROLES = """
SELECT kind FROM role WHERE person_id = :owner
  AND coalesce(start, :on) <= :on AND coalesce("end", :on) >= :on
"""

# From the decisions, by the agreements' index on their origin: ten years of sessions agree much.
_ASSIGNED = """
SELECT agreement.id, trainee.id, training.id, trainee.name, training.kind, agreement.text,
       agreement.due, kollegium.title, kollegium.day
FROM decision
CROSS JOIN agreement ON agreement.origin_id = decision.id
JOIN kollegium ON kollegium.id = decision.kollegium_id
JOIN training ON training.id = agreement.training_id
JOIN trainee ON trainee.id = training.trainee_id
WHERE agreement.origin_kind = 'Decision'
  AND agreement.done_on IS NULL AND agreement.dropped_on IS NULL
  AND (agreement.due IS NULL OR agreement.due <= :soon)
  AND (agreement.owner_id = :owner
    OR agreement.owner_id IS NULL AND (
         agreement.owner = 'director' AND :director
      OR agreement.owner = 'supervisor' AND EXISTS (
           SELECT 1 FROM placement
           WHERE placement.training_id = agreement.training_id
             AND placement.supervisor_id = :owner
             AND placement.start <= :on AND placement."end" >= :on)))
ORDER BY agreement.due IS NULL, agreement.due, agreement.id LIMIT :most
"""

_GATHERINGS = """
SELECT id, title, day, starts_at, json_array_length(training_ids) > 0 FROM kollegium
WHERE closed_on IS NULL
  AND (:leads OR chair_id = :owner)
  AND (day = :on OR json_array_length(training_ids) > 0 AND day BETWEEN :since AND :on)
ORDER BY day, id LIMIT 3
"""

_FOLLOW_UPS = """
SELECT support_plan.id, trainee.id, training.id, trainee.name, training.kind, min(planned.value)
FROM support_plan
JOIN training ON training.id = support_plan.training_id
JOIN trainee ON trainee.id = training.trainee_id
JOIN json_each(support_plan.follow_ups) AS planned
WHERE support_plan.closed_on IS NULL AND planned.value <= :soon
  AND planned.value NOT IN (SELECT key FROM json_each(support_plan.followed_up))
  AND (support_plan.responsible_id = :owner OR EXISTS (
        SELECT 1 FROM json_each(support_plan.shown_to) AS shown
        WHERE shown.value IN (SELECT value FROM json_each(:roles))))
GROUP BY support_plan.id ORDER BY min(planned.value), support_plan.id LIMIT :most
"""
