"""Lawful erasure: the content of a person's records goes, a tombstone without content stays.

Of each record there remain its ids, hashes and times in the change history, whose chain stays
whole, and one last version with the act "erased". No merging and no copy that is put back brings
the content back: an erased version wins over every other, and the list beside the records
(`data/erasures.py`) is applied to whatever takes their place.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from data import backup, driver, erase_log, erasures, history
from data.history import batches
from data.node import NodeMemory
from data.store import Store, make_engine
from data.work import Work
from schema.fault import Fault
from schema.tables import KINDS, Draft, Head, Person, Pin, Signature, Trainee, Version

ACT = "erased"
AUTHOR = "erasure"
"""Who erases when a list is applied to a copy."""
NOBODY = "–"
"""Name of a person whose record others still refer to."""
_BULK = {"synchronize_session": False}
_APPLIED = "erasures"
"""Fact about the file: the stamp of the list that has been applied to it."""


@dataclass(frozen=True)
class Erased:
    """What an erasure took: ids by kind, versions emptied, drafts dropped."""

    records: dict[str, str]
    versions: int
    drafts: int


def records_of(work: Work, person_id: str) -> dict[str, str]:
    """Return kind by id of everything that is about one trainee, or of one person's own record.

    A trainee's are: the trainee, and every record that refers to the trainee or to a record that
    does, also those that were removed earlier. A person's are the person and their roles; what
    they have done for others belongs to those.
    """
    if work.get(Trainee, person_id) is None:
        roles = work.session.exec(select(KINDS["Role"].id).where(_role_of(person_id)))
        return {person_id: "Person", **dict.fromkeys(roles, "Role")}
    found = _referring(work, person_id)
    found |= _removed(work, found)
    ids = list(found)
    for part in batches(ids):
        about = work.session.exec(select(Signature.id).where(col(Signature.record_id).in_(part)))
        found |= dict.fromkeys(about, "Signature")
    by = work.session.exec(select(Signature.id).where(Signature.signer_id == person_id))
    return found | dict.fromkeys(by, "Signature")


def _role_of(person_id: str) -> Any:
    return KINDS["Role"].__table__.c.person_id == person_id  # type: ignore[attr-defined]


def _referring(work: Work, trainee_id: str) -> dict[str, str]:
    """Return the trainee and everything that refers to it, by the tables' own references."""
    found = {trainee_id: "Trainee"}
    fresh: dict[str, set[str]] = {"trainee": {trainee_id}}
    while fresh:
        nearest, fresh = fresh, {}
        for name, kind in KINDS.items():
            table: sa.Table = kind.__table__  # type: ignore[attr-defined]
            for key in table.foreign_keys:
                for part in batches(nearest.get(key.column.table.name, ())):
                    rows = work.session.execute(sa.select(table.c.id).where(key.parent.in_(part)))
                    new = {row[0] for row in rows} - found.keys()
                    found |= dict.fromkeys(new, name)
                    if new:
                        fresh.setdefault(table.name, set()).update(new)
    return found


def _removed(work: Work, owned: Mapping[str, str]) -> dict[str, str]:
    """Return the records that were removed from the tables and were about the same trainee."""
    gone = (
        select(Version.record_id, Version.kind)
        .join(Head, col(Head.version_id) == col(Version.id))
        .where(Version.act == "removed")
    )
    found = {}
    for record_id, kind in work.session.exec(gone).all():
        said = [v.payload for v in work.versions_of(record_id) if v.payload is not None]
        values = json.loads(said[-1]) if said else {}
        if any(isinstance(v, str) and v in owned for k, v in values.items() if k != "id"):
            found[record_id] = kind
    return found


def erase(
    store: Store,
    person_id: str,
    author: str,
    *,
    kinds: Collection[str] | None = None,
    copies: Iterable[Path] = (),
    why: str = "",
) -> Erased:
    """Erase everything about a trainee, or a person's own record, in one unit of work.

    Args:
        kinds: Only records of these kinds, with the signatures on them; others may not refer to
            one of them.
        copies: Further folders of copies, whose lists are to know it as the usual one does.
        why: One of `erase_log.WHYS`, for the list of what was erased here.

    Raises:
        Fault: `store.no_record`, `store.reference` (with `kinds`), `erase.not_noted` (erased,
            but the list could not be written), and other `store.*`.
    """
    with store.work(author) as work:
        if work.get(Trainee, person_id) is None and work.get(Person, person_id) is None:
            raise Fault("store.no_record", exit_code=1)
        records = records_of(work, person_id)
        erased = _erase(work, records if kinds is None else _of_kinds(work, records, kinds))
        listed = {**erasures.known(store.path), **erased.records}
        work.set_fact(_APPLIED, erasures.stamp(listed))
        erase_log.note(work, author, why, len(erased.records))
    try:
        erasures.note(store.path, erased.records)
        for folder in (backup.folder_of(store.path), *copies):
            if folder.is_dir():
                erasures.note(folder / store.path.name, erased.records)
    except OSError as error:
        raise Fault("erase.not_noted", exit_code=1, path=str(store.path.parent)) from error
    return erased


