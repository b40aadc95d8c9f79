"""Everything in a file of records as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlmodel import col

from at_tui.interchange.kinds import FORMAT, LISTS, VERSION, as_kept

if TYPE_CHECKING:
    from data.work import Work

AT_A_TIME = 2_000
"""Records held as objects at once."""


def export(work: Work) -> bytes:
    """Return the interchange file of everything recorded, the same bytes for the same records.

    History, drafts and PINs belong to the file on this computer and are not in it.
    """
    return "".join(_parts(work)).encode()


def _parts(work: Work) -> Iterator[str]:
    yield f'{{\n "format": {json.dumps(FORMAT)},\n "version": {VERSION}'
    for name, kind in LISTS.items():
        yield f",\n {json.dumps(name)}: ["
        first = True
        for record in _all(work, kind):
            line = json.dumps(as_kept(record), ensure_ascii=False, sort_keys=True)
            yield f"\n  {line}" if first else f",\n  {line}"
            first = False
        yield "]" if first else "\n ]"
    yield "\n}\n"


def _all(work: Work, kind: type[Any]) -> Iterator[Any]:
    """Yield every record of a kind in the order of ids, some thousand at a time."""
    last = ""
    while True:
        found = work.all(kind, col(kind.id) > last, order=col(kind.id), limit=AT_A_TIME)
        yield from found
        if len(found) < AT_A_TIME:
            return
        last = found[-1].id
