"""What a disk may hold after the power has gone.

What was synced is there. Of what was written and not synced, each sector of 512 bytes is there or
is not, and so is each shortening of a file. Names that were made, moved or removed are certain
once their folder has been synced. In between, a disk under `ordered` has some beginning of those
changes, and any later sync of any file completes them, as the journals of ext4, XFS, NTFS and APFS
do; without it, each of them is there or is not, which is all that POSIX promises.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recorder import Operation

SECTOR = 512


@dataclass
class _File:
    certain: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    """A change of the folder: `name` goes, `target` then leads to `file`; either may be empty."""

    name: str
    target: str
    file: _File | None = None

    def apply(self, names: dict[str, _File]) -> None:
        names.pop(self.name, None)
        if self.target and self.file is not None:
            names[self.target] = self.file

    def lies_in(self, folder: str) -> bool:
        return any(str(Path(n).parent) == folder for n in (self.name, self.target) if n)


class Disk:
    """The files of one folder, from a known beginning through recorded operations."""

    def __init__(self, folder: Path, *, ordered: bool) -> None:
        self.ordered = ordered
        self.acks = b""
        self._files: dict[int, _File] = {}
        self._certain: dict[str, _File] = {}
        self._pending: list[_Entry] = []
        for path in folder.rglob("*"):
            if path.is_file():
                file = self._files[path.stat().st_ino] = _File(bytearray(path.read_bytes()))
                self._certain[path.relative_to(folder).as_posix()] = file
        self._now = dict(self._certain)

    def apply(self, operations: Iterable[Operation]) -> None:
        """Let the operations happen, with the power on."""
        for operation in operations:
            if operation.kind == "ack":
                self.acks += operation.data
            elif operation.kind == "create":
                # A number is used again once its file is gone: this is another file.
                file = self._files[operation.inode] = _File()
                self._enter(_Entry("", operation.name, file))
            elif operation.kind == "unlink":
                self._enter(_Entry(operation.name, ""))
            elif operation.kind == "rename":
                file = self._now[operation.name]
                self._enter(_Entry(operation.name, operation.target, file))
            elif operation.kind in ("write", "truncate"):
                self._files[operation.inode].pending.append(operation)
            elif operation.kind == "sync":
                file = self._files[operation.inode]
                for change in file.pending:
                    _change(file.certain, change)
                file.pending = []
                if self.ordered:
                    self._settle(self._pending)
            else:
                self._settle([e for e in self._pending if e.lies_in(operation.name)])

    def _enter(self, entry: _Entry) -> None:
        entry.apply(self._now)
        self._pending.append(entry)

    def _settle(self, entries: list[_Entry]) -> None:
        for entry in entries:
            entry.apply(self._certain)
        settled = {id(entry) for entry in entries}
        self._pending = [entry for entry in self._pending if id(entry) not in settled]

    def after_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the content by name of one disk that may be found now."""
        names = dict(self._certain)
        if self.ordered:
            kept = self._pending[: chance.randint(0, len(self._pending))]
        else:
            kept = [entry for entry in self._pending if chance.random() < 0.5]
        for entry in kept:
            entry.apply(names)
        return {name: _surviving(file, chance) for name, file in names.items()}

    def after_kill(self) -> dict[str, bytes]:
        """Return the content by name when only the process has died: nothing is lost."""
        found = {}
        for name, file in self._now.items():
            content = bytearray(file.certain)
            for change in file.pending:
                _change(content, change)
            found[name] = bytes(content)
        return found


def _surviving(file: _File, chance: random.Random) -> bytes:
    content = bytearray(file.certain)
    for change in file.pending:
        if change.kind == "truncate":
            if chance.random() < 0.5:
                _change(content, change)
            continue
        for start in range(0, len(change.data), SECTOR):
            if chance.random() < 0.5:
                part = change.data[start : start + SECTOR]
                _change(content, Operation("write", offset=change.offset + start, data=part))
    return bytes(content)


def _change(content: bytearray, operation: Operation) -> None:
    size = operation.offset
    if operation.kind == "truncate":
        del content[size:]
    if len(content) < size:
        content.extend(bytes(size - len(content)))
    if operation.kind == "write":
        content[size : size + len(operation.data)] = operation.data


def write_out(files: dict[str, bytes], folder: Path) -> None:
    """Put the files of a disk into an empty folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
