"""What the kollegium puts on the first page: its actions, and the meeting itself on its day.

Pure: a glance in, duties out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from at_tui.today import Act, Duty

if TYPE_CHECKING:
    from data.glance import Glance

KEPT = 3
"""Actions of kollegier that are shown however much else there is to do."""


def of_kollegium(glance: Glance, on: date) -> list[Duty]:
    """Return what there is to do of kollegier, the most needed first."""
    from data.glance import Doctor  # loaded by whoever has read the page

    found = []
    for meeting in glance.gatherings:
        sentence = "meeting_at" if meeting.starts_at else "meeting"
        if meeting.opened:
            sentence = "meeting_on"
        values: dict[str, object] = {"clock": meeting.starts_at}
        found.append(
            Duty(
                Doctor("", "", meeting.title, ""), Act.MEETING, -1, meeting.day, sentence, values,
                meeting.id, dated=True,
            )
        )  # fmt: skip
    for action in glance.assigned:
        late = action.due is not None and action.due < on
        found.append(
            Duty(
                Doctor(action.trainee_id, action.training_id, action.name, action.kind),
                Act.AGREED,
                0 if late else 3,
                action.due or on,
                "agreed",
                {"text": action.text},
                action.id,
                dated=action.due is not None,
            )
        )
    for plan in glance.follow_ups:
        # Not a word of what it is: the page may be seen by others than the one it belongs to.
        doctor = Doctor(plan.trainee_id, plan.training_id, plan.name, plan.kind)
        rank = 0 if plan.day < on else 3
        found.append(
            Duty(doctor, Act.FOLLOW_UP, rank, plan.day, "follow_up", {}, plan.plan_id, dated=True)
        )
    return found


def chosen(every: Sequence[Duty], of_meetings: Sequence[Duty], most: int) -> list[Duty]:
    """Return the `most` most needed of both in order; of the kollegium's some in any case."""
    joined = sorted([*of_meetings, *every], key=lambda d: (d.rank, d.day, d.doctor.name))
    kept = set(map(id, of_meetings[:KEPT]))
    left = most - len(kept)
    found: list[Duty] = []
    for duty in joined:
        if id(duty) in kept:
            found.append(duty)
        elif left > 0:
            found.append(duty)
            left -= 1
    return found
