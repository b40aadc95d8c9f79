"""Where files lie on this computer: one file for all paths, made on demand, for the user only.

`AT_TUI_HOME` puts everything under one folder (a USB stick, a test).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

APP = "at-tui"
DATABASE = "at.db"


@cache
def _folders() -> dict[str, Path]:
    home = os.environ.get("AT_TUI_HOME")
    if home:
        base = Path(home).expanduser()
        names = ("data", "config", "state", "cache", "documents")
        return {name: base / name for name in names}
    # Costs about 30 ms, so only when a path is asked for.
    import platformdirs

    folders = platformdirs.PlatformDirs(APP, appauthor=False)
    return {
        "data": Path(folders.user_data_path),
        "config": Path(folders.user_config_path),
        "state": Path(folders.user_state_path),
        "cache": Path(folders.user_cache_path),
        "documents": Path(folders.user_documents_path),
    }


def private_folder(path: Path) -> Path:
    """Make `path` with rights for the user only (0700) and return it.

    Raises:
        OSError: it cannot be made or written.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def data_folder() -> Path:
    """Folder of the records; not made here."""
    return _folders()["data"]


def config_folder() -> Path:
    """Folder of settings and the user's own content files; not made here."""
    return _folders()["config"]


def content_folder() -> Path:
    """Folder of the user's own curricula, programmes, instruments and prompts."""
    return config_folder() / "content"


def state_folder() -> Path:
    """Folder of what the computer remembers: node ids, crash reports, logs."""
    return _folders()["state"]


def crash_folder() -> Path:
    """Folder of crash reports."""
    return state_folder() / "crashes"


def documents_folder() -> Path:
    """Folder that printed documents are written to when no other is named; not made here."""
    return _folders()["documents"]


def database_path(choice: str | None = None) -> Path:
    """Return the live file: `choice`, else `AT_TUI_DATABASE`, else the one in the data folder."""
    named = choice or os.environ.get("AT_TUI_DATABASE")
    return Path(named).expanduser() if named else data_folder() / DATABASE


def key_file(database: Path) -> Path:
    """Return the key file that belongs to `database`; it lies beside it."""
    return database.with_name(database.name + ".keys.json")


def databases() -> list[Path]:
    """Return the record files in the data folder, by name."""
    folder = data_folder()
    return sorted(folder.glob("*.db")) if folder.is_dir() else []
