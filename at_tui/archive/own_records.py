"""The records of one training in the interchange form, so that they can be read in again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from at_tui.interchange.kinds import FORMAT, LISTS, VERSION, as_kept, references_of

if TYPE_CHECKING:
    from data.work import Work

_CONTACT = {"email": "", "phone": ""}
"""Left out of others' records: names and titles say who signed, addresses are theirs."""
_OTHERS: dict[str, dict[str, Any]] = {
    "kollegium": {"training_ids": [], "attendance": [], "reminded": {}, "note": ""},
    "meeting_series": {"invited": []},
}
"""Fields of records that many share, and that name others: emptied."""


def own_records(work: Work, trainee_id: str) -> bytes:
    """Return every record about a doctor in training, and those it refers to, as JSON.

    What it refers to (people, units, meetings) is there with its name only: contact details and
    whatever names somebody else are left out.
    """
    from data import erase
    from schema.tables import KINDS

    mine = erase.records_of(work, trainee_id)
    chosen: dict[str, dict[str, Any]] = {name: {} for name in LISTS}
    waiting = [(str(KINDS[kind].__tablename__), id) for id, kind in mine.items()]
    while waiting:
        name, id = waiting.pop()
        if id in chosen[name]:
            continue
        record = work.get(LISTS[name], id)
        if record is None:  # it was removed; its life is told by the disclosure
            continue
        kept = as_kept(record)
        if id not in mine:
            kept |= {field: "" for field in _CONTACT if field in kept}
            kept |= _OTHERS.get(name, {})
        chosen[name][id] = kept
        for field, target in references_of(LISTS[name]).items():
            if kept.get(field):
                waiting.append((target, str(kept[field])))
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    document |= {name: [one[id] for id in sorted(one)] for name, one in chosen.items()}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False).encode() + b"\n"
