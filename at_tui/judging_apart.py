"""Judging everyone in a process of its own.

What judging needs (the rules, the programmes, the records of everyone) is 14 MB that nobody needs
afterwards, and half a second of work that would take turns with the first keys. In a process that
ends when it has told all, none of it is the window's. What is told between the two goes through
pipes alone: the data key too.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.stand import Stand
    from data.glance import Doctor
    from data.store import Store

AT_ONCE = 48
"""Doctors told in one go: the page draws all its rows anew each time."""
PATIENCE = 60.0
"""Seconds until they are judged here instead: the other process must have come to nothing."""
_DO = "from at_tui.judging_apart import serve; serve()"


_NO_ANSWER = (OSError, EOFError, pickle.PickleError, ValueError, TypeError, AttributeError,
              ImportError, LookupError)  # fmt: skip
"""What comes of a process that cannot be had, or of an answer that is none."""


class NoAnswerError(Exception):
    """The other process could not be had, or ended before it had told all."""


class StoppedError(Exception):
    """The records are being closed."""


@dataclass(frozen=True)
class _Question:
    path: Path
    key: bytes | None
    doctors: tuple[Doctor, ...]
    on: date


class JudgingApart:
    """The processes that judge for one opening of the records, until it is closed."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def stands(
        self, store: Store, doctors: Sequence[Doctor], on: date
    ) -> Iterator[dict[str, Stand]]:
        """Yield, some at a time, how each doctor's training stands on the day `on`, as
        `at_tui.due.stands` does.

        Raises:
            NoAnswerError: not all are judged; whoever wants them judges them here.
            StoppedError: not all are judged, and nobody is to judge them any more.
        """
        question = _Question(store.path, store.key, tuple(doctors), on)
        try:
            with self._process() as process:
                yield from _answers(process, question)
        except _NO_ANSWER as error:
            raise (StoppedError if self._stopped else NoAnswerError) from error

    @contextlib.contextmanager
    def _process(self) -> Iterator[subprocess.Popen[bytes]]:
        with self._lock:
            if self._stopped:
                raise EOFError  # as if it had ended at once
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                # Without the working folder on the path: what lies there is not ours.
                [sys.executable, "-P", "-c", _DO],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._running.add(process)
        patience = threading.Timer(PATIENCE, process.kill)
        patience.daemon = True
        patience.start()
        with process:
            try:
                yield process
            finally:
                patience.cancel()
                # It has told all, or nobody wants to hear the rest.
                process.kill()
                with self._lock:
                    self._running.discard(process)

    def stop(self) -> None:
        """End what is judged, and judge no more: the records are being closed."""
        with self._lock:
            self._stopped = True
            running = tuple(self._running)
        for process in running:
            process.kill()
            # Windows lets nobody remove the file while it ends.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)


def _answers(process: subprocess.Popen[bytes], question: _Question) -> Iterator[dict[str, Stand]]:
    asked, told = process.stdin, process.stdout
    assert asked is not None  # noqa: S101 - both were asked for
    assert told is not None  # noqa: S101
    with asked:
        pickle.dump(question, asked)
    while (found := pickle.load(told)) is not None:  # noqa: S301 - told by our own
        if not isinstance(found, dict):
            raise TypeError
        yield found


def stands_of(
    store: Store,
    apart: JudgingApart,
    doctors: Sequence[Doctor],
    on: date,
    only: Collection[str] | None,
) -> Iterator[dict[str, Stand]]:
    """Yield how each doctor's training stands: all are judged in another process, those that
    something has changed for here, where they are known at once; all here where there is no other.

    Args:
        only: As `at_tui.due.stands` has it.

    Raises:
        Fault: `store.*`.
        StoppedError: the records are being closed.
    """
    told: set[str] = set()
    if only is None:
        ours = {doctor.training_id: doctor for doctor in doctors}
        try:
            for found in apart.stands(store, doctors, on):
                told |= found.keys()
                yield {id_: _about(found[id_], ours[id_]) for id_ in found.keys() & ours.keys()}
        except NoAnswerError:
            pass
        else:
            return
    left = [
        doctor
        for doctor in doctors
        if doctor.training_id not in told and (only is None or doctor.training_id in only)
    ]
    if left:
        from at_tui.due import stands  # the rules and the programmes

        yield from stands(store, left, on)


def _about(stand: Stand, doctor: Doctor) -> Stand:
    """Return a stand that was told, about the doctor whom the page has: not about a copy of them
    with every duty (2 MB for a region's)."""
    return replace(stand, duties=tuple(replace(duty, doctor=doctor) for duty in stand.duties))


def serve() -> None:
    """Answer what is asked on standard input, in the other process; None is the last answer."""
    import gc

    gc.disable()  # it ends before there is much garbage
    with contextlib.suppress(OSError, AttributeError):  # Windows has none
        os.nice(10)  # whoever types goes first
    from at_tui.due import stands
    from data.opening import open_store

    question: _Question = pickle.load(sys.stdin.buffer)  # noqa: S301 - asked by ours
    try:
        store = open_store(question.path, question.key, read_only=True)
        told: dict[str, Stand] = {}
        # Read a few at a time: whoever saves waits for a reader.
        for found in stands(store, question.doctors, question.on):
            told |= found
            if len(told) >= AT_ONCE:
                _tell(told)
                told = {}
        store.close()
        _tell(told)
        _tell(None)
    except (Fault, OSError):
        return  # the other side sees that it has not been told all


def _tell(told: dict[str, Stand] | None) -> None:
    pickle.dump(told, sys.stdout.buffer)
    sys.stdout.buffer.flush()
