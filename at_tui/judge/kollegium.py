"""The trainee is taken up at a kollegium so many times in every window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.judge.finding import Verdict
from at_tui.judge.kind import Kind
from at_tui.judge.rhythm import Rhythm, verdict
from at_tui.judge.windows import Item, tally, windows

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from schema.content.requirement_kinds import Kollegium as Asked


class Kollegium(Kind["Asked"]):
    """Counts decisions, by the day of their kollegium. Part-time asks as much as full time: the
    meeting is held for all."""

    name = "kollegium"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        found = windows(case, requirement, requirement.per, 1, requirement.times, by_service=False)
        items = [Item(day, 1, id) for day, id in case.decided]
        own = case.training.programme_id
        ahead = [
            meeting.day
            for meeting in case.records.kollegier.values()
            # `orebro` holds one for those of `orebro-uso` too.
            if meeting.day > case.on and own.startswith(meeting.programme_id)
        ]
        rhythm = Rhythm(requirement.per, booked=min(ahead, default=None))
        return verdict(tally(found, items), rhythm, case, requirement)
