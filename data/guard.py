"""Triggers that keep the change history append-only on SQLite.

Alembic's batch mode silently drops triggers with the table it rebuilds, so they are installed
after every upgrade, not by a migration.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

# Only a payload may be emptied: a lawful erasure leaves id, hash and chain whole.
_TRIGGERS = {
    "version_is_append_only": """
        CREATE TRIGGER version_is_append_only
        BEFORE UPDATE ON version
        WHEN NEW.payload IS NOT NULL OR NEW.node <> OLD.node OR NEW.seq <> OLD.seq
            OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.record_id <> OLD.record_id
            OR NEW.act <> OLD.act OR NEW.parents <> OLD.parents
            OR NEW.payload_hash <> OLD.payload_hash OR NEW.at <> OLD.at
            OR NEW.author <> OLD.author OR NEW.prev <> OLD.prev
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
    """,
    "version_stays": """
        CREATE TRIGGER version_stays
        BEFORE DELETE ON version
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
    """,
}


def install(connection: Connection) -> None:
    """Make the triggers anew."""
    for name, statement in _TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(statement)


def names() -> list[str]:
    """Return the names of the triggers that an open file must have."""
    return list(_TRIGGERS)
