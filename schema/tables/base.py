"""What every record has: an id of its own, a revision for the optimistic lock, and a life."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from schema.columns import ONE_LINE, Choice, Line
from schema.identity import new_id
from schema.text import sort_key
from schema.words import LockStatus

STRICT = {"sqlite_strict": True}


def reference(table: str, *, optional: bool = False) -> Any:
    """Return a field that points at another table's id.

    The reference is checked at commit, not at each statement, so that one unit of work and one
    received bundle may write their records in any order.
    """
    target = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    default: dict[str, Any] = {"default": None} if optional else {}
    return Field(max_length=36, index=True, sa_type=sa.Unicode, sa_column_args=[target], **default)


def iso_day(column: str) -> Any:
    """Return a CHECK that holds a TEXT column to real calendar days on SQLite; other engines
    have a type for that."""
    rule = sa.CheckConstraint(f'"{column}" IS date("{column}")', name=f"{column}_is_a_day")
    return rule.ddl_if(dialect="sqlite")


def with_sort_key(values: Any) -> Any:
    """Return a named record's values with the key it is sorted and searched by."""
    if isinstance(values, dict) and isinstance(values.get("name"), str):
        return {**values, "sort_key": sort_key(values["name"])}
    return values


class Record(SQLModel):
    """Base of all kinds that the change history follows."""

    id: str = Field(default_factory=new_id, primary_key=True, min_length=36, max_length=36)
    rev: int = Field(default=1, ge=1)
    """Revision: two windows that edit one record cannot overwrite each other."""

    LOCKS: ClassVar[bool] = False

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        # The optimistic lock needs the Column itself; the abstract base has no table yet.
        table = getattr(cls, "__table__", None)
        return {} if table is None else {"version_id_col": table.c.rev}


class Lockable(Record):
    """A record that is signed: everything but a draft is locked.

    A signed record is corrected by a new record that names it in `corrects_id`, or voided with
    a reason. The store refuses every other change (`data/locking.py`).
    """

    LOCKS: ClassVar[bool] = True

    status: LockStatus = Field(default=LockStatus.DRAFT, sa_type=Choice(LockStatus), index=True)
    corrects_id: str | None = Field(default=None, max_length=36, sa_type=sa.Unicode)
    correction_reason: Line = Field(default="", sa_type=ONE_LINE)
    void_reason: Line = Field(default="", sa_type=ONE_LINE)
