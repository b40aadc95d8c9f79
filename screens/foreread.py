"""The training one stands on, read before its page is opened."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

# The reader brings the rules and the forms, the records SQLModel: whoever reads has them by then.
if TYPE_CHECKING:
    from data.find import Folder
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

    def answers(self, store: Store, training_id: str, on: date, state: int | None) -> bool:
        """Whether it is what reading now would give."""
        return self.store is store and (self.training_id, self.on, self.state) == (
            training_id,
            on,
            state,
        )


class Foreread:
    """Keeps the records of one training for as long as nobody has saved anything.

    Every page that shows them would else read them while somebody waits (20 to 50 ms of the 100
    that a page may take). One thread reads ahead while others take what is kept.
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._changing = threading.Lock()
        self._reading = threading.Lock()
        """One reads at a time: whoever comes second finds the questions and the content ready."""

    def read(self, store: Store, training_id: str, on: date) -> None:
        """Read a training, unless it is kept; in a thread.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from screens.trainee.reading import read_file

        state = store.state()
        kept = self._kept
        if state is None or (kept is not None and kept.answers(store, training_id, on, state)):
            return
        with self._reading:
            file = read_file(store, training_id, on)
        with self._changing:
            # Not when the records were closed meanwhile: nothing is to be kept of them then.
            if store.state() == state:
                self._kept = _Kept(store, training_id, on, state, file)

    def sample(self, store: Store, training_id: str, on: date) -> TraineeFile:
        """Return a training that nobody has asked for, and keep nothing; in a thread.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from screens.trainee.reading import read_file

        with self._reading:
            return read_file(store, training_id, on)

    def take(self, store: Store, training_id: str, on: date) -> TraineeFile:
        """Return a training, kept or read, and keep it no longer: a page may change what it has.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from screens.trainee.reading import read_file

        return self._taken(store, training_id, on) or read_file(store, training_id, on)

    def take_folder(self, store: Store, training_id: str, on: date) -> Folder:
        """Return a training's records only, kept or read, and keep them no longer.

        Raises:
            Fault: `store.no_record` and other `store.*`.
        """
        from data import find

        taken = self._taken(store, training_id, on)
        if taken is not None:
            return taken.folder
        with store.read() as work:
            return find.folder(work, training_id)

    def _taken(self, store: Store, training_id: str, on: date) -> TraineeFile | None:
        state = store.state()
        with self._changing:
            kept = self._kept
            if kept is None or not kept.answers(store, training_id, on, state):
                return None
            self._kept = None
            return kept.file

    def forget(self) -> None:
        """Keep nothing: the records are closed."""
        with self._changing:
            self._kept = None
