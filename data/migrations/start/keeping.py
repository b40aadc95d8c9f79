"""What keeps the file itself: its history, facts about it, drafts and PINs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def make() -> None:
    """Make the tables of this room."""
    _version()
    _head()
    _meta()
    _draft()
    _pin()


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("node", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False, primary_key=True),
        sa.Column("id", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("record_id", sa.Unicode, nullable=False),
        sa.Column("act", sa.Unicode, nullable=False),
        sa.Column("parents", sa.Unicode, nullable=False),
        sa.Column("payload", sa.Unicode, nullable=True),
        sa.Column("payload_hash", sa.Unicode, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("at", sa.Unicode, nullable=False),
        sa.Column("author", sa.Unicode, nullable=False),
        sa.Column("prev", sa.Unicode, nullable=False),
        sa.UniqueConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("version_by_record", "version", ["record_id"])


def _head() -> None:
    op.create_table(
        "head",
        sa.Column("record_id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("version_id", sa.Unicode, nullable=False, primary_key=True),
        sqlite_strict=True,
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("value", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("key", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("content", sa.Unicode, nullable=False),
        sa.Column("at", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )


def _pin() -> None:
    op.create_table(
        "pin",
        sa.Column("holder_id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("salt", sa.Unicode, nullable=False),
        sa.Column("digest", sa.Unicode, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