def _of_kinds(work: Work, records: Mapping[str, str], kinds: Collection[str]) -> dict[str, str]:
    chosen = {i: kind for i, kind in records.items() if kind in kinds}
    for part in batches(list(chosen)):
        about = work.session.exec(select(Signature.id).where(col(Signature.record_id).in_(part)))
        chosen |= dict.fromkeys(about, "Signature")
    return chosen


def settle(store: Store) -> int:
    """Apply the list beside the records and return how many records were emptied.

    Run when a file is opened; costs nothing where nothing was ever erased.
    """
    listed = erasures.known(store.path)
    if not listed:
        return 0
    with store.read() as work:
        if work.fact(_APPLIED) == erasures.stamp(listed):
            return 0
    with store.work(AUTHOR) as work:
        erased = _erase(work, listed)
        work.set_fact(_APPLIED, erasures.stamp(listed))
    return len(erased.records)


def settle_merged(work: Work) -> Erased:
    """Empty, after versions of others have been taken in, whatever has a tombstone here or came
    with one: an erased version wins over every other."""
    tombstone = sa.orm.aliased(Version)
    back = (
        select(Version.record_id, Version.kind)
        .join(tombstone, col(tombstone.record_id) == col(Version.record_id))
        .where(tombstone.act == ACT, Version.act != ACT, col(Version.payload).is_not(None))
    )
    return _erase(work, dict(work.session.exec(back).all()))


def _erase(work: Work, records: Mapping[str, str]) -> Erased:
    """Empty every version of `records` that the file knows, take them out of their tables, and
    bury each under an erased version."""
    session = work.session
    there: dict[str, str] = {}
    emptied = 0
    for part in batches(records):
        with_content = select(Version.record_id, Version.kind).where(
            col(Version.record_id).in_(part), Version.act != ACT, col(Version.payload).is_not(None)
        )
        there |= dict(session.exec(with_content).all())
    # Others' records refer to a person: the row stays and says nobody.
    kept = {i: _nobody(i) for i, kind in there.items() if kind == "Person"}
    drafts = _drop_drafts(work, there)
    for part in batches(there):
        result = session.execute(
            sa.update(Version)
            .where(col(Version.record_id).in_(part), col(Version.payload).is_not(None))
            .values(payload=None),
            execution_options=_BULK,
        )
        emptied += int(getattr(result, "rowcount", 0))
        session.execute(sa.delete(Pin).where(col(Pin.holder_id).in_(part)))
    for name, kind in KINDS.items():
        for part in batches(i for i in there if there[i] == name and i not in kept):
            session.execute(sa.delete(kind).where(col(kind.id).in_(part)), execution_options=_BULK)
    for person in kept.values():
        values = person.model_dump(exclude={"id", "rev"})
        mine = sa.update(Person).where(col(Person.id) == person.id).values(**values)
        session.execute(mine, execution_options=_BULK)
    history.bury(session, there, {i: history.payload_of(person) for i, person in kept.items()})
    session.expire_all()
    return Erased(there, emptied, drafts)


def _nobody(person_id: str) -> Person:
    return Person.model_validate({"id": person_id, "name": NOBODY, "active": False})


def _drop_drafts(work: Work, records: Mapping[str, str]) -> int:
    """Drop the drafts of forms about these records. What is typed about a trainee as a whole has
    the trainee's or the training's id in its key or its content."""
    dropped = 0
    for draft in work.session.exec(select(Draft)).all():
        said = draft.key + json.dumps(draft.content, ensure_ascii=False)
        if any(record_id in said for record_id in records):
            work.session.delete(draft)
            dropped += 1
    return dropped


def erase_in_copies(
    store: Store, copies: Iterable[backup.Backup], records: erasures.Records
) -> list[backup.Backup]:
    """Erase `records` in these copies of the store's file too.

    Returns:
        The copies that could not be changed: of another key or an older version, damaged, or
        write-protected. Putting one of those back applies the list all the same.
    """
    left = []
    for copy in copies:
        try:
            apply_to_file(copy.path, store.key, records)
        except Fault:
            left.append(copy)
    return left


def apply_to_file(path: Path, key: bytes | None, records: erasures.Records) -> None:
    """Erase `records` in a file that is not the live one, under a node of its own.

    Raises:
        Fault: `erase.other_version`, when its tables are not those of this programme; `store.*`.
    """
    if driver.peek(path, key) != driver.SCHEMA:
        raise Fault("erase.other_version", exit_code=3, path=str(path))
    with tempfile.TemporaryDirectory() as folder, driver.translated(path):
        store = Store(path, make_engine(path, key), NodeMemory(Path(folder) / "nodes.json"))
        with contextlib.closing(store), store.work(AUTHOR) as work:
            _erase(work, records)
            work.set_fact(_APPLIED, erasures.stamp(records))
