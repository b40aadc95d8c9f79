"""What every record passes before it is written: its model, and the lock of signed records.

SQLModel's tables do not validate when they are made or changed, so it is done here, once, for
all kinds.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from schema.fault import Fault, Invalid
from schema.tables import Lockable, Record
from schema.words import LockStatus

MAY_CHANGE_WHEN_LOCKED = frozenset({"status", "void_reason", "rev"})
"""A locked record may only be marked as corrected or voided; everything else is a new record."""

_FROM_TO = {
    (LockStatus.DRAFT, LockStatus.SIGNED),
    (LockStatus.DRAFT, LockStatus.VOIDED),
    (LockStatus.SIGNED, LockStatus.CORRECTED),
    (LockStatus.SIGNED, LockStatus.VOIDED),
}


def check(record: Record) -> None:
    """Validate `record` and put the cleaned values back into it.

    Raises:
        Invalid: with every fault of the record at once.
    """
    values = {name: getattr(record, name) for name in type(record).model_fields}
    try:
        clean = type(record).model_validate(values)
    except ValidationError as error:
        raise Invalid(type(record).__name__, problems_of(error)) from None
    for name, value in values.items():
        checked = getattr(clean, name)
        if checked != value or type(checked) is not type(value):
            setattr(record, name, checked)


def problems_of(error: ValidationError) -> list[tuple[str, str, dict[str, object]]]:
    """Return pydantic's errors as (field, code of the sentence, values)."""
    problems: list[tuple[str, str, dict[str, object]]] = []
    for fault in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in fault["loc"])
        context: dict[str, Any] = dict(fault.get("ctx", {}))
        inner = context.pop("error", None)
        code = str(inner) if isinstance(inner, ValueError) else f"invalid.{fault['type']}"
        values: dict[str, object] = {
            k: v for k, v in context.items() if isinstance(v, (str, int, float))
        }
        problems.append((field, code, values))
    return problems


def act_of_change(record: Record) -> str:
    """Return what a change of `record` is called in the history.

    Raises:
        Fault: `lock.signed` when it is locked and more than its mark changes, or
            `lock.reason` when it is voided without a reason.
    """
    if not isinstance(record, Lockable):
        return "changed"
    before = _before(record, "status")
    after = record.status
    if before == LockStatus.DRAFT and after == LockStatus.DRAFT:
        return "changed"
    if before != LockStatus.DRAFT and _changed(record) - MAY_CHANGE_WHEN_LOCKED:
        raise Fault("lock.signed")
    if (before, after) not in _FROM_TO:
        raise Fault("lock.signed")
    if after == LockStatus.VOIDED and not record.void_reason:
        raise Fault("lock.reason", exit_code=2)
    return str(after.value)


def refuse_locked(record: Record) -> None:
    """Raise `lock.signed` when `record` is locked: it may be voided, never removed."""
    if isinstance(record, Lockable) and _before(record, "status") != LockStatus.DRAFT:
        raise Fault("lock.signed")


def _before(record: Record, name: str) -> Any:
    history = sa.inspect(record).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(record, name)


def _changed(record: Record) -> set[str]:
    state = sa.inspect(record)
    return {a.key for a in state.attrs if a.history.has_changes()}
