"""Which class judges which kind: one line here plugs a new kind in."""

from __future__ import annotations

from typing import Any

from at_tui.judge.absence import Absence
from at_tui.judge.account import Account
from at_tui.judge.assessment import Assessment
from at_tui.judge.cadence import Cadence
from at_tui.judge.course import Course
from at_tui.judge.duration import Duration
from at_tui.judge.exam import Exam
from at_tui.judge.hours import Hours
from at_tui.judge.kind import Kind
from at_tui.judge.kollegium import Kollegium
from at_tui.judge.leave import Leave
from at_tui.judge.milestone import Milestone
from at_tui.judge.order import Order
from at_tui.judge.qualification import Qualification

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind
    for kind in (
        Duration(), Order(), Cadence(), Hours(), Course(), Milestone(), Assessment(),
        Qualification(), Kollegium(), Leave(), Account(), Absence(), Exam(),
    )
}  # fmt: skip
