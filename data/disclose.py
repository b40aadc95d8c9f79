"""Everything that is kept about one person, for the person's right to see it.

Of a trainee: every record about them with its whole life, the drafts of forms about them, and
where else their name stands. Of another person: their own record and roles, and which records
name them; what these say belongs to the trainee they are about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from data import erase
from data.history import in_order
from data.work import Work
from schema.fault import Fault
from schema.tables import KINDS, Draft, Head, Person, Pin, Trainee, Unit, Version

NOT_TOLD = frozenset({"sort_key"})
"""Fields that say nothing of their own."""


@dataclass(frozen=True)
class Step:
    """One version in a record's life: fields that changed, before and after."""

    at: datetime
    author: str
    act: str
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Entry:
    """One record: what it says now (None when it was removed), and its life."""

    kind: str
    record_id: str
    now: dict[str, Any] | None
    life: list[Step]


@dataclass(frozen=True)
class Mention:
    """A record about someone else that names the person: to be looked at by the one who hands
    the disclosure out. `by_id` is a reference, else the name stands in a text."""

    kind: str
    record_id: str
    by_id: bool


@dataclass(frozen=True)
class Disclosure:
    """All of it. `names` tells people and units by id, for those who read."""

    person_id: str
    name: str
    kind: str
    entries: list[Entry]
    drafts: list[dict[str, Any]]
    mentions: list[Mention]
    has_pin: bool
    names: dict[str, str] = field(default_factory=dict)


def disclose(work: Work, person_id: str) -> Disclosure:
    """Return everything that is kept about a trainee or another person.

    Raises:
        Fault: `store.no_record`.
    """
    who = work.get(Trainee, person_id) or work.get(Person, person_id)
    if who is None:
        raise Fault("store.no_record", exit_code=1)
    own = erase.records_of(work, person_id)
    order = {name: place for place, name in enumerate(KINDS)}
    entries = sorted(
        (_entry(work, record_id, kind) for record_id, kind in own.items()),
        key=lambda entry: (order[entry.kind], entry.life[0].at, entry.record_id),
    )
    names = {p.id: p.name for p in work.all(Person)} | {u.id: u.name for u in work.all(Unit)}
    return Disclosure(
        person_id=person_id,
        name=who.name,
        kind=type(who).__name__,
        entries=entries,
        drafts=_drafts(work, set(own)),
        mentions=_mentions(work, person_id, who.name, set(own)),
        has_pin=work.get(Pin, person_id) is not None,
        names=names | {person_id: who.name},
    )


def _entry(work: Work, record_id: str, kind: str) -> Entry:
    life: list[Step] = []
    before: dict[str, Any] = {}
    for version in in_order(work.versions_of(record_id)):
        after = _said(version.payload) if version.payload is not None else {}
        changed = {
            name: (before.get(name), after.get(name))
            for name in [*after, *(n for n in before if n not in after)]
            if before.get(name) != after.get(name)
        }
        life.append(Step(version.at, version.author, version.act, changed if after else {}))
        before = after
    found = work.get(KINDS[kind], record_id)
    now = None if found is None else _said(found.model_dump_json())
    return Entry(kind, record_id, now, life)


def _said(payload: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(payload)
    return {name: value for name, value in values.items() if name not in NOT_TOLD | {"rev"}}


def _drafts(work: Work, own: set[str]) -> list[dict[str, Any]]:
    found = []
    for draft in work.session.exec(select(Draft).order_by(col(Draft.key))).all():
        said = draft.key + json.dumps(draft.content, ensure_ascii=False)
        if any(record_id in said for record_id in own):
            found.append({"form": draft.key.partition(":")[0], "content": draft.content})
    return found


def _mentions(work: Work, person_id: str, name: str, own: set[str]) -> list[Mention]:
    """Return records of others whose content, as it stands, has the person's id or name."""
    content = col(Version.payload)
    query = (
        sa.select(col(Version.kind), col(Version.record_id), content.contains(person_id))
        .join(Head, col(Head.version_id) == col(Version.id))
        .where(
            sa.or_(
                content.contains(person_id),
                content.contains(json.dumps(name, ensure_ascii=False)[1:-1], autoescape=True),
            )
        )
        .order_by(col(Version.kind), col(Version.at), col(Version.record_id))
    )
    return [
        Mention(kind, record_id, bool(by_id))
        for kind, record_id, by_id in work.session.execute(query)
        if record_id not in own
    ]
