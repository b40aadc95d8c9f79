"""What belongs to this file alone: never in the change history, never in a bundle."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from schema.columns import Json, Utc
from schema.tables.base import STRICT


class Meta(SQLModel, table=True):
    """Facts about the file itself, by name: its id, its owner, whether it is a demo."""

    __tablename__ = "meta"
    __table_args__ = (STRICT,)

    name: str = Field(primary_key=True, sa_type=sa.Unicode)
    value: str = Field(sa_type=sa.Unicode)


class Draft(SQLModel, table=True):
    """A form being filled in, kept at every pause so that a killed programme loses nothing."""

    __tablename__ = "draft"
    __table_args__ = (STRICT,)

    key: str = Field(primary_key=True, max_length=200, sa_type=sa.Unicode)
    """The form and what it is about, e.g. `session:<training>:<id>`."""
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    at: datetime = Field(sa_type=Utc)


class Pin(SQLModel, table=True):
    """A person's or trainee's PIN for signing on this laptop, as an Argon2id hash."""

    __tablename__ = "pin"
    __table_args__ = (STRICT,)

    holder_id: str = Field(primary_key=True, max_length=36, sa_type=sa.Unicode)
    salt: str = Field(sa_type=sa.Unicode)
    digest: str = Field(sa_type=sa.Unicode)
    failures: int = 0
    """Wrong tries in a row; signing waits longer after each."""
