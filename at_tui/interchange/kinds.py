"""Which lists an interchange file has, and how a record looks in one."""

from __future__ import annotations

from typing import Any

from schema.tables import KINDS, Evaluation, Record

FORMAT = "at-tui/interchange"
VERSION = 1

LEFT_OUT = frozenset({"rev", "sort_key"})
"""Not in the file: revisions count saves of one file, sort keys are made from names."""

LISTS: dict[str, type[Any]] = {
    **{str(kind.__tablename__): kind for kind in KINDS.values()},
    str(Evaluation.__tablename__): Evaluation,
}
"""Every list by its name, the table's, in an order in which what is referred to comes first."""


def fields_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record in the file, in the order of its table."""
    return tuple(name for name in kind.model_fields if name not in LEFT_OUT)


def as_kept(record: Record | Evaluation) -> dict[str, Any]:
    """Return a record as the file holds it: JSON values, days as ISO 8601."""
    return record.model_dump(mode="json", exclude=set(LEFT_OUT), warnings=False)


def references_of(kind: type[Any]) -> dict[str, str]:
    """Return the lists that fields point into, by field."""
    return {key.parent.name: key.column.table.name for key in kind.__table__.foreign_keys}
