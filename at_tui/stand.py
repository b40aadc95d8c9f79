"""How one training stands, in as few words as the first page has room for."""

from __future__ import annotations

from dataclasses import dataclass

from at_tui.today import Duty


@dataclass(frozen=True, slots=True)
class Stand:
    """How one training stands, for a word on the first page."""

    late: int
    missing: int
    duties: tuple[Duty, ...]
    """What can be done now, the most needed first."""

    @property
    def on_track(self) -> bool:
        """Whether nothing that the plan demands or recommends is late or missing."""
        return not self.late and not self.missing
