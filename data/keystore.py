"""Remember on this computer: the operating system's own key store opens the records.

Optional: needs the package keyring and a store behind it. The store gets a random secret of its
own, not the passphrase and not the data key; forgetting removes both the secret and its slot.
Whoever is logged in as the user can then open the records, which is why it is off by default.
"""

from __future__ import annotations

import base64
import contextlib
import secrets
from pathlib import Path
from typing import Any

from data import keys
from schema.fault import Fault

SERVICE = "at-tui"

_NOT_A_STORE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Backends that keep nothing, or keep it readable."""


def available() -> bool:
    """Return whether this computer has a key store that can be used."""
    return _store() is not None


def _store() -> Any | None:
    # keyring takes about 300 ms to import: only who remembers, recalls or forgets pays it.
    try:
        import keyring
    except ImportError:
        return None
    with contextlib.suppress(Exception):  # backends raise whatever their system gives them
        backend: Any = keyring.get_keyring()
        module = type(backend).__module__
        if not module.startswith(_NOT_A_STORE) and backend.priority > 0:
            return keyring
    return None


def remember(key_file: Path, data_key: bytes) -> None:
    """Let this computer's key store open the records from now on.

    Raises:
        Fault: `keystore.absent`, `keystore.refused`; the key file is as it was.
    """
    store = _store()
    if store is None:
        raise Fault("keystore.absent")
    secret = secrets.token_bytes(keys.KEY_BYTES)
    account = keys.add_stored(key_file, data_key, secret)
    try:
        store.set_password(SERVICE, account, base64.b64encode(secret).decode())
    except Exception as error:
        keys.drop_stored(key_file, {account})
        raise Fault("keystore.refused") from error


def remembered(key_file: Path) -> bool:
    """Return whether some computer's key store may open the records; asks no store."""
    return bool(keys.stored_slots(key_file))


def recall(key_file: Path) -> bytes | None:
    """Return the data key from this computer's key store, or None; costs nothing where nothing
    was remembered, and never stops anyone from giving the passphrase instead."""
    accounts = keys.stored_slots(key_file)
    store = _store() if accounts else None
    if store is None:
        return None
    for account in accounts:
        with contextlib.suppress(Exception):  # a locked or broken store is no store
            kept = store.get_password(SERVICE, account)
            if kept:
                return keys.unlock_stored(key_file, account, base64.b64decode(kept))
    return None


def forget(key_file: Path) -> None:
    """Remove what was remembered: every such slot of the key file, and this computer's secrets.

    Raises:
        Fault: `keys.*`, when the key file cannot be read.
    """
    accounts = keys.stored_slots(key_file)
    keys.drop_stored(key_file, set(accounts))
    store = _store() if accounts else None
    for account in accounts if store is not None else ():
        with contextlib.suppress(Exception):  # it may be another computer's
            store.delete_password(SERVICE, account)  # type: ignore[union-attr]
