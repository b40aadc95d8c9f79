"""What an erasure would take, and carrying it out: for the screen and the command alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from schema.fault import Fault

# SQLModel takes 0.6 to 1.2 s to import: only who erases pays it.
if TYPE_CHECKING:
    from data.backup import Backup
    from data.erase import Erased
    from data.store import Store


@dataclass(frozen=True)
class Proposal:
    """What would go of one person: kind by id, and the copies that hold it too.

    `past` tells which kinds of it are past their time.
    """

    person_id: str
    name: str
    records: dict[str, str]
    past: frozenset[str]
    copies: tuple[Backup, ...] = field(default=())

    def only_past(self) -> dict[str, str]:
        """Return what is past its time."""
        return {i: kind for i, kind in self.records.items() if kind in self.past}


@dataclass(frozen=True)
class Result:
    """What went, and the copies that could not be emptied."""

    erased: Erased
    left: tuple[Backup, ...]


def propose(store: Store, person_id: str, *, on: date) -> Proposal:
    """Return what would go.

    Raises:
        Fault: `store.no_record`, `retention.broken`.
    """
    from at_tui import retention
    from at_tui.copies import second_place
    from data import backup, erase
    from schema.tables import Person, Trainee

    with store.read() as work:
        who = work.get(Trainee, person_id) or work.get(Person, person_id)
        if who is None:
            raise Fault("store.no_record", exit_code=1)
        records = erase.records_of(work, person_id)
        plan = retention.load()
        mine = [p for p in retention.past(work, plan, on=on) if p.trainee_id == person_id]
    copies = backup.everywhere(store.path, second=second_place())
    past = frozenset(kind for one in mine for kind in one.kinds)
    return Proposal(person_id, who.name, records, past, tuple(copies))


def carry_out(
    store: Store, proposal: Proposal, author: str, *, past: bool, copies: bool, why: str = ""
) -> Result:
    """Erase.

    Args:
        past: Only what is past its time.
        copies: Empty the copies too, at once; else they lose it when one is put back, or when
            the rule lets them go.
        why: One of `data.erase_log.WHYS`, or empty.

    Raises:
        Fault: `erase.*`, `store.*`.
    """
    from data import erase

    kinds = proposal.past if past else None
    folders = sorted({copy.path.parent for copy in proposal.copies})
    erased = erase.erase(store, proposal.person_id, author, kinds=kinds, copies=folders, why=why)
    left = erase.erase_in_copies(store, proposal.copies, erased.records) if copies else []
    return Result(erased, tuple(left))
