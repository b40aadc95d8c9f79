"""Does the file hold together? The engine's own check, references, the history's chain, and
whether the tables equal what the history rebuilds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from data import driver, guard
from data.history import digest, kind_named, payload_of, version_id
from data.store import Store
from data.work import Work
from schema.columns import canonical
from schema.tables import KINDS, Head, Version

_NOT_OURS = (ValueError, TypeError, KeyError)
"""What reading a row raises that this programme cannot have written: a day that is none, a word
outside its set."""


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold, by code of its sentence (`verify.*`), and where."""

    code: str
    where: str


def verify(store: Store, told: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Return everything that does not hold in the file; an empty list when all is well.

    Args:
        told: Called with the name of each step before it begins; what it raises ends the check.

    Raises:
        Fault: `store.damaged` when the file cannot be read through.
    """
    steps: dict[str, Callable[[Work], list[Finding]]] = {
        "engine": lambda work: [*_engine(work, encrypted=store.encrypted), *_guards(work)],
        "chain": lambda work: [*_chain(work), *_erasures(work)],
        "tables": _tables,
    }
    found: list[Finding] = []
    with store.read() as work:
        for name, step in steps.items():
            told(name)
            found += step(work)
    return found


def pages(path: Path, key: bytes | None) -> list[Finding]:
    """Return the pages of the file that are damaged or were altered. Needs no open store: a file
    with such a page may not open.

    Raises:
        Fault: `store.*`, when the file cannot be read at all.
    """
    found = []
    for line in driver.damage(path, key):
        page = re.search(r"page (\d+)", line)
        found.append(Finding("verify.page", page[1]) if page else Finding("verify.engine", line))
    return found


def _engine(work: Work, *, encrypted: bool) -> list[Finding]:
    run = work.session.connection().exec_driver_sql
    found = [
        Finding("verify.engine", str(row[0]))
        for row in run("PRAGMA integrity_check")
        if row[0] != "ok"
    ]
    if encrypted:
        pages = run("PRAGMA cipher_integrity_check")
        found += [Finding("verify.engine", str(row[0])) for row in pages]
    found += [
        Finding("verify.reference", f"{row[0]}:{row[1]}") for row in run("PRAGMA foreign_key_check")
    ]
    return found


def _guards(work: Work) -> list[Finding]:
    run = work.session.connection().exec_driver_sql
    there = {row[0] for row in run("SELECT name FROM sqlite_master WHERE type='trigger'")}
    return [Finding("verify.guard", name) for name in guard.names() if name not in there]


def _chain(work: Work) -> list[Finding]:
    """Each node's versions: no gap, every hash right, every link to the one before."""
    found: list[Finding] = []
    seq: dict[str, int] = {}
    prev: dict[str, str] = {}
    query = select(Version).order_by(col(Version.node), col(Version.seq))
    try:
        for version in work.session.exec(query.execution_options(yield_per=2000)):
            where = f"{version.node[:8]}/{version.seq}"
            if version.seq != seq.get(version.node, 0) + 1:
                found.append(Finding("verify.gap", where))
            linked = version.prev == prev.get(version.node, "")
            if not linked or version_id(_row(version)) != version.id:
                found.append(Finding("verify.chain", where))
            if version.payload is not None and digest(version.payload) != version.payload_hash:
                found.append(Finding("verify.payload", where))
            seq[version.node], prev[version.node] = version.seq, version.id
            work.session.expunge(version)
    except _NOT_OURS:
        found.append(Finding("verify.unreadable", "Version"))
    return found


def _erasures(work: Work) -> list[Finding]:
    """Only a removal or an erasure leaves a version without content, and an erased record has
    none."""
    buried = sa.select(col(Version.record_id)).where(col(Version.act) == "erased")
    without = col(Version.payload).is_(None)
    query = sa.select(col(Version.node), col(Version.seq), without).where(
        sa.or_(
            sa.and_(
                without,
                col(Version.act).not_in(("removed", "erased")),
                col(Version.record_id).not_in(buried),
            ),
            sa.and_(
                col(Version.payload).is_not(None),
                col(Version.act) != "erased",
                col(Version.record_id).in_(buried),
            ),
        )
    )
    return [
        Finding("verify.emptied" if empty else "verify.not_erased", f"{node[:8]}/{seq}")
        for node, seq, empty in work.session.execute(query)
    ]


def _row(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in Version.model_fields}


def _tables(work: Work) -> list[Finding]:
    """The tables must equal what the newest heads say, no more and no less."""
    found: list[Finding] = []
    for name, kind in KINDS.items():
        rebuilt = _rebuilt(work, name)
        try:
            for record in work.session.exec(select(kind).execution_options(yield_per=2000)):
                wanted = rebuilt.pop(record.id, None)
                if wanted != payload_of(record):
                    found.append(Finding("verify.table", f"{name} {record.id}"))
                work.session.expunge(record)
            found += [Finding("verify.table", f"{name} {record_id}") for record_id in rebuilt]
        except _NOT_OURS:
            found.append(Finding("verify.unreadable", name))
    return found


def _rebuilt(work: Work, kind: str) -> dict[str, str]:
    """Return payloads by record id, as the history says they should stand in the table."""
    query = (
        sa.select(col(Version.record_id), col(Version.payload))
        .join(Head, col(Head.version_id) == col(Version.id))
        .where(col(Version.kind) == kind, col(Version.payload).is_not(None))
        # Of several heads, the latest is shown: it comes last and stays in the dict.
        .order_by(col(Version.at), col(Version.id))
    )
    return {
        record_id: as_kept_now(kind, payload)
        for record_id, payload in work.session.execute(query)
        if payload is not None
    }


def as_kept_now(kind: str, payload: str) -> str:
    """Return a payload with the fields that today's table has, so that an older payload, written
    before a field was added, still compares."""
    try:
        values: dict[str, Any] = json.loads(payload)
    except ValueError:
        # Altered: it equals nothing that a table can hold.
        return payload
    fields = kind_named(kind).model_fields
    for name, field in fields.items():
        if name != "rev" and name not in values and not field.is_required():
            values[name] = field.get_default(call_default_factory=True)
    return canonical({k: v for k, v in values.items() if k in fields})
