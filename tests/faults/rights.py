"""Obey the rights of files as a user does: root passes over them unless it lays its powers down."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

_VERSION_3 = 0x20080522
_PASS_OVER_RIGHTS = 0b111
"""CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH."""


@contextlib.contextmanager
def of_a_user() -> Iterator[None]:
    """Let this thread read and write only what the rights of its user allow."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    powers = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    effective = powers[0]
    powers[0] = effective & ~_PASS_OVER_RIGHTS
    assert libc.capset(header, powers) == 0
    try:
        yield
    finally:
        powers[0] = effective
        assert libc.capset(header, powers) == 0
