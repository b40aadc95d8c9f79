"""See every system call of a child process, and change what it gets: Linux' ptrace by ctypes.

Needs no package, no compiler and no rights beyond those over one's own child. It works on the
real programme, so that what the tests cut and break is what users run.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_X86_64 = {
    "write": 1, "close": 3, "open": 2, "mmap": 9, "pwrite64": 18, "writev": 20, "sendfile": 40,
    "socket": 41, "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77, "rename": 82,
    "mkdir": 83, "creat": 85, "link": 86, "unlink": 87, "openat": 257, "unlinkat": 263,
    "renameat": 264, "linkat": 265, "sync_file_range": 277, "fallocate": 285, "pwritev": 296,
    "renameat2": 316, "copy_file_range": 326, "pwritev2": 328,
}  # fmt: skip
_AARCH64 = {
    "unlinkat": 35, "linkat": 37, "renameat": 38, "truncate": 45, "ftruncate": 46,
    "fallocate": 47, "openat": 56, "close": 57, "write": 64, "writev": 66, "pwrite64": 68,
    "pwritev": 70, "sendfile": 71, "fsync": 82, "fdatasync": 83, "sync_file_range": 84,
    "socket": 198, "mmap": 222, "renameat2": 276, "copy_file_range": 285, "pwritev2": 287,
}  # fmt: skip
_NUMBERS = {"x86_64": _X86_64, "aarch64": _AARCH64}.get(platform.machine(), {})
_NAMES = {number: name for name, number in _NUMBERS.items()}

_TRACEME, _POKEUSER, _SYSCALL, _SETOPTIONS = 0, 6, 24, 0x4200
_GETREGSET, _SETREGSET, _GET_SYSCALL_INFO = 0x4204, 0x4205, 0x420E
_TRACESYSGOOD, _EXITKILL = 1, 0x100000
_SYSTRAP = signal.SIGTRAP | 0x80
_ENTRY, _EXIT = 1, 2
_NT_PRSTATUS, _NT_ARM_SYSTEM_CALL = 1, 0x404
_X86_RAX, _X86_ORIG_RAX = 80, 120


@cache
def works_here() -> bool:
    """Return whether this system can be traced: Linux on x86-64 or ARM, and a process may trace
    its child. Where it is asked for by the variable CI, it must: a run that skips proves nothing.
    """
    if sys.platform != "linux" or not _NUMBERS:
        return False
    if os.environ.get("CI"):
        return True
    # In a process of its own: this one may have threads, and then it should not fork.
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.tracer"], cwd=Path(__file__).parents[2], check=False
    )
    return done.returncode == 0


@dataclass(frozen=True)
class Call:
    """One system call about to be made by the process `pid`."""

    pid: int
    name: str
    args: tuple[int, ...]

    def path_of(self, descriptor: int) -> str:
        """Return where an open file lies; of one whose name is gone, where it lay."""
        try:
            path = str(Path(f"/proc/{self.pid}/fd/{descriptor}").readlink())
        except OSError:
            return ""
        return path.removesuffix(" (deleted)")

    def inode_of(self, descriptor: int) -> int:
        """Return the number of an open file, which stays when its name changes."""
        return Path(f"/proc/{self.pid}/fd/{descriptor}").stat().st_ino

    def size_of(self, descriptor: int) -> int:
        """Return the size of an open file in bytes."""
        return Path(f"/proc/{self.pid}/fd/{descriptor}").stat().st_size

    def position_of(self, descriptor: int) -> int:
        """Return where an open file is written next, in bytes from its start."""
        first = Path(f"/proc/{self.pid}/fdinfo/{descriptor}").read_text().splitlines()[0]
        return int(first.split()[1])

    def memory(self, address: int, length: int) -> bytes:
        """Return `length` bytes of the process's memory."""
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
            memory.seek(address)
            return memory.read(length)

    def text(self, address: int) -> str:
        """Return the zero-terminated text at `address`."""
        found = b""
        while b"\0" not in found:
            # To the end of the memory page and no further: the next may not be there.
            found += self.memory(address + len(found), 4096 - (address + len(found)) % 4096)
        return os.fsdecode(found.partition(b"\0")[0])

    def path_at(self, folder: int, address: int) -> str:
        """Return the absolute path that a call names relative to the descriptor `folder`."""
        name = self.text(address)
        at_cwd = ctypes.c_int(folder).value == -100
        base = str(Path(f"/proc/{self.pid}/cwd").readlink()) if at_cwd else self.path_of(folder)
        return os.path.normpath(Path(base) / name)


