"""Write a målbeskrivning as a content file of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.atomic import write_atomic
from data.content.loading import forget
from data.content.registry import KINDS
from data.places import private_folder

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum


def to_toml(curriculum: Curriculum) -> str:
    """Return `curriculum` as the text of a content file, without what is empty."""
    import tomli_w  # only who writes a content file needs it

    data = _plain(curriculum.model_dump(mode="python"))
    return tomli_w.dumps(data, multiline_strings=True)


def write_curriculum(curriculum: Curriculum, folder: Path) -> Path:
    """Write `curriculum` into the user's content folder, whole or not at all; return the file.

    The name tells the version, so that earlier ones stay readable beside it.

    Raises:
        OSError: the folder cannot be written.
    """
    place = private_folder(folder / KINDS["curriculum"].folder)
    path = place / f"{curriculum.id}@{curriculum.version}.toml"
    write_atomic(path, to_toml(curriculum).encode())
    forget()
    return path


def _plain(value: Any) -> Any:
    """Return `value` as TOML knows it: no None, no empty texts or lists, enums as text."""
    if isinstance(value, dict):
        inner = {key: _plain(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return str(value)
    return value
