"""Imports as units that can be undone: which versions one import wrote, and taking them back.

An import is one unit of work, so its versions lie side by side in the node's chain: a note about
it is a name, a day and two sequence numbers. The note belongs to this file alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from data.history import Chain, batches, kind_named, last_of
from data.work import Work
from schema.fault import Fault
from schema.identity import new_id
from schema.tables import Head, Meta, Record, Version
from schema.words import LockStatus

PREFIX = "import:"
SHORTEST = 8
"""Characters of an id that may stand for it."""


@dataclass(frozen=True)
class Batch:
    """One import that was saved."""

    id: str
    name: str
    """The file's name."""
    form: str
    author: str
    at: str
    """Moment, UTC, ISO 8601."""
    node: str
    first: int
    last: int
    """Its versions in the node's chain, both inclusive."""
    added: Mapping[str, int]
    unrecorded: tuple[str, ...] = ()
    """Ids of sealed evaluations, which have no history."""
    undone_at: str = ""


class Why(StrEnum):
    """Why a record stands in the way of undoing an import."""

    CHANGED = "changed"
    SIGNED = "signed"
    REFERRED = "referred"
    """A record that is no part of the import refers to one that is."""


@dataclass(frozen=True)
class Hindrance:
    """One record that stands in the way."""

    why: Why
    table: str
    record_id: str


def begin(work: Work) -> int:
    """Return where the chain stands before an import writes; hand it to `note`."""
    chain: Chain = work.session.info["chain"]
    return last_of(work.session, chain.node)[0]


def note(
    work: Work,
    begun: int,
    *,
    name: str,
    form: str,
    author: str,
    added: Mapping[str, int],
    unrecorded: Iterable[str] = (),
) -> str:
    """Note what this unit of work has written as one import, and return its id; empty when it has
    written nothing."""
    work.flush()
    chain: Chain = work.session.info["chain"]
    loose = tuple(unrecorded)
    if chain.seq <= begun and not loose:
        return ""
    batch = Batch(
        id=new_id(), name=name, form=form, author=author,
        at=datetime.now(UTC).isoformat(timespec="seconds"), node=chain.node, first=begun + 1,
        last=max(chain.seq, begun), added=dict(added), unrecorded=loose,
    )  # fmt: skip
    _keep(work, batch)
    return batch.id


def imports(work: Work) -> list[Batch]:
    """Return the imports of this file, latest first."""
    found = work.all(Meta, col(Meta.name).startswith(PREFIX))
    return sorted((_read(one.value) for one in found), key=lambda b: (b.at, b.id), reverse=True)


def named(work: Work, wanted: str) -> Batch:
    """Return the import with that id, or the one whose id begins so.

    Raises:
        Fault: `imports.unknown` (exit code 1).
    """
    word = wanted.strip().lower()
    found = [b for b in imports(work) if b.id == word or (len(word) >= SHORTEST and word in b.id)]
    if len(found) != 1:
        raise Fault("imports.unknown", exit_code=1, wanted=word[:40])
    return found[0]


def hindrances(work: Work, batch: Batch) -> list[Hindrance]:
    """Return what stands in the way of undoing an import; an empty list when nothing does."""
    added, changed, found = _standing(work, batch)
    # What it changed becomes what it was, from before there was anything of it to refer to.
    doomed = {*added, *changed}
    for kind, ids in _by_kind(added).items():
        record = kind_named(kind)
        for part in batches(ids):
            for one in work.all(record, col(record.id).in_(part)):
                if getattr(one, "status", LockStatus.DRAFT) != LockStatus.DRAFT and record.LOCKS:
                    found.append(Hindrance(Why.SIGNED, str(record.__tablename__), one.id))
        found += _referring(work, str(record.__tablename__), ids, doomed)
    return found


