"""What was erased in this file: when, by whom, for which reason, and how much. No name, no content.

Kept among the facts of the file, not in its history: it is for whoever answers for the records.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import col, select

from data.work import Work
from schema.tables import Meta

WHYS = ("retention", "request", "mistake")
"""Reasons: the time has passed, the person asked for it, it should never have been kept. A closed
set: a reason in words of one's own would keep what is to go."""
_FACT = "erasure:"


@dataclass(frozen=True)
class Logged:
    """One erasure. `at` is in UTC; `author` the id of who did it; `why` may be empty."""

    at: datetime
    author: str
    why: str
    records: int


def note(work: Work, author: str, why: str, records: int) -> None:
    """Note an erasure of so many records."""
    at = datetime.now(UTC).isoformat()
    said = {"author": author, "why": why, "records": records}
    work.set_fact(_FACT + at, json.dumps(said))


def logged(work: Work) -> list[Logged]:
    """Return the erasures of this file, the latest first."""
    query = select(Meta).where(col(Meta.name).startswith(_FACT)).order_by(col(Meta.name).desc())
    found = []
    for fact in work.session.exec(query):
        said = json.loads(fact.value)
        at = datetime.fromisoformat(fact.name.removeprefix(_FACT))
        found.append(Logged(at, said["author"], said["why"], said["records"]))
    return found
