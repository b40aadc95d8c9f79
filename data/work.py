"""A unit of work: what may be asked and changed while a transaction is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from data.history import Chain, batches, in_order
from schema.fault import Fault
from schema.tables import Draft, Head, Meta, Record, Version

T = TypeVar("T", bound=SQLModel)
R = TypeVar("R", bound=Record)


class Work:
    """Reads and changes records. Records stay usable after the work has ended."""

    def __init__(self, session: Session) -> None:
        self.session = session
        """For the query functions of this room only."""

    # Reading

    def get(self, kind: type[T], record_id: str) -> T | None:
        """Return the record with that id, or None."""
        return self.session.get(kind, record_id)

    def need(self, kind: type[R], record_id: str) -> R:
        """Return the record with that id; raises Fault `store.no_record` when there is none."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise Fault("store.no_record", exit_code=1, kind=kind.__name__)
        return found

    def all(self, kind: type[T], *conditions: Any, order: Any = (), limit: int = 0) -> list[T]:
        """Return the records that meet `conditions` (SQLAlchemy expressions), in `order`."""
        query = select(kind).where(*conditions)
        by = order if isinstance(order, Sequence) else (order,)
        if by:
            query = query.order_by(*by)
        if limit:
            query = query.limit(limit)
        return list(self.session.exec(query))

    def version_of(self, record_id: str) -> Version | None:
        """Return the record's newest version in the history (of its heads, the latest)."""
        query = (
            select(Version)
            .join(Head, col(Head.version_id) == col(Version.id))
            .where(Head.record_id == record_id)
            .order_by(col(Version.at).desc(), col(Version.id).desc())
            .limit(1)
        )
        return self.session.exec(query).first()

    def versions_of(self, record_id: str) -> list[Version]:
        """Return all versions of a record, each after those it was made from."""
        query = select(Version).where(Version.record_id == record_id)
        return in_order(self.session.exec(query))

    # Changing

    def save(self, record: R) -> R:
        """Add a new record, or save a changed one, and return the copy that belongs to this work.

        A record that was read earlier is saved only if nobody else saved it since.
        """
        if sa.inspect(record).session is self.session:
            return record
        if self.session.get(type(record), record.id) is None:
            self.session.add(record)
            return record
        return self.session.merge(record)

    def add_all(self, records: Iterable[Record]) -> None:
        """Add many new records (imports, demo data)."""
        self.session.add_all(records)

    def remove(self, record: Record) -> None:
        """Remove an unsigned record; its earlier versions stay in the history."""
        found = self.session.get(type(record), record.id)
        if found is not None:
            self.session.delete(found)

    def flush(self) -> None:
        """Write what has been changed so far, so that its versions exist; nothing is committed."""
        self.session.flush()

    def version_written(self, record_id: str) -> str:
        """Return the id of the version that this work has written of a record.

        Raises:
            KeyError: this work has not written the record.
        """
        chain: Chain = self.session.info["chain"]
        return chain.written[record_id]

    # What belongs to the file alone

    def fact(self, name: str) -> str:
        """Return a fact about the file, or the empty string."""
        found = self.session.get(Meta, name)
        return found.value if found else ""

    def set_fact(self, name: str, value: str) -> None:
        """Note a fact about the file."""
        self.session.merge(Meta(name=name, value=value))

    def draft(self, key: str) -> dict[str, Any] | None:
        """Return the draft of a form, or None."""
        found = self.session.get(Draft, key)
        return found.content if found else None

    def keep_draft(self, key: str, content: dict[str, Any]) -> None:
        """Keep what has been typed in a form; replaces the draft before it."""
        self.session.merge(Draft(key=key, content=content, at=datetime.now(UTC)))

    def drop_draft(self, key: str) -> None:
        """Forget a draft, when its form is saved."""
        found = self.session.get(Draft, key)
        if found is not None:
            self.session.delete(found)

    def drafts(self) -> list[Draft]:
        """Return all drafts, latest first."""
        return self.all(Draft, order=col(Draft.at).desc())


def read_back(session: Session, written: dict[str, str]) -> None:
    """Check that the file holds the versions that were written.

    Raises:
        Fault: `store.not_saved`.
    """
    found = 0
    for part in batches(written.values()):
        count = select(sa.func.count()).select_from(Version).where(col(Version.id).in_(part))
        found += session.exec(count).one()
    if found != len(written):
        raise Fault("store.not_saved")
