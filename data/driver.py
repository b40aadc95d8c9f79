"""The bare database driver: one way to connect, for the store and for the first glance.

SQLite through sqlcipher3, whose wheel carries its own current SQLite, so that every laptop runs
the same engine. No SQLAlchemy here: the first screen must not wait for it.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from schema.fault import Fault

APPLICATION_ID = 0x41545455
"""Marks the file as ours ("ATTU")."""
SCHEMA = 1
"""Schema version that this programme writes; one per file in `data/migrations/versions`."""

# Measured choice (docs/decisions): TRUNCATE + EXTRA lost no acknowledged save in 1500 simulated
# power cuts, keeps everything in one file between saves, and opens on a full disk.
PRAGMAS: tuple[str, ...] = (
    "busy_timeout=10000",
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "fullfsync=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # SQLite's own default; the wheel is built with four times as much, of which every connection
    # keeps what it has once filled, and a cohort is read no faster by it.
    "cache_size=-2000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    # What is deleted or changed is written over with zeros, not only forgotten.
    "secure_delete=ON",
)

_PLAIN_HEADER = b"SQLite format 3\x00"


class FileState(Enum):
    """What lies at the path of the records, as far as can be told without opening it."""

    MISSING = "missing"
    EMPTY = "empty"
    PLAIN = "plain"
    SEALED = "sealed"
    """Not a plain SQLite file: encrypted, or something else altogether."""


def file_state(path: Path) -> FileState:
    """Return what lies at `path`.

    Raises:
        Fault: `store.unreadable` or `store.is_folder` (exit code 3).
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        return FileState.MISSING
    except IsADirectoryError:
        raise Fault("store.is_folder", exit_code=3, path=str(path)) from None
    except OSError:
        raise Fault("store.unreadable", exit_code=3, path=str(path)) from None
    if not start:
        return FileState.EMPTY
    return FileState.PLAIN if start == _PLAIN_HEADER else FileState.SEALED


def load_engine() -> None:
    """Load the engine (10 ms), for whoever connects later."""
    from sqlcipher3 import dbapi2  # noqa: F401


def connect(path: Path, key: bytes | None) -> Any:
    """Return a DB-API connection in autocommit mode with all settings in force.

    Raises:
        Fault: `store.gone`, when there is no such file.
        sqlcipher3's DatabaseError: wrong key or damaged file (`translate` makes it a Fault).
    """
    from sqlcipher3 import dbapi2

    if not path.exists():
        # The engine would make an empty file in its place.
        raise Fault("store.gone", exit_code=3, path=str(path))
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        # The engine would write its errors across the screen.
        connection.execute("PRAGMA cipher_log_level=NONE")
        if key is not None:
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def peek(path: Path, key: bytes | None) -> int:
    """Return the schema version of an existing file, cheaply.

    Raises:
        Fault: `store.missing`, `store.empty_file`, `store.not_ours`, `store.damaged` (exit code 3).
    """
    state = file_state(path)
    if state is FileState.MISSING:
        raise Fault("store.missing", exit_code=3, path=str(path))
    if state is FileState.EMPTY:
        raise Fault("store.empty_file", exit_code=3, path=str(path))
    with translated(path):
        connection = connect(path, key)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    if application != APPLICATION_ID:
        raise Fault("store.not_ours", exit_code=3, path=str(path))
    return version


def damage(path: Path, key: bytes | None) -> list[str]:
    """Return what the engine finds wrong with the file's pages, in its own words; an empty list
    when every page is whole (and, encrypted, unaltered).

    Raises:
        Fault: `store.*`, when the file cannot be read at all.
    """
    with translated(path):
        try:
            connection = connect(path, key)
        except Exception as error:
            # Its first page; that the key is right is known from the key file.
            if "not a database" in str(error):
                return [f"page 1: {error}"]
            raise
        try:
            found = []
            if key is not None:
                found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            # With a page that cannot be read, the second check would stop at it.
            if not found:
                found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        finally:
            connection.close()
    return [str(line) for line in found if line != "ok"]


class translated:  # noqa: N801 - reads as a statement: `with translated(path):`
    """Turn the driver's errors into faults that the user can be told."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        fault = None if error is None else translate(error, self.path)
        if fault is not None:
            raise fault from error


_SENTENCES = (
    # SQLite's own words; the driver has no error names.
    ("database or disk is full", "store.disk_full"),
    ("database is locked", "store.busy"),
    ("readonly database", "store.read_only"),
    ("unable to open database", "store.cannot_open"),
    ("file is not a database", "store.damaged"),
    ("malformed", "store.damaged"),
    ("disk i/o error", "store.disk_error"),
    ("no such table", "store.damaged"),
    ("no such column", "store.damaged"),
    ("unsupported file format", "store.damaged"),
    ("could not decode to utf-8", "store.damaged"),
)


def translate(error: BaseException, path: Path) -> Fault | None:
    """Return the fault that an error of the driver (bare or wrapped) means, if it is one."""
    if isinstance(error, Fault):
        return None
    original = getattr(error, "orig", None) or error
    if type(original).__module__.partition(".")[0] not in ("sqlcipher3", "sqlite3"):
        return None
    words = str(original).lower()
    for part, code in _SENTENCES:
        if part in words:
            return Fault(code, exit_code=3, path=str(path))
    return None
