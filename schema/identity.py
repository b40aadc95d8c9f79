"""Record ids: UUIDv7, so that ids made later sort later and no laptop needs to ask another."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable


def new_id(*, milliseconds: int | None = None, random: Callable[[int], bytes] | None = None) -> str:
    """Return a new UUIDv7 as 36 characters.

    `milliseconds` (since 1970, UTC) and `random` are given by tests and demo data that must be
    the same every time.
    """
    stamp = int(time.time() * 1000) if milliseconds is None else milliseconds
    raw = bytearray(stamp.to_bytes(6, "big") + (random or os.urandom)(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def random_id(random: Callable[[int], bytes] | None = None) -> str:
    """Return a new UUIDv4: an id that holds no time, for what must not tell when it was made."""
    return str(uuid.UUID(bytes=(random or os.urandom)(16), version=4))


def is_id(text: str) -> bool:
    """Return whether `text` is a UUID written the way we write ids."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
