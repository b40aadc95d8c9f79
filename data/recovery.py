"""The recovery key as it stands on paper: 160 random bits as 32 symbols, and two that tell a slip
of the pen."""

from __future__ import annotations

import os

from schema.fault import Fault

# Without 0 and 1, I and O: nothing on the printed sheet can be read two ways.
_SYMBOLS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_KEY_SYMBOLS = 32
_CHECK_MODULUS = 1021
"""Largest prime that two symbols of five bits can hold."""


def new() -> str:
    """Return a recovery key that opens nothing yet."""
    values = [byte % len(_SYMBOLS) for byte in os.urandom(_KEY_SYMBOLS)]  # 32 divides 256
    check = _checksum(values)
    text = "".join(_SYMBOLS[v] for v in [*values, check >> 5, check & 31])
    return "-".join(text[i : i + 5] for i in range(0, len(text), 5))


def _checksum(values: list[int]) -> int:
    return sum((i + 1) * v for i, v in enumerate(values)) % _CHECK_MODULUS


def kek(recovery_key: str) -> bytes:
    """Return the key that wraps the data key, from a recovery key as someone types it.

    Raises:
        Fault: `keys.mistyped_recovery_key` (exit code 3).
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    typed = [c for c in recovery_key.upper() if not c.isspace() and c not in "-–"]
    if len(typed) != _KEY_SYMBOLS + 2 or any(c not in _SYMBOLS for c in typed):
        raise Fault("keys.mistyped_recovery_key", exit_code=3)
    values = [_SYMBOLS.index(c) for c in typed]
    if (values[-2] << 5 | values[-1]) != _checksum(values[:_KEY_SYMBOLS]):
        raise Fault("keys.mistyped_recovery_key", exit_code=3)
    return HKDF(hashes.SHA256(), 32, None, b"at-tui recovery").derive(bytes(values[:_KEY_SYMBOLS]))
