"""What somebody began to write and has not saved: said when the records are opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from at_tui.language import has, text

if TYPE_CHECKING:
    from data.work import Work


@dataclass(frozen=True)
class Waiting:
    """A draft: what it is, about whom (empty: nobody), and when it was last kept."""

    what: str
    name: str
    at: datetime


def waiting(work: Work) -> list[Waiting]:
    """Return the drafts that wait, latest first."""
    found = []
    for draft in work.drafts():
        kind, _, rest = draft.key.partition(":")
        key = f"waiting.kind.{kind}"
        what = text(key) if has(key) else text("waiting.kind.other")
        found.append(Waiting(what, _name(work, rest.partition(":")[0]), draft.at))
    return found


def _name(work: Work, id_: str) -> str:
    """Return the name of the trainee that a draft's key names, if it names one."""
    from schema.tables import Trainee, Training  # with the records open, imported already

    training = work.get(Training, id_) if len(id_) == 36 else None
    trainee = work.get(Trainee, training.trainee_id if training else id_)
    return trainee.name if trainee else ""
