"""What a kind of requirement is: a class that reads its parameters and says how it stands.

A new kind is one class here, one model of its parameters in `schema/content/requirement_kinds.py`
and one line in `at_tui/judge/registry.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.finding import Verdict
    from schema.content.requirement import Requirement

R = TypeVar("R", bound="Requirement")

PLACEMENTS = frozenset(
    {"no_placements", "placement_reversed", "placement_early", "training_reversed"}
)
"""Faults that hide which placements there are."""
TIME = PLACEMENTS | {"percent", "overlap", "absence_reversed", "absence_outside"}
"""Faults that also hide how much the trainee is there."""


class Kind(ABC, Generic[R]):
    """One kind of requirement."""

    name: ClassVar[str]
    blocked_by: ClassVar[frozenset[str]] = TIME
    """Faults in the records that make it impossible to judge."""

    @abstractmethod
    def judge(self, requirement: R, case: Case) -> Verdict:
        """Return how `requirement` stands in `case` on its day. Reads, and changes nothing."""
