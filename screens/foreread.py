"""The training one stands on, read before its page is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

# The reader brings the rules and the forms, the records SQLModel: whoever reads has them by then.
if TYPE_CHECKING:
    from data.store import Store
    from screens.trainee.reading import TraineeFile


@dataclass(frozen=True)
class _Kept:
    store: Store
    training_id: str
    on: date
    state: int
    """Of the records, before they were read."""
    file: TraineeFile


class Foreread:
    """Keeps the records of one training for as long as nobody has saved anything.

    Every page that shows them would else read them while somebody waits (20 to 50 ms of the 100
    that a page may take).
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def read(self, store: Store, training_id: str, on: date) -> None:
        """Read a training, unless it is kept; in a thread.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from screens.trainee.reading import read_file

        state = store.state()
        if state is not None and not self._holds(store, training_id, on, state):
            file = read_file(store, training_id, on)
            self._kept = _Kept(store, training_id, on, state, file)

    def take(self, store: Store, training_id: str, on: date) -> TraineeFile:
        """Return a training as it is now, and keep it no longer: a page may change what it has.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from screens.trainee.reading import read_file

        kept, holds = self._kept, self._holds(store, training_id, on, store.state())
        if kept is None or not holds:
            return read_file(store, training_id, on)
        self._kept = None
        return kept.file

    def _holds(self, store: Store, training_id: str, on: date, state: int | None) -> bool:
        kept = self._kept
        return (
            kept is not None
            and kept.store is store
            and (kept.training_id, kept.on, kept.state) == (training_id, on, state)
        )
