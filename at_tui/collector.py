"""Memory: Python looks for garbage seldom, as we make many records and few circles of them, and
what was needed for a moment is given back to the system."""

from __future__ import annotations

import contextlib
import gc
from typing import Any

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""New objects before a first look, and how many looks before those that go further."""


def relax() -> None:
    """Look for garbage seldom: judging a cohort takes an eighth less time, and what is kept a
    little longer is a few megabytes."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)


TOO_MANY = 300_000
"""New objects that are looked through at once, whoever waits."""


def rest() -> None:
    """Leave it to the screens when garbage is looked for: a look in the middle of a page that opens
    takes 10 to 30 ms of its 100."""
    gc.set_threshold(TOO_MANY, MIDDLE, OLD)


_M_ARENA_MAX = -8
"""glibc's number for how many heaps it may keep."""


def share_one_heap() -> None:
    """Let all threads take memory from one heap, where the system has several: each keeps what it
    once needed (5 MB after an hour)."""
    libc = _libc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give memory that was needed for a moment back to the system, where it can be asked."""
    libc = _libc()
    if libc is not None:
        libc.malloc_trim(0)


def _libc() -> Any:
    """Return the system's C library when it is glibc, else None."""
    import ctypes  # 5 ms, and nothing before the first rows needs it

    with contextlib.suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        if libc.gnu_get_libc_version and libc.malloc_trim and libc.mallopt:
            return libc
    return None