@dataclass(frozen=True)
class Refuse:
    """Let the call fail with this error number, without being made."""

    errno: int


class Kill:
    """Kill the process (SIGKILL) before the call is made."""


Decision = Refuse | Kill | Callable[[int], None] | None
"""What happens to a call; a function is called with its result once it has been made."""


def trace(child: Callable[[], None], decide: Callable[[Call], Decision]) -> int:
    """Run `child` in a fork of this process and ask `decide` before each of its known calls.

    Returns:
        How it ended, as `os.waitstatus_to_exitcode` says.

    Raises:
        PermissionError: this system does not let a process trace its child.
    """
    pid = os.fork()
    if pid == 0:
        _become_traced(child)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSTOPPED(status):
        raise PermissionError("a child cannot be traced here")
    _ptrace(_SETOPTIONS, pid, 0, _TRACESYSGOOD | _EXITKILL)
    after: Decision = None
    deliver = 0
    while True:
        _ptrace(_SYSCALL, pid, 0, deliver)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        deliver = 0
        if os.WSTOPSIG(status) != _SYSTRAP:
            deliver = os.WSTOPSIG(status)
            continue
        kind, number, args = _syscall(pid)
        if kind == _ENTRY:
            name = _NAMES.get(number)
            after = decide(Call(pid, name, args)) if name else None
            if isinstance(after, Kill):
                os.kill(pid, signal.SIGKILL)
                return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if isinstance(after, Refuse):
                _skip(pid)
        elif kind == _EXIT:
            if isinstance(after, Refuse):
                _answer(pid, -after.errno)
            elif callable(after):
                after(number)
            after = None


def _become_traced(child: Callable[[], None]) -> None:
    try:
        if _libc().ptrace(_TRACEME, 0, None, None) == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            child()
            os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    os._exit(70)


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    return libc


_LIBC = _libc() if sys.platform == "linux" else None


def _ptrace(request: int, pid: int, address: int, data: int | ctypes.Array[ctypes.c_char]) -> int:
    assert _LIBC is not None
    argument = data if isinstance(data, int) else ctypes.addressof(data)
    result: int = _LIBC.ptrace(request, pid, address, argument)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _syscall(pid: int) -> tuple[int, int, tuple[int, ...]]:
    """Return (entry or exit, number or result, arguments) of the call the process stands in."""
    space = ctypes.create_string_buffer(88)
    _ptrace(_GET_SYSCALL_INFO, pid, len(space), space)
    kind = space.raw[0]
    if kind == _EXIT:
        return kind, struct.unpack_from("<q", space.raw, 24)[0], ()
    number, *args = struct.unpack_from("<Q6Q", space.raw, 24)
    return kind, number, tuple(args)


def _skip(pid: int) -> None:
    """Make the kernel pass over the call that the process stands before."""
    if platform.machine() == "x86_64":
        _ptrace(_POKEUSER, pid, _X86_ORIG_RAX, -1)
        return
    _set_registers(pid, _NT_ARM_SYSTEM_CALL, struct.pack("<i", -1))


def _answer(pid: int, result: int) -> None:
    """Set what the call that has just ended gives back."""
    if platform.machine() == "x86_64":
        _ptrace(_POKEUSER, pid, _X86_RAX, result)
        return
    space = ctypes.create_string_buffer(34 * 8)
    vector = ctypes.create_string_buffer(struct.pack("<QQ", ctypes.addressof(space), len(space)))
    _ptrace(_GETREGSET, pid, _NT_PRSTATUS, vector)
    _set_registers(pid, _NT_PRSTATUS, struct.pack("<q", result) + space.raw[8:])


def _set_registers(pid: int, kind: int, content: bytes) -> None:
    space = ctypes.create_string_buffer(content, len(content))
    vector = ctypes.create_string_buffer(struct.pack("<QQ", ctypes.addressof(space), len(content)))
    _ptrace(_SETREGSET, pid, kind, vector)


if __name__ == "__main__":
    sys.exit(trace(lambda: None, lambda call: None))
