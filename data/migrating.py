"""Building a new file and upgrading an older one: Alembic, in one transaction, backup first.

An upgrade either happens whole, with its version number, or not at all: a programme killed in
the middle leaves the file as it was.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from data import driver, guard
from data.backup import Backup, Why, make
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


def upgrade(path: Path, key: bytes | None) -> Backup:
    """Upgrade the file at `path` and return the backup that was made and checked first."""
    made = make(path, key, Why.UPGRADE)
    _migrate(path, key, {})
    return made


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
