"""Building a new file and upgrading an older one: Alembic, in one transaction, backup first.

An upgrade either happens whole, with its version number, or not at all: a programme killed in
the middle leaves the file as it was.
"""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from data import driver, guard
from data.atomic import sync_folder
from data.store import make_engine
from schema.fault import Fault
from schema.identity import new_id

HEAD = driver.SCHEMA
"""Schema version that this programme writes."""


def build(path: Path, key: bytes | None, facts: dict[str, str]) -> None:
    """Make all tables in the empty file at `path` and note `facts` about it."""
    facts = {
        "file_id": new_id(),
        "node": new_id(),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **facts,
    }
    _migrate(path, key, facts)


def upgrade(path: Path, key: bytes | None, version: int) -> Path:
    """Upgrade the file at `path` and return the backup that was made and checked first."""
    backup = copy_verified(path, key, path.with_name(f"{path.name}.v{version}-{_stamp()}.backup"))
    _migrate(path, key, {})
    return backup


def copy_verified(path: Path, key: bytes | None, target: Path) -> Path:
    """Copy the records to `target` by the engine's own backup, open the copy and check it.

    Raises:
        Fault: `store.backup_failed` or what the engine says; the original is untouched and no
            half copy is left.
    """
    part = target.with_name(target.name + ".part")
    try:
        with driver.translated(path):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(path, key, part)
            if not _sound(part, key):
                raise Fault("store.backup_failed", exit_code=3)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise Fault("store.backup_failed", exit_code=3) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)
    sync_folder(target.parent)
    return target


def _copy(path: Path, key: bytes | None, target: Path) -> None:
    with (
        contextlib.closing(driver.connect(path, key)) as source,
        contextlib.closing(driver.connect(target, key)) as copy,
    ):
        source.backup(copy)


def _sound(path: Path, key: bytes | None) -> bool:
    with contextlib.closing(driver.connect(path, key)) as copy:
        checks = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if key is not None:
            checks += [row[0] for row in copy.execute("PRAGMA cipher_integrity_check")]
    return checks == ["ok"]


def _migrate(path: Path, key: bytes | None, facts: dict[str, str]) -> None:
    # Alembic costs about 110 ms to import: only a new or an older file pays for it.
    from alembic import command
    from alembic.config import Config

    engine = make_engine(path, key).execution_options(write=True)
    try:
        with driver.translated(path), engine.connect() as plain:
            # Tables may be rebuilt: references are checked once, at the end. The setting has
            # no effect inside a transaction, so it goes before it, on the bare connection.
            bare: Any = plain.connection.dbapi_connection
            plain.rollback()
            bare.execute("PRAGMA foreign_keys=OFF")
            with plain.begin():
                config = Config()
                config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
                config.set_main_option("path_separator", "os")
                config.attributes["connection"] = plain
                command.upgrade(config, "head")
                guard.install(plain)
                _finish(plain, facts)
    finally:
        engine.dispose()


def _finish(connection: Connection, facts: dict[str, str]) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise Fault("store.backup_failed", exit_code=3)
    for name, value in facts.items():
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
    connection.exec_driver_sql(f"PRAGMA application_id={driver.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={HEAD}")


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
