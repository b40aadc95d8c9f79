"""Open the records for a command: which file, and where its passphrase comes from."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.language import text
from data import places
from schema.fault import Fault

# SQLModel takes 0.6 to 1.2 s to import: the store is imported when it is opened.
if TYPE_CHECKING:
    from argparse import Namespace

    from data.store import Store

FILE_VARIABLE = "AT_TUI_PASSPHRASE_FILE"
"""Environment variable that names the file with the passphrase."""


def path_of(options: Namespace) -> Path:
    """Return the file that the command is about."""
    return places.database_path(options.database)


@contextlib.contextmanager
def opened(options: Namespace) -> Iterator[Store]:
    """Open the records, asking for the passphrase when they are encrypted.

    Raises:
        Fault: what is wrong with the file or the passphrase (exit code 3).
    """
    from data.opening import open_store

    path = path_of(options)
    store = open_store(path, key_for(path))
    try:
        yield store
    finally:
        store.close()


def key_for(path: Path) -> bytes | None:
    """Return the data key of the file at `path`, or None when it is not encrypted."""
    from data.opening import needs_passphrase, unlock

    if not needs_passphrase(path):
        return None
    named = passphrase_from_file()
    if named is None:
        from data import keystore

        key = keystore.recall(places.key_file(path))
        if key is not None:
            return key
    return unlock(path, passphrase=named if named is not None else passphrase())


def passphrase() -> str | None:
    """Return the passphrase from the file that the environment names, else ask at the terminal.

    None when there is neither; a passphrase is never an argument, which others could read.

    Raises:
        Fault: `cli.passphrase_file` (exit code 3), when the named file cannot be read.
    """
    named = passphrase_from_file()
    if named is not None:
        return named
    return ask(text("cli.ask.passphrase")) if sys.stdin.isatty() else None


def passphrase_from_file() -> str | None:
    """Return the first line of the file that AT_TUI_PASSPHRASE_FILE names; None without one."""
    named = os.environ.get(FILE_VARIABLE)
    return first_line(named) if named else None


def first_line(named: str) -> str:
    """Return the first line of a file that holds a passphrase.

    Raises:
        Fault: `cli.passphrase_file` (exit code 3).
    """
    try:
        with Path(named).expanduser().open(encoding="utf-8-sig") as file:
            line = file.readline(4096)
    except (OSError, UnicodeDecodeError):
        raise Fault("cli.passphrase_file", exit_code=3, path=named) from None
    return line.rstrip("\r\n")


def ask(question: str) -> str:
    """Ask at the terminal without showing what is typed."""
    import getpass  # 10 ms, and only who is asked pays it

    try:
        return getpass.getpass(question)
    except EOFError:
        raise KeyboardInterrupt from None
