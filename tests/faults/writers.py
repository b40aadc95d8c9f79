"""Writers that get in each other's way: each adds to one number that all share."""

from __future__ import annotations

import os
import time
from pathlib import Path

from sqlmodel import col

from data import opening
from data.store import Store
from schema.fault import Fault
from schema.tables import Supervision, Training
from tests.faults.saves import FIRST_DAY, TRAINING


def count_up(path: Path, key: bytes | None, acks: int, writer: int, seconds: int) -> None:
    """For so many seconds, add one to the training's number and save a session of one's own.

    Every way that a save can go is written to `acks`: "saved" when it has ended well, "stale" when
    another window was first (and it is tried again), any other fault by its code.
    """
    store = opening.open_store(path, key)
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        with store.read() as work:
            training = work.need(Training, TRAINING)
            work.all(Supervision, order=col(Supervision.day).desc(), limit=20)
        training.note = str(int(training.note or 0) + 1)
        _say(acks, _tried(store, training, f"{writer}/{number}"))
        number += 1
        if number % 5 == 0:
            _say(acks, _refused(store, f"{writer}/{number}"))
    store.close()


def _tried(store: Store, training: Training, name: str) -> str:
    try:
        with store.work(f"writer {name}") as work:
            work.save(training)
            work.save(Supervision(training_id=TRAINING, day=FIRST_DAY, note=name))
    except Fault as fault:
        return fault.code
    return f"saved {name}"


def _refused(store: Store, name: str) -> str:
    """A unit of work that must fail when it is committed."""
    try:
        with store.work(f"writer {name}") as work:
            work.save(Supervision(training_id="0" * 36, day=FIRST_DAY, note=f"fel {name}"))
    except Fault as fault:
        return f"refused {fault.code}"
    return "a reference to nothing was saved"


def _say(acks: int, what: str) -> None:
    os.write(acks, f"{what}\n".encode())