def undo(work: Work, batch: Batch) -> int:
    """Take back what an import added and restore what it changed; return how many records.

    Raises:
        Fault: `imports.undone` or `imports.hindered` (exit code 4); nothing is changed.
    """
    if batch.undone_at:
        raise Fault("imports.undone", exit_code=4, name=batch.name)
    hindered = hindrances(work, batch)
    if hindered:
        raise Fault("imports.hindered", exit_code=4, name=batch.name, count=len(hindered))
    added, changed, _ = _standing(work, batch)
    for record_id, kind in added.items():
        work.remove(work.need(kind_named(kind), record_id))
    for record_id, (kind, before) in changed.items():
        _restore(work, work.need(kind_named(kind), record_id), before)
    for evaluation in _unrecorded(work, batch):
        work.session.delete(evaluation)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    _keep(work, Batch(**{**asdict(batch), "undone_at": now}))
    return len(added) + len(changed) + len(batch.unrecorded)


def _standing(
    work: Work, batch: Batch
) -> tuple[dict[str, str], dict[str, tuple[str, str]], list[Hindrance]]:
    """Return what the import added (kind by id), what it changed (kind and version before, by id),
    and what has been changed since. What is gone already is none of them."""
    query = (
        select(Version)
        .where(
            Version.node == batch.node,
            col(Version.seq) >= batch.first,
            col(Version.seq) <= batch.last,
        )
        .order_by(col(Version.seq))
    )
    mine: dict[str, list[Version]] = {}
    for version in work.session.exec(query):
        mine.setdefault(version.record_id, []).append(version)
    heads = _heads(work, list(mine))
    added: dict[str, str] = {}
    changed: dict[str, tuple[str, str]] = {}
    found: list[Hindrance] = []
    for record_id, versions in mine.items():
        first, last = versions[0], versions[-1]
        now = heads.get(record_id, [])
        if all(act in ("removed", "erased") for _, act in now):
            continue
        if [id_ for id_, _ in now] != [last.id]:
            table = str(kind_named(first.kind).__tablename__)
            found.append(Hindrance(Why.CHANGED, table, record_id))
        elif first.parents:
            changed[record_id] = (first.kind, first.parents[0])
        else:
            added[record_id] = first.kind
    return added, changed, found


def _heads(work: Work, record_ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for part in batches(record_ids):
        query = (
            select(Head.record_id, Head.version_id, Version.act)
            .join(Version, col(Version.id) == col(Head.version_id))
            .where(col(Head.record_id).in_(part))
        )
        for record_id, version_id, act in work.session.exec(query):
            found.setdefault(record_id, []).append((version_id, act))
    return found


def _by_kind(added: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record_id, kind in added.items():
        found.setdefault(kind, []).append(record_id)
    return found


def _referring(
    work: Work, target: str, ids: Iterable[str], doomed: set[str]
) -> list[Hindrance]:  # fmt: skip
    """Return the records outside the import that refer to one of `ids` in the table `target`."""
    wanted = list(ids)
    found: list[Hindrance] = []
    for table in SQLModel.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name != target:
                continue
            for part in batches(wanted):
                query = sa.select(table.c.id).where(key.parent.in_(part))
                for (record_id,) in work.session.execute(query):
                    if record_id not in doomed:
                        found.append(Hindrance(Why.REFERRED, table.name, record_id))
    return found


def _restore(work: Work, record: Record, version_id: str) -> None:
    version = work.session.exec(select(Version).where(Version.id == version_id)).first()
    if version is None or not version.payload:
        raise Fault("imports.hindered", exit_code=4, name="", count=1)
    before = type(record).model_validate({**json.loads(version.payload), "rev": record.rev})
    for name in type(record).model_fields:
        if name not in ("id", "rev"):
            setattr(record, name, getattr(before, name))


def _unrecorded(work: Work, batch: Batch) -> list[Any]:
    from schema.tables import Evaluation

    found: list[Any] = []
    for part in batches(batch.unrecorded):
        found += work.all(Evaluation, col(Evaluation.id).in_(part))
    return found


def _keep(work: Work, batch: Batch) -> None:
    work.set_fact(PREFIX + batch.id, json.dumps(asdict(batch), ensure_ascii=False, sort_keys=True))


def _read(value: str) -> Batch:
    found = json.loads(value)
    return Batch(**{**found, "unrecorded": tuple(found.get("unrecorded", ()))})
