"""The list of what has been erased, kept beside the records and beside every copy of them.

It holds ids and kinds, never content. A copy that was made before an erasure still has what was
erased; whoever puts it back, or opens it in the records' place, applies the list first.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.atomic import write_atomic
from schema.identity import is_id

FORMAT = 1
_MOST_BYTES = 16 * 1024 * 1024
_COPY = re.compile(r"(?P<stem>.+)-\d{8}T\d{12}Z-[^-]+\.db")

Records = Mapping[str, str]
"""Kind by record id."""


def list_file(database: Path) -> Path:
    """Return the list that belongs to a file of records, or to all copies of it in one folder."""
    copy = _COPY.fullmatch(database.name)
    stem = copy["stem"] if copy else database.stem
    return database.with_name(f"{stem}.erased.json")


def known(database: Path) -> dict[str, str]:
    """Return what is noted beside `database`; nothing when there is no list or it is damaged,
    since the records themselves know it too and every copy writes it anew."""
    try:
        with list_file(database).open("rb") as file:
            content = file.read(_MOST_BYTES)
        document: Any = json.loads(content)
        return {i: str(kind) for i, kind in document["erased"].items() if is_id(i)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def note(database: Path, records: Records) -> None:
    """Add `records` to the list beside `database`.

    Raises:
        OSError: it cannot be written; the list is as it was.
    """
    before = known(database)
    after = {**before, **records}
    if after != before:
        document = {"format": FORMAT, "erased": dict(sorted(after.items()))}
        write_atomic(list_file(database), json.dumps(document, indent=1).encode())


def carry(source: Path, target: Path) -> None:
    """Add what is noted beside `source` to the list beside `target`; a target that cannot be
    written to is told by whoever copies there."""
    records = known(source)
    if records:
        with contextlib.suppress(OSError):
            note(target, records)


def stamp(records: Records) -> str:
    """Return a mark of these records, by which a file knows that it has applied the list."""
    if not records:
        return ""
    import hashlib  # not before the first page, which seldom has any

    return hashlib.sha256("\n".join(sorted(records)).encode()).hexdigest()
