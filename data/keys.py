"""The key file: one random data key, wrapped once per way of opening.

The data key encrypts the records. It never changes; the key file beside the records holds it
wrapped under the passphrase (Argon2id) and under the printed recovery key. Changing the
passphrase rewrites one slot. Whoever has neither has no way in.

The process that opens the file before the first page (`data/apart.py`) loads this module: it does
without `secrets` and `dataclasses`, which cost 15 ms.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from data import recovery
from data.atomic import write_atomic
from schema.fault import Fault

FORMAT = 1
MEMORY_KIB = 65_536
ITERATIONS = 3
MIN_PASSPHRASE = 10
"""Shortest passphrase accepted, characters."""

KEY_BYTES = 32
STORED = "stored"
"""Kind of a slot whose secret lies in an operating system's key store."""
_BLOB = 12 + 32 + 16
"""Bytes of a wrapped key: nonce, data key, seal."""
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ITERATIONS = 64
_MOST_BYTES = 64 * 1024
"""A key file of two slots has about 700 bytes."""


class NewKeys(NamedTuple):
    """A fresh data key, and the recovery key to print: it is shown once and kept nowhere."""

    data_key: bytes
    recovery_key: str


def create(path: Path, passphrase: str) -> NewKeys:
    """Make the key file for a new database.

    Raises:
        Fault: `keys.short_passphrase`, or `keys.exists` when the file is there already.
    """
    _check(passphrase)
    if path.exists():
        raise Fault("keys.exists", path=path.name)
    data_key, name, printed = os.urandom(KEY_BYTES), os.urandom(8).hex(), recovery.new()
    slots = [
        _passphrase_slot(passphrase, data_key, name),
        {"kind": "recovery", "blob": _wrap(recovery.kek(printed), data_key, name, "recovery")},
    ]
    _write(path, {"format": FORMAT, "name": name, "slots": slots})
    return NewKeys(data_key, printed)


def unlock(path: Path, *, passphrase: str | None = None, recovery_key: str | None = None) -> bytes:
    """Return the data key (32 bytes).

    Raises:
        Fault: `keys.wrong_passphrase`, `keys.wrong_recovery_key`, `keys.missing`,
            `keys.damaged` (all exit code 3).
    """
    return _unlock(_read(path), passphrase, recovery_key)


def _unlock(document: dict[str, Any], passphrase: str | None, recovery_key: str | None) -> bytes:
    for slot in document["slots"]:
        if passphrase is not None and slot["kind"] == "passphrase":
            kek = _passphrase_kek(passphrase, slot)
            return _unwrap(kek, slot, document["name"], "keys.wrong_passphrase")
        if recovery_key is not None and slot["kind"] == "recovery":
            kek = recovery.kek(recovery_key)
            return _unwrap(kek, slot, document["name"], "keys.wrong_recovery_key")
    raise Fault("keys.damaged", exit_code=3)


def portable(path: Path) -> bytes:
    """Return the key file's ways of opening that work on any computer, to go with a file that is
    sealed by the same data key."""
    document = _read(path)
    slots = [s for s in document["slots"] if s["kind"] in ("passphrase", "recovery")]
    return json.dumps({**document, "slots": slots}).encode()


def unlock_portable(
    content: bytes, *, passphrase: str | None = None, recovery_key: str | None = None
) -> bytes:
    """Return the data key by what `portable` returned.

    Raises:
        Fault: as `unlock`.
    """
    return _unlock(_parse(content), passphrase, recovery_key)


def change_passphrase(path: Path, data_key: bytes, passphrase: str) -> None:
    """Rewrite the passphrase slot; the records and the recovery key stay as they are.

    Raises:
        Fault: `keys.short_passphrase`, `keys.damaged`, `keys.missing`, or `keys.not_written`: the
            file is as it was.
    """
    _check(passphrase)
    document = _read(path)
    slots = [s for s in document["slots"] if s["kind"] != "passphrase"]
    document["slots"] = [_passphrase_slot(passphrase, data_key, document["name"]), *slots]
    _rewrite(path, document)


def renew_recovery(path: Path, data_key: bytes, printed: str = "") -> str:
    """Replace the recovery key and return the new one, to be shown once; the printed one no
    longer opens these records, only copies made before.

    Args:
        printed: A new key (`data.recovery.new`) that has been written down already.
    """
    document = _read(path)
    printed = printed or recovery.new()
    slots = [s for s in document["slots"] if s["kind"] != "recovery"]
    blob = _wrap(recovery.kek(printed), data_key, document["name"], "recovery")
    document["slots"] = [*slots, {"kind": "recovery", "blob": blob}]
    _rewrite(path, document)
    return printed


def stored_slots(path: Path) -> list[str]:
    """Return the accounts in key stores of operating systems that may open the file; those of
    other computers, and of the file's copies, are among them."""
    try:
        document = _read(path)
    except Fault:
        return []
    return [s["account"] for s in document["slots"] if _is_stored(s)]


def _is_stored(slot: dict[str, Any]) -> bool:
    return slot["kind"] == STORED and isinstance(slot.get("account"), str)


