"""The change history: every added, changed, signed, voided or removed record becomes one
immutable version, written by the same commit.

One hook on the session's flush catches all kinds of record; no record class knows of it. The
tables are a projection of the history (`data/verify.py` rebuilds and compares).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, col, select

from data import door
from schema.columns import canonical, utc_text
from schema.fault import Fault
from schema.tables import KINDS, Head, Record, Version
from schema.words import LockStatus

SCHEMA_VERSION = 1
"""Version of the payloads' form; rises when a field changes its meaning."""

NOT_IN_PAYLOAD = frozenset({"rev"})
"""Revisions count saves of one file's table; they are no part of what a record says."""


@dataclass
class Chain:
    """Where one session stands in its node's chain, and which versions it has written."""

    node: str
    author: str
    moment: datetime
    seq: int = -1
    prev: str = ""
    written: dict[str, str] = field(default_factory=dict)
    """Latest version id by record id, of this session."""


def payload_of(record: Record) -> str:
    """Return a record's content as canonical JSON, the form in which it is hashed and sent."""
    values = record.model_dump(mode="json")
    return canonical({k: v for k, v in values.items() if k not in NOT_IN_PAYLOAD})


def digest(text: str) -> str:
    """Return SHA-256 of `text` in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def version_id(version: dict[str, Any]) -> str:
    """Return the id of a version: the hash of all it says, its payload by that one's hash."""
    return digest(
        canonical(
            [
                version["node"], version["seq"], version["kind"], version["record_id"],
                version["act"], sorted(version["parents"]), version["payload_hash"],
                version["schema_version"], utc_text(version["at"]), version["author"],
                version["prev"],
            ]
        )
    )  # fmt: skip


def follow(session: Session, node: str, author: str, at: datetime | None = None) -> Chain:
    """Make `session` write its changes to the history, as `author`, in `node`'s chain."""
    # Milliseconds, as kept: the hash must be the same before and after the round trip.
    now = at or datetime.now(UTC)
    moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
    chain = Chain(node=node, author=author, moment=moment)
    session.info["chain"] = chain
    event.listen(session, "before_flush", _before_flush)
    return chain


def _before_flush(session: OrmSession, context: object, instances: object) -> None:
    del context, instances
    acts: list[tuple[Record, str]] = []
    for record in session.new:
        if isinstance(record, Record):
            door.check(record)
            acts.append((record, _act_of_new(record)))
    # SQLAlchemy keeps the changed ones in a set: in the order of their ids a demo's history is the
    # same every time.
    changed = (record for record in session.dirty if isinstance(record, Record))
    for record in sorted(changed, key=lambda one: one.id):
        if session.is_modified(record):
            door.check(record)
            if session.is_modified(record):  # cleaned, it may be what was there before
                acts.append((record, door.act_of_change(record)))
    for record in session.deleted:
        if isinstance(record, Record):
            door.refuse_locked(record)
            acts.append((record, "removed"))
    if acts:
        with session.no_autoflush:
            _append(session, acts)


def _act_of_new(record: Record) -> str:
    return "signed" if getattr(record, "status", None) == LockStatus.SIGNED else "added"


def _append(session: OrmSession, acts: list[tuple[Record, str]]) -> None:
    chain: Chain = session.info["chain"]
    if chain.seq < 0:
        chain.seq, chain.prev = last_of(session, chain.node)
    heads = _heads(session, [record.id for record, _ in acts])
    _refuse_erased(session, [v for versions in heads.values() for v in versions])
    rows = [
        _row(
            chain, type(record).__name__, record.id, act, heads.get(record.id, []),
            None if act == "removed" else payload_of(record),
        )
        for record, act in acts
    ]  # fmt: skip
    _write(session, rows)


def _refuse_erased(session: OrmSession, heads: list[str]) -> None:
    """What was lawfully erased does not come back through a form or an import."""
    for part in batches(heads):
        erased = select(Version.id).where(col(Version.id).in_(part), Version.act == "erased")
        # Of a person, a blank row stays that others refer to; it may not be filled in again.
        if session.execute(erased.limit(1)).first() is not None:
            raise Fault("erase.gone", exit_code=4)


def _row(
    chain: Chain, kind: str, record_id: str, act: str, parents: list[str], payload: str | None
) -> dict[str, Any]:
    """Return the next version of the chain, and move the chain on to it."""
    row: dict[str, Any] = {
        "node": chain.node, "seq": chain.seq + 1, "kind": kind, "record_id": record_id,
        "act": act, "parents": sorted(parents), "payload": payload,
        "payload_hash": digest(payload or ""), "schema_version": SCHEMA_VERSION,
        "at": chain.moment, "author": chain.author, "prev": chain.prev,
    }  # fmt: skip
    row["id"] = version_id(row)
    chain.seq, chain.prev = row["seq"], row["id"]
    chain.written[record_id] = row["id"]
    return row


def _write(session: OrmSession, rows: list[dict[str, Any]]) -> None:
    """Insert versions and make them the only heads of their records."""
    for part in batches(row["record_id"] for row in rows):
        session.execute(sa.delete(Head).where(col(Head.record_id).in_(part)))
    session.execute(sa.insert(Version), rows)
    session.execute(
        sa.insert(Head),
        [{"record_id": row["record_id"], "version_id": row["id"]} for row in rows],
    )


def bury(session: OrmSession, records: Mapping[str, str], payloads: Mapping[str, str]) -> None:
    """Append an erased version to each of `records` (kind by id), naming its heads as parents.

    A record whose every head is an erased version already lies at rest. `payloads` are what stays
    of the few whose row others refer to; all others have none.
    """
    chain: Chain = session.info["chain"]
    if chain.seq < 0:
        chain.seq, chain.prev = last_of(session, chain.node)
    heads = _heads(session, list(records))
    buried = set(session.execute(select(Version.id).where(Version.act == "erased")).scalars())
    rows = [
        _row(chain, kind, record_id, "erased", heads.get(record_id, []), payloads.get(record_id))
        for record_id, kind in records.items()
        if not set(heads.get(record_id, ())) <= buried or not heads.get(record_id)
    ]
    if rows:
        _write(session, rows)


def last_of(session: OrmSession, node: str) -> tuple[int, str]:
    """Return (sequence number, id) of the node's latest version; (0, "") when it has none."""
    found = session.execute(
        select(Version.seq, Version.id)
        .where(Version.node == node)
        .order_by(col(Version.seq).desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else (0, "")


def _heads(session: OrmSession, records: list[str]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for part in batches(records):
        rows = session.execute(
            select(Head.record_id, Head.version_id).where(col(Head.record_id).in_(part))
        )
        for record_id, version in rows:
            heads.setdefault(record_id, []).append(version)
    return heads


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Return versions oldest first: each after its parents, of those that could come next the
    earliest by wall time. A clock that was set back does not turn them round."""
    waiting = {v.id: v for v in versions}
    ordered: list[Version] = []
    while waiting:
        ready = [v for v in waiting.values() if not any(p in waiting for p in v.parents)]
        # A ring cannot be made by hashes; whatever stands in a damaged file is shown all the same.
        chosen = min(ready or waiting.values(), key=lambda v: (v.at, v.node, v.seq))
        ordered.append(waiting.pop(chosen.id))
    return ordered


def batches(items: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    """Yield `items` in lists of at most `size`, for statements with a bounded IN."""
    everything = list(items)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


def kind_named(name: str) -> type[Record]:
    """Return the record class of a version's `kind`; KeyError for an unknown one."""
    return KINDS[name]
