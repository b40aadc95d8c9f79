"""How often Python looks for garbage: seldom, as we make many records and few circles of them."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 60_000, 20, 50
"""New objects before a first look, and how many looks before those that go further."""


def relax() -> None:
    """Look for garbage seldom: judging a cohort takes an eighth less time, and what is kept a
    little longer is a few megabytes."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
