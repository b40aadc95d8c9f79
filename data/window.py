"""Which window writes: the first one that opens the records; the second is told, and reads or
takes over.

This is courtesy, not protection: two windows that write are correct in any case (`data/store.py`
queues them and refuses an edit that came second). It keeps people from typing into a form that
somebody else is about to save. Beside the records lies a small file with an operating system's
lock, which goes with its process however that ends; in it stands a token of who writes, and who
takes over writes another. The window that was taken over from finds it at its next save.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SIZE = 128
"""Bytes of what the file says, padded: written in one piece, so that nobody reads half."""
_LOCKED_AT = 4096
"""Byte that is locked, beyond the text: Windows lets nobody read a locked byte."""
_HANDING_OVER = timedelta(seconds=30)
"""How long a window that has taken over may take to pick up the lock."""


@dataclass(frozen=True)
class Other:
    """Another window that has the records open for writing."""

    since: datetime


def lock_file(database: Path) -> Path:
    """Return the file that says which window writes."""
    return database.with_name(database.name + ".window")


class Window:
    """This window's claim to the records at `database`. Close it when the window closes."""

    def __init__(self, database: Path) -> None:
        self._token = secrets.token_hex(8)
        self._writes = False
        self._locked = False
        self._handle: int | None = None
        # In a folder that cannot be written to, the records' own refusal is told instead.
        with contextlib.suppress(OSError):
            self._handle = os.open(lock_file(database), os.O_RDWR | os.O_CREAT, 0o600)
        self.claim()

    def claim(self) -> bool:
        """Become the window that writes if there is no other, and return whether it is."""
        if self._handle is None:
            self._writes = True
        elif not self._writes and self._lock():
            if _read(self._handle).changes_hands():
                self._unlock()
            else:
                self._sign()
        return self._writes

    def other(self) -> Other | None:
        """Return the window that has the records open for writing, or None when it is this one."""
        if self.mine() or self.claim() or self._handle is None:
            return None
        return Other(_read(self._handle).since)

    def take_over(self) -> None:
        """Become the window that writes; the other one finds it at its next save."""
        if not self.mine():
            self._lock()
            self._sign()

    def mine(self) -> bool:
        """Return whether this window (still) is the one that writes. Costs one small read."""
        if self._handle is None or not self._writes:
            return self._writes
        if _read(self._handle).token != self._token:
            self._writes = False
            self._unlock()
        elif not self._locked and self._lock():
            # Taken over: the lock was to be had once the other had found out or ended.
            self._sign()
        return self._writes

    def close(self) -> None:
        """Give the claim up."""
        last = self.mine()
        self._writes = False
        if self._handle is not None:
            if last:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._handle, 0)
            self._unlock()
            os.close(self._handle)
            self._handle = None

    def _sign(self) -> None:
        self._writes = True
        if self._handle is not None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            said = json.dumps({"token": self._token, "since": now, "locked": self._locked})
            with contextlib.suppress(OSError):
                os.lseek(self._handle, 0, os.SEEK_SET)
                os.write(self._handle, said.ljust(_SIZE).encode())

    def _lock(self) -> bool:
        self._locked = self._locked or (self._handle is not None and _lock(self._handle))
        return self._locked

    def _unlock(self) -> None:
        if self._locked and self._handle is not None:
            _unlock(self._handle)
        self._locked = False


def status(database: Path) -> Other | None:
    """Return the window that has the records open for writing, without claiming anything."""
    try:
        handle = os.open(lock_file(database), os.O_RDWR)
    except OSError:
        return None
    try:
        if _lock(handle):
            _unlock(handle)
            said = _read(handle)
            return Other(said.since) if said.changes_hands() else None
        return Other(_read(handle).since)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class _Said:
    token: str
    since: datetime
    locked: bool

    def changes_hands(self) -> bool:
        """Return whether a window has just taken over and does not have the lock yet: whoever
        finds the lock free meanwhile leaves it."""
        return not self.locked and abs(datetime.now(UTC) - self.since) < _HANDING_OVER


def _read(handle: int) -> _Said:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        said = json.loads(os.read(handle, _SIZE))
        since = datetime.fromisoformat(said["since"])
        return _Said(str(said["token"]), since.astimezone(UTC), bool(said["locked"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return _Said("", datetime.now(UTC), locked=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        with contextlib.suppress(OSError):
            os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
