"""A file that leaves the records and stays sealed: it opens by the same passphrase or recovery key
as they do, or by nothing at all where they are open already.

The ways of opening lie in front of the content, as they do beside a copy; the content is sealed
with AES-256-GCM by a key that is derived from the data key, so that it is never the key of a page.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from data import keys
from schema.fault import Fault

MAGIC = b"at-tui sealed 1\n"
_LENGTH = 4
"""Bytes of the length of what lies in front of the content."""
_NONCE = 12


def seal(content: bytes, key_file: Path, data_key: bytes) -> bytes:
    """Return `content` sealed for whoever can open the records of `key_file`.

    Raises:
        Fault: `keys.*`, when the key file cannot be read.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    ways = keys.portable(key_file)
    head = MAGIC + len(ways).to_bytes(_LENGTH, "big") + ways
    nonce = secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(_key(data_key)).encrypt(nonce, content, head)


def is_sealed(content: bytes) -> bool:
    """Return whether it is what `seal` makes."""
    return content.startswith(MAGIC)


def unseal(
    content: bytes,
    *,
    data_key: bytes | None = None,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> bytes:
    """Return what was sealed.

    Args:
        data_key: Of records that are open; enough when the file came from them.

    Raises:
        Fault: `sealed.other` (the data key of other records), `sealed.damaged`, `keys.*` (all exit
            code 3).
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(MAGIC) + _LENGTH
    ways_end = start + int.from_bytes(content[len(MAGIC) : start], "big")
    head, ways = content[:ways_end], content[start:ways_end]
    nonce, body = content[ways_end : ways_end + _NONCE], content[ways_end + _NONCE :]
    if not is_sealed(content) or len(nonce) < _NONCE:
        raise Fault("sealed.damaged", exit_code=3)
    given = data_key is not None
    key = data_key or keys.unlock_portable(ways, passphrase=passphrase, recovery_key=recovery_key)
    try:
        return AESGCM(_key(key)).decrypt(nonce, body, head)
    except InvalidTag:
        raise Fault("sealed.other" if given else "sealed.damaged", exit_code=3) from None


def _key(data_key: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), 32, None, b"at-tui sealed file").derive(data_key)
