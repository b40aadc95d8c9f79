"""The change history: immutable versions, and which of them are heads."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from schema.columns import ONE_LINE, Json, Line, Utc
from schema.tables.base import STRICT


class Version(SQLModel, table=True):
    """One version of one record, written by the commit that made it (design: how it is kept)."""

    __tablename__ = "version"
    __table_args__ = (sa.Index("version_by_record", "record_id"), STRICT)

    node: str = Field(primary_key=True, max_length=36, sa_type=sa.Unicode)
    seq: int = Field(primary_key=True)
    id: str = Field(unique=True, max_length=64, sa_type=sa.Unicode)
    """SHA-256 over everything but the payload itself, in hex."""
    kind: str = Field(max_length=40, sa_type=sa.Unicode)
    record_id: str = Field(max_length=36, sa_type=sa.Unicode)
    act: str = Field(max_length=20, sa_type=sa.Unicode)
    """added, changed, signed, corrected, voided, erased."""
    parents: list[str] = Field(sa_type=Json)
    payload: str | None = Field(default=None, sa_type=sa.Unicode)
    """Canonical JSON; None when the record or its content was erased."""
    payload_hash: str = Field(max_length=64, sa_type=sa.Unicode)
    schema_version: int
    at: datetime = Field(sa_type=Utc)
    """Wall time, for people only: order comes from parents and sequence."""
    author: Line = Field(sa_type=ONE_LINE)
    prev: str = Field(max_length=64, sa_type=sa.Unicode)
    """Id of the node's previous version; empty for its first."""


class Head(SQLModel, table=True):
    """A version that nobody has as parent. Two heads of one record are a conflict."""

    __tablename__ = "head"
    __table_args__ = (STRICT,)

    record_id: str = Field(primary_key=True, max_length=36, sa_type=sa.Unicode)
    version_id: str = Field(primary_key=True, max_length=64, sa_type=sa.Unicode)
