"""Signing on the spot: PIN per person, signature over one version, confirmation by the trainee."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import UTC, datetime

from sqlmodel import select

from data.keys import argon2
from data.work import Work
from schema.fault import Fault
from schema.tables import Lockable, Pin, Signature
from schema.words import LockStatus, Meaning

SHORTEST = 4
"""Shortest PIN, digits or letters."""
TRIES = 5
"""Wrong tries in a row before the PIN must be set anew by the file's owner."""

# A PIN is short: the cost of each guess is what protects it, besides the encryption of the file.
_MEMORY_KIB = 19_456
_ITERATIONS = 2


def has_pin(work: Work, holder_id: str) -> bool:
    """Return whether the person or trainee has set a PIN on this laptop."""
    return work.get(Pin, holder_id) is not None


def set_pin(work: Work, holder_id: str, pin: str) -> None:
    """Set or replace a PIN.

    Raises:
        Fault: `signing.short_pin`.
    """
    if len(pin) < SHORTEST:
        raise Fault("signing.short_pin", exit_code=2, least=SHORTEST)
    salt = secrets.token_bytes(16)
    work.session.merge(
        Pin(
            holder_id=holder_id,
            salt=base64.b64encode(salt).decode(),
            digest=_digest(pin, salt),
            failures=0,
        )
    )


def check_pin(work: Work, holder_id: str, pin: str) -> bool:
    """Return whether `pin` is the holder's. Wrong tries are counted, so end the work normally.

    Raises:
        Fault: `signing.no_pin`, or `signing.blocked` after five wrong tries in a row.
    """
    known = work.get(Pin, holder_id)
    if known is None:
        raise Fault("signing.no_pin")
    if known.failures >= TRIES:
        raise Fault("signing.blocked", tries=TRIES)
    right = hmac.compare_digest(known.digest, _digest(pin, base64.b64decode(known.salt)))
    known.failures = 0 if right else known.failures + 1
    work.session.add(known)
    return right


def _digest(pin: str, salt: bytes) -> str:
    derived = argon2(pin.encode(), salt, _MEMORY_KIB, _ITERATIONS)
    return base64.b64encode(derived).decode()


def sign(
    work: Work,
    record: Lockable,
    *,
    signer_id: str,
    signer_name: str,
    signer_title: str = "",
    meaning: Meaning,
    delegated_by: str = "",
) -> Signature:
    """Sign `record` (already saved in this work or before) and return the signature.

    A signature that assesses or certifies locks the record and covers the version that the lock
    makes; the trainee's `TAKES_PART` covers the version that was signed.

    Raises:
        Fault: `signing.not_signed` (a confirmation of a draft), `signing.again` (the same person
            with the same meaning), `lock.signed`.
    """
    version = _lock(work, record) if meaning is not Meaning.TAKES_PART else _signed(work, record)
    twice = select(Signature).where(
        Signature.version_id == version,
        Signature.signer_id == signer_id,
        Signature.meaning == meaning,
    )
    if work.session.exec(twice).first() is not None:
        raise Fault("signing.again")
    return work.save(
        Signature(
            record_kind=type(record).__name__,
            record_id=record.id,
            version_id=version,
            signer_id=signer_id,
            signer_name=signer_name,
            signer_title=signer_title,
            meaning=meaning,
            at=datetime.now(UTC),
            delegated_by=delegated_by,
        )
    )


def _lock(work: Work, record: Lockable) -> str:
    if record.status != LockStatus.DRAFT:
        raise Fault("lock.signed")
    saved = work.save(record)
    saved.status = LockStatus.SIGNED
    work.flush()
    return work.version_written(record.id)


def _signed(work: Work, record: Lockable) -> str:
    version = work.version_of(record.id)
    if record.status != LockStatus.SIGNED or version is None:
        raise Fault("signing.not_signed")
    return version.id
