"""Settings as data: one list from which reading, checking, writing and the screen all come.

They lie in `settings.toml` in the configuration folder. A value that cannot be used is told and
its default is used; the file itself is left as the user wrote it until they save again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import places
from data.atomic import write_atomic
from data.places import config_folder, private_folder
from schema.fault import Fault
from schema.text import LINE, clean

FILE = "settings.toml"
_MOST_BYTES = 100_000
"""Read of a file; a full one has some hundred bytes."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the file, its default, and what a value must be."""

    name: str
    default: Any
    fits: Callable[[Any], bool]


def _one_of(*values: str) -> Callable[[Any], bool]:
    return lambda value: value in values


def _line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LINE and clean(value, one_line=True) == value


def _between(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _keys(value: Any) -> bool:
    return isinstance(value, dict) and all(_line(k) and _line(v) for k, v in value.items())


BOUNDS = {"lock_minutes": (1, 120), "session_minutes": (5, 480)}
"""Least and most of the settings that are numbers."""

SETTINGS: tuple[Setting, ...] = (
    # Themes are named in screens/theme.py, which this room must not know: any line fits here, and
    # the screens fall back to their own default for a name that they do not know.
    Setting("theme", "", _line),
    Setting("lock_minutes", 5, _between(*BOUNDS["lock_minutes"])),
    Setting("documents_folder", "", _line),
    Setting("backup_folder", "", _line),
    Setting("session_minutes", 60, _between(*BOUNDS["session_minutes"])),
    Setting("session_topics", True, lambda value: isinstance(value, bool)),
    Setting("default_section", "", _one_of("", "opererande", "invartes", "psykiatri",
                                           "allmanmedicin")),
    Setting("keys", {}, _keys),
)  # fmt: skip


@dataclass
class Settings:
    """Values by name, and what was wrong in the file, as faults to be told."""

    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def defaults() -> dict[str, Any]:
    """Return every setting at its default."""
    return {s.name: s.default for s in SETTINGS}


def path_of(folder: Path | None = None) -> Path:
    """Return where the settings lie."""
    return (folder or config_folder()) / FILE


def load(folder: Path | None = None) -> Settings:
    """Return the user's settings over the defaults; never raises for what the file holds."""
    found = Settings(defaults())
    path = path_of(folder)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except FileNotFoundError:
        return found
    except OSError:
        found.faults.append(Fault("settings.unreadable", path=str(path)))
        return found
    # 26 ms to import: only for those who have a file of settings.
    import tomllib

    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # Not UTF-8, not TOML, a number of thousands of digits, or tables without end.
        reason = clean(str(error), one_line=True)[:LINE]
        found.faults.append(Fault("settings.broken", path=str(path), reason=reason))
        return found
    known = {s.name: s for s in SETTINGS}
    for name, value in table.items():
        setting = known.get(name)
        if setting is None:
            found.faults.append(Fault("settings.unknown", name=clean(name, one_line=True)))
        elif not setting.fits(value):
            found.faults.append(Fault("settings.value", name=name))
        else:
            found.values[name] = value
    return found


def documents_folder() -> Path:
    """Return the folder that documents are written to when no other is named."""
    named = load()["documents_folder"]
    return Path(named).expanduser() if named else places.documents_folder()


def save(changed: dict[str, Any], folder: Path | None = None) -> None:
    """Write the settings that differ from their defaults, in one step.

    Raises:
        Fault: `settings.value` for a value that does not fit, `settings.not_saved` when the file
            cannot be written. The old file is then untouched.
    """
    import tomli_w

    known = {s.name: s for s in SETTINGS}
    for name, value in changed.items():
        if name not in known or not known[name].fits(value):
            raise Fault("settings.value", exit_code=2, name=name)
    values = {**load(folder).values, **changed}
    kept = {n: v for n, v in values.items() if v != known[n].default}
    path = path_of(folder)
    try:
        private_folder(path.parent)
        write_atomic(path, tomli_w.dumps(kept).encode())
    except OSError as error:
        raise Fault("settings.not_saved", path=str(path)) from error
