"""Memory is given back where the system can be asked, and nothing is asked where it cannot."""

from __future__ import annotations

import ctypes
import sys

import pytest

from at_tui import collector


class _Heap:
    """A C library that notes what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []

    def gnu_get_libc_version(self) -> bytes:
        return b"2.36"

    def malloc_trim(self, left: int) -> int:
        self.told.append(("trim", str(left)))
        return 1

    def mallopt(self, what: int, value: int) -> int:
        self.told.append(("opt", str(what), str(value)))
        return 1


def test_memory_is_given_back_and_kept_in_one_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    heap = _Heap()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: heap)
    collector.share_one_heap()
    collector.give_back()
    assert heap.told == [("opt", "-8", "1"), ("trim", "0")]


@pytest.mark.parametrize("library", [OSError("no such"), TypeError("no name"), object()])
def test_another_system_is_left_alone(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: object) -> object:
        if isinstance(library, Exception):
            raise library
        return library

    monkeypatch.setattr(ctypes, "CDLL", load)
    collector.share_one_heap()
    collector.give_back()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the C library of Linux")
def test_the_real_library_takes_it() -> None:
    collector.share_one_heap()
    collector.give_back()
