"""What a traced process does to the files of one folder: recorded whole, or broken at one place."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from tests.faults.tracer import Call, Decision, Kill, Refuse

_AT_CWD = 2**64 - 100
_PROT_WRITE, _MAP_SHARED = 2, 1
_NETWORK = (2, 10)
"""AF_INET, AF_INET6."""
_UNSUPPORTED = frozenset(
    {
        "creat", "link", "linkat", "writev", "pwritev", "pwritev2", "sendfile", "truncate",
        "fallocate", "copy_file_range", "sync_file_range",
    }
)  # fmt: skip
"""Calls that neither SQLite nor Python's file objects make here: a record with one would lie."""


@dataclass(frozen=True)
class Operation:
    """One change of the files, or one acknowledgement.

    `kind` is create, write, truncate, sync, sync_folder, unlink, rename or ack. Files go by the
    number that stays with them when they are renamed; names are relative to the folder.
    """

    kind: str
    inode: int = 0
    name: str = ""
    target: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder:
    """Write down what happens under `folder`, and what is written to the file `acks`."""

    def __init__(self, folder: Path, acks: Path) -> None:
        self.folder = folder.resolve()
        self.acks = str(acks.resolve())
        self.operations: list[Operation] = []
        self.elsewhere: set[str] = set()
        """Files outside the folder that were written to, and the network if it was asked for."""

    def decide(self, call: Call) -> Decision:
        """Let every call be made and note the ones that succeed."""
        operation = self._operation(call)
        if operation is None:
            return None
        if operation.kind == "create":
            path = self.folder / operation.name

            def created(result: int) -> None:
                if result >= 0:
                    number = path.stat().st_ino
                    self.operations.append(Operation("create", number, operation.name))

            return created

        def done(result: int) -> None:
            if result < 0:
                return
            if operation.data and result != len(operation.data):
                raise RuntimeError(f"{call.name} was cut short: not recorded as it happened")
            self.operations.append(operation)

        return done

    def _operation(self, call: Call) -> Operation | None:
        name, args = call.name, call.args
        if name == "socket" and args[0] in _NETWORK:
            self.elsewhere.add("the network")
        if name == "write" and call.path_of(args[0]) == self.acks:
            return Operation("ack", data=call.memory(args[1], args[2]))
        found = touched(call, self.folder)
        if found is None:
            path = touched(call, Path("/"))
            if path and path != self.acks and not path.startswith(("/dev/", "/proc/")):
                self.elsewhere.add(path)
            return None
        if name in _UNSUPPORTED or name == "mmap":
            raise RuntimeError(f"{name} on {found}: the recorder does not know it")
        if name in ("open", "openat"):
            if Path(found).exists():
                return Operation("truncate", Path(found).stat().st_ino)
            return Operation("create", name=self._name(found))
        if name in ("unlink", "unlinkat"):
            return Operation("unlink", name=self._name(found))
        if name in ("rename", "renameat", "renameat2"):
            target = call.path_at(_AT_CWD, args[1])
            if name != "rename":
                target = call.path_at(args[2], args[3])
            return Operation("rename", name=self._name(found), target=self._name(target))
        if name in ("fsync", "fdatasync") and Path(found).is_dir():
            return Operation("sync_folder", name=self._name(found))
        inode = call.inode_of(args[0])
        if name in ("fsync", "fdatasync"):
            return Operation("sync", inode)
        if name == "ftruncate":
            return Operation("truncate", inode, offset=args[1])
        at = args[3] if name == "pwrite64" else call.position_of(args[0])
        return Operation("write", inode, offset=at, data=call.memory(args[1], args[2]))

    def _name(self, path: str) -> str:
        return Path(path).relative_to(self.folder).as_posix()


class Breaker:
    """Let call number `at` of those that change files under `folder` fail with `number`, or with
    0 kill the process before it. With `lasting`, all that follow fail too."""

    def __init__(self, folder: Path, at: int, number: int, lasting: bool) -> None:
        self.folder = folder.resolve()
        self.at, self.number, self.lasting = at, number, lasting
        self.seen = 0

    def decide(self, call: Call) -> Decision:
        """Count the calls that matter and break the one that is asked for."""
        if touched(call, self.folder) is None:
            return None
        if self.number == errno.ENOSPC and not _grows(call):
            return None
        self.seen += 1
        if self.seen < self.at or (self.seen > self.at and not self.lasting):
            return None
        return Refuse(self.number) if self.number else Kill()


def _grows(call: Call) -> bool:
    """Return whether a call needs more room: a full disk still lets a file be written over,
    shortened, removed and synced."""
    if call.name not in ("write", "pwrite64"):
        return call.name in ("open", "openat")
    at = call.args[3] if call.name == "pwrite64" else call.position_of(call.args[0])
    return at + call.args[2] > call.size_of(call.args[0])


def touched(call: Call, folder: Path) -> str | None:
    """Return the path under `folder` that a call is about to change; None for all other calls."""
    name, args = call.name, call.args
    if name in ("socket", "close", "link", "linkat", "mkdir"):
        return None
    if name == "mmap":
        shared_write = args[2] & _PROT_WRITE and args[3] & _MAP_SHARED
        if not shared_write or args[4] >= 2**31:
            return None
        path = call.path_of(args[4])
    elif name in ("open", "openat"):
        first = 0 if name == "open" else 1
        if not args[first + 1] & os.O_CREAT:
            return None
        path = call.path_at(_AT_CWD if name == "open" else args[0], args[first])
        if Path(path).exists() and not args[first + 1] & os.O_TRUNC:
            return None
    elif name in ("unlink", "rename", "creat", "truncate"):
        path = call.path_at(_AT_CWD, args[0])
    elif name in ("unlinkat", "renameat", "renameat2"):
        path = call.path_at(args[0], args[1])
    elif name == "sendfile":
        path = call.path_of(args[0])
    elif name == "copy_file_range":
        path = call.path_of(args[2])
    else:
        path = call.path_of(args[0])
    # WAL's index in shared memory is made anew from the log by whoever opens the file next.
    return path if _inside(path, folder) and not path.endswith("-shm") else None


def _inside(path: str, folder: Path) -> bool:
    return path.startswith("/") and (path == str(folder) or folder in Path(path).parents)
