"""Making a file of records, and opening one: look first, upgrade if older, then hand it over."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from data import driver, erasures, keys, places
from data.atomic import sync_folder
from data.driver import FileState
from data.whereabouts import refuse_unsafe
from schema.fault import Fault

# SQLModel takes 0.6 to 1.2 s to import: this module is imported by the command line and the first
# screen, so the store is imported inside the functions that open it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from data.apart import Unlocking
    from data.node import NodeMemory
    from data.store import Store
    from data.window import Window


def create(
    path: Path,
    *,
    passphrase: str | None,
    demo: bool = False,
) -> str | None:
    """Make a new file of records and return its recovery key, to be shown once.

    Args:
        path: Where; nothing may lie there.
        passphrase: Encrypts the file; None makes an unencrypted file, by explicit choice only,
            and returns None.
        demo: Marks the file as demo data.

    Raises:
        Fault: `store.exists`, `store.folder_not_writable`, `keys.short_passphrase` and other
            `keys.*`. Nothing is left behind.
    """
    from data.migrating import build

    refuse_unsafe(path)
    if driver.file_state(path) is not FileState.MISSING:
        raise Fault("store.exists", exit_code=4, path=str(path))
    key_path = places.key_file(path)
    if key_path.exists():
        raise Fault("keys.exists", exit_code=4, path=key_path.name)
    # Built under another name: whoever is killed meanwhile finds no half-made file afterwards.
    part = path.with_name(path.name + ".new")
    part_key = places.key_file(part)
    left = (part, part.with_name(part.name + "-journal"), part_key)
    key: bytes | None = None
    recovery: str | None = None
    try:
        places.private_folder(path.parent)
        for leftover in left:
            leftover.unlink(missing_ok=True)
        if passphrase is not None:
            made = keys.create(part_key, passphrase)
            key, recovery = made.data_key, made.recovery_key
        # Made by us with the user's rights only; SQLite's side files take after it.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        build(part, key, {"demo": "1" if demo else "0", "encrypted": "0" if key is None else "1"})
        if key is not None:
            part_key.rename(key_path)
        part.rename(path)
        sync_folder(path.parent)
    except OSError:
        raise Fault("store.folder_not_writable", exit_code=3, path=str(path.parent)) from None
    finally:
        for leftover in left:
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    return recovery


def needs_passphrase(path: Path) -> bool:
    """Return whether the file at `path` is encrypted.

    Raises:
        Fault: `store.missing`, `store.empty_file`, `keys.missing` (an encrypted file without its
            key file, or not a database at all), `store.unreadable` (exit code 3).
    """
    state = driver.file_state(path)
    if state is FileState.MISSING:
        raise Fault("store.missing", exit_code=3, path=str(path))
    if state is FileState.EMPTY:
        raise Fault("store.empty_file", exit_code=3, path=str(path))
    if state is FileState.PLAIN:
        return False
    if not places.key_file(path).exists():
        raise Fault("store.not_a_database", exit_code=3, path=str(path))
    return True


def begin_unlocking(path: Path, passphrase: str | None) -> Unlocking | None:
    """Begin to open the file's keys in a process of its own; None when it is not encrypted.

    Raises:
        Fault: `store.*`, and `keys.passphrase_needed` (exit code 3).
    """
    if not needs_passphrase(path):
        return None
    if passphrase is None:
        raise Fault("keys.passphrase_needed", exit_code=3)
    from data.apart import Unlocking  # the command line does without subprocess

    return Unlocking(places.key_file(path), passphrase=passphrase)


def unlock(
    path: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    apart: bool = False,
) -> bytes | None:
    """Return the data key of the file at `path`, or None when it is not encrypted.

    Args:
        apart: Derive it from the passphrase in a process of its own (`data/apart.py`).

    Raises:
        Fault: `keys.wrong_passphrase`, `keys.passphrase_needed` and others (exit code 3).
    """
    if not needs_passphrase(path):
        return None
    if passphrase is None and recovery_key is None:
        raise Fault("keys.passphrase_needed", exit_code=3)
    if apart and passphrase is not None:
        from data.apart import unlock as unlock_apart  # the command line does without subprocess

        return unlock_apart(places.key_file(path), passphrase=passphrase)
    return keys.unlock(places.key_file(path), passphrase=passphrase, recovery_key=recovery_key)


def open_store(
    path: Path,
    key: bytes | None,
    *,
    memory: NodeMemory | None = None,
    read_only: bool = False,
    window: Window | None = None,
) -> Store:
    """Open the records at `path`, upgrading an older file first, after a checked backup.

    Args:
        read_only: Nothing can be saved: every `store.work` raises `store.read_only_window`.
        window: The claim of the window that opens it (`data/window.py`): saves raise
            `window.taken_over` from the moment that another one takes over.

    Raises:
        Fault: `store.read_only_window` (an older file is not upgraded for reading),
            `store.newer` (written by a newer programme), `store.not_ours`,
            `store.empty_file`, `store.damaged` and others (exit code 3).
    """
    from data.migrating import HEAD, upgrade
    from data.node import NodeMemory as Memory
    from data.store import Store, make_engine

    refuse_unsafe(path)
    version = driver.peek(path, key)
    if version > HEAD:
        raise Fault("store.newer", exit_code=3, found=version, known=HEAD)
    if version < HEAD:
        if read_only:
            raise Fault("store.read_only_window")
        upgrade(path, key)
    with driver.translated(path):
        store = Store(path, make_engine(path, key), memory or Memory(), key=key,
                      read_only=read_only, window=window)  # fmt: skip
    if not store.read_only and erasures.list_file(path).exists():
        from data.erase import settle

        try:
            settle(store)
        except BaseException:
            store.close()
            raise
    return store
