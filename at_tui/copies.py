"""Where copies of the records are kept, and how old the newest good one is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schema.fault import Fault

if TYPE_CHECKING:
    from data.backup import Backup

OLD = timedelta(days=3)
"""Age from which the newest good copy is old: one is made every day that the programme is used."""


def second_place() -> Path | None:
    """Return the folder that the settings name for further copies, if they name one."""
    from at_tui import settings

    named = settings.load()["backup_folder"]
    return Path(named).expanduser() if named else None


def check_place(typed: str) -> Path:
    """Return the folder that was typed as a second place, after writing to it.

    Raises:
        Fault: `backups.no_folder` or `backups.not_writable`.
    """
    folder = Path(typed).expanduser()
    if not folder.is_dir():
        raise Fault("backups.no_folder", exit_code=2, path=str(folder))
    try:
        handle, name = tempfile.mkstemp(prefix=".at-tui-", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError:
        raise Fault("backups.not_writable", exit_code=2, path=str(folder)) from None
    return folder.absolute()


@dataclass(frozen=True)
class Newest:
    """The newest copy that can be put back, of all places, and its age."""

    copy: Backup | None
    age: timedelta

    @property
    def old(self) -> bool:
        """Whether the user is to be warned."""
        return self.copy is None or self.age >= OLD


def newest(database: Path, key: bytes | None, now: datetime, second: Path | None = None) -> Newest:
    """Return the newest good copy, in the usual place or the second one.

    Args:
        now: With its time zone.
    """
    from data import backup

    found = [backup.newest_good(database, now)]
    if second is not None and second.is_dir():
        with contextlib.suppress(Fault, OSError):
            folder = backup.second_folder(second, database, key)
            found.append(backup.newest_good(database, now, folder=folder))
    copies = [copy for copy in found if copy is not None]
    if not copies:
        return Newest(None, timedelta(0))
    last = max(copies, key=lambda copy: copy.at)
    return Newest(last, now - last.at)