def add_stored(path: Path, data_key: bytes, secret: bytes) -> str:
    """Add a slot that the 32 bytes `secret` open, and return the account to keep them under."""
    document = _read(path)
    account = f"{document['name']}:{os.urandom(8).hex()}"
    blob = _wrap(secret, data_key, document["name"], STORED)
    document["slots"].append({"kind": STORED, "account": account, "blob": blob})
    _rewrite(path, document)
    return account


def unlock_stored(path: Path, account: str, secret: bytes) -> bytes:
    """Return the data key by a secret from a key store.

    Raises:
        Fault: `keys.damaged`, `keys.missing`.
    """
    document = _read(path)
    for slot in document["slots"]:
        if _is_stored(slot) and slot["account"] == account and len(secret) == KEY_BYTES:
            return _unwrap(secret, slot, document["name"], "keys.damaged")
    raise Fault("keys.damaged", exit_code=3)


def drop_stored(path: Path, accounts: Collection[str]) -> None:
    """Remove the slots of these accounts."""
    document = _read(path)
    document["slots"] = [
        s for s in document["slots"] if not (_is_stored(s) and s["account"] in accounts)
    ]
    _rewrite(path, document)


def same(one: Path, other: Path) -> bool:
    """Return whether two key files hold the same data key, maybe under other passphrases."""
    try:
        return bool(_read(one)["name"] == _read(other)["name"])
    except (Fault, KeyError):
        return False


def _check(passphrase: str) -> None:
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        raise Fault("keys.short_passphrase", exit_code=2, least=MIN_PASSPHRASE)


def _passphrase_slot(passphrase: str, data_key: bytes, name: str) -> dict[str, Any]:
    slot: dict[str, Any] = {
        "kind": "passphrase", "kdf": "argon2id", "memory_kib": MEMORY_KIB,
        "iterations": ITERATIONS, "lanes": 1,
        "salt": base64.b64encode(os.urandom(16)).decode(),
    }  # fmt: skip
    slot["blob"] = _wrap(_passphrase_kek(passphrase, slot), data_key, name, "passphrase")
    return slot


def _passphrase_kek(passphrase: str, slot: dict[str, Any]) -> bytes:
    # NFKC: macOS hands over decomposed å ä ö, other systems composed ones.
    secret = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    # The file may be damaged or made by someone else: it must not take the computer's memory.
    memory, iterations = slot.get("memory_kib"), slot.get("iterations")
    if not (_between(memory, 8, _MOST_MEMORY_KIB) and _between(iterations, 1, _MOST_ITERATIONS)):
        raise Fault("keys.damaged", exit_code=3)
    return argon2(secret, _decoded(slot, "salt", 8, 64), memory, iterations)


def _between(value: Any, least: int, most: int) -> TypeGuard[int]:
    return type(value) is int and least <= value <= most


def _decoded(slot: dict[str, Any], name: str, least: int, most: int) -> bytes:
    try:
        value = base64.b64decode(slot[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise Fault("keys.damaged", exit_code=3) from None
    if not least <= len(value) <= most:
        raise Fault("keys.damaged", exit_code=3)
    return value


def argon2(secret: bytes, salt: bytes, memory_kib: int, iterations: int) -> bytes:
    """Return 32 bytes derived with Argon2id (one lane)."""
    # cryptography costs about 60 ms to import: only when something is unlocked.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt, length=32, iterations=iterations, lanes=1, memory_cost=memory_kib
    ).derive(secret)


def _wrap(kek: bytes, data_key: bytes, name: str, kind: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    sealed = AESGCM(kek).encrypt(nonce, data_key, f"{name}:{kind}".encode())
    return base64.b64encode(nonce + sealed).decode()


def _unwrap(kek: bytes, slot: dict[str, Any], name: str, fault: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = _decoded(slot, "blob", _BLOB, _BLOB)
    try:
        return AESGCM(kek).decrypt(raw[:12], raw[12:], f"{name}:{slot['kind']}".encode())
    except InvalidTag:
        raise Fault(fault, exit_code=3) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise Fault("keys.missing", exit_code=3, path=path.name) from None
    except OSError:
        raise Fault("keys.damaged", exit_code=3) from None
    return _parse(content)


def _parse(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content) if len(content) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        raise Fault("keys.damaged", exit_code=3) from None
    if not isinstance(document, dict):
        raise Fault("keys.damaged", exit_code=3)
    if _between(document.get("format"), FORMAT + 1, 1000):
        raise Fault("keys.newer", exit_code=3)
    slots = document.get("slots")
    whole = (
        document.get("format") == FORMAT
        and isinstance(document.get("name"), str)
        and isinstance(slots, list)
        and all(isinstance(slot, dict) and isinstance(slot.get("kind"), str) for slot in slots)
    )
    if not whole:
        raise Fault("keys.damaged", exit_code=3)
    return document


def _rewrite(path: Path, document: dict[str, Any]) -> None:
    try:
        _write(path, document)
    except OSError as error:
        raise Fault("keys.not_written", exit_code=3, path=str(path)) from error


def _write(path: Path, document: dict[str, Any]) -> None:
    write_atomic(path, json.dumps(document, indent=1).encode())
