"""Constraints that many tables share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def day(column: str) -> Any:
    """Hold a date to be a day of the calendar, where SQLite would keep any text."""
    rule = sa.CheckConstraint(f'"{column}" IS date("{column}")', name=f"{column}_is_a_day")
    return rule.ddl_if(dialect="sqlite")


def reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    """Let a column name a row of another table; checked at commit."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")
