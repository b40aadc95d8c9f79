"""The one place that opens the records. Everything else asks it for a unit of work.

    with store.work(author) as work:      # reads, changes, commits once, durably, or not at all
        work.save(session)
    with store.read() as work:            # reads and closes at once

After `work` has ended without a fault the records have been read back by their ids: only then
may a screen say "sparat".
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2
from sqlmodel import Session, create_engine

from data import driver, history
from data.backup import Backup, Why, make
from data.node import NodeMemory
from data.window import Window
from data.work import Work, read_back
from schema.fault import Fault


class Store:
    """An open file of records. Make it with `data.opening.open_store`."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        memory: NodeMemory,
        *,
        key: bytes | None = None,
        read_only: bool = False,
        window: Window | None = None,
    ) -> None:
        self.path = path
        self._read_only = read_only
        self.window = window
        """The claim of the window that this store belongs to, if it has one."""
        self._key = key
        self._engine = engine
        self._writing = engine.execution_options(write=True)
        self._memory = memory
        self._lock = threading.RLock()
        self._watch: Any = None
        """A connection that writes nothing: it alone can tell that any other has."""
        self._watching = threading.Lock()
        self._closed = False
        self._identity = _identity(path)
        with self.read() as work:
            self.file_id = work.fact("file_id")
            self.demo = work.fact("demo") == "1"
            self.encrypted = work.fact("encrypted") == "1"
            in_file = work.fact("node")
            seq, _ = history.last_of(work.session, in_file)
        self._node_in_file = in_file
        self._node = memory.node_for(self.file_id, in_file, seq)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved here: opened so, or another window has taken over."""
        return self._read_only or (self.window is not None and not self.window.mine())

    @property
    def key(self) -> bytes | None:
        """The data key, for what works on copies of the file; None when it is not encrypted."""
        return self._key

    @property
    def node(self) -> str:
        """Id under which this file on this computer writes its history."""
        return self._node

    @contextlib.contextmanager
    def read(self) -> Iterator[Work]:
        """Yield a unit of work that only reads; nothing of it is kept.

        Raises:
            Fault: `store.*` when the file cannot be read.
        """
        with (
            self._told(),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            yield Work(session)
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("a reading unit of work was changed")
            # Let go before the rollback, which would empty them: readers keep what they read.
            session.expunge_all()

    @contextlib.contextmanager
    def work(self, author: str, *, at: datetime | None = None) -> Iterator[Work]:
        """Yield a unit of work that commits when the block ends, or not at all when it raises.

        Args:
            author: Id of the person at the keyboard, or of the command ("import", "demo").
            at: When, for a demo that must be the same every time; the clock's now otherwise.

        Raises:
            Fault: `store.read_only_window`, `window.taken_over` when this is not the window that
                writes; `store.stale` when another one saved the same record first; `store.busy`,
                `store.disk_full`, `store.read_only`, `store.gone` and other `store.*`;
                `store.not_saved` when the records cannot be read back. In every case nothing of
                this unit is kept.
            Invalid: a record did not pass its model.
        """
        if self._read_only:
            raise Fault("store.read_only_window")
        if self.window is not None and not self.window.mine():
            raise Fault("window.taken_over")
        with self._lock, self._told():
            with Session(self._writing, expire_on_commit=False) as session:
                chain = history.follow(session, self._node, author, at)
                work = Work(session)
                try:
                    yield work
                    if self._node != self._node_in_file:
                        work.set_fact("node", self._node)
                    session.commit()
                except StaleDataError:
                    session.rollback()
                    raise Fault("store.stale") from None
                except sa.exc.IntegrityError as error:
                    session.rollback()
                    raise Fault("store.reference", exit_code=1) from error
                except BaseException:
                    session.rollback()
                    raise
            self._node_in_file = self._node
            if chain.written:
                with Session(self._engine) as session:
                    read_back(session, chain.written)
                self._memory.remember(self.file_id, self._node, chain.seq)

    def state(self) -> int | None:
        """Return a number that is the same as before while nobody has saved anything since, through
        this store or in another window; None when it cannot be told: the file is another one by
        now, or cannot be read. Numbers of two stores say nothing of each other."""
        with (
            self._watching,
            contextlib.suppress(Fault, OSError),
            driver.translated(self.path),
        ):
            if self._closed or _identity(self.path) != self._identity:
                return None
            if self._watch is None:
                self._watch = driver.connect(self.path, self._key)
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        return None

    def backup(self, why: Why, *, folder: Path | None = None) -> Backup:
        """Copy the records as they are now, check the copy, and return it.

        Raises:
            Fault: `store.backup_failed` and other `store.*`; no half copy is left.
        """
        return make(self.path, self._key, why, folder=folder)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with driver.translated(self.path):
                yield
        except Fault as fault:
            # The engine refuses to write to a file whose name now leads elsewhere.
            if fault.code == "store.read_only" and _identity(self.path) != self._identity:
                raise Fault("store.gone", exit_code=3, path=str(self.path)) from fault
            raise

    def close(self) -> None:
        """Close the file. The store cannot be used afterwards."""
        self._engine.dispose()
        with self._watching:
            self._closed = True
            if self._watch is not None:
                self._watch.close()
                self._watch = None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another under the same name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def make_engine(path: Path, key: bytes | None) -> Engine:
    """Return an engine over the bare driver.

    Transactions begin by our hand: `BEGIN IMMEDIATE` where `write` is set, so that two windows
    queue instead of losing edits; and whatever a failed COMMIT left open is rolled back before
    the connection is used again.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: driver.connect(path, key),
        poolclass=QueuePool,
        hide_parameters=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    def _undo(dbapi: Any, *_: object) -> None:
        if dbapi.in_transaction:
            dbapi.rollback()

    event.listen(engine, "reset", _undo)
    event.listen(engine, "checkout", _undo)
    return engine
