"""The imports that were made, in words, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from at_tui.language import has, text
from data.backup import Why as BackupWhy

# SQLModel takes 0.6 to 1.2 s to import: what needs it is imported when imports are read.
if TYPE_CHECKING:
    from data.imports import Batch
    from data.imports import Hindrance as Found
    from data.store import Store
    from data.work import Work


@dataclass(frozen=True)
class Import:
    """One import as it is listed."""

    id: str
    name: str
    form: str
    author: str
    """The person's name; empty for a command."""
    when: str
    """Local time, "2026-11-24 14.02"."""
    added: Mapping[str, int]
    undone_at: str

    def as_json(self) -> dict[str, Any]:
        """Return it for a script."""
        return {
            "id": self.id, "name": self.name, "form": self.form, "author": self.author,
            "at": self.when, "added": dict(self.added), "undone": bool(self.undone_at),
        }  # fmt: skip


@dataclass(frozen=True)
class Hindrance:
    """Why an import cannot be undone, in a sentence."""

    sentence: str
    record_id: str


def imports_of(work: Work) -> list[Import]:
    """Return the imports of this file, latest first."""
    from data.imports import imports
    from schema.tables import Person

    names = {one.id: one.name for one in work.all(Person)}
    return [
        Import(
            one.id, one.name, one.form, names.get(one.author, ""), _local(one.at), one.added,
            one.undone_at,
        )
        for one in imports(work)
    ]  # fmt: skip


def hindrances_of(work: Work, batch: Batch) -> list[Hindrance]:
    """Return what stands in the way of undoing an import, by its name; empty when nothing does."""
    from data.imports import hindrances

    found: list[Hindrance] = []
    for one in hindrances(work, batch):
        said = text(f"imports.why.{one.why}", what=_what(work, one))
        found.append(Hindrance(said[:1].upper() + said[1:], one.record_id))
    return found


def undo(store: Store, batch_id: str, author: str) -> int:
    """Take a whole import back in one unit of work, and return how many records it was.

    Raises:
        Fault: `imports.unknown` (exit code 1), `imports.undone`, `imports.hindered` (exit code
            4), `store.*`; nothing is half undone.
    """
    from data import imports

    store.backup(BackupWhy.IMPORT)
    with store.work(author) as work:
        return imports.undo(work, imports.named(work, batch_id))


def _local(at: str) -> str:
    local = datetime.fromisoformat(at).astimezone()
    return f"{local:%Y-%m-%d} {local.hour}.{local.minute:02d}"


def _what(work: Work, found: Found) -> str:
    """Return what a record is, with what tells it from others: a name, a title, a day."""
    from schema.tables import KINDS, Trainee, Training

    kind = next((k for k in KINDS.values() if k.__tablename__ == found.table), None)
    key = f"import.count.{kind.__name__}" if kind else ""
    noun = text(key).partition("|")[0] if has(key) else found.table
    record: Any = work.get(kind, found.record_id) if kind else None
    if record is None:
        return noun
    about = [
        str(value)
        for name in ("name", "title", "day", "start", "held_on", "issued_on")
        if (value := getattr(record, name, None))
    ]
    training = work.get(Training, getattr(record, "training_id", "") or "")
    trainee = work.get(Trainee, training.trainee_id if training else "")
    if trainee is not None:
        about.append(trainee.name)
    return f"{noun} {', '.join(about)}" if about else noun
