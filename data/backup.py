"""Copies of the records: made by the engine, opened and checked, kept by a rule, put back.

A backup is a file of records like any other, with its key file beside it: it opens with the same
passphrase, and nothing but this programme is needed to restore it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from data import driver, erasures, keys, places
from data.atomic import sync_folder, write_atomic
from data.node import NodeMemory
from schema.fault import Fault

DAILY = 14
"""Newest backup of each of so many days is kept."""
RECENT = 2
"""Every backup of so many days is kept."""
MONTHLY = 12
"""Newest backup of each of so many months is kept."""

DAMAGED = "skadad"
"""In the name of what was kept byte by byte when a copy was put in its place."""
_NAME = re.compile(r".+-(?P<stamp>\d{8}T\d{12}Z)-(?P<why>[a-z]+)")
_A_DAY = 24 * 60 * 60
_STAMP = "%Y%m%dT%H%M%S%fZ"


class Why(StrEnum):
    """Why a backup was made; part of its name."""

    DAILY = "daglig"
    UPGRADE = "uppgradering"
    IMPORT = "import"
    RESTORE = "aterstallning"
    MANUAL = "egen"


@dataclass(frozen=True)
class Backup:
    """One backup on disk. `at` is in UTC."""

    path: Path
    at: datetime
    why: str

    @property
    def size(self) -> int:
        """Size in bytes, of the records alone."""
        return self.path.stat().st_size


def folder_of(database: Path) -> Path:
    """Return the folder that holds the backups of `database`; it lies beside it."""
    return database.with_name(f"{database.stem}-kopior")


def make(database: Path, key: bytes | None, why: Why, *, folder: Path | None = None) -> Backup:
    """Copy the records, open the copy, check every page of it, and only then give it its name.

    Raises:
        Fault: `store.backup_failed`, `store.disk_full` and other `store.*`; the records are
            untouched and no half copy is left.
    """
    at = datetime.now(UTC)
    try:
        target_folder = places.private_folder(folder or folder_of(database))
    except OSError as error:
        raise Fault("store.backup_failed", exit_code=3) from error
    target = target_folder / f"{database.stem}-{at.strftime(_STAMP)}-{why.value}.db"
    key_path = places.key_file(database)
    try:
        if key_path.exists():
            write_atomic(places.key_file(target), key_path.read_bytes())
        copy_verified(database, key, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            places.key_file(target).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Fault("store.backup_failed", exit_code=3) from error
        raise
    erasures.carry(database, target)
    return Backup(target, at, why.value)


def copy_verified(path: Path, key: bytes | None, target: Path) -> Path:
    """Copy the records to `target` by the engine's own backup, open the copy and check it.

    Raises:
        Fault: `store.backup_failed` or what the engine says; the original is untouched and no
            half copy is left.
    """
    part = target.with_name(target.name + ".part")
    try:
        with driver.translated(path):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(path, key, part)
            if not sound(part, key):
                raise Fault("store.backup_failed", exit_code=3)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise Fault("store.backup_failed", exit_code=3) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)
    sync_folder(target.parent)
    return target


def _copy(path: Path, key: bytes | None, target: Path) -> None:
    with (
        contextlib.closing(driver.connect(path, key)) as source,
        contextlib.closing(driver.connect(target, key)) as copy,
    ):
        source.backup(copy)


def sound(path: Path, key: bytes | None) -> bool:
    """Return whether every page of the file is whole (and, encrypted, unaltered)."""
    return not driver.damage(path, key)


def backups(database: Path, *, folder: Path | None = None) -> list[Backup]:
    """Return the backups of `database`, newest first."""
    where = folder or folder_of(database)
    found = []
    for path in where.glob(f"{database.stem}-*.db") if where.is_dir() else ():
        stamp, _, why = path.stem.removeprefix(f"{database.stem}-").partition("-")
        with contextlib.suppress(ValueError):
            at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, at, why))
    return sorted(found, key=lambda b: b.at, reverse=True)


def whole(backup: Backup, key: bytes | None) -> bool:
    """Return whether a copy can be put back: its pages are whole and its key file opens it."""
    try:
        return sound(backup.path, key) and driver.peek(backup.path, key) > 0
    except Fault:
        return False


def named(path: Path) -> Backup | None:
    """Return the file at `path` as a copy; by its time of writing where its name tells none.
    None when there is no such file."""
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
    name = _NAME.fullmatch(path.stem)
    with contextlib.suppress(ValueError):
        if name:
            at = datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC)
            return Backup(path, at, name["why"])
    return Backup(path, written, "")


def found_in(folder: Path) -> list[Backup]:
    """Return every copy in a folder and the folders in it, of whatever file, newest first."""
    found = []
    for path in [*folder.glob("*.db"), *folder.glob("*/*.db")]:
        copy = named(path)
        if copy is not None and copy.why:
            found.append(copy)
    return sorted(found, key=lambda b: b.at, reverse=True)


def everywhere(database: Path, *, second: Path | None = None) -> list[Backup]:
    """Return the copies of `database` in the usual place and at the second one, newest first.

    At the second place, those under the file's name count: which of them belong to it is known
    when one is opened.
    """
    found = backups(database)
    if second is not None and second.is_dir():
        found += [b for b in found_in(second) if b.path.name.startswith(f"{database.stem}-")]
    return sorted(found, key=lambda b: b.at, reverse=True)


def second_folder(second: Path, database: Path, key: bytes | None) -> Path:
    """Return the folder for copies of `database` at a second place (a stick, a home folder).

    Each file has its own there, by its id: two laptops may share a stick.
    """
    return second / f"{database.stem}-{_file_id(database, key)[-12:]}"


def newest_good(database: Path, now: datetime, *, folder: Path | None = None) -> Backup | None:
    """Return the newest copy that can be put back, or None. Each was opened and checked when it
    was made; one that has since lost its content or its key file does not count, nor one from a
    clock that was ahead."""
    sealed = driver.file_state(database) is driver.FileState.SEALED
    for backup in backups(database, folder=folder):
        with contextlib.suppress(OSError):
            whole = backup.size > 0 and (not sealed or places.key_file(backup.path).exists())
            if whole and backup.at <= now and backup.why != DAMAGED:
                return backup
    return None


@dataclass(frozen=True)
class Daily:
    """What the daily copying did: the copies made, and why one place got none."""

    made: list[Backup]
    faults: list[Fault]


def daily(database: Path, key: bytes | None, now: datetime, *, second: Path | None = None) -> Daily:
    """Make today's copy where there is none yet, in the usual place and in the second one, and
    let go of those that the rule lets go. A place that fails does not stop the other."""
    result = Daily([], [])
    for folder in (folder_of(database), second):
        if folder is None:
            continue
        try:
            if folder is second:
                if not folder.is_dir():
                    raise Fault("backup.no_second_place", exit_code=3, path=str(folder))
                folder = second_folder(folder, database, key)
            if due(database, now, folder=folder):
                result.made.append(make(database, key, Why.DAILY, folder=folder))
                thin(database, now.date(), folder=folder)
        except Fault as fault:
            result.faults.append(fault)
    return result


def thinned(moments: Iterable[datetime], on: date) -> list[datetime]:
    """Return the backups that may go, by the rule: all of the last two days stay, the newest of
    each of the last 14 days that have one, and the newest of each of the last 12 months that
    have one.

    Moments after `on` (a clock that was set back) are never removed.
    """
    ordered = sorted(moments, reverse=True)
    past = [m for m in ordered if m.date() <= on]
    keep = set(ordered) - set(past)
    keep |= {m for m in past if (on - m.date()).days < RECENT}
    days: dict[date, datetime] = {}
    months: dict[tuple[int, int], datetime] = {}
    for moment in past:
        days.setdefault(moment.date(), moment)
        months.setdefault((moment.year, moment.month), moment)
    keep |= {days[d] for d in sorted(days, reverse=True)[:DAILY]}
    keep |= {months[m] for m in sorted(months, reverse=True)[:MONTHLY]}
    return [m for m in ordered if m not in keep]


def thin(database: Path, on: date, *, folder: Path | None = None) -> int:
    """Remove the backups that the rule lets go and return how many."""
    there = backups(database, folder=folder)
    gone = set(thinned([b.at for b in there], on))
    for backup in there:
        if backup.at in gone:
            backup.path.unlink(missing_ok=True)
            places.key_file(backup.path).unlink(missing_ok=True)
    _sweep(folder or folder_of(database))
    return len(gone)


def _sweep(folder: Path) -> None:
    """Remove beginnings of copies that a killed programme left more than a day ago; younger ones
    may belong to another window that is copying now."""
    with contextlib.suppress(OSError):
        for path in [*folder.glob("*.part"), *folder.glob("*.part-journal")]:
            if time.time() - path.stat().st_mtime > _A_DAY:
                path.unlink()


def due(database: Path, now: datetime, *, folder: Path | None = None) -> bool:
    """Return whether the day has no backup yet (days in UTC).

    A copy with a later day, from a clock that was wrong, does not count.
    """
    return all(b.at.date() != now.date() for b in backups(database, folder=folder))


def restore(
    database: Path, backup: Path, key: bytes | None, *, memory: NodeMemory | None = None
) -> Backup | None:
    """Put `backup` in the place of the records and return the copy made of what lay there.

    The records that are replaced are copied first, whole or, when they are damaged, byte by
    byte. Whoever opens the restored file writes under a new node (`data/node.py`).

    Args:
        key: The data key that opens `backup`.

    Raises:
        Fault: `backup.not_sound` when the backup does not hold together; `store.*`. Nothing has
            then been changed.
    """
    with driver.translated(backup):
        if not sound(backup, key):
            raise Fault("backup.not_sound", exit_code=3)
    kept = _keep_what_lies_there(database, key)
    part = database.with_name(database.name + ".restore")
    try:
        # A new computer has no folder of records yet.
        places.private_folder(database.parent)
        listed = {**erasures.known(database), **erasures.known(backup)}
        copy_verified(backup, key, part)
        _erase_again(part, key, database, listed)
        # Before it is in its place: a programme killed in between must not write under the old
        # node in the copy. What this computer remembers may lag behind by the last save.
        (memory or NodeMemory()).forget(_file_id(part, key))
        _bring_key_file(backup, database)
        # A journal of the old file must never be played into the new one.
        database.with_name(database.name + "-journal").unlink(missing_ok=True)
        part.replace(database)
        sync_folder(database.parent)
    except OSError as error:
        raise Fault("store.folder_not_writable", exit_code=3, path=str(database.parent)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return kept


def _erase_again(part: Path, key: bytes | None, database: Path, listed: erasures.Records) -> None:
    """Take out of a copy what was erased after it was made, before it is in its place."""
    if not listed:
        return
    erasures.note(database, listed)
    # A copy of an older version is upgraded when it is opened, and then the list is applied.
    if driver.peek(part, key) == driver.SCHEMA:
        from data.erase import apply_to_file  # SQLModel takes 0.6 to 1.2 s to import

        apply_to_file(part, key, listed)


def _file_id(path: Path, key: bytes | None) -> str:
    with (
        driver.translated(path),
        contextlib.closing(driver.connect(path, key)) as connection,
    ):
        found = connection.execute("SELECT value FROM meta WHERE name = 'file_id'").fetchone()
    return str(found[0]) if found else ""


def _bring_key_file(backup: Path, database: Path) -> None:
    """Put the backup's key file beside the records, unless the one that lies there holds the same
    data key: it may know a newer passphrase."""
    copied, current = places.key_file(backup), places.key_file(database)
    if copied.exists() and not (current.exists() and keys.same(copied, current)):
        write_atomic(current, copied.read_bytes())


def _keep_what_lies_there(database: Path, key: bytes | None) -> Backup | None:
    if driver.file_state(database) in (driver.FileState.MISSING, driver.FileState.EMPTY):
        return None
    try:
        return make(database, key, Why.RESTORE)
    except Fault:
        at = datetime.now(UTC)
        folder = places.private_folder(folder_of(database))
        target = folder / f"{database.stem}-{at.strftime(_STAMP)}-{DAMAGED}.db"
        for source, copy in (
            (database, target),
            (places.key_file(database), places.key_file(target)),
        ):
            if source.exists():
                shutil.copyfile(source, copy)
                copy.chmod(0o600)
        return Backup(target, at, DAMAGED)
